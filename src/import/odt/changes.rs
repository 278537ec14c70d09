//! Tracked changes: insertions are marked around words of the text, deletions are kept apart, with a sign at their place.

use std::collections::{HashMap, HashSet};

use crate::import::manuscript::{Block, Change, Manuscript, Paragraph};
use crate::import::part::Tag;

/// What is known of the changes of a document.
#[derive(Default)]
pub(super) struct Changes {
    /// What was deleted, by the name of the change.
    deleted: HashMap<String, Vec<Paragraph>>,
    /// The change that is being described.
    region: Option<String>,
    /// How many insertions are open around what is read.
    open: Vec<String>,
    insertions: HashSet<String>,
}

impl Changes {
    /// `text:changed-region` begins.
    pub fn region(&mut self, tag: &Tag<'_>) {
        self.region = tag.attribute("id");
    }

    /// `text:insertion`: the change that is being described is one.
    pub fn insertion(&mut self) {
        if let Some(region) = &self.region {
            self.insertions.insert(region.clone());
        }
    }

    /// What stood in `text:deletion`.
    pub fn deletion(&mut self, blocks: Vec<Block>, manuscript: &mut Manuscript) {
        let Some(region) = self.region.clone() else { return };
        let paragraphs: Vec<Paragraph> =
            blocks.into_iter().filter_map(|b| if let Block::Paragraph(p) = b { Some(p) } else { None }).collect();
        for paragraph in &paragraphs {
            let range = paragraph.pieces.0 as usize..paragraph.pieces.1 as usize;
            for piece in manuscript.pieces.get_mut(range).unwrap_or_default() {
                piece.change = piece.change.and(Change::DELETED);
            }
        }
        self.deleted.insert(region, paragraphs);
    }

    /// `text:change-start` or `text:change-end`.
    pub fn edge(&mut self, tag: &Tag<'_>) {
        let id = tag.attribute("change-id").unwrap_or_default();
        if tag.name == "change-start" {
            // Changes of format change no words.
            if self.insertions.contains(&id) && self.open.len() < 1_000 {
                self.open.push(id);
            }
        } else if let Some(at) = self.open.iter().rposition(|open| *open == id) {
            self.open.remove(at);
        }
    }

    /// What was deleted at this place; each deletion has one.
    pub fn take(&mut self, tag: &Tag<'_>) -> Vec<Paragraph> {
        self.deleted.remove(&tag.attribute("change-id").unwrap_or_default()).unwrap_or_default()
    }

    /// What holds of words read now.
    pub fn change(&self) -> Change {
        if self.open.is_empty() { Change::default() } else { Change::INSERTED }
    }
}
