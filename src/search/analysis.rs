//! From words to the terms of the index, by language; the tokenizers tantivy runs are made of the same parts, so that
//! what the index finds and what is marked on the page agree.

use std::collections::{BTreeMap, HashMap, VecDeque};

use tantivy::tokenizer::{RawTokenizer, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer};

use super::chinese::{Cut, Cuts};
use super::languages::Tongue;
use super::words::{folded, lowered};

/// Words remembered before the memory is emptied; a treaty in one language has some ten thousand.
const REMEMBERED: usize = 60_000;

/// What a word is looked up by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Forms {
    /// The folded word, for prefixes.
    pub form: String,
    /// Its stem, folded.
    pub stem: String,
    /// The stem of the folded word where that is another: whoever types without accents finds `protégées` by it.
    pub bare_stem: Option<String>,
}

impl Forms {
    /// Whether two words have a stem in common.
    pub(super) fn shares_stem(&self, other: &Self) -> bool {
        self.stems().any(|a| other.stems().any(|b| a == b))
    }

    /// One or two stems.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.stem.as_str()).chain(self.bare_stem.as_deref())
    }
}

/// Finds the forms of words in one language, and remembers them: drafts repeat themselves.
pub(super) struct Analyzer {
    tongue: Tongue,
    /// By language: a text in one has words of others in it.
    stemmers: BTreeMap<Tongue, Option<TextAnalyzer>>,
    known: HashMap<Box<str>, usize>,
    forms: Vec<Forms>,
}

impl Analyzer {
    pub(super) fn new(tongue: Tongue) -> Self {
        Self { tongue, stemmers: BTreeMap::new(), known: HashMap::new(), forms: Vec::new() }
    }

    /// The forms of a word as written.
    pub(super) fn forms(&mut self, word: &str) -> &Forms {
        let number = self.number(word);
        &self.forms[number]
    }

    /// The number of a word, for [`Self::numbered`]; it holds until [`Self::forget`].
    pub(super) fn number(&mut self, word: &str) -> usize {
        if let Some(&number) = self.known.get(word) {
            return number;
        }
        let forms = self.find(word);
        self.forms.push(forms);
        self.known.insert(word.into(), self.forms.len() - 1);
        self.forms.len() - 1
    }

    /// The forms of the word with this number.
    pub(super) fn numbered(&self, number: usize) -> Option<&Forms> {
        self.forms.get(number)
    }

    /// Empties a memory that has grown large: to be called between texts.
    pub(super) fn forget(&mut self) {
        if self.forms.len() > REMEMBERED {
            self.known.clear();
            self.forms.clear();
        }
    }

    fn find(&mut self, word: &str) -> Forms {
        let lowered = if self.tongue.code() == "tr" { lowered(&word.replace('I', "ı")) } else { lowered(word) };
        let form = folded(&lowered);
        let stem = folded(&self.stem(&lowered));
        let bare = if form == lowered { None } else { Some(folded(&self.stem(&form))) };
        let bare = bare.filter(|b| *b != stem);
        Forms { form, stem, bare_stem: bare }
    }

    fn stem(&mut self, word: &str) -> String {
        let tongue = self.tongue.of_word(word);
        let word = if tongue.code() == "ar" { without_article(word) } else { word };
        let made = |tongue: Tongue| {
            let stemmer = Stemmer::new(tongue.stemmer()?);
            Some(TextAnalyzer::builder(RawTokenizer::default()).filter(stemmer).build())
        };
        let Some(stemmer) = self.stemmers.entry(tongue).or_insert_with(|| made(tongue)) else { return word.to_owned() };
        let mut stream = stemmer.token_stream(word);
        // A stemmer that leaves nothing over would make all such words one.
        if stream.advance() && !stream.token().text.is_empty() { stream.token().text.clone() } else { word.to_owned() }
    }
}

/// An Arabic word without its article and the `and`, `so`, `in`, `as` and `for` written before that: the stemmer leaves the
/// end of a word alone that has an article, and its `and` too. Words that begin like an article lose as much everywhere.
fn without_article(mut word: &str) -> &str {
    const ARTICLES: [&str; 4] = ["ال", "لل", "بال", "كال"];
    let bare = |word: &'_ str| {
        let rest = ARTICLES.iter().find_map(|article| word.strip_prefix(article))?;
        (rest.chars().count() > 2).then_some(rest.len())
    };
    for _ in 0..2 {
        let after_and = word.strip_prefix(['و', 'ف']).and_then(bare);
        let Some(length) = after_and.or_else(|| bare(word)) else { break };
        word = &word[word.len() - length..];
    }
    word
}

/// A copy starts with an empty memory: tantivy copies tokenizers for each thread.
impl Clone for Analyzer {
    fn clone(&self) -> Self {
        Self::new(self.tongue)
    }
}

/// A sign that stands in a pair of characters before one a word begins with, and after one a word ends with.
pub(super) const EDGE: char = '\u{1}';

