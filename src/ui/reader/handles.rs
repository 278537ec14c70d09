//! Dragging the ends of a highlight: the span a remark is about can be widened and narrowed by hand.

use eframe::egui::{Pos2, Rect};

use super::flow::{Flow, Shown};
use super::highlights::{Highlight, HighlightKey, HighlightKind};
use super::layout::Lean;
use super::paint::{Frame, caret_rect};
use crate::model::TextRange;

/// Which end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Handle {
    Start,
    End,
}

/// A handle that is being dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HandleDrag {
    pub(super) key: HighlightKey,
    /// The end that stays.
    pub(super) fixed: usize,
    /// The span as it is now.
    pub(super) range: TextRange,
}

/// The handles of a highlight that are on screen.
pub(super) fn of(frame: Frame, flow: &Flow, shown: &[Shown], highlight: &Highlight) -> Vec<(Handle, Rect)> {
    // A colleague's remark is theirs to change.
    if highlight.kind != HighlightKind::Words || highlight.range.is_empty() || highlight.faded {
        return Vec::new();
    }
    // The end of a word at the end of a line stands there, not at the start of the next.
    let last = highlight.range.trimmed(&flow.text).end;
    let start = caret_rect(frame, flow, shown, highlight.range.start, Lean::Next).map(|rect| (Handle::Start, rect));
    let end = caret_rect(frame, flow, shown, last, Lean::Last).map(|rect| (Handle::End, rect));
    start.into_iter().chain(end).collect()
}

/// The handle under the pointer.
pub(super) fn under(handles: &[(Handle, Rect)], pos: Pos2) -> Option<Handle> {
    const REACH: f32 = 5.0;
    handles.iter().find(|(_, rect)| rect.expand(REACH).contains(pos)).map(|(handle, _)| *handle)
}

impl HandleDrag {
    pub(super) fn new(highlight: &Highlight, handle: Handle) -> Self {
        let fixed = if handle == Handle::Start { highlight.range.end } else { highlight.range.start };
        Self { key: highlight.key, fixed, range: highlight.range }
    }

    /// Follows the pointer; the span never becomes empty.
    pub(super) fn to(&mut self, offset: usize) {
        if offset != self.fixed {
            self.range = TextRange::new(self.fixed, offset);
        }
    }
}
