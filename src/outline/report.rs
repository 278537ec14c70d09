//! What a person should look at after an import: holes, repeats, brackets without a partner.

use std::collections::HashMap;

use crate::model::{MarkKind, Outline, Provision, ProvisionIndex, ProvisionKind, TextRange};

use super::label::Series::{Bullet, Chinese, Decimal, Digits, Lower, LowerRoman, Preambular, Upper, UpperRoman};
use super::label::label;
use super::numeral::{Value, roman, twin};

/// More warnings than this are summed up in one.
const MOST: usize = 200;

/// What kind of thing was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WarningKind {
    /// Numbers are missing.
    Gap,
    /// A number comes twice.
    Repeat,
    /// A number stands in square brackets.
    BracketedNumber,
    /// A bracket was opened and never closed, or closed and never opened.
    UnbalancedBracket,
    /// Nothing but plain text was found.
    NothingRecognized,
    /// There were more warnings than anyone reads.
    More,
}

impl WarningKind {
    /// The word for it in `outline --json`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Repeat => "repeat",
            Self::BracketedNumber => "bracketed number",
            Self::UnbalancedBracket => "unbalanced bracket",
            Self::NothingRecognized => "nothing recognized",
            Self::More => "more",
        }
    }
}

/// Something noticed about the structure of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What kind of thing.
    pub kind: WarningKind,
    /// Where, in bytes of the text.
    pub range: TextRange,
    /// One sentence for a person.
    pub message: String,
}

/// Everything worth a look, in order of place.
pub(super) fn warnings(text: &str, outline: &Outline) -> Vec<Warning> {
    let mut all = Vec::new();
    numbering(outline, &mut all);
    for mark in outline.marks.iter().filter(|m| m.kind == MarkKind::Unbalanced) {
        let opened = text[mark.range.start..].starts_with(['[', '［']);
        let message = match (outline.at(mark.range.start).map(|i| outline.citation(i).long()), opened) {
            (Some(place), true) => format!("A bracket opened in {place} is never closed"),
            (Some(place), false) => format!("A bracket closed in {place} was never opened"),
            (None, true) => "A bracket is never closed".to_owned(),
            (None, false) => "A bracket was never opened".to_owned(),
        };
        all.push(Warning { kind: WarningKind::UnbalancedBracket, range: mark.range, message });
        if all.len() > 2 * MOST {
            break;
        }
    }
    let recognized = outline.provisions.iter().any(|p| p.kind != ProvisionKind::Body);
    if !recognized && !text.trim().is_empty() {
        all.push(Warning {
            kind: WarningKind::NothingRecognized,
            range: TextRange { start: 0, end: text.len() },
            message: "No articles, paragraphs or headings were recognized in this text".to_owned(),
        });
    }
    all.sort_by_key(|w| (w.range.start, w.kind));
    if all.len() > MOST {
        let more = all.split_off(MOST);
        let range = more.first().map_or_else(TextRange::default, |w| w.range);
        let count = more.len();
        let message = format!("There are {count} more remarks of this kind on the numbering and the brackets");
        all.push(Warning { kind: WarningKind::More, range, message });
    }
    all
}

