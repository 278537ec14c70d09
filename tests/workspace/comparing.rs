//! Two drafts laid beside each other: made once, kept as long as it holds.

use std::sync::Arc;

use travaux::model::DraftId;
use travaux::workspace::{
    Change, Command, CompareCommand, CompareFilter, ComparePage, Compared, Item, Place, ViewCommand,
};

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

/// Going to the place compares, and nothing of it changes the project.
fn compared(desk: &mut Desk) {
    let (first, second) = both(desk);
    desk.view(ViewCommand::OpenDraft(second));
    desk.view(ViewCommand::Go(Place::Compare));
    assert_eq!(desk.w.view().compare.drafts, Some((first, second)));
    assert!(desk.w.pair(first, second).is_some());
}

#[test]
fn every_paragraph_of_both_drafts_is_shown_once() {
    let mut desk = Desk::new();
    desk.add_draft("third.txt", "Article 1\nKeepers\n\n1. Each Party shall name a keeper for every light.\n2. A keeper shall:\n(a)\nrecord every ship;\n\nArticle 2\n\n###\n");
    compared(&mut desk);
    let ids: Vec<DraftId> = desk.project().drafts.iter().map(|d| d.id).collect();
    for (old, new) in [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (0, 0)] {
        desk.w.want_pair(ids[old], ids[new]);
        desk.w.settle();
        let pair = desk.w.pair(ids[old], ids[new]).unwrap();
        let rows = &pair.comparison.rows;
        let mut olds: Vec<_> = rows.iter().filter(|r| r.change != Change::MovedHere).filter_map(|r| r.old).collect();
        let mut news: Vec<_> = rows.iter().filter(|r| r.change != Change::MovedAway).filter_map(|r| r.new).collect();
        let in_order = news.clone();
        olds.sort_by_key(|r| r.start);
        news.sort_by_key(|r| r.start);
        assert_eq!(in_order, news, "the newer draft keeps its order");
        assert_eq!(olds, desk.draft(old).outline.blocks, "{old} to {new}");
        assert_eq!(news, desk.draft(new).outline.blocks, "{old} to {new}");
        if old == new {
            assert!(rows.iter().all(|r| !r.is_changed()));
        }
    }
}

#[test]
fn the_comparison_is_walked_filtered_and_kept() {
    let mut desk = Desk::new();
    compared(&mut desk);
    let (first, second) = both(&desk);
    let steps = desk.w.listing().unwrap().stops.clone();
    assert!(steps.len() > 5, "{steps:?}");
    desk.run(Command::Compare(CompareCommand::GoTo(steps[0])));
    desk.run(Command::Compare(CompareCommand::Step(1)));
    assert_eq!(desk.w.view().compare.row, steps[1]);
    desk.run(Command::Compare(CompareCommand::Step(-1)));
    desk.run(Command::Compare(CompareCommand::Step(-1)));
    assert_eq!(desk.w.view().compare.row, steps[steps.len() - 1]);

    let id = desk.remark(first, "hand the records over", &[]);
    assert!(desk.own(id).concerns.is_empty());
    desk.run(Command::Compare(CompareCommand::Filter(CompareFilter::Mine)));
    let (listing, pair) = (desk.w.listing().unwrap().clone(), desk.w.pair(first, second).unwrap());
    assert_eq!(listing.stops.len(), 1);
    let row = &pair.comparison.rows[listing.stops[0]];
    assert!(row.old.unwrap().of(&desk.draft(0).text).unwrap().contains("hand the records over"));
    assert_eq!(desk.w.view().compare.row, listing.stops[0], "what is not shown is not read");
    let rows: Vec<usize> =
        listing.items.iter().filter_map(|i| if let Item::Row(row) = i { Some(*row) } else { None }).collect();
    assert!(rows.len() > 1 && rows.iter().all(|r| *r == listing.stops[0] || pair.tally.heads[*r]));
    let shown: usize = listing.items.iter().map(|i| if let Item::Fold(n) = i { *n } else { 1 }).sum();
    assert_eq!(shown, pair.comparison.rows.len());

    // The same place is found in another pair, and the other way round.
    desk.run(Command::Compare(CompareCommand::Filter(CompareFilter::All)));
    desk.run(Command::Compare(CompareCommand::Swap));
    assert_eq!(desk.w.view().compare.drafts, Some((second, first)));
    let pair = desk.w.pair(second, first).unwrap();
    let row = &pair.comparison.rows[desk.w.view().compare.row];
    assert!(row.new.unwrap().of(&desk.draft(0).text).unwrap().contains("hand the records over"));
    desk.run(Command::Compare(CompareCommand::Page(ComparePage::Redline)));
    desk.restart();
    let view = desk.w.view().compare;
    assert_eq!((view.drafts, view.page), (Some((second, first)), ComparePage::Redline));
    assert!(desk.w.pair(second, first).is_some(), "it is compared again");
}

