//! The place Compare: two drafts beside each other, the table of provisions, the history of a clause, what became of the
//! concerns.

use eframe::egui::{Key, Role};
use travaux::workspace::{
    CarryCommand, ColleagueCommand, Command, CompareCommand, CompareFilter, ComparePage, DraftCommand, Focus, Panel,
    Place, Question, ViewCommand, Way,
};

use super::desk::{Desk, two_drafts, two_drafts_sized};
use super::hands::{ALT, CTRL, NONE, SHIFT};
use super::side::remark;
use super::treaty::{ARTICLES, treaty};

/// A third draft: words of Article 3 changed, a bracket lifted in Article 1, Costs moved behind Disputes, Fog gone.
fn third_draft() -> String {
    let mut articles = ARTICLES.to_vec();
    articles[0].1 = &["Each Party shall tend its lights.", "This Convention covers any serious offence at sea."];
    articles[2].1 =
        &["Signals are kept for two years.", "A Party may intercept any signal.", "Signals are read in secret."];
    let costs = articles.remove(3);
    articles.remove(3);
    articles.insert(6, costs);
    treaty("MC/LIGHT/3/L.9", "2 May 2025", &articles)
}

/// Three drafts, the last one open.
fn three_drafts() -> Desk {
    let mut desk = two_drafts();
    let path = desk.home.path().join("Third draft.txt");
    std::fs::write(&path, third_draft()).unwrap();
    desk.run(Command::Draft(DraftCommand::Import(vec![path])));
    desk.run(Command::Draft(DraftCommand::Accept));
    let first = desk.draft_named("L.1");
    let third = desk.draft_named("L.9");
    desk.run(Command::View(ViewCommand::OpenDraft(third)));
    desk.run(Command::Compare(CompareCommand::Drafts { old: first, new: third }));
    desk
}

/// The clauses on screen as they are read out.
fn clauses(desk: &Desk) -> Vec<String> {
    desk.names(Role::Paragraph)
}

fn clause(desk: &Desk, words: &str) -> String {
    let all = clauses(desk);
    all.iter().find(|c| c.contains(words)).unwrap_or_else(|| panic!("no clause with {words:?}: {all:#?}")).clone()
}

#[test]
fn the_open_draft_is_compared_with_the_one_before_it() {
    let mut desk = two_drafts();
    let second = desk.draft_named("L.7");
    desk.run(Command::View(ViewCommand::OpenDraft(second)));
    desk.press(CTRL, Key::Num2);
    assert_eq!(desk.w().view().place, Place::Compare);
    desk.must_see("L.1 compared with L.7");
    desk.thing("Older draft: L.1");
    desk.thing("Newer draft: L.7");
    desk.must_see(" clauses changed");
    // What is new, by article.
    assert!(desk.names(Role::ListBoxOption).iter().any(|n| n.starts_with("Article 6  Sand: +") && n.ends_with("new")));
    assert!(desk.sees("Article 4  Costs: unchanged"), "{}", desk.screen());
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!((desk.w().view().place, desk.draft().name()), (Place::Read, "L.7"));
}

#[test]
fn changes_are_read_out_walked_and_opened_in_the_reader() {
    let mut desk = three_drafts();
    desk.click("Article 3  Signals: +2 \u{2212}2  edited");
    let signals = clause(&desk, "Signals are kept");
    assert_eq!(
        signals,
        "edited: 1. Signals are kept for [struck: a year] . Now: 1. Signals are kept for [put in: two years] ."
    );
    desk.click("Article 1  Scope: edited");
    assert!(clause(&desk, "offence").starts_with("edited, bracket lifted: "), "{}", clause(&desk, "offence"));
    // The changes one after the other, by key, and round again.
    desk.run(Command::Compare(CompareCommand::GoTo(0)));
    desk.press(NONE, Key::F5);
    desk.must_see("change 1 of ");
    let first = desk.w().view().compare.row;
    desk.press(NONE, Key::N);
    desk.must_see("change 2 of ");
    desk.press(NONE, Key::P);
    desk.press(SHIFT, Key::F5);
    let stops = desk.w().listing().unwrap().stops.clone();
    assert_eq!((first, desk.w().view().compare.row), (stops[0], *stops.last().unwrap()));
    desk.click("Next change");
    assert_eq!(desk.w().view().compare.row, first);

    // From a row to the page of either draft and back.
    desk.click("Article 3  Signals: +2 \u{2212}2  edited");
    desk.press(NONE, Key::N);
    desk.click("Read in L.1");
    assert_eq!((desk.w().view().place, desk.draft().name()), (Place::Read, "L.1"));
    desk.paragraph("Signals are kept for a year");
    desk.press(ALT, Key::ArrowLeft);
    desk.click("Read in L.9");
    assert_eq!(desk.draft().name(), "L.9");
    desk.paragraph("Signals are kept for two years");
}

