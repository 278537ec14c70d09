//! Undo and redo: steps made of edits, each with a name and the place it happened.

use crate::model::{AnalystId, AnnotationId, DraftId, Edit, ReplyId, TextRange};

/// Where to look when a step is undone or redone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The draft and the words.
    pub place: Option<(DraftId, TextRange)>,
    /// The annotation.
    pub annotation: Option<(AnalystId, AnnotationId)>,
}

/// Something the analyst did, in one piece.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it did, as a completed phrase: `tag "Scope"`.
    pub label: String,
    /// Where it happened.
    pub look: Look,
    /// Edits that take it back (on the undo side) or do it again (on the redo side).
    pub edits: Vec<Edit>,
    /// Typing in one field of one annotation is one step: steps with the same mark run together.
    pub run: Option<Run>,
}

/// A field being typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Whose annotation.
    pub annotation: AnnotationId,
    /// Which field.
    pub field: Field,
}

/// The fields one types in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The note.
    Note,
    /// The recommendation's texts.
    Recommendation,
    /// A reply to it.
    Reply(ReplyId),
    /// What is typed into a submission, whose number stands in the place of the annotation's.
    Submission,
}

/// All steps of the session, without limit.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Ended runs are not joined even if the same field is typed in again.
    sealed: bool,
}

impl History {
    /// Remembers a step just done; what had been undone can no longer be redone.
    pub fn push(&mut self, step: Step) {
        self.undone.clear();
        let sealed = std::mem::take(&mut self.sealed);
        if let Some(last) = self.done.last_mut().filter(|last| !sealed && step.run.is_some() && last.run == step.run) {
            // Edits put whole values back: the older inverse already undoes both.
            last.label = step.label;
            return;
        }
        self.done.push(step);
    }

    /// Ends a run of typing: what is typed next is a step of its own.
    pub fn seal(&mut self) {
        self.sealed = true;
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|s| s.label.as_str())
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|s| s.label.as_str())
    }

    /// The step to take back; hand its opposite to [`undone`](Self::undone) once applied.
    pub fn take_undo(&mut self) -> Option<Step> {
        self.sealed = true;
        self.done.pop()
    }

    /// The step to do again; hand its opposite to [`redone`](Self::redone) once applied.
    pub fn take_redo(&mut self) -> Option<Step> {
        self.sealed = true;
        self.undone.pop()
    }

    /// Remembers a step just taken back.
    pub fn undone(&mut self, step: Step) {
        self.undone.push(step);
    }

    /// Remembers a step just done again (or one that could not be taken back).
    pub fn redone(&mut self, step: Step) {
        self.done.push(step);
    }

    /// Number of steps that can be undone.
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether nothing can be undone.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Forgets everything, when another project is opened.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
