//! What one analyst answers to the remark of another.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{AnalystId, AnnotationId, ReplyId};

/// A reply. It stands in the set of whoever wrote it, so that two analysts never write the same file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Which reply.
    pub id: ReplyId,
    /// Whose remark it is about.
    pub whose: AnalystId,
    /// Which remark; it need not be in the project.
    pub about: AnnotationId,
    /// The words.
    pub text: String,
    /// When it was first written.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
}
