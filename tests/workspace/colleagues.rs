//! A colleague's annotation file, opened beside one's own.

use std::path::PathBuf;

use travaux::model::{AnalystId, AnnotationId, Placement};
use travaux::workspace::{
    AnnotateCommand, CodebookCommand, ColleagueCommand, Command, DraftCommand, ExportCommand, Focus, Gravity,
    ViewCommand,
};

use crate::desk::{Desk, FIRST};

/// Omar has the first draft, and another that Ines does not have, in files of his own.
fn omar(first: &str) -> Desk {
    let mut desk = Desk::with_project("Omar", 2);
    desk.add_draft("first.txt", first);
    desk.add_draft("protocol.txt", "Protocol on buoys\nA/LIGHT/9\n\nArticle 1\nBuoys\n\n1. Buoys are green.\n");
    let first = desk.draft(0).id;
    desk.view(ViewCommand::OpenDraft(first));
    desk
}

fn mailed(desk: &mut Desk) -> PathBuf {
    let path = desk.place.path().join("omar.annotations.ron");
    let format = "annotations".to_owned();
    desk.run(Command::Export(ExportCommand::ToFile { format, path: path.clone(), draft: None, analysts: None }));
    assert!(desk.said().starts_with("Written"), "{}", desk.said());
    path
}

fn theirs(desk: &Desk, analyst: AnalystId) -> Vec<(AnnotationId, Vec<Placement>)> {
    let set = &desk.project().sets[&analyst];
    set.annotations.values().map(|a| (a.id, a.placements.values().cloned().collect())).collect()
}

#[test]
fn a_colleagues_remarks_stand_beside_ones_own() {
    let mut omar = omar(FIRST);
    let (hers, buoys) = (omar.draft(0).id, omar.draft(1).id);
    let id = omar.remark(hers, "every light", &["SC"]);
    omar.annotate(AnnotateCommand::SetNote { id, note: "Too many".into() });
    omar.remark(buoys, "green", &[]);
    let file = mailed(&mut omar);
    let him = omar.w.analyst().unwrap().id;

    let mut ines = Desk::new();
    let first = ines.draft(0).id;
    ines.remark(first, "thirty days", &["DP"]);
    let own = ines.w.own_set().cloned().unwrap();
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file.clone())));
    ines.run(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!(ines.w.own_set(), Some(&own), "one's own set is untouched");
    assert_eq!(ines.said(), "Omar: 1 annotation on the same words, 1 on drafts that are not in this project");
    assert_eq!(ines.w.notices().latest().map(|n| n.gravity), Some(Gravity::Caution));
    let remark = &ines.project().sets[&him].annotations[&id];
    assert_eq!(remark.note, "Too many");
    assert_eq!(remark.anchor_in(first).map(|a| a.citation.long()).as_deref(), Some("Article 1(1)"));
    assert!(
        ines.project().sets[&him].annotations.values().any(|a| a.placements.contains_key(&buoys)),
        "nothing is dropped"
    );
    // It can be shown and hidden, and told apart.
    assert_eq!(ines.w.derived().remarks.len(), 2);
    ines.ignores(Command::Colleague(ColleagueCommand::Show { analyst: him, shown: false }));
    assert_eq!(ines.w.derived().remarks.len(), 1);
    assert_eq!(
        ines.w.analysts().iter().map(|a| (a.1.as_str(), a.3)).collect::<Vec<_>>(),
        [("Ines", true), ("Omar", false)]
    );
    ines.ignores(Command::Colleague(ColleagueCommand::Show { analyst: him, shown: true }));
    assert!(ines.w.is_own(own.analyst.id) && !ines.w.is_own(him));
    // It is not one's own to change.
    let note = AnnotateCommand::SetNote { id, note: "Mine now".into() };
    ines.refuses(Command::Annotate(note), "Only one's own annotations");
    ines.refuses(Command::Annotate(AnnotateCommand::Delete(vec![id])), "Only one's own annotations");
    // A remark on a draft that is not here leads nowhere and breaks nothing.
    let elsewhere = ines.project().sets[&him].annotations.values().find(|a| a.id != id).unwrap().id;
    ines.view(ViewCommand::ShowAnnotation(Focus { analyst: him, annotation: elsewhere }));
    // The same file again changes nothing; a later one takes its place in one step.
    ines.refuses(Command::Colleague(ColleagueCommand::OpenFile(file.clone())), "nothing new");
    omar.annotate(AnnotateCommand::SetNote { id, note: "Far too many".into() });
    mailed(&mut omar);
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file)));
    ines.changes(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!(ines.project().sets[&him].annotations[&id].note, "Far too many");
    ines.restart();
    assert_eq!(ines.project().sets.len(), 2);
    ines.changes(Command::Colleague(ColleagueCommand::Remove(him)));
    assert_eq!(ines.project().sets.len(), 1);
    ines.refuses(Command::Colleague(ColleagueCommand::Remove(own.analyst.id)), "One's own set");
    ines.ignores(Command::Colleague(ColleagueCommand::Remove(him)));
    ines.restart();
    assert_eq!(ines.project().sets.len(), 1);
}

