//! Annotations from draft to draft: carried, reviewed, and never changed behind anybody's back.

use std::collections::BTreeSet;

use proptest::prelude::*;
use travaux::model::{
    Action, Analyst, AnalystId, AnnotationId, AnnotationKind, DraftId, Outcome, Placement, Reach, Recommendation,
    TextRange, Verdict,
};
use travaux::workspace::{
    AnnotateCommand, CarriedAs, CarryCommand, CarryItem, CarryState, ColleagueCommand, Command, ExportCommand, Focus,
    Offer, Place, ReviewFilter, ReviewLook, ViewCommand, Way,
};

use crate::desk::Desk;

const MARCH: &str = "\
Draft convention on harbor lights
A/HARBOR/1
First session, 4 March 2024

Article 1
Definitions

1. For the purposes of this Convention, a light is any lamp kept burning for the safety of ships.
2. A keeper is a person whom a Party has named to watch over a light.

Article 2
Keeping of records

1. Each keeper shall record the name and the course of every ship that passes within sight of the light.
2. Records shall be handed over to any authority that asks for them, without further condition.
3. Records shall be destroyed after thirty days unless a court has ordered otherwise.

Article 3
Fog

1. In fog each Party shall cause a bell to be rung at intervals of one minute.
2. The keeper may leave the bell to a machine if the machine has been approved by the office.

Article 4
Costs

1. Each Party bears the costs of the lights on its own coast.
2. The costs of lights on the open sea are shared among the Parties by the tonnage of their ships.

Article 5
Signature

1. This Convention is open for signature by all coastal States until the end of the year.
";

/// Article 2 is new, so the old articles 2 to 4 are 3 to 5; records edited, the machine is gone, costs moved apart.
const JUNE: &str = "\
Draft convention on harbor lights
A/HARBOR/2
Second session, 9 June 2024

Article 1
Definitions

1. For the purposes of this Convention, a light is any lamp kept burning for the safety of ships.
2. A keeper is a person whom a Party has named to watch over a light.

Article 2
General obligation

1. Every Party undertakes to maintain whatever beacons the annexed chart shows along its shores.

Article 3
Keeping of records

1. Each keeper shall record the name and the course of every ship that passes within sight of the light.
2. Records shall be handed over to a competent authority that asks for them, subject to an order of a court.
3. Records shall be destroyed after thirty days unless a court has ordered otherwise.

Article 4
Fog

1. In fog each Party shall cause a bell to be rung at intervals of one minute.

Article 5
Costs

1. Each Party bears the costs of the lights on its own coast.
2. The costs of lights on the open sea are shared among the Parties by the tonnage of their ships.

Article 6
Signature

1. This Convention is open for signature by all coastal States until the end of the year.
";

struct Carrying {
    desk: Desk,
    way: Way,
}

/// Two drafts with remarks on the first: unchanged, renumbered, edited, deleted, and one on a whole article.
fn carrying() -> (Carrying, Vec<AnnotationId>) {
    let mut desk = Desk::with_project("Ines", 1);
    desk.add_draft("march.txt", MARCH);
    desk.add_draft("june.txt", JUNE);
    let way = Way { from: desk.draft(0).id, to: desk.draft(1).id };
    let mut ids = Vec::new();
    for words in [
        "any lamp kept burning for the safety of ships",
        "destroyed after thirty days unless a court has ordered otherwise",
        "to any authority that asks for them, without further condition",
        "The keeper may leave the bell to a machine if the machine has been approved by the office.",
    ] {
        ids.push(desk.remark(way.from, words, &[]));
    }
    let provision = desk.provision(way.from, "2");
    let kind = AnnotationKind::Absence;
    desk.annotate(AnnotateCommand::Provision { draft: way.from, provision, kind, concerns: BTreeSet::new() });
    ids.push(desk.w.view().focus.unwrap().annotation);
    (Carrying { desk, way }, ids)
}

impl Carrying {
    fn carry(&mut self) {
        self.desk.run(Command::Carry(CarryCommand::Carry(self.way)));
        assert_eq!(self.desk.failures(), [""; 0]);
    }

    fn own(&self, annotation: AnnotationId) -> Focus {
        Focus { analyst: self.desk.w.analyst().unwrap().id, annotation }
    }

