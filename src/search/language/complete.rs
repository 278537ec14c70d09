//! What could come next while a query is typed: fields, their values in this project, operators.

use std::collections::BTreeSet;
use std::ops::Range;

use super::context::{Context, at_cursor};
use super::fields::{FIELDS, Field};
use super::lexer::closing_quote;
use super::names::{folded_name, has_word};
use super::numbers::Number;
use crate::model::{Draft, Project, ProvisionKind, folded_label};

/// What can be put in a place of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// What is replaced, in bytes of the query, on character boundaries; the cursor stands in it or at its end.
    pub replace: Range<usize>,
    /// What can be put there, the likeliest first; empty where only the person knows what comes next.
    pub entries: Vec<Completion>,
}

/// One thing to put in a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// What replaces [`Completions::replace`]; the cursor goes behind it.
    pub insert: String,
    /// What is shown in the list.
    pub shows: String,
    /// What it means, in a few words; may be empty.
    pub explains: String,
}

/// Completions that are given at most.
const MOST: usize = 40;

const OPERATORS: [(&str, &str); 3] =
    [("AND", "both sides"), ("OR", "one side or the other"), ("NOT", "without what follows")];

/// What could stand where the cursor is, at a byte of the text; of a project's names where there is one.
pub fn complete(text: &str, cursor: usize, project: Option<&Project>) -> Completions {
    let cursor = text.floor_char_boundary(cursor.min(text.len()));
    let (context, before) = at_cursor(text, cursor);
    let mut completions = match context {
        Context::OwnWords => Completions { replace: cursor..cursor, entries: Vec::new() },
        Context::Word(range) => {
            let entries = words(&text[range.start..cursor], before, project);
            Completions { replace: range, entries }
        }
        Context::Value { name, value } if cursor < value.start => {
            let partial = &text[name.start..cursor.min(name.end)];
            let entries = fields(partial).collect();
            Completions { replace: name.start..value.start, entries }
        }
        Context::Value { name, value } => match Field::named(&text[name.clone()]) {
            Some(field) => {
                let entries = values(field, &text[value.start..cursor], project);
                Completions { replace: value, entries }
            }
            None => {
                let meant = super::nearest::closest(&text[name.clone()], FIELDS.iter().map(|r| r.name));
                let entries = meant.into_iter().flat_map(|m| fields(m).take(1)).collect();
                Completions { replace: name.start..value.start, entries }
            }
        },
    };
    completions.entries.truncate(MOST);
    completions
}

/// What a word may become.
fn words(partial: &str, before: bool, project: Option<&Project>) -> Vec<Completion> {
    let length = partial.chars().count();
    let mut entries: Vec<_> = fields(partial).collect();
    for (operator, explains) in OPERATORS {
        let fits = operator.len() >= length && operator[..].to_lowercase().starts_with(&partial.to_lowercase());
        if fits && (before || operator == "NOT") {
            entries.push(entry(format!("{operator} "), operator, explains));
        }
    }
    if length < 2 {
        return entries;
    }
    // Values that begin so, under the fields that have them.
    for row in &FIELDS {
        if matches!(row.field, Field::Unit(_) | Field::Changed | Field::No) {
            continue;
        }
        let fixed = !matches!(row.field, Field::Concern | Field::Analyst) && length < 3;
        for value in values(row.field, partial, project) {
            if !fixed && !value.insert.starts_with(['<', '>']) {
                let insert = format!("{}:{}", row.name, value.insert);
                let shows = format!("{}:{}", row.name, value.shows);
                entries.push(Completion { insert, shows, explains: value.explains });
            }
        }
    }
    entries
}

fn fields(partial: &str) -> impl Iterator<Item = Completion> {
    let partial = partial.to_lowercase();
    FIELDS.iter().filter(move |r| r.name.starts_with(&partial)).map(|row| {
        let opening = if row.field == Field::Changed { "since(" } else { "" };
        let name = format!("{}:{opening}", row.name);
        entry(name.clone(), &name, &format!("{}, as in {}", row.explains, row.example))
    })
}

