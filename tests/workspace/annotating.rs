//! One's own annotations.

use std::collections::BTreeSet;

use travaux::model::{
    Action, AnnotationId, AnnotationKind, ProvisionIndex, Reach, Recommendation, Severity, Status, TextRange,
};
use travaux::workspace::{AnnotateCommand, Command, Focus, ViewCommand};

use crate::desk::Desk;

fn changes(desk: &mut Desk, command: AnnotateCommand) {
    desk.changes(Command::Annotate(command));
}

#[test]
fn words_are_highlighted_and_tagged_in_one_step() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let mut range = desk.words(draft, "hand the records over");
    // A selection often takes the white space around the words with it.
    range.start -= 1;
    range.end += 1;
    let concerns = BTreeSet::from([desk.concern("SC"), desk.concern("DP")]);
    changes(&mut desk, AnnotateCommand::Words { draft, range, concerns: concerns.clone() });
    let set = desk.w.own_set().unwrap();
    assert_eq!((set.analyst.name.as_str(), set.annotations.len()), ("Ines", 1));
    let remark = set.annotations.values().next().unwrap();
    let anchor = remark.anchor_in(draft).unwrap();
    assert_eq!(
        (anchor.quote.exact.as_str(), anchor.citation.long().as_str()),
        ("hand the records over", "Article 1(2)(b)")
    );
    assert_eq!((remark.kind, anchor.reach, &remark.concerns), (AnnotationKind::Remark, Reach::Words, &concerns));
    assert!(desk.w.history().undo_label().unwrap().starts_with("tag Article 1(2)(b) with \u{201c}"));
    // Its card is open, and undoing takes it and the set away again.
    assert_eq!(desk.w.view().focus, Some(Focus { analyst: set.analyst.id, annotation: remark.id }));
    desk.run(Command::Undo);
    assert_eq!((desk.w.own_set(), desk.w.view().focus), (None, None));
}

#[test]
fn nothing_selected_is_nothing_highlighted() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    for range in [TextRange::default(), TextRange { start: 31, end: 32 }, TextRange { start: 99_999, end: 100_000 }] {
        let command = AnnotateCommand::Words { draft, range, concerns: BTreeSet::new() };
        desk.refuses(Command::Annotate(command), "Select some words first");
    }
    let nowhere = ProvisionIndex(999);
    let command = AnnotateCommand::Provision {
        draft,
        provision: nowhere,
        kind: AnnotationKind::Remark,
        concerns: BTreeSet::new(),
    };
    desk.refuses(Command::Annotate(command), "That provision is not in the draft");
}

#[test]
fn a_whole_provision_and_what_it_lacks() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let provision = desk.provision(draft, "1(2)");
    for kind in [AnnotationKind::Remark, AnnotationKind::Absence] {
        changes(&mut desk, AnnotateCommand::Provision { draft, provision, kind, concerns: BTreeSet::new() });
        let id = desk.w.view().focus.map(|f| f.annotation).unwrap();
        let anchor = desk.own(id).anchor_in(draft).unwrap();
        assert_eq!(
            (desk.own(id).kind, anchor.reach, anchor.citation.to_string().as_str()),
            (kind, Reach::Provision, "1(2)")
        );
        assert!(
            anchor.quote.exact.starts_with("2. A keeper shall:") && anchor.quote.exact.ends_with("tell no one else.")
        );
    }
    assert_eq!(desk.w.history().undo_label(), Some("note an absence in Article 1(2)"));
}

