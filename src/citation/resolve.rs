//! Which provisions of a draft a typed citation means.

use crate::model::{Outline, ProvisionIndex};

use super::{Addresses, Resolution, parse};

/// The provisions meant, in order: those with exactly this citation (repeated labels give several), else those of the
/// unit whose labels contain the given ones in order (`47(c)` for `47(1)(c)`), else the nearest one above that exists.
/// Empty where not even the unit is in the draft, or the text is no citation.
pub fn resolve(text: &str, outline: &Outline) -> Vec<ProvisionIndex> {
    meaning(text, &Addresses::of(outline), outline).map_or_else(Vec::new, |meaning| meaning.places())
}

/// What a typed citation means; `None` where the text is none.
pub fn meaning(text: &str, addresses: &Addresses, outline: &Outline) -> Option<Resolution> {
    parse(text).map(|citation| addresses.meaning(outline, &citation))
}
