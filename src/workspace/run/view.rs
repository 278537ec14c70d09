//! What is looked at. None of this changes the project.

use crate::model::DraftId;

use super::super::Workspace;
use super::super::command::ViewCommand;
use super::super::find;
use super::super::view::{Find, FindState, Focus, Place, Selection, Stop};

/// The text size of the page to start with, in points.
pub const USUAL_TEXT_SIZE: f32 = 18.0;

/// What the zoom is kept under in the settings.
const ZOOM: &str = "zoom";

impl Workspace {
    /// The text size of the page, in points.
    pub fn text_size(&self) -> f32 {
        self.settings.text_size.clamp(10.0, 40.0)
    }

    /// The size of the whole window's contents, 1 being usual.
    pub fn zoom(&self) -> f32 {
        self.settings.panels.get(ZOOM).and_then(|z| z.parse::<f32>().ok()).map_or(1.0, |z| z.clamp(0.5, 3.0))
    }

    pub(in super::super) fn run_view(&mut self, command: ViewCommand) {
        match command {
            ViewCommand::Go(place) => {
                let is_there = match place {
                    Place::Import => self.is_importing(),
                    Place::Merge => self.merging().is_some(),
                    _ => true,
                };
                if self.view.place != place && is_there {
                    self.view.leave();
                    self.view.place = place;
                }
            }
            ViewCommand::OpenDraft(draft) => self.open_draft(draft),
            ViewCommand::CloseTab(draft) => self.close_tab(draft),
            ViewCommand::CycleTab(by) => self.cycle_tab(by),
            ViewCommand::GoTo { draft, offset } => self.go_to(draft, offset),
            ViewCommand::ShowProvision { draft, provision } => self.show_provision(draft, provision),
            ViewCommand::GoToCitation(text) => self.go_to_citation(&text),
            ViewCommand::GoToPage(page) => self.go_to_page(&page),
            ViewCommand::ShowNote(note) => {
                let notes = self.draft().map_or(0, |d| d.printed.notes.len());
                self.view.note = note.filter(|&n| n < notes);
            }
            ViewCommand::ShowReference(link) => self.show_reference(link),
            ViewCommand::CycleReference(by) => self.cycle_reference(by),
            ViewCommand::Back => self.back(),
            ViewCommand::Forward => self.forward(),
            ViewCommand::Select(selection) => {
                if let Some(draft) = self.view.current {
                    self.view.drafts.entry(draft).or_default().selection = selection;
                }
            }
            ViewCommand::ReadingAt(offset) => {
                if let Some(draft) = self.view.current {
                    self.view.drafts.entry(draft).or_default().reading_at = offset;
                }
            }
            ViewCommand::Focus(focus) => {
                if self.view.focus != focus {
                    self.view.replying = None;
                }
                self.view.focus = focus;
                self.history.seal();
            }
            ViewCommand::ShowAnnotation(focus) => self.show_annotation(focus),
            ViewCommand::CycleAnnotation(by) => self.cycle_annotation(by),
            ViewCommand::Filter(filter) => self.view.filter = filter,
            ViewCommand::Find(find) => self.find_in_draft(find),
            ViewCommand::FindNext(by) => self.find_next(by),
            ViewCommand::Panel(panel) => {
                // The key of a page that is open closes it; coming from another place shows it.
                let shown = self.view.side_open && self.view.panel == panel && self.view.place == Place::Read;
                self.view.side_open = !shown;
                self.view.panel = panel;
                self.view.place = Place::Read;
            }
            ViewCommand::ToggleSide => self.view.side_open = !self.view.side_open,
            ViewCommand::Review(look) => self.look_at_review(look),
            ViewCommand::StepReview(by) => self.step_review(by),
            ViewCommand::ChooseWords => self.choose_words(),
            ViewCommand::Matrix(look) => self.view.matrix = *look,
            ViewCommand::Report(look) => {
                self.view.report = *look;
                self.history.seal();
            }
            ViewCommand::StepUnread(by) => self.step_unread(by),
            ViewCommand::Theme(theme) => {
                self.settings.theme = theme.into();
                self.keep_settings();
            }
            ViewCommand::TextSize(size) => {
                self.settings.text_size = size.clamp(10.0, 40.0);
                self.keep_settings();
            }
            ViewCommand::Zoom(zoom) => {
                let zoom = (zoom.clamp(0.5, 3.0) * 10.0).round() / 10.0;
                self.settings.panels.insert(ZOOM.to_owned(), zoom.to_string());
                self.keep_settings();
            }
            ViewCommand::OpenCommentary(id) => self.open_commentary(id),
            ViewCommand::CloseCommentary => {
                self.view.commentary = None;
                self.view.suggestion = None;
                self.view.marked.clear();
            }
            ViewCommand::ShowSuggestion { id, key } => self.show_suggestion(id, key),
            ViewCommand::CycleSuggestion(by) => self.cycle_suggestion(by),
            ViewCommand::ReviewOf(provision) => self.review_of(provision),
            ViewCommand::ToggleDecided => self.view.decided_shown = !self.view.decided_shown,
            ViewCommand::ShowOrigin(focus) => self.show_origin(focus),
            ViewCommand::DismissNotice(number) => self.notices.dismiss(number),
            ViewCommand::CancelTask(number) => self.tasks.cancel(number),
        }
    }