#[test]
fn every_field_changes_and_changes_back() {
    let mut desk = Desk::new();
    let (draft, other) = (desk.draft(0).id, desk.draft(1).id);
    let id = desk.remark(draft, "record every ship", &["SC"]);
    let (sc, dp) = (desk.concern("SC"), desk.concern("DP"));
    let created = desk.own(id).changed;
    changes(&mut desk, AnnotateCommand::ToggleConcern { id, concern: dp });
    changes(&mut desk, AnnotateCommand::ToggleConcern { id, concern: sc });
    assert_eq!(desk.own(id).concerns, BTreeSet::from([dp]));
    assert!(desk.own(id).changed > created && desk.own(id).created <= created);
    for severity in [Some(Severity::Low), Some(Severity::Critical), None] {
        changes(&mut desk, AnnotateCommand::SetSeverity { id, severity });
        assert_eq!(desk.own(id).severity, severity);
    }
    desk.ignores(Command::Annotate(AnnotateCommand::SetSeverity { id, severity: None }));
    for status in [Status::ForReview, Status::Agreed, Status::Draft] {
        changes(&mut desk, AnnotateCommand::SetStatus { id, status });
        assert_eq!(desk.own(id).status, status);
    }
    for kind in [AnnotationKind::Absence, AnnotationKind::Remark] {
        changes(&mut desk, AnnotateCommand::SetKind { id, kind });
        assert_eq!(desk.own(id).kind, kind);
    }
    let recommendation = Recommendation {
        action: Action::Limit,
        targets: vec!["Articles 1 and 2".into()],
        proposed: "of more than thirty tonnes".into(),
        supports: "the proposal of the islands".into(),
    };
    changes(&mut desk, AnnotateCommand::SetRecommendation { id, recommendation: Some(recommendation.clone()) });
    assert_eq!(desk.own(id).recommendation, Some(recommendation));
    assert_eq!(desk.w.history().undo_label(), Some("recommend to limit"));
    desk.view(ViewCommand::Focus(None));
    changes(&mut desk, AnnotateCommand::SetRecommendation { id, recommendation: None });
    changes(&mut desk, AnnotateCommand::SetNote { id, note: "Every ship?".into() });
    let range = desk.words(draft, "record every ship;\n(b) hand the records over");
    changes(&mut desk, AnnotateCommand::SetRange { id, draft, range });
    let anchor = desk.own(id).anchor_in(draft).unwrap();
    assert_eq!((anchor.range, anchor.citation.to_string().as_str()), (range, "1(2)"));
    let range = desk.words(other, "two keepers");
    changes(&mut desk, AnnotateCommand::SetRange { id, draft: other, range });
    assert_eq!(desk.own(id).placements.len(), 2);
    desk.ignores(Command::Annotate(AnnotateCommand::SetRange { id, draft, range: TextRange::default() }));
}

#[test]
fn words_are_stretched_one_by_one() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let id = desk.remark(draft, "name a keeper", &[]);
    let quote = |desk: &Desk| desk.own(id).anchor_in(draft).unwrap().quote.exact.clone();
    for (start, words, expected) in [
        (false, 2, "name a keeper for every"),
        (true, 1, "a keeper for every"),
        (true, -3, "Party shall name a keeper for every"),
        (false, -4, "Party shall name"),
    ] {
        changes(&mut desk, AnnotateCommand::Stretch { id, start, words });
        assert_eq!(quote(&desk), expected);
    }
    // Never to nothing.
    desk.ignores(Command::Annotate(AnnotateCommand::Stretch { id, start: false, words: -99 }));
    desk.ignores(Command::Annotate(AnnotateCommand::Stretch { id: AnnotationId(5), start: false, words: 1 }));
}

#[test]
fn typing_is_one_step_until_the_focus_moves() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let (one, two) = (desk.remark(draft, "every light", &[]), desk.remark(draft, "thirty days", &[]));
    let analyst = desk.w.analyst().unwrap().id;
    let steps = desk.w.history().len();
    let type_note = |desk: &mut Desk, id, words: &str| {
        for end in 1..=words.len() {
            desk.annotate(AnnotateCommand::SetNote { id, note: words[..end].into() });
        }
    };
    type_note(&mut desk, one, "Why every one?");
    assert_eq!(desk.w.history().len(), steps + 1);
    desk.run(Command::Undo);
    assert_eq!(desk.own(one).note, "");
    desk.run(Command::Redo);
    assert_eq!(desk.own(one).note, "Why every one?");
    // What is typed after an undo is a step of its own, and so is what is typed after looking elsewhere.
    type_note(&mut desk, one, "Because");
    desk.view(ViewCommand::Focus(Some(Focus { analyst, annotation: two })));
    type_note(&mut desk, one, "So");
    desk.view(ViewCommand::ShowAnnotation(Focus { analyst, annotation: two }));
    desk.view(ViewCommand::ShowAnnotation(Focus { analyst, annotation: one }));
    type_note(&mut desk, one, "Now");
    for note in ["So", "Because", "Why every one?", ""] {
        desk.run(Command::Undo);
        assert_eq!(desk.own(one).note, note);
    }
    // Two notes typed in turn do not run together.
    type_note(&mut desk, one, "a");
    type_note(&mut desk, two, "b");
    type_note(&mut desk, one, "c");
    assert_eq!(desk.w.history().len(), steps + 3);
    assert_eq!(desk.w.history().redo_label(), None, "what was undone is gone once something else is done");
}

