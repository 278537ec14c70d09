//! Blocks nested deeper than a page can show, laid flat without losing a word, and headings without holes.

use super::super::{Block, Run};

/// The level of a heading: no level below the last one is left out, as readers that jump from heading to heading expect.
pub(super) fn level(last: u8, wished: u8) -> u8 {
    wished.clamp(1, 4).min(last.saturating_add(1))
}

/// The paragraphs and headings of blocks in their order, however deep they lie.
pub(super) fn leaves<'b>(blocks: impl Iterator<Item = &'b Block>) -> Vec<&'b Block> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Block> = blocks.collect();
    waiting.reverse();
    while let Some(block) = waiting.pop() {
        match block {
            Block::Heading { .. } | Block::Paragraph { .. } => found.push(block),
            Block::List { items, .. } => waiting.extend(items.iter().flatten().rev()),
            Block::Table(grid) => {
                waiting.extend(grid.rows.iter().flat_map(|row| row.cells.iter().flatten()).rev());
            }
            Block::PageBreak => {}
        }
    }
    found
}

/// The words of a footnote and of the footnotes to it, one after the other.
pub(super) fn flat_note(note: &[Run]) -> String {
    let mut words = String::new();
    let mut waiting: Vec<&Run> = note.iter().rev().collect();
    while let Some(run) = waiting.pop() {
        words.push_str(&run.text);
        if let Some(inner) = &run.footnote {
            words.push_str(" \u{2013} ");
            waiting.extend(inner.iter().rev());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::super::Role;
    use super::*;

    #[test]
    fn levels_have_no_holes() {
        let check = |wished: &[u8], expected: &[u8]| {
            let mut last = 0;
            let levels: Vec<u8> = wished
                .iter()
                .map(|wished| {
                    last = level(last, *wished);
                    last
                })
                .collect();
            assert_eq!(levels, expected);
        };
        check(&[1, 2, 3, 1, 3], &[1, 2, 3, 1, 2]);
        check(&[2, 2, 9, 0], &[1, 2, 3, 1]);
    }

    #[test]
    fn nothing_deep_is_lost() {
        let text = |words: &str| Block::text(Role::Body, words);
        let mut block = text("deepest");
        for _ in 0..1000 {
            block = Block::List { numbered: false, items: vec![vec![text("a"), block, text("b")]] };
        }
        assert_eq!(leaves([&block].into_iter()).len(), 2001);
    }
}
