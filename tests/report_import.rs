//! A paper as a document is read again by our own importer, words, notes and redline.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

#[path = "support/papers.rs"]
mod papers;

use travaux::export::paper::{Block, PAPER_FORMATS, Paper, Run};
use travaux::import::{Choices, read_bytes_named};
use travaux::model::Wording;

/// The words of runs, as one of two readings of a proposal.
fn words(runs: &[Run], wording: Wording) -> String {
    use travaux::export::paper::Stroke;
    let gone = if wording == Wording::Proposed { Stroke::Struck } else { Stroke::PutIn };
    runs.iter().filter(|run| run.mark.stroke != gone).map(|run| run.text.as_str()).collect()
}

fn all<'p>(blocks: &'p [Block], found: &mut Vec<&'p [Run]>) {
    for block in blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs, .. } => found.push(runs),
            Block::List { items, .. } => items.iter().for_each(|item| all(item, found)),
            Block::Table(grid) => grid.rows.iter().flat_map(|row| &row.cells).for_each(|cell| all(cell, found)),
            Block::PageBreak => {}
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn our_own_importer_reads_every_paper() {
    for (name, paper) in papers::papers() {
        let docx = PAPER_FORMATS.iter().find(|format| format.id == "docx").unwrap();
        let bytes = (docx.write)(&Paper { contents: false, ..paper.clone() }).unwrap().bytes;
        let imported = read_bytes_named("paper.docx", bytes, &Choices::default(), &mut ()).unwrap();
        let text = squeezed(&imported.text);
        let mut found = Vec::new();
        all(&paper.front.introduction, &mut found);
        all(&paper.body, &mut found);
        for runs in found {
            let kept = squeezed(&words(runs, Wording::Proposed));
            let whole = squeezed(&runs.iter().map(|run| run.text.as_str()).collect::<String>());
            assert!(text.contains(&kept) || text.contains(&whole), "{name}: {kept} is not in {}", imported.text);
            for note in runs.iter().filter_map(|run| run.footnote.as_ref()) {
                assert!(text.contains(&squeezed(&words(note, Wording::Proposed))), "{name}");
            }
        }
        assert_eq!(imported.doubts, Vec::new(), "{name}");
    }
}
