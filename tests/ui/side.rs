//! The side panel: the outline, the annotation list, the concerns.

use eframe::egui::{Key, Role};
use travaux::model::{AnnotationKind, CitationStyle, Severity, Status};
use travaux::workspace::{AnnotateCommand, Command, Panel, SortBy, ViewCommand};

use super::desk::{Desk, two_drafts};
use super::hands::{ALT, CTRL, NONE};

const SIGNALS: &str = "3 Signals, 1 Secrecy, transparency and accountability, 1 Surveillance powers";
const HARBORS: &str = "6 Harbors, 1 Surveillance powers";

/// Four remarks in the first draft, one of them an absence, one in the second draft.
fn annotated() -> Desk {
    let mut desk = two_drafts();
    let surveillance = "Surveillance powers";
    remark(
        &mut desk,
        "intercept any signal",
        surveillance,
        "Interception without a judge",
        Some(Severity::Critical),
        Status::Agreed,
    );
    remark(
        &mut desk,
        "read in secret",
        "Secrecy, transparency and accountability",
        "Nobody learns of it",
        Some(Severity::High),
        Status::Draft,
    );
    remark(&mut desk, "refuse a ship that carries secrets", surveillance, "", None, Status::Draft);
    let draft = desk.draft();
    let provision = draft.outline.at(desk.range_of("answers to nobody").start).unwrap();
    desk.run(Command::Annotate(AnnotateCommand::Provision {
        draft: draft.id,
        provision,
        kind: AnnotationKind::Absence,
        concerns: [desk.concern("Independent oversight").id].into(),
    }));
    let second = desk.draft_named("L.7");
    desk.run(Command::View(ViewCommand::OpenDraft(second)));
    remark(&mut desk, "belongs to nobody", "Effective remedy", "Whose sand is it", Some(Severity::Low), Status::Draft);
    let first = desk.draft_named("L.1");
    desk.run(Command::View(ViewCommand::OpenDraft(first)));
    desk.run(Command::View(ViewCommand::Focus(None)));
    desk
}

pub fn remark(desk: &mut Desk, words: &str, concern: &str, note: &str, severity: Option<Severity>, status: Status) {
    let (draft, range) = (desk.draft().id, desk.range_of(words));
    let concerns = [desk.concern(concern).id].into();
    desk.run(Command::Annotate(AnnotateCommand::Words { draft, range, concerns }));
    let id = desk.own().last().unwrap().id;
    desk.run(Command::Annotate(AnnotateCommand::SetNote { id, note: note.into() }));
    desk.run(Command::Annotate(AnnotateCommand::SetSeverity { id, severity }));
    desk.run(Command::Annotate(AnnotateCommand::SetStatus { id, status }));
    desk.run(Command::View(ViewCommand::Focus(None)));
}

fn rows(desk: &Desk) -> Vec<String> {
    desk.names(Role::ListBoxOption)
}

#[test]
fn the_outline_goes_there_follows_counts_and_filters() {
    let mut desk = annotated();
    assert_eq!(desk.w().view().panel, Panel::Outline);
    let list = rows(&desk);
    assert!(list.contains(&SIGNALS.to_owned()), "{list:?}");
    assert!(list.contains(&HARBORS.to_owned()), "{list:?}");
    assert!(list.contains(&"1 Scope".to_owned()), "{list:?}");

    desk.click("8 Disputes");
    desk.paragraph("Disputes are settled by talk");
    desk.must_see("Article 8");
    desk.click(HARBORS);
    desk.paragraph("Harbors open at dawn");

    // The marked row follows the reading position, there and back.
    let chosen = |desk: &Desk| rows(desk).iter().position(|r| desk.is_chosen(r));
    let far = chosen(&desk).expect("a row is marked");
    desk.press(ALT, Key::ArrowLeft);
    desk.press(ALT, Key::ArrowLeft);
    assert!(chosen(&desk).is_none_or(|near| near < far), "{:?} {far}", chosen(&desk));
    desk.press(ALT, Key::ArrowRight);
    desk.press(ALT, Key::ArrowRight);
    assert_eq!(chosen(&desk), Some(far));

    desk.fill_in("Filter provisions", "sig");
    assert_eq!(rows(&desk).len(), 2, "{:?}", rows(&desk));
    assert!(rows(&desk)[0].starts_with("CHAPTER I GENERAL PROVISIONS, 2 Surveillance powers, "), "{:?}", rows(&desk));
    assert_eq!(rows(&desk)[1], SIGNALS);
    desk.click(SIGNALS);
    desk.paragraph("Signals are kept for a year");
    desk.fill_in("Filter provisions", "3(2)");
    assert!(rows(&desk).iter().any(|r| r.starts_with("2")), "a citation finds its paragraph: {:?}", rows(&desk));
    desk.fill_in("Filter provisions", "zebra");
    desk.must_see("Nothing in the outline has these words");
    desk.fill_in("Filter provisions", "");
    assert!(rows(&desk).len() > 9);
}