    fn item(&self, id: AnnotationId) -> CarryItem {
        let items = self.desk.w.carry_items(self.way).expect("found");
        items.iter().find(|i| i.finding.source.focus.annotation == id).unwrap().clone()
    }

    fn there(&self, id: AnnotationId) -> Placement {
        self.desk.own(id).placements[&self.way.to].clone()
    }

    /// The words it stands on in the new draft; none where it has no place there.
    fn words(&self, id: AnnotationId) -> Option<String> {
        let draft = self.desk.project().draft(self.way.to).unwrap();
        Some(self.desk.own(id).anchor_in(self.way.to)?.range.of(&draft.text).unwrap().to_owned())
    }

    fn waiting(&self) -> usize {
        let sums = self.desk.w.carry_sums(self.way).unwrap();
        sums.all - sums.looked_at
    }
}

#[test]
fn every_annotation_is_carried_in_one_step_that_is_told() {
    let (mut c, ids) = carrying();
    c.desk.changes(Command::Carry(CarryCommand::Carry(c.way)));
    let expected = [
        (CarriedAs::Unchanged, Some("any lamp kept burning for the safety of ships")),
        (CarriedAs::Renumbered, Some("destroyed after thirty days unless a court has ordered otherwise")),
        (CarriedAs::Edited, Some("to a competent authority that asks for them, subject to an order of a court")),
        (CarriedAs::Deleted, None),
    ];
    c.desk.view(ViewCommand::Go(Place::Review));
    for (id, (verdict, words)) in ids.iter().zip(expected) {
        assert_eq!(c.item(*id).finding.verdict, verdict, "{:?}", c.item(*id).finding);
        assert_eq!(c.words(*id).as_deref(), words);
        assert_eq!(c.item(*id).state, CarryState::Waiting);
    }
    // A whole article goes where the concordance says.
    let Placement::Carried { anchor, from, verdict: Verdict::Edited { similarity } } = c.there(ids[4]) else {
        panic!("{:?}", c.there(ids[4]))
    };
    assert_eq!((anchor.citation.to_string().as_str(), anchor.reach, from), ("3", Reach::Provision, c.way.from));
    assert!(similarity > 0.7 && similarity < 1.0);
    let gone = c.there(ids[3]);
    assert!(matches!(gone, Placement::Lost { from: Some(_), deleted: true, reviewed: false, .. }), "{gone:?}");
    // The old draft has everything it had.
    for id in &ids {
        assert!(matches!(c.desk.own(*id).placements[&c.way.from], Placement::Made(_)));
    }
    // The most doubtful first.
    let order: Vec<CarriedAs> = c.desk.w.carry_items(c.way).unwrap().iter().map(|i| i.finding.verdict).collect();
    assert_eq!(order.first(), Some(&CarriedAs::Deleted));
    assert_eq!(order.last(), Some(&CarriedAs::Unchanged));
    assert_eq!(c.item(ids[1]).finding.why, "same words, renumbered");
    assert!(c.item(ids[2]).finding.why.starts_with("edited, "), "{}", c.item(ids[2]).finding.why);
    assert_eq!(c.item(ids[3]).finding.why, "no clause like it");
    // Again: nothing to do.
    c.desk.ignores(Command::Carry(CarryCommand::Carry(c.way)));
    assert!(c.desk.said().contains("already"), "{}", c.desk.said());
}

#[test]
fn to_the_same_text_everything_is_where_it_was() {
    let mut desk = Desk::with_project("Ines", 1);
    desk.add_draft("one.txt", MARCH);
    desk.add_draft("other.txt", &MARCH.replace("A/HARBOR/1", "A/HARBOR/9"));
    let way = Way { from: desk.draft(0).id, to: desk.draft(1).id };
    for words in ["lights", "Each Party", "by the tonnage of their ships", "1. In fog each Party", "Costs"] {
        desk.remark(way.from, words, &[]);
    }
    for cited in ["1", "2(2)", "3(1)"] {
        let provision = desk.provision(way.from, cited);
        let (kind, concerns) = (AnnotationKind::Remark, BTreeSet::new());
        desk.annotate(AnnotateCommand::Provision { draft: way.from, provision, kind, concerns });
    }
    desk.run(Command::Carry(CarryCommand::Carry(way)));
    for annotation in desk.w.own_set().unwrap().annotations.values() {
        let old = annotation.anchor_in(way.from).unwrap();
        let placement = &annotation.placements[&way.to];
        assert!(matches!(placement, Placement::Carried { verdict: Verdict::Unchanged, .. }), "{placement:?}");
        let new = placement.anchor().unwrap();
        let same = (new.range, &new.citation, new.reach, new.quote.exact.as_str());
        assert_eq!(same, (old.range, &old.citation, old.reach, old.quote.exact.as_str()));
    }
}

