//! `travaux text FILE` and `travaux outline FILE`: bare files, no project needed.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::{Answer, say};
use crate::model::text::CodePoints;
use crate::model::{Direction, Provision, ProvisionKind, TextRange};
use crate::workspace::{Proposal, read_draft};

/// Prints the text exactly as the program reads it.
pub fn text(file: &Path, out: &mut dyn Write) -> Answer {
    let draft = read_draft(file)?;
    match out.write_all(draft.imported.text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// Prints the provisions, as an indented tree or as JSON.
pub fn outline(file: &Path, json: bool, out: &mut dyn Write) -> Answer {
    let draft = read_draft(file)?;
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
    for warning in &draft.reading.warnings {
        say(out, format!("! {}", warning.message))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Answered<'d> {
    title: Option<&'d str>,
    language: &'d str,
    direction: &'static str,
    provisions: Vec<ProvisionAnswer<'d>>,
    marks: Vec<MarkAnswer>,
    warnings: Vec<WarningAnswer<'d>>,
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
        let from_file = draft.imported.warnings.iter().map(|w| WarningAnswer { message: w, start: 0, end: 0 });
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
            warnings: from_file.chain(from_text).collect(),
        }
    }
}
