//! Lenses: switched, explained, gone through; words counted against another draft and written to a file.

use travaux::workspace::{
    Command, ExportCommand, Force, Lens, LensCommand, Panel, SearchCommand, Selection, ViewCommand,
};

use crate::desk::Desk;

const OLD: &str = "\
CONVENTION ON SHARED LAMPS

Article 1
Use of terms

For the purposes of this Convention:

(a) “Lamp” means a light that burns all night;

(b) “Fog bell” means a bell.

Article 2
Keepers

1. Each Party shall name a keeper for every Lamp. Each keeper shall be heard.

2. A keeper may rest.
";

/// The same, less binding.
fn new() -> String {
    let softer =
        OLD.replace("shall name a keeper for every Lamp", "should name a keeper for every Lamp, as appropriate");
    softer.replace("A keeper may rest", "A keeper may rest [and may sleep]")
}

fn desk() -> Desk {
    let mut desk = Desk::with_project("Ines", 1);
    desk.add_draft("old.txt", OLD);
    desk.add_draft("new.txt", &new());
    let new = desk.draft(1).id;
    desk.view(ViewCommand::OpenDraft(new));
    desk
}

fn lens(desk: &mut Desk, command: LensCommand) {
    let before = desk.w.project().cloned();
    desk.run(Command::Lens(command));
    assert!(desk.w.project() == before.as_ref(), "a lens must not change the project");
}

fn selected(desk: &Desk) -> String {
    let draft = desk.w.draft().unwrap();
    desk.w.view().selection().unwrap().range().of(&draft.text).unwrap().to_owned()
}

#[test]
fn the_words_that_bind_are_gone_through_round_the_ends() {
    let mut desk = desk();
    assert!(desk.w.glass().is_none(), "nobody asked");
    lens(&mut desk, LensCommand::Toggle(Lens::Words));
    assert_eq!((desk.w.view().shows(Lens::Words), desk.w.view().lens), (true, Some(Lens::Words)));
    let mut words = Vec::new();
    for _ in 0..6 {
        lens(&mut desk, LensCommand::Step(1));
        words.push(selected(&desk));
    }
    assert_eq!(words, ["should", "as appropriate", "shall", "may", "may", "should"]);
    lens(&mut desk, LensCommand::Step(-1));
    assert_eq!(selected(&desk), "may");
    lens(&mut desk, LensCommand::Toggle(Lens::Words));
    assert_eq!((desk.w.view().shows(Lens::Words), desk.w.view().lens), (false, None));
    // Without any other, the negotiating marks are gone through.
    lens(&mut desk, LensCommand::Step(1));
    assert_eq!((selected(&desk).as_str(), desk.w.view().lens), ("[and may sleep]", Some(Lens::Marks)));
    lens(&mut desk, LensCommand::Explain(None));
    assert_eq!((desk.w.view().lens, desk.w.view().shows(Lens::Marks)), (None, true));
}

#[test]
fn words_are_counted_article_by_article_against_another_draft() {
    let mut desk = desk();
    desk.view(ViewCommand::Panel(Panel::Words));
    let alone: Vec<String> = desk.w.word_table().unwrap().rows.iter().map(|r| r.in_words(false, false)).collect();
    assert_eq!(alone, ["shall 1, should 1, may 2, as appropriate 1"]);
    let old = desk.draft(0).id;
    lens(&mut desk, LensCommand::Against(Some(old)));
    let table = desk.w.word_table().unwrap().clone();
    let said: Vec<String> = table.rows.iter().map(|r| r.in_words(true, true)).collect();
    assert_eq!(
        said,
        ["shall 2 \u{2192} 1, should 0 \u{2192} 1, may 1 \u{2192} 2, as appropriate 0 \u{2192} 1"],
        "the same article in both"
    );
    assert_eq!(table.total.count(Force::Obligation), [2, 1]);

    let new = desk.draft(1).id;
    for ending in ["csv", "xlsx", "md"] {
        let path = desk.place.path().join(format!("words.{ending}"));
        desk.run(Command::Export(ExportCommand::Words { old: Some(old), new, path: path.clone() }));
        assert!(std::fs::metadata(&path).unwrap().len() > 0, "{ending}");
    }
    let text = std::fs::read_to_string(desk.place.path().join("words.md")).unwrap();
    assert!(text.contains("Article 2") && text.contains("may 1 \u{2192} 2"), "{text}");
    // The draft itself is no other draft.
    lens(&mut desk, LensCommand::Against(Some(new)));
    assert!(desk.w.counted_against().is_none() && desk.w.word_table().is_some());
}