#[test]
fn another_copy_of_the_draft_is_the_same_draft() {
    // Broken into other lines, with other spaces and quotation marks, a cover page and without Article 1(2)(c).
    let copy = FIRST
        .replace("shall name a keeper for every light", "shall name\n   a keeper for every  light")
        .replace("PREAMBLE", "Distributed to all delegations\n\nPREAMBLE")
        .replace("over on request;\n(c) tell no one else.", "over on request.");
    let mut omar = omar(&copy);
    let draft = omar.draft(0).id;
    let found = omar.remark(draft, "a keeper for every  light", &[]);
    let same_words_twice = omar.words(draft, "Each Party shall name an office");
    omar.annotate(AnnotateCommand::Words { draft, range: same_words_twice, concerns: Default::default() });
    let whole = omar.provision(draft, "1(2)(b)");
    let kind = travaux::model::AnnotationKind::Absence;
    omar.annotate(AnnotateCommand::Provision { draft, provision: whole, kind, concerns: Default::default() });
    let lost = omar.remark(draft, "Distributed to all delegations", &[]);
    let file = mailed(&mut omar);
    let him = omar.w.analyst().unwrap().id;

    let mut ines = Desk::new();
    let first = ines.draft(0).id;
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file.clone())));
    ines.changes(Command::Colleague(ColleagueCommand::Apply));
    let words = |id: AnnotationId| {
        let anchor = ines.project().sets[&him].annotations[&id].anchor_in(first)?;
        Some(anchor.range.of(&ines.draft(0).text)?.to_owned())
    };
    assert_eq!(words(found).as_deref(), Some("a keeper for every light"));
    assert_eq!(words(lost), None);
    let Some(Placement::Lost { from: None, quote, .. }) =
        ines.project().sets[&him].annotations[&lost].placements.get(&first)
    else {
        panic!("a remark without a place is kept as lost: {:?}", theirs(&ines, him));
    };
    assert_eq!(quote.exact, "Distributed to all delegations");
    assert_eq!(ines.w.derived().to_review, 1);
    let list: Vec<_> = ines.w.derived().remarks.iter().map(|r| (r.lost, r.range.is_empty())).collect();
    assert_eq!(list, [(false, false), (false, false), (false, false), (true, true)]);
    ines.refuses(Command::Colleague(ColleagueCommand::OpenFile(file)), "nothing new");
}

#[test]
fn a_draft_without_a_symbol_is_told_by_the_words_remarked_on() {
    // The same draft from another file: no symbol on it, other line ends, a heading of the web page.
    let web = format!("Lighthouse watch, read online\n\n{}", FIRST.replace("A/LIGHT/1", "").replace(' ', "  "));
    let mut omar = omar(&web);
    let draft = omar.draft(0).id;
    omar.remark(draft, "every  light", &[]);
    omar.remark(draft, "tell  no  one  else", &[]);
    let file = mailed(&mut omar);
    let mut ines = Desk::new();
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file)));
    ines.run(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!(
        ines.said(),
        "Omar: 0 annotations on the same words, 2 found again in your copy of the draft",
        "the second draft lacks these words"
    );
    let him = omar.w.analyst().unwrap().id;
    let first = ines.draft(0).id;
    assert!(ines.project().sets[&him].annotations.values().all(|a| a.anchor_in(first).is_some()));
}

#[test]
fn concerns_come_with_the_remarks_that_use_them() {
    let mut omar = omar(FIRST);
    let draft = omar.draft(0).id;
    for name in ["Fog", "Foam", "Unused"] {
        omar.run(Command::Codebook(CodebookCommand::Add { name: name.into(), parent: None }));
    }
    let id = omar.remark(draft, "every light", &[]);
    let own: Vec<_> = omar.project().codebook.concerns.iter().rev().take(3).map(|c| (c.name.clone(), c.id)).collect();
    for (_, concern) in own.iter().filter(|(name, _)| name != "Unused") {
        omar.annotate(AnnotateCommand::ToggleConcern { id, concern: *concern });
    }
    let file = mailed(&mut omar);
    let him = omar.w.analyst().unwrap().id;

    let mut ines = Desk::new();
    // Hers is named like his, and another has the tag that his has.
    ines.run(Command::Codebook(CodebookCommand::Add { name: "Folklore".into(), parent: None }));
    ines.run(Command::Codebook(CodebookCommand::Add { name: "FOG".into(), parent: None }));
    let hers = ines.project().codebook.concerns.last().unwrap().id;
    let before = ines.project().codebook.concerns.len();
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file)));
    ines.changes(Command::Colleague(ColleagueCommand::Apply));
    let book = &ines.project().codebook;
    let names: Vec<_> = book.concerns[before..].iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Foam"]);
    let tags: std::collections::BTreeSet<_> = book.concerns.iter().map(|c| c.tag.as_str()).collect();
    assert_eq!(tags.len(), book.concerns.len(), "two concerns have one tag");
    let foam = book.concerns[before].id;
    assert_eq!(ines.project().sets[&him].annotations[&id].concerns, [hers, foam].into());
    // Merging a concern that a colleague uses leaves his remarks as they are.
    let into = ines.concern("SC");
    ines.changes(Command::Codebook(CodebookCommand::Merge { from: foam, into }));
    assert!(ines.project().codebook.get(foam).is_some_and(|c| c.retired));
    assert!(ines.project().sets[&him].annotations[&id].concerns.contains(&foam));
}

