//! A commentary as a page beside its draft: its paragraphs with their headings, and its citations as links.

use crate::citation::{Addresses, Cited, Found, References, Suggestions};
use crate::model::{Outline, Provision, ProvisionIndex, ProvisionKind, TextRange};

use super::references::Links;

/// The page of a commentary, from what was read from it. Takes time linear in the text.
pub(super) fn outline_of(text: &str, read: &Suggestions) -> Outline {
    let mut outline = Outline {
        title: read.title.and_then(|t| t.of(text)).map(one_line),
        blocks: Vec::with_capacity(read.paragraphs.len()),
        ..Outline::default()
    };
    // Headings that are open, outermost first: how deep each stands, and which provision it is.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for paragraph in &read.paragraphs {
        let range = paragraph.range;
        if range.start < at || range.of(text).is_none() || range.is_empty() {
            continue;
        }
        // Notes and the like stand on the page as well.
        lines(text, TextRange { start: at, end: range.start }, &mut outline.blocks);
        outline.blocks.push(range);
        at = range.end;
        match paragraph.heading {
            Some(0) => {}
            Some(depth) => {
                close(&mut outline, &mut open, depth, range.start, text);
                // The parts of a heading's part are set smaller.
                let kind = if depth > 1 { ProvisionKind::Article } else { ProvisionKind::Section };
                let heading = Some(one_line(range.of(text).unwrap_or_default()));
                let label_range = TextRange { start: range.start, end: range.start };
                let parent = open.last().map(|o| o.1);
                open.push((depth, outline.provisions.len()));
                push(&mut outline, Draft { kind, label_range, heading, range: (range, range) }, parent, text);
            }
            None => {
                if let Some(label_range) = paragraph.mark.filter(|m| m.start == range.start && m.end < range.end) {
                    let is_number = label_range.of(text).is_some_and(|m| m.starts_with(|c: char| c.is_numeric()));
                    let kind = if is_number { ProvisionKind::Paragraph } else { ProvisionKind::Subparagraph };
                    let parent = open.last().map(|o| o.1);
                    push(&mut outline, Draft { kind, label_range, heading: None, range: (range, range) }, parent, text);
                }
            }
        }
    }
    lines(text, TextRange { start: at, end: text.len() }, &mut outline.blocks);
    close(&mut outline, &mut open, 0, text.len(), text);
    outline
}

/// The citations of a commentary as links into its draft.
pub(super) fn links_of(text: &str, found: &[Found], read: &Suggestions, outline: &Outline) -> Links {
    let addresses = Addresses::of(outline);
    let mut by_place: Vec<&crate::citation::SuggestedNote> = read.list.iter().collect();
    by_place.sort_by_key(|s| s.key.at.start);
    let around = |f: &Found| -> Vec<Cited> {
        let first = by_place.partition_point(|s| s.key.at.start < f.range.start);
        let within = by_place.iter().skip(first).take_while(|s| s.key.at.start < f.range.end);
        within
            .filter(|s| f.range.covers(s.key.at))
            .map(|s| Cited {
                range: s.key.at,
                citation: Some(s.key.citation.clone()),
                within: Vec::new(),
                meaning: s.meaning.clone(),
            })
            .collect()
    };
    Links::about(text, References::about(outline, &addresses, found, around))
}

/// What is known of a part of the page before it stands in the list.
struct Draft {
    kind: ProvisionKind,
    label_range: TextRange,
    heading: Option<String>,
    /// Of the heading, and of all of it.
    range: (TextRange, TextRange),
}

fn push(outline: &mut Outline, draft: Draft, parent: Option<usize>, text: &str) {
    let subtree_end = outline.provisions.len() as u32 + 1;
    let label = draft.label_range.of(text).unwrap_or_default().to_owned();
    let heading_range = draft.heading.as_ref().map(|_| draft.range.0);
    outline.provisions.push(Provision {
        kind: draft.kind,
        number: String::new(),
        label,
        label_range: draft.label_range,
        heading: draft.heading,
        heading_range,
        range: draft.range.1,
        parent: parent.map(|p| ProvisionIndex(p as u32)),
        subtree_end,
        ordinal: 0,
    });
}

/// Ends the headings that stand as deep or deeper, before `end`.
fn close(outline: &mut Outline, open: &mut Vec<(usize, usize)>, depth: usize, end: usize, text: &str) {
    let next = outline.provisions.len() as u32;
    while let Some((_, at)) = open.pop_if(|o| o.0 >= depth) {
        if let Some(p) = outline.provisions.get_mut(at) {
            let start = p.range.start;
            p.range = TextRange { start, end: TextRange { start, end }.trimmed(text).end.max(p.range.end) };
            p.subtree_end = next;
        }
    }
}

/// The lines of a stretch that have words, as blocks.
fn lines(text: &str, range: TextRange, blocks: &mut Vec<TextRange>) {
    let mut at = range.start;
    for line in range.of(text).unwrap_or_default().split_inclusive('\n') {
        let own = TextRange { start: at, end: at + line.len() }.trimmed(text);
        at += line.len();
        if !own.is_empty() {
            blocks.push(own);
        }
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::{find, suggest};
    use crate::model::{Codebook, HintKind, StructureHint};

    #[test]
    fn a_page_has_headings_bullets_and_all_of_the_text() {
        let text = "Concerns\n\n# Scope\n\nArticle 1 is wide. Delete:\n\n- Article 2(1);\n\n- Article 3.\n\n## Notes\n\n1 A note.\n\n# End\n\nThanks.";
        let aside = text.find("1 A note").unwrap();
        let hints = [StructureHint { range: TextRange { start: aside, end: aside + 9 }, kind: HintKind::Aside }];
        let found = find(text, &[]);
        let read = suggest(text, &hints, &found, &Outline::default(), &Codebook::default());
        let outline = outline_of(text, &read);
        assert_eq!(outline.fault(text), None);
        let shown: Vec<&str> = outline.blocks.iter().filter_map(|b| b.of(text)).collect();
        let lines: Vec<&str> = text.lines().filter(|l| !l.is_empty()).collect();
        assert_eq!(shown, lines);
        let parts: Vec<(ProvisionKind, &str)> =
            outline.provisions.iter().map(|p| (p.kind, p.range.of(text).unwrap().lines().next().unwrap())).collect();
        use ProvisionKind::{Article, Section, Subparagraph};
        assert_eq!(
            parts,
            [
                (Section, "# Scope"),
                (Subparagraph, "- Article 2(1);"),
                (Subparagraph, "- Article 3."),
                (Article, "## Notes"),
                (Section, "# End")
            ]
        );
        assert_eq!(outline.title.as_deref(), Some("Concerns"));
        let links = links_of(text, &found, &read, &Outline::default());
        assert_eq!(links.all.len(), 3);
        assert_eq!(links.broken.len(), 3);
    }
}
