//! `travaux text FILE` and `travaux outline FILE`: bare files, no project needed.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::{Answer, say};
use crate::model::text::CodePoints;
use crate::model::{Direction, Note, PageStart, Provision, ProvisionKind, TextRange};
use crate::workspace::{Choices, Proposal, read_draft};

/// Prints the text exactly as the program reads it, and on standard error why it is not to be trusted.
pub fn text(file: &Path, choices: Choices, out: &mut dyn Write, err: &mut dyn Write) -> Answer {
    let draft = read_draft(file, choices)?;
    for doubt in &draft.imported.doubts {
        // The text is printed whoever hears this.
        let _ = writeln!(err, "travaux: {}", doubt.message);
    }
    match out.write_all(draft.imported.text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Prints the provisions, as an indented tree or as JSON.
pub fn outline(file: &Path, choices: Choices, json: bool, out: &mut dyn Write) -> Answer {
    let draft = read_draft(file, choices)?;
    if json {
        let answer = serde_json::to_string_pretty(&Answered::of(&draft)).map_err(|e| e.to_string())?;
        return say(out, answer);
    }
    let outline = &draft.reading.outline;
    if let Some(title) = &outline.title {
        say(out, title)?;
    }
    for index in outline.indices() {
        let Some(p) = outline.get(index) else { continue };
        if !has_address(p) {
            continue;
        }
        let indent = "  ".repeat(outline.depth(index));
        let heading = p.heading.as_deref().unwrap_or_default();
        say(out, format!("{indent}{}  {heading}", outline.citation(index).long()).trim_end())?;
    }
    for message in messages(&draft) {
        say(out, format!("! {message}"))?;
    }
    Ok(())
}

/// What is to be said of a file: why its text is doubtful, what its reader and what the recognizer noticed.
pub fn messages(draft: &Proposal) -> impl Iterator<Item = &str> {
    let doubts = draft.imported.doubts.iter().map(|d| d.message.as_str());
    let from_file = draft.imported.warnings.iter().map(String::as_str);
    doubts.chain(from_file).chain(draft.reading.warnings.iter().map(|w| w.message.as_str()))
}

#[derive(Serialize)]
struct Answered<'d> {
    title: Option<&'d str>,
    language: &'d str,
    direction: &'static str,
    provisions: Vec<ProvisionAnswer<'d>>,
    marks: Vec<MarkAnswer>,
    warnings: Vec<WarningAnswer<'d>>,
    pages: Vec<PageAnswer<'d>>,
    notes: Vec<NoteAnswer>,
}

#[derive(Serialize)]
struct PageAnswer<'d> {
    /// Which page of the file, from 1.
    number: u32,
    /// The number printed on it.
    label: &'d str,
    start: usize,
}

#[derive(Serialize)]
struct NoteAnswer {
    /// Where the sign stands that calls it.
    call: Option<usize>,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct ProvisionAnswer<'d> {
    kind: &'static str,
    number: &'d str,
    citation: String,
    heading: Option<&'d str>,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct MarkAnswer {
    kind: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct WarningAnswer<'d> {
    message: &'d str,
    start: usize,
    end: usize,
}

fn has_address(p: &Provision) -> bool {
    match p.kind {
        ProvisionKind::Body => false,
        ProvisionKind::Item | ProvisionKind::Subparagraph | ProvisionKind::Paragraph => !p.number.is_empty(),
        _ => true,
    }
}

impl<'d> Answered<'d> {
    fn of(draft: &'d Proposal) -> Self {
        let points = CodePoints::new(&draft.imported.text);
        let at = |r: TextRange| (points.of_byte(r.start), points.of_byte(r.end));
        let outline = &draft.reading.outline;
        let provisions = outline
            .indices()
            .filter_map(|i| {
                let p = outline.get(i)?;
                let (start, end) = at(p.range);
                Some(ProvisionAnswer {
                    kind: p.kind.word(),
                    number: &p.number,
                    // Flush text and bullets have no address of their own; their parent's would name them twice.
                    citation: if has_address(p) { outline.citation(i).to_string() } else { String::new() },
                    heading: p.heading.as_deref(),
                    start,
                    end,
                })
            })
            .collect();
        let mark = |m: &crate::model::Mark| {
            let (start, end) = at(m.range);
            MarkAnswer { kind: m.kind.word(), start, end }
        };
        let imported = &draft.imported;
        let of_file = |message| WarningAnswer { message, start: 0, end: 0 };
        let doubts = imported.doubts.iter().map(|d| of_file(d.message.as_str()));
        let from_file = imported.warnings.iter().map(|w| of_file(w.as_str()));
        let page = |p: &'d PageStart| PageAnswer { number: p.number, label: &p.label, start: points.of_byte(p.at) };
        let note = |n: &Note| {
            let (start, end) = at(n.body);
            NoteAnswer { call: n.call.map(|c| at(c).0), start, end }
        };
        let from_text = draft.reading.warnings.iter().map(|w| {
            let (start, end) = at(w.range);
            WarningAnswer { message: &w.message, start, end }
        });
        Self {
            title: outline.title.as_deref(),
            language: &draft.details.language,
            direction: match draft.details.direction {
                Direction::LeftToRight => "ltr",
                Direction::RightToLeft => "rtl",
            },
            provisions,
            marks: outline.marks.iter().map(mark).collect(),
            warnings: doubts.chain(from_file).chain(from_text).collect(),
            pages: imported.printed.pages.iter().map(page).collect(),
            notes: imported.printed.notes.iter().map(note).collect(),
        }
    }
}