    pub(in super::super) fn open_draft(&mut self, draft: DraftId) {
        if self.project().is_none_or(|p| p.draft(draft).is_none()) {
            return;
        }
        // From nowhere, as after closing a tab, there is nothing to come back to.
        if self.view.current.is_some_and(|current| current != draft) {
            self.view.leave();
        }
        self.view.open_draft(draft);
        self.view.place = Place::Read;
        let at = self.view.draft_view().reading_at;
        self.view.scroll_to(draft, at, true);
        self.find_again();
    }

    fn close_tab(&mut self, draft: DraftId) {
        let Some(at) = self.view.tabs.iter().position(|&t| t == draft) else { return };
        self.view.tabs.remove(at);
        if self.view.current == Some(draft) {
            let next = self.view.tabs.get(at).or_else(|| self.view.tabs.last()).copied();
            self.view.current = None;
            self.view.focus = None;
            if let Some(next) = next {
                self.open_draft(next);
            }
        }
    }

    fn cycle_tab(&mut self, by: i32) {
        let Some(at) = self.view.current.and_then(|c| self.view.tabs.iter().position(|&t| t == c)) else { return };
        let next = (at as i64 + i64::from(by)).rem_euclid(self.view.tabs.len() as i64) as usize;
        self.open_draft(self.view.tabs[next]);
    }

    pub(in super::super) fn go_to(&mut self, draft: DraftId, offset: usize) {
        if self.project().is_none_or(|p| p.draft(draft).is_none()) {
            return;
        }
        self.view.leave();
        if self.view.current != Some(draft) {
            self.view.open_draft(draft);
            self.find_again();
        }
        self.view.place = Place::Read;
        // A heading belongs at the top of the page; words are found where the eye rests.
        let heads = self.project().and_then(|p| p.draft(draft)).is_some_and(|d| {
            let at = d.outline.at(offset).and_then(|i| d.outline.get(i));
            at.is_some_and(|p| p.kind.is_headed() && p.range.start == offset)
        });
        self.view.drafts.entry(draft).or_default().selection = Some(Selection { anchor: offset, head: offset });
        self.view.scroll_to(draft, offset, heads);
    }

    fn go_to_citation(&mut self, text: &str) {
        let Some(draft) = self.draft().cloned() else { return };
        let found = crate::citation::resolve(text, &draft.outline);
        match found.first() {
            Some(&index) => {
                let citation = draft.outline.citation(index);
                // `3.1` is one label or two.
                let labels = citation.points.iter().flat_map(|p| p.split('.')).count();
                if crate::citation::parse(text).is_some_and(|c| c.points.len() > labels) {
                    let text = format!(
                        "\u{201c}{}\u{201d} is not in {}; this is {}",
                        text.trim(),
                        draft.name(),
                        self.cited_within(&citation)
                    );
                    self.notices.caution(text);
                }
                let start = draft.outline.get(index).map_or(0, |p| p.range.start);
                self.view.leave();
                self.view.place = Place::Read;
                self.view.scroll_to(draft.id, start, true);
                self.view.drafts.entry(draft.id).or_default().selection =
                    Some(super::super::view::Selection { anchor: start, head: start });
                if found.len() > 1 {
                    let text = format!(
                        "{} stands {} times in this draft; this is the first",
                        self.cited(&citation),
                        found.len()
                    );
                    self.notices.done(text);
                }
            }
            None => {
                let elsewhere =
                    crate::citation::parse(text).and_then(|c| self.said_of(&c, draft.id)).unwrap_or_default();
                let text = format!("\u{201c}{}\u{201d} is not in {}{elsewhere}", text.trim(), draft.name());
                self.notices.caution(text);
            }
        }
    }

    fn go_to_page(&mut self, asked: &str) {
        let Some(draft) = self.draft().cloned() else { return };
        match draft.printed.find_page(asked) {
            Some(page) => {
                // A page that begins between two paragraphs begins with the second.
                let rest = draft.text.get(page.at..).unwrap_or_default();
                let at = draft.text.len() - rest.trim_start().len();
                self.view.leave();
                self.view.place = Place::Read;
                self.view.drafts.entry(draft.id).or_default().selection = Some(Selection { anchor: at, head: at });
                self.view.scroll_to(draft.id, at, true);
            }
            None => {
                let text = format!("There is no page \u{201c}{}\u{201d} in {}", asked.trim(), draft.name());
                self.notices.caution(text);
            }
        }
    }