#[test]
fn a_person_says_what_is_so_one_step_each() {
    let (mut c, ids) = carrying();
    c.carry();
    assert_eq!(c.desk.w.view().place, Place::Review);
    let way = c.way;
    let of = |c: &Carrying, id| vec![c.own(id)];
    let accept = Command::Carry(CarryCommand::Accept { way, of: of(&c, ids[2]) });
    c.desk.changes(accept);
    assert!(matches!(c.there(ids[2]), Placement::Made(_)));
    assert_eq!(c.waiting(), 4);
    // The next that waits is looked at.
    assert!(!c.desk.w.review_item().unwrap().is_reviewed());

    let met = Command::Carry(CarryCommand::SetOutcome { way, of: c.own(ids[1]), outcome: Outcome::Met });
    c.desk.changes(met.clone());
    assert_eq!(c.desk.own(ids[1]).outcomes.get(&way.to), Some(&Outcome::Met));
    assert!(matches!(c.there(ids[1]), Placement::Made(_)), "who says what became of it has looked");
    c.desk.changes(met);
    assert!(c.desk.own(ids[1]).outcomes.is_empty());

    c.desk.changes(Command::Carry(CarryCommand::KeepLost { way, of: c.own(ids[3]) }));
    assert!(matches!(c.there(ids[3]), Placement::Lost { deleted: true, reviewed: true, .. }));

    let range = c.desk.words(way.to, "whatever beacons the annexed chart shows");
    let reach = Reach::Words;
    c.desk.changes(Command::Carry(CarryCommand::Put { way, of: c.own(ids[0]), range, reach }));
    assert_eq!(c.words(ids[0]).as_deref(), Some("whatever beacons the annexed chart shows"));
    let empty = TextRange::default();
    c.desk.refuses(
        Command::Carry(CarryCommand::Put { way, of: c.own(ids[0]), range: empty, reach }),
        "Select some words",
    );

    c.desk.changes(Command::Carry(CarryCommand::AcceptAll { way, verdict: CarriedAs::Edited }));
    assert_eq!(c.waiting(), 0);
    assert_eq!(c.desk.w.derived().to_review, 0);
    c.desk.restart();
    assert!(matches!(c.there(ids[3]), Placement::Lost { deleted: true, reviewed: true, .. }));
}

#[test]
fn a_lost_one_waits_for_a_person_and_is_never_accepted_by_itself() {
    let (mut c, ids) = carrying();
    // A clause that stands twice in the new draft is no one clause.
    let twice = JUNE.replace(
        "1. In fog each Party shall cause a bell to be rung at intervals of one minute.\n",
        "1. In fog each Party shall watch.\n",
    );
    c.desk.add_draft("october.txt", &twice.replace("A/HARBOR/2", "A/HARBOR/3").replace("9 June", "9 October"));
    c.way.to = c.desk.draft(2).id;
    c.carry();
    let way = c.way;
    let lost: Vec<AnnotationId> =
        ids.iter().copied().filter(|&id| matches!(c.there(id), Placement::Lost { deleted: false, .. })).collect();
    for id in lost {
        c.desk.refuses(Command::Carry(CarryCommand::Accept { way, of: vec![c.own(id)] }), "choose a place");
    }
    let deleted = c.there(ids[3]);
    assert!(matches!(deleted, Placement::Lost { reviewed: false, .. }), "{deleted:?}");
    c.desk.changes(Command::Carry(CarryCommand::Accept { way, of: vec![c.own(ids[3])] }));
    assert!(matches!(c.there(ids[3]), Placement::Lost { reviewed: true, .. }));
}

