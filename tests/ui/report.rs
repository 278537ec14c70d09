//! The place Report: papers made, filled, exported; the pages follow; with the mouse and by keyboard alone.
#![cfg(feature = "pdf")]

use eframe::egui::{Key, Pos2, Rect, Role, pos2};
use egui_kittest::kittest::NodeT as _;
use travaux::model::{AnnotationId, PaperDate, Severity, Status, SubmissionId};
use travaux::workspace::{Command, PaperOf, Place, ReportOf, ThemeChoice, ViewCommand};

use super::desk::{Desk, first_start, two_drafts, two_drafts_sized};
use super::hands::{ALT, CTRL, NONE, SHIFT};
use super::looks::everything_has_a_name;
use super::side::remark;

/// The first draft with two remarks, as the latest has none.
fn desk() -> Desk {
    with_remarks(two_drafts())
}

fn with_remarks(mut desk: Desk) -> Desk {
    let latest = desk.w().project().unwrap().drafts.last().unwrap().id;
    desk.run(Command::View(ViewCommand::OpenDraft(latest)));
    let text = desk.draft().text.clone();
    let lines: Vec<&str> = text.lines().filter(|l| l.starts_with("1. ") || l.starts_with("2. ")).collect();
    assert!(lines.len() >= 2);
    let (first, last) = (lines[0], lines[lines.len() - 1]);
    remark(&mut desk, first, "Surveillance powers", "Far too wide", Some(Severity::High), Status::Draft);
    remark(&mut desk, last, "Effective remedy", "No court is named", None, Status::Agreed);
    desk
}

fn shown(desk: &Desk) -> SubmissionId {
    let Some(PaperOf::Kept(id)) = desk.w().shown_paper() else { panic!("no submission is shown") };
    id
}

