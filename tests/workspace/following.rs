//! Cross references: found, stepped through, followed, and who refers to what.

use travaux::model::{Citation, Place, ProjectDetails};
use travaux::workspace::{
    Command, CompareCommand, Lead, Lens, LensCommand, LinkKind, ProjectCommand, Selection, ViewCommand,
};

use crate::desk::Desk;

const DRAFT: &str = "\
CONVENTION ON LIGHTHOUSES

Article 1
Keepers

1. Each Party shall name a keeper under Article 2(1) and (3), subject to articles 3 to 4 and Article 99.
2. A keeper shall:
(a) record every ship, as article 3(b) has it;
(b) tell no one, without prejudice to Article 102 of the Charter of the United Nations.

Article 2
Records

1. Records are kept for thirty days.
2. Paragraph 1 does not apply to fog.

Article 3
Costs

1. Costs are:
(a) shared;
(b) small.
2. Each Party bears:
(a) its own;
(b) no other.

Article 4
Ends

1. This Convention ends with the Harbor Treaty. Article 2 of the Harbor Treaty applies.
";

fn desk() -> Desk {
    let mut desk = Desk::with_project("Ines", 1);
    desk.add_draft("draft.txt", DRAFT);
    let draft = desk.draft(0).id;
    desk.view(ViewCommand::OpenDraft(draft));
    assert_eq!(desk.failures(), [""; 0]);
    desk
}

fn words(desk: &Desk, link: usize) -> String {
    let range = desk.w.links().unwrap().all[link].range;
    range.of(&desk.draft(0).text).unwrap().to_owned()
}

/// Each link with what it is and where it leads.
fn links(desk: &Desk) -> Vec<(String, LinkKind, String)> {
    let links = desk.w.links().expect("the references are found").clone();
    let outline = &desk.draft(0).outline;
    let cited = |i| outline.citation(i).to_string();
    let lead = |i| match links.lead(i) {
        Lead::To(one) => cited(one),
        Lead::Choice(all) => all.into_iter().map(cited).collect::<Vec<_>>().join(" or "),
        Lead::Nowhere => String::new(),
    };
    links.all.iter().enumerate().map(|(i, l)| (words(desk, i), l.kind, lead(i))).collect()
}

#[test]
fn references_are_found_when_a_draft_is_opened() {
    let desk = desk();
    let expected = [
        ("Article 2(1)", LinkKind::Leads, "2(1)"),
        ("(3)", LinkKind::Broken, ""),
        ("articles 3 to 4", LinkKind::Leads, "3"),
        ("Article 99", LinkKind::Broken, ""),
        ("article 3(b)", LinkKind::Leads, "3(1)(b) or 3(2)(b)"),
        ("Article 102 of the Charter of the United Nations", LinkKind::Elsewhere, ""),
        ("Paragraph 1", LinkKind::Leads, "2(1)"),
        ("Article 2 of the Harbor Treaty", LinkKind::Elsewhere, ""),
    ];
    let expected = expected.map(|(words, kind, lead)| (words.to_owned(), kind, lead.to_owned()));
    assert_eq!(links(&desk), expected);
    let found = desk.w.references().unwrap();
    assert_eq!(found.all.len(), 7);
    let broken: Vec<String> = desk
        .w
        .links()
        .unwrap()
        .broken
        .iter()
        .map(|&i| found.all[i].range.of(&desk.draft(0).text).unwrap().into())
        .collect();
    assert_eq!(broken.len(), 2, "{broken:?}");
}

#[test]
fn who_refers_to_a_provision() {
    let desk = desk();
    let (draft, found) = (desk.draft(0), desk.w.references().unwrap());
    let citing = |citation: &str| {
        let provision = desk.provision(draft.id, citation);
        let from = |r: &travaux::workspace::Reference| r.from.map(|i| draft.outline.citation(i).to_string());
        found.citing(&draft.outline, provision).into_iter().filter_map(from).collect::<Vec<_>>()
    };
    assert_eq!(citing("2"), ["1(1)"], "what it says of itself does not count");
    assert_eq!(citing("2(1)"), ["1(1)", "2(2)"]);
    assert_eq!(citing("3"), ["1(1)", "1(2)(a)"]);
    assert_eq!((citing("3(1)(b)"), citing("3(2)(b)")), (vec!["1(2)(a)".to_owned()], vec!["1(2)(a)".to_owned()]));
    assert!(citing("1").is_empty());
}

#[test]
fn the_keyboard_goes_from_one_to_the_next_and_back() {
    let mut desk = desk();
    let stops = desk.w.view().back.len();
    let mut seen = Vec::new();
    for by in [1, 1, 1, 1, 1, 1, 1, -1, -1] {
        desk.view(ViewCommand::CycleReference(by));
        let at = desk.w.view().reference.unwrap();
        let start = desk.w.links().unwrap().all[at].range.start;
        assert_eq!(desk.w.view().selection(), Some(Selection { anchor: start, head: start }), "the caret is there");
        seen.push(at);
    }
    assert_eq!(seen, [0, 1, 2, 3, 4, 6, 0, 6, 4], "other instruments are left out");
    assert_eq!(desk.w.view().back.len(), stops, "stepping leaves nothing behind");
    desk.view(ViewCommand::ShowReference(None));
    desk.view(ViewCommand::CycleReference(1));
    assert_eq!(desk.w.view().reference, Some(4), "from the caret");
    // A caret that is out of sight is none.
    desk.view(ViewCommand::ShowReference(None));
    let end = desk.draft(0).text.len() - 1;
    desk.view(ViewCommand::ReadingAt(end));
    desk.view(ViewCommand::CycleReference(-1));
    assert_eq!(desk.w.view().reference, Some(6));
    desk.view(ViewCommand::ShowReference(Some(999)));
    assert_eq!(desk.w.view().reference, None);
}