#[test]
fn the_annotation_list_filters_sorts_and_shows_the_place() {
    let mut desk = annotated();
    desk.click("Annotations");
    desk.must_see("4 annotations");
    assert_eq!(rows(&desk).len(), 4);
    assert!(rows(&desk)[0].starts_with("Article 2(2)"), "in the order of the draft: {:?}", rows(&desk));

    desk.fill_in("Filter annotations", "judge");
    desk.must_see("1 of 4 annotations");
    assert_eq!(rows(&desk), ["Article 3(2): intercept any signal"]);
    desk.fill_in("Filter annotations", "no such word");
    desk.must_see("No annotation passes the filter");
    desk.fill_in("Filter annotations", "");

    desk.click("Filter");
    let tag = desk.concern("Surveillance powers").tag;
    desk.choose("Concern", &format!("{tag} Surveillance powers"));
    assert_eq!(rows(&desk), ["Article 3(2): intercept any signal", "Article 6(2): refuse a ship that carries secrets"]);
    desk.choose("Severity", "high or worse");
    assert_eq!(rows(&desk), ["Article 3(2): intercept any signal"]);
    desk.click("Clear");
    assert_eq!(rows(&desk).len(), 4);
    desk.choose("Status", "agreed");
    assert_eq!(rows(&desk), ["Article 3(2): intercept any signal"]);
    desk.choose("Status", "any");
    desk.choose("Kind", "absences");
    assert_eq!(rows(&desk).len(), 1);
    desk.choose("Kind", "any");
    desk.choose("Analyst", "Amira");
    assert_eq!(rows(&desk).len(), 4);
    desk.click("Clear");

    desk.choose("Order", SortBy::Severity.name());
    assert!(rows(&desk)[0].starts_with("Article 3(2)"), "{:?}", rows(&desk));
    assert!(rows(&desk)[1].starts_with("Article 3(3)"), "{:?}", rows(&desk));
    desk.choose("Order", SortBy::Date.name());
    assert!(rows(&desk)[0].starts_with("Article 2(2)"), "the latest first: {:?}", rows(&desk));
    desk.choose("Draft", "all");
    assert_eq!(rows(&desk).len(), 5);
    desk.must_see("5 annotations");

    desk.choose("Order", SortBy::Place.name());
    desk.click_first(Role::ListBoxOption, "belongs to nobody");
    assert_eq!(desk.draft().name(), "L.7", "its draft is opened");
    desk.paragraph("Sand that drifts belongs to nobody");
    assert_eq!(desk.field("Note"), "Whose sand is it");
    desk.click_first(Role::ListBoxOption, "refuse a ship");
    assert_eq!(desk.draft().name(), "L.1");
    desk.paragraph("A harbor may refuse a ship");
    assert!(desk.is_chosen("Article 6(2): refuse a ship that carries secrets"));
}

#[test]
fn the_concerns_count_and_lead_to_their_annotations() {
    let mut desk = annotated();
    desk.press(ALT, Key::Num2);
    desk.must_see("Amira (you), 5");
    desk.click("Surveillance powers, 2 here, 2 in all");
    assert_eq!(desk.w().view().panel, Panel::Annotations);
    assert_eq!(rows(&desk).len(), 2);
    desk.press(ALT, Key::Num2);
    desk.click("Amira (you), 5");
    assert!(desk.names(Role::Mark).is_empty(), "a hidden analyst's remarks are not on the page");
    desk.must_see("0 remarks in this draft");
    desk.click("Amira (you), 5");
    desk.press(CTRL, Key::B);
    desk.must_not_see("Amira (you), 5");
    desk.press(CTRL, Key::B);
    desk.must_see("Amira (you), 5");
}

#[test]
fn the_style_of_citations_reaches_every_screen() {
    let mut desk = annotated();
    desk.run(Command::View(ViewCommand::Panel(Panel::Annotations)));
    desk.must_see("Article 2(2)");
    desk.press(CTRL, Key::K);
    desk.type_text("project details");
    desk.press(NONE, Key::Enter);
    desk.must_see("Project details");
    desk.click("Citations on screen and in exports");
    desk.click("United Nations: Article 23, paragraph 2 (c)");
    desk.click("Keep");
    assert_eq!(desk.w().project().unwrap().details.citation_style, CitationStyle::Un);
    desk.must_see("Article 2, paragraph 2");
    desk.must_not_see("Article 2(2)");
    desk.press(CTRL, Key::G);
    desk.type_text("2.2");
    desk.must_see("Article 2, paragraph 2");
    desk.press(NONE, Key::Escape);
    assert_eq!(desk.w().history().undo_label(), Some("change how citations are printed"));
    desk.run(Command::Undo);
    assert_eq!(desk.w().project().unwrap().details.citation_style, CitationStyle::Plain);
    desk.must_see("Article 2(2)");
    desk.must_not_see("Article 2, paragraph 2");
}
