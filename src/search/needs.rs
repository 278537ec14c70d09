//! What a text must have for a pattern to be found in it, so that not every text has to be read.

use regex::Regex;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind};

use super::words::{folded, is_gram, is_part_of_elision, is_plain, lowered};

/// What words a text must have; having them is not enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing that can be looked up.
    Nothing,
    /// A word that holds these letters, folded.
    Letters(String),
    All(Vec<Self>),
    Any(Vec<Self>),
}

/// What a pattern needs. The capitals and accents it asks for are left out of account.
pub(super) fn needed(pattern: &Regex) -> Need {
    let parsed = ParserBuilder::new().multi_line(true).nest_limit(50).build().parse(pattern.as_str());
    parsed.map_or(Need::Nothing, |hir| of(&hir))
}

fn of(hir: &Hir) -> Need {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).map_or(Need::Nothing, of_literal),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Concat(parts) => all(parts.iter().map(of)),
        HirKind::Alternation(parts) => {
            let parts: Vec<_> = parts.iter().map(of).collect();
            if parts.contains(&Need::Nothing) { Need::Nothing } else { Need::Any(parts) }
        }
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) | HirKind::Repetition(_) => Need::Nothing,
    }
}

/// The words of a literal, of which the first and the last may be parts of longer ones.
fn of_literal(literal: &str) -> Need {
    // Characters that are words by themselves are not among the words, nor what is elided before others.
    let words = literal.split(|c: char| !is_plain(c) || is_gram(c)).map(|word| folded(&lowered(word)));
    all(words.filter(|w| w.chars().count() > 1 && !is_part_of_elision(w)).map(Need::Letters))
}

fn all(parts: impl Iterator<Item = Need>) -> Need {
    let mut parts: Vec<_> = parts.filter(|p| *p != Need::Nothing).collect();
    match (parts.len(), parts.pop()) {
        (_, None) => Need::Nothing,
        (1, Some(only)) => only,
        (_, Some(last)) => {
            parts.push(last);
            Need::All(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: &str) {
        fn shown(need: &Need) -> String {
            let joined =
                |parts: &[Need], by: &str| format!("({})", parts.iter().map(shown).collect::<Vec<_>>().join(by));
            match need {
                Need::Nothing => "-".to_owned(),
                Need::Letters(letters) => letters.clone(),
                Need::All(parts) => joined(parts, " "),
                Need::Any(parts) => joined(parts, "|"),
            }
        }
        assert_eq!(shown(&needed(&Regex::new(pattern).unwrap())), expected, "{pattern}");
    }

    #[test]
    fn a_pattern_needs_its_literals() {
        check(r"inter(cept|fere)\w+", "(inter (cept|fere))");
        check(r"Données\s+protégées", "(donnees protegees)");
        check(r"\bstates? part(y|ies)", "(state part)");
        check(r"(law|\d+)", "-");
        check(r"(ab)?(xyz){2,}mn", "(xyz mn)");
        check(r"l'acc[eè]s|jusqu'au", "(acc|au)");
        check(r"qu|jusq", "-");
        check(r"(?i)law", "-");
        check(r"国家", "-");
        check(r".*", "-");
    }
}