/// The words of the pages in sight, as somebody hears them who does not see them.
fn words(desk: &Desk) -> String {
    desk.names(Role::Paragraph).join("\n").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn reads(desk: &Desk, what: &str) {
    assert!(words(desk).contains(what), "{what:?} is not on the pages: {}", words(desk));
}

#[track_caller]
fn reads_not(desk: &Desk, what: &str) {
    assert!(!words(desk).contains(what), "{what:?} is on the pages: {}", words(desk));
}

/// Where a remark stands on the first page, on the screen.
fn place_of(desk: &Desk, remark: AnnotationId) -> Pos2 {
    let sheets = desk.w().sheets(&desk.w().shown_paper().unwrap()).unwrap();
    let (page, area) = sheets.pages.place_of(remark).expect("it is on the pages");
    assert_eq!(page, 0);
    let shape = &sheets.pages.shapes()[0];
    let sheet: Rect = desk.matching(|n, _| n.accesskit_node().role() == Role::Paragraph)[0].rect();
    let scale = sheet.width() / shape.width;
    sheet.min + eframe::egui::vec2((area.x + area.width * 0.4) * scale, (area.y + area.height * 0.5) * scale)
}

fn make(desk: &mut Desk, template: &str) {
    desk.press(CTRL, Key::Num6);
    desk.click(template);
    desk.wait(2);
}

#[test]
fn a_paper_is_made_and_follows_what_is_typed() {
    let mut desk = desk();
    desk.press(CTRL, Key::Num6);
    assert_eq!(desk.w().view().place, Place::Report);
    desk.must_see("Papers for the delegates");
    everything_has_a_name(&desk, "no submission yet");
    desk.click("Delegate sheet");
    desk.wait(3);
    reads(&desk, "Far too wide");
    reads(&desk, "No court is named");
    desk.must_see("1 page, 2 remarks");
    everything_has_a_name(&desk, "a delegate sheet");

    desk.click("Before the text");
    desk.wait(3);
    desk.fill_in("Title", "Lights for all");
    desk.fill_in("Organisation", "Keepers of the coast");
    reads(&desk, "Lights for all");
    reads(&desk, "Keepers of the coast");
    // Field by field it is taken back.
    desk.press(NONE, Key::Escape);
    desk.press(CTRL, Key::Z);
    reads_not(&desk, "Keepers of the coast");
    reads(&desk, "Lights for all");
    desk.press(CTRL, Key::Z);
    reads_not(&desk, "Lights for all");
    let signatories = "Amira\nBoris";
    desk.fill_in("Signatories", signatories);
    assert_eq!(desk.w().submission(shown(&desk)).unwrap().front.signatories, ["Amira", "Boris"]);
    desk.choose("Date", "A certain day");
    desk.fill_in("Day", "2026-02-");
    desk.must_see("A date is written year-month-day");
    desk.fill_in("Day", "2026-02-07");
    assert_eq!(desk.w().submission(shown(&desk)).unwrap().front.date, PaperDate::On("2026-02-07".parse().unwrap()));
    reads(&desk, "7 February 2026");
}

#[test]
fn the_first_paper_is_one_key_away() {
    let mut desk = desk();
    desk.press(CTRL, Key::Num6);
    desk.wait(2);
    desk.press(NONE, Key::Tab);
    desk.press(NONE, Key::Enter);
    desk.wait(2);
    assert_eq!(desk.w().submission(shown(&desk)).unwrap().name, "Thematic brief");
}

#[test]
fn a_click_on_the_page_opens_the_remark_there() {
    let mut desk = desk();
    make(&mut desk, "Delegate sheet");
    let remark = desk.own()[0].id;
    let at = place_of(&desk, remark);
    desk.click_at(at);
    assert_eq!(desk.w().view().focus.map(|f| f.annotation), Some(remark));
    assert_eq!(desk.field("Note"), "Far too wide");
    desk.fill_in("Note", "Much too wide");
    reads(&desk, "Much too wide");
    everything_has_a_name(&desk, "a card over the page");
    desk.click("Down");
    desk.wait(2);
    let of = desk.w().shown_paper().unwrap();
    assert_eq!(desk.w().composed(&of).unwrap().remarks[1].annotation, remark);
    desk.click("Main point");
    assert_eq!(desk.w().submission(shown(&desk)).unwrap().promoted, [remark]);
    desk.click("Leave out");
    desk.wait(2);
    reads_not(&desk, "Much too wide");
    desk.must_not_see("What is wrong here");
    assert_eq!(desk.own()[0].note, "Much too wide", "the remark stays as it is");
    desk.click("Remarks (1)");
    desk.must_see("Not in it: 1 left out by hand");
    desk.click_first(Role::ListBoxOption, "left out by hand: Much too wide");
    desk.click("Take in again");
    desk.wait(2);
    reads(&desk, "Much too wide");
    // The list follows the page.
    let other = desk.own()[1].id;
    let at = place_of(&desk, other);
    desk.click_at(at);
    desk.press(NONE, Key::Escape);
    desk.wait(2);
    desk.click("Main point");
    assert_eq!(desk.w().submission(shown(&desk)).unwrap().promoted, [remark, other]);
    // And from the page into the draft, and back.
    let at = place_of(&desk, remark);
    desk.click_at(at);
    desk.click("Show in the draft");
    assert_eq!(desk.w().view().place, Place::Read);
    desk.press(ALT, Key::ArrowLeft);
    assert_eq!(desk.w().view().place, Place::Report);
}

#[test]
fn papers_are_made_arranged_and_taken_away_by_keyboard_alone() {
    let mut desk = desk();
    desk.press(CTRL, Key::Num6);
    desk.press(CTRL, Key::N);
    desk.press(CTRL, Key::Enter);
    desk.wait(3);
    let id = shown(&desk);
    let of = PaperOf::Kept(id);
    reads(&desk, "Far too wide");
    desk.press(NONE, Key::R);
    desk.wait(3);
    assert!(desk.keyboard_at().contains("Far too wide"), "{}", desk.keyboard_at());
    let order = |desk: &Desk| -> Vec<AnnotationId> {
        desk.w().composed(&of).unwrap().remarks.iter().map(|f| f.annotation).collect()
    };
    let before = order(&desk);
    desk.press(NONE, Key::ArrowDown);
    desk.wait(3);
    assert!(desk.keyboard_at().contains("No court is named"), "{}", desk.keyboard_at());
    desk.press(ALT, Key::ArrowUp);
    desk.wait(3);
    assert_eq!(order(&desk), [before[1], before[0]]);
    assert!(desk.keyboard_at().contains("No court is named"), "{}", desk.keyboard_at());
    desk.press(NONE, Key::M);
    desk.wait(2);
    assert!(desk.keyboard_at().contains("main point"), "{}", desk.keyboard_at());
    desk.press(NONE, Key::Delete);
    desk.wait(3);
    assert_eq!(order(&desk).len(), 1);
    reads_not(&desk, "No court is named");
    desk.press(CTRL, Key::Z);
    desk.wait(3);
    assert_eq!(order(&desk).len(), 2);
    desk.press(NONE, Key::Enter);
    desk.wait(3);
    assert_eq!(desk.keyboard_at(), "Note");
    desk.type_text("!");
    desk.press(NONE, Key::Escape);
    desk.wait(3);
    assert!(desk.w().view().focus.is_none(), "the card is put away");
    assert!(desk.keyboard_at().contains('!'), "back in the list: {}", desk.keyboard_at());
    // The pages have the keyboard as well, and larger ones are one key away.
    let wide = desk.matching(|n, _| n.accesskit_node().role() == Role::Paragraph)[0].rect().width();
    desk.press(CTRL, Key::Plus);
    desk.wait(2);
    let wider = desk.matching(|n, _| n.accesskit_node().role() == Role::Paragraph)[0].rect().width();
    assert!(wider > wide * 1.2, "{wide} and {wider}");
    desk.press(CTRL, Key::Num0);
    desk.tab_to_page();
    desk.press(NONE, Key::PageDown);
    for (action, left) in [("Duplicate this submission", 2), ("Remove this submission", 1)] {
        desk.press(CTRL, Key::K);
        desk.type_text(action);
        desk.press(NONE, Key::Enter);
        desk.wait(2);
        assert_eq!(desk.w().submissions().len(), left, "{action}");
    }
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.w().submissions().len(), 2);
}

