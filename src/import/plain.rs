//! Plain text: taken as it is.

use crate::model::text::normalize;

use super::decode::decode;
use super::{Bytes, Choices, Content, Problem, Watch};

/// Reads a text file. Nothing of it changes but what [`normalize`] does.
pub(super) fn read(bytes: &Bytes, _choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    let (raw, warning) = decode(bytes)?;
    if watch.cancelled() {
        return Err(Problem::Cancelled);
    }
    Ok(Content { text: normalize(&raw), warnings: warning.into_iter().collect(), ..Content::default() })
}