/// The values of a field that begin with what is typed of one.
fn values(field: Field, partial: &str, project: Option<&Project>) -> Vec<Completion> {
    let quote = partial.chars().next().filter(|&c| closing_quote(c).is_some());
    let bare = quote.map_or(partial, |q| &partial[q.len_utf8()..]);
    let word = folded_name(bare);
    let mut entries = Vec::new();
    match (field, project) {
        (Field::Concern, Some(project)) => entries.extend(concerns(&word, project)),
        (Field::Analyst, Some(project)) => {
            let named = project.sets.values().filter(|s| word.is_empty() || has_word(&s.analyst.name, &word));
            entries.extend(named.map(|set| {
                let said = match set.annotations.len() {
                    1 => "1 annotation".to_owned(),
                    n => format!("{n} annotations"),
                };
                entry(quoted(&set.analyst.name), &set.analyst.name, &said)
            }));
        }
        (Field::Draft, Some(project)) => {
            entries.extend(drafts(&word, project).map(|d| entry(quoted(d.name()), d.name(), &about(d))));
        }
        (Field::Changed, project) => {
            let typed = bare.get(..6).filter(|w| w.eq_ignore_ascii_case("since("));
            let name = typed.map_or("", |_| bare[6..].trim_start_matches(|c| closing_quote(c).is_some()));
            let Some(project) = project.filter(|_| typed.is_some() || "since(".starts_with(bare)) else {
                return entries;
            };
            entries.extend(drafts(&folded_name(name), project).map(|draft| {
                let value = format!("since({})", quoted(draft.name()));
                let says = format!("new or edited since {}", draft.name());
                entry(value.clone(), &value, &says)
            }));
        }
        (Field::Unit(kind), Some(project)) => entries.extend(units(kind, bare, &word, project)),
        _ => {}
    }
    let lower = bare.to_lowercase();
    let fixed = field.values();
    if field == Field::Severity
        && let Some((sign, rest)) = comparison(&lower)
    {
        let steps = fixed.iter().filter(|(v, _)| v.starts_with(rest) && v.starts_with(char::is_alphabetic));
        entries.extend(steps.map(|(v, says)| entry(format!("{sign}{v}"), &format!("{sign}{v}"), says)));
        return entries;
    }
    entries
        .extend(fixed.iter().filter(|(v, _)| v.starts_with(&lower)).map(|(v, says)| entry((*v).to_owned(), v, says)));
    entries
}

fn comparison(value: &str) -> Option<(&str, &str)> {
    let end = value.find(|c: char| !matches!(c, '<' | '>' | '=' | '≤' | '≥')).unwrap_or(value.len());
    (end > 0).then(|| value.split_at(end))
}

fn concerns<'p>(word: &'p str, project: &'p Project) -> impl Iterator<Item = Completion> + 'p {
    let book = &project.codebook;
    let fits =
        move |tag: &str, name: &str| word.is_empty() || folded_name(tag).starts_with(word) || has_word(name, word);
    book.tree().into_iter().filter(move |(_, c)| fits(&c.tag, &c.name)).map(move |(_, concern)| {
        let tag = folded_name(&concern.tag);
        let called_so = book.concerns.iter().filter(|c| folded_name(&c.tag) == tag || folded_name(&c.name) == tag);
        let insert = if tag.is_empty() || called_so.count() > 1 { &concern.name } else { &concern.tag };
        let first = concern.definition.split_inclusive(['.', '\n']).next().unwrap_or_default();
        let explains: String = first.trim().trim_end_matches('.').chars().take(120).collect();
        let shows = format!("{} {}", concern.tag, concern.name);
        entry(quoted(insert), shows.trim(), if concern.retired { "retired" } else { &explains })
    })
}

fn drafts<'p>(word: &'p str, project: &'p Project) -> impl Iterator<Item = &'p Draft> + 'p {
    let names = |d: &Draft| {
        let date = d.details.date.map_or_else(String::new, |d| d.to_string());
        [&d.details.label, &d.details.symbol, &d.slug, &date].map(|n| folded_name(n))
    };
    project.drafts.iter().map(|d| &**d).filter(move |d| names(d).iter().any(|n| n.contains(word)))
}

