//! Commentaries: taken in, reviewed, made annotations of one's own, taken back.

use std::collections::BTreeSet;

use travaux::model::{Action, AnnotationKind, CommentaryDetails, CommentaryId, Recommendation, SuggestionKey};
use travaux::workspace::{
    AnnotateCommand, Choices, CodebookCommand, Command, CommentaryCommand, DraftCommand, Edited, Focus, Panel, Place,
    Review, ReviewState, ViewCommand,
};

use crate::desk::Desk;

const CONCERNS: &str = "\
Concerns about lighthouses

Missing Human Rights Safeguards: Article 1(2)(b) lacks any limit. Recommendation: Delete Article 1(2)(b).

Scope and Duration: Article 1(1) is wide. Article 7 goes too far. Limit Article 1(1) to Article 1(2)(a).
";

fn import(desk: &Desk, name: &str, text: &str, draft: usize) -> Command {
    let (path, draft) = (desk.file(name, text), desk.draft(draft).id);
    Command::Commentary(CommentaryCommand::Import { path, draft, choices: Choices::default() })
}

fn only(desk: &Desk) -> CommentaryId {
    *desk.project().commentaries.keys().next().unwrap()
}

fn review(desk: &Desk) -> &Review {
    desk.w.reviews().get(only(desk)).unwrap()
}

fn states(desk: &Desk) -> Vec<(String, ReviewState)> {
    review(desk).list().map(|(s, state)| (s.key.citation.to_string(), state)).collect()
}

fn key(desk: &Desk, at: usize) -> SuggestionKey {
    review(desk).suggestions.list[at].key.clone()
}

fn accepted(desk: &Desk) -> Vec<usize> {
    let is_accepted = |(n, (_, s)): (usize, (String, ReviewState))| matches!(s, ReviewState::Accepted(_)).then_some(n);
    states(desk).into_iter().enumerate().filter_map(is_accepted).collect()
}

/// Ines with the commentary on the first draft.
fn commented() -> Desk {
    let mut desk = Desk::new();
    let command = import(&desk, "concerns.txt", CONCERNS, 0);
    desk.changes(command);
    assert_eq!(desk.failures(), [""; 0]);
    desk
}

#[test]
fn a_file_becomes_a_commentary_with_suggestions() {
    let desk = commented();
    let commentary = &desk.project().commentaries[&only(&desk)];
    assert_eq!(commentary.name(), "Concerns about lighthouses");
    assert_eq!(commentary.slug, "concerns-about-lighthouses");
    assert_eq!(commentary.source.as_ref().unwrap().name, "concerns.txt");
    assert!(desk.w.original_of_commentary(commentary).is_some());
    let found: Vec<String> = states(&desk).into_iter().map(|(c, _)| c).collect();
    assert_eq!(found, ["1(2)(b)", "1(2)(b)", "1(1)", "7", "1(1)"]);
    assert_eq!(review(&desk).waiting, 5);
    assert!(!review(&desk).found.is_empty() && !desk.w.reviews().is_reading(only(&desk)));
}

#[test]
fn the_same_file_on_the_same_draft_is_refused_and_on_another_is_not() {
    let mut desk = commented();
    let again = import(&desk, "renamed.txt", CONCERNS, 0);
    desk.refuses(again, "enamed.txt is already here as the commentary \u{201c}Concerns about lighthouses\u{201d} on");
    let draft = desk.draft(0).id;
    let text = CONCERNS.to_owned();
    let pasted =
        Command::Commentary(CommentaryCommand::Paste { title: "Mine".into(), author: String::new(), text, draft });
    desk.refuses(pasted, "This text is already here");
    let other = import(&desk, "concerns.txt", CONCERNS, 1);
    desk.changes(other);
    assert_eq!(desk.project().commentaries.len(), 2);
    let empty = Command::Commentary(CommentaryCommand::Paste {
        title: String::new(),
        author: String::new(),
        text: " \n".into(),
        draft,
    });
    desk.refuses(empty, "no words");
    let missing = desk.place.path().join("nothing.txt");
    let choices = Choices::default();
    desk.refuses(Command::Commentary(CommentaryCommand::Import { path: missing, draft, choices }), "othing.txt");
}

