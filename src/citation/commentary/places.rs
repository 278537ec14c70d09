//! What the citations of a commentary mean in the draft it speaks about.

use crate::citation::{Address, Addresses, Found, Part, Resolution, Start};
use crate::model::{Citation, Outline, ProvisionIndex};

/// The addresses of a draft, ready to be looked up.
pub(super) struct Places<'o> {
    pub outline: &'o Outline,
    addresses: Addresses,
}

/// A provision that is cited, and what that means in the draft.
pub(super) type Named = (Citation, Resolution);

impl<'o> Places<'o> {
    pub fn of(outline: &'o Outline) -> Self {
        Self { outline, addresses: Addresses::of(outline) }
    }

    /// The citation of a provision.
    pub fn citation(&self, provision: ProvisionIndex) -> Citation {
        self.addresses.citation(provision).cloned().unwrap_or_else(|| self.outline.citation(provision))
    }

    /// What a citation means.
    pub fn meaning(&self, citation: &Citation) -> Resolution {
        self.addresses.meaning(self.outline, citation)
    }

    /// The provisions a part of a citation names, one by one. `unit` is what was cited last: what `this article` is, and
    /// where `point (b)` is looked for.
    pub fn named(&self, found: &Found, part: &Part, unit: Option<&Citation>) -> Vec<Named> {
        let at = match part.from.start {
            Start::Unit(_) => None,
            Start::ThisUnit | Start::Nearest => {
                let Some(at) = unit.and_then(|u| self.meaning(u).target()) else {
                    return beside(part, unit);
                };
                Some(at)
            }
        };
        let named = self.addresses.part(self.outline, part, at, found.said);
        let citation = |(address, resolution): (Address, Resolution)| {
            let cited = address.citation();
            let meant = || resolution.one().map(|p| self.citation(p)).or_else(|| whole(&address, unit));
            Some((cited.or_else(meant)?, resolution))
        };
        named.into_iter().filter_map(citation).collect()
    }
}

/// A part counted from something that is not in the draft.
fn beside(part: &Part, unit: Option<&Citation>) -> Vec<Named> {
    whole(&part.from, unit).into_iter().map(|c| (c, Resolution::Missing(None))).collect()
}

/// An address with what it is counted from.
fn whole(address: &Address, unit: Option<&Citation>) -> Option<Citation> {
    let unit = unit?;
    Some(Citation { place: unit.place.clone(), points: address.points.clone() })
}
