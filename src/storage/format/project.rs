//! `project.ron`: what the project is called and its drafts in order.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::drafts::DraftV1;
use crate::model::{CitationStyle, Draft, Project, ProjectDetails, ProjectId};
use crate::storage::layout;
use crate::storage::ron_text::Fault;

super::words! {
    /// A house style; files from before there were any say nothing and mean the plain one.
    #[derive(Default)]
    CitationStyleV1 for CitationStyle { #[default] Plain, Short, Un, Eu, UnFrench, UnSpanish }
}

impl CitationStyleV1 {
    /// Whether it needs no mention.
    pub fn is_plain(&self) -> bool {
        *self == Self::Plain
    }
}

/// The whole file, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct ProjectV1<'t> {
    format: u32,
    pub id: ProjectId,
    #[serde(borrow)]
    title: Cow<'t, str>,
    #[serde(borrow)]
    instrument: Cow<'t, str>,
    #[serde(default, skip_serializing_if = "CitationStyleV1::is_plain")]
    citation_style: CitationStyleV1,
    #[serde(borrow)]
    drafts: Vec<DraftV1<'t>>,
}

impl<'t> ProjectV1<'t> {
    /// The project as it is written.
    pub fn of(id: ProjectId, details: &'t ProjectDetails, drafts: &'t [Arc<Draft>]) -> Self {
        Self {
            format: super::FORMAT,
            id,
            title: details.title.as_str().into(),
            instrument: details.instrument.as_str().into(),
            citation_style: details.citation_style.into(),
            drafts: drafts.iter().map(|d| DraftV1::of(d)).collect(),
        }
    }

    /// The project as the model has it, without codebook and sets, and its drafts without text and outline.
    ///
    /// # Errors
    /// Where an id or a folder stands twice or a folder's name is none; `text` is the file, to name the place.
    pub fn project(self, text: &str) -> Result<Project, Fault> {
        let (mut ids, mut slugs) = (BTreeSet::new(), BTreeSet::new());
        for draft in &self.drafts {
            let slug = format!("\"{}\"", draft.slug);
            if !ids.insert(draft.id) {
                return Err(Fault::at_second(text, &draft.id.to_string(), "a second draft with the same id"));
            }
            if !layout::is_slug(&draft.slug) {
                let at = text.find(&slug).unwrap_or(0);
                return Err(Fault::at(text, at, "a draft's folder that has no proper name"));
            }
            if !slugs.insert(draft.slug.clone()) {
                return Err(Fault::at_second(text, &slug, "a second draft in the same folder"));
            }
        }
        let details = ProjectDetails {
            title: self.title.into_owned(),
            instrument: self.instrument.into_owned(),
            citation_style: self.citation_style.into(),
        };
        let mut project = Project::new(self.id, details);
        project.drafts = self.drafts.into_iter().map(|d| Arc::new(d.without_text())).collect();
        Ok(project)
    }
}