#[test]
fn accepting_makes_annotations_of_ones_own() {
    let mut desk = commented();
    let id = only(&desk);
    let keys = vec![key(&desk, 1)];
    desk.changes(Command::Commentary(CommentaryCommand::Accept { id, keys: keys.clone() }));
    assert_eq!(accepted(&desk), [1]);
    let set = desk.w.own_set().unwrap();
    let a = set.annotations.values().next().unwrap();
    assert_eq!(a.note, "Recommendation: Delete Article 1(2)(b).");
    assert_eq!(a.recommendation, Some(Recommendation::to(Action::Delete)));
    assert_eq!(a.anchor_in(desk.draft(0).id).unwrap().citation.long(), "Article 1(2)(b)");
    assert!(a.concerns.contains(&desk.concern("HR")));
    let source = a.source.clone().unwrap();
    assert_eq!(
        source.line(),
        "\u{201c}Concerns about lighthouses\u{201d}, under \u{201c}Missing Human Rights Safeguards\u{201d}"
    );
    assert_eq!(&CONCERNS[source.range.start..source.range.end], a.note);
    desk.refuses(Command::Commentary(CommentaryCommand::Accept { id, keys: keys.clone() }), "accepted already");
    desk.refuses(Command::Commentary(CommentaryCommand::Reject { id, keys: keys.clone() }), "Only what waits");

    // Deleted by hand it waits again; taken back it is gone.
    let made = a_id(&desk);
    desk.annotate(AnnotateCommand::Delete(vec![made]));
    assert_eq!(accepted(&desk), [0_usize; 0]);
    desk.changes(Command::Commentary(CommentaryCommand::Accept { id, keys: keys.clone() }));
    desk.changes(Command::Commentary(CommentaryCommand::TakeBack { id, keys }));
    assert!(desk.w.own_set().unwrap().annotations.is_empty());
    assert_eq!(review(&desk).waiting, 5);
}

fn a_id(desk: &Desk) -> travaux::model::AnnotationId {
    *desk.w.own_set().unwrap().annotations.keys().next().unwrap()
}

#[test]
fn a_heading_and_all_are_one_step_each() {
    let mut desk = commented();
    let id = only(&desk);
    let heading = review(&desk).suggestions.list[0].headings[0];
    desk.changes(Command::Commentary(CommentaryCommand::AcceptHeading { id, heading }));
    assert_eq!(accepted(&desk), [0, 1]);
    let absence = desk.w.own_set().unwrap().annotations.values().filter(|a| a.kind == AnnotationKind::Absence);
    assert_eq!(absence.count(), 1);
    desk.changes(Command::Commentary(CommentaryCommand::Reject { id, keys: vec![key(&desk, 2)] }));
    desk.changes(Command::Commentary(CommentaryCommand::AcceptAll(id)));
    // Article 7 is not in the draft: it waits for a person.
    assert_eq!(accepted(&desk), [0, 1, 4]);
    assert_eq!(states(&desk)[2].1, ReviewState::Rejected);
    assert_eq!(states(&desk)[3].1, ReviewState::Waiting);
    desk.refuses(Command::Commentary(CommentaryCommand::AcceptAll(id)), "choose where it is to stand");

    let provision = desk.provision(desk.draft(0).id, "2(1)");
    let edited = Box::new(Edited {
        provision: Some(provision),
        kind: AnnotationKind::Remark,
        concerns: BTreeSet::new(),
        severity: None,
        note: "As I see it".into(),
        recommendation: None,
    });
    let at = key(&desk, 3);
    desk.changes(Command::Commentary(CommentaryCommand::AcceptAs { id, key: at.clone(), edited: edited.clone() }));
    desk.refuses(Command::Commentary(CommentaryCommand::AcceptAs { id, key: at, edited }), "accepted already");
    assert_eq!(desk.w.own_set().unwrap().annotations.len(), 4);
}