#[test]
fn a_paper_goes_to_every_format_and_again_to_where_it_went() {
    let mut desk = desk();
    make(&mut desk, "Thematic brief");
    let folder = desk.home.path().to_owned();
    for (_, _, ending) in travaux::workspace::Workspace::paper_formats() {
        let path = folder.join(format!("brief.{ending}"));
        desk.press(CTRL, Key::E);
        desk.fill_in("Write to", &path.display().to_string());
        desk.click("Export");
        desk.wait(2);
        assert!(path.metadata().is_ok_and(|m| m.len() > 100), "{ending}");
    }
    desk.must_see("Nothing changed since you exported this");
    let remark = desk.own()[0].id;
    desk.run(Command::Annotate(travaux::workspace::AnnotateCommand::SetNote { id: remark, note: "Otherwise".into() }));
    desk.wait(2);
    desk.must_see("1 note changed since you exported this");
    desk.press(CTRL, Key::E);
    let last = folder.join("brief.xlsx").display().to_string();
    assert_eq!(desk.field("Write to"), last);
    desk.must_see("There is a file of this name already");
    desk.press(CTRL, Key::Enter);
    desk.wait(2);
    desk.must_see("Nothing changed since you exported this");
    // Of another format in the same folder.
    desk.press(CTRL, Key::E);
    desk.click("Web page (HTML) (.html)");
    assert_eq!(desk.field("Write to"), folder.join("brief.html").display().to_string());
    desk.press(NONE, Key::Escape);
}

