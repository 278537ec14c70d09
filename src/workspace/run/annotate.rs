//! One's own annotations.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{
    Anchor, Annotation, AnnotationId, AnnotationKind, ConcernId, DraftId, Edit, Placement, Reach, TextRange,
};

use super::super::command::AnnotateCommand;
use super::super::history::{Field, Look, Run};
use super::super::view::Focus;
use super::super::{Panel, Workspace};

/// A note longer than this is cut: files stay readable for everybody.
const LONGEST_NOTE: usize = 200_000;

impl Workspace {
    pub(in super::super) fn run_annotate(&mut self, command: AnnotateCommand) {
        match command {
            AnnotateCommand::Words { draft, range, concerns } => {
                self.add(draft, range, Reach::Words, AnnotationKind::Remark, concerns);
            }
            AnnotateCommand::Provision { draft, provision, kind, concerns } => {
                let range =
                    self.project().and_then(|p| p.draft(draft)).and_then(|d| d.outline.get(provision)).map(|p| p.range);
                match range {
                    Some(range) => self.add(draft, range, Reach::Provision, kind, concerns),
                    None => self.notices.failure("that provision is not in the draft"),
                }
            }
            AnnotateCommand::ToggleConcern { id, concern } => {
                let name = self.concern_name(concern);
                self.change(id, None, |a| {
                    if a.concerns.remove(&concern) {
                        format!("take {name} off an annotation")
                    } else {
                        a.concerns.insert(concern);
                        format!("tag with {name}")
                    }
                });
            }
            AnnotateCommand::SetNote { id, mut note } => {
                if note.len() > LONGEST_NOTE {
                    note.truncate(note.floor_char_boundary(LONGEST_NOTE));
                    self.notices.caution("A note holds at most 200,000 bytes; the rest was left out");
                }
                self.change(id, Some(Field::Note), |a| {
                    a.note = note;
                    "write a note".to_owned()
                });
            }
            AnnotateCommand::SetSeverity { id, severity } => self.change(id, None, |a| {
                a.severity = severity;
                severity.map_or_else(|| "take the severity away".to_owned(), |s| format!("severity {}", s.word()))
            }),
            AnnotateCommand::SetRecommendation { id, recommendation } => {
                self.change(id, Some(Field::Recommendation), |a| {
                    let label = match &recommendation {
                        Some(r) => format!("recommend to {}", r.action.word()),
                        None => "take the recommendation away".to_owned(),
                    };
                    a.recommendation = recommendation;
                    label
                });
            }
            AnnotateCommand::SetStatus { id, status } => self.change(id, None, |a| {
                a.status = status;
                format!("status {}", status.word())
            }),
            AnnotateCommand::SetKind { id, kind } => self.change(id, None, |a| {
                a.kind = kind;
                match kind {
                    AnnotationKind::Remark => "make it a remark".to_owned(),
                    AnnotationKind::Absence => "make it an absence".to_owned(),
                    AnnotationKind::Presence => "say that a safeguard is present".to_owned(),
                    AnnotationKind::NotNeeded => "say that a safeguard is not needed".to_owned(),
                }
            }),
            AnnotateCommand::Stretch { id, start, words } => self.stretch(id, start, words),
            AnnotateCommand::SetRange { id, draft, range } => self.set_range(id, draft, range),
            AnnotateCommand::Delete(ids) => self.delete(&ids),
            AnnotateCommand::Present { draft, range, concerns } => {
                self.add(draft, range, Reach::Words, AnnotationKind::Presence, concerns);
            }
            AnnotateCommand::Safeguard { draft, provision, concern, says } => {
                self.say_of_safeguard(draft, provision, concern, says);
            }
            AnnotateCommand::MarkRead { draft, provision, read } => self.mark_read(draft, provision, read),
        }
    }

    fn add(
        &mut self,
        draft: DraftId,
        range: TextRange,
        reach: Reach,
        kind: AnnotationKind,
        concerns: BTreeSet<ConcernId>,
    ) {
        let Some(target) = self.project().and_then(|p| p.draft(draft)).cloned() else { return };
        let range = range.fitted(&target.text).trimmed(&target.text);
        if range.is_empty() {
            self.notices.caution("Select some words first");
            return;
        }
        let Some((analyst, mut edits)) = self.own_analyst() else { return };
        let now = self.surroundings.now();
        let id = AnnotationId::fresh(&mut *self.surroundings);
        let anchor = Anchor::new(&target.text, &target.outline, range, reach);
        let citation = self.cited_within(&anchor.citation);
        let mut annotation = Annotation::new(id, kind, draft, anchor, now);
        let names: Vec<String> = concerns.iter().map(|&c| self.concern_name(c)).collect();
        annotation.concerns = concerns;
        edits.push(Edit::PutAnnotation { analyst, id, annotation: Some(Box::new(annotation)) });
        let what = match (kind, names.is_empty()) {
            (AnnotationKind::Absence, _) => format!("note an absence in {citation}"),
            (AnnotationKind::Presence, _) => format!("say that a safeguard is present in {citation}"),
            (AnnotationKind::NotNeeded, _) => format!("say that a safeguard is not needed in {citation}"),
            (_, true) => format!("highlight words of {citation}"),
            (_, false) => format!("tag {citation} with {}", names.join(", ")),
        };
        let look = Look { place: Some((draft, range)), annotation: Some((analyst, id)) };
        if self.commit(what, look, None, edits) {
            self.view.focus = Some(Focus { analyst, annotation: id });
        }
    }