#[test]
fn provisions_know_what_is_asked_of_them() {
    let mut desk = commented();
    let draft = desk.draft(0).id;
    let text = "Delete Article 1(2)(b). Keep Article 1(1).".to_owned();
    desk.changes(Command::Commentary(CommentaryCommand::Paste {
        title: "Short".into(),
        author: String::new(),
        text,
        draft,
    }));
    let at = desk.provision(draft, "1(2)(b)");
    assert_eq!(desk.w.reviews().asked(draft, at).unwrap().line(), "2 commentaries: delete 2");
    let first = desk.provision(draft, "1(1)");
    assert_eq!(desk.w.reviews().asked(draft, first).unwrap().line(), "2 commentaries: limit 1, retain 1");
    let table = desk.w.reviews().positions(desk.project(), draft);
    assert_eq!((table.commentaries.len(), table.rows.len()), (2, 2));
    assert_eq!(table.rows[0].1[0].len(), 2, "the commentary speaks of it in two places");
    // What is rejected does not count.
    let keys = vec![key_of(&desk, "Short", 0)];
    let short = desk.project().commentaries.values().find(|c| c.details.title == "Short").unwrap().id;
    desk.changes(Command::Commentary(CommentaryCommand::Reject { id: short, keys }));
    assert_eq!(desk.w.reviews().asked(draft, at).unwrap().line(), "1 commentary: delete 1");
}

fn key_of(desk: &Desk, title: &str, at: usize) -> SuggestionKey {
    let id = desk.project().commentaries.values().find(|c| c.details.title == title).unwrap().id;
    desk.w.reviews().get(id).unwrap().suggestions.list[at].key.clone()
}

#[test]
fn suggestions_follow_the_codebook_and_survive_a_restart() {
    let mut desk = commented();
    let id = only(&desk);
    let hr = desk.concern("HR");
    desk.changes(Command::Commentary(CommentaryCommand::Reject { id, keys: vec![key(&desk, 2)] }));
    let proposes = |desk: &Desk| review(desk).suggestions.list[0].concerns.iter().any(|t| t.concern == hr);
    assert!(proposes(&desk));
    desk.changes(Command::Codebook(CodebookCommand::Retire { id: hr, retired: true }));
    assert!(!proposes(&desk), "a retired concern is offered no more");
    desk.changes(Command::Commentary(CommentaryCommand::SetDetails {
        id,
        details: CommentaryDetails { title: "On lights".into(), author: "Light Watch".into(), ..<_>::default() },
    }));
    desk.restart();
    assert_eq!(states(&desk)[2].1, ReviewState::Rejected);
    assert_eq!(desk.project().commentaries[&id].details.author, "Light Watch");
    let first = desk.draft(0).id;
    desk.refuses(Command::Draft(DraftCommand::Remove(first)), "1 commentary speaks about");
    desk.changes(Command::Commentary(CommentaryCommand::Remove(id)));
    assert!(desk.w.reviews().get(id).is_none());
}

fn view(desk: &mut Desk, command: ViewCommand) {
    desk.w.run(Command::View(command));
}

/// The sentence of the suggestion that is looked at.
fn looked_at(desk: &Desk) -> String {
    let key = desk.w.view().suggestion.clone().expect("a suggestion is looked at");
    review(desk).get(&key).unwrap().0.note.clone()
}

