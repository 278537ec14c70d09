//! What was asked before, on this machine.

use super::super::Workspace;

/// Questions that are remembered.
const MOST: usize = 60;
/// A longer one is not worth remembering, in bytes.
const LONGEST: usize = 2000;

impl Workspace {
    /// What was asked before, the latest first.
    pub fn past_searches(&self) -> &[String] {
        &self.view.past_searches
    }

    /// Puts the present question before all others, if it is one that can be understood.
    pub(super) fn remember_search(&mut self) {
        let query = self.search.query.trim();
        if query.is_empty() || query.len() > LONGEST || self.search.error.is_some() {
            return;
        }
        let query = query.to_owned();
        let past = &mut self.view.past_searches;
        past.retain(|p| *p != query);
        past.insert(0, query);
        past.truncate(MOST);
    }
}