#[test]
fn what_moved_says_from_where_and_leads_there() {
    let mut desk = three_drafts();
    let came = desk.matching(|_, name| name.starts_with("moved from Article 4"));
    assert!(came.is_empty(), "the place it moved to is further down");
    desk.click_first(Role::ListBoxOption, "Article 4  Costs");
    desk.click_first(Role::Link, "moved to Article 7");
    let row = desk.w().view().compare.row;
    desk.click_first(Role::Link, "moved from Article 4");
    assert!(desk.w().view().compare.row < row);
    desk.must_see("moved to Article 7");
    assert_eq!(clause(&desk, "In fog"), "deleted: [struck: 1. In fog a horn is blown.]");
}

#[test]
fn one_text_shows_both_drafts() {
    let mut desk = three_drafts();
    desk.click("Redline");
    assert_eq!(desk.w().view().compare.page, ComparePage::Redline);
    desk.click("Article 3  Signals: +2 \u{2212}2  edited");
    let signals = clause(&desk, "Signals are kept");
    assert!(signals.contains("[struck: a year]") && signals.contains("[put in: two years]"), "{signals}");
    assert!(!signals.contains("Now:"));
}

#[test]
fn only_what_is_asked_for_is_shown() {
    let mut desk = three_drafts();
    let first = desk.draft_named("L.1");
    desk.run(Command::View(ViewCommand::OpenDraft(first)));
    remark(
        &mut desk,
        "read in secret",
        "Surveillance powers",
        "Whoever reads should say so",
        None,
        travaux::model::Status::Draft,
    );
    desk.press(CTRL, Key::Num2);
    desk.choose("Shown: All clauses", "What changed");
    assert_eq!(desk.w().view().compare.filter, CompareFilter::Changed);
    assert!(clauses(&desk).iter().all(|c| !c.contains("Keepers are free")), "{:#?}", clauses(&desk));
    clause(&desk, "two years");
    desk.choose("Shown: What changed", "What carries my annotations");
    desk.must_see("clause 1 of 1");
    let shown = clauses(&desk);
    assert!(shown.len() == 1 && shown[0].contains("Signals are read in secret"), "{shown:#?}");
    // The remark stands beside its words, and opens in its draft.
    desk.click_first(Role::Mark, "Surveillance powers: Whoever reads");
    assert_eq!((desk.w().view().place, desk.draft().name()), (Place::Read, "L.1"));
    assert_eq!(desk.field("Note"), "Whoever reads should say so");
    desk.press(ALT, Key::ArrowLeft);
    let tag = desk.concern("Surveillance powers").tag;
    desk.choose("Shown: What carries my annotations", &format!("{tag} Surveillance powers"));
    desk.must_see("clause 1 of 1");
    let other = desk.w().project().unwrap().codebook.concerns.iter().find(|c| c.tag != tag).unwrap().id;
    desk.run(Command::Compare(CompareCommand::Filter(CompareFilter::Concern(other))));
    desk.must_see("No clause carries such an annotation");
    desk.click("Show all clauses");
    clause(&desk, "A Party may intercept");
}

#[test]
fn the_concordance_is_filtered_and_leads_to_the_clauses() {
    let mut desk = three_drafts();
    desk.click("Concordance");
    desk.must_see("provisions");
    desk.fill_in("Filter the concordance", "costs");
    desk.settle();
    desk.must_see("1 provision");
    desk.must_see("Article 4  Costs, Article 7  Costs: moved, renumbered");
    desk.fill_in("Filter the concordance", "");
    desk.choose("Verdict: Any verdict", "Deleted");
    let rows: Vec<String> = desk.names(Role::Button).into_iter().filter(|n| n.ends_with(": deleted")).collect();
    assert!(rows.iter().any(|r| r.starts_with("Article 5  Fog")), "{rows:?}");
    desk.click_first(Role::Button, "Article 5  Fog");
    assert_eq!(desk.w().view().compare.page, ComparePage::Beside);
    clause(&desk, "In fog a horn is blown");
}