#[test]
fn a_recommendation_that_is_typed_is_named_by_what_it_became() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let id = desk.remark(draft, "every light", &[]);
    let steps = desk.w.history().len();
    for action in [Action::Delete, Action::Amend] {
        let recommendation = Some(Recommendation::to(action));
        desk.annotate(AnnotateCommand::SetRecommendation { id, recommendation });
    }
    assert_eq!((desk.w.history().len(), desk.w.history().undo_label()), (steps + 1, Some("recommend to amend")));
}

#[test]
fn a_note_has_a_length() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let id = desk.remark(draft, "every light", &[]);
    desk.annotate(AnnotateCommand::SetNote { id, note: "é".repeat(150_000) });
    assert_eq!(desk.own(id).note.len(), 200_000);
    assert!(desk.said().starts_with("A note holds at most"));
}

#[test]
fn deleting_is_one_step_and_undone_shows_the_place() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let ids = [desk.remark(draft, "every light", &["SC"]), desk.remark(draft, "thirty days", &["DP"])];
    changes(&mut desk, AnnotateCommand::Delete(vec![ids[0], ids[1], ids[0]]));
    assert_eq!(desk.w.history().undo_label(), Some("delete 2 annotations"));
    assert_eq!(desk.w.view().focus, None);
    let second = desk.draft(1).id;
    desk.view(ViewCommand::OpenDraft(second));
    desk.run(Command::Undo);
    assert_eq!(desk.w.own_set().unwrap().annotations.len(), 2);
    assert_eq!(desk.w.view().current, Some(draft), "undo shows where it happened");
    let start = desk.words(draft, "every light").start;
    assert_eq!(desk.w.view().scroll.map(|s| (s.draft, s.offset)), Some((draft, start)));
    desk.refuses(Command::Annotate(AnnotateCommand::Delete(vec![AnnotationId(5)])), "Only one's own annotations");
    let absent = AnnotateCommand::SetNote { id: AnnotationId(5), note: "x".into() };
    desk.refuses(Command::Annotate(absent), "Only one's own annotations");
}

#[test]
fn a_session_is_undone_to_its_beginning_and_done_again() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let start = desk.project().clone();
    let steps = desk.w.history().len();
    for n in 0..40 {
        let id = desk.remark(draft, "every light", &["SC"]);
        desk.annotate(AnnotateCommand::SetNote { id, note: format!("note {n}") });
        if n % 3 == 0 {
            desk.annotate(AnnotateCommand::Delete(vec![id]));
        }
    }
    let end = desk.project().clone();
    let taken = desk.w.history().len() - steps;
    assert_eq!(taken, 94);
    for _ in 0..taken {
        desk.run(Command::Undo);
    }
    assert_eq!(desk.project(), &start);
    for _ in 0..taken {
        desk.run(Command::Redo);
    }
    assert_eq!(desk.project(), &end);
    desk.refuses(Command::Redo, "There is nothing to redo");
    // Undone steps are undone on the disk as well.
    for _ in 0..taken {
        desk.run(Command::Undo);
    }
    desk.restart();
    assert_eq!(desk.project(), &start);
    desk.refuses(Command::Undo, "There is nothing to undo");
}

#[test]
fn what_the_journal_cannot_keep_is_not_shown() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let id = desk.remark(draft, "every light", &[]);
    desk.w.save();
    desk.w.settle();
    // As when the disk is full: the journal's folder cannot be made.
    let journal = desk.folder().join(".travaux/journal");
    std::fs::remove_dir_all(&journal).unwrap();
    std::fs::write(&journal, "in the way").unwrap();
    let note = AnnotateCommand::SetNote { id, note: "lost?".into() };
    desk.refuses(Command::Annotate(note.clone()), "Could not keep a change");
    let steps = desk.w.history().len();
    desk.refuses(Command::Undo, "Could not keep a change");
    std::fs::remove_file(&journal).unwrap();
    desk.changes(Command::Annotate(note));
    assert_eq!(desk.w.history().len(), steps + 1);
    desk.restart();
    assert_eq!(desk.own(id).note, "lost?");
}
