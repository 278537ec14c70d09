//! Every place, panel and dialog, in both themes and in windows large and small: nothing fails, everything has a name.

use eframe::egui::{Key, Rect, Role, accesskit};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT as _;
use travaux::model::{Severity, Status};
use travaux::workspace::{
    ACTIONS, AnnotateCommand, Command, Does, Focus, Panel, Place, ProjectCommand, Question, SearchCommand, ThemeChoice,
    ViewCommand,
};

use super::desk::{Desk, first_start, two_drafts, two_drafts_sized};
use super::eyes::name_of;
use super::hands::{CTRL, NONE, SHIFT};
use super::side::remark;

/// Whoever cannot see the screen must be told what each thing is.
pub fn everything_has_a_name(desk: &Desk, at: &str) {
    let mut unnamed = Vec::new();
    for node in desk.window.root().children_recursive() {
        let (ak, name) = (node.accesskit_node(), name_of(&node));
        let data = ak.data();
        let acts = [accesskit::Action::Click, accesskit::Action::Focus].iter().any(|&a| data.supports_action(a));
        let is_field = matches!(ak.role(), Role::TextInput | Role::MultilineTextInput | Role::Slider | Role::ComboBox);
        if ak.is_hidden() || !(acts || is_field || eframe::egui::accessibility::is_input(ak.role())) {
            continue;
        }
        // egui's own: for the mouse alone, and it cannot be named.
        if ak.role() == Role::ScrollBar {
            continue;
        }
        if name.trim().is_empty() {
            unnamed.push(format!("{:?} at {:?} in {:?}", ak.role(), ak.raw_bounds(), ak.parent().map(|p| p.role())));
        }
    }
    assert!(unnamed.is_empty(), "{at}: without a name: {unnamed:#?}");
}

/// Buttons that leave a card or a dialog; a dialog's are drawn last.
fn ways_out(desk: &Desk) -> Vec<Rect> {
    let leaves = ["Cancel", "Done", "Close"];
    let list = desk.matching(|n, name| n.accesskit_node().role() == Role::Button && leaves.contains(&name));
    list.iter().map(Node::rect).collect()
}

/// The dialogs of all actions that ask.
fn questions() -> Vec<(&'static str, Question)> {
    ACTIONS.iter().filter_map(|a| if let Does::Ask(q, _) = a.does { Some((a.name, q)) } else { None }).collect()
}

fn look_everywhere(desk: &mut Desk, at: &str) {
    for theme in [ThemeChoice::Light, ThemeChoice::Dark] {
        desk.run(Command::View(ViewCommand::Theme(theme)));
        assert_eq!(desk.dark(), theme == ThemeChoice::Dark);
        for place in Place::ALL {
            desk.run(Command::View(ViewCommand::Go(place)));
            everything_has_a_name(desk, &format!("{at}, {theme:?}, {place:?}"));
        }
        desk.run(Command::View(ViewCommand::Go(Place::Read)));
        for panel in Panel::ALL {
            if desk.w().view().panel != panel || !desk.w().view().side_open {
                desk.run(Command::View(ViewCommand::Panel(panel)));
            }
            everything_has_a_name(desk, &format!("{at}, {theme:?}, {panel:?}"));
        }
        for (name, question) in questions() {
            let before = ways_out(desk).len();
            desk.ask(question);
            let screen = desk.window.ctx.content_rect();
            for way in ways_out(desk).split_off(before) {
                assert!(screen.contains_rect(way), "{at}, {name}: a way out at {way:?}, out of sight");
            }
            everything_has_a_name(desk, &format!("{at}, {theme:?}, {name}"));
            desk.press(NONE, Key::Escape);
        }
        for menu in ["Project", "Edit", "Annotate", "View", "Go", "Help"] {
            desk.click(menu);
            everything_has_a_name(desk, &format!("{at}, {theme:?}, menu {menu}"));
            desk.press(NONE, Key::Escape);
        }
    }
}

#[test]
fn everything_on_a_laptop() {
    everything_at((1280.0, 800.0));
}

#[test]
fn everything_on_a_large_screen() {
    everything_at((1920.0, 1080.0));
}

#[test]
fn everything_in_a_small_window() {
    everything_at((720.0, 480.0));
}

/// Every place, panel and dialog in both themes.
fn everything_at(size: (f32, f32)) {
    let mut desk = two_drafts_sized(size);
    remark(&mut desk, "any [serious] offence", "Surveillance powers", "A note", Some(Severity::High), Status::Draft);
    remark(&mut desk, "tend its lights", "Effective remedy", "", None, Status::Agreed);
    desk.run(Command::Search(SearchCommand::Ask("light".into())));
    let focus = Focus { analyst: desk.w().analyst().unwrap().id, annotation: desk.own()[0].id };
    desk.run(Command::View(ViewCommand::ShowAnnotation(focus)));
    let recommendation = travaux::model::Recommendation::to(travaux::model::Action::Amend);
    let id = focus.annotation;
    desk.run(Command::Annotate(AnnotateCommand::SetRecommendation { id, recommendation: Some(recommendation) }));
    desk.run(Command::View(ViewCommand::Find(Some(travaux::workspace::Find {
        text: "light".into(),
        exact_case: false,
    }))));
    look_everywhere(&mut desk, &format!("{size:?}"));
    // And with nothing open.
    desk.run(Command::Project(ProjectCommand::Close));
    everything_has_a_name(&desk, "the welcome page");
}

