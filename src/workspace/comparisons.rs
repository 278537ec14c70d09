//! Two drafts laid beside each other: kept for the last few pairs, made in the background, made anew when one of the two
//! has become another text or is recognized otherwise.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Draft, DraftId, Outline, TextRange};
use crate::reconcile::{Alignment, Change, Comparison, Concordance, Side, align};
use crate::search::Changes;

use super::command::Command;
use super::tally::Tally;
use super::{Outcome, Progress, Workspace};

/// A draft laid beside a later one.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Which clause came of which.
    pub alignment: Alignment,
    /// Which provision came of which.
    pub concordance: Concordance,
    /// Clause by clause, with what was struck and put in.
    pub comparison: Comparison,
    /// What changed, article by article.
    pub tally: Tally,
    basis: Basis,
}

/// The texts that were compared: as long as they are the same, so is the comparison.
#[derive(Clone, Debug)]
pub struct Basis {
    texts: [Arc<str>; 2],
    outlines: [Arc<Outline>; 2],
}

impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        let texts = self.texts.iter().zip(&other.texts).all(|(a, b)| Arc::ptr_eq(a, b));
        texts && self.outlines.iter().zip(&other.outlines).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

impl Basis {
    fn of(old: &Draft, new: &Draft) -> Self {
        Self {
            texts: [Arc::clone(&old.text), Arc::clone(&new.text)],
            outlines: [Arc::clone(&old.outline), Arc::clone(&new.outline)],
        }
    }

    fn sides(&self) -> [Side<'_>; 2] {
        [0, 1].map(|i| Side { text: &self.texts[i], outline: &self.outlines[i] })
    }
}

impl Pair {
    /// Compares two drafts, which takes up to a second for long ones; `None` where `go_on` said no.
    pub fn of(old: &Draft, new: &Draft, go_on: &dyn Fn() -> bool) -> Option<Self> {
        Self::made(Basis::of(old, new), &Progress::default(), go_on)
    }

    fn made(basis: Basis, progress: &Progress, go_on: &dyn Fn() -> bool) -> Option<Self> {
        let [old, new] = basis.sides();
        progress.set(1, 4);
        let alignment = align(old, new, go_on)?;
        progress.set(2, 4);
        let concordance = Concordance::of(&alignment, old, new);
        if !go_on() {
            return None;
        }
        progress.set(3, 4);
        let comparison = Comparison::of(&alignment, old, new, go_on)?;
        let texts = [&*basis.texts[0], &*basis.texts[1]];
        let tally = Tally::of(&comparison, &concordance, texts, [old.outline, new.outline]);
        Some(Self { alignment, concordance, comparison, tally, basis })
    }

    /// The text and outline of the older and of the newer draft.
    pub fn sides(&self) -> [Side<'_>; 2] {
        self.basis.sides()
    }

    /// What is new or edited in the newer draft, brackets and agreements included, in bytes of its text.
    pub fn changed(&self) -> Vec<TextRange> {
        let changed = self
            .comparison
            .rows
            .iter()
            .filter(|row| row.change == Change::New || row.edited || row.brackets != (0, 0) || row.agreed);
        changed.filter_map(|row| row.new).collect()
    }

    /// The text of the older and of the newer draft.
    pub fn texts(&self) -> [&str; 2] {
        [&self.basis.texts[0], &self.basis.texts[1]]
    }

    /// The outline of the older and of the newer draft.
    pub fn outlines(&self) -> [&Outline; 2] {
        [&self.basis.outlines[0], &self.basis.outlines[1]]
    }
}

/// How far a comparison is.
#[derive(Clone, Debug)]
pub enum Compared {
    /// It is being made.
    Working,
    /// Here it is.
    Ready(Arc<Pair>),
    /// It was stopped before it was done; [`Workspace::want_pair`] starts it again.
    Stopped,
}

/// What is new or edited, and of which texts that is true.
type Changed = (Basis, Arc<[TextRange]>);

/// The comparisons of the last few pairs, latest used last.
#[derive(Debug, Default)]
pub(super) struct Kept {
    all: Vec<Entry>,
    /// What is new or edited in the newer draft of every pair there ever was: little, and asked for by searches.
    changes: BTreeMap<(DraftId, DraftId), Changed>,
}

#[derive(Debug)]
struct Entry {
    drafts: (DraftId, DraftId),
    basis: Basis,
    name: String,
    state: Compared,
    /// Wishes that wait for it.
    then: Vec<Command>,
}

/// Pairs that are kept. One of two drafts of 350 kB takes some 5 MB.
const MOST: usize = 6;

