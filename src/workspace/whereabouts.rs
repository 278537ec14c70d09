//! Where a citation that a draft does not have leads in other drafts, and where that went: who cites `Article 12` may have
//! an earlier draft in mind, or a later one.

use crate::model::{Citation, DraftId, ProvisionIndex};

use super::{Compared, Workspace};

/// A citation in another draft than the one that is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Whereabouts {
    /// The draft that has it.
    pub draft: DraftId,
    /// What it is there.
    pub provision: ProvisionIndex,
    /// What became of that in the draft that is read, the counterpart first; empty where it has none, `None` where the
    /// two drafts have not been compared yet.
    pub here: Option<Vec<ProvisionIndex>>,
}

impl Workspace {
    /// The nearest other draft that has a citation, those before the draft first, and what that is in the draft itself;
    /// `None` where no other draft has it, or it stands several times.
    pub fn whereabouts(&self, citation: &Citation, draft: DraftId) -> Option<Whereabouts> {
        let project = self.project()?;
        let at = project.draft_position(draft)?;
        let before = project.drafts.get(..at)?.iter().rev();
        let after = project.drafts.get(at + 1..)?.iter();
        let (other, provision) =
            before.chain(after).find_map(|other| match other.outline.find(citation).as_slice() {
                [one] => Some((other, *one)),
                _ => None,
            })?;
        let older = project.draft_position(other.id)? < at;
        let pair = if older { self.pair(other.id, draft) } else { self.pair(draft, other.id) };
        let here = pair.map(|pair| {
            let table = &pair.concordance;
            if older {
                table.of_old(provision, &other.outline).map(|row| row.new.clone()).unwrap_or_default()
            } else {
                table.of_new(provision, &other.outline).and_then(|row| row.old).into_iter().collect()
            }
        });
        Some(Whereabouts { draft: other.id, provision, here })
    }

    /// Where a citation that a draft does not have leads, as the end of a sentence that says so; and looks for it, so that
    /// more can be said the next time.
    pub(super) fn said_of(&mut self, citation: &Citation, draft: DraftId) -> Option<String> {
        self.trace(citation, draft);
        let found = self.whereabouts(citation, draft)?;
        let project = self.project()?;
        let name = project.draft(found.draft)?.name();
        let outline = &project.draft(draft)?.outline;
        let here =
            found.here.map(|here| here.iter().map(|i| self.cited_within(&outline.citation(*i))).collect::<Vec<_>>());
        Some(match here.as_deref() {
            Some([]) => format!("; that of {name} has no counterpart here"),
            Some(all) => format!("; that of {name} is {} here", all.join(" and ")),
            None => format!("; {name} has it"),
        })
    }

    /// Compares the draft with the one that has a citation it lacks, unless that was done or stopped.
    pub(super) fn trace(&mut self, citation: &Citation, draft: DraftId) {
        let Some(found) = self.whereabouts(citation, draft) else { return };
        let position = |id| self.project().and_then(|p| p.draft_position(id));
        let (old, new) =
            if position(found.draft) < position(draft) { (found.draft, draft) } else { (draft, found.draft) };
        if !matches!(self.compared(old, new), Some(Compared::Working | Compared::Stopped)) {
            self.want_pair(old, new);
        }
    }
}
