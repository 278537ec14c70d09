//! Searching through commands, and files out.

use std::collections::BTreeSet;
use std::fs;

use travaux::workspace::{
    AnnotateCommand, Command, CommentaryCommand, ExportCommand, Place, SearchCommand, ViewCommand, Workspace,
};

use crate::desk::Desk;

fn search(desk: &mut Desk, command: SearchCommand) {
    let before = desk.w.project().cloned();
    desk.run(Command::Search(command));
    assert_eq!(desk.w.project(), before.as_ref(), "searching must not change the project");
}

/// `First 1(1)`, and `First 1(1) #` for a note.
fn found(desk: &Desk) -> Vec<String> {
    let hits = &desk.w.search().results.as_ref().unwrap().hits;
    let line = |h: &travaux::search::Hit| {
        let note = if h.annotation.is_some() { " #" } else { "" };
        format!("{} {}{note}", desk.project().draft(h.draft).unwrap().name(), h.citation)
    };
    hits.iter().map(line).collect()
}

fn asked(desk: &mut Desk, question: &str) -> Vec<String> {
    search(desk, SearchCommand::Ask(question.into()));
    assert_eq!(desk.w.search().error, None, "{question}");
    found(desk)
}

#[test]
fn questions_are_answered_and_follow_what_changes() {
    let mut desk = Desk::new();
    let first = desk.draft(0).id;
    desk.view(ViewCommand::Go(Place::Search));
    assert_eq!(asked(&mut desk, "kept records"), ["First 2(1)", "Second 2(1)"]);
    assert_eq!(asked(&mut desk, "\"thirty days\""), ["First 2(1)"]);
    assert_eq!(asked(&mut desk, "days NOT thirty"), ["Second 2(1)"]);
    let id = desk.remark(first, "every light", &["SC"]);
    desk.annotate(AnnotateCommand::SetNote { id, note: "What about days of fog?".into() });
    assert_eq!(asked(&mut desk, "days"), ["First 1(1) #", "First 2(1)", "Second 2(1)"]);
    assert_eq!(asked(&mut desk, "name concern:SC"), ["First 1(1)"]);
    // The answer follows the project without being asked again.
    search(&mut desk, SearchCommand::Ask("days".into()));
    desk.annotate(AnnotateCommand::Delete(vec![id]));
    desk.w.settle();
    assert_eq!(found(&desk), ["First 2(1)", "Second 2(1)"]);
    desk.run(Command::Undo);
    desk.w.settle();
    assert_eq!(found(&desk).len(), 3);
    search(&mut desk, SearchCommand::Ask("  ".into()));
    assert!(desk.w.search().results.is_none());
}

#[test]
fn a_mistake_in_the_question_is_explained() {
    let mut desk = Desk::new();
    for wrong in ["(keeper", "\"keeper", "keeper AND", "/keep(er/", "NOT"] {
        search(&mut desk, SearchCommand::Ask(wrong.into()));
        let error = desk.w.search().error.clone().unwrap_or_else(|| panic!("{wrong} has no mistake"));
        assert!(!error.message.is_empty() && error.range.end <= wrong.len());
    }
    assert_eq!(asked(&mut desk, "fog"), ["Second 1(2)"]);
}

