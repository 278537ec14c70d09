//! Which division stands in which: chapters in titles here, titles in sections there.

use std::collections::HashMap;

use crate::model::ProvisionKind;

use super::label::{Sense, Series};
use super::walk::Shape;

/// A division that is open.
#[derive(Clone, Debug)]
pub(super) struct Division {
    kind: ProvisionKind,
    /// The level the file gives its heading.
    hint: Option<u8>,
    /// Among headings without a word: the smaller, the higher.
    level: u16,
    style: Option<Style>,
    /// Whether it is the title of a whole instrument.
    instrument: bool,
}

impl Division {
    pub fn of(kind: ProvisionKind, hint: Option<u8>) -> Self {
        Self { kind, hint, level: 0, style: None, instrument: false }
    }

    pub fn heading(hint: Option<u8>, level: u16, style: Option<Style>) -> Self {
        Self { kind: ProvisionKind::Heading, hint, level, style, instrument: false }
    }

    pub fn instrument() -> Self {
        Self { kind: ProvisionKind::Heading, hint: None, level: 0, style: None, instrument: true }
    }

    pub fn is_heading(&self) -> bool {
        self.kind == ProvisionKind::Heading
    }

    pub fn is_instrument(&self) -> bool {
        self.instrument
    }

    pub fn hint(&self) -> Option<u8> {
        self.hint
    }
}

/// How a heading without a word is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// `None` for a line in capitals without a number.
    last: Option<Sense>,
}

impl Style {
    pub fn plain() -> Self {
        Self { last: None }
    }

    pub fn numbered(sense: Sense) -> Self {
        Self { last: Some(sense) }
    }

    fn series(self) -> Option<Series> {
        self.last.map(|s| s.series)
    }

    /// Whether `sense` is the next of this style.
    pub fn goes_on(self, sense: &Sense) -> bool {
        self.last.is_some_and(|last| last.series == sense.series && sense.value.follows(last.value))
    }

    /// How high headings of this style stand: those that came up first stand highest, plain ones lowest.
    pub fn level(self, styles: &[Self]) -> u16 {
        if self.last.is_none() {
            return u16::MAX;
        }
        let place = styles.iter().position(|s| s.series() == self.series()).unwrap_or(styles.len());
        100 + place as u16
    }

    /// Closes the headings a new one of this style cannot stand in, and remembers its number.
    pub fn make_room(self, styles: &mut Vec<Self>, divisions: &mut Vec<Division>) {
        if self.last.is_some() {
            match styles.iter_mut().find(|s| s.series() == self.series()) {
                Some(known) => *known = self,
                None => styles.push(self),
            }
        }
        let level = self.level(styles);
        let same = |d: &Division| d.style.is_some_and(|s| s.series() == self.series());
        if self.last.is_some()
            && let Some(at) = divisions.iter().rposition(same)
        {
            divisions.truncate(at);
            return;
        }
        while divisions.last().is_some_and(|d| d.is_heading() && !d.instrument && d.level >= level) {
            divisions.pop();
        }
    }
}

/// What the draft itself shows about the order of its divisions.
pub(super) struct Order {
    /// How often a first `B` follows an `A` at once.
    holds: HashMap<(ProvisionKind, ProvisionKind), usize>,
}

impl Order {
    /// Reads the order off the headings of a draft.
    pub fn of(shapes: &[Shape]) -> Self {
        let mut holds = HashMap::new();
        let mut above: Option<ProvisionKind> = None;
        for shape in shapes {
            let Shape::Headline(h) = shape else { continue };
            match h.kind {
                ProvisionKind::Part | ProvisionKind::Title | ProvisionKind::Chapter | ProvisionKind::Section => {
                    if let Some(above) = above.filter(|&a| a != h.kind && h.value.is_some_and(|v| v.is_first())) {
                        *holds.entry((above, h.kind)).or_default() += 1;
                    }
                    above = Some(h.kind);
                }
                _ => above = None,
            }
        }
        Self { holds }
    }

    /// Whether divisions of kind `a` hold those of kind `b`.
    fn is_above(&self, a: ProvisionKind, b: ProvisionKind) -> bool {
        let seen = |a, b| self.holds.get(&(a, b)).copied().unwrap_or(0);
        match seen(a, b).cmp(&seen(b, a)) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => rank(a) < rank(b),
        }
    }

    /// Closes the divisions a new one of this kind cannot stand in.
    pub fn make_room(&self, divisions: &mut Vec<Division>, kind: ProvisionKind, hint: Option<u8>) {
        if kind == ProvisionKind::Annex {
            while divisions.last().is_some_and(|d| !d.instrument) {
                divisions.pop();
            }
            return;
        }
        // The same kind again closes the last one, unless an annex has begun since.
        let floor = divisions.iter().rposition(|d| d.kind == ProvisionKind::Annex || d.instrument).map_or(0, |i| i + 1);
        if let Some(at) = divisions.iter().skip(floor).position(|d| d.kind == kind) {
            divisions.truncate(floor + at);
            return;
        }
        while divisions.len() > floor {
            let Some(top) = divisions.last() else { return };
            let stays = if top.is_heading() {
                match (top.hint, hint) {
                    (Some(of_top), Some(own)) => of_top < own,
                    _ => !divisions[..divisions.len() - 1].iter().any(|d| !d.is_heading()),
                }
            } else {
                self.is_above(top.kind, kind)
            };
            if stays {
                return;
            }
            divisions.pop();
        }
    }
}

/// The usual order.
fn rank(kind: ProvisionKind) -> u8 {
    match kind {
        ProvisionKind::Part => 1,
        ProvisionKind::Title => 2,
        ProvisionKind::Chapter => 3,
        ProvisionKind::Section => 4,
        _ => 5,
    }
}
