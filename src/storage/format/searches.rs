//! `searches.ron`: the searches that are kept by name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::outline::ProvisionKindV1;
use crate::model::{AnalystId, ConcernId, DraftId, FoundIn, SavedSearch, SearchId, SearchScope};
use crate::storage::ron_text::Fault;

/// The whole file, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct SearchesV1<'t> {
    format: u32,
    #[serde(borrow)]
    searches: Vec<SearchV1<'t>>,
}

/// One search, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct SearchV1<'t> {
    id: SearchId,
    #[serde(borrow)]
    name: Cow<'t, str>,
    #[serde(borrow)]
    query: Cow<'t, str>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    drafts: BTreeSet<DraftId>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    concerns: BTreeSet<ConcernId>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    analysts: BTreeSet<AnalystId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kinds: Vec<FoundInV1>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    seen: BTreeSet<DraftId>,
}

/// A kind of words, format 1.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FoundInV1 {
    Provision(ProvisionKindV1),
    Outside,
    Note,
    Commentary,
}

impl<'t> SearchesV1<'t> {
    /// The searches as they are written.
    pub fn of(searches: &'t BTreeMap<SearchId, SavedSearch>) -> Self {
        Self { format: super::FORMAT, searches: searches.values().map(SearchV1::of).collect() }
    }

    /// The searches as the model has them.
    ///
    /// # Errors
    /// Where an id stands twice; `text` is the file, to name the place.
    pub fn searches(self, text: &str) -> Result<BTreeMap<SearchId, SavedSearch>, Fault> {
        let mut searches = BTreeMap::new();
        for search in self.searches {
            let id = search.id;
            if searches.insert(id, search.search()).is_some() {
                return Err(Fault::at_second(text, &id.to_string(), "a second search with the same id"));
            }
        }
        Ok(searches)
    }
}

impl<'t> SearchV1<'t> {
    /// The search as it is written.
    pub fn of(search: &'t SavedSearch) -> Self {
        let SearchScope { drafts, concerns, analysts, kinds } = &search.scope;
        Self {
            id: search.id,
            name: search.name.as_str().into(),
            query: search.query.as_str().into(),
            drafts: drafts.clone(),
            concerns: concerns.clone(),
            analysts: analysts.clone(),
            kinds: kinds.iter().map(|&k| k.into()).collect(),
            seen: search.seen.clone(),
        }
    }

    /// The search as the model has it.
    pub fn search(self) -> SavedSearch {
        let kinds = self.kinds.into_iter().map(FoundIn::from).collect();
        SavedSearch {
            id: self.id,
            name: self.name.into_owned(),
            query: self.query.into_owned(),
            scope: SearchScope { drafts: self.drafts, concerns: self.concerns, analysts: self.analysts, kinds },
            seen: self.seen,
        }
    }
}

impl From<FoundIn> for FoundInV1 {
    fn from(found: FoundIn) -> Self {
        match found {
            FoundIn::Provision(kind) => Self::Provision(kind.into()),
            FoundIn::Outside => Self::Outside,
            FoundIn::Note => Self::Note,
            FoundIn::Commentary => Self::Commentary,
        }
    }
}

impl From<FoundInV1> for FoundIn {
    fn from(found: FoundInV1) -> Self {
        match found {
            FoundInV1::Provision(kind) => Self::Provision(kind.into()),
            FoundInV1::Outside => Self::Outside,
            FoundInV1::Note => Self::Note,
            FoundInV1::Commentary => Self::Commentary,
        }
    }
}
