//! The preamble and the words after the last article.

use crate::model::{ProvisionKind, TextRange};

use super::super::build::Opening;
use super::super::divisions::Division;
use super::super::label::{Label, Series, Setting};
use super::super::marks::alternative;
use super::super::preamble;
use super::super::words::{begins, lowered};
use super::{LOOK_AHEAD, Shape, Unit, Walk};

impl Walk<'_> {
    pub(super) fn open_preamble(&mut self, i: usize, opening: Opening) {
        self.close_unit();
        self.closing = false;
        while self.divisions.last().is_some_and(|d| !d.is_heading()) {
            self.divisions.pop();
        }
        self.out.close_to(self.divisions.len());
        self.out.open(opening);
        self.unit = Unit::Preamble { numbered: self.has_numbered_recitals(i), enacted: false, chapeau: false };
    }

    /// Whether the preamble that begins at paragraph `i` has recitals with numbers, `(1)`.
    pub(super) fn has_numbered_recitals(&self, i: usize) -> bool {
        let rest = self.shapes.iter().skip(i).enumerate();
        rest.take_while(|(n, s)| *n == 0 || !matches!(s, Shape::Headline(_)))
            .take(LOOK_AHEAD)
            .any(|(_, s)| matches!(s, Shape::Label(l) if is_recital_number(l)))
    }

    /// Whether the preamble begins here without a heading over it.
    pub(super) fn opens_preamble(&self, i: usize) -> bool {
        let free = self.unit == Unit::None && self.articles == 0 && self.levels.is_empty() && !self.closing;
        if !free || !self.divisions.iter().all(Division::is_heading) {
            return false;
        }
        let counts = |l: &Label| l.senses.iter().any(|s| s.series == Series::Preambular);
        match &self.shapes[i] {
            Shape::Headline(_) => return false,
            Shape::Label(l) if !counts(l) => return false,
            _ => {}
        }
        let at = |i: usize| self.paragraphs.get(i).map_or("", |p| self.words(p.range));
        let follows = |i: usize| matches!(self.shapes.get(i), Some(Shape::Headline(_)));
        preamble::begins_at(&at, &follows, i)
    }

    pub(super) fn preambular(&mut self, i: usize, range: TextRange) {
        let Unit::Preamble { mut numbered, mut enacted, mut chapeau } = self.unit else { return };
        if let Some(alternative) = alternative(self.text, range) {
            self.alternatives.push(alternative.range);
        }
        if let Shape::Label(l) = &self.shapes[i]
            && range.start <= l.range.start
        {
            numbered |= is_recital_number(l);
            self.unit = Unit::Preamble { numbered, enacted, chapeau: true };
            self.labelled(i, l, 0);
            return;
        }
        for piece in preamble::pieces(self.text, range) {
            let words = self.words(piece);
            let formula = preamble::is_enacting(words);
            let leads = !chapeau && !preamble::is_recital(words) && !preamble::is_low_recital(words);
            let lower = words.starts_with(char::is_lowercase) && !preamble::is_low_recital(words);
            chapeau = true;
            enacted |= formula;
            let kind = if formula || leads || numbered || lower || preamble::is_lead_in(words) {
                ProvisionKind::Body
            } else {
                ProvisionKind::Recital
            };
            if !numbered || formula {
                self.out.close_to(self.base());
            }
            self.leaf(Opening::plain(kind, piece.start), piece);
        }
        self.unit = Unit::Preamble { numbered, enacted, chapeau };
    }

    pub(super) fn closes(&self, range: TextRange) -> bool {
        if self.unit == Unit::None && self.articles == 0 {
            return false;
        }
        let words = self.words(range);
        words.starts_with(|c: char| !c.is_lowercase()) && begins(&lowered(words, 60), |w| w.closing)
    }
}

fn is_recital_number(l: &Label) -> bool {
    l.setting == Setting::Parenthesis && l.sense(Series::Digits).is_some()
}