/// The symbol and date of a draft, where its name does not say them.
fn about(draft: &Draft) -> String {
    let symbol = Some(draft.details.symbol.clone()).filter(|s| !s.is_empty() && s != draft.name());
    let date = draft.details.date.map(|d| d.to_string());
    [symbol, date].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The numbers of all drafts with the headings of the latest draft that has them; by number or by a word of the heading.
fn units(kind: ProvisionKind, bare: &str, word: &str, project: &Project) -> Vec<Completion> {
    if let Some((number, points)) = bare.split_once('(') {
        return points_of(kind, number, points, project);
    }
    let (first, partial) = match bare.split_once("..") {
        Some((first, partial)) => (Some(first), folded_label(partial)),
        None => (None, folded_label(bare)),
    };
    let from = first.map(Number::read);
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for draft in project.drafts.iter().rev() {
        for provision in draft.outline.provisions.iter().filter(|p| p.kind == kind && !p.number.is_empty()) {
            let folded = folded_label(&provision.number);
            let heading = provision.heading.as_deref().unwrap_or_default();
            let named = || first.is_none() && word.chars().count() > 1 && has_word(heading, word);
            let follows = from.as_ref().is_none_or(|f| f.runs_to(&Number::read(&provision.number)));
            if !(follows && (folded.starts_with(&partial) || named())) || !seen.insert(folded) {
                continue;
            }
            let value = match first {
                Some(first) => quoted(&format!("{first}..{}", provision.number)),
                None => quoted(&provision.number),
            };
            entries.push(entry(value.clone(), &value, heading));
        }
        // The numbers of one draft are in its order; more of them than are shown need no other draft's.
        if entries.len() >= MOST {
            break;
        }
    }
    entries
}

/// `23(2)(` and what can follow.
fn points_of(kind: ProvisionKind, number: &str, points: &str, project: &Project) -> Vec<Completion> {
    let wanted = Number::read(number);
    let mut given: Vec<_> = points.split(['(', ')']).map(folded_label).collect();
    let partial = given.pop().unwrap_or_default();
    given.retain(|g| !g.is_empty());
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for draft in project.drafts.iter().rev() {
        let outline = &draft.outline;
        for index in outline.indices() {
            let Some(unit) = outline.get(index).filter(|p| p.kind == kind && Number::read(&p.number).is(&wanted))
            else {
                continue;
            };
            let above = outline.citation(index).points.len();
            for inside in outline.indices().take(unit.subtree_end as usize).skip(index.0 as usize + 1) {
                let labels = outline.citation(inside).points;
                let Some(labels) = labels.get(above..).filter(|l| l.len() == given.len() + 1) else { continue };
                let folded: Vec<_> = labels.iter().map(|l| folded_label(l)).collect();
                let fits = folded.starts_with(&given) && folded.last().is_some_and(|l| l.starts_with(&partial));
                if fits && seen.insert(folded) && entries.len() < MOST {
                    let points: String = labels.iter().map(|l| format!("({l})")).collect();
                    let value = format!("{}{points}", number.trim());
                    let own = outline.own_range(inside).of(&draft.text).unwrap_or_default();
                    let words: String = own.split_whitespace().take(10).collect::<Vec<_>>().join(" ");
                    entries.push(entry(value.clone(), &value, &words.chars().take(80).collect::<String>()));
                }
            }
        }
    }
    entries
}

/// A value as it can stand behind a field.
fn quoted(value: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '(' | ')') && closing_quote(c).is_none();
    if value.chars().all(plain) && !value.is_empty() {
        value.to_owned()
    } else if value.contains('"') {
        format!("“{}”", value.replace(['“', '”', '„'], ""))
    } else {
        format!("\"{value}\"")
    }
}

fn entry(insert: String, shows: &str, explains: &str) -> Completion {
    Completion { insert, shows: shows.to_owned(), explains: explains.to_owned() }
}
