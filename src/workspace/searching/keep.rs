//! Searches kept with the project.

use super::super::Workspace;
use super::super::history::Look;
use super::SavedCount;
use crate::model::{DraftId, Edit, SavedSearch, SearchId};

/// The longest name, in characters.
const LONGEST: usize = 120;

impl Workspace {
    /// Keeps the present question under a name.
    pub(super) fn keep_search(&mut self, name: &str) {
        let Some(search) = self.present(None, name) else { return };
        let id = search.id;
        let label = format!("keep the search \u{201c}{}\u{201d}", search.name);
        self.remember_search();
        self.put_search(id, Some(search), label);
        if self.project().is_some_and(|p| p.searches.contains_key(&id)) {
            self.search.opened = Some(id);
        }
    }

    pub(super) fn rename_search(&mut self, id: SearchId, name: &str) {
        let Some(mut search) = self.project().and_then(|p| p.searches.get(&id)).cloned() else { return };
        let Some(name) = self.proper_name(name) else { return };
        if name != search.name {
            search.name = name;
            let label = format!("call a search \u{201c}{}\u{201d}", search.name);
            self.put_search(id, Some(search), label);
        }
    }

    /// Puts the present question in the place of a kept one.
    pub(super) fn renew_search(&mut self, id: SearchId) {
        let Some(old) = self.project().and_then(|p| p.searches.get(&id)).cloned() else { return };
        let Some(search) = self.present(Some(id), &old.name) else { return };
        let label = format!("change the search \u{201c}{}\u{201d}", search.name);
        if search != old {
            self.put_search(id, Some(search), label);
        }
        self.search.opened = Some(id);
        self.search.news.clear();
    }

    pub(super) fn drop_search(&mut self, id: SearchId) {
        let Some(search) = self.project().and_then(|p| p.searches.get(&id)) else { return };
        let label = format!("take away the search \u{201c}{}\u{201d}", search.name);
        self.put_search(id, None, label);
        if self.project().is_some_and(|p| !p.searches.contains_key(&id)) {
            self.search.opened = self.search.opened.filter(|open| *open != id);
            self.view.searches_seen.remove(&id);
        }
    }

    /// Asks a kept search, and counts its drafts as looked at.
    pub(super) fn open_saved(&mut self, id: SearchId) {
        let Some(saved) = self.project().and_then(|p| p.searches.get(&id)).cloned() else { return };
        let drafts: Vec<DraftId> = self.project().into_iter().flat_map(|p| p.drafts.iter().map(|d| d.id)).collect();
        self.search.query.clone_from(&saved.query);
        self.search.set_scope(&saved.scope);
        self.ask_anew();
        self.remember_search();
        self.search.opened = Some(id);
        self.search.news = self.search.saved.get(&id).map(|c| c.new.clone()).unwrap_or_default();
        self.view.searches_seen.entry(id).or_default().extend(drafts);
        if let Some(count) = self.search.saved.get_mut(&id) {
            count.new.clear();
        }
    }

    /// Takes what a kept search finds.
    pub(super) fn take_saved(&mut self, id: SearchId, count: SavedCount) {
        self.search.saved.insert(id, count);
        self.search.counted.insert(id, self.indexed);
    }

    /// The present question as it would be kept.
    fn present(&mut self, id: Option<SearchId>, name: &str) -> Option<SavedSearch> {
        if self.search.query.trim().is_empty() {
            self.notices.caution("Type a question first; it is what is kept");
            return None;
        }
        if self.search.error.is_some() {
            self.notices.caution("A question with a mistake in it is not kept");
            return None;
        }
        let name = self.proper_name(name)?;
        let seen = self.project()?.drafts.iter().map(|d| d.id).collect();
        let id = id.unwrap_or_else(|| SearchId::fresh(&mut *self.surroundings));
        let query = self.search.query.trim().to_owned();
        Some(SavedSearch { id, name, query, scope: self.search.scope(), seen })
    }

    fn proper_name(&mut self, name: &str) -> Option<String> {
        let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
        if name.is_empty() {
            self.notices.caution("A search is kept under a name");
            return None;
        }
        Some(name)
    }

    fn put_search(&mut self, id: SearchId, search: Option<SavedSearch>, label: String) {
        if self.commit(label, Look::default(), None, vec![Edit::PutSearch { id, search }]) {
            self.search.counted.remove(&id);
        }
    }
}
