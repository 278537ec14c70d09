//! Two drafts laid beside each other: made once, kept as long as it holds.

use std::sync::Arc;

use travaux::model::DraftId;
use travaux::workspace::{Change, Command, Compared, ViewCommand};

use crate::desk::Desk;

/// Both drafts of a desk.
fn both(desk: &Desk) -> (DraftId, DraftId) {
    (desk.draft(0).id, desk.draft(1).id)
}

#[test]
fn a_pair_is_compared_once_and_both_ways_are_two_pairs() {
    let mut desk = Desk::new();
    let (first, second) = both(&desk);
    assert!(desk.w.pair(first, second).is_none() && desk.w.compared(first, second).is_none());
    desk.w.want_pair(first, second);
    desk.w.settle();
    let pair = desk.w.pair(first, second).unwrap();
    let deleted = pair.comparison.rows.iter().filter(|r| r.change == Change::Deleted).count();
    assert!(deleted > 3, "{deleted}");
    desk.w.want_pair(first, second);
    desk.w.settle();
    assert!(Arc::ptr_eq(&pair, &desk.w.pair(first, second).unwrap()));
    assert!(desk.w.pair(second, first).is_none());
    assert_eq!(pair.texts()[0], &*desk.draft(0).text);
}

#[test]
fn the_last_few_pairs_are_kept() {
    let mut desk = Desk::new();
    for i in 0..3 {
        desk.add_draft(&format!("more{i}.txt"), &format!("Article {i}\n\n1. Each Party shall name {i} keepers.\n"));
    }
    let ids: Vec<DraftId> = desk.project().drafts.iter().map(|d| d.id).collect();
    let pairs: Vec<(DraftId, DraftId)> = ids.iter().flat_map(|&a| ids.iter().map(move |&b| (a, b))).collect();
    for &(a, b) in &pairs {
        desk.w.want_pair(a, b);
        desk.w.settle();
    }
    let kept: Vec<bool> = pairs.iter().map(|&(a, b)| desk.w.pair(a, b).is_some()).collect();
    assert_eq!(kept.iter().filter(|k| **k).count(), 6);
    assert!(kept[kept.len() - 6..].iter().all(|k| *k));
}

#[test]
fn what_waits_for_a_comparison_follows_it() {
    let mut desk = Desk::new();
    let (first, second) = both(&desk);
    let wish = Command::View(ViewCommand::OpenDraft(second));
    desk.w.when_compared(first, second, Some(wish.clone()));
    desk.w.settle();
    assert_eq!(desk.w.view().current, Some(second));
    desk.view(ViewCommand::OpenDraft(first));
    // It is there already.
    desk.w.when_compared(first, second, Some(wish));
    assert_eq!(desk.w.view().current, Some(second));
    assert!(matches!(desk.w.compared(first, second), Some(Compared::Ready(_))));
    // A draft that is not in the project has no comparison.
    desk.w.want_pair(first, DraftId(9));
    assert!(desk.w.compared(first, DraftId(9)).is_none());
}
