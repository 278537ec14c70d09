//! Annotations carried to the next draft and reviewed, by keyboard alone.

use eframe::egui::{Key, Role};
use egui_kittest::kittest::NodeT as _;
use travaux::model::{Action, AnnotationId, Outcome, Placement, ProjectDetails, Recommendation, TextRange};
use travaux::workspace::{
    AnnotateCommand, CarryItem, Command, DraftCommand, Place, ProjectCommand, Question, ThemeChoice, ViewCommand, Way,
};

use super::desk::{Desk, reopen, workspace};
use super::hands::{CTRL, NONE, SHIFT};

const MARCH: &str = "\
CONVENTION ON HARBOR LIGHTS

Article 1
Definitions

1. For the purposes of this Convention, a light is any lamp kept burning for the safety of ships.

Article 2
Records

1. Each keeper shall record the name and the course of every ship that passes within sight of the light.

2. Records shall be handed over to any authority that asks for them, without further condition.

3. The keeper may leave the record to a machine if the machine has been approved by the office.

Article 3
Costs

1. The costs of lights on the open sea are shared among the Parties by the tonnage of their ships.
";

const JUNE: &str = "\
CONVENTION ON HARBOR LIGHTS

Article 1
Definitions

1. For the purposes of this Convention, a light is any lamp kept burning for the safety of ships.

Article 2
General obligation

1. Every Party undertakes to maintain whatever beacons the annexed chart shows along its shores.

Article 3
Records

1. Each keeper shall record the name and the course of every ship that passes within sight of the light.

2. Records shall be handed over to a competent authority that asks for them, subject to an order of a court.

Article 4
Costs

1. The costs of lights on the open sea are shared among the Parties by the tonnage of their ships.
";

/// Four remarks on March: unchanged, edited, deleted, renumbered; June is open.
fn desk() -> (Desk, Vec<AnnotationId>, Way) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("lights");
    let mut w = workspace(home.path());
    w.run(Command::Project(ProjectCommand::SetAnalyst("Amira".into())));
    let details = ProjectDetails { title: "Lights".into(), ..ProjectDetails::default() };
    w.run(Command::Project(ProjectCommand::New { folder: folder.clone(), details }));
    for (name, text) in [("March.txt", MARCH), ("June.txt", JUNE)] {
        let file = home.path().join(name);
        std::fs::write(&file, text).unwrap();
        w.run(Command::Draft(DraftCommand::Import(vec![file])));
        w.run(Command::Draft(DraftCommand::Accept));
    }
    let drafts: Vec<_> = w.project().unwrap().drafts.iter().map(|d| (d.id, d.text.clone())).collect();
    let way = Way { from: drafts[0].0, to: drafts[1].0 };
    let mut ids = Vec::new();
    for (words, note) in [
        ("any lamp kept burning", "Too wide"),
        ("to any authority that asks for them, without further condition", "A court must decide"),
        ("The keeper may leave the record to a machine", "No machines"),
        ("shared among the Parties by the tonnage of their ships", "Fair"),
    ] {
        let start = drafts[0].1.find(words).unwrap();
        let range = TextRange { start, end: start + words.len() };
        w.run(Command::Annotate(AnnotateCommand::Words { draft: way.from, range, concerns: Default::default() }));
        let id = w.view().focus.unwrap().annotation;
        w.run(Command::Annotate(AnnotateCommand::SetNote { id, note: note.into() }));
        ids.push(id);
    }
    let targets = vec!["Article 2(2)".to_owned()];
    let recommendation = Some(Recommendation { targets, ..Recommendation::to(Action::Limit) });
    w.run(Command::Annotate(AnnotateCommand::SetRecommendation { id: ids[1], recommendation }));
    w.run(Command::View(ViewCommand::Focus(None)));
    w.run(Command::View(ViewCommand::OpenDraft(way.to)));
    w.close_project();
    drop(w);
    let mut desk = reopen(home, &folder);
    desk.settle();
    (desk, ids, way)
}