#[test]
fn the_answer_is_restricted_and_ranked() {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    desk.remark(first, "Records are kept", &["DP"]);
    let me = desk.w.analyst().unwrap().id;
    assert_eq!(asked(&mut desk, "days"), ["First 2(1)", "Second 2(1)"]);
    search(&mut desk, SearchCommand::Drafts(BTreeSet::from([second])));
    assert_eq!(found(&desk), ["Second 2(1)"]);
    search(&mut desk, SearchCommand::Drafts(BTreeSet::new()));
    let dp = desk.concern("DP");
    search(&mut desk, SearchCommand::Concerns(BTreeSet::from([dp])));
    assert_eq!(found(&desk), ["First 2(1)"]);
    search(&mut desk, SearchCommand::Concerns(BTreeSet::new()));
    search(&mut desk, SearchCommand::Analysts(BTreeSet::from([me])));
    assert_eq!(found(&desk), ["First 2(1)"]);
    search(&mut desk, SearchCommand::Analysts(BTreeSet::new()));
    assert_eq!(found(&desk).len(), 2);
    search(&mut desk, SearchCommand::Ask("keeper OR light".into()));
    search(&mut desk, SearchCommand::Ranked(true));
    let scores: Vec<f32> = desk.w.search().results.as_ref().unwrap().hits.iter().map(|h| h.score).collect();
    assert!(scores.len() > 2 && scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    search(&mut desk, SearchCommand::Ranked(false));
    assert!(found(&desk)[0].starts_with("First"));
}

#[test]
fn a_hit_opens_with_its_words_marked() {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    let id = desk.remark(first, "every light", &[]);
    desk.annotate(AnnotateCommand::SetNote { id, note: "ninety lights".into() });
    desk.view(ViewCommand::Go(Place::Search));
    assert_eq!(asked(&mut desk, "ninety"), ["First 1(1) #", "Second 2(1)"]);
    search(&mut desk, SearchCommand::Open(1));
    let view = desk.w.view();
    assert_eq!((view.place, view.current, desk.w.search().current), (Place::Read, Some(second), Some(1)));
    assert_eq!(view.marked, [desk.words(second, "ninety")]);
    assert_eq!(view.scroll.map(|s| s.offset), Some(desk.words(second, "ninety").start));
    desk.view(ViewCommand::Back);
    assert_eq!(desk.w.view().place, Place::Search);
    search(&mut desk, SearchCommand::Open(0));
    assert_eq!((desk.w.view().current, desk.w.view().focus.map(|f| f.annotation)), (Some(first), Some(id)));
    search(&mut desk, SearchCommand::Open(99));
    assert_eq!(desk.w.search().current, Some(0));
}

#[test]
fn what_changed_since_a_draft_is_found_once_it_is_compared() {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    search(&mut desk, SearchCommand::Ask("changed:since(First) kind:paragraph".into()));
    desk.w.settle();
    let changed = found(&desk);
    assert!(desk.w.compared(first, second).is_some());
    assert!(changed.contains(&"Second 1(2)".to_owned()) && !changed.contains(&"First 1(2)".to_owned()), "{changed:?}");
    let results = desk.w.search().results.as_ref().unwrap();
    assert!(results.notices.is_empty() && results.uncompared.is_empty(), "{:?}", results.notices);
    // What is known stays known when other questions are asked, and goes with the text it was about.
    assert_eq!(asked(&mut desk, "changed:since(First) fog"), ["Second 1(2)"]);
    assert_eq!(asked(&mut desk, "changed:since(Second)"), [""; 0]);
}

#[test]
fn the_words_of_a_commentary_are_found_and_shown() {
    let mut desk = Desk::new();
    let first = desk.draft(0).id;
    let text = "On lights\n\nArticle 1 lets zebras keep every light.".to_owned();
    let command = CommentaryCommand::Paste { title: "Zebras".into(), author: String::new(), text, draft: first };
    desk.run(Command::Commentary(command));
    desk.w.settle();
    desk.view(ViewCommand::Go(Place::Search));
    assert_eq!(asked(&mut desk, "zebras"), [""; 0]);
    search(&mut desk, SearchCommand::Ask("zebras in:commentary".into()));
    let hit = desk.w.search().results.as_ref().unwrap().hits[0].clone();
    search(&mut desk, SearchCommand::Open(0));
    let view = desk.w.view();
    assert_eq!((view.place, view.current, view.commentary), (Place::Read, Some(first), hit.commentary));
    let wish = view.leaf_scroll.unwrap();
    assert_eq!((Some(wish.commentary), wish.range), (hit.commentary, hit.marks[0]));
    let text = &desk.project().commentaries[&wish.commentary].text;
    assert_eq!(wish.range.of(text), Some("zebras"));
}

#[test]
fn what_can_come_next_in_a_question_is_offered() {
    let desk = Desk::new();
    let offered = |text: &str| -> Vec<String> {
        desk.w.complete_query(text, text.len()).entries.into_iter().map(|e| e.insert).collect()
    };
    assert_eq!(offered("draft:f"), ["First", "first"]);
    assert_eq!(offered("days art"), ["article:"]);
}

#[test]
fn every_format_is_written() {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    let one = desk.remark(first, "every light", &["SC"]);
    desk.annotate(AnnotateCommand::SetNote { id: one, note: "=HYPERLINK(\"x\")".into() });
    desk.remark(second, "liable for fog", &["DP"]);
    let me = desk.w.analyst().unwrap().id;
    let formats = Workspace::export_formats();
    assert_eq!(formats.iter().map(|f| f.0).collect::<Vec<_>>(), ["annotations", "csv", "markdown"]);
    for (format, _, extension) in formats {
        let path = desk.place.path().join(format!("out.{extension}"));
        let to = |draft, analysts| {
            Command::Export(ExportCommand::ToFile { format: format.into(), path: path.clone(), draft, analysts })
        };
        desk.ignores(to(None, None));
        assert_eq!(desk.said(), format!("Written: {}", path.display()));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("every light") && text.contains("liable for fog"), "{text}");
        assert!(format != "csv" || text.contains("'=HYPERLINK"), "a spreadsheet must not compute a note: {text}");
        if format != "annotations" {
            desk.ignores(to(Some(second), None));
            let text = fs::read_to_string(&path).unwrap();
            assert!(!text.contains("every light") && text.contains("liable for fog"), "{text}");
            desk.ignores(to(None, Some(BTreeSet::new())));
            assert!(!fs::read_to_string(&path).unwrap().contains("every light"));
        } else {
            desk.refuses(to(None, Some(BTreeSet::new())), "the set of one analyst");
            desk.refuses(to(None, Some([travaux::model::AnalystId(9)].into())), "no annotations of yours");
            desk.ignores(to(None, Some([me].into())));
        }
        let nowhere = desk.place.path().join("absent/out");
        let format = format.to_owned();
        let command = ExportCommand::ToFile { format, path: nowhere, draft: None, analysts: None };
        desk.refuses(Command::Export(command), "absent");
    }
    let command =
        ExportCommand::ToFile { format: "fax".into(), path: desk.place.path().join("x"), draft: None, analysts: None };
    desk.refuses(Command::Export(command.clone()), "There is no format \u{201c}fax\u{201d}");
    desk.refuses(
        Command::Export(ExportCommand::ToFile {
            format: "csv".into(),
            path: desk.place.path().into(),
            draft: None,
            analysts: None,
        }),
        "",
    );
    Desk::empty("Ines", 4).refuses(Command::Export(command), "Open a project first");
}