    /// Changes one of one's own annotations by a function that answers with what it did.
    fn change(&mut self, id: AnnotationId, field: Option<Field>, change: impl FnOnce(&mut Annotation) -> String) {
        let found = self.writable(id).and_then(|who| Some((who, self.project()?.annotation(who, id)?)));
        let Some((analyst, old)) = found else {
            self.notices.caution("Only one's own annotations can be changed");
            return;
        };
        let mut new = old.clone();
        let label = change(&mut new);
        if new == *old {
            return;
        }
        new.changed = self.surroundings.now();
        let place = self.view.current.and_then(|d| Some((d, new.anchor_in(d)?.range)));
        let look = Look { place, annotation: Some((analyst, id)) };
        let run = field.map(|field| Run { annotation: id, field });
        self.commit(label, look, run, vec![Edit::PutAnnotation { analyst, id, annotation: Some(Box::new(new)) }]);
    }

    fn set_range(&mut self, id: AnnotationId, draft: DraftId, range: TextRange) {
        let Some(target) = self.project().and_then(|p| p.draft(draft)).cloned() else { return };
        let range = range.fitted(&target.text).trimmed(&target.text);
        if range.is_empty() {
            return;
        }
        let anchor = Anchor::new(&target.text, &target.outline, range, Reach::Words);
        let label = format!("move an annotation to words of {}", self.cited_within(&anchor.citation));
        self.change(id, None, |a| {
            a.placements.insert(draft, Placement::Made(anchor));
            label
        });
    }

    fn stretch(&mut self, id: AnnotationId, start: bool, words: i32) {
        let Some(analyst) = self.writable(id) else { return };
        let Some(draft) = self.draft().cloned() else { return };
        let Some(anchor) = self.project().and_then(|p| p.annotation(analyst, id)?.anchor_in(draft.id)) else { return };
        let range = anchor.range;
        let moved = if start {
            TextRange { start: by_words(&draft.text, range.start, words).min(range.end), end: range.end }
        } else {
            TextRange { start: range.start, end: by_words(&draft.text, range.end, words).max(range.start) }
        };
        if !moved.trimmed(&draft.text).is_empty() {
            self.set_range(id, draft.id, moved);
        }
    }

    fn delete(&mut self, ids: &[AnnotationId]) {
        let Some(project) = self.project() else { return };
        let wanted: BTreeSet<AnnotationId> = ids.iter().copied().collect();
        let own: Vec<_> = wanted.into_iter().filter_map(|id| Some((self.writable(id)?, id))).collect();
        if own.is_empty() {
            self.notices.caution("Only one's own annotations can be deleted");
            return;
        }
        let place = own.first().and_then(|&(analyst, id)| {
            let d = self.view.current?;
            Some((d, project.annotation(analyst, id)?.anchor_in(d)?.range))
        });
        let label = match own.len() {
            1 => "delete an annotation".to_owned(),
            n => format!("delete {n} annotations"),
        };
        let look = Look { place, annotation: own.first().copied() };
        let edits = own.iter().map(|&(analyst, id)| Edit::PutAnnotation { analyst, id, annotation: None }).collect();
        if self.commit(label.clone(), look, None, edits) {
            self.view.focus = None;
            self.notices.done(format!("{label}: Ctrl+Z brings it back"));
        }
    }

    /// Who writes here, and the edits that make room for the set if there is none yet.
    pub(in super::super) fn own_analyst(&mut self) -> Option<(crate::model::AnalystId, Vec<Edit>)> {
        self.project()?;
        let analyst = self.analyst_or_ask();
        let has_set = self.project().is_some_and(|p| p.sets.contains_key(&analyst.id));
        let edits = if has_set { Vec::new() } else { vec![Edit::PutAnalyst(analyst.clone())] };
        Some((analyst.id, edits))
    }

    /// A concern's name in quotation marks.
    pub(in super::super) fn concern_name(&self, id: ConcernId) -> String {
        let name = self.project().and_then(|p| p.codebook.get(id)).map_or("a concern", |c| c.name.as_str());
        format!("\u{201c}{name}\u{201d}")
    }

    /// Opens the annotation list where nothing else shows what was just done.
    pub(in super::super) fn show_list(&mut self) {
        self.view.panel = Panel::Annotations;
        self.view.side_open = true;
    }
}

/// The word boundary a number of words on from a byte offset, or back where negative (UAX 29).
fn by_words(text: &str, from: usize, words: i32) -> usize {
    let from = text.floor_char_boundary(from.min(text.len()));
    let count = words.unsigned_abs() as usize;
    let is_word = |w: &&str| w.chars().any(char::is_alphanumeric);
    if words >= 0 {
        let ends = text[from..].split_word_bound_indices().filter(|(_, w)| is_word(w)).map(|(i, w)| from + i + w.len());
        ends.take(count).last().unwrap_or(text.len())
    } else {
        let starts = text[..from].split_word_bound_indices().rev().filter(|(_, w)| is_word(w)).map(|(i, _)| i);
        starts.take(count).last().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_over_punctuation() {
        let text = "States, Parties (only) agree";
        assert_eq!(&text[..by_words(text, 0, 2)], "States, Parties");
        assert_eq!(&text[by_words(text, text.len(), -2)..], "only) agree");
        assert_eq!(by_words(text, 3, 99), text.len());
        assert_eq!(by_words(text, 3, -99), 0);
    }
}
