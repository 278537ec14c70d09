//! The commands of searching, and going from hit to hit.

use super::super::Workspace;
use super::super::command::ViewCommand;
use super::super::view::{Focus, Place};
use super::{SearchCommand, Ticked, key_of};
use crate::model::{SearchScope, TextRange};
use crate::search::{self, Order};

impl Workspace {
    pub(in super::super) fn run_search(&mut self, command: SearchCommand) {
        let mut scope = self.search.scope();
        match command {
            SearchCommand::Ask(query) => self.search.query = query,
            SearchCommand::Drafts(drafts) => scope.drafts = drafts,
            SearchCommand::Concerns(concerns) => scope.concerns = concerns,
            SearchCommand::Analysts(analysts) => scope.analysts = analysts,
            SearchCommand::Kinds(kinds) => scope.kinds = kinds,
            SearchCommand::Everywhere => scope = SearchScope::default(),
            SearchCommand::Ranked(ranked) => {
                self.search.options.order = if ranked { Order::Ranked } else { Order::Provision };
            }
            other => return self.run_on_answer(other),
        }
        self.search.set_scope(&scope);
        self.ask_anew();
    }

    /// Commands that leave the question as it is.
    fn run_on_answer(&mut self, command: SearchCommand) {
        match command {
            SearchCommand::Page(page) => self.search.page = page,
            SearchCommand::Order(order) => self.search.order = order,
            SearchCommand::Stop => {
                if let Some(under_way) = &self.search.under_way {
                    under_way.progress.cancel();
                }
            }
            SearchCommand::Open(at) => self.open_hit(at, None),
            SearchCommand::OpenLine(line) => self.open_line(line),
            SearchCommand::Step(by) => self.step_hit(by),
            SearchCommand::Follow(followed) => {
                self.search.followed = followed && self.search.current.is_some();
                if !self.search.followed {
                    self.view.marked.clear();
                }
            }
            SearchCommand::Tick(places, on) => self.tick(places, on),
            SearchCommand::TickAll(on) => {
                let all = self.search.results.iter().flat_map(|r| &r.hits).filter(|h| h.is_of_draft());
                let all: Vec<Ticked> = all.flat_map(|h| h.places().iter().map(|&p| (h.draft, p))).collect();
                self.search.ticked.clear();
                self.tick(if on { all } else { Vec::new() }, on);
            }
            SearchCommand::Remember => self.remember_search(),
            SearchCommand::ForgetPast => self.view.past_searches.clear(),
            SearchCommand::Keep(name) => self.keep_search(&name),
            SearchCommand::Rename { id, name } => self.rename_search(id, &name),
            SearchCommand::Renew(id) => self.renew_search(id),
            SearchCommand::Drop(id) => self.drop_search(id),
            SearchCommand::OpenSaved(id) => self.open_saved(id),
            SearchCommand::Preview(tagging) => self.search.previewing = Some(tagging),
            SearchCommand::Tag(tagging) => self.tag(tagging),
            SearchCommand::Ask(_)
            | SearchCommand::Drafts(_)
            | SearchCommand::Concerns(_)
            | SearchCommand::Analysts(_)
            | SearchCommand::Kinds(_)
            | SearchCommand::Everywhere
            | SearchCommand::Ranked(_) => {}
        }
        self.search_on();
    }

    fn tick(&mut self, places: Vec<Ticked>, on: bool) {
        for place in places {
            if on {
                self.search.ticked.insert(place);
            } else {
                self.search.ticked.remove(&place);
            }
        }
        self.search.preview = None;
    }