#[test]
fn what_is_recommended_follows_the_numbers_where_a_person_wants_it() {
    let (mut c, ids) = carrying();
    let recommendation = Recommendation {
        targets: vec!["Articles 2 to 4".into(), "Article 1(2)".into()],
        proposed: "save under Article 2(3), and Article 3(2)".into(),
        ..Recommendation::to(Action::Limit)
    };
    c.desk.annotate(AnnotateCommand::SetRecommendation { id: ids[0], recommendation: Some(recommendation.clone()) });
    c.carry();
    let offer = c.item(ids[0]).finding.renumbering.clone().expect("an offer");
    assert_eq!(offer.targets, ["Articles 3 to 5", "Article 1(2)"]);
    assert_eq!(offer.gone, ["Article 3(2)"]);
    assert_eq!(offer.proposed, "save under Article 3(3), and Article 3(2)");
    assert_eq!(offer.changes[0], ("Articles 2 to 4".to_owned(), "Articles 3 to 5".to_owned()));
    assert_eq!(c.desk.own(ids[0]).recommendation, Some(recommendation), "never by itself");
    let (way, of) = (c.way, c.own(ids[0]));
    c.desk.changes(Command::Carry(CarryCommand::Renumber { way, of }));
    let own = c.desk.own(ids[0]);
    assert_eq!(own.recommendation.as_ref().unwrap().targets, ["Articles 3 to 5", "Article 1(2)"]);
    assert_eq!(own.numbering, Some(c.way.to));
    // What was renumbered is not renumbered again.
    c.desk.run(Command::View(ViewCommand::Go(Place::Review)));
    assert_eq!(c.item(ids[0]).finding.renumbering, None);
    c.desk.ignores(Command::Carry(CarryCommand::Renumber { way, of }));
}

#[test]
fn a_reviewed_place_is_carried_on_and_the_difference_is_told() {
    let (mut c, ids) = carrying();
    c.carry();
    let (march, june) = (c.way.from, c.way.to);
    let range = c.desk.words(june, "whatever beacons the annexed chart shows along its shores");
    let way = c.way;
    let reach = Reach::Words;
    c.desk.run(Command::Carry(CarryCommand::Put { way, of: c.own(ids[0]), range, reach }));
    c.desk.run(Command::Carry(CarryCommand::KeepLost { way, of: c.own(ids[1]) }));
    c.desk.add_draft("october.txt", &JUNE.replace("A/HARBOR/2", "A/HARBOR/3").replace("9 June", "9 October"));
    let october = c.desk.draft(2).id;
    c.way = Way { from: march, to: october };
    c.carry();
    assert_eq!(c.words(ids[0]).as_deref(), Some("whatever beacons the annexed chart shows along its shores"));
    let finding = c.item(ids[0]).finding;
    assert_eq!(finding.source.from, june);
    assert!(finding.why.contains("reviewed in"), "{}", finding.why);
    assert!(finding.doubts[0].contains("carried straight from"), "{:?}", finding.doubts);
    assert!(c.item(ids[1]).finding.doubts[0].contains("kept as lost in"), "{:?}", c.item(ids[1]).finding.doubts);
    assert!(matches!(c.there(ids[2]), Placement::Carried { from, .. } if from == march), "nobody has looked in June");
}

#[test]
fn a_colleagues_set_is_carried_and_only_its_places_are_written() {
    let (mut theirs, ids) = carrying();
    let file = theirs.desk.place.path().join("ines.annotations.ron");
    let (draft, analysts) = (None, None);
    let format = "annotations".to_owned();
    theirs.desk.run(Command::Export(ExportCommand::ToFile { format, path: file.clone(), draft, analysts }));
    let mut ours = Desk::with_project("Zoe", 2);
    ours.add_draft("march.txt", MARCH);
    ours.add_draft("june.txt", JUNE);
    ours.ignores(Command::Colleague(ColleagueCommand::OpenFile(file)));
    ours.changes(Command::Colleague(ColleagueCommand::Apply));
    let way = Way { from: ours.draft(0).id, to: ours.draft(1).id };
    let ines = *ours.project().sets.keys().find(|a| !ours.w.is_own(**a)).unwrap();
    let before = ours.project().sets[&ines].clone();
    ours.changes(Command::Carry(CarryCommand::Carry(way)));
    let mut after = ours.project().sets[&ines].clone();
    assert_eq!(after.annotations.len(), ids.len());
    for annotation in after.annotations.values_mut() {
        assert!(annotation.placements.remove(&way.to).is_some());
    }
    assert_eq!(after, before);
    // Its places can be reviewed; what became of the concern is for its author to say.
    let of = Focus { analyst: ines, annotation: ids[0] };
    ours.changes(Command::Carry(CarryCommand::Accept { way, of: vec![of] }));
    ours.refuses(Command::Carry(CarryCommand::SetOutcome { way, of, outcome: Outcome::Met }), "for whose remark");
}