fn there(desk: &Desk, id: AnnotationId, way: Way) -> Placement {
    desk.w().own_set().unwrap().annotations[&id].placements[&way.to].clone()
}

fn looked_at(desk: &Desk) -> CarryItem {
    desk.w().review_item().expect("something is looked at").clone()
}

fn id_of(item: &CarryItem) -> AnnotationId {
    item.finding.source.focus.annotation
}

/// The queue, row by row.
fn queue(desk: &Desk) -> Vec<String> {
    let rows = desk.names(Role::ListBoxOption);
    rows.into_iter().filter(|r| r.contains(": ")).collect()
}

#[test]
fn four_remarks_are_carried_and_reviewed_by_keyboard() {
    let (mut desk, ids, way) = desk();
    desk.must_see("4 annotations of March are not in this draft yet");
    desk.tab_to("Carry 4 annotations from March");
    desk.press(NONE, Key::Enter);
    desk.settle();
    assert_eq!(desk.w().view().place, Place::Review);
    desk.must_see("0 of 4 looked at");
    desk.must_see("To look at 4");
    let rows = queue(&desk);
    assert!(rows[0].starts_with("deleted, Article 2(3)"), "{rows:?}");
    assert!(rows[1].starts_with("edited, Article 2(2) \u{2192} Article 3(2)"), "{rows:?}");
    assert!(rows[3].starts_with("unchanged, Article 1(1)"), "{rows:?}");

    // The deleted one first: why, and where it stood.
    assert_eq!(id_of(&looked_at(&desk)), ids[2]);
    desk.must_see("no clause like it");
    desk.must_see("The keeper may leave the record to a machine");
    desk.press(NONE, Key::A);
    assert!(matches!(there(&desk, ids[2], way), Placement::Lost { deleted: true, reviewed: true, .. }));
    desk.must_see("1 of 4 looked at");

    // Then the edited one: the redline tells what was struck without its color, and what is recommended is renumbered.
    assert_eq!(id_of(&looked_at(&desk)), ids[1]);
    desk.must_see("[struck: ");
    desk.must_see("[put in: ");
    desk.must_see("A court must decide");
    desk.must_see("Article 2(2) \u{2192} Article 3(2), as renumbered");
    desk.press(NONE, Key::R);
    assert_eq!(desk.own()[1].recommendation.as_ref().unwrap().targets, ["Article 3(2)"]);
    desk.must_not_see("as renumbered");
    desk.press(NONE, Key::Num2);
    assert_eq!(desk.own()[1].outcomes.get(&way.to), Some(&Outcome::PartlyMet));
    assert!(matches!(there(&desk, ids[1], way), Placement::Made(_)));
    desk.must_see("2 of 4 looked at");
    desk.must_see("accepted, partly met");
    // Saying it again takes it back.
    desk.press(NONE, Key::Num2);
    assert!(desk.own()[1].outcomes.is_empty());
    desk.press(NONE, Key::Num1);

    // On to the next; back; and on another place.
    desk.press(NONE, Key::S);
    assert_eq!(id_of(&looked_at(&desk)), ids[3]);
    desk.press(NONE, Key::ArrowUp);
    assert_eq!(id_of(&looked_at(&desk)), ids[1]);
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::P);
    assert_eq!(desk.keyboard_at(), "Another provision (P)");
    desk.type_text("99");
    desk.press(NONE, Key::Enter);
    desk.must_see("Not in June");
    desk.press(NONE, Key::P);
    desk.press(CTRL, Key::A);
    desk.type_text("2(1)");
    desk.press(NONE, Key::Enter);
    desk.must_see("could stand in");
    desk.press(NONE, Key::A);
    assert_eq!(there(&desk, ids[3], way).citation().to_string(), "2(1)");

    // Undone it waits again, and is kept as lost.
    desk.press(CTRL, Key::Z);
    desk.must_see("2 of 4 looked at");
    assert!(matches!(there(&desk, ids[3], way), Placement::Carried { .. }));
    desk.press(CTRL, Key::Num3);
    for _ in 0..4 {
        desk.press(NONE, Key::ArrowUp);
    }
    desk.press(NONE, Key::ArrowDown);
    desk.press(NONE, Key::ArrowDown);
    assert_eq!(id_of(&looked_at(&desk)), ids[3]);
    desk.press(NONE, Key::K);
    assert!(matches!(there(&desk, ids[3], way), Placement::Lost { deleted: false, reviewed: true, .. }));

    // What is unchanged, all at once.
    desk.tab_to("Accept all unchanged (1)");
    desk.press(NONE, Key::Enter);
    desk.must_see("All 4 looked at");
    assert!(matches!(there(&desk, ids[0], way), Placement::Made(_)));
    // And with one key, all with the verdict of the one that is looked at.
    desk.press(CTRL, Key::Z);
    desk.must_see("3 of 4 looked at");
    assert_eq!(id_of(&looked_at(&desk)), ids[0]);
    desk.press(SHIFT, Key::A);
    desk.must_see("All 4 looked at");
    // In the reader it stands where it was accepted, and nothing more is offered.
    desk.press(CTRL, Key::Num1);
    desk.must_not_see("not in this draft yet");
}

