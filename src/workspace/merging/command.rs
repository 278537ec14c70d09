//! What can be done about other analysts' sets.

use std::path::PathBuf;

use crate::model::{AnalystId, AnnotationId, ConcernId, DraftId, ReplyId};
use crate::storage::Passphrase;

/// Commands about other analysts' sets.
#[derive(Clone, Debug, PartialEq)]
pub enum ColleagueCommand {
    /// Opens an annotation file and works out what it would change; nothing changes yet. A file of another program is
    /// taken in.
    OpenFile(PathBuf),
    /// Takes in a file of annotations in any format, and keeps a report of it.
    TakeIn(PathBuf),
    /// Opens an encrypted annotation file.
    Unseal {
        /// The file.
        path: PathBuf,
        /// What opens it.
        passphrase: Passphrase,
        /// Whether it is to be taken in with a report, instead of with a plan.
        reported: bool,
    },
    /// Puts an encrypted file away that waits for its passphrase.
    LeaveSealed(PathBuf),
    /// Chooses remarks of the file that waits first, to be taken over or left.
    Take {
        /// Which.
        ids: Vec<AnnotationId>,
        /// Taken or left.
        take: bool,
    },
    /// Chooses replies of the file that waits first, to be taken over or left.
    TakeReplies {
        /// Which.
        ids: Vec<ReplyId>,
        /// Taken or left.
        take: bool,
    },
    /// Says which of our drafts one of theirs is.
    IsDraft {
        /// Theirs.
        theirs: DraftId,
        /// Ours; none if we do not have it.
        ours: Option<DraftId>,
    },
    /// Says which of our concerns one of theirs is; that is remembered.
    IsConcern {
        /// Theirs.
        theirs: ConcernId,
        /// Ours; none to add theirs as a new one.
        ours: Option<ConcernId>,
    },
    /// Lets the name, color and definition of a concern of theirs take the place of ours.
    TakeOver {
        /// Theirs.
        theirs: ConcernId,
        /// Whether it is to.
        take: bool,
    },
    /// Takes over what was chosen of the file that waits first, in one step.
    Apply,
    /// Puts the file that waits first away; nothing changes.
    Dismiss,
    /// Shows or hides a set.
    Show {
        /// Whose.
        analyst: AnalystId,
        /// Shown or hidden.
        shown: bool,
    },
    /// Takes a colleague's set out of the project.
    Remove(AnalystId),
}
