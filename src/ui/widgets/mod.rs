//! Small pieces several parts of the window draw: the tag of a concern, a row of a list, a labelled field.
//!
//! Must not know: any panel or dialog, the workspace's commands.

mod field;
mod row;
mod tag;
mod ticks;
mod way;
mod words;

pub use field::{labelled, path_field, secret_field, text_area, text_field};
pub use row::{Row, row_ground};
pub use tag::{tag, tag_width};
pub use ticks::Ticks;
pub use way::two_drafts;
pub use words::Words;
