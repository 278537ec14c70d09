//! People's remarks: their words stand in a group of their own, what they are about is told by a name.

use crate::import::manuscript::{Block, PieceKind, Remark};

use super::destinations::Destination;
use super::story::{Ending, Story};

impl Story<'_> {
    /// The beginning or end of the words a remark of this name is about.
    pub(super) fn mark_remark(&mut self, edge: Destination, name: &str) {
        let next = self.manuscript.remarks.len() as u32;
        let remark = *self.remarks.entry(name.to_owned()).or_insert(next);
        if remark == next {
            self.manuscript.remarks.push(Remark::default());
        }
        let begins = edge == Destination::RemarkStart;
        self.push(if begins { PieceKind::RemarkStart(remark) } else { PieceKind::RemarkEnd(remark) });
    }

    /// The remark whose group is open.
    fn open_remark(&self) -> Option<u32> {
        self.groups.iter().chain([&self.group]).rev().find_map(|g| match g.ends {
            Some(Ending::Remark(remark)) => Some(remark),
            _ => None,
        })
    }

    /// What a remark says of itself: when it was made, and the name of the words it is about.
    pub(super) fn describe_remark(&mut self, what: Destination, words: &str) {
        let Some(open) = self.open_remark() else { return };
        if what == Destination::Date {
            if let Some(remark) = self.manuscript.remarks.get_mut(open as usize) {
                remark.date = words.parse().ok().and_then(date);
            }
            return;
        }
        // The words it is about were marked under this name.
        if let Some(&marked) = self.remarks.get(words)
            && marked != open
        {
            for group in self.groups.iter_mut().chain([&mut self.group]) {
                if let Some(Ending::Remark(remark)) = &mut group.ends {
                    *remark = marked;
                }
            }
            for piece in self.layers.last_mut().map(|l| &mut l.pieces).into_iter().flatten() {
                if piece.kind == PieceKind::RemarkSign(open) {
                    piece.kind = PieceKind::RemarkSign(marked);
                }
            }
            if let Some(date) = self.manuscript.remarks.get(open as usize).and_then(|r| r.date) {
                self.manuscript.remarks[marked as usize].date = Some(date);
            }
            self.manuscript.remarks.truncate(open as usize);
        }
    }

    /// The words of a remark are read.
    pub(super) fn end_remark(&mut self, remark: u32) {
        let blocks = self.end_layer();
        let paragraphs = blocks.iter().filter_map(|b| match b {
            Block::Paragraph(paragraph) => Some(self.manuscript.plain(paragraph)),
            _ => None,
        });
        let lines: Vec<String> = paragraphs.map(|p| p.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let text = crate::model::text::normalize(lines.join("\n").trim());
        let author = std::mem::take(&mut self.author);
        if let Some(remark) = self.manuscript.remarks.get_mut(remark as usize) {
            (remark.text, remark.author) = (text, author);
        }
    }
}

/// A moment packed into the bits of a number.
fn date(packed: i64) -> Option<jiff::Timestamp> {
    let bits = |from: u32, count: u32| ((packed >> from) & ((1 << count) - 1)) as i16;
    let small = |from, count| i8::try_from(bits(from, count)).ok();
    let date = jiff::civil::Date::new(bits(20, 9) + 1900, small(16, 4)?, small(11, 5)?).ok()?;
    let moment = date.to_datetime(jiff::civil::Time::new(small(6, 5)?, small(0, 6)?, 0, 0).ok()?);
    moment.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}
