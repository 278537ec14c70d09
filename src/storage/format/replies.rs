//! What an analyst answered to remarks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{AnalystId, AnnotationId, Reply, ReplyId};
use crate::storage::ron_text::Fault;

/// One reply, format 1.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::storage) struct ReplyV1<'t> {
    id: ReplyId,
    /// Whose remark it is about, and which.
    whose: AnalystId,
    about: AnnotationId,
    #[serde(borrow)]
    text: Cow<'t, str>,
    created: Timestamp,
    changed: Timestamp,
}

impl<'t> ReplyV1<'t> {
    /// The reply as written.
    pub fn of(reply: &'t Reply) -> Self {
        Self {
            id: reply.id,
            whose: reply.whose,
            about: reply.about,
            text: reply.text.as_str().into(),
            created: reply.created,
            changed: reply.changed,
        }
    }

    /// All replies as written.
    pub fn all(replies: &'t BTreeMap<ReplyId, Reply>) -> Vec<Self> {
        replies.values().map(Self::of).collect()
    }

    /// The reply as the model has it.
    pub fn reply(self) -> Reply {
        Reply {
            id: self.id,
            whose: self.whose,
            about: self.about,
            text: self.text.into_owned(),
            created: self.created,
            changed: self.changed,
        }
    }
}

/// Replies read from a file.
///
/// # Errors
/// Where two have the same id; `text` is the file.
pub(super) fn by_id(replies: Vec<ReplyV1<'_>>, text: &str) -> Result<BTreeMap<ReplyId, Reply>, Fault> {
    let mut by_id = BTreeMap::new();
    for reply in replies {
        let reply = reply.reply();
        let id = reply.id;
        if by_id.insert(id, reply).is_some() {
            return Err(Fault::at_second(text, &id.to_string(), "a second reply with the same id"));
        }
    }
    Ok(by_id)
}
