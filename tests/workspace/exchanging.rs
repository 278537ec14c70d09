//! Files of other programs: out of one project and into another, placed on its drafts, one step, nothing lost.

use std::fs;
use std::path::{Path, PathBuf};

use travaux::model::{Placement, Project, Reach};
use travaux::workspace::{
    AnnotateCommand, CarryCommand, ColleagueCommand, Command, DraftCommand, ExportCommand, Focus, Gravity, Way,
};

use crate::desk::{Desk, FIRST, SECOND};

/// The formats that hold whole annotations, and the endings of their files.
const FORMATS: [(&str, &str); 5] =
    [("qdpx", "qdpx"), ("jsonld", "jsonld"), ("hypothesis", "json"), ("csv", "csv"), ("xlsx", "xlsx")];

/// Omar's remarks on a draft of his own: two that overlap, one under two concerns, one on a whole article.
fn omar(text: &str) -> Desk {
    let mut desk = Desk::with_project("Omar", 2);
    desk.add_draft("first.txt", text);
    let first = desk.draft(0).id;
    desk.remark(first, "every light", &["SC"]);
    desk.remark(first, "keeper for every light", &["SC", "DP"]);
    let id = desk.remark(first, "hand the records over on request", &[]);
    desk.annotate(AnnotateCommand::SetNote { id, note: "=To \u{1f512} whom?\n\nAnd why".into() });
    desk
}

fn written(desk: &mut Desk, format: &str, ending: &str) -> PathBuf {
    let path = desk.place.path().join(format!("omar.{ending}"));
    let format = format.to_owned();
    desk.run(Command::Export(ExportCommand::ToFile { format, path: path.clone(), draft: None, analysts: None }));
    assert!(path.exists(), "{}", desk.said());
    path
}

fn take_in(desk: &mut Desk, path: &Path) {
    desk.run(Command::Colleague(ColleagueCommand::OpenFile(path.to_owned())));
}

/// What the set of an analyst says and where, whatever the draft's identity.
fn says(project: &Project, name: &str) -> Vec<String> {
    let set = project.sets.values().find(|s| s.analyst.name == name).unwrap();
    let mut said: Vec<String> = set
        .annotations
        .values()
        .map(|a| {
            let places: Vec<_> =
                a.placements.values().map(|p| (p.anchor().is_some(), p.citation().long(), &p.quote().exact)).collect();
            let tags: Vec<_> = a.concerns.iter().map(|id| project.codebook.get(*id).map(|c| c.name.clone())).collect();
            format!("{} {:?} {places:?} {tags:?} {} {}", a.id, a.note, a.created, a.changed)
        })
        .collect();
    said.sort();
    said
}

#[test]
fn what_another_program_carried_stands_on_the_same_words() {
    // A copy of the draft with other line ends between its words.
    let copy = FIRST.replace("shall name a keeper", "shall\nname a keeper");
    for (format, ending) in FORMATS {
        let mut omar = omar(&copy);
        let file = written(&mut omar, format, ending);
        assert!(omar.said().starts_with("Written"), "{}", omar.said());
        let mut ines = Desk::new();
        let before = ines.project().clone();
        take_in(&mut ines, &file);
        let expected = format!("From omar.{ending}: 3 annotations by Omar, 3 on the same words");
        assert_eq!(ines.said(), expected);
        let (mine, his) = (says(ines.project(), "Omar"), says(omar.project(), "Omar"));
        assert_eq!(mine, his.iter().map(|s| s.replace("shall\\nname", "shall name")).collect::<Vec<_>>(), "{format}");
        // Again: nothing new, and nothing to take back but the one step.
        let after = ines.project().clone();
        take_in(&mut ines, &file);
        assert_eq!(*ines.project(), after, "{format}");
        let report = ines.w.exchange_report().unwrap();
        assert_eq!((report.sets[0].same, report.sets[0].new), (3, 0), "{format}");
        ines.run(Command::Undo);
        assert_eq!(ines.project().sets, before.sets, "{format}");
    }
}

