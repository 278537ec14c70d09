//! Which concerns come together: in one remark, or in one provision.

use std::collections::BTreeMap;

use crate::model::{ProvisionIndex, Severity};

use super::axes::{self, Index};
use super::grid::{Grid, HeadKey};
use super::look::{Beside, Levels};
use super::{Focus, Scope};

/// Counts them; the table is the same along both sides, and where a concern meets itself stands how often it comes at all.
pub fn of(scope: &Scope<'_>) -> Grid {
    let index = concerns(scope);
    let mut grid = Grid::with(index.heads.clone(), index.heads.clone());
    grid.symmetric = true;
    for meeting in meetings(scope, &index) {
        let heads: Vec<usize> = meeting.worst.keys().copied().collect();
        grid.add(&heads, &heads, |head| meeting.worst.get(&head).copied().flatten());
    }
    grid.finished(scope)
}

/// The remarks that make two concerns come together.
pub fn members(scope: &Scope<'_>, keys: (HeadKey, HeadKey)) -> Vec<Focus> {
    let index = concerns(scope);
    let at = |key| index.heads.iter().position(|h| h.key == key);
    let (Some(one), Some(other)) = (at(keys.0), at(keys.1)) else { return Vec::new() };
    let both =
        meetings(scope, &index).into_iter().filter(|m| m.worst.contains_key(&one) && m.worst.contains_key(&other));
    let remarks = both.flat_map(|m| m.remarks);
    let mut members: Vec<Focus> =
        remarks.filter(|(_, heads)| heads.contains(&one) || heads.contains(&other)).map(|(focus, _)| focus).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// Where concerns meet.
struct Meeting {
    /// Of each concern that comes there, how bad the worst remark with it is: one remark says nothing of the concerns of
    /// another.
    worst: BTreeMap<usize, Option<Severity>>,
    remarks: Vec<(Focus, Vec<usize>)>,
}

/// A concern would always come together with the one above it if it counted there as well.
fn concerns(scope: &Scope<'_>) -> Index {
    let levels = if scope.look.levels == Levels::Below { Levels::Each } else { scope.look.levels };
    axes::concerns(scope.project, levels)
}

fn meetings(scope: &Scope<'_>, index: &Index) -> Vec<Meeting> {
    let look = scope.look;
    let draft = if look.needs_draft() { scope.draft } else { look.draft.and_then(|d| scope.project.draft(d)) };
    let mut meetings: Vec<Meeting> = Vec::new();
    let mut at_provision: BTreeMap<ProvisionIndex, usize> = BTreeMap::new();
    for (focus, a) in scope.annotations().filter(|(_, a)| look.kinds.holds(a.kind)) {
        let placement = draft.map(|d| a.placements.get(&d.id));
        if placement == Some(None) {
            continue;
        }
        let mut heads = Vec::new();
        index.find(focus.analyst, a, None, None, &mut heads);
        let anchor = placement.flatten().and_then(|p| p.anchor());
        let provision = draft.zip(anchor).filter(|_| look.beside == Beside::Provision).and_then(|(d, anchor)| {
            let mut up = d.outline.covering(anchor.range).into_iter().flat_map(|p| d.outline.ancestors(p));
            up.find(|&p| d.outline.is_addressed(p))
        });
        if look.beside == Beside::Provision && provision.is_none() {
            // Without a place it shares none.
            continue;
        }
        let at = provision.and_then(|p| at_provision.get(&p)).copied();
        let at = at.unwrap_or_else(|| {
            meetings.push(Meeting { worst: BTreeMap::new(), remarks: Vec::new() });
            meetings.len() - 1
        });
        if let Some(provision) = provision {
            at_provision.insert(provision, at);
        }
        if let Some(meeting) = meetings.get_mut(at) {
            for &head in &heads {
                let worst = meeting.worst.entry(head).or_default();
                *worst = (*worst).max(a.severity);
            }
            meeting.remarks.push((focus, heads));
        }
    }
    meetings
}