#[test]
fn words_are_chosen_in_the_reader_and_put_there() {
    let (mut desk, ids, way) = desk();
    desk.click("Carry 4 annotations from March");
    assert_eq!(id_of(&looked_at(&desk)), ids[2]);
    desk.press(NONE, Key::W);
    assert_eq!(desk.w().view().place, Place::Read);
    desk.must_see("Select the words that the remark on Article 2(3) is about now");
    assert!(desk.is_disabled("Put it there"));
    let range = desk.range_of("subject to an order of a court");
    let selection = travaux::workspace::Selection { anchor: range.start, head: range.end };
    desk.run(Command::View(ViewCommand::Select(Some(selection))));
    desk.click("Put it there");
    assert_eq!(desk.w().view().place, Place::Review);
    assert_eq!(there(&desk, ids[2], way).quote().exact, "subject to an order of a court");
    desk.must_see("1 of 4 looked at");
    // Enter opens what is looked at in the reader; Alt+Left comes back.
    desk.press(NONE, Key::Enter);
    assert_eq!(desk.w().view().place, Place::Read);
    desk.press(super::hands::ALT, Key::ArrowLeft);
    assert_eq!(desk.w().view().place, Place::Review);
}

#[test]
fn what_is_empty_says_what_to_do_and_both_themes_draw() {
    let home = tempfile::tempdir().unwrap();
    let mut w = workspace(home.path());
    let details = ProjectDetails { title: "Lights".into(), ..ProjectDetails::default() };
    w.run(Command::Project(ProjectCommand::New { folder: home.path().join("lights"), details }));
    w.close_project();
    drop(w);
    let folder = home.path().join("lights");
    let mut empty = reopen(home, &folder);
    empty.press(CTRL, Key::Num3);
    empty.must_see("Nothing to review yet");
    empty.must_see("Add drafts…");

    let (mut desk, ..) = desk();
    desk.press(CTRL, Key::Num3);
    // Nothing is carried yet, but it is told where everything would stand.
    desk.must_see("Carry 4 annotations");
    desk.must_see("0 of 4 looked at");
    desk.run(Command::View(ViewCommand::Theme(ThemeChoice::Dark)));
    desk.must_see("deleted");
    desk.resize(900.0, 600.0);
    desk.must_see("Accept");
    desk.ask(Question::Carry);
    desk.must_see("4 annotations would be found in the second draft");
    desk.click("Carry");
    desk.must_see("0 of 4 looked at");
    let rows = desk.matching(|n, name| n.accesskit_node().role() == Role::ListBoxOption && name.contains("to look at"));
    assert!(!rows.is_empty());
}
