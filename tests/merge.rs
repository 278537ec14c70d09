//! The laws of joining versions of annotation sets: whatever comes, in whatever order, every copy ends as the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::prelude::*;
use travaux::model::{
    Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Citation, ConcernId, DraftId,
    Outcome, Place, Placement, Quote, Reach, ReadMark, Reply, ReplyId, TextRange, Verdict,
};
use travaux::reconcile::{Standing, joined, joined_sets};

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn anchor(at: usize) -> Anchor {
    Anchor {
        range: TextRange { start: at, end: at + 5 },
        quote: Quote { exact: format!("words at {at}"), ..Quote::default() },
        citation: Citation::to(Place::Article(at.to_string())),
        reach: Reach::Words,
    }
}

fn placements() -> impl Strategy<Value = Placement> {
    prop_oneof![
        (0..4_usize).prop_map(|at| Placement::Made(anchor(at))),
        (0..4_usize).prop_map(|at| Placement::Carried {
            anchor: anchor(at),
            from: DraftId(9),
            verdict: Verdict::Edited { similarity: 0.75 }
        }),
        (any::<bool>(), any::<bool>()).prop_map(|(deleted, reviewed)| Placement::Lost {
            from: Some(DraftId(9)),
            quote: Quote::default(),
            citation: Citation::to(Place::Text),
            deleted,
            reviewed
        }),
    ]
}

/// A version of one remark: few values, so that versions often share some.
fn versions(id: u128) -> impl Strategy<Value = Annotation> {
    let by_draft = prop::collection::btree_map(
        (0..3_u128).prop_map(DraftId),
        (placements(), prop::option::of(Just(Outcome::Met)), prop::option::of(0..4_i64)),
        0..3,
    );
    let made_of = prop::collection::btree_map((0..2_u128, 0..2_u128), 0..4_i64, 0..3);
    let concerns = prop::collection::btree_set((0..3_u128).prop_map(ConcernId), 0..3);
    (0..4_i64, "[ab]{0,2}", concerns, by_draft, made_of).prop_map(move |(changed, note, concerns, drafts, made_of)| {
        let mut a = Annotation::new(AnnotationId(id), AnnotationKind::Remark, DraftId(0), anchor(0), time(0));
        (a.note, a.concerns, a.changed) = (note, concerns, time(changed));
        a.placements.clear();
        a.made_of =
            made_of.into_iter().map(|((who, id), when)| ((AnalystId(who), AnnotationId(id)), time(when))).collect();
        for (draft, (placement, outcome, seen)) in drafts {
            a.placements.insert(draft, placement);
            a.outcomes.extend(outcome.map(|o| (draft, o)));
            a.seen.extend(seen.map(|s| (draft, time(s))));
        }
        a
    })
}

/// A version of one reply.
fn replies(id: u128) -> impl Strategy<Value = Reply> {
    (0..3_i64, 0..3_i64, "[ab]{0,2}", 0..2_u128).prop_map(move |(created, changed, text, about)| Reply {
        id: ReplyId(id),
        whose: AnalystId(2),
        about: AnnotationId(about),
        text,
        created: time(created),
        changed: time(changed),
    })
}

fn sets() -> impl Strategy<Value = AnnotationSet> {
    let annotations = (0..3_u128).prop_flat_map(versions);
    let mark = ("[12]", 0..4_i64).prop_map(|(number, when)| ReadMark {
        citation: Citation { place: Place::Article(number), points: Vec::new() },
        when: time(when),
    });
    let range = (0..3_usize).prop_map(|n| TextRange::new(n, n + 1));
    let marks = prop::collection::btree_map(range, mark, 1..3);
    let read = prop::collection::btree_map((0..2_u128).prop_map(DraftId), marks, 0..2);
    let replies = prop::collection::vec((0..3_u128).prop_flat_map(replies), 0..4);
    let annotations = prop::collection::vec(annotations, 0..4);
    ("[AB]", annotations, read, replies).prop_map(|(name, annotations, read, replies)| AnnotationSet {
        read,
        replies: replies.into_iter().map(|r| (r.id, r)).collect(),
        analyst: Analyst { id: AnalystId(1), name },
        annotations: annotations.into_iter().map(|a| (a.id, a)).collect::<BTreeMap<_, _>>(),
    })
}