#[test]
fn a_comparison_is_written_to_files() {
    let mut desk = three_drafts();
    let folder = desk.home.path().to_owned();
    for (format, name, words) in [
        ("Concordance for spreadsheets (.csv)", "table.csv", "Article 4,Costs,Article 7,Costs"),
        ("Concordance as Markdown (.md)", "table.md", "| Article 4 | Costs | Article 7 |"),
        ("Redline as a page for a browser (.html)", "redline.html", "<ins>two years</ins>"),
    ] {
        desk.ask(Question::ExportComparison);
        desk.click(format);
        let path = folder.join(name);
        desk.fill_in("Write to", &path.display().to_string());
        desk.click_of(Role::Button, "Export");
        desk.settle();
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written.contains(words), "{name}: {written}");
    }
}

#[test]
fn a_clause_is_followed_through_all_drafts() {
    let mut desk = three_drafts();
    let first = desk.draft_named("L.1");
    desk.run(Command::View(ViewCommand::OpenDraft(first)));
    remark(&mut desk, "kept for a year", "Surveillance powers", "Too long", None, travaux::model::Status::Draft);
    let range = desk.range_of("Signals are kept");
    desk.run(Command::View(ViewCommand::GoTo { draft: first, offset: range.start }));
    desk.press(CTRL.plus(SHIFT), Key::H);
    assert_eq!(desk.w().view().compare.page, ComparePage::History);
    for draft in ["L.1", "L.7", "L.9"] {
        desk.must_see(&format!("Article 3(1) in {draft}"));
    }
    desk.must_see("unchanged");
    desk.must_see("edited, ");
    let texts = clauses(&desk);
    assert!(texts.iter().any(|t| t == "1. Signals are kept for a year."), "{texts:#?}");
    assert!(texts.iter().any(|t| t.contains("[struck: a year]") && t.contains("[put in: two years]")), "{texts:#?}");
    desk.must_see("Too long");
    desk.click("Open the annotation in L.1");
    assert_eq!(desk.field("Note"), "Too long");
    desk.press(ALT, Key::ArrowLeft);
    // A provision that is not in every draft.
    let second = desk.draft_named("L.7");
    desk.run(Command::View(ViewCommand::OpenDraft(second)));
    let range = desk.range_of("Sand is not taken");
    desk.run(Command::View(ViewCommand::GoTo { draft: second, offset: range.start }));
    desk.press(CTRL.plus(SHIFT), Key::H);
    desk.must_see("not in this draft");
    desk.must_see("deleted");
}

