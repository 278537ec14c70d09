//! The codebook.

use travaux::model::{Concern, ConcernId, Swatch};
use travaux::workspace::{AnnotateCommand, CodebookCommand, Command};

use crate::desk::Desk;

fn changes(desk: &mut Desk, command: CodebookCommand) {
    desk.changes(Command::Codebook(command));
}

fn refuses(desk: &mut Desk, command: CodebookCommand, words: &str) {
    desk.refuses(Command::Codebook(command), words);
}

fn add(desk: &mut Desk, name: &str, parent: Option<ConcernId>) -> ConcernId {
    changes(desk, CodebookCommand::Add { name: name.into(), parent });
    desk.project().codebook.concerns.last().unwrap().id
}

fn get(desk: &Desk, id: ConcernId) -> Concern {
    desk.project().codebook.get(id).unwrap().clone()
}

#[test]
fn a_new_project_has_the_built_in_concerns() {
    let desk = Desk::new();
    let book = &desk.project().codebook;
    assert!(book.concerns.len() >= 16);
    assert!(book.concerns.iter().all(|c| !c.definition.is_empty() && !c.look_for.is_empty()));
    assert!(book.concerns.iter().filter(|c| c.key.is_some()).count() >= 9);
}

#[test]
fn concerns_are_added_under_others_with_a_tag_and_a_color_of_their_own() {
    let mut desk = Desk::new();
    let fog = add(&mut desk, "  Fog and night ", None);
    assert_eq!(get(&desk, fog).name, "Fog and night");
    let tags: std::collections::BTreeSet<_> = desk.project().codebook.concerns.iter().map(|c| c.tag.clone()).collect();
    assert_eq!(tags.len(), desk.project().codebook.concerns.len(), "a tag is used twice");
    let mist = add(&mut desk, "Mist", Some(fog));
    assert_eq!((get(&desk, mist).parent, get(&desk, mist).swatch), (Some(fog), get(&desk, fog).swatch));
    refuses(&mut desk, CodebookCommand::Add { name: " ".into(), parent: None }, "needs a name");
    refuses(&mut desk, CodebookCommand::Add { name: "FOG AND NIGHT".into(), parent: None }, "already");
    let above = add(&mut desk, "Über", None);
    refuses(&mut desk, CodebookCommand::Add { name: "über".into(), parent: Some(above) }, "already");
}

#[test]
fn a_concern_is_changed_unless_it_would_clash() {
    let mut desk = Desk::new();
    let fog = add(&mut desk, "Fog", None);
    let sc = get(&desk, desk.concern("SC"));
    let better = Concern {
        name: "Fog and mist".into(),
        tag: "fm".into(),
        definition: "What one cannot see through.".into(),
        look_for: "“visibility”".into(),
        swatch: Swatch::Slate,
        key: Some('z'),
        ..get(&desk, fog)
    };
    changes(&mut desk, CodebookCommand::Put(better.clone()));
    assert_eq!(get(&desk, fog), Concern { tag: "FM".into(), ..better.clone() });
    desk.ignores(Command::Codebook(CodebookCommand::Put(get(&desk, fog))));
    let now = get(&desk, fog);
    for (wrong, words) in [
        (Concern { name: String::new(), ..now.clone() }, "needs a name"),
        (Concern { tag: " ".into(), ..now.clone() }, "needs a name and a tag"),
        (Concern { tag: "LONG".into(), ..now.clone() }, "one to three letters"),
        (Concern { tag: "sc".into(), ..now.clone() }, "The tag SC belongs to"),
        (Concern { key: sc.key, ..now.clone() }, "belongs to"),
        (Concern { name: sc.name.to_uppercase(), ..now.clone() }, "already"),
        (Concern { parent: Some(fog), ..now.clone() }, "cannot be a part of itself"),
    ] {
        refuses(&mut desk, CodebookCommand::Put(wrong), words);
    }
    desk.ignores(Command::Codebook(CodebookCommand::Put(Concern { id: ConcernId(1), ..now })));
}