#[test]
fn suggestions_are_gone_through_in_order() {
    let mut desk = commented();
    let id = only(&desk);
    // It stands beside its draft once it has come in.
    assert_eq!(desk.w.beside().map(|c| c.id), Some(id));
    assert_eq!((desk.w.view().place, desk.w.view().panel), (Place::Read, Panel::Suggestions));
    assert_eq!(desk.w.review_rows().len(), 5);
    let stops = desk.w.view().back.len();
    view(&mut desk, ViewCommand::CycleSuggestion(1));
    assert_eq!(looked_at(&desk), "Article 1(2)(b) lacks any limit.");
    let draft = desk.draft(0).clone();
    let marked = desk.w.view().marked[0].of(&draft.text).unwrap();
    assert!(marked.starts_with("(b)"), "what is cited is marked: {marked}");
    assert_eq!(desk.w.view().leaf_scroll.unwrap().commentary, id);
    view(&mut desk, ViewCommand::CycleSuggestion(-1));
    assert_eq!(looked_at(&desk), "Limit Article 1(1) to Article 1(2)(a).");
    view(&mut desk, ViewCommand::CycleSuggestion(1));
    view(&mut desk, ViewCommand::CycleSuggestion(1));
    assert_eq!(looked_at(&desk), "Recommendation: Delete Article 1(2)(b).");
    assert_eq!(desk.w.view().back.len(), stops + 1, "going through them is one way");

    // One that is decided is no longer among those that wait; the next takes its place.
    desk.changes(Command::Commentary(CommentaryCommand::Reject { id, keys: vec![key(&desk, 1)] }));
    assert_eq!(desk.w.review_rows().len(), 4);
    view(&mut desk, ViewCommand::CycleSuggestion(1));
    assert_eq!(looked_at(&desk), "Article 1(1) is wide.");
    view(&mut desk, ViewCommand::ToggleDecided);
    assert_eq!(desk.w.review_rows().len(), 5);

    // Of another draft there is none.
    let other = desk.draft(1).id;
    view(&mut desk, ViewCommand::OpenDraft(other));
    assert!(desk.w.beside().is_none() && desk.w.reviewed().is_none() && desk.w.review_rows().is_empty());
    view(&mut desk, ViewCommand::OpenCommentary(id));
    assert_eq!(desk.w.draft().map(|d| d.id), Some(draft.id));
    view(&mut desk, ViewCommand::CloseCommentary);
    assert!(desk.w.beside().is_none() && desk.w.reviewed().is_some());
}

#[test]
fn a_provision_and_an_annotation_lead_to_what_was_said() {
    let mut desk = commented();
    let id = only(&desk);
    let draft = desk.draft(0).id;
    let at = desk.provision(draft, "1(2)(b)");
    desk.changes(Command::Commentary(CommentaryCommand::AcceptAll(id)));
    view(&mut desk, ViewCommand::ReviewOf(Some((draft, at))));
    assert!(desk.w.view().decided_shown, "none of them waits");
    assert_eq!(desk.w.review_rows().len(), 2);
    assert_eq!(looked_at(&desk), "Article 1(2)(b) lacks any limit.");
    view(&mut desk, ViewCommand::ReviewOf(None));
    assert_eq!(desk.w.review_rows().len(), 5);

    let analyst = desk.w.analyst().unwrap().id;
    let ReviewState::Accepted(annotation) = states(&desk)[1].1 else { panic!("it was accepted") };
    let focus = Focus { analyst, annotation };
    view(&mut desk, ViewCommand::CloseCommentary);
    view(&mut desk, ViewCommand::ShowOrigin(focus));
    assert_eq!(looked_at(&desk), "Recommendation: Delete Article 1(2)(b).");
    assert_eq!(desk.w.view().focus, Some(focus));
    // Also where nobody knows any more which suggestion it was.
    desk.changes(Command::Codebook(CodebookCommand::Add { name: "Fog".into(), parent: None }));
    view(&mut desk, ViewCommand::CloseCommentary);
    view(&mut desk, ViewCommand::ShowOrigin(focus));
    assert_eq!(desk.w.beside().map(|c| c.id), Some(id));
    desk.changes(Command::Commentary(CommentaryCommand::Remove(id)));
    view(&mut desk, ViewCommand::ShowOrigin(focus));
    assert!(desk.w.notices().latest().unwrap().text.contains("is not in this project"));
}
