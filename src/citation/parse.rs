//! One typed citation into its value: `23(2)(c)`, `23.2.c`, `art 23`, `Annex III, point 1(a)`, `recital 5`.
//!
//! The forms are those of the UN (`article 23, paragraph 2 (c)`), the EU (`Article 23(2), point (c)`) and of civil
//! society's analyses (`Art. 23.2.c`); there is one reading for all of them: a unit, its number, then labels inward.

use crate::model::{Citation, Place};

/// Longer than this is not a citation.
const LONGEST: usize = 200;
/// Deeper than this is not a citation.
const DEEPEST: usize = 8;

/// The citation a person typed; `None` where it is none. Linear in the length of the text.
pub fn parse(text: &str) -> Option<Citation> {
    if text.len() > LONGEST {
        return None;
    }
    let mut words = split(text);
    if words.is_empty() {
        return None;
    }
    if is_connecting(&words[0].to_lowercase())
        && let Some(at) = words.iter().position(|w| unit(&w.to_lowercase()).is_some())
    {
        // `paragraph 2 of article 23`: from the inside outward.
        words.rotate_left(at);
    }
    let named = unit(&words[0].to_lowercase());
    if named.is_some() {
        words.remove(0);
    }
    let is_named = named.is_some();
    let unit = named.unwrap_or(Unit::Article);
    words.retain(|w| !is_connecting(&w.to_lowercase()));
    if unit == Unit::Preamble {
        return finish(Place::Preamble, joined(words));
    }
    if words.is_empty() {
        return (unit == Unit::Annex).then(|| Citation::to(Place::Annex(String::new())));
    }
    let mut words = joined(words);
    let number = words.remove(0);
    let is_number = number.chars().next().is_some_and(|c| c.is_numeric())
        || number.chars().all(|c| "ivxlcdmIVXLCDM".contains(c))
        || (number.chars().count() == 1 && is_named);
    if !is_number {
        return None;
    }
    let place = match unit {
        Unit::Article => Place::Article(number),
        Unit::Recital => Place::Recital(number),
        Unit::Part => Place::Part(number),
        Unit::Title => Place::Title(number),
        Unit::Chapter => Place::Chapter(number),
        Unit::Section => Place::Section(number),
        Unit::Annex => Place::Annex(number),
        Unit::Preamble => Place::Preamble,
    };
    finish(place, words)
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
}

fn finish(place: Place, points: Vec<String>) -> Option<Citation> {
    let fits = |p: &String| {
        let label = p.split(' ').next().unwrap_or_default();
        label.chars().count() <= 8 && label.chars().all(char::is_alphanumeric) && unit(&label.to_lowercase()).is_none()
    };
    (points.len() <= DEEPEST && points.iter().all(fits)).then_some(Citation { place, points })
}

/// `8 bis` is one label, though it is two words.
fn joined(words: Vec<String>) -> Vec<String> {
    let mut labels: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let lower = word.to_lowercase();
        match labels.last_mut() {
            Some(last) if is_ordinal_suffix(&lower) && !last.contains(' ') => *last = format!("{last} {lower}"),
            _ => labels.push(word),
        }
    }
    labels
}

/// The words for the units in the six UN languages, Dutch and German.
fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "article" | "articles" | "art" | "arts" | "artículo" | "artículos" | "статья" | "статьи" | "ст" | "المادة"
        | "第" | "artikel" | "artikelen" => Unit::Article,
        "recital" | "recitals" | "rec" | "considérant" | "considerando" | "erwägungsgrund" | "overweging" => {
            Unit::Recital
        }
        "part" | "partie" | "parte" | "часть" | "teil" | "deel" => Unit::Part,
        "title" | "titre" | "título" | "раздел" | "titel" => Unit::Title,
        "chapter" | "chap" | "ch" | "chapitre" | "capítulo" | "глава" | "kapitel" | "hoofdstuk" => Unit::Chapter,
        "section" | "sec" | "sección" | "abschnitt" | "afdeling" => Unit::Section,
        "annex" | "annexe" | "anexo" | "приложение" | "anhang" | "bijlage" => Unit::Annex,
        "preamble" | "preambular" | "préambule" | "preámbulo" | "преамбула" | "präambel" | "preambule" => {
            Unit::Preamble
        }
        _ => return None,
    })
}

/// Words between labels that add nothing: `paragraph 2`, `point (c)`, `Clause 21(b)`.
fn is_connecting(word: &str) -> bool {
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
            | "clause"
            | "of"
            | "the"
            | "no"
            | "lit"
            | "let"
            | "paragraphe"
            | "alinéa"
            | "párrafo"
            | "apartado"
            | "пункт"
            | "подпункт"
            | "absatz"
            | "abs"
            | "lid"
            | "条"
            | "款"
    )
}

/// `bis` and the rest, which belong to the number before them.
fn is_ordinal_suffix(word: &str) -> bool {
    matches!(
        word,
        "bis" | "ter" | "quater" | "quinquies" | "sexies" | "septies" | "octies" | "novies" | "nonies" | "decies"
    )
}

/// Numbers and words, split at punctuation; a number and the letters that follow it stay together (`4a`, `8bis`).
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        // `第23条` has no spaces around its number.
        let breaks = !c.is_alphanumeric() || matches!(c, '第' | '条' | '款');
        if breaks {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if c.is_alphanumeric() {
                words.push(c.to_string());
            }
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
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
        check("preamble 3", Some("Preamble(3)"));
        check("第23条", Some("23"));
        check("", None);
        check("surveillance", None);
        check(&"1.".repeat(4000), None);
    }
}