/// An answer of Hypothesis with one annotation on words of a page that is called as a draft is.
fn hypothesis(place: &Path, span: [usize; 2], [prefix, exact, suffix]: [&str; 3]) -> PathBuf {
    let path = place.join("page.json");
    let selector = serde_json::json!([
        { "type": "TextPositionSelector", "start": span[0], "end": span[1] },
        { "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix },
    ]);
    let row = serde_json::json!({
        "id": "x1", "user": "acct:ana@h", "text": "", "tags": [], "uri": "http://x", "document": { "title": ["first"] },
        "created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z",
        "target": [{ "source": "http://x", "selector": selector }],
    });
    fs::write(&path, serde_json::json!({ "total": 1, "rows": [row] }).to_string()).unwrap();
    path
}

#[test]
fn a_position_counts_what_its_format_counts() {
    let text = "Article 1\nSongs\n\n1. Then \u{1f512}\u{1f512}\u{1f512} ha ha ha ha and each Party shall sing.\n";
    let mut desk = Desk::with_project("Ines", 1);
    desk.add_draft("first.txt", text);
    let text = desk.draft(0).text.clone();
    let first = text.find("ha ha").unwrap();
    let units = |at: usize| text[..at].encode_utf16().count();
    let points = |at: usize| text[..at].chars().count();
    let mut check = |at: usize, span: [usize; 2], around: [&str; 2]| {
        let file = hypothesis(desk.place.path(), span, [around[0], "ha", around[1]]);
        take_in(&mut desk, &file);
        let set = desk.project().sets.values().find(|s| s.analyst.name == "ana").unwrap();
        let anchor = set.annotations.values().next().unwrap().anchor_in(desk.draft(0).id).cloned();
        assert_eq!(anchor.map(|a| a.range.start), Some(at), "{span:?} {around:?}");
        desk.run(Command::Undo);
    };
    for at in [first, first + 3, first + 6] {
        let around = [&text[at - 20..at], &text[at + 2..at + 20]];
        // As Hypothesis counts, as others do that say its format is theirs, and from a page with more on it.
        check(at, [units(at), units(at + 2)], around);
        check(at, [points(at), points(at + 2)], around);
        check(at, [units(at) + 3, units(at) + 5], around);
    }
    // Without anything around it the position has to do, as it is declared.
    check(first, [units(first), units(first + 2)], ["", ""]);
}

#[test]
fn a_row_changed_in_a_spreadsheet_is_changed_here_and_the_rest_stays() {
    let mut omar = omar(FIRST);
    let file = written(&mut omar, "csv", "csv");
    let mut ines = Desk::new();
    take_in(&mut ines, &file);
    let table = fs::read_to_string(&file).unwrap();
    // One row is gone, one has another severity and was changed later.
    let mut rows: Vec<String> = table.split("\r\n").map(str::to_owned).collect();
    let changed = rows.iter().position(|r| r.contains("every light,") || r.contains("every light\"")).unwrap();
    let gone = rows.iter().position(|r| r.contains("To \u{1f512} whom")).unwrap();
    rows[changed] = rows[changed].replacen(",draft,", ",agreed,", 1);
    rows.remove(gone);
    let other = file.with_file_name("later.csv");
    fs::write(&other, rows.join("\r\n")).unwrap();
    take_in(&mut ines, &other);
    let set = ines.project().sets.values().find(|s| s.analyst.name == "Omar").unwrap();
    assert_eq!(set.annotations.len(), 3, "what a file has not is not taken away");
    assert!(set.annotations.values().any(|a| a.status == travaux::model::Status::Agreed), "{}", ines.said());
}

#[test]
fn what_was_done_here_with_a_remark_outlasts_the_same_file() {
    for (format, ending) in FORMATS {
        let mut omar = omar(FIRST);
        omar.add_draft("second.txt", SECOND);
        let way = |desk: &Desk| Way { from: desk.draft(0).id, to: desk.draft(1).id };
        let way_of_his = way(&omar);
        omar.run(Command::Carry(CarryCommand::Carry(way_of_his)));
        let file = written(&mut omar, format, ending);
        let mut ines = Desk::new();
        take_in(&mut ines, &file);
        let way = way(&ines);
        let set = ines.project().sets.values().find(|s| s.analyst.name == "Omar").unwrap().clone();
        let moved = set.annotations.values().find(|a| a.anchor_in(way.to).is_some()).unwrap().id;
        let of = Focus { analyst: set.analyst.id, annotation: moved };
        ines.run(Command::Carry(CarryCommand::Carry(way)));
        let range = ines.words(way.to, "liable for fog");
        ines.run(Command::Carry(CarryCommand::Put { way, of, range, reach: Reach::Words }));
        let here = ines.project().clone();
        let is_there =
            |desk: &Desk| desk.project().sets[&of.analyst].annotations[&moved].anchor_in(way.to).map(|a| a.range);
        assert_eq!(is_there(&ines), Some(range), "{}", ines.said());
        take_in(&mut ines, &file);
        assert!(*ines.project() == here, "{format}: {}", ines.said());
        // Changed later by its author, it stands where they say.
        omar.annotate(AnnotateCommand::SetNote { id: moved, note: "Later".into() });
        let file = written(&mut omar, format, ending);
        take_in(&mut ines, &file);
        let said = is_there(&ines);
        assert_eq!(ines.project().sets[&of.analyst].annotations[&moved].note, "Later", "{format}");
        assert_ne!(said, Some(range), "{format}");
    }
}

#[test]
fn a_note_that_a_cell_has_no_room_for_stays_whole() {
    let mut omar = omar(FIRST);
    let id = omar.w.view().focus.unwrap().annotation;
    let note = format!("{}\0 and so on", "Much to say. ".repeat(4000));
    omar.annotate(AnnotateCommand::SetNote { id, note: note.clone() });
    let [whole, table, sheet] =
        [("jsonld", "jsonld"), ("csv", "csv"), ("xlsx", "xlsx")].map(|(f, e)| written(&mut omar, f, e));
    let mut ines = Desk::new();
    for file in [&whole, &table, &sheet, &whole] {
        take_in(&mut ines, file);
        let set = ines.project().sets.values().find(|s| s.analyst.name == "Omar").unwrap();
        assert!(set.annotations[&id].note == note, "{}", ines.said());
    }
}

#[test]
fn words_that_are_not_here_wait_and_a_bad_file_changes_nothing() {
    let mut ines = Desk::new();
    let table = ines.place.path().join("theirs.csv");
    fs::write(&table, "document;code;content;memo\r\nx;Fog;no such words;a\r\nx;Fog;thirty days;b\r\n").unwrap();
    let before = ines.project().clone();
    for (name, bytes, said) in [
        ("bad.qdpx", b"PK\x03\x04 cut off".as_slice(), "bad.qdpx is damaged"),
        ("bad.json", b"{\"rows\": [", "bad.json is damaged"),
        ("bad.sqlite3", b"SQLite format 3\0", "bad.sqlite3 is damaged"),
        ("bad.csv", b"one,two\n1,2\n", "bad.csv is damaged"),
    ] {
        let path = ines.place.path().join(name);
        fs::write(&path, bytes).unwrap();
        take_in(&mut ines, &path);
        assert!(ines.said().to_lowercase().starts_with(said), "{}", ines.said());
        assert_eq!(ines.w.notices().latest().map(|n| n.gravity), Some(Gravity::Failure));
        assert_eq!(*ines.project(), before);
    }
    take_in(&mut ines, &table);
    let set = ines.project().sets.values().find(|s| s.analyst.name == "Table").unwrap();
    assert_eq!(set.annotations.len(), 2, "nothing is dropped");
    // The document has the name of no draft, and only half of its words stand in one: that is too little to tell.
    let first = ines.draft(0).id;
    assert!(set.annotations.values().all(|a| !a.placements.contains_key(&first)));
    assert!(set.annotations.values().flat_map(|a| a.placements.values()).all(|p| matches!(p, Placement::Made(_))));
    assert!(ines.project().codebook.concerns.iter().any(|c| c.name == "Fog" && !c.tag.is_empty()));
}

/// Files that Taguette and Hypothesis wrote, on drafts made from the very documents: all on their words, none elsewhere.
#[test]
fn highlights_of_other_programs_stand_on_their_words() {
    let Some(corpus) = std::env::var_os("TRAVAUX_CORPUS").map(PathBuf::from) else {
        eprintln!("not tried, since TRAVAUX_CORPUS names no folder with files of other programs");
        return;
    };
    let corpus = corpus.join("exchange");
    for (document, file, count) in [
        ("taguette/document-1.html", "taguette/project.sqlite3", 82),
        ("taguette/document-1.html", "taguette/highlights-all.csv", 75),
        ("taguette/document-1.html", "taguette/highlights-all.xlsx", 75),
        ("hypothesis/minimal.html", "hypothesis/minimal.json", 1),
        ("hypothesis/wikipedia-regression-testing.html", "hypothesis/wikipedia-regression-testing.json", 4),
    ] {
        let mut desk = Desk::with_project("Ines", 1);
        desk.run(Command::Draft(DraftCommand::Import(vec![corpus.join(document)])));
        desk.run(Command::Draft(DraftCommand::Accept));
        take_in(&mut desk, &corpus.join(file));
        let draft = desk.draft(0);
        let (mut placed, mut lost) = (0, Vec::new());
        for (_, annotation) in desk.project().annotations() {
            for placement in annotation.placements.values() {
                match placement.anchor() {
                    Some(anchor) if anchor.range.of(&draft.text) == Some(anchor.quote.exact.as_str()) => placed += 1,
                    _ => lost.push(placement.quote().exact.clone()),
                }
            }
        }
        // The line below an article that says when it was changed is no part of a draft.
        lost.retain(|words| words != "11 November 2016");
        // A table of Taguette says no more than words: those that stand twice in the draft are not guessed.
        let twice =
            lost.iter().filter(|words| draft.text.replace('\n', " ").matches(words.as_str()).count() == 2).count();
        assert_eq!((placed, lost.len()), (count, twice), "{file}: {lost:#?} {}", desk.said());
    }
}
