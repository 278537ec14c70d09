//! One typed citation into its value: `23(2)(c)`, `23.2.c`, `art 23`, `Annex III, point 1(a)`, `recital 5`.
//!
//! The forms are those of the UN (`article 23, paragraph 2 (c)`), the EU (`Article 23(2), point (c)`) and of civil
//! society's analyses (`Art. 23.2.c`); there is one reading for all of them: a unit, its number, then labels inward. What
//! [`print`](super::print()) writes is read back as it was, in every style.

use crate::model::{Citation, Place};

use super::words::is_adverb;

/// Longer than this is not a citation.
const LONGEST: usize = 200;
/// A heading without a number is cited by its words and can be longer than that.
const LONGEST_HEADING: usize = 1_000;
/// Deeper than this is not a citation.
const DEEPEST: usize = 8;

/// The citation a person typed; `None` where it is none. Linear in the length of the text.
pub fn parse(text: &str) -> Option<Citation> {
    typed(text).or_else(|| as_in_a_text(text))
}

/// What running text would say with the same words, in all its languages: `第二十三条第二款`, `в статье 23`.
fn as_in_a_text(text: &str) -> Option<Citation> {
    if text.len() > LONGEST {
        return None;
    }
    match super::find::whole(text)?.as_slice() {
        [item] if item.to.is_none() && item.from.within.is_empty() => {
            super::find::address(item.from.clone()).citation()
        }
        _ => None,
    }
}

fn typed(text: &str) -> Option<Citation> {
    if let Some((heading, rest)) = quoted(text.trim()) {
        return finish(Place::Heading(heading.to_owned()), labels(&split(rest)));
    }
    if text.len() > LONGEST {
        return None;
    }
    let mut words = split(text);
    let mut outer = Vec::new();
    if is_connecting(&words.first()?.lower())
        && let Some(at) = words.iter().position(|w| unit(&w.lower()).is_some())
    {
        // `paragraph 2 of article 23`, `alinéa c) du paragraphe 2 de l'article 23`: from the inside outward.
        let inner: Vec<Word> = words.drain(..at).collect();
        outer = inner.rsplit(|w| is_of(&w.lower())).map(labels).collect::<Vec<_>>().concat();
    }
    let named = unit(&words[0].lower());
    if named.is_some() {
        words.remove(0);
    }
    let is_named = named.is_some();
    let unit = named.unwrap_or(Unit::Article);
    let place = match unit {
        Unit::Preamble => Some(Place::Preamble),
        Unit::Text => Some(Place::Text),
        // `Annex(1)`, `annex, paragraph 1`: an only annex has no number.
        Unit::Annex if words.first().is_none_or(|w| w.is_glued || is_level(&w.lower())) => {
            Some(Place::Annex(String::new()))
        }
        _ => None,
    };
    let mut points = labels(&words);
    let place = match place {
        Some(place) => place,
        None if points.is_empty() => return None,
        None => {
            let number = points.remove(0);
            let (number, rest) = split_dotted(number);
            points.splice(0..0, rest);
            if !is_number(&number, is_named) {
                return None;
            }
            match unit {
                Unit::Article => Place::Article(number),
                Unit::Recital => Place::Recital(number),
                Unit::Part => Place::Part(number),
                Unit::Title => Place::Title(number),
                Unit::Chapter => Place::Chapter(number),
                Unit::Section => Place::Section(number),
                Unit::Annex => Place::Annex(number),
                Unit::Preamble => Place::Preamble,
                Unit::Text => Place::Text,
            }
        }
    };
    points.extend(outer);
    finish(place, points)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Article,
    Recital,
    Part,
    Title,
    Chapter,
    Section,
    Annex,
    Preamble,
    Text,
}

/// The words of a heading between quotation marks, and what stands behind them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '\u{201c}' => '\u{201d}',
        '«' => '»',
        _ => return None,
    };
    if text.len() > LONGEST_HEADING {
        return None;
    }
    let (words, rest) = text[open.len_utf8()..].rsplit_once(close)?;
    Some((words.trim(), rest))
}

fn finish(place: Place, points: Vec<String>) -> Option<Citation> {
    let fits = |p: &String| {
        let label = p.split(' ').next().unwrap_or_default();
        let label = label.strip_prefix('-').unwrap_or(label);
        // `3quinquies` is longer than any word that is a label.
        let longest = if label.starts_with(char::is_numeric) { 16 } else { 8 };
        label.chars().count() <= longest
            && label.chars().all(|c| c.is_alphanumeric() || c == '.')
            && unit(&label.to_lowercase()).is_none()
    };
    (points.len() <= DEEPEST && points.iter().all(fits)).then_some(Citation { place, points })
}

