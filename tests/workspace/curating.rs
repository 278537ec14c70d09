//! What several analysts say of the same provisions, and what the team makes of it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use travaux::model::{Action, AnnotationId, Recommendation, Severity};
use travaux::workspace::{
    Accord, AgreementUnit, AgreementWish, AnnotateCommand, ColleagueCommand, Command, CurateCommand, Curation,
    ExportCommand, Focus,
};

use crate::desk::{Desk, FIRST};

const TOWER: &str = "every light";

fn say(
    desk: &mut Desk,
    words: &str,
    tag: &str,
    note: &str,
    severity: Severity,
    action: Option<Action>,
) -> AnnotationId {
    let draft = desk.draft(0).id;
    let id = desk.remark(draft, words, &[tag]);
    desk.annotate(AnnotateCommand::SetNote { id, note: note.into() });
    desk.annotate(AnnotateCommand::SetSeverity { id, severity: Some(severity) });
    let recommendation = action.map(Recommendation::to);
    desk.annotate(AnnotateCommand::SetRecommendation { id, recommendation });
    id
}

fn mailed(desk: &mut Desk, whose: travaux::model::AnalystId) -> PathBuf {
    let path = desk.place.path().join(format!("{whose}.annotations.ron"));
    let (format, analysts) = ("annotations".to_owned(), Some([whose].into()));
    desk.run(Command::Export(ExportCommand::ToFile { format, path: path.clone(), draft: None, analysts }));
    assert!(desk.said().starts_with("Written"), "{}", desk.said());
    path
}

fn taken_over(desk: &mut Desk, file: PathBuf) {
    desk.run(Command::Colleague(ColleagueCommand::OpenFile(file)));
    desk.run(Command::Colleague(ColleagueCommand::Apply));
}

/// Ines with the remarks of Omar and Noor: on the lights all agree, on the records two differ, on the office one is alone.
fn three() -> (Desk, [Focus; 3]) {
    let mut ines = Desk::new();
    let first = say(&mut ines, TOWER, "SC", "Too many", Severity::High, Some(Action::Delete));
    say(&mut ines, "thirty days", "DP", "Too long", Severity::High, Some(Action::Limit));
    let mut focus = vec![Focus { analyst: ines.w.analyst().unwrap().id, annotation: first }];
    for (number, name) in [(2, "Omar"), (3, "Noor")] {
        let mut other = Desk::with_project(name, number);
        other.add_draft("first.txt", FIRST);
        let id = say(&mut other, TOWER, "SC", "All of them?", Severity::High, Some(Action::Delete));
        if name == "Omar" {
            say(&mut other, "thirty days", "DP", "Why", Severity::Low, Some(Action::Delete));
            say(&mut other, "name an office", "SC", "Which", Severity::Low, None);
        }
        let him = other.w.analyst().unwrap().id;
        focus.push(Focus { analyst: him, annotation: id });
        let file = mailed(&mut other, him);
        taken_over(&mut ines, file);
    }
    (ines, focus.try_into().unwrap())
}

fn curation(desk: &Desk) -> Curation {
    desk.w.curation(desk.draft(0).id, AgreementUnit::Provision).unwrap()
}

fn accords(desk: &Desk) -> Vec<(String, Vec<(Accord, String)>)> {
    let outline = desk.draft(0).outline.clone();
    let row = |r: &travaux::workspace::CurationRow| {
        let points = r.points.iter().map(|p| (p.accord, p.differs.join(" "))).collect();
        (outline.citation(r.provision).to_string(), points)
    };
    curation(desk).rows.iter().map(row).collect()
}

fn team(desk: &Desk) -> Vec<&travaux::model::Annotation> {
    desk.project().sets.get(&desk.project().team()).into_iter().flat_map(|s| s.annotations.values()).collect()
}

#[test]
fn who_says_what_of_each_provision_is_laid_out() {
    let (mut desk, _) = three();
    let found: Vec<_> = accords(&desk).into_iter().map(|(_, points)| points).collect();
    assert_eq!(
        found,
        [
            vec![(Accord::Agree, String::new())],
            vec![(Accord::Differ, "severity recommendation".to_owned())],
            vec![(Accord::Alone, String::new())],
        ],
        "{:?}",
        accords(&desk)
    );
    assert_eq!(curation(&desk).next_open(Some(0)), Some(1));
    assert_eq!(curation(&desk).next_open(Some(1)), Some(1), "what is alone with nobody else looking is not open");
    // Who marked it as read has looked at it, and differs by not flagging it.
    let draft = desk.draft(0).id;
    let provision = curation(&desk).rows[2].provision;
    let article = desk.draft(0).outline.unit(provision);
    desk.annotate(AnnotateCommand::MarkRead { draft, provision: article, read: true });
    assert_eq!(accords(&desk)[2].1[0], (Accord::Alone, "flagged by some".to_owned()));
    assert!(curation(&desk).rows[2].is_open());
    let alone = curation(&desk).filtered(Some(Accord::Alone), None, desk.project());
    assert_eq!((alone.rows.len(), alone.of), (1, 3));
    let protection = curation(&desk).filtered(None, Some(desk.concern("DP")), desk.project());
    assert_eq!(protection.rows.len(), 1);
}

