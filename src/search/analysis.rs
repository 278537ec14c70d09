//! From words to the terms of the index, by language; the tokenizers tantivy runs are made of the same parts, so that
//! what the index finds and what is marked on the page agree.

use std::collections::HashMap;

use tantivy::tokenizer::{RawTokenizer, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer};

use super::languages::Tongue;
use super::words::{Pieces, folded, lowered};

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
    stemmer: Option<TextAnalyzer>,
    known: HashMap<Box<str>, usize>,
    forms: Vec<Forms>,
}

impl Analyzer {
    pub(super) fn new(tongue: Tongue) -> Self {
        let stemmer =
            tongue.stemmer().map(|l| TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(l)).build());
        Self { tongue, stemmer, known: HashMap::new(), forms: Vec::new() }
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
        let lowered = lowered(word);
        let form = folded(&lowered);
        let stem = folded(&self.stem(&lowered));
        let bare = if form == lowered { None } else { Some(folded(&self.stem(&form))).filter(|b| *b != stem) };
        Forms { form, stem, bare_stem: bare }
    }

    fn stem(&mut self, word: &str) -> String {
        let Some(stemmer) = &mut self.stemmer else { return word.to_owned() };
        let mut stream = stemmer.token_stream(word);
        // A stemmer that leaves nothing over would make all such words one.
        if stream.advance() && !stream.token().text.is_empty() { stream.token().text.clone() } else { word.to_owned() }
    }
}

/// A copy starts with an empty memory: tantivy copies tokenizers for each thread.
impl Clone for Analyzer {
    fn clone(&self) -> Self {
        Self::new(self.tongue)
    }
}

/// The tokenizer of a language's field: stems, and characters alone and in pairs.
///
/// A pair has the position of its second character.
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
    pieces: Pieces<'a>,
    analyzer: &'a mut Analyzer,
    stems: bool,
    token: Token,
    /// A second term at the same position.
    second: String,
    /// Where the last character of a script without spaces stood.
    last: (usize, usize),
}

impl<'a> Terms<'a> {
    fn new(text: &'a str, analyzer: &'a mut Analyzer, stems: bool) -> Self {
        analyzer.forget();
        let pieces = Pieces::of(text);
        Self { text, pieces, analyzer, stems, token: Token::default(), second: String::new(), last: (0, 0) }
    }
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        if !self.second.is_empty() {
            std::mem::swap(&mut self.token.text, &mut self.second);
            self.second.clear();
            return true;
        }
        loop {
            let Some(piece) = self.pieces.next() else { return false };
            let word = &self.text[piece.start..piece.end];
            self.token.position = self.token.position.wrapping_add(1);
            (self.token.offset_from, self.token.offset_to) = (piece.start, piece.end);
            self.token.text.clear();
            if piece.gram {
                let before = std::mem::replace(&mut self.last, (piece.start, piece.end));
                if !self.stems {
                    continue;
                }
                self.token.text.push_str(word);
                if piece.joined {
                    self.second.push_str(&self.text[before.0..before.1]);
                    self.second.push_str(word);
                }
                return true;
            }
            let forms = self.analyzer.forms(word);
            if self.stems {
                self.token.text.push_str(&forms.stem);
                self.second.push_str(forms.bare_stem.as_deref().unwrap_or_default());
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
        check("", "States", "state", false);
    }

    #[test]
    fn characters_come_alone_and_in_pairs() {
        let mut tokenizer = Stems(Analyzer::new(Tongue::PLAIN));
        let mut stream = tokenizer.token_stream("ICT罪犯");
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().position, stream.token().text.clone()));
        }
        let expected = [(0, "ict"), (1, "罪"), (2, "犯"), (2, "罪犯")].map(|(p, t)| (p, t.to_owned()));
        assert_eq!(found, expected);
    }
}