    fn open_hit(&mut self, at: usize, place: Option<TextRange>) {
        let Some(hit) = self.search.results.as_ref().and_then(|r| r.hits.get(at)).cloned() else { return };
        if self.project().is_none_or(|p| p.draft(hit.draft).is_none()) {
            return;
        }
        self.remember_search();
        // From one hit to the next one stays in the reader: only where one came from is worth coming back to.
        let steps_on = self.search.followed && self.view.place == Place::Read;
        self.search.current = Some(at);
        self.search.followed = true;
        if let Some(commentary) = hit.commentary {
            let place = place.or_else(|| hit.marks.first().copied()).unwrap_or(hit.range);
            self.show_words_of_commentary(commentary, place);
            return;
        }
        let offset = place.or_else(|| hit.marks.first().copied()).map_or(hit.range.start, |m| m.start);
        match hit.annotation {
            Some((analyst, annotation)) => {
                self.run_view(ViewCommand::ShowAnnotation(Focus { analyst, annotation }));
            }
            None if steps_on => {
                let (back, forward) = (self.view.back.clone(), self.view.forward.clone());
                self.go_to(hit.draft, offset);
                (self.view.back, self.view.forward) = (back, forward);
            }
            None => self.go_to(hit.draft, offset),
        }
        if self.view.current == Some(hit.draft) {
            self.view.find = None;
            self.view.marked = hit.marks;
        }
    }

    fn open_line(&mut self, line: usize) {
        let Some(lines) = &self.search.lines else { return };
        let Some(&search::ContextLine { hit, mark }) = lines.list.get(line) else { return };
        let Some(key) = lines.results.hits.get(hit as usize).map(key_of) else { return };
        let hits = self.search.results.iter().flat_map(|r| &r.hits);
        if let Some((at, hit)) = hits.enumerate().find(|(_, h)| key_of(h) == key) {
            let place = Some(mark).filter(|_| hit.annotation.is_none());
            self.open_hit(at, place);
        }
    }

    fn step_hit(&mut self, by: i32) {
        let Some(hits) = self.search.results.as_ref().map(|r| r.hits.len()).filter(|n| *n > 0) else { return };
        let next = match self.search.current {
            Some(at) => (at as i64 + i64::from(by)).rem_euclid(hits as i64) as usize,
            None if by < 0 => hits - 1,
            None => 0,
        };
        self.open_hit(next, None);
    }

    /// Asks a question and waits for the answer: for the command line.
    pub fn search_now(&mut self, query: &str, limit: usize) -> Option<&search::Results> {
        self.search.options.limit = limit;
        self.run(super::super::Command::Search(SearchCommand::Ask(query.to_owned())));
        self.settle();
        self.search.results.as_deref()
    }

    /// Every mark of the present answer in its context, with the hit it belongs to and so many characters on either side:
    /// for the command line.
    pub fn lines_now(&self, order: search::ContextOrder, characters: usize) -> Vec<(&search::Hit, search::Context)> {
        let (Some(project), Some(results)) = (self.project(), self.search.results.as_deref()) else {
            return Vec::new();
        };
        let mut lines = search::lines(&results.hits, usize::MAX);
        search::sort_lines(project, &results.hits, &mut lines, order);
        let shown = |line: &search::ContextLine| {
            let hit = results.hits.get(line.hit as usize)?;
            Some((hit, search::context_of(project, &results.hits, *line, characters)))
        };
        lines.iter().filter_map(shown).collect()
    }

    /// What could come next in a question that is being typed, where the cursor stands, in bytes.
    pub fn complete_query(&self, text: &str, cursor: usize) -> search::Completions {
        search::complete(text, cursor, self.project())
    }

    /// A few words around the most marks of a hit.
    pub fn snippet_of(&self, hit: &search::Hit) -> search::Snippet {
        self.project().map(|p| hit.snippet_in(p)).unwrap_or_default()
    }

    /// A line in its context, with so many characters on either side.
    pub fn context_of(&self, line: search::ContextLine, characters: usize) -> search::Context {
        let hits = self.search.lines.as_ref().map_or(&[][..], |l| &l.results.hits);
        self.project().map(|p| search::context_of(p, hits, line, characters)).unwrap_or_default()
    }
}