#[test]
fn what_analysts_agree_on_is_taken_once() {
    let (mut desk, focus) = three();
    let draft = desk.draft(0).id;
    let all = || {
        Command::Curate(CurateCommand::TakeAgreed { draft, unit: AgreementUnit::Provision, only: None, concern: None })
    };
    desk.changes(all());
    let made = team(&desk);
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].made_of.len(), 3);
    assert_eq!(made[0].note.matches("All of them?").count(), 2, "{}", made[0].note);
    assert!(made[0].note.contains("Ines: Too many") && made[0].note.contains("Omar: All of them?"));
    assert_eq!(made[0].severity, Some(Severity::High));
    assert_eq!(made[0].recommendation.as_ref().map(|r| r.action), Some(Action::Delete));
    let range = made[0].anchor_in(draft).unwrap().range;
    assert_eq!(range.of(&desk.draft(0).text), Some(TOWER));
    desk.refuses(all(), "nothing more");
    desk.refuses(Command::Curate(CurateCommand::Take(focus.to_vec())), "Already");
    // The team's are nobody's flags.
    assert_eq!(accords(&desk)[0].1[0].0, Accord::Agree);
    let table = desk.w.agreement(&AgreementWish::default());
    assert_eq!(table.analysts.iter().map(|a| a.1.as_str()).collect::<Vec<_>>(), ["Ines", "Noor", "Omar"]);
    assert!(curation(&desk).taken.keys().copied().collect::<BTreeSet<_>>().is_superset(&focus.into()));
    let id = team(&desk)[0].id;
    desk.changes(Command::Curate(CurateCommand::TakeOut(vec![id])));
    assert!(team(&desk).is_empty());
    desk.ignores(Command::Curate(CurateCommand::TakeOut(vec![id])));
}

#[test]
fn a_remark_is_taken_joined_and_shown_to_have_changed() {
    let (mut desk, [mine, his, hers]) = three();
    desk.changes(Command::Curate(CurateCommand::Take(vec![mine])));
    assert_eq!((team(&desk)[0].note.as_str(), team(&desk)[0].made_of.len()), ("Too many", 1));
    // It is for everybody to change, one's own name aside.
    let taken = team(&desk)[0].id;
    desk.changes(Command::Annotate(AnnotateCommand::SetNote { id: taken, note: "Far too many".into() }));
    assert_eq!(desk.own(mine.annotation).note, "Too many");
    // Joining takes the place of what was made of a part.
    let join = |recommendation| Command::Curate(CurateCommand::Join { remarks: vec![mine, his, hers], recommendation });
    desk.changes(join(None));
    assert_eq!(team(&desk).len(), 1);
    assert_eq!(team(&desk)[0].recommendation, None);
    desk.refuses(join(None), "Already joined");
    desk.changes(join(Some(his)));
    assert!(team(&desk)[0].recommendation.is_some());
    let one = Command::Curate(CurateCommand::Join { remarks: vec![mine, mine], recommendation: None });
    desk.refuses(one, "at least two");
    // A source that changes is shown, until one has it made anew or says that it stays.
    let stale = |desk: &Desk| curation(desk).rows[0].team[0].stale.clone();
    assert_eq!(stale(&desk), []);
    desk.annotate(AnnotateCommand::SetNote { id: mine.annotation, note: "Too many by half".into() });
    assert_eq!(stale(&desk), [mine]);
    let id = team(&desk)[0].id;
    desk.changes(Command::Curate(CurateCommand::Keep(id)));
    assert_eq!(stale(&desk), []);
    assert!(!team(&desk)[0].note.contains("by half"));
    desk.annotate(AnnotateCommand::SetNote { id: mine.annotation, note: "Half".into() });
    desk.changes(Command::Curate(CurateCommand::Renew(id)));
    assert_eq!(stale(&desk), []);
    assert!(team(&desk)[0].note.contains("Ines: Half") && team(&desk)[0].recommendation.is_some());
    assert_eq!(team(&desk)[0].id, id);
    // A source that goes leaves its name.
    desk.annotate(AnnotateCommand::Delete(vec![mine.annotation]));
    desk.changes(Command::Curate(CurateCommand::Renew(id)));
    assert_eq!(team(&desk)[0].made_of.len(), 3);
    desk.restart();
    assert_eq!(team(&desk)[0].made_of.len(), 3);
    desk.changes(Command::Annotate(AnnotateCommand::Delete(vec![id])));
}

#[test]
fn the_agreed_sets_of_two_copies_join() {
    let (mut ines, [mine, ..]) = three();
    ines.run(Command::Curate(CurateCommand::Take(vec![mine])));
    let whose = ines.project().team();
    let file = mailed(&mut ines, whose);
    // The same remark taken in another copy of the project has the same identity.
    ines.run(Command::Curate(CurateCommand::TakeOut(vec![team(&ines)[0].id])));
    ines.run(Command::Curate(CurateCommand::Take(vec![mine])));
    ines.run(Command::Colleague(ColleagueCommand::OpenFile(file)));
    ines.run(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!((team(&ines).len(), team(&ines)[0].note.as_str()), (1, "Too many"));
    assert_eq!(ines.w.analysts().iter().filter(|a| a.1 == "Agreed").count(), 1);
}

#[test]
fn agreement_by_sentence_and_by_what_was_marked() {
    let (mut desk, _) = three();
    let wish = |unit, only_marked| AgreementWish { unit, only_marked, ..AgreementWish::default() };
    let units = |desk: &Desk, w: &AgreementWish| desk.w.agreement(w).rows[0].figures.units;
    let by_sentence = units(&desk, &wish(AgreementUnit::Sentence, false));
    assert!(by_sentence >= units(&desk, &wish(AgreementUnit::Provision, false)));
    // Without marks only what two flagged was looked at by two.
    let marked = wish(AgreementUnit::Provision, true);
    assert_eq!(units(&desk, &marked), 2);
    assert_eq!(desk.w.agreement(&marked).rows[0].why_undefined(), Some("all flagged all of it"));
    let draft = desk.draft(0).id;
    let provision = desk.draft(0).outline.unit(curation(&desk).rows[2].provision);
    desk.annotate(AnnotateCommand::MarkRead { draft, provision, read: true });
    assert!(units(&desk, &marked) > 2);
}