/// Whether a word can be the number of a unit: digits, roman numerals, letters (`A`, `AA`, `A1`), Chinese numerals.
fn is_number(number: &str, is_named: bool) -> bool {
    let word = number.split(' ').next().unwrap_or_default();
    let Some(first) = word.trim_start_matches('-').chars().next() else { return false };
    let rest = || word.chars().skip(1);
    let is_letter = first.is_alphabetic()
        && (rest().all(|c| c == first) && rest().count() < 3 || rest().all(char::is_numeric) && rest().count() < 4);
    first.is_numeric()
        || word.chars().all(|c| "ivxlcdmIVXLCDM".contains(c))
        || is_named && (is_letter || word.chars().all(|c| "〇一二三四五六七八九十百零".contains(c)))
}

/// The labels among words: what adds nothing is left out, and `8 bis` is one label, though it is two words.
fn labels(words: &[Word]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::with_capacity(words.len());
    for word in words.iter().filter(|w| !is_connecting(&w.lower())) {
        match labels.last_mut() {
            Some(last) if is_adverb(&word.lower()) && !last.contains(' ') => {
                *last = format!("{last} {}", word.text);
            }
            _ => labels.push(word.text.clone()),
        }
    }
    labels
}

/// `23.2` behind `article` is paragraph 2.
fn split_dotted(number: String) -> (String, Vec<String>) {
    let mut parts = number.split('.').map(str::to_owned);
    (parts.next().unwrap_or_default(), parts.collect())
}

/// The words for the units in the six UN languages, Dutch and German.
fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "article" | "articles" | "art" | "arts" | "artículo" | "artículos" | "статья" | "статьи" | "ст" | "المادة"
        | "第" | "artikel" | "artikelen" => Unit::Article,
        "recital" | "recitals" | "rec" | "considérant" | "considérants" | "considerando" | "considerandos"
        | "erwägungsgrund" | "overweging" => Unit::Recital,
        "part" | "parts" | "partie" | "parties" | "parte" | "partes" | "часть" | "teil" | "deel" => Unit::Part,
        "title" | "titles" | "titre" | "titres" | "título" | "títulos" | "раздел" | "titel" => Unit::Title,
        "chapter" | "chapters" | "chap" | "ch" | "chapitre" | "chapitres" | "capítulo" | "capítulos" | "глава"
        | "kapitel" | "hoofdstuk" => Unit::Chapter,
        "section" | "sections" | "sec" | "sección" | "secciones" | "abschnitt" | "afdeling" => Unit::Section,
        "annex" | "annexes" | "annexe" | "anexo" | "anexos" | "приложение" | "anhang" | "bijlage" => {
            Unit::Annex
        }
        "preamble" | "preambular" | "préambule" | "preámbulo" | "преамбула" | "präambel" | "preambule" => {
            Unit::Preamble
        }
        "text" | "texte" | "texto" => Unit::Text,
        _ => return None,
    })
}

/// Words for a level below the unit, which stand before its label: `paragraph 2`, `point (c)`, `Clause 21(b)`.
fn is_level(word: &str) -> bool {
    matches!(
        word,
        "paragraph"
            | "paragraphs"
            | "para"
            | "paras"
            | "subparagraph"
            | "subparagraphs"
            | "subpara"
            | "sub"
            | "point"
            | "points"
            | "item"
            | "items"
            | "clause"
            | "clauses"
            | "lit"
            | "let"
            | "paragraphe"
            | "paragraphes"
            | "alinéa"
            | "alinéas"
            | "sous"
            | "párrafo"
            | "párrafos"
            | "apartado"
            | "apartados"
            | "inciso"
            | "incisos"
            | "пункт"
            | "подпункт"
            | "absatz"
            | "abs"
            | "lid"
            | "条"
            | "款"
    )
}

/// Words that lead from an inner label to what it stands in.
fn is_of(word: &str) -> bool {
    matches!(word, "of" | "de" | "du" | "des" | "del")
}

/// Words between labels that add nothing.
fn is_connecting(word: &str) -> bool {
    is_level(word) || is_of(word) || matches!(word, "the" | "no" | "la" | "le" | "les" | "el" | "los" | "las")
}

/// A number or a word of a citation.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// It is in brackets right behind what stands before it: the 2 in `23(2)`, not in `23 (2)`.
    is_glued: bool,
}

impl Word {
    fn lower(&self) -> String {
        self.text.to_lowercase()
    }
}