#[test]
fn what_is_to_be_carried_is_offered_until_it_is_declined() {
    let (mut c, ids) = carrying();
    let (march, june) = (c.way.from, c.way.to);
    c.desk.view(ViewCommand::OpenDraft(march));
    assert_eq!(c.desk.w.carry_offer(), None);
    c.desk.view(ViewCommand::OpenDraft(june));
    let offer = c.desk.w.carry_offer().unwrap();
    assert_eq!((offer.way, offer.count), (c.way, ids.len()));
    c.desk.run(Command::Carry(CarryCommand::Decline(c.way)));
    assert_eq!(c.desk.w.carry_offer(), None);
    c.carry();
    assert_eq!(c.desk.w.carry_offer(), None);
    // Nothing to carry, or nowhere.
    let nowhere = Way { from: june, to: june };
    c.desk.refuses(Command::Carry(CarryCommand::Carry(nowhere)), "Choose two drafts");
    let unknown = Way { from: march, to: DraftId(7) };
    c.desk.refuses(Command::Carry(CarryCommand::Carry(unknown)), "Choose two drafts");
}

#[test]
fn the_queue_is_filtered_and_stepped_through() {
    let (mut c, _) = carrying();
    c.carry();
    let list = |c: &Carrying| -> Vec<CarriedAs> { c.desk.w.review_list().iter().map(|i| i.finding.verdict).collect() };
    assert_eq!(list(&c).len(), 5);
    let first = c.desk.w.review_item().unwrap().finding.source.focus;
    c.desk.view(ViewCommand::StepReview(1));
    assert_ne!(c.desk.w.review_item().unwrap().finding.source.focus, first);
    c.desk.view(ViewCommand::StepReview(-9));
    assert_eq!(c.desk.w.review_item().unwrap().finding.source.focus, first);
    let look = ReviewLook { filter: ReviewFilter::One(CarriedAs::Edited), ..c.desk.w.view().review };
    c.desk.view(ViewCommand::Review(look));
    assert_eq!(list(&c), [CarriedAs::Edited; 2]);
    let look = ReviewLook { filter: ReviewFilter::ToLookAt, ..look };
    c.desk.view(ViewCommand::Review(look));
    let of = vec![c.desk.w.review_item().unwrap().finding.source.focus];
    let way = c.way;
    c.desk.run(Command::Carry(CarryCommand::Accept { way, of }));
    assert_eq!(list(&c).len(), 4);
}

#[test]
fn a_remark_that_changes_while_it_is_carried_is_carried_as_it_is_then() {
    let (mut c, ids) = carrying();
    c.carry();
    // Moved in the old draft: what was found no longer holds, and is found anew.
    let range = c.desk.words(c.way.from, "Each Party bears the costs of the lights on its own coast");
    c.desk.annotate(AnnotateCommand::SetRange { id: ids[0], draft: c.way.from, range });
    c.carry();
    assert_eq!(c.words(ids[0]).as_deref(), Some("Each Party bears the costs of the lights on its own coast"));
}

