//! How commands are fulfilled: one file per area, each an `impl Workspace`.
//!
//! Must not know: how a command came about. What can fail ends in a notice.

mod accept;
mod annotate;
mod carry;
mod codebook;
mod colleague;
mod commentary;
mod compare;
mod curate;
mod draft;
mod exchange;
mod export;
mod history;
mod import;
mod mend;
mod merge;
mod outcomes;
mod project;
mod queue;
mod safeguards;
mod share;
mod view;

pub(super) use codebook::fresh_tag;
pub use commentary::{Listed, ReadCommentary};
pub use exchange::Exchanged;
pub use import::read as read_draft;
pub use project::read_only_sentence;
pub use queue::{CarryOffer, Guess};
pub use share::{SealedFile, Sharing};
pub use view::USUAL_TEXT_SIZE;
