//! Where concerns stand: counted, opened, written to files; safeguards and what was read, said and taken back.

use std::collections::BTreeSet;
use std::path::Path;

use travaux::model::{AnnotationId, AnnotationKind, DraftId, Placement, Severity, Status};
use travaux::workspace::{
    AnnotateCommand, Axis, Beside, CodebookCommand, ColleagueCommand, Command, Coverage, ExportCommand, Grid, HeadKey,
    Kinds, Levels, Looked, Matrix, MatrixLook, MatrixPage, Place, SafeguardState, Safeguards, Says, Shade, ViewCommand,
};

use crate::desk::Desk;

const MARCH: &str = "\
Draft convention on harbor lights
A/HARBOR/1
First session, 4 March 2024

CHAPTER I
GENERAL PROVISIONS

Article 1
Definitions

1. For the purposes of this Convention, a light is any lamp kept burning for the safety of ships.

CHAPTER II
RECORDS

Article 2
Records

1. Each keeper shall record the name and the course of every ship that passes within sight of the light.
2. Records shall be handed over to any authority that asks for them, without further condition.
3. The keeper may leave the record to a machine if the machine has been approved by the office.

Article 3
Costs

1. Each Party bears its own costs.
";

fn desk() -> (Desk, DraftId, Vec<AnnotationId>) {
    let mut desk = Desk::with_project("Ines", 1);
    desk.add_draft("march.txt", MARCH);
    let draft = desk.draft(0).id;
    let remarks: [(&str, &[&str], Option<Severity>); 4] = [
        ("any lamp kept burning", &["SC"], Some(Severity::Low)),
        ("to any authority that asks for them, without further condition", &["JA", "DP"], Some(Severity::Critical)),
        ("The keeper may leave the record to a machine", &["DP"], None),
        ("the course of every ship", &[], Some(Severity::High)),
    ];
    let mut ids = Vec::new();
    for (words, concerns, severity) in remarks {
        let id = desk.remark(draft, words, concerns);
        desk.annotate(AnnotateCommand::SetSeverity { id, severity });
        ids.push(id);
    }
    (desk, draft, ids)
}

fn grid(desk: &Desk, look: &MatrixLook) -> Grid {
    match desk.w.matrix_of(look) {
        Some(Matrix::Grid(grid)) => Grid::clone(&grid),
        other => panic!("{other:?}"),
    }
}

/// Every cell with something in it, as `row x column: count`; the totals of rows and columns behind.
fn told(grid: &Grid) -> Vec<String> {
    let mut lines = Vec::new();
    for (r, row) in grid.rows.iter().enumerate() {
        for (c, column) in grid.columns.iter().enumerate() {
            let cell = grid.cell(r, c);
            if cell.count > 0 {
                let worst = cell.worst.map_or("", |s| s.word());
                lines.push(format!("{} x {}: {} {worst}", row.short, column.short, cell.count).trim_end().to_owned());
            }
        }
    }
    lines
}

fn coverage(desk: &Desk) -> Coverage {
    let look = MatrixLook { page: MatrixPage::Coverage, ..MatrixLook::default() };
    match desk.w.matrix_of(&look) {
        Some(Matrix::Coverage(coverage)) => Coverage::clone(&coverage),
        other => panic!("{other:?}"),
    }
}

fn safeguards(desk: &Desk) -> Safeguards {
    let look = MatrixLook { page: MatrixPage::Safeguards, ..MatrixLook::default() };
    match desk.w.matrix_of(&look) {
        Some(Matrix::Safeguards(table)) => Safeguards::clone(&table),
        other => panic!("{other:?}"),
    }
}

fn state(desk: &Desk, article: &str, tag: &str) -> (SafeguardState, String) {
    let table = safeguards(desk);
    let row = table.articles.iter().position(|h| h.short == article).unwrap();
    let column = table.safeguards.iter().position(|h| h.short == tag).unwrap();
    let words = table.stance(row, column).map_or_else(String::new, |s| s.words());
    (table.state(row, column), words)
}