fn deeds() -> impl Strategy<Value = Vec<(usize, u8)>> {
    proptest::collection::vec((0..5_usize, 0..6_u8), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn what_a_person_reviewed_no_later_run_changes(deeds in deeds()) {
        let (mut c, ids) = carrying();
        c.carry();
        let way = c.way;
        let place = c.desk.words(way.to, "whatever beacons the annexed chart shows");
        for (which, deed) in deeds {
            let of = c.own(ids[which]);
            let command = match deed {
                0 => CarryCommand::Accept { way, of: vec![of] },
                1 => CarryCommand::KeepLost { way, of },
                2 => CarryCommand::Put { way, of, range: place, reach: Reach::Words },
                3 => CarryCommand::SetOutcome { way, of, outcome: Outcome::PartlyMet },
                4 => CarryCommand::AcceptAll { way, verdict: CarriedAs::Edited },
                _ => CarryCommand::SetOutcome { way, of, outcome: Outcome::Worse },
            };
            c.desk.run(Command::Carry(command));
        }
        let reviewed: Vec<_> = ids.iter().filter(|&&id| c.desk.own(id).is_reviewed_in(way.to)).map(|&id| c.desk.own(id).clone()).collect();
        let before = c.desk.project().clone();
        c.desk.run(Command::Carry(CarryCommand::Carry(way)));
        prop_assert!(c.desk.project() == &before, "what waits is found the same again");
        // Neither from the other side.
        c.desk.run(Command::Carry(CarryCommand::Carry(Way { from: way.to, to: way.from })));
        c.desk.run(Command::Carry(CarryCommand::Carry(way)));
        for annotation in &reviewed {
            prop_assert!(c.desk.own(annotation.id) == annotation);
        }
        for &id in &ids {
            prop_assert!(matches!(c.desk.own(id).placements[&way.from], Placement::Made(_)));
        }
    }
}

#[test]
fn an_analyst_who_is_gone_is_nobodys() {
    let (mut c, _) = carrying();
    c.carry();
    let way = c.way;
    let of = Focus { analyst: Analyst { id: AnalystId(9), name: String::new() }.id, annotation: AnnotationId(9) };
    c.desk.ignores(Command::Carry(CarryCommand::Accept { way, of: vec![of] }));
    c.desk.ignores(Command::Carry(CarryCommand::KeepLost { way, of }));
    c.desk.ignores(Command::Carry(CarryCommand::Renumber { way, of: c.own(AnnotationId(9)) }));
}

#[test]
fn what_its_clause_became_is_offered_for_words_that_were_struck() {
    let mut desk = Desk::with_project("Ines", 1);
    let article = |words: &str| {
        format!(
            "Article 1\nFog\n\n1. In fog each Party shall cause a bell to be rung once a minute{words} and note the hour in the log.\n2. No fee is asked of a ship in distress.\n"
        )
    };
    desk.add_draft("march.txt", &article(", paid for by the shipowners of the port in equal parts,"));
    desk.add_draft("june.txt", &article(""));
    let way = Way { from: desk.draft(0).id, to: desk.draft(1).id };
    let id = desk.remark(way.from, "paid for by the shipowners of the port in equal parts", &[]);
    let mut c = Carrying { desk, way };
    c.carry();
    let item = c.item(id);
    assert_eq!(item.finding.verdict, CarriedAs::Deleted);
    assert_eq!(item.finding.why, "struck from its clause, which is still there");
    let first = &item.finding.candidates[0];
    assert_eq!((first.offer, first.words()), (Offer::Clause, "what its clause became".to_owned()));
    assert_eq!(first.anchor.citation.to_string(), "1(1)");
    c.desk.run(Command::Carry(CarryCommand::Accept { way, of: vec![c.own(id)] }));
    assert_eq!(c.item(id).state_words(), "accepted");
    assert!(item.finding.candidates.iter().skip(1).all(|o| o.similarity >= 0.2), "{:?}", item.finding.candidates);
}

#[test]
fn the_parts_of_what_was_split_are_offered() {
    let mut desk = Desk::with_project("Ines", 1);
    let (one, two) = (
        "each keeper shall record the name of every ship that passes in sight of the light",
        "send the record of the month to the office of the Party on whose coast it stands",
    );
    desk.add_draft(
        "march.txt",
        &format!(
            "Article 1\nRecords\n\n1. By night {one} and shall {two}.\n2. No fee is asked of a ship in distress.\n"
        ),
    );
    desk.add_draft("june.txt", &format!("Article 1\nRecords\n\n1. By night {one}.\n2. By the tenth day the keeper shall {two}.\n3. No fee is asked of a ship in distress.\n"));
    let way = Way { from: desk.draft(0).id, to: desk.draft(1).id };
    let id = desk.remark(way.from, &format!("{one} and shall {two}"), &[]);
    let mut c = Carrying { desk, way };
    c.carry();
    let item = c.item(id);
    assert_eq!(item.finding.verdict, CarriedAs::Split, "{:?}", item.finding);
    let parts: Vec<String> = item
        .finding
        .candidates
        .iter()
        .filter(|o| o.offer == Offer::Part)
        .map(|o| o.anchor.citation.to_string())
        .collect();
    assert_eq!(parts.len(), item.finding.carried.places.len() - 1);
    assert!(!parts.is_empty());
}
