//! `codebook.ron`: the concerns in order.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::words;
use crate::model::{Codebook, Concern, ConcernId, Swatch};
use crate::storage::ron_text::Fault;

/// The whole file, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct CodebookV1<'t> {
    format: u32,
    #[serde(borrow)]
    concerns: Vec<ConcernV1<'t>>,
}

/// One concern, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct ConcernV1<'t> {
    id: ConcernId,
    #[serde(borrow)]
    tag: Cow<'t, str>,
    #[serde(borrow)]
    name: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    definition: Cow<'t, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    look_for: Cow<'t, str>,
    swatch: SwatchV1,
    /// One character; a string, since only strings are written legibly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<ConcernId>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    retired: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    safeguard: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<ConcernId>,
}

words! {
    /// A color by name.
    SwatchV1 for Swatch {
        Red, Orange, Amber, Olive, Green, Teal, Cyan, Blue, Indigo, Violet, Magenta, Rose, Brown, Slate, Moss, Plum,
    }
}

impl<'t> CodebookV1<'t> {
    /// The codebook as it is written.
    pub fn of(codebook: &'t Codebook) -> Self {
        Self { format: super::FORMAT, concerns: codebook.concerns.iter().map(ConcernV1::of).collect() }
    }

    /// The codebook as the model has it.
    ///
    /// # Errors
    /// Where an id stands twice; `text` is the file, to name the place.
    pub fn codebook(self, text: &str) -> Result<Codebook, Fault> {
        let mut seen = std::collections::BTreeSet::new();
        for concern in &self.concerns {
            if !seen.insert(concern.id) {
                let id = concern.id.to_string();
                return Err(Fault::at_second(text, &id, "a second concern with the same id"));
            }
        }
        Ok(Codebook { concerns: self.concerns.into_iter().map(ConcernV1::concern).collect() })
    }
}

impl<'t> ConcernV1<'t> {
    /// The concern as it is written.
    pub fn of(concern: &'t Concern) -> Self {
        Self {
            id: concern.id,
            tag: concern.tag.as_str().into(),
            name: concern.name.as_str().into(),
            definition: concern.definition.as_str().into(),
            look_for: concern.look_for.as_str().into(),
            swatch: concern.swatch.into(),
            key: concern.key.map(String::from),
            parent: concern.parent,
            retired: concern.retired,
            safeguard: concern.safeguard,
            same_as: concern.same_as.iter().copied().collect(),
        }
    }

    /// The concern as the model has it.
    pub fn concern(self) -> Concern {
        Concern {
            id: self.id,
            tag: self.tag.into_owned(),
            name: self.name.into_owned(),
            definition: self.definition.into_owned(),
            look_for: self.look_for.into_owned(),
            swatch: self.swatch.into(),
            key: self.key.and_then(|k| k.chars().next()),
            parent: self.parent,
            retired: self.retired,
            safeguard: self.safeguard,
            same_as: self.same_as.into_iter().collect(),
        }
    }
}