#[test]
fn two_of_their_drafts_like_one_of_ours_lose_nothing() {
    let mut omar = Desk::with_project("Omar", 2);
    omar.add_draft("first.txt", FIRST);
    omar.add_draft("again.txt", FIRST);
    let (one, two) = (omar.draft(0).id, omar.draft(1).id);
    let id = omar.remark(one, "every light", &[]);
    let range = omar.words(two, "thirty days");
    omar.annotate(AnnotateCommand::SetRange { id, draft: two, range });
    let file = mailed(&mut omar);
    let mut ines = Desk::new();
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file)));
    ines.changes(Command::Colleague(ColleagueCommand::Apply));
    let him = omar.w.analyst().unwrap().id;
    let quotes: Vec<_> = theirs(&ines, him)[0].1.iter().map(|p| p.quote().exact.clone()).collect();
    assert_eq!(quotes.len(), 2, "{quotes:?}");
}

#[test]
fn a_translation_is_another_draft_though_its_symbol_is_the_same() {
    let french = "Projet de convention sur les phares\nA/LIGHT/1\nPremière session, 4 mai 2024\n\nArticle premier\nGardiens\n\n1. Chaque Partie désigne un gardien pour chaque phare, et tient un registre des navires qui passent.\n";
    let mut omar = omar(french);
    let draft = omar.draft(0).id;
    assert_eq!(omar.draft(0).details.language, "fr");
    omar.remark(draft, "un gardien", &[]);
    let file = mailed(&mut omar);
    let mut ines = Desk::new();
    ines.ignores(Command::Colleague(ColleagueCommand::OpenFile(file.clone())));
    ines.changes(Command::Colleague(ColleagueCommand::Apply));
    assert!(ines.w.notices().all().iter().any(|n| n.text.contains("1 on drafts that are not in this project")));
    assert_eq!(ines.w.derived().to_review, 0);
}

#[test]
fn a_file_that_is_none_is_refused_with_its_place() {
    let mut ines = Desk::new();
    let whole = {
        let mut omar = omar(FIRST);
        let draft = omar.draft(0).id;
        omar.remark(draft, "every light", &[]);
        std::fs::read_to_string(mailed(&mut omar)).unwrap()
    };
    for (name, text, words) in [
        ("nonsense.ron", "what is this?".to_owned(), "damaged at line 1"),
        ("cut.ron", whole[..whole.len() / 2].to_owned(), "damaged at line"),
        ("newer.ron", whole.replacen("format: 1", "format: 99", 1), "newer version"),
    ] {
        let file = ines.file(name, &text);
        ines.refuses(Command::Colleague(ColleagueCommand::OpenFile(file)), words);
        assert!(ines.said().ends_with(name), "{}", ines.said());
    }
    let absent = ines.place.path().join("absent.ron");
    ines.refuses(Command::Colleague(ColleagueCommand::OpenFile(absent.clone())), "absent.ron");
    Desk::empty("Ines", 3).refuses(Command::Colleague(ColleagueCommand::OpenFile(absent)), "Open the project first");
}

#[test]
fn ones_own_file_never_overwrites_what_is_here() {
    let mut ines = Desk::new();
    let draft = ines.draft(0).id;
    let id = ines.remark(draft, "every light", &[]);
    let file = mailed(&mut ines);
    ines.annotate(AnnotateCommand::SetNote { id, note: "newer than the file".into() });
    ines.refuses(Command::Colleague(ColleagueCommand::OpenFile(file.clone())), "nothing new");
    // On a computer that has none of it, it is one's own again.
    ines.annotate(AnnotateCommand::Delete(vec![id]));
    let mut other = Desk::with_project("Ines", 1);
    other.add_draft("first.txt", FIRST);
    other.ignores(Command::Colleague(ColleagueCommand::OpenFile(file)));
    other.changes(Command::Colleague(ColleagueCommand::Apply));
    assert_eq!(other.w.own_set().map(|s| s.annotations.len()), Some(1));
    other.run(Command::Draft(DraftCommand::Dismiss));
}
