//! A format of the tests' own, with everything in it that a file can have: marked changes, columns, comments, pages,
//! notes, doubtful pages, a password.
//!
//! Lines before `---` say what there is: `password: WORDS`, `doubt: 3-4 SENTENCE`, `column: HEAD`,
//! `comment: AUTHOR | TIME | QUOTED WORDS | WHAT IT SAYS`. The text follows, with `{+inserted+}`, `{-deleted-}`, `**bold**`,
//! `{page}` where a page begins, and in columns lines that begin with `1|`, `2|`.
#![allow(dead_code, reason = "each test uses what it needs")]

use travaux::import::{Bytes, Changes, Choices, Comment, Content, Doubt, Importer, Offers, Problem, REHEARSED, Watch};
use travaux::model::text::normalize;
use travaux::model::{HintKind, PageStart, StructureHint, Style, Styled, Taken, TextRange, Wording};

/// Files that end in `.trial` are read from now on.
pub fn install() {
    let importer = Importer { name: "Trial", extensions: &["trial"], looks_like: |b| b.starts_with(b"TRIAL"), read };
    // Another test has done it already.
    let _ = REHEARSED.set(importer);
}

/// A treaty with all of it but the password and the doubt.
pub const RICH: &str = "\
TRIAL
comment: Delegation of Norway | 2024-05-04T10:00:00Z | every light | Which lights?
comment: Secretariat |  | two keepers | One is enough
comment: Delegation of Norway | 2024-05-05T10:00:00Z | costs | Who pays?
---
Draft convention on lighthouses

Article 1

Keepers

1. Each Party shall name {-a keeper-}{+two keepers+} for every light.

{page}2. Keepers are **neutral**.

Article 2

Costs

1. Each Party bears {-its own-}{+the+} costs.
";

fn read(bytes: &Bytes, choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    let raw = normalize(&String::from_utf8_lossy(bytes));
    let (head, body) = raw.split_once("---\n").unwrap_or(("", &raw));
    let fields = |name: &str| -> Vec<String> {
        head.lines().filter_map(|l| Some(l.strip_prefix(name)?.strip_prefix(':')?.trim().to_owned())).collect()
    };
    if let Some(password) = fields("password").first()
        && choices.password.as_ref() != Some(password)
    {
        return Err(Problem::Password { given: choices.password.is_some() });
    }
    assert!(!body.contains("PANIC"), "a reader that fails");
    if watch.cancelled() {
        return Err(Problem::Cancelled);
    }
    let columns = fields("column");
    let column = choices.column.filter(|&c| usize::from(c) < columns.len());
    let body: String = body
        .lines()
        .filter_map(|line| match (line.split_once('|'), column) {
            (Some((n, words)), Some(c)) if n.parse() == Ok(c + 1) => Some(format!("{words}\n")),
            (Some((n, words)), None) if n.parse::<u16>().is_ok() => Some(format!("{words}\n")),
            (Some((n, _)), _) if n.parse::<u16>().is_ok() => None,
            _ => Some(format!("{line}\n")),
        })
        .collect();
    let (inserted, deleted) = (body.matches("{+").count(), body.matches("{-").count());
    let changes = (inserted + deleted > 0).then_some(Changes { inserted, deleted, tracked: true });
    let wording = match (changes, choices.wording) {
        (None, _) => Wording::Printed,
        (Some(_), chosen) => chosen.unwrap_or(Wording::Proposed),
    };
    let mut content = Content::default();
    let mut rest = body.as_str();
    while let Some(c) = rest.chars().next() {
        let stretch = |open: &str, close: &str| -> Option<(String, usize)> {
            let inner = rest.strip_prefix(open)?;
            let end = inner.find(close)?;
            Some((inner[..end].to_owned(), open.len() + end + close.len()))
        };
        let (words, style, length) = if let Some((words, length)) = stretch("{+", "+}") {
            (if wording == Wording::Original { String::new() } else { words }, None, length)
        } else if let Some((words, length)) = stretch("{-", "-}") {
            (if wording == Wording::Proposed { String::new() } else { words }, Some(Style::Struck), length)
        } else if let Some((words, length)) = stretch("**", "**") {
            (words, Some(Style::Bold), length)
        } else if rest.starts_with("{page}") {
            let number = content.printed.pages.len() as u32 + 2;
            content.printed.pages.push(PageStart { at: content.text.len(), number, label: number.to_string() });
            (String::new(), None, 6)
        } else {
            (c.to_string(), None, c.len_utf8())
        };
        let start = content.text.len();
        content.text.push_str(&words);
        let range = TextRange { start, end: content.text.len() };
        if let Some(style) = style.filter(|s| !words.is_empty() && (*s == Style::Bold || wording == Wording::Printed)) {
            content.printed.styles.push(Styled { range, style });
        }
        rest = &rest[length..];
    }
    if !content.printed.pages.is_empty() {
        content.printed.pages.insert(0, PageStart { at: 0, number: 1, label: "1".into() });
    }
    let all = TextRange { start: 0, end: content.text.len() };
    content.hints.push(StructureHint { range: all, kind: HintKind::Paragraphs });
    content.doubts = fields("doubt")
        .iter()
        .map(|line| {
            let (pages, message) = line.split_once(' ').unwrap();
            let pages = pages.split_once('-').map(|(a, b)| (a.parse().unwrap(), b.parse().unwrap()));
            Doubt { pages, message: message.to_owned() }
        })
        .collect();
    content.comments = fields("comment")
        .iter()
        .map(|line| {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let start = content.text.find(parts[2]);
            let range = start.map_or_else(TextRange::default, |start| TextRange { start, end: start + parts[2].len() });
            Comment { author: parts[0].into(), date: parts[1].parse().ok(), range, text: parts[3].into() }
        })
        .collect();
    content.taken = Taken { wording, column: column.map(|c| (c, columns[usize::from(c)].clone())) };
    content.offers = Offers { changes, columns };
    Ok(content)
}
