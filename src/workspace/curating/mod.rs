//! What several analysts say of the same provisions, and what the team agrees on.
//!
//! * `accord` lays out provision by provision, concern by concern, who flagged what and who looked and did not;
//! * `team` makes the remarks of the team's set out of those of the analysts; they say what they were made of.
//!
//! The team's set is nobody's own: whoever works on the project may change it, and it is shared and joined as others are.
//!
//! Must not know: the window, how any of it is shown.

mod accord;
mod command;
mod team;

pub use accord::{Accord, Curation, CurationRow, Point, Said, TeamRemark};
pub use command::CurateCommand;
pub(super) use team::{joined, renewed, single};

/// What the team's set is called.
pub const TEAM: &str = "Agreed";