#[test]
fn settings_say_what_it_takes_and_how_it_is_written() {
    let mut desk = desk();
    make(&mut desk, "Civil society submission");
    desk.click("Agreed");
    desk.wait(2);
    reads_not(&desk, "Far too wide");
    desk.must_see("1 remark");
    desk.click("Agreed");
    desk.click("Surveillance powers");
    desk.wait(2);
    assert_eq!(desk.w().composed(&desk.w().shown_paper().unwrap()).unwrap().remarks.len(), 1);
    desk.click("Surveillance powers");
    desk.choose("Severity", "At least high");
    desk.wait(2);
    assert_eq!(desk.w().composed(&desk.w().shown_paper().unwrap()).unwrap().remarks.len(), 1);
    desk.choose("Severity", "Any, or none said");
    desk.choose("Kind", "Amendment table");
    desk.choose("Language of the fixed words", "French");
    desk.wait(2);
    assert_eq!(desk.w().submission(shown(&desk)).unwrap().language, "fr");
    desk.fill_in("Found by a question", "nofield:(");
    desk.must_see("not understood");
    desk.fill_in("Found by a question", "");
    desk.click("Table of contents");
    // The papers on the drafts as a whole.
    desk.click("Concordance");
    desk.wait(2);
    assert_eq!(desk.w().view().report.shown, Some(ReportOf::Concordance));
    assert!(!words(&desk).is_empty());
    desk.click("What became of our concerns");
    desk.wait(2);
    desk.click("Over all drafts");
    desk.wait(2);
    everything_has_a_name(&desk, "what became of our concerns");
    desk.click("Civil society submission, Amendment table");
    desk.click("What to do with Civil society submission");
    desk.fill_in("Name of the submission", "For the eighth session");
    desk.press(NONE, Key::Enter);
    desk.must_see("For the eighth session");
}

#[test]
fn a_logo_is_asked_for_and_one_that_is_none_is_refused() {
    let mut desk = desk();
    make(&mut desk, "Delegate sheet");
    desk.click("Before the text");
    desk.wait(3);
    let folder = desk.home.path().to_owned();
    let (none, mark) = (folder.join("none.png"), folder.join("mark.svg"));
    std::fs::write(&none, "no picture").unwrap();
    std::fs::write(&mark, "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'/>").unwrap();
    for (path, kept) in [(&none, None), (&mark, Some("mark.svg"))] {
        desk.click("Logo…");
        desk.type_text(&path.display().to_string());
        desk.press(CTRL, Key::Enter);
        desk.wait(2);
        let submission = desk.w().submission(shown(&desk)).unwrap();
        assert_eq!(submission.front.logo.as_ref().map(|f| f.name.as_str()), kept);
    }
    desk.click("No logo");
    assert!(desk.w().submission(shown(&desk)).unwrap().front.logo.is_none());
}

#[test]
fn the_place_has_names_and_room_in_every_window_and_theme() {
    for size in [(1280.0, 800.0), (1920.0, 1080.0), (720.0, 480.0)] {
        let mut desk = with_remarks(two_drafts_sized(size));
        make(&mut desk, "Thematic brief");
        for theme in [ThemeChoice::Light, ThemeChoice::Dark] {
            desk.run(Command::View(ViewCommand::Theme(theme)));
            everything_has_a_name(&desk, &format!("{size:?}, {theme:?}"));
            let sheet = desk.matching(|n, _| n.accesskit_node().role() == Role::Paragraph)[0].rect();
            let least = if size.0 < 800.0 { 300.0 } else { 640.0 };
            assert!(sheet.width() >= least, "{size:?}: a page of {sheet:?}");
        }
        desk.press(NONE, Key::R);
        desk.wait(2);
        everything_has_a_name(&desk, &format!("{size:?}, remarks"));
        desk.press(SHIFT, Key::Tab);
    }
}

#[test]
fn an_empty_place_offers_the_next_step() {
    let mut desk = first_start();
    let details = travaux::model::ProjectDetails { title: "Empty".into(), ..travaux::model::ProjectDetails::default() };
    let folder = desk.home.path().join("empty");
    desk.run(Command::Project(travaux::workspace::ProjectCommand::New { folder, details }));
    desk.press(CTRL, Key::Num6);
    desk.must_see("There is no draft yet");
    everything_has_a_name(&desk, "no draft");
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Num6);
    desk.must_see("of which there are none yet");
    desk.click("Delegate sheet");
    desk.wait(3);
    desk.must_see("No remark is in it");
    desk.click_at(pos2(900.0, 500.0));
    everything_has_a_name(&desk, "a paper without remarks");
}
