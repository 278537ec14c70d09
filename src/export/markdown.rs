//! Remarks in the order of the treaty, as a text to read or to go on writing from: draft, provision, quoted words, what
//! is said about them.
//!
//! Every word that comes from outside is escaped, so that a note with a heading, a fence or HTML in it stays a note.

use super::rows::{Row, concerns, rows};
use super::sightings::replies_left;
use super::{ExportError, ExportRequest, Written};
use crate::model::{Action, Annotation, AnnotationKind, Recommendation};

/// The text.
pub(super) fn write(request: &ExportRequest<'_>) -> Result<Written, ExportError> {
    let mut page = String::new();
    let details = &request.project.details;
    let title = if details.title.trim().is_empty() { "Annotations" } else { details.title.as_str() };
    page.push_str(&format!("# {}\n", escaped(title)));
    if !details.instrument.trim().is_empty() {
        page.push_str(&format!("\n{}\n", escaped(&details.instrument)));
    }
    let rows = rows(request)?;
    if rows.is_empty() {
        page.push_str("\nNo annotations.\n");
    }
    let mut at = (None, None, None);
    for row in &rows {
        let is_lost = row.placement.anchor().is_none();
        if at.0 != Some(row.draft_id) {
            page.push_str(&format!("\n## {}\n", draft_heading(row)));
            at = (Some(row.draft_id), None, None);
        }
        if is_lost && at.1 != Some(true) {
            page.push_str("\n### Lost: without a place in this draft\n");
            at.2 = None;
        }
        at.1 = Some(is_lost);
        let citation = request.cited(row.placement.citation());
        if at.2.as_ref() != Some(&citation) {
            // Below the heading of the lost ones, provisions stand one level deeper.
            let marks = if is_lost { "####" } else { "###" };
            page.push_str(&format!("\n{marks} {}\n", escaped(&citation)));
            at.2 = Some(citation);
        }
        page.push_str(&remark(request, row));
    }
    Ok(Written { bytes: page.into_bytes(), left: replies_left(request).into_iter().collect() })
}

fn draft_heading(row: &Row<'_>) -> String {
    let mut heading = row.draft_name();
    if let Some(draft) = row.draft {
        let details = &draft.details;
        let known =
            [details.symbol.clone(), details.session.clone(), details.date.map(|d| d.to_string()).unwrap_or_default()];
        let known: Vec<String> = known.into_iter().filter(|k| !k.trim().is_empty() && *k != heading).collect();
        if !known.is_empty() {
            heading = format!("{heading} ({})", known.join(", "));
        }
    }
    escaped(&heading)
}

fn remark(request: &ExportRequest<'_>, row: &Row<'_>) -> String {
    let annotation = row.annotation;
    let mut text = String::new();
    let quote = row.placement.quote().exact.trim();
    if annotation.kind == AnnotationKind::Absence {
        text.push_str("\n**Absence**\n");
    } else if annotation.kind == AnnotationKind::NotNeeded {
        text.push_str("\n**Not needed here**\n");
    } else if !quote.is_empty() {
        text.push_str(if annotation.kind == AnnotationKind::Presence { "\n**Present**\n\n" } else { "\n" });
        for line in quote.lines() {
            let line = escaped(line.trim());
            text.push_str(if line.is_empty() { ">" } else { "> " });
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.push_str(&format!("\n{}\n", about(request, row, annotation)));
    for paragraph in annotation.note.split('\n').map(str::trim).filter(|p| !p.is_empty()) {
        text.push_str(&format!("\n{}\n", escaped(paragraph)));
    }
    if let Some(recommendation) = &annotation.recommendation {
        text.push_str(&format!("\n{}\n", recommended(recommendation)));
    }
    if let Some(source) = &annotation.source {
        text.push_str(&format!("\nFrom {}\n", escaped(&source.line())));
    }
    text
}

/// The line of concerns, severity, author and state.
fn about(request: &ExportRequest<'_>, row: &Row<'_>, annotation: &Annotation) -> String {
    let mut parts: Vec<String> = Vec::new();
    for concern in concerns(&request.project.codebook, annotation) {
        let tag = escaped(&concern.tag());
        let tag = if tag.is_empty() { "?" } else { &tag };
        parts.push(format!("**{tag}** {}", escaped(&concern.name())));
    }
    if let Some(severity) = annotation.severity {
        parts.push(format!("severity {}", severity.word()));
    }
    parts.push(annotation.status.word().to_owned());
    let state = row.state();
    if !state.is_empty() {
        parts.push(state);
    }
    let name = escaped(&row.analyst.name);
    if !name.is_empty() {
        parts.push(name);
    }
    parts.join(" · ")
}

fn recommended(recommendation: &Recommendation) -> String {
    let mut text = format!("**Recommendation** {}", escaped(&recommendation.summary()));
    if !recommendation.proposed.trim().is_empty() {
        let words = escaped(&one_line(&recommendation.proposed));
        let verb = if recommendation.action == Action::Add { "Words to add" } else { "Proposed words" };
        text.push_str(&format!("  \n{verb}: \u{201c}{words}\u{201d}"));
    }
    if !recommendation.supports.trim().is_empty() {
        text.push_str(&format!("  \nSupports: {}", escaped(&recommendation.supports)));
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words on one line with nothing in them that Markdown, or HTML in it, would act on.
pub(super) fn escaped(words: &str) -> String {
    let line = one_line(words);
    let mut text = String::with_capacity(line.len());
    let mut is_first = true;
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in line.char_indices() {
        let is_marker = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '{' | '}' | '^' => true,
            // Only at the start of a line are these headings, lists, rules, tables of definitions.
            '#' | '+' | '-' | '=' | ':' | '!' => is_first,
            // `1.` and `1)` begin a numbered list.
            '.' | ')' => at == digits && digits > 0,
            // Bare addresses and mentions turn into links.
            '@' => true,
            '/' => line[..at].ends_with(':'),
            _ => false,
        };
        if is_marker {
            text.push('\\');
        }
        if c.is_control() {
            text.push('\u{fffd}');
        } else {
            text.push(c);
        }
        is_first = false;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_note_acts_on_the_page() {
        for (words, expected) in [
            ("# Heading", "\\# Heading"),
            ("- a - b", "\\- a - b"),
            ("12. point", "12\\. point"),
            ("(2) 3. x", "(2) 3. x"),
            ("```", "\\`\\`\\`"),
            ("<script>", "\\<script\\>"),
            ("a\n\n# b", "a # b"),
            ("![x](http://y)", "\\!\\[x\\](http:\\//y)"),
            ("[agreed]", "\\[agreed\\]"),
            ("ends with \\", "ends with \\\\"),
            ("---", "\\---"),
            ("===", "\\==="),
        ] {
            assert_eq!(escaped(words), expected, "{words}");
        }
    }
}
