//! What an analyst asks the negotiators to do.

use serde::{Deserialize, Serialize};

/// The kind of change asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Take the words out.
    Delete,
    /// Confine their reach to certain articles.
    Limit,
    /// Replace them.
    Amend,
    /// Put in what is missing.
    Add,
    /// Say what is meant.
    Clarify,
    /// Keep them against proposals to change them.
    Retain,
    /// Refuse the provision or the proposal.
    Reject,
}

impl Action {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 7] =
        [Self::Delete, Self::Limit, Self::Amend, Self::Add, Self::Clarify, Self::Retain, Self::Reject];

    /// The word for it in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Limit => "limit",
            Self::Amend => "amend",
            Self::Add => "add",
            Self::Clarify => "clarify",
            Self::Retain => "retain",
            Self::Reject => "reject",
        }
    }

    /// The action with this word, in any capitals.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// What should happen to the provision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// The kind of change.
    pub action: Action,
    /// The provisions it points to, as the analyst cites them: `Articles 7 to 11`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<String>,
    /// Proposed words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub proposed: String,
    /// Whose proposal it supports.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supports: String,
}

impl Recommendation {
    /// One with nothing but its action.
    pub fn to(action: Action) -> Self {
        Self { action, targets: Vec::new(), proposed: String::new(), supports: String::new() }
    }

    /// In a few words, for lists: `limit to Articles 7 to 11`.
    pub fn summary(&self) -> String {
        let targets = self.targets.join(", ");
        match (self.action, targets.is_empty()) {
            (action, true) => action.word().to_owned(),
            (Action::Limit | Action::Add, false) => format!("{} to {targets}", self.action.word()),
            (action, false) => format!("{} {targets}", action.word()),
        }
    }
}
