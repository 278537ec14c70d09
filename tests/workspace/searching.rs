//! Searching through commands, and files out.

use std::collections::BTreeSet;
use std::fs;

use travaux::model::{FoundIn, ProvisionKind, Reach, SearchId, Severity};
use travaux::search::ContextOrder;
use travaux::workspace::{
    AnnotateCommand, Command, CommentaryCommand, ExportCommand, Place, SearchCommand, SearchPage, TagReach, Tagging,
    ViewCommand, Workspace,
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
    assert_eq!(offered("days art"), ["article:", "kind:article"]);
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
    let known = ["annotations", "csv", "xlsx", "markdown", "qdpx", "qdc", "jsonld", "hypothesis", "taguette"];
    assert_eq!(formats.iter().map(|f| f.0).collect::<Vec<_>>(), known);
    for (format, _, extension) in formats {
        let path = desk.place.path().join(format!("out.{extension}"));
        let to = |draft, analysts| {
            Command::Export(ExportCommand::ToFile { format: format.into(), path: path.clone(), draft, analysts })
        };
        desk.ignores(to(None, None));
        let written = format!("Written: {}", path.display());
        assert!(desk.w.notices().all().iter().any(|n| n.text == written), "{}", desk.said());
        // Packages, and codebooks, which hold no remarks, are looked into elsewhere.
        if matches!(format, "xlsx" | "qdpx" | "qdc" | "taguette") {
            assert!(fs::metadata(&path).unwrap().len() > 0);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("every light") && text.contains("liable for fog"), "{text}");
        assert!(format != "csv" || text.contains("'=HYPERLINK"), "a spreadsheet must not compute a note: {text}");
        if format != "annotations" {
            desk.ignores(to(Some(second), None));
            let text = fs::read_to_string(&path).unwrap();
            // The words around a quote may be those of another remark, its note is its own.
            assert!(!text.contains("HYPERLINK") && text.contains("liable for fog"), "{text}");
            desk.ignores(to(None, Some(BTreeSet::new())));
            assert!(!fs::read_to_string(&path).unwrap().contains("HYPERLINK"));
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

#[test]
fn the_answer_is_seen_in_three_ways() {
    let mut desk = Desk::new();
    desk.view(ViewCommand::Go(Place::Search));
    assert_eq!(asked(&mut desk, "days OR office").len(), 3);
    let search_state = desk.w.search();
    let facets = search_state.facets.as_ref().unwrap();
    assert_eq!(facets.drafts.values().sum::<usize>(), 3);
    assert_eq!(facets.kinds.get(&FoundIn::Provision(ProvisionKind::Paragraph)), Some(&3));
    search(&mut desk, SearchCommand::Page(SearchPage::Context));
    let before = |desk: &Desk| -> Vec<String> {
        let lines = &desk.w.search().lines.as_ref().unwrap().list;
        lines
            .iter()
            .map(|l| desk.w.context_of(*l, 12))
            .map(|c| format!("{}|{}|{}", c.before, c.found, c.after))
            .collect()
    };
    assert_eq!(
        before(&desk),
        ["for thirty |days|. 2. Each Pa", "all name an |office| for records", "for ninety |days|."]
    );
    search(&mut desk, SearchCommand::Order(ContextOrder::Before));
    assert_eq!(before(&desk)[0], "all name an |office| for records");
    search(&mut desk, SearchCommand::OpenLine(1));
    assert_eq!((desk.w.view().current, desk.w.search().current), (Some(desk.draft(1).id), Some(2)));
    desk.view(ViewCommand::Go(Place::Search));
    search(&mut desk, SearchCommand::Page(SearchPage::Terms));
    let table = desk.w.search().table.clone().unwrap();
    let marks = |row: usize| table.rows[row].counts.iter().map(|c| c.marks).collect::<Vec<_>>();
    assert_eq!((marks(0), marks(1), marks(2)), (vec![1, 1], vec![1, 0], vec![2, 1]));
    for (command, words) in [
        (ExportCommand::SearchTerms as fn(std::path::PathBuf) -> ExportCommand, "office,1,1,0,0,\u{2212}1"),
        (ExportCommand::SearchLines, "Article 2(2)"),
    ] {
        let path = desk.place.path().join("found.csv");
        desk.ignores(Command::Export(command(path.clone())));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(words), "{text}");
    }
    search(&mut desk, SearchCommand::Kinds(BTreeSet::from([FoundIn::Note])));
    assert_eq!(found(&desk).len(), 0);
    search(&mut desk, SearchCommand::Everywhere);
    assert_eq!(found(&desk).len(), 3);
}

#[test]
fn one_steps_through_hits_across_drafts_and_comes_back_to_the_search() {
    let mut desk = Desk::new();
    desk.view(ViewCommand::Go(Place::Search));
    assert_eq!(asked(&mut desk, "keeper").len(), 6);
    let at = |desk: &Desk| (desk.w.search().current, desk.w.view().current == Some(desk.draft(1).id));
    search(&mut desk, SearchCommand::Step(1));
    assert_eq!(at(&desk), (Some(0), false));
    search(&mut desk, SearchCommand::Step(-1));
    assert_eq!(at(&desk), (Some(5), true));
    search(&mut desk, SearchCommand::Step(1));
    search(&mut desk, SearchCommand::Step(1));
    assert_eq!(at(&desk).0, Some(1));
    assert!(desk.w.search().followed);
    // An annotation of the words one reads does not lose the place.
    let first = desk.draft(0).id;
    desk.remark(first, "record every ship", &["SC"]);
    desk.view(ViewCommand::Go(Place::Search));
    desk.w.settle();
    assert_eq!(desk.w.search().current, Some(1));
    desk.view(ViewCommand::Back);
    search(&mut desk, SearchCommand::Follow(false));
    assert!(desk.w.view().marked.is_empty() && !desk.w.search().followed);
    assert_eq!(desk.w.past_searches(), ["keeper"]);
    search(&mut desk, SearchCommand::ForgetPast);
    assert!(desk.w.past_searches().is_empty());
}

#[test]
fn searches_are_kept_and_say_what_is_new() {
    let mut desk = Desk::new();
    desk.view(ViewCommand::Go(Place::Search));
    desk.refuses(Command::Search(SearchCommand::Keep("Empty".into())), "Type a question first");
    let first = desk.draft(0).id;
    asked(&mut desk, "keeper");
    search(&mut desk, SearchCommand::Drafts(BTreeSet::from([first])));
    desk.changes(Command::Search(SearchCommand::Keep("  Keepers  ".into())));
    let id = *desk.project().searches.keys().next().unwrap();
    let kept = |desk: &Desk| desk.project().searches[&id].clone();
    assert_eq!((kept(&desk).name.as_str(), kept(&desk).query.as_str()), ("Keepers", "keeper"));
    assert_eq!(kept(&desk).scope.drafts, BTreeSet::from([first]));
    assert_eq!(desk.w.search().saved[&id].total, 3);
    desk.changes(Command::Search(SearchCommand::Rename { id, name: "All keepers".into() }));
    search(&mut desk, SearchCommand::Everywhere);
    desk.changes(Command::Search(SearchCommand::Renew(id)));
    assert!(kept(&desk).scope.is_everywhere());
    assert_eq!((desk.w.search().saved[&id].total, desk.w.search().saved[&id].new.len()), (6, 0));
    // A draft comes in.
    let third = crate::desk::SECOND.replace("A/LIGHT/2", "A/LIGHT/3").replace("9 June 2025", "9 June 2026");
    desk.add_draft("third.txt", &third);
    desk.view(ViewCommand::Go(Place::Search));
    desk.w.settle();
    let newest = desk.draft(2).id;
    let count = desk.w.search().saved[&id].clone();
    assert_eq!((count.total, count.new), (9, vec![(newest, 3)]));
    asked(&mut desk, "fog");
    search(&mut desk, SearchCommand::OpenSaved(id));
    assert_eq!((desk.w.search().query.as_str(), desk.w.search().opened), ("keeper", Some(id)));
    assert_eq!(desk.w.search().news, [(newest, 3)]);
    assert_eq!(found(&desk).len(), 9);
    assert!(desk.w.search().saved[&id].new.is_empty(), "once looked at it is not new");
    desk.w.settle();
    assert!(desk.w.search().saved[&id].new.is_empty());
    desk.changes(Command::Search(SearchCommand::Drop(id)));
    assert!(desk.project().searches.is_empty());
    desk.run(Command::Undo);
    assert_eq!(kept(&desk).name, "All keepers");
    desk.restart();
    assert_eq!(kept(&desk).name, "All keepers");
    search(&mut desk, SearchCommand::OpenSaved(SearchId(99)));
    assert_eq!(desk.w.search().query, "");
}

#[test]
fn what_was_found_is_tagged_in_one_step_and_nothing_twice() {
    let mut desk = Desk::new();
    let scope = desk.concern("SC");
    desk.view(ViewCommand::Go(Place::Search));
    let tag = |reach: TagReach| Tagging {
        reach,
        concerns: BTreeSet::from([scope]),
        severity: Some(Severity::High),
        note: "Found".into(),
        only_ticked: false,
    };
    let words = |desk: &Desk| -> Vec<String> {
        let own = desk.w.own_set().unwrap();
        let mut all: Vec<_> = desk
            .project()
            .drafts
            .iter()
            .flat_map(|d| {
                own.annotations
                    .values()
                    .filter_map(|a| Some(a.anchor_in(d.id)?.range))
                    .map(|r| r.of(&d.text).unwrap().to_owned())
                    .collect::<Vec<_>>()
            })
            .collect();
        all.sort();
        all
    };
    assert_eq!(asked(&mut desk, "days").len(), 2);
    search(&mut desk, SearchCommand::Preview(tag(TagReach::Sentence)));
    let sums = desk.w.search().preview.as_ref().unwrap().1.clone();
    assert_eq!((sums.places, sums.made, sums.there, sums.drafts), (2, 2, 0, 2));
    desk.changes(Command::Search(SearchCommand::Tag(tag(TagReach::Sentence))));
    assert_eq!(words(&desk), ["Records are kept for ninety days.", "Records are kept for thirty days."]);
    let one = desk.w.own_set().unwrap().annotations.values().next().unwrap().clone();
    assert_eq!((one.severity, one.note.as_str(), one.concerns.len()), (Some(Severity::High), "Found", 1));
    // Again: nothing, and it is said.
    desk.ignores(Command::Search(SearchCommand::Tag(tag(TagReach::Sentence))));
    assert_eq!(desk.said(), "Nothing to tag; 2 were there already");
    // Another concern is added to the same words, and only that.
    let other = desk.concern("DP");
    let both = Tagging { concerns: BTreeSet::from([scope, other]), ..tag(TagReach::Sentence) };
    desk.changes(Command::Search(SearchCommand::Tag(both)));
    let tags: Vec<_> = desk.w.own_set().unwrap().annotations.values().map(|a| a.concerns.len()).collect();
    assert_eq!(tags, [1; 4]);
    desk.run(Command::Undo);
    desk.run(Command::Undo);
    assert!(desk.w.own_set().is_none_or(|s| s.annotations.is_empty()), "one step each");

    // A point of a list is a paragraph of its own; the words themselves are the words.
    assert_eq!(asked(&mut desk, "\"every ship\"").len(), 1);
    desk.changes(Command::Search(SearchCommand::Tag(tag(TagReach::Paragraph))));
    assert_eq!(words(&desk), ["(a) record every ship;"]);
    let own = desk.w.own_set().unwrap().annotations.values().next().unwrap();
    assert_eq!(own.anchor_in(desk.draft(0).id).unwrap().reach, Reach::Provision);
    desk.run(Command::Undo);
    desk.changes(Command::Search(SearchCommand::Tag(tag(TagReach::Words))));
    assert_eq!(words(&desk), ["every ship"]);
    desk.run(Command::Undo);

    // Only what is ticked.
    assert_eq!(asked(&mut desk, "keeper").len(), 6);
    let hit = desk.w.search().results.as_ref().unwrap().hits[0].clone();
    let ticks = hit.places().iter().map(|&p| (hit.draft, p)).collect();
    search(&mut desk, SearchCommand::Tick(ticks, true));
    let only = Tagging { only_ticked: true, ..tag(TagReach::Words) };
    search(&mut desk, SearchCommand::Preview(only.clone()));
    assert_eq!(desk.w.search().preview.as_ref().unwrap().1.made, 1);
    desk.changes(Command::Search(SearchCommand::Tag(only)));
    assert_eq!(words(&desk).len(), 1);
    assert!(desk.w.search().ticked.is_empty());
    search(&mut desk, SearchCommand::TickAll(true));
    assert!(desk.w.search().ticked.len() >= 6);
    search(&mut desk, SearchCommand::Ask(String::new()));
    desk.refuses(Command::Search(SearchCommand::Tag(tag(TagReach::Words))), "Search for something first");
}