proptest! {
    #[test]
    fn joining_is_idempotent_commutative_and_associative(a in sets(), b in sets(), c in sets()) {
        prop_assert_eq!(joined_sets(&a, &a), a.clone());
        let ab = joined_sets(&a, &b);
        prop_assert_eq!(&joined_sets(&b, &a), &ab);
        prop_assert_eq!(&joined_sets(&ab, &b), &ab);
        prop_assert_eq!(joined_sets(&ab, &c), joined_sets(&a, &joined_sets(&b, &c)));
    }

    #[test]
    fn nothing_is_lost(a in sets(), b in sets()) {
        let both = joined_sets(&a, &b);
        let ids: BTreeSet<_> = a.annotations.keys().chain(b.annotations.keys()).collect();
        prop_assert_eq!(both.annotations.keys().collect::<BTreeSet<_>>(), ids);
        for (draft, marks) in a.read.iter().chain(&b.read) {
            prop_assert!(marks.keys().all(|range| both.read[draft].contains_key(range)));
        }
        for (id, reply) in a.replies.iter().chain(&b.replies) {
            let whole = &both.replies[id];
            prop_assert!(whole.changed >= reply.changed && whole.created <= reply.created);
            prop_assert!(whole.changed > reply.changed || whole.text >= reply.text);
        }
        for (id, whole) in &both.annotations {
            for source in [&a, &b].iter().filter_map(|s| s.annotations.get(id)).flat_map(|v| &v.made_of) {
                prop_assert!(whole.made_of.get(source.0) >= Some(source.1), "where it came from is never forgotten");
            }
            let of: Vec<_> = [&a, &b].iter().filter_map(|s| s.annotations.get(id)).collect();
            // The words are those of the version that was changed last.
            let last = of.iter().map(|v| v.changed).max().unwrap();
            prop_assert!(of.iter().any(|v| v.changed == last && v.note == whole.note && v.concerns == whole.concerns));
            for version in of {
                for (draft, placement) in &version.placements {
                    prop_assert!(whole.placements.contains_key(draft));
                    // What a person looked at gives way only to what a person looked at.
                    prop_assert!(!placement.is_reviewed() || whole.is_reviewed_in(*draft));
                }
            }
        }
    }

    #[test]
    fn what_came_twice_is_here_already(a in versions(1), b in versions(1)) {
        let both = joined(&a, &b);
        prop_assert!(matches!(Standing::of(Some(&both), Some(&b)), Standing::Same | Standing::ChangedHere));
        prop_assert_eq!(Standing::of(Some(&both), Some(&both)), Standing::Same);
        prop_assert_eq!(Standing::of(Some(&a), Some(&both)) == Standing::Same, a == both);
    }
}

#[test]
fn newer_words_and_a_later_look_are_kept_together() {
    let mut here = Annotation::new(AnnotationId(1), AnnotationKind::Remark, DraftId(0), anchor(0), time(0));
    here.placements.insert(DraftId(1), Placement::Made(anchor(3)));
    here.seen.insert(DraftId(1), time(50));
    let mut there = here.clone();
    there.placements.insert(DraftId(1), Placement::Made(anchor(2)));
    there.seen.insert(DraftId(1), time(20));
    (there.note, there.changed) = ("newer words".into(), time(60));
    assert_eq!(Standing::of(Some(&here), Some(&there)), Standing::ChangedByBoth);
    let both = joined(&here, &there);
    assert_eq!((both.note.as_str(), &both.placements[&DraftId(1)]), ("newer words", &Placement::Made(anchor(3))));
    assert_eq!(Standing::of(Some(&both), Some(&there)), Standing::ChangedHere);
    assert_eq!(Standing::of(None, Some(&there)), Standing::New);
    assert_eq!(Standing::of(Some(&here), None), Standing::GoneThere);
}
