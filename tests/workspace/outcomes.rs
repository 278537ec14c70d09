//! What became of the concerns: counted between two drafts and over all, with what is left to be looked at.

use std::collections::BTreeSet;

use travaux::model::{AnnotationId, DraftId, Outcome};
use travaux::workspace::{
    AnnotateCommand, Became, CarryCommand, ColleagueCommand, Command, CompareCommand, ComparePage, ExportCommand,
    Focus, OutcomeCounts, Outcomes, Way,
};

use crate::desk::Desk;

const MARCH: &str = "\
Draft convention on harbor lights
A/HARBOR/1
First session, 4 March 2024

Article 1
Definitions

1. For the purposes of this Convention, a light is any lamp kept burning for the safety of ships.

Article 2
Records

1. Each keeper shall record the name and the course of every ship that passes within sight of the light.
2. Records shall be handed over to any authority that asks for them, without further condition.
3. The keeper may leave the record to a machine if the machine has been approved by the office.
";

const JUNE: &str = "\
Draft convention on harbor lights
A/HARBOR/2
Second session, 9 June 2024

Article 1
Definitions

1. For the purposes of this Convention, a light is any lamp kept burning for the safety of ships.

Article 2
Records

1. Each keeper shall record the name and the course of every ship that passes within sight of the light.
2. Records shall be handed over to a competent authority that asks for them, subject to an order of a court.

Article 3
General obligation

1. Every Party undertakes to maintain whatever beacons the annexed chart shows along its shores.
";

/// Two drafts with four remarks on the first: two on one concern, one on another as well, one on none.
fn desk() -> (Desk, Vec<AnnotationId>, Way) {
    let mut desk = Desk::with_project("Ines", 1);
    desk.add_draft("march.txt", MARCH);
    desk.add_draft("june.txt", JUNE);
    let way = Way { from: desk.draft(0).id, to: desk.draft(1).id };
    let remarks: [(&str, &[&str]); 4] = [
        ("any lamp kept burning", &["SC"]),
        ("to any authority that asks for them, without further condition", &["SC", "DP"]),
        ("The keeper may leave the record to a machine if the machine has been approved", &["DP"]),
        ("the course of every ship", &[]),
    ];
    let ids = remarks.map(|(words, concerns)| desk.remark(way.from, words, concerns)).to_vec();
    desk.run(Command::Compare(CompareCommand::Drafts { old: way.from, new: way.to }));
    desk.run(Command::Compare(CompareCommand::Page(ComparePage::Concerns)));
    (desk, ids, way)
}

fn told(counts: &OutcomeCounts) -> String {
    let each = Became::ALL.iter().filter(|b| counts.of(**b) > 0).map(|b| format!("{} {}", counts.of(*b), b.word()));
    each.collect::<Vec<_>>().join(", ")
}

fn of(desk: &Desk, outcomes: &Outcomes, tag: Option<&str>) -> String {
    let concern = tag.map(|t| desk.concern(t));
    told(&outcomes.rows.iter().find(|r| r.concern == concern).unwrap().counts)
}

fn check(desk: &Desk, drafts: Option<(DraftId, DraftId)>, expected: [&str; 4]) {
    let outcomes = desk.w.outcomes(drafts);
    let [sc, dp] = ["SC", "DP"].map(|tag| of(desk, &outcomes, Some(tag)));
    assert_eq!([sc, dp, of(desk, &outcomes, None), told(&outcomes.total)], expected);
}

/// What is left, as it is cited.
fn left(desk: &Desk, way: Way) -> Vec<String> {
    let pair = desk.w.pair(way.from, way.to).unwrap();
    let list = desk.w.to_do(&pair, way.to);
    list.iter().map(|t| format!("{} {}", pair.outlines()[1].citation(t.provision), t.words)).collect()
}

#[test]
fn remarks_are_counted_by_concern_from_carrying_to_outcome() {
    let (mut desk, ids, way) = desk();
    let pair = Some((way.from, way.to));
    check(&desk, pair, ["2 not carried", "2 not carried", "1 not carried", "4 not carried"]);
    desk.run(Command::Carry(CarryCommand::Carry(way)));
    check(&desk, pair, ["2 not looked at", "1 gone, 1 not looked at", "1 not looked at", "1 gone, 3 not looked at"]);
    // What is gone waits as well, until a person has said so.
    assert_eq!(desk.w.outcomes(pair).waiting, 4);
    let own = |desk: &Desk, annotation| Focus { analyst: desk.w.analyst().unwrap().id, annotation };
    let outcome = CarryCommand::SetOutcome { way, of: own(&desk, ids[1]), outcome: Outcome::PartlyMet };
    desk.run(Command::Carry(outcome));
    let accept = CarryCommand::Accept { way, of: vec![own(&desk, ids[3])] };
    desk.run(Command::Carry(accept));
    let now = [
        "1 partly met, 1 not looked at",
        "1 partly met, 1 gone",
        "1 no outcome",
        "1 partly met, 1 gone, 1 not looked at, 1 no outcome",
    ];
    check(&desk, pair, now);
    check(&desk, None, now);
    assert_eq!(desk.w.outcomes(pair).waiting, 2);
    // A remark on the latest draft has no outcome, and the other way round only that one is asked for.
    desk.remark(way.to, "along its shores", &["SC"]);
    check(&desk, None, now);
    let back = desk.w.outcomes(Some((way.to, way.from)));
    assert_eq!(of(&desk, &back, Some("SC")), "2 no outcome, 1 not carried");
    // Whose annotations are hidden is not counted.
    let analyst = desk.w.analyst().unwrap().id;
    desk.run(Command::Colleague(ColleagueCommand::Show { analyst, shown: false }));
    check(&desk, pair, ["", "", "", ""]);
}

