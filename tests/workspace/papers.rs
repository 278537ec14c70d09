//! The pages of the paper that is looked at: laid out when the place shows it, again when its words have changed, never
//! for nothing; and their pictures.
#![cfg(feature = "pdf")]

use travaux::model::{AnnotationId, CitationStyle, SubmissionId};
use travaux::workspace::{
    AnnotateCommand, Command, PagePicture, PageWish, PaperOf, Place, ReportLook, ReportOf, SubmissionCommand,
    ViewCommand,
};

use crate::desk::Desk;

fn made(desk: &mut Desk, template: &str) -> SubmissionId {
    let (name, language) = (String::new(), "en".to_owned());
    desk.run(Command::Submission(SubmissionCommand::Make { template: template.into(), name, language }));
    let Some(ReportOf::Submission(id)) = desk.w.view().report.shown else { panic!("what was made is shown") };
    desk.w.settle();
    id
}

/// One remark, a delegate sheet of it, and the place that shows it.
fn desk() -> (Desk, AnnotationId, PaperOf) {
    let mut desk = Desk::new();
    let draft = desk.draft(1).id;
    let remark = desk.remark(draft, "liable for fog", &["SC"]);
    desk.annotate(AnnotateCommand::SetNote { id: remark, note: "Nobody learns of it".into() });
    let id = made(&mut desk, "delegate");
    assert!(desk.w.sheets(&PaperOf::Kept(id)).is_none(), "nothing is laid out before anybody looks");
    desk.view(ViewCommand::Go(Place::Report));
    desk.w.settle();
    (desk, remark, PaperOf::Kept(id))
}

fn words(desk: &Desk, of: &PaperOf) -> String {
    let sheets = desk.w.sheets(of).expect("it is laid out");
    sheets.pages.shapes().iter().map(|shape| shape.words.as_str()).collect::<Vec<_>>().join("\n")
}

fn number(desk: &Desk, of: &PaperOf) -> u64 {
    desk.w.sheets(of).map_or(0, |sheets| sheets.number)
}

#[test]
fn pages_follow_the_notes_as_long_as_somebody_looks() {
    let (mut desk, remark, of) = desk();
    assert!(desk.w.has_new_sheets(&of));
    assert!(words(&desk, &of).contains("Nobody learns of it"), "{}", words(&desk, &of));
    assert!(desk.w.sheets(&of).unwrap().pages.place_of(remark).is_some());
    let first = number(&desk, &of);
    desk.w.run(Command::Annotate(AnnotateCommand::SetNote { id: remark, note: "Nobody hears of it".into() }));
    assert!(!desk.w.has_new_sheets(&of), "the old pages are not the newest");
    assert!(words(&desk, &of).contains("Nobody learns of it"), "but stay until the new ones come");
    desk.w.settle();
    assert!(desk.w.has_new_sheets(&of));
    assert!(words(&desk, &of).contains("Nobody hears of it"), "{}", words(&desk, &of));
    let second = number(&desk, &of);
    assert!(second > first);
    // Nobody looks: nothing is laid out, and the first look brings what has changed.
    desk.view(ViewCommand::Go(Place::Read));
    desk.annotate(AnnotateCommand::SetNote { id: remark, note: "Nobody is told".into() });
    desk.w.settle();
    assert_eq!(number(&desk, &of), second);
    desk.view(ViewCommand::Go(Place::Report));
    desk.w.settle();
    assert!(words(&desk, &of).contains("Nobody is told"), "{}", words(&desk, &of));
    desk.run(Command::Undo);
    desk.w.settle();
    assert!(!words(&desk, &of).contains("Nobody is told"), "{}", words(&desk, &of));
}

#[test]
fn what_is_in_no_word_of_the_paper_sets_no_page_anew() {
    let (mut desk, _, of) = desk();
    let first = number(&desk, &of);
    let second = made(&mut desk, "thematic");
    desk.view(ViewCommand::Report(Box::new(ReportLook {
        shown: Some(ReportOf::Submission(second)),
        ..desk.w.view().report.clone()
    })));
    desk.w.settle();
    assert!(desk.w.sheets(&of).is_none() && desk.w.has_new_sheets(&PaperOf::Kept(second)));
    let shown = number(&desk, &PaperOf::Kept(second));
    assert_eq!(shown, first + 1);
    // A change of the other one.
    let PaperOf::Kept(id) = of else { panic!() };
    let mut other = desk.w.submission(id).unwrap().clone();
    other.style = Some(CitationStyle::Un);
    desk.run(Command::Submission(SubmissionCommand::Change { submission: Box::new(other), typing: false }));
    desk.w.settle();
    assert!(desk.w.has_new_sheets(&PaperOf::Kept(second)), "they are known to be the newest");
    assert_eq!(number(&desk, &PaperOf::Kept(second)), shown, "and were not set again");
    // The one that is looked at is taken away: the other one is shown.
    desk.run(Command::Submission(SubmissionCommand::Remove(second)));
    desk.w.settle();
    assert_eq!(desk.w.shown_paper(), Some(PaperOf::Kept(id)));
    assert!(desk.w.has_new_sheets(&PaperOf::Kept(id)));
}

#[test]
fn pages_are_drawn_when_they_are_asked_for() {
    let (mut desk, remark, of) = desk();
    let number = number(&desk, &of);
    let wish = PageWish { page: 0, width: 60 };
    let draw = |number, pages| Command::Submission(SubmissionCommand::Draw { number, pages });
    assert_eq!(desk.w.picture(number, wish), PagePicture::NotYet);
    desk.run(draw(number, vec![wish, PageWish { page: 900, width: 60 }]));
    desk.w.settle();
    let PagePicture::Drawn(picture) = desk.w.picture(number, wish) else { panic!("it can be drawn") };
    assert!((59..=61).contains(&picture.width) && picture.height > picture.width / 2, "{}", picture.width);
    assert_eq!(picture.rgba.len(), picture.width * picture.height * 4);
    assert!(picture.rgba.chunks(4).any(|p| p[0] < 200), "there are words on it");
    assert_eq!(desk.w.picture(number, PageWish { page: 900, width: 60 }), PagePicture::Broken, "there is no such page");
    // Of pages that are no more nothing is drawn.
    desk.annotate(AnnotateCommand::SetNote { id: remark, note: "Nobody hears of it".into() });
    desk.w.settle();
    let other = PageWish { page: 0, width: 70 };
    desk.run(draw(number, vec![other]));
    desk.w.settle();
    assert!(desk.w.picture(number, other) == PagePicture::NotYet && !desk.w.is_drawing());
}

#[test]
fn a_question_nobody_understands_leaves_the_pages_and_says_why() {
    let (mut desk, _, of) = desk();
    let PaperOf::Kept(id) = of.clone() else { panic!() };
    let mut asks = desk.w.submission(id).unwrap().clone();
    asks.pick.query = "nofield:(".into();
    desk.run(Command::Submission(SubmissionCommand::Change { submission: Box::new(asks), typing: true }));
    desk.w.settle();
    assert!(
        desk.w.not_composed(&of).is_some_and(|why| why.contains("not understood")),
        "{:?}",
        desk.w.not_composed(&of)
    );
    assert!(words(&desk, &of).contains("Nobody learns of it"));
    desk.run(Command::Undo);
    desk.w.settle();
    assert_eq!(desk.w.not_composed(&of), None);
    assert!(desk.w.has_new_sheets(&of));
}