/// Where numbering stands, with the count of the instrument in the file: articles run on through chapters, everything else starts anew in its parent.
type Scope = (Option<u32>, ProvisionKind, &'static str, u32);

fn numbering(outline: &Outline, all: &mut Vec<Warning>) {
    let mut last: HashMap<Scope, (Value, String)> = HashMap::new();
    let mut instrument = 0;
    let mut article_scope: Vec<(u32, u32)> = Vec::new();
    for (i, p) in outline.provisions.iter().enumerate() {
        if all.len() > 2 * MOST {
            return;
        }
        let index = ProvisionIndex(i as u32);
        // Articles count anew in every annex and in every instrument of the file.
        article_scope.retain(|&(_, end)| (i as u32) < end);
        if p.kind == ProvisionKind::Annex || (p.kind == ProvisionKind::Heading && p.parent.is_none()) {
            article_scope.push((i as u32, p.subtree_end));
        }
        if p.kind == ProvisionKind::Preamble {
            instrument += 1;
        }
        if p.kind.is_headed() && p.label.ends_with([']', '］']) && !p.number.is_empty() {
            all.push(Warning {
                kind: WarningKind::BracketedNumber,
                range: p.label_range,
                message: format!("The number of {} stands in brackets", outline.citation(index).long()),
            });
        }
        let Some((mut value, from, way)) = value_of(p) else { continue };
        let parent = match p.kind {
            ProvisionKind::Article => article_scope.last().map(|s| s.0),
            // The paragraphs of a decision are numbered through its headings.
            ProvisionKind::Paragraph => outline
                .ancestors(index)
                .skip(1)
                .find(|&a| outline.get(a).is_some_and(|a| a.kind != ProvisionKind::Heading))
                .map(|a| a.0),
            _ => p.parent.map(|q| q.0),
        };
        let scope = (parent, p.kind, way, instrument);
        // A letter of another script that looks right is a slip of the keyboard and no gap.
        if let (Some((before, _)), Some(twin)) = (last.get(&scope), twin(&p.number))
            && twin == before.main + 1
        {
            value.main = twin;
        }
        let before = last.insert(scope, (value, p.number.clone()));
        let (place, start) = (outline.citation(index).long(), from.unwrap_or(value));
        let Some((before, printed)) = before else {
            if start.main > 1
                && start.sub == 0
                && p.kind != ProvisionKind::Recital
                && !p.kind.is_division()
                && way != "I"
                && roman(&p.number) != Some(1)
            {
                all.push(gap(p, format!("The numbering begins with {place}")));
            }
            continue;
        };
        if start == before && value == before {
            all.push(Warning {
                kind: WarningKind::Repeat,
                range: p.label_range,
                message: format!("{} comes more than once", capitalized(&place)),
            });
        } else if way == "a" && start.main > 26 && before.main <= 26 || is_next(&printed, &p.number) {
            // (aa) was put in after (a); after B comes C, which is no hundred; I and II are one and two.
        } else if start.main > before.main + 1 {
            let (from, to) = (before.main + 1, start.main - 1);
            let message = match way {
                "1" if from == to => format!("Number {from} is missing before {place}"),
                "1" => format!("Numbers {from} to {to} are missing before {place}"),
                _ => format!("{} follows {printed}: something is missing between them", capitalized(&place)),
            };
            all.push(gap(p, message));
        }
    }
}

/// Whether both numbers are single letters or both roman, the second right after the first.
fn is_next(before: &str, number: &str) -> bool {
    let follows = |(before, number): (u32, u32)| number == before + 1;
    if roman(before).zip(roman(number)).is_some_and(follows) {
        return true;
    }
    match (before.as_bytes(), number.as_bytes()) {
        ([before], [number]) => before.is_ascii_alphabetic() && *number == before + 1,
        _ => false,
    }
}

fn gap(p: &Provision, message: String) -> Warning {
    Warning { kind: WarningKind::Gap, range: p.label_range, message }
}

fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The value of a provision's number, the first of several, and the way it counts.
fn value_of(p: &Provision) -> Option<(Value, Option<Value>, &'static str)> {
    if p.number.is_empty() {
        return None;
    }
    if p.kind.is_headed() && p.kind != ProvisionKind::Heading {
        let h = super::headline::headline(&p.label, TextRange { start: 0, end: p.label.len() }, true)?;
        return h.value.map(|v| (v, h.from, "1"));
    }
    let l = label(&p.label, TextRange { start: 0, end: p.label.len() })
        .or_else(|| label(&format!("{} A b", p.label), TextRange { start: 0, end: p.label.len() + 4 }))?;
    let sense = match p.kind {
        ProvisionKind::Item | ProvisionKind::Heading => l.senses.last()?,
        _ => l.senses.first()?,
    };
    let way = match sense.series {
        Digits | Preambular => "1",
        Lower => "a",
        Upper => "A",
        LowerRoman | UpperRoman => "i",
        Chinese => "一",
        Decimal(_) => "1.1",
        Bullet => return None,
    };
    Some((sense.value, None, way))
}