#[test]
fn a_project_without_drafts_and_a_first_start_have_names_as_well() {
    let mut desk = first_start();
    everything_has_a_name(&desk, "first start");
    let details = travaux::model::ProjectDetails {
        title: "Empty".into(),
        instrument: String::new(),
        ..travaux::model::ProjectDetails::default()
    };
    desk.run(Command::Project(ProjectCommand::New { folder: desk.home.path().join("empty"), details }));
    look_everywhere(&mut desk, "empty");
}

#[test]
fn the_review_of_an_import_fits_a_small_window() {
    let mut desk = first_start();
    desk.resize(720.0, 480.0);
    let details = travaux::model::ProjectDetails {
        title: "Empty".into(),
        instrument: String::new(),
        ..travaux::model::ProjectDetails::default()
    };
    desk.run(Command::Project(ProjectCommand::New { folder: desk.home.path().join("empty"), details }));
    let files = super::treaty::draft_files(desk.home.path());
    desk.drop_files(&files);
    everything_has_a_name(&desk, "review");
    desk.click("Add 2 drafts");
    assert_eq!(desk.w().project().unwrap().drafts.len(), 2);
}

#[test]
fn theme_text_size_and_marks_are_switched_and_kept() {
    let mut desk = two_drafts();
    desk.press(CTRL, Key::Comma);
    desk.click("Dark");
    assert!(desk.dark());
    desk.click("Light");
    assert!(!desk.dark());
    desk.fill_in("Your name, as colleagues will see it", "Amira B.");
    desk.click("Done");
    assert_eq!(desk.w().analyst().unwrap().name, "Amira B.");

    let before = desk.paragraph("CONVENTION ON SHARED LIGHTHOUSES").height();
    for _ in 0..4 {
        desk.press(CTRL, Key::Plus);
    }
    assert!(desk.paragraph("CONVENTION ON SHARED LIGHTHOUSES").height() > before);
    desk.press(CTRL, Key::Minus);
    desk.press(CTRL, Key::Num0);
    assert_eq!(desk.paragraph("CONVENTION ON SHARED LIGHTHOUSES").height(), before);
    assert!(desk.w().view().marks_shown);
    desk.press(CTRL, Key::M);
    assert!(!desk.w().view().marks_shown);

    desk.press(CTRL, Key::K);
    desk.type_text("dark theme");
    desk.press(NONE, Key::Enter);
    let folder = desk.w().folder().unwrap().to_owned();
    let mut again = desk.closed_and_opened(&folder);
    assert!(again.dark());
    assert!(!again.w().view().marks_shown);
    assert_eq!(again.w().analyst().unwrap().name, "Amira B.");
    again.press(CTRL, Key::M);
    assert!(again.w().view().marks_shown);
}

#[test]
fn at_1280_by_800_the_page_has_65_characters_and_the_cards_have_room() {
    let mut desk = two_drafts();
    remark(&mut desk, "any [serious] offence", "Surveillance powers", "A note", Some(Severity::High), Status::Draft);
    let card = desk.first(Role::Button, "Card Surveillance powers").rect();
    assert!(card.width() >= 200.0, "{card:?}");
    assert!(card.left() >= desk.paragraph("any [serious] offence").right());
    desk.press(CTRL, Key::G);
    desk.type_text("9(2)");
    desk.press(NONE, Key::Enter);
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::Home);
    desk.press(SHIFT, Key::End);
    let line = desk.selected();
    assert!((60..=80).contains(&line.chars().count()), "{} characters: {line}", line.chars().count());
}

#[test]
fn a_note_can_be_written_in_a_small_window_and_with_large_text() {
    for (size, larger) in [((720.0, 480.0), 0), ((1280.0, 800.0), 4), ((1280.0, 800.0), 20)] {
        let mut desk = two_drafts_sized(size);
        desk.run(Command::View(ViewCommand::TextSize(18.0 + larger as f32)));
        remark(&mut desk, "tend its lights", "Surveillance powers", "", None, Status::Draft);
        desk.press(NONE, Key::F8);
        let note = desk.thing("Note").rect();
        let screen = desk.window.ctx.content_rect();
        assert!(screen.contains_rect(note) && note.width() > 100.0, "{size:?} at {larger}: {note:?}");
        desk.click("Note");
        desk.type_text("Written here");
        assert_eq!(desk.own()[0].note, "Written here");
        desk.click("Done");
        desk.click("Surveillance powers: Written here");
        assert_eq!(desk.field("Note"), "Written here");
    }
}