/// Numbers and words, split at punctuation; a number and the letters that follow it stay together (`4a`, `8bis`). The
/// dots in `(3.1)` and `paragraph 3.1` are part of a label, those in `23.2.c` are not; so is the sign in `(-1)`.
fn split(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut rest = text;
    let mut before = [None::<char>; 2];
    while let Some(c) = rest.chars().next() {
        let length = word_length(rest);
        if length == 0 {
            before = [before[1], Some(c)];
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (word, after) = rest.split_at(length);
        let is_closed = after.starts_with([')', '）']);
        let after_level = words.last().is_some_and(|w| is_connecting(&w.lower()));
        let after_word = after_level || words.last().is_some_and(|w| unit(&w.lower()).is_some());
        let signed = before[1] == Some('-')
            && word.starts_with(char::is_numeric)
            && match before[0] {
                Some('(') => true,
                Some(c) => c.is_whitespace() && (is_closed || after_word),
                None => true,
            };
        let opened = if signed { before[0] } else { before[1] };
        let is_glued = matches!(opened, Some('(' | '（')) && is_behind(text, rest, signed);
        let is_elided = matches!(word, "l" | "d" | "L" | "D") && after.starts_with(['\'', '\u{2019}']);
        if !is_elided {
            let sign = if signed { "-" } else { "" };
            let is_whole = is_closed || after_level;
            if is_whole || !word.contains('.') {
                words.push(Word { text: format!("{sign}{word}"), is_glued });
            } else {
                words.extend(word.split('.').map(|part| Word { text: part.to_owned(), is_glued }));
            }
        }
        before = [before[1], word.chars().next_back()];
        rest = after;
    }
    words
}

/// Whether the bracket that a word stands in is right behind something, without a space.
fn is_behind(text: &str, rest: &str, signed: bool) -> bool {
    let before = &text[..text.len() - rest.len()];
    let before = if signed { before.strip_suffix('-').unwrap_or(before) } else { before };
    let before = before.strip_suffix(['(', '（']).unwrap_or(before);
    before.chars().next_back().is_some_and(|c| !c.is_whitespace())
}

/// How long the word is that a text begins with, in bytes; 0 where it begins with none.
fn word_length(text: &str) -> usize {
    let mut last = None;
    for (at, c) in text.char_indices() {
        // `第23条` has no spaces around its number.
        let alone = matches!(c, '第' | '条' | '款');
        let next_is_digit = || text[at + c.len_utf8()..].starts_with(char::is_numeric);
        let dotted = c == '.' && last.is_some_and(char::is_numeric) && next_is_digit();
        if alone {
            return if at == 0 { c.len_utf8() } else { at };
        }
        if !c.is_alphanumeric() && !dotted {
            return at;
        }
        last = Some(c);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, short: Option<&str>) {
        assert_eq!(parse(typed).map(|c| c.to_string()).as_deref(), short, "{typed}");
    }

    #[test]
    fn citations_are_read_in_the_forms_people_type() {
        for typed in [
            "23(2)(c)",
            "23.2.c",
            "art 23.2.c",
            "Art. 23 (2) (c)",
            "Article 23, paragraph 2 (c)",
            "article 23(2), point (c)",
            "artículo 23.2.c",
            "статья 23 пункт 2 c",
        ] {
            check(typed, Some("23(2)(c)"));
        }
        check("art 23", Some("23"));
        check("8 bis", Some("8 bis"));
        check("article 8bis(1)", Some("8bis(1)"));
        check("4a", Some("4a"));
        check("article 5, paragraph 3 bis (a)", Some("5(3 bis)(a)"));
        check("article A", Some("A"));
        check("a", None);
        check("Chapter V", Some("Chapter V"));
        check("Annex III, point 1(a)", Some("Annex III(1)(a)"));
        check("annex", Some("Annex"));
        check("recital 5", Some("Recital 5"));
        check("paragraph 3 of the Preamble", Some("Preamble(3)"));
        check("point (c) of Article 23(2)", Some("23(2)(c)"));
        check("23 article 2", None);
        check("alinéa c) du paragraphe 2 de l’article 23", Some("23(2)(c)"));
        check("apartado c) del párrafo 2 del artículo 23", Some("23(2)(c)"));
        check("paragraph 2 (c) of article 23", Some("23(2)(c)"));
        check("article 23, paragraph 3.1 (a)", Some("23(3.1)(a)"));
        check("3(3.1)(a)", Some("3(3.1)(a)"));
        check("article 23.2", Some("23(2)"));
        check("5(-1)(-12a)", Some("5(-1)(-12a)"));
        check("article 7-11", Some("7(11)"));
        check("Annex(1)(a)", Some("Annex(1)(a)"));
        check("annex, paragraph 1", Some("Annex(1)"));
        check("paragraph 2 of annex I", Some("Annex I(2)"));
        check("Annex A1", Some("Annex A1"));
        check("Chapter 十二", Some("Chapter 十二"));
        check("article 3quinquies(2)", Some("3quinquies(2)"));
        check("«\u{a0}Portée\u{a0}», paragraphe 2", Some("\u{201c}Portée\u{201d}(2)"));
        check("\u{201c}Scope", None);
        check("text, paragraph 23", Some("Text(23)"));
        check("preamble 3", Some("Preamble(3)"));
        check("第23条", Some("23"));
        check("", None);
        check("surveillance", None);
        check(&"1.".repeat(4000), None);
    }
}