#[test]
fn terms_lead_to_their_definitions_and_back() {
    let mut desk = desk();
    lens(&mut desk, LensCommand::Toggle(Lens::Terms));
    let glass = desk.w.glass().unwrap().clone();
    let terms: Vec<(&str, usize)> = glass.terms.all.iter().map(|t| (t.name.as_str(), t.uses)).collect();
    assert_eq!(terms, [("Lamp", 1), ("Fog bell", 0)]);
    assert_eq!(glass.terms.unused().collect::<Vec<_>>(), [1]);
    lens(&mut desk, LensCommand::NextUse(0));
    assert_eq!(desk.w.view().term, Some(0));
    let caret = desk.w.view().selection().unwrap().head;
    assert!(new()[caret..].starts_with("Lamp, as"));
    lens(&mut desk, LensCommand::GoToDefinition(0));
    assert_eq!((selected(&desk).as_str(), desk.w.view().term), ("Lamp", None));
    desk.view(ViewCommand::Back);
    assert!(desk.w.view().back.len() < 9);
    lens(&mut desk, LensCommand::NextUse(1));
    assert_eq!(desk.said(), "This term is never used");
    lens(&mut desk, LensCommand::ShowTerm(Some(99)));
    assert_eq!(desk.w.view().term, None);
}

#[test]
fn what_the_search_asks_for_is_a_lens() {
    let mut desk = desk();
    lens(&mut desk, LensCommand::Toggle(Lens::Search));
    lens(&mut desk, LensCommand::Step(1));
    assert_eq!(desk.said(), "Search marks are not in this draft");
    desk.run(Command::Search(SearchCommand::Ask("keeper".into())));
    let draft = desk.draft(1);
    let found: Vec<&str> = desk.w.search_marks().unwrap().iter().map(|r| r.of(&draft.text).unwrap()).collect();
    assert_eq!(found, ["Keepers", "keeper", "keeper", "keeper"]);
    desk.view(ViewCommand::Select(Some(Selection { anchor: 0, head: 0 })));
    lens(&mut desk, LensCommand::Step(1));
    assert_eq!(selected(&desk), "Keepers");
    desk.run(Command::Search(SearchCommand::Ask("(".into())));
    assert!(desk.w.search_marks().unwrap().is_empty());
}

#[test]
fn search_marks_follow_whatever_changes_the_answer() {
    let mut desk = desk();
    let (old, new) = (desk.draft(0).id, desk.draft(1).id);
    lens(&mut desk, LensCommand::Toggle(Lens::Search));
    let found = |desk: &Desk| -> Vec<String> {
        let text = &desk.w.draft().unwrap().text;
        desk.w.search_marks().unwrap().iter().map(|r| r.of(text).unwrap().to_owned()).collect()
    };
    // A comparison that the question waits for.
    desk.run(Command::Search(SearchCommand::Ask("changed:since(old) keeper".into())));
    desk.w.settle();
    assert!(desk.w.compared(old, new).is_some());
    assert!(found(&desk).contains(&"keeper".to_owned()), "{:?}", found(&desk));
    // A remark that meets a condition, though nobody looks at the search itself.
    desk.run(Command::Search(SearchCommand::Ask("rest concern:SC".into())));
    desk.w.settle();
    assert_eq!(found(&desk), [""; 0]);
    desk.remark(new, "keeper may rest", &["SC"]);
    desk.w.settle();
    assert_eq!(found(&desk), ["rest"]);
    desk.run(Command::Undo);
    desk.w.settle();
    assert_eq!(found(&desk), [""; 0]);
}

#[test]
fn a_language_without_lists_has_no_words_but_terms() {
    let mut desk = Desk::with_project("Ines", 1);
    desk.add_draft(
        "de.txt",
        "ABKOMMEN ÜBER LAMPEN\n\nArtikel 1\nBegriffe\n\n1. Im Sinne dieses Abkommens bezeichnet der Ausdruck „Lampe“ ein Licht.\n\n\
         Artikel 2\nWärter\n\n1. Jede Vertragspartei muss eine Lampe unterhalten, und der Wärter soll sie in der Nacht bewachen.\n",
    );
    let draft = desk.draft(0).id;
    desk.view(ViewCommand::OpenDraft(draft));
    lens(&mut desk, LensCommand::Toggle(Lens::Words));
    let glass = desk.w.glass().unwrap();
    assert_eq!((glass.tongue, glass.wording.hits.len(), glass.terms.all.len()), (None, 0, 1));
}