    fn back(&mut self) {
        self.drop_lost_stops();
        if let Some(stop) = self.view.back.pop() {
            self.view.forward.push(self.view.here());
            self.return_to(stop);
        }
    }

    fn forward(&mut self) {
        self.drop_lost_stops();
        if let Some(stop) = self.view.forward.pop() {
            self.view.back.push(self.view.here());
            self.return_to(stop);
        }
    }

    /// Forgets stops in drafts that have been taken out since.
    fn drop_lost_stops(&mut self) {
        let project = self.open.as_ref().map(|o| &o.project);
        let (importing, merging) = (self.is_importing(), self.merging().is_some());
        let is_there = |s: &Stop| {
            s.draft.is_none_or(|d| project.is_some_and(|p| p.draft(d).is_some()))
                && (s.place != Place::Import || importing)
                && (s.place != Place::Merge || merging)
        };
        self.view.back.retain(is_there);
        self.view.forward.retain(is_there);
    }

    fn return_to(&mut self, stop: Stop) {
        self.view.note = None;
        self.view.reference = None;
        self.view.place = stop.place;
        if let Some(draft) = stop.draft.filter(|&d| self.project().is_some_and(|p| p.draft(d).is_some())) {
            self.view.open_draft(draft);
            self.view.drafts.entry(draft).or_default().reading_at = stop.offset;
            self.view.scroll_to(draft, stop.offset, true);
            self.find_again();
        }
    }

    fn show_annotation(&mut self, focus: Focus) {
        let Some(project) = self.project() else { return };
        let Some(annotation) = project.annotation(focus.analyst, focus.annotation) else { return };
        let here = self.view.current.filter(|&d| annotation.anchor_in(d).is_some());
        let there = project.drafts.iter().rev().map(|d| d.id).find(|&d| annotation.anchor_in(d).is_some());
        if let Some(draft) = here.or(there) {
            let start = annotation.anchor_in(draft).map_or(0, |a| a.range.start);
            self.view.hidden.remove(&focus.analyst);
            self.go_to(draft, start);
        } else {
            // It has no place: the list is where it can be seen.
            self.view.place = Place::Read;
            self.show_list();
        }
        self.history.seal();
        self.view.focus = Some(focus);
    }

    fn cycle_annotation(&mut self, by: i32) {
        // The lost ones stand at the end and have no place to go to.
        let placed = self.derived.remarks.partition_point(|r| !r.lost);
        let remarks = &self.derived.remarks[..placed];
        if remarks.is_empty() {
            self.notices.done("This draft has no annotations");
            return;
        }
        let count = remarks.len() as i64;
        let next = match self.view.focus.and_then(|f| remarks.iter().position(|r| r.focus == f)) {
            Some(at) => (at as i64 + i64::from(by)).rem_euclid(count),
            None => {
                let top = self.view.draft_view().reading_at;
                let after = remarks.partition_point(|r| r.range.start < top) as i64;
                if by > 0 { after.min(count - 1) } else { (after - 1).rem_euclid(count) }
            }
        };
        let focus = remarks[next as usize].focus;
        self.show_annotation(focus);
    }

    fn find_in_draft(&mut self, wanted: Option<Find>) {
        let Some(wanted) = wanted else {
            self.view.find = None;
            return;
        };
        let hits = self.draft().map_or_else(Vec::new, |d| find::find(&d.text, &wanted));
        let from = self.view.draft_view().reading_at;
        let current = hits.partition_point(|h| h.start < from);
        let current = if current == hits.len() { 0 } else { current };
        self.view.find = Some(FindState { find: wanted, hits, current });
        self.show_find();
    }

    /// The find bar stays when another draft is opened.
    pub(in super::super) fn find_again(&mut self) {
        if let Some(find) = &self.view.find {
            let wanted = find.find.clone();
            let hits = self.draft().map_or_else(Vec::new, |d| find::find(&d.text, &wanted));
            self.view.find = Some(FindState { find: wanted, hits, current: 0 });
        }
    }

    fn find_next(&mut self, by: i32) {
        if let Some(find) = &mut self.view.find
            && !find.hits.is_empty()
        {
            find.current = (find.current as i64 + i64::from(by)).rem_euclid(find.hits.len() as i64) as usize;
        }
        self.show_find();
    }

    fn show_find(&mut self) {
        let hit = self.view.find.as_ref().and_then(|f| f.hits.get(f.current)).copied();
        if let (Some(draft), Some(hit)) = (self.view.current, hit) {
            self.view.scroll_to(draft, hit.start, false);
        }
    }
}