#[test]
fn what_became_of_the_concerns_leads_to_what_is_left() {
    let mut desk = three_drafts();
    let (first, third) = (desk.draft_named("L.1"), desk.draft_named("L.9"));
    desk.run(Command::View(ViewCommand::OpenDraft(first)));
    let status = travaux::model::Status::Draft;
    remark(&mut desk, "kept for a year", "Surveillance powers", "Too long", None, status);
    remark(&mut desk, "answers to nobody", "Effective remedy", "To a court", None, status);
    let id = desk.own()[0].id;
    let analyst = desk.w().analyst().unwrap().id;
    desk.run(Command::Compare(CompareCommand::Drafts { old: first, new: third }));
    desk.click("Our concerns");
    assert_eq!(desk.w().view().compare.page, ComparePage::Concerns);
    desk.must_see("Surveillance powers: 1 remark, 1 not carried");
    desk.must_see("All remarks, each once: 2 remarks, 2 not carried");
    let signals = "Article 3(1) Signals: edited";
    desk.must_see(signals);

    // Whose remarks are not shown is not counted.
    let show = |shown| Command::Colleague(ColleagueCommand::Show { analyst, shown });
    desk.run(show(false));
    desk.must_not_see("Surveillance powers: 1 remark");
    desk.run(show(true));
    desk.must_see("Surveillance powers: 1 remark, 1 not carried");

    // Carried, there is something to review; told, it is counted and no longer left.
    let way = Way { from: first, to: third };
    desk.run(Command::Carry(CarryCommand::Carry(way)));
    desk.press(ALT, Key::ArrowLeft);
    desk.must_see("Surveillance powers: 1 remark, 1 not looked at");
    desk.click("Review 2 remarks that wait");
    assert_eq!(desk.w().view().place, Place::Review);
    desk.must_see("0 of 2 looked at");
    let of = Focus { analyst, annotation: id };
    let outcome = travaux::model::Outcome::NotMet;
    desk.run(Command::Carry(CarryCommand::SetOutcome { way, of, outcome }));
    desk.press(CTRL, Key::Num2);
    desk.must_see("Surveillance powers: 1 remark, 1 not met");
    desk.must_see("All remarks, each once: 2 remarks, 1 not met, 1 not looked at");
    assert!(!desk.sees(signals), "{}", desk.screen());

    // Over all drafts the same, as the last is the latest.
    desk.click("Over all drafts");
    desk.must_see("Remarks from the first draft in which each stands, and what became of them in L.9");
    desk.must_see("Surveillance powers: 1 remark, 1 not met");
    desk.must_see("new or edited in L.9 since L.1");
    desk.click("Between the two drafts");

    // Both tables as files.
    let folder = desk.home.path().to_owned();
    for (format, name, words) in [
        ("What became of our concerns, for spreadsheets (.csv)", "concerns.csv", "Surveillance powers,1,0,0,1,"),
        ("What is to be looked at, as Markdown (.md)", "left.md", "| Article 1(2) | Scope | bracket lifted |"),
    ] {
        desk.ask(Question::ExportComparison);
        desk.click(format);
        let path = folder.join(name);
        desk.fill_in("Write to", &path.display().to_string());
        desk.click_of(Role::Button, "Export");
        desk.settle();
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written.contains(words), "{name}: {written}");
    }

    // Also to those with no concern at all.
    desk.run(Command::View(ViewCommand::OpenDraft(first)));
    let start = desk.range_of("answers to nobody").start;
    let range = travaux::model::TextRange { start, end: start + "answers".len() };
    desk.run(Command::Annotate(travaux::workspace::AnnotateCommand::Words {
        draft: first,
        range,
        concerns: Default::default(),
    }));
    desk.press(CTRL, Key::Num2);
    desk.tab_to("No concern: 1 remark, 1 not carried");
    desk.press(NONE, Key::Enter);
    assert_eq!((desk.w().view().filter.concern, desk.w().view().filter.no_concern), (None, true));
    desk.press(ALT, Key::ArrowLeft);

    // By keyboard to the annotations of a concern and back, and to what is left.
    desk.tab_to("Surveillance powers: 1 remark, 1 not met");
    desk.press(NONE, Key::Enter);
    assert_eq!((desk.w().view().place, desk.draft().id), (Place::Read, first));
    assert_eq!(desk.w().view().filter.concern, Some(desk.concern("Surveillance powers").id));
    assert_eq!((desk.w().view().panel, desk.w().view().side_open), (Panel::Annotations, true));
    desk.must_see("Too long");
    desk.press(ALT, Key::ArrowLeft);
    desk.tab_to("Article 1(2) Scope: bracket lifted");
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.w().view().compare.page, ComparePage::Beside);
    let row = &desk.w().compared_pair().unwrap().comparison.rows[desk.w().view().compare.row];
    let words =
        row.new.and_then(|r| r.of(&desk.w().project().unwrap().draft(third).unwrap().text).map(str::to_owned)).unwrap();
    assert!(words.contains("serious offence"), "{words}");
}

#[test]
fn one_draft_has_nothing_to_be_compared_with() {
    let mut desk = super::desk::first_start();
    desk.run(Command::Project(travaux::workspace::ProjectCommand::New {
        folder: desk.home.path().join("alone"),
        details: travaux::model::ProjectDetails { title: "Alone".into(), ..Default::default() },
    }));
    desk.press(CTRL, Key::Num2);
    desk.must_see("Two drafts are needed to compare");
    desk.click("Add drafts…");
}

#[test]
fn a_small_window_and_the_dark_one_show_all_of_it() {
    for size in [(800.0, 600.0), (1920.0, 1080.0)] {
        let mut desk = two_drafts_sized(size);
        for theme in [travaux::workspace::ThemeChoice::Dark, travaux::workspace::ThemeChoice::Light] {
            desk.run(Command::View(ViewCommand::Theme(theme)));
            for page in ComparePage::ALL {
                desk.run(Command::Compare(CompareCommand::Page(page)));
                desk.must_see("Older draft: L.1");
                desk.must_see("Concordance");
            }
        }
    }
}
