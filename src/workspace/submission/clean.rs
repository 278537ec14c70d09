//! Words as every format can write them: without control characters other than breaks of lines.

use crate::export::paper::{Block, Paper, Run};

/// Takes out of a paper what no format writes.
pub(super) fn clean(paper: &mut Paper) {
    let front = &mut paper.front;
    for text in [&mut front.title, &mut front.subtitle, &mut front.organisation, &mut front.date, &mut front.addressee]
    {
        line(text);
    }
    if let Some((heading, names)) = &mut front.signatories {
        line(heading);
        names.iter_mut().for_each(line);
    }
    blocks(&mut front.introduction);
    blocks(&mut paper.body);
}

fn blocks(list: &mut [Block]) {
    for block in list {
        match block {
            Block::Heading { runs: r, .. } | Block::Paragraph { runs: r, .. } => runs(r),
            Block::List { items, .. } => items.iter_mut().for_each(|item| blocks(item)),
            Block::Table(grid) => {
                line(&mut grid.title);
                grid.columns.iter_mut().for_each(|column| line(&mut column.name));
                grid.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| blocks(cell));
            }
            Block::PageBreak => {}
        }
    }
}

fn runs(list: &mut [Run]) {
    for run in list {
        if run.text.contains(|c: char| c.is_control() && c != '\n') {
            run.text.retain(|c| c == '\n' || !c.is_control());
        }
        if let Some(note) = &mut run.footnote {
            runs(note);
        }
    }
}

/// The same for what is one line.
fn line(text: &mut String) {
    if text.contains(char::is_control) {
        *text = text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    }
}
