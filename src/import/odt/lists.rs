//! Which lists go on counting which: elements that nest, and say at their beginning what they continue.

use std::collections::HashMap;

use crate::import::manuscript::{List, ListPlace, Manuscript};
use crate::import::part::Tag;

use super::styles::Styles;

/// The lists that are open, and what was counted before.
#[derive(Default)]
pub(super) struct Lists {
    open: Vec<OpenList>,
    /// Which list of the manuscript a count and a style make together.
    known: HashMap<(u32, String), u32>,
    counters: u32,
    /// The count each list by name was made with.
    by_id: HashMap<String, u32>,
    /// The count that each style of lists was last used with.
    by_style: HashMap<String, u32>,
    headings: Option<u32>,
}

struct OpenList {
    style: Option<String>,
    counter: u32,
    /// Whether the paragraph that comes next has the number of the item.
    fresh: bool,
    /// Whether what stands in it has no numbers.
    silent: bool,
    restart: Option<u32>,
    override_style: Option<String>,
}

impl Lists {
    /// `text:list` begins.
    pub fn begin(&mut self, tag: &Tag<'_>) {
        let style = tag.attribute("style-name").filter(|s| !s.is_empty());
        let counter = match self.open.last() {
            Some(outer) => outer.counter,
            None => {
                let continued = tag.attribute("continue-list").and_then(|id| self.by_id.get(&id).copied());
                let same_style = || {
                    let asks = tag.attribute("continue-numbering").as_deref() == Some("true");
                    style.as_ref().filter(|_| asks).and_then(|s| self.by_style.get(s).copied())
                };
                continued.or_else(same_style).unwrap_or_else(|| self.new_counter())
            }
        };
        if let Some(id) = tag.attribute("id") {
            self.by_id.insert(id, counter);
        }
        if let (Some(style), true) = (&style, self.open.is_empty()) {
            self.by_style.insert(style.clone(), counter);
        }
        let style = style.or_else(|| self.open.last().and_then(|l| l.style.clone()));
        self.open.push(OpenList { style, counter, fresh: false, silent: false, restart: None, override_style: None });
    }

    /// It ends.
    pub fn end(&mut self) {
        self.open.pop();
    }

    /// `text:list-item` or `text:list-header` begins.
    pub fn item(&mut self, tag: &Tag<'_>) {
        if let Some(list) = self.open.last_mut() {
            list.fresh = true;
            list.silent = tag.name == "list-header";
            list.restart = tag.number("start-value");
            list.override_style = tag.attribute("style-override").filter(|s| !s.is_empty());
        }
    }

    /// Whether any list is open.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The place of a paragraph that begins here, whose own style may name a style of lists.
    pub fn place(&mut self, own: Option<&str>, styles: &Styles, manuscript: &mut Manuscript) -> Option<ListPlace> {
        let level = self.open.len().checked_sub(1)? as u8;
        let list = self.open.last_mut()?;
        let style = list.override_style.clone().or_else(|| list.style.clone()).or_else(|| own.map(str::to_owned))?;
        let silent = !std::mem::take(&mut list.fresh) || list.silent;
        let (restart, counter) = (list.restart.take(), list.counter);
        let list = self.list(counter, style, styles, manuscript)?;
        Some(ListPlace { list, level: level.min(9), restart, silent })
    }

    /// The place of a heading that stands in no list.
    pub fn heading(
        &mut self,
        level: u8,
        restart: Option<u32>,
        styles: &Styles,
        manuscript: &mut Manuscript,
    ) -> Option<ListPlace> {
        let counter = match self.headings {
            Some(counter) => counter,
            None => {
                let counter = self.new_counter();
                *self.headings.insert(counter)
            }
        };
        let list = self.list(counter, String::new(), styles, manuscript)?;
        Some(ListPlace { list, level: level.checked_sub(1)?.min(9), restart, silent: false })
    }

    fn list(&mut self, counter: u32, style: String, styles: &Styles, manuscript: &mut Manuscript) -> Option<u32> {
        if let Some(&known) = self.known.get(&(counter, style.clone())) {
            return Some(known);
        }
        let levels = styles.levels(&style)?.clone();
        let index = manuscript.lists.len() as u32;
        manuscript.lists.push(List { counter, levels, ..List::default() });
        self.known.insert((counter, style), index);
        Some(index)
    }

    fn new_counter(&mut self) -> u32 {
        self.counters += 1;
        self.counters - 1
    }
}