#[test]
fn counts_add_up_by_article() {
    let mut desk = Desk::new();
    compared(&mut desk);
    let (first, second) = both(&desk);
    let pair = desk.w.pair(first, second).unwrap();
    let tally = &pair.tally;
    assert_eq!(tally.unit_of.len(), pair.comparison.rows.len());
    assert_eq!(tally.put_in, tally.units.iter().map(|u| u.put_in).sum::<usize>());
    assert_eq!(tally.struck, tally.units.iter().map(|u| u.struck).sum::<usize>());
    let article = |n: &str| {
        let index = desk.provision(second, n);
        tally.units.iter().find(|u| u.new == Some(index)).unwrap()
    };
    let records = article("2");
    assert_eq!((records.put_in, records.struck), (1, 9), "thirty became ninety, and the office is gone");
    assert!(records.words.contains("edited"), "{records:?}");
}

#[test]
fn a_clause_is_followed_from_any_draft() {
    let mut desk = Desk::new();
    desk.add_draft("third.txt", crate::desk::SECOND);
    let ids: Vec<DraftId> = desk.project().drafts.iter().map(|d| d.id).collect();
    for &draft in &ids {
        let provision = desk.provision(draft, "2(1)");
        desk.run(Command::Compare(CompareCommand::History { draft, provision }));
        let lineage = desk.w.lineage().unwrap().clone();
        let seen: Vec<Option<String>> = lineage
            .steps
            .iter()
            .zip(&desk.project().drafts)
            .map(|(step, d)| step.provision.map(|p| d.outline.citation(p).to_string()))
            .collect();
        assert_eq!(seen, [Some("2(1)".to_owned()), Some("2(1)".into()), Some("2(1)".into())]);
        let words: Vec<&str> = lineage.steps.iter().map(|s| s.words.as_str()).collect();
        assert_eq!(words, ["", "edited", "unchanged"]);
        assert_eq!(lineage.steps.iter().map(|s| s.rows.len()).collect::<Vec<_>>(), [0, 1, 1]);
    }
    // What is gone is gone from then on.
    let provision = desk.provision(ids[0], "2(2)");
    desk.run(Command::Compare(CompareCommand::History { draft: ids[0], provision }));
    let lineage = desk.w.lineage().unwrap();
    let seen: Vec<bool> = lineage.steps.iter().map(|s| s.provision.is_some()).collect();
    assert_eq!(seen, [true, false, false]);
    assert_eq!(lineage.steps[1].words, "deleted");
    // Another draft in the project makes it another history.
    let fourth = crate::desk::FIRST.replace("First session, 4 May 2024", "Third session, 4 May 2026");
    desk.add_draft("fourth.txt", &fourth);
    desk.view(ViewCommand::Go(Place::Compare));
    let lineage = desk.w.lineage().unwrap();
    assert_eq!(lineage.steps.len(), 4);
    // It comes back, and is set against the last draft it stood in; the same from the other end.
    let seen: Vec<bool> = lineage.steps.iter().map(|s| s.provision.is_some()).collect();
    assert_eq!(seen, [true, false, false, true]);
    assert_eq!((lineage.steps[3].since, lineage.steps[3].words.as_str()), (Some(ids[0]), "unchanged"));
    assert!(!lineage.steps[3].rows.is_empty());
    assert_eq!((lineage.steps[2].since, lineage.steps[2].rows.len()), (None, 0));
    let last = desk.draft(3).id;
    let provision = desk.provision(last, "2(2)");
    desk.run(Command::Compare(CompareCommand::History { draft: last, provision }));
    let lineage = desk.w.lineage().unwrap();
    let seen: Vec<bool> = lineage.steps.iter().map(|s| s.provision.is_some()).collect();
    assert_eq!(seen, [true, false, false, true]);
    assert_eq!(lineage.steps[3].since, Some(ids[0]));
}