#[test]
fn what_was_said_of_a_draft_holds_until_something_else_is_said() {
    let (mut desk, ids, way) = desk();
    desk.run(Command::Carry(CarryCommand::Carry(way)));
    let own = |desk: &Desk, annotation| Focus { analyst: desk.w.analyst().unwrap().id, annotation };
    let outcome = CarryCommand::SetOutcome { way, of: own(&desk, ids[0]), outcome: Outcome::Met };
    desk.run(Command::Carry(outcome));
    desk.add_draft("july.txt", &JUNE.replace("A/HARBOR/2", "A/HARBOR/3").replace("9 June", "9 July"));
    let on = Way { from: way.to, to: desk.draft(2).id };
    desk.run(Command::Carry(CarryCommand::Carry(on)));
    let became = |desk: &Desk| {
        let drafts: Vec<DraftId> = desk.project().drafts.iter().map(|d| d.id).collect();
        Became::over_all(desk.own(ids[0]), &drafts)
    };
    assert_eq!(became(&desk), Some(Became::NotLookedAt), "nobody has looked at it in the new draft");
    let of = vec![own(&desk, ids[0])];
    desk.run(Command::Carry(CarryCommand::Accept { way: on, of }));
    assert_eq!(became(&desk), Some(Became::Met));
    let outcome = CarryCommand::SetOutcome { way: on, of: own(&desk, ids[0]), outcome: Outcome::Worse };
    desk.run(Command::Carry(outcome));
    assert_eq!(became(&desk), Some(Became::Worse));
}

#[test]
fn what_is_left_ends_where_one_has_looked() {
    let (mut desk, ids, way) = desk();
    assert_eq!(left(&desk, way), ["2(2) edited", "3 new"]);
    // The program has put a remark there, and nobody has looked.
    desk.run(Command::Carry(CarryCommand::Carry(way)));
    assert_eq!(left(&desk, way), ["2(2) edited", "3 new"]);
    let of = vec![Focus { analyst: desk.w.analyst().unwrap().id, annotation: ids[1] }];
    desk.run(Command::Carry(CarryCommand::Accept { way, of }));
    assert_eq!(left(&desk, way), ["3 new"]);
    let provision = desk.provision(way.to, "3");
    // Read without a remark is looked at as well.
    let mark = |read| AnnotateCommand::MarkRead { draft: way.to, provision, read };
    desk.annotate(mark(true));
    assert_eq!(left(&desk, way), [""; 0]);
    desk.annotate(mark(false));
    assert_eq!(left(&desk, way), ["3 new"]);
    let kind = travaux::model::AnnotationKind::Remark;
    desk.annotate(AnnotateCommand::Provision { draft: way.to, provision, kind, concerns: BTreeSet::new() });
    assert_eq!(left(&desk, way), [""; 0]);
}

#[test]
fn both_tables_are_written() {
    let (mut desk, _, way) = desk();
    desk.run(Command::Carry(CarryCommand::Carry(way)));
    let (old, new) = (way.from, way.to);
    for (drafts, title) in [
        (Some((old, new)), format!("{} \u{2192} {}", desk.draft(0).name(), desk.draft(1).name())),
        (None, "over all drafts".to_owned()),
    ] {
        let path = desk.place.path().join("concerns.md");
        desk.run(Command::Export(ExportCommand::Concerns { drafts, path: path.clone() }));
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written.contains(&title), "{written}");
        assert!(written.contains("| All remarks, each once | 4 | 0 | 0 | 0 | 0 | 1 | 0 | 3 | 0 | 0 |"), "{written}");
        assert!(written.contains("| No concern | 1 |"), "{written}");
    }
    for ending in ["csv", "xlsx"] {
        let path = desk.place.path().join(format!("left.{ending}"));
        desk.run(Command::Export(ExportCommand::ToDo { old, new, path: path.clone() }));
        let path_of_concerns = desk.place.path().join(format!("concerns.{ending}"));
        let drafts = Some((old, new));
        desk.run(Command::Export(ExportCommand::Concerns { drafts, path: path_of_concerns.clone() }));
        assert!(std::fs::metadata(&path_of_concerns).unwrap().len() > 200);
        let bytes = std::fs::read(&path).unwrap();
        if ending == "csv" {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("Article 2(2),Records,edited,Article 2(2)"), "{text}");
            assert!(text.contains("Article 3,General obligation,new,"), "{text}");
        } else {
            assert!(bytes.starts_with(b"PK"));
        }
    }
    assert_eq!(desk.failures(), [""; 0]);
    let path = desk.place.path().join("concerns.csv");
    desk.run(Command::Export(ExportCommand::Concerns { drafts: Some((old, DraftId(9))), path }));
    assert!(desk.said().contains("not in this project"), "{}", desk.said());
}