/// The tokenizer of a language's field: stems, and characters alone and in pairs.
///
/// A pair has the position of its second character; where a word of Chinese begins or ends with it, it is there with the
/// [`EDGE`] as well.
#[derive(Clone)]
pub(super) struct Stems(pub Analyzer);

impl Tokenizer for Stems {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        Terms::new(text, &mut self.0, true)
    }
}

/// The tokenizer of the field for prefixes: folded words.
#[derive(Clone)]
pub(super) struct WholeWords(pub Analyzer);

impl Tokenizer for WholeWords {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        Terms::new(text, &mut self.0, false)
    }
}

/// The terms of a text, in order.
pub(super) struct Terms<'a> {
    text: &'a str,
    cuts: Cuts<'a>,
    analyzer: &'a mut Analyzer,
    stems: bool,
    token: Token,
    /// Further terms at the same position.
    more: VecDeque<String>,
    /// The last character of a script without spaces.
    last: Option<Cut>,
}

impl<'a> Terms<'a> {
    fn new(text: &'a str, analyzer: &'a mut Analyzer, stems: bool) -> Self {
        analyzer.forget();
        let cuts = Cuts::of(text);
        Self { text, cuts, analyzer, stems, token: Token::default(), more: VecDeque::new(), last: None }
    }

    /// The pair a character makes with the one before it, in all its writings.
    fn pair(&mut self, before: Cut, cut: Cut) {
        let [first, second] = [before, cut].map(|c| &self.text[c.piece.start..c.piece.end]);
        self.more.push_back([first, second].concat());
        if before.begins {
            self.more.push_back(format!("{EDGE}{first}{second}"));
        }
        if cut.ends {
            self.more.push_back(format!("{first}{second}{EDGE}"));
        }
        if before.begins && cut.ends {
            self.more.push_back(format!("{EDGE}{first}{second}{EDGE}"));
        }
    }
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        if let Some(more) = self.more.pop_front() {
            self.token.text = more;
            return true;
        }
        loop {
            let Some(cut) = self.cuts.next() else { return false };
            let piece = cut.piece;
            let word = &self.text[piece.start..piece.end];
            self.token.position = self.token.position.wrapping_add(1);
            (self.token.offset_from, self.token.offset_to) = (piece.start, piece.end);
            self.token.text.clear();
            if piece.gram {
                let before = self.last.replace(cut);
                if !self.stems {
                    continue;
                }
                self.token.text.push_str(word);
                if let Some(before) = before.filter(|_| piece.joined) {
                    self.pair(before, cut);
                }
                return true;
            }
            let forms = self.analyzer.forms(word);
            if self.stems {
                self.token.text.push_str(&forms.stem);
                self.more.extend(forms.bare_stem.clone());
            } else {
                self.token.text.push_str(&forms.form);
            }
            return true;
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, one: &str, other: &str, same: bool) {
        let mut analyzer = Analyzer::new(Tongue::of(language));
        let (a, b) = (analyzer.forms(one).clone(), analyzer.forms(other).clone());
        assert_eq!(a.shares_stem(&b), same, "{one} {a:?}, {other} {b:?}");
    }

    #[test]
    fn words_meet_at_their_stem() {
        check("en", "Intercepted", "interception", true);
        check("en", "privacy", "private", false);
        check("fr", "protégées", "protéger", true);
        check("fr", "protegees", "protégées", true);
        check("es", "investigaciones", "investigación", true);
        check("pt", "investigações", "investigação", true);
        check("ru", "преступлений", "преступления", true);
        check("ru", "учёт", "учета", true);
        check("de", "Maßnahmen", "massnahme", true);
        check("ar", "الأدلة", "أدلة", true);
        check("ar", "الادله", "الأدلّة", true);
        check("ar", "والتكنولوجيا", "تكنولوجيا", true);
        check("ar", "للدول", "الدول", true);
        check("ar", "بالدول", "دول", true);
        check("ar", "الدول", "الدين", false);
        check("en", "государства", "государств", true);
        check("zh", "measures", "measure", true);
        check("tr", "ISIRGAN", "ısırgan", true);
        check("el", "ΜΕΤΡΑ", "μέτρα", true);
        check("", "States", "state", false);
    }

    #[test]
    fn characters_come_alone_and_in_pairs() {
        let mut tokenizer = Stems(Analyzer::new(Tongue::PLAIN));
        let mut stream = tokenizer.token_stream("ICT 为害国家");
        let mut found = Vec::new();
        while stream.advance() {
            found.push(format!("{}{}", stream.token().position, stream.token().text.replace(EDGE, "|")));
        }
        let expected = "0ict 1为 2害 2为害 2|为害 2为害| 2|为害| 3国 3害国 4家 4国家 4|国家 4国家| 4|国家|";
        assert_eq!(found.join(" "), expected);
    }
}