#[test]
fn concerns_move_in_the_tree_and_in_the_list() {
    let mut desk = Desk::new();
    let (fog, mist) = (add(&mut desk, "Fog", None), add(&mut desk, "Mist", None));
    changes(&mut desk, CodebookCommand::Move { id: mist, parent: Some(fog), at: 0 });
    assert_eq!((desk.project().codebook.position(mist), get(&desk, mist).parent), (Some(0), Some(fog)));
    refuses(&mut desk, CodebookCommand::Move { id: fog, parent: Some(mist), at: 3 }, "cannot be a part of itself");
    refuses(&mut desk, CodebookCommand::Move { id: fog, parent: Some(fog), at: 3 }, "cannot be a part of itself");
    desk.ignores(Command::Codebook(CodebookCommand::Move { id: mist, parent: Some(fog), at: 0 }));
    changes(&mut desk, CodebookCommand::Move { id: mist, parent: None, at: 999 });
    assert_eq!(desk.project().codebook.concerns.last().map(|c| c.id), Some(mist));
}

#[test]
fn merging_takes_tags_and_children_over_in_one_step() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let (from, into) = (add(&mut desk, "Fog", None), add(&mut desk, "Mist", None));
    let child = add(&mut desk, "Thick fog", Some(from));
    let one = desk.remark(draft, "every light", &["SC"]);
    let both = desk.remark(draft, "thirty days", &[]);
    for (id, concern) in [(one, from), (both, from), (both, into)] {
        desk.annotate(AnnotateCommand::ToggleConcern { id, concern });
    }
    changes(&mut desk, CodebookCommand::Merge { from, into });
    assert_eq!(desk.project().codebook.get(from), None);
    assert_eq!(get(&desk, child).parent, Some(into));
    assert_eq!(desk.own(one).concerns, [desk.concern("SC"), into].into());
    assert_eq!(desk.own(both).concerns, [into].into());
    assert_eq!(desk.w.derived().counts[&into].everywhere, 2);
    for command in [
        CodebookCommand::Merge { from: into, into },
        CodebookCommand::Merge { from, into },
        CodebookCommand::Merge { from: into, into: from },
    ] {
        desk.ignores(Command::Codebook(command));
    }
    // A parent merged into its child leaves the child in its place.
    changes(&mut desk, CodebookCommand::Merge { from: into, into: child });
    assert_eq!((get(&desk, child).parent, desk.own(both).concerns.clone()), (None, [child].into()));
}

#[test]
fn a_concern_is_retired_and_brought_back() {
    let mut desk = Desk::new();
    let (draft, sc) = (desk.draft(0).id, desk.concern("SC"));
    let key = get(&desk, sc).key.unwrap();
    let id = desk.remark(draft, "every light", &["SC"]);
    changes(&mut desk, CodebookCommand::Retire { id: sc, retired: true });
    assert!(get(&desk, sc).retired && desk.project().codebook.by_key(key).is_none());
    assert!(desk.own(id).concerns.contains(&sc), "old remarks keep it");
    desk.ignores(Command::Codebook(CodebookCommand::Retire { id: sc, retired: true }));
    changes(&mut desk, CodebookCommand::Retire { id: sc, retired: false });
    assert!(!get(&desk, sc).retired);
}

#[test]
fn only_an_unused_concern_without_children_is_removed() {
    let mut desk = Desk::new();
    let draft = desk.draft(0).id;
    let fog = add(&mut desk, "Fog", None);
    let mist = add(&mut desk, "Mist", Some(fog));
    let id = desk.remark(draft, "every light", &[]);
    desk.annotate(AnnotateCommand::ToggleConcern { id, concern: mist });
    refuses(&mut desk, CodebookCommand::Remove(mist), "is in use");
    refuses(&mut desk, CodebookCommand::Remove(fog), "has concerns below it");
    desk.annotate(AnnotateCommand::ToggleConcern { id, concern: mist });
    changes(&mut desk, CodebookCommand::Remove(mist));
    changes(&mut desk, CodebookCommand::Remove(fog));
    assert_eq!(desk.project().codebook.get(fog), None);
    desk.ignores(Command::Codebook(CodebookCommand::Remove(fog)));
}