#[test]
fn following_is_a_stop_on_the_way_back() {
    let mut desk = desk();
    let draft = desk.draft(0).id;
    desk.view(ViewCommand::ReadingAt(30));
    desk.view(ViewCommand::CycleReference(1));
    let Lead::To(target) = desk.w.links().unwrap().lead(0) else { panic!("it leads to one place") };
    let offset = desk.draft(0).outline.get(target).unwrap().range.start;
    desk.view(ViewCommand::GoTo { draft, offset });
    assert_eq!(desk.w.view().reference, None);
    assert_eq!(desk.w.view().scroll.map(|s| s.offset), Some(offset));
    desk.view(ViewCommand::ReadingAt(offset));
    desk.view(ViewCommand::Back);
    assert_eq!(desk.w.view().draft_view().reading_at, 30);
    desk.view(ViewCommand::Forward);
    assert_eq!(desk.w.view().draft_view().reading_at, offset);
}

#[test]
fn the_name_of_the_instrument_makes_its_references_its_own() {
    let mut desk = desk();
    let before = desk.w.links().unwrap().clone();
    desk.view(ViewCommand::CycleReference(1));
    assert!(std::sync::Arc::ptr_eq(&before, desk.w.links().unwrap()), "found once");
    let details = desk.project().details.clone();
    let details = ProjectDetails { instrument: "Harbor Treaty".into(), ..details };
    desk.run(Command::Project(ProjectCommand::SetDetails(details)));
    let last = links(&desk).pop().unwrap();
    assert_eq!(last, ("Article 2".into(), LinkKind::Leads, "2".into()));
    assert_eq!(desk.w.view().reference, None, "positions have changed");
    desk.run(Command::Undo);
    assert_eq!(links(&desk).pop().unwrap().1, LinkKind::Elsewhere);
}

#[test]
fn whether_they_are_shown_is_remembered_with_the_project() {
    let mut desk = desk();
    assert!(desk.w.view().references_shown);
    desk.view(ViewCommand::CycleReference(1));
    desk.run(Command::Lens(LensCommand::Toggle(Lens::References)));
    assert_eq!((desk.w.view().references_shown, desk.w.view().reference), (false, None));
    desk.restart();
    assert!(!desk.w.view().references_shown);
    desk.run(Command::Lens(LensCommand::Toggle(Lens::References)));
    assert!(desk.w.view().references_shown);
    assert_eq!(links(&desk).len(), 8, "found again after a start");
    // A draft without any.
    desk.add_draft("plain.txt", "Article 1\n\n1. Light.\n\nArticle 2\n\n1. Fog.\n\nArticle 3\n\n1. Sand.\n");
    let second = desk.draft(1).id;
    desk.view(ViewCommand::OpenDraft(second));
    desk.view(ViewCommand::CycleReference(1));
    assert_eq!(desk.said(), "This draft has no cross references");
}

#[test]
fn a_citation_that_is_of_another_draft_leads_to_what_that_became() {
    let mut desk = desk();
    let next =
        DRAFT.replace("Article 4\nEnds", "Article 7\nEnds").replace("Article 3\nCosts", "Article 5\nCosts").replace(
            "Article 2\nRecords\n\n1. Records are kept for thirty days.\n2. Paragraph 1 does not apply to fog.\n",
            "",
        );
    desk.add_draft("next.txt", &next);
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    let article = |n: &str| Citation::to(Place::Article(n.to_owned()));
    // Nobody has compared them yet; asking makes them compared.
    let ends = desk.w.whereabouts(&article("4"), second).unwrap();
    assert_eq!((ends.draft, ends.here), (first, None));
    desk.run(Command::Compare(CompareCommand::Trace { citation: article("4"), draft: second }));
    desk.w.settle();
    let here = |desk: &Desk, cited: &str, draft| {
        let found = desk.w.whereabouts(&article(cited), draft)?;
        let outline = &desk.project().draft(draft)?.outline;
        Some(found.here?.iter().map(|i| outline.citation(*i).to_string()).collect::<Vec<_>>())
    };
    assert_eq!(here(&desk, "4", second), Some(vec!["7".to_owned()]));
    desk.view(ViewCommand::OpenDraft(second));
    desk.view(ViewCommand::GoToCitation("art. 4".to_owned()));
    assert!(desk.said().ends_with("is not in Next; that of Draft is Article 7 here"), "{}", desk.said());
    // Gone, not there at all, and the other way round.
    assert_eq!(here(&desk, "2", second), Some(Vec::new()));
    assert_eq!(here(&desk, "99", second), None);
    assert_eq!(here(&desk, "7", first), Some(vec!["4".to_owned()]));
}
