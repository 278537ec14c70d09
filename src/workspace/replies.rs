//! Replies to remarks: each stands in the set of whoever wrote it.

use std::collections::{BTreeMap, BTreeSet};

use super::Workspace;
use super::history::{Field, Look, Run};
use super::view::Focus;
use crate::model::{AnalystId, AnnotationId, Edit, Project, Reply, ReplyId};

/// A reply longer than this is cut: files stay readable for everybody.
const LONGEST: usize = 50_000;

/// Commands about replies.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyCommand {
    /// A new reply to a remark, which is gone on with by [`Change`](Self::Change).
    Write {
        /// The remark.
        to: Focus,
        /// The words; without any, nothing is done.
        text: String,
    },
    /// Changes one's own reply; without any words it is taken away. Typing runs together into one step.
    Change {
        /// Which.
        id: ReplyId,
        /// All its words.
        text: String,
    },
    /// Takes one's own reply away.
    Delete(ReplyId),
    /// One's own reply that is being written, or none.
    Open(Option<ReplyId>),
}

/// Which replies there are to which remarks, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replies {
    by_remark: BTreeMap<Focus, Vec<(AnalystId, ReplyId)>>,
    /// Those to remarks that are not in the project, in order.
    pub astray: Vec<(AnalystId, ReplyId)>,
}

impl Replies {
    /// Of the analysts that are not hidden.
    pub(super) fn of(project: &Project, hidden: &BTreeSet<AnalystId>) -> Self {
        let mut replies = Self::default();
        for ((analyst, annotation), list) in project.replies() {
            let shown = list.into_iter().filter(|(who, _)| !hidden.contains(who)).map(|(who, r)| (who, r.id));
            if project.annotation(analyst, annotation).is_none() {
                replies.astray.extend(shown);
                continue;
            }
            let shown: Vec<_> = shown.collect();
            if !shown.is_empty() {
                replies.by_remark.insert(Focus { analyst, annotation }, shown);
            }
        }
        replies
    }

    /// To a remark.
    pub fn to(&self, remark: Focus) -> &[(AnalystId, ReplyId)] {
        self.by_remark.get(&remark).map_or(&[], Vec::as_slice)
    }
}

impl Workspace {
    pub(super) fn run_reply(&mut self, command: ReplyCommand) {
        match command {
            ReplyCommand::Write { to, text } => self.write_reply(to, text),
            ReplyCommand::Change { id, text } if text.trim().is_empty() => self.put_reply(id, None),
            ReplyCommand::Change { id, text } => self.put_reply(id, Some(text)),
            ReplyCommand::Delete(id) => {
                self.history.seal();
                self.put_reply(id, None);
            }
            ReplyCommand::Open(id) => {
                let own = |id: &ReplyId| self.own_set().is_some_and(|s| s.replies.contains_key(id));
                self.view.replying = id.filter(own);
                self.history.seal();
            }
        }
    }

    fn write_reply(&mut self, to: Focus, text: String) {
        let Some(project) = self.project().filter(|_| !text.trim().is_empty()) else { return };
        if project.annotation(to.analyst, to.annotation).is_none() {
            self.notices.caution("The annotation to reply to is not in the project");
            return;
        }
        let Some((analyst, mut edits)) = self.own_analyst() else { return };
        let now = self.surroundings.now();
        let id = ReplyId::fresh(&mut *self.surroundings);
        let text = self.fitting(text);
        let reply = Reply { id, whose: to.analyst, about: to.annotation, text, created: now, changed: now };
        edits.push(Edit::PutReply { analyst, id, reply: Some(Box::new(reply)) });
        let run = Run { annotation: to.annotation, field: Field::Reply(id) };
        let label = format!("reply to {}", self.analyst_name(to.analyst));
        let look = self.look_at(to.analyst, to.annotation);
        self.history.seal();
        if self.commit(label, look, Some(run), edits) {
            self.view.replying = Some(id);
        }
    }

    fn put_reply(&mut self, id: ReplyId, text: Option<String>) {
        let Some((analyst, _)) = self.own_analyst() else { return };
        let Some(old) = self.project().and_then(|p| p.sets.get(&analyst)?.replies.get(&id)).cloned() else {
            self.notices.caution("Only one's own replies can be changed");
            return;
        };
        let text = text.map(|t| self.fitting(t));
        if text.as_ref() == Some(&old.text) {
            return;
        }
        let label = if text.is_some() { "write a reply" } else { "delete a reply" };
        let changed = self.surroundings.now();
        let (whose, about) = (old.whose, old.about);
        let reply = text.map(|text| Box::new(Reply { text, changed, ..old }));
        let is_gone = reply.is_none();
        let look = self.look_at(whose, about);
        let run = Run { annotation: about, field: Field::Reply(id) };
        self.commit(label, look, Some(run), vec![Edit::PutReply { analyst, id, reply }]);
        if is_gone {
            self.view.replying = self.view.replying.filter(|open| *open != id);
        }
    }

    fn fitting(&mut self, mut text: String) -> String {
        if text.len() > LONGEST {
            text.truncate(text.floor_char_boundary(LONGEST));
            self.notices.caution("A reply holds at most 50,000 bytes; the rest was left out");
        }
        text
    }

    fn look_at(&self, analyst: AnalystId, annotation: AnnotationId) -> Look {
        let words = self.project().and_then(|p| p.annotation(analyst, annotation));
        let place = self.view.current.and_then(|d| Some((d, words?.anchor_in(d)?.range)));
        Look { place, annotation: Some((analyst, annotation)) }
    }

    /// The name of an analyst.
    pub fn analyst_name(&self, analyst: AnalystId) -> &str {
        let set = self.project().and_then(|p| p.sets.get(&analyst));
        set.map_or("somebody who is not in this project", |s| s.analyst.name.as_str())
    }
}