#[test]
fn concerns_are_counted_by_article_with_totals_that_count_each_remark_once() {
    let (desk, _, _) = desk();
    let look = MatrixLook { without_empty: true, ..MatrixLook::default() };
    let counted = grid(&desk, &look);
    // Prior judicial authorization stands below the missing safeguards, which count it as well.
    let cells =
        ["SC x 1: 1 low", "HR x 2: 1 critical", "JA x 2: 1 critical", "DP x 2: 2 critical", "\u{2013} x 2: 1 high"];
    assert_eq!(told(&counted), cells);
    assert_eq!((counted.total.count, counted.total.worst), (4, Some(Severity::Critical)));
    let totals: Vec<usize> = counted.columns.iter().map(|h| h.total.count).collect();
    assert_eq!(totals, [1, 3], "the remark with two concerns is one");
    // What is empty is a finding too: article 3, and the concerns nobody has raised.
    let all = grid(&desk, &MatrixLook::default());
    assert_eq!(all.columns.iter().map(|h| h.short.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
    assert_eq!(all.empty, counted.empty);
    assert_eq!(all.empty.1, 1);
    assert!(all.rows.len() > 20 && told(&all) == cells);
    let each = grid(&desk, &MatrixLook { levels: Levels::Each, ..look.clone() });
    assert!(!told(&each).iter().any(|l| l.starts_with("HR")));
    let top = grid(&desk, &MatrixLook { levels: Levels::Top, ..look.clone() });
    assert!(told(&top).contains(&"HR x 2: 1 critical".to_owned()) && !told(&top).iter().any(|l| l.starts_with("JA")));
    let chapters = grid(&desk, &MatrixLook { rows: Axis::Chapter, columns: Axis::Severity, ..look.clone() });
    assert_eq!(told(&chapters), ["I x low: 1 low", "II x high: 1 high", "II x critical: 1 critical", "II x unsaid: 1"]);
    let agreed = grid(&desk, &MatrixLook { status: Some(Status::Agreed), ..look });
    assert_eq!((agreed.total.count, agreed.rows.len()), (0, 0));
}

#[test]
fn every_two_axes_that_fit_count_the_same_remarks() {
    let (mut desk, draft, ids) = desk();
    desk.add_draft("june.txt", &MARCH.replace("A/HARBOR/1", "A/HARBOR/2").replace("4 March", "9 June"));
    desk.view(ViewCommand::OpenDraft(draft));
    desk.annotate(AnnotateCommand::SetStatus { id: ids[0], status: Status::Agreed });
    for &rows in Axis::ALL {
        for &columns in Axis::ALL.iter().filter(|c| rows.fits(**c)) {
            let look = MatrixLook { rows, columns, ..MatrixLook::default() };
            let counted = grid(&desk, &look);
            assert_eq!(counted.total.count, 4, "{rows:?} x {columns:?}");
            let turned = grid(&desk, &MatrixLook { rows: columns, columns: rows, ..look.clone() });
            for r in 0..counted.rows.len() {
                for c in 0..counted.columns.len() {
                    assert_eq!(counted.cell(r, c), turned.cell(c, r), "{rows:?} x {columns:?}");
                }
            }
            // What a cell counts is what it opens.
            desk.view(ViewCommand::Go(Place::Matrix));
            desk.view(ViewCommand::Matrix(Box::new(look)));
            for r in 0..counted.rows.len() {
                for c in 0..counted.columns.len() {
                    let members = desk.w.matrix_members(r, c);
                    assert_eq!(members.len(), counted.cell(r, c).count, "{rows:?} x {columns:?} at {r}, {c}");
                }
            }
        }
    }
}

#[test]
fn concerns_come_together_in_a_remark_or_in_a_provision() {
    let (mut desk, draft, _) = desk();
    desk.remark(draft, "without further condition", &["SC"]);
    let look = MatrixLook { page: MatrixPage::Together, without_empty: true, ..MatrixLook::default() };
    let one = grid(&desk, &look);
    let meets = |grid: &Grid, a: &str, b: &str| {
        let at = |tag: &str| grid.rows.iter().position(|h| h.short == tag).unwrap();
        assert_eq!(grid.cell(at(a), at(b)), grid.cell(at(b), at(a)), "the same both ways");
        grid.cell(at(a), at(b)).count
    };
    assert_eq!([meets(&one, "JA", "DP"), meets(&one, "SC", "DP"), meets(&one, "DP", "DP")], [1, 0, 2]);
    let place = MatrixLook { beside: Beside::Provision, ..look.clone() };
    let place_grid = grid(&desk, &place);
    assert_eq!([meets(&place_grid, "JA", "DP"), meets(&place_grid, "SC", "DP")], [1, 1]);
    desk.view(ViewCommand::Go(Place::Matrix));
    desk.view(ViewCommand::Matrix(Box::new(place)));
    let at = |tag: &str| place_grid.rows.iter().position(|h| h.short == tag).unwrap();
    assert_eq!(desk.w.matrix_members(at("SC"), at("DP")).len(), 2, "both remarks of the paragraph");
    // A cell is as bad as the remarks with either of its concerns, whatever else stands in the provision.
    let other = desk.remark(draft, "Records shall be handed over", &["CC"]);
    desk.annotate(AnnotateCommand::SetSeverity { id: other, severity: Some(Severity::Low) });
    let all = grid(&desk, &MatrixLook { page: MatrixPage::Together, beside: Beside::Provision, ..look });
    let worst = |a: &str, b: &str| {
        let at = |tag: &str| all.rows.iter().position(|h| h.short == tag).unwrap();
        all.cell(at(a), at(b)).worst
    };
    assert_eq!(worst("SC", "CC"), Some(Severity::Low));
    assert_eq!([worst("SC", "DP"), worst("CC", "DP"), worst("JA", "DP")], [Some(Severity::Critical); 3]);
    assert_eq!(all.rows.iter().find(|h| h.short == "CC").unwrap().total.worst, Some(Severity::Low));
    assert_eq!(all.total.worst, Some(Severity::Critical));
    // Where a concern meets itself there is no shade: it would outshine all others.
    assert_eq!(place_grid.step(at("DP"), at("DP"), Shade::Count), 0);
}

#[test]
fn a_safeguard_is_said_to_be_present_absent_or_not_needed_and_nothing_written_is_lost() {
    let (mut desk, draft, ids) = desk();
    let (ja, article) = (desk.concern("JA"), desk.provision(draft, "2"));
    let says = |provision, says| Command::Annotate(AnnotateCommand::Safeguard { draft, provision, concern: ja, says });
    // The starting codebook knows what is to be expected; a remark with the concern says neither.
    assert_eq!(state(&desk, "2", "JA"), (SafeguardState::Remarked, "1 remark".into()));
    assert_eq!(state(&desk, "1", "JA").0, SafeguardState::NotLookedAt);
    desk.changes(says(article, Some(Says::Absent)));
    assert_eq!(state(&desk, "2", "JA"), (SafeguardState::Absent, "absent".into()));
    desk.ignores(says(article, Some(Says::Absent)));
    // It turns into the other with its note.
    let said = |desk: &Desk| -> Vec<(AnnotationKind, String)> {
        let own = desk.w.own_set().unwrap().annotations.values();
        own.filter(|a| a.kind != AnnotationKind::Remark).map(|a| (a.kind, a.note.clone())).collect()
    };
    let id = desk.w.own_set().unwrap().annotations.values().find(|a| a.kind == AnnotationKind::Absence).unwrap().id;
    desk.annotate(AnnotateCommand::SetNote { id, note: "A court must decide".into() });
    let clause = desk.provision(draft, "2(2)");
    desk.changes(says(clause, Some(Says::Present)));
    assert_eq!(said(&desk), [(AnnotationKind::Presence, "A court must decide".into())]);
    assert_eq!(state(&desk, "2", "JA"), (SafeguardState::Present, "present (2)".into()));
    // It may stand in several clauses; not needed replaces them all, and what was written stays as a remark.
    desk.changes(says(desk.provision(draft, "2(3)"), Some(Says::Present)));
    assert_eq!(state(&desk, "2", "JA").1, "present (2), (3)");
    desk.changes(says(article, Some(Says::NotNeeded)));
    assert_eq!(state(&desk, "2", "JA").0, SafeguardState::NotNeeded);
    assert_eq!(said(&desk), [(AnnotationKind::NotNeeded, "A court must decide".into())]);
    desk.changes(says(article, None));
    assert_eq!(desk.own(id).kind, AnnotationKind::Remark, "the note is still there");
    assert_eq!(said(&desk), []);
    assert_eq!(state(&desk, "2", "JA"), (SafeguardState::Remarked, "2 remarks".into()));
    desk.ignores(says(article, None));
    // A bare statement goes without a trace.
    let count = desk.w.own_set().unwrap().annotations.len();
    desk.changes(says(desk.provision(draft, "3"), Some(Says::Absent)));
    desk.changes(says(desk.provision(draft, "3"), None));
    assert_eq!(desk.w.own_set().unwrap().annotations.len(), count);
    // Words that are marked as present in the reader count as well.
    let range = desk.words(draft, "approved by the office");
    desk.changes(Command::Annotate(AnnotateCommand::Present { draft, range, concerns: BTreeSet::from([ja]) }));
    assert_eq!(state(&desk, "2", "JA").1, "present (3)");
    assert_eq!(desk.own(ids[1]).kind, AnnotationKind::Remark);
    // What is said of safeguards raises no concern.
    let look = MatrixLook { without_empty: true, levels: Levels::Each, ..MatrixLook::default() };
    let raised = grid(&desk, &look);
    let all = grid(&desk, &MatrixLook { kinds: Kinds::All, ..look });
    assert_eq!(all.total.count, raised.total.count + 1);
}

#[test]
fn a_statement_that_stands_in_another_draft_is_left_there() {
    let (mut desk, first, _) = desk();
    let ja = desk.concern("JA");
    let article = desk.provision(first, "2");
    let present =
        AnnotateCommand::Safeguard { draft: first, provision: article, concern: ja, says: Some(Says::Present) };
    desk.annotate(present);
    let id = desk.w.own_set().unwrap().annotations.values().find(|a| a.kind == AnnotationKind::Presence).unwrap().id;
    desk.add_draft("june.txt", &MARCH.replace("A/HARBOR/1", "A/HARBOR/2").replace("4 March", "9 June"));
    let second = desk.draft(1).id;
    let way = travaux::workspace::Way { from: first, to: second };
    desk.run(Command::Carry(travaux::workspace::CarryCommand::Carry(way)));
    let there = desk.provision(second, "2");
    let absent = AnnotateCommand::Safeguard { draft: second, provision: there, concern: ja, says: Some(Says::Absent) };
    desk.changes(Command::Annotate(absent));
    desk.view(ViewCommand::OpenDraft(second));
    assert_eq!(state(&desk, "2", "JA").0, SafeguardState::Absent);
    assert!(matches!(desk.own(id).placements[&second], Placement::Lost { reviewed: true, .. }));
    desk.view(ViewCommand::OpenDraft(first));
    assert_eq!(state(&desk, "2", "JA").0, SafeguardState::Present, "nothing changed where it was said");
}

#[test]
fn a_statement_of_several_safeguards_is_taken_back_for_one() {
    let (mut desk, first, _) = desk();
    let (ja, pc) = (desk.concern("JA"), desk.concern("PC"));
    let range = desk.words(first, "approved by the office");
    desk.annotate(AnnotateCommand::Present { draft: first, range, concerns: BTreeSet::from([ja, pc]) });
    desk.add_draft("june.txt", &MARCH.replace("A/HARBOR/1", "A/HARBOR/2").replace("4 March", "9 June"));
    let second = desk.draft(1).id;
    let way = travaux::workspace::Way { from: first, to: second };
    desk.run(Command::Carry(travaux::workspace::CarryCommand::Carry(way)));
    let there = desk.provision(second, "2");
    let says =
        |concern, says| AnnotateCommand::Safeguard { draft: second, provision: there, concern, says: Some(says) };
    desk.changes(Command::Annotate(says(ja, Says::Absent)));
    desk.view(ViewCommand::OpenDraft(second));
    assert_eq!(state(&desk, "2", "JA").0, SafeguardState::Absent);
    assert_eq!(state(&desk, "2", "PC"), (SafeguardState::Present, "present (3)".into()));
    let waits = |desk: &Desk| -> usize { coverage(desk).rows.iter().map(|r| r.waiting).sum() };
    let before = waits(&desk);
    // It waits as before for somebody to look, which whoever says otherwise has done.
    let clause = desk.provision(second, "2(3)");
    desk.changes(Command::Annotate(AnnotateCommand::Safeguard {
        draft: second,
        provision: clause,
        concern: pc,
        says: Some(Says::NotNeeded),
    }));
    assert_eq!((state(&desk, "2", "PC").0, waits(&desk)), (SafeguardState::NotNeeded, before - 1));
    desk.view(ViewCommand::OpenDraft(first));
    assert_eq!([state(&desk, "2", "JA").0, state(&desk, "2", "PC").0], [SafeguardState::Present; 2]);
}

#[test]
fn what_was_carried_is_confirmed_by_saying_it_again() {
    let (mut desk, first, _) = desk();
    let (ja, article) = (desk.concern("JA"), desk.provision(first, "2"));
    for (says, cited) in [(Says::Absent, "3"), (Says::Present, "2")] {
        let provision = desk.provision(first, cited);
        desk.annotate(AnnotateCommand::Safeguard { draft: first, provision, concern: ja, says: Some(says) });
    }
    assert_eq!(desk.provision(first, "2"), article);
    desk.add_draft("june.txt", &MARCH.replace("A/HARBOR/1", "A/HARBOR/2").replace("4 March", "9 June"));
    let second = desk.draft(1).id;
    let way = travaux::workspace::Way { from: first, to: second };
    desk.run(Command::Carry(travaux::workspace::CarryCommand::Carry(way)));
    for (says, cited) in [(Says::Absent, "3"), (Says::Present, "2")] {
        let provision = desk.provision(second, cited);
        let again = AnnotateCommand::Safeguard { draft: second, provision, concern: ja, says: Some(says) };
        desk.changes(Command::Annotate(again.clone()));
        desk.ignores(Command::Annotate(again));
    }
    let said = desk.w.own_set().unwrap().annotations.values().filter(|a| a.kind != AnnotationKind::Remark);
    let said: Vec<bool> = said.map(|a| matches!(a.placements[&second], Placement::Made(_))).collect();
    assert_eq!(said, [true, true], "no second statement is made");
    // Where there is no article nothing is said, and nothing that was said elsewhere goes.
    desk.add_draft("bare.txt", "1. A lamp burns all night.\n\n2. A keeper watches over it.\n");
    let bare = desk.draft(2);
    let count = desk.w.own_set().unwrap().annotations.len();
    let outside = bare.outline.indices().find(|i| bare.outline.article(*i).is_none()).unwrap();
    let says = AnnotateCommand::Safeguard { draft: bare.id, provision: outside, concern: ja, says: Some(Says::Absent) };
    desk.refuses(Command::Annotate(says), "in no article");
    assert_eq!(desk.w.own_set().unwrap().annotations.len(), count);
}

#[test]
fn analysts_who_disagree_are_shown_to() {
    let (mut desk, draft, _) = desk();
    let ja = desk.concern("JA");
    let article = desk.provision(draft, "2");
    let says = |says| AnnotateCommand::Safeguard { draft, provision: article, concern: ja, says: Some(says) };
    desk.annotate(says(Says::Absent));
    // A colleague with the same project says otherwise, and has read an article.
    let file = desk.place.path().join("colleague.annotations.ron");
    let format = "annotations".to_owned();
    desk.run(Command::Export(ExportCommand::ToFile { format, path: file.clone(), draft: None, analysts: None }));
    let text = std::fs::read_to_string(&file).unwrap();
    let own = desk.w.analyst().unwrap().id.to_string();
    let theirs = text.replace(&own, "0000000000000000000000000000beef").replace("Ines", "Omar");
    let theirs = theirs.replace("kind: absence", "kind: presence");
    let range = desk.draft(0).outline.get(article).unwrap().range;
    let read = format!(
        " read: [\n  (draft: \"{draft}\", at: ({}, {}), cited: \"2\", place: article(\"2\"), when: \"2026-01-01T00:00:00Z\"),\n  \
         (draft: \"{draft}\", at: (1, 2), cited: \"3\", place: article(\"3\"), when: \"2026-01-01T00:00:00Z\"),\n ],\n)\n",
        range.start, range.end
    );
    let theirs = format!("{}{read}", theirs.trim_end().trim_end_matches(')'));
    std::fs::write(&file, theirs).unwrap();
    desk.ignores(Command::Colleague(ColleagueCommand::OpenFile(file)));
    desk.changes(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!(desk.failures(), [""; 0]);
    assert_eq!(state(&desk, "2", "JA").0, SafeguardState::Disputed);
    // A mark whose range is no provision here is placed by its citation.
    let looked: Vec<Looked> = coverage(&desk).rows.iter().map(|r| r.state()).collect();
    assert_eq!(looked, [Looked::Whole, Looked::Whole, Looked::Whole]);
    let omar = desk.project().sets.values().find(|s| s.analyst.name == "Omar").unwrap().analyst.id;
    desk.view(ViewCommand::OpenDraft(draft));
    desk.run(Command::Colleague(ColleagueCommand::Show { analyst: omar, shown: false }));
    assert_eq!(state(&desk, "2", "JA").0, SafeguardState::Absent, "who is hidden is not counted");
    desk.run(Command::Colleague(ColleagueCommand::Show { analyst: omar, shown: true }));
    let by = grid(&desk, &MatrixLook { rows: Axis::Analyst, without_empty: true, ..MatrixLook::default() });
    assert_eq!(
        by.rows.iter().map(|h| (h.short.as_str(), h.total.count)).collect::<Vec<_>>(),
        [("Ines", 5), ("Omar", 4)]
    );
    assert!(by.rows.iter().all(|h| matches!(h.key, HeadKey::Analyst(_))));
}

#[test]
fn what_was_read_is_marked_and_the_next_article_found() {
    let (mut desk, draft, _) = desk();
    let states = |desk: &Desk| -> Vec<(String, usize, usize)> {
        coverage(desk).rows.iter().map(|r| (r.state().word().to_owned(), r.looked, r.clauses)).collect()
    };
    let expected = [("looked at".to_owned(), 1, 1), ("looked at".into(), 3, 3), ("not looked at".into(), 0, 1)];
    assert_eq!(states(&desk), expected);
    let chapters: Vec<_> = coverage(&desk).chapters.iter().map(|c| (c.whole, c.articles)).collect();
    assert_eq!(chapters, [(1, 1), (1, 2)]);
    desk.view(ViewCommand::OpenDraft(draft));
    desk.view(ViewCommand::StepUnread(1));
    let third = desk.provision(draft, "3");
    assert_eq!(desk.w.article_read(), Some(third));
    let mark = |read| Command::Annotate(AnnotateCommand::MarkRead { draft, provision: third, read });
    desk.changes(mark(true));
    desk.ignores(mark(true));
    assert!(desk.w.has_read(draft, third));
    assert_eq!(states(&desk)[2], ("looked at".to_owned(), 1, 1));
    desk.view(ViewCommand::StepUnread(1));
    assert!(desk.said().starts_with("Every article of"), "{}", desk.said());
    desk.restart();
    desk.view(ViewCommand::OpenDraft(draft));
    assert!(desk.w.has_read(draft, third), "it is kept");
    desk.changes(mark(false));
    assert!(desk.w.own_set().unwrap().read.is_empty());
    // A project from before there were safeguards gets them in one step.
    let all: Vec<_> = desk.project().codebook.concerns.iter().filter(|c| c.safeguard).cloned().collect();
    for concern in &all {
        let plain = travaux::model::Concern { safeguard: false, ..concern.clone() };
        desk.run(Command::Codebook(CodebookCommand::Put(plain)));
    }
    assert!(safeguards(&desk).safeguards.is_empty());
    desk.changes(Command::Codebook(CodebookCommand::MarkSafeguards));
    assert_eq!(safeguards(&desk).safeguards.len(), all.len());
    desk.refuses(Command::Codebook(CodebookCommand::MarkSafeguards), "none of the usual safeguards");
}

/// Compares with a golden file, or writes it.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(&path).unwrap(), "{name}");
}

#[test]
fn tables_and_pictures_are_written() {
    let (mut desk, draft, _) = desk();
    let (ja, article) = (desk.concern("JA"), desk.provision(draft, "2(2)"));
    let says = Some(Says::Present);
    desk.annotate(AnnotateCommand::Safeguard { draft, provision: article, concern: ja, says });
    let base = MatrixLook { without_empty: true, ..MatrixLook::default() };
    let page = |page| MatrixLook { page, ..base.clone() };
    let text = |desk: &Desk, look: &MatrixLook, ending: &str| {
        String::from_utf8(desk.w.matrix_file(look).unwrap().bytes(ending).unwrap()).unwrap()
    };
    golden("matrix.csv.txt", &text(&desk, &base, "csv"));
    golden("matrix.svg", &text(&desk, &base, "svg"));
    golden("matrix-together.svg", &text(&desk, &page(MatrixPage::Together), "svg"));
    let by_place = MatrixLook { beside: Beside::Provision, ..page(MatrixPage::Together) };
    assert!(text(&desk, &by_place, "svg").contains("Number of provisions, in the same provision"));
    golden("matrix-safeguards.svg", &text(&desk, &page(MatrixPage::Safeguards), "svg"));
    golden("matrix-safeguards.csv.txt", &text(&desk, &page(MatrixPage::Safeguards), "csv"));
    golden("matrix-timeline.svg", &text(&desk, &page(MatrixPage::TimeLine), "svg"));
    golden("matrix-coverage.csv.txt", &text(&desk, &page(MatrixPage::Coverage), "csv"));
    for &page_of in MatrixPage::ALL {
        let file = desk.w.matrix_file(&page(page_of)).unwrap();
        assert!(file.bytes("xlsx").unwrap().starts_with(b"PK"));
        if matches!(page_of, MatrixPage::Coverage | MatrixPage::Curation) {
            assert!(file.bytes("png").unwrap_err().contains("table"));
        } else {
            assert!(file.bytes("png").unwrap().starts_with(b"\x89PNG"));
        }
        assert!(file.bytes("exe").unwrap_err().contains(".csv, .xlsx, .md, .svg, .png"));
    }
    let path = desk.place.path().join("matrix.png");
    desk.run(Command::Export(ExportCommand::Matrix { look: Box::new(base.clone()), path: path.clone() }));
    assert!(std::fs::read(&path).unwrap().starts_with(b"\x89PNG"));
    let path = desk.place.path().join("nowhere/matrix.png");
    desk.run(Command::Export(ExportCommand::Matrix { look: Box::new(base), path }));
    assert!(desk.failures().iter().any(|f| f.contains("nowhere")), "{:?}", desk.failures());
}