impl Kept {
    /// Forgets everything, when another project is opened.
    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.changes.clear();
    }

    /// Makes room for one more; what is being made or waited for stays.
    fn make_room(&mut self) {
        while self.all.len() >= MOST {
            let spare = self.all.iter().position(|e| !matches!(e.state, Compared::Working));
            match spare {
                Some(at) => drop(self.all.remove(at)),
                None => return,
            }
        }
    }
}

impl Workspace {
    /// A draft laid beside another, once that is done and as long as both are what they were.
    pub fn pair(&self, old: DraftId, new: DraftId) -> Option<Arc<Pair>> {
        match self.compared(old, new)? {
            Compared::Ready(pair) => Some(Arc::clone(pair)),
            Compared::Working | Compared::Stopped => None,
        }
    }

    /// How far a comparison is; `None` where nobody has asked for it, or one of the drafts is another since.
    pub fn compared(&self, old: DraftId, new: DraftId) -> Option<&Compared> {
        let entry = self.comparisons.all.iter().find(|e| e.drafts == (old, new))?;
        (entry.basis == self.basis_of(old, new)?).then_some(&entry.state)
    }

    /// Starts to compare two drafts, unless that is done or under way; one that was stopped is started again.
    pub fn want_pair(&mut self, old: DraftId, new: DraftId) {
        self.when_compared(old, new, None);
    }

    /// The same, and runs a command once [`pair`](Self::pair) has it, at once where it has it already. A command that
    /// waits for a comparison that is stopped is dropped.
    pub fn when_compared(&mut self, old: DraftId, new: DraftId, then: Option<Command>) {
        let Some(basis) = self.basis_of(old, new) else { return };
        let known = self.comparisons.all.iter().position(|e| e.drafts == (old, new));
        let mut entry = known.map(|at| self.comparisons.all.remove(at)).filter(|e| e.basis == basis);
        let start = !matches!(&entry, Some(Entry { state: Compared::Working | Compared::Ready(_), .. }));
        if start {
            self.comparisons.make_room();
        }
        let mut entry = entry.take().unwrap_or_else(|| {
            let name = |id| self.project().and_then(|p| p.draft(id)).map_or_else(String::new, |d| d.name().to_owned());
            let name = format!("Comparing {} with {}", name(old), name(new));
            Entry { drafts: (old, new), basis: basis.clone(), name, state: Compared::Working, then: Vec::new() }
        });
        let ready = matches!(entry.state, Compared::Ready(_));
        let mut now = None;
        if ready {
            now = then;
        } else {
            entry.then.extend(then);
            entry.state = Compared::Working;
        }
        let name = entry.name.clone();
        self.comparisons.all.push(entry);
        if start {
            self.tasks.start(name, true, move |progress| {
                let pair = Pair::made(basis.clone(), progress, &|| !progress.is_cancelled());
                Outcome::Compared((old, new), Box::new((basis, pair)))
            });
        }
        if let Some(command) = now {
            self.run(command);
        }
    }

    /// Takes a comparison, unless one of the drafts has become another since.
    pub(super) fn take_compared(&mut self, drafts: (DraftId, DraftId), found: (Basis, Option<Pair>)) {
        let (basis, pair) = found;
        let Some(entry) = self.comparisons.all.iter_mut().find(|e| e.drafts == drafts && e.basis == basis) else {
            return;
        };
        let then = std::mem::take(&mut entry.then);
        match pair {
            Some(pair) => {
                self.comparisons.changes.insert(drafts, (basis, pair.changed().into()));
                entry.state = Compared::Ready(Arc::new(pair));
                for command in then {
                    self.run(command);
                }
                self.search_compared(drafts);
            }
            None => entry.state = Compared::Stopped,
        }
    }

    /// What is known of changes between drafts as they are now.
    pub(super) fn changes(&self) -> Changes {
        let mut changes = Changes::default();
        for (&(old, new), (basis, ranges)) in &self.comparisons.changes {
            if self.basis_of(old, new).is_some_and(|now| now == *basis) {
                changes.tell(old, new, Arc::clone(ranges));
            }
        }
        changes
    }

    /// Says of the comparisons that nothing works at any more that they were stopped.
    pub(super) fn release_comparisons(&mut self) {
        let running = self.tasks.running();
        for entry in &mut self.comparisons.all {
            if matches!(entry.state, Compared::Working) && !running.iter().any(|t| t.name == entry.name) {
                entry.state = Compared::Stopped;
                entry.then.clear();
            }
        }
    }

    fn basis_of(&self, old: DraftId, new: DraftId) -> Option<Basis> {
        let project = self.project()?;
        Some(Basis::of(project.draft(old)?, project.draft(new)?))
    }
}
