//! What leaves for colleagues, and what comes of it with them: no more than was chosen, all of it laid out before, and
//! nothing of what stays behind lost at the other end.

#![allow(clippy::unwrap_used, dead_code, missing_docs)]

#[path = "workspace/desk.rs"]
mod desk;
#[path = "support/projects.rs"]
mod projects;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::{Desk, FIRST};
use proptest::prelude::*;
use travaux::model::{
    Action, AnalystId, Annotation, AnnotationKind, AnnotationSet, CommentaryId, ConcernId, DraftId, Edit, Origin,
    Outcome, Placement, Project, Recommendation, Severity, Status, TextRange,
};
use travaux::storage::{self, Holder, SharedSet, StorageError, Unopened};
use travaux::workspace::{
    AnnotateCommand, ColleagueCommand, Command, Focus, Gravity, ListFilter, Passphrase, Prepared, ProjectCommand,
    ReplyCommand, SearchCommand, ShareChoices, ShareCommand, ShareRowKind, ShareWhich, ViewCommand,
};

fn holder() -> Holder {
    Holder { name: "Ines".into(), machine: "lighthouse-host".into(), process: 7, since: jiff::Timestamp::UNIX_EPOCH }
}

/// The choice of all of these analysts' annotations.
fn all_of(analysts: impl IntoIterator<Item = AnalystId>) -> ShareChoices {
    ShareChoices { analysts: analysts.into_iter().collect(), ..ShareChoices::default() }
}

impl Desk {
    fn me(&self) -> AnalystId {
        self.w.analyst().unwrap().id
    }

    fn prepare(&mut self, choices: &ShareChoices) -> Arc<Prepared> {
        let before = self.w.project().cloned();
        self.run(Command::Share(ShareCommand::Prepare(Box::new(choices.clone()))));
        assert!(self.w.project() == before.as_ref(), "sharing changes nothing");
        let prepared = self.w.prepared().unwrap_or_else(|| panic!("{}", self.said())).clone();
        assert_eq!(&prepared.choices, choices);
        prepared
    }

    fn write(&mut self, name: &str, passphrase: Option<&str>) -> PathBuf {
        let path = self.place.path().join(name);
        let passphrase = passphrase.and_then(|words| Passphrase::new(words.to_owned()));
        self.run(Command::Share(ShareCommand::Write { path: path.clone(), passphrase }));
        assert!(self.said().starts_with("Written: "), "{}", self.said());
        path
    }

    fn share(&mut self, name: &str, choices: &ShareChoices) -> (Vec<SharedSet>, String) {
        let prepared = self.prepare(choices);
        let path = self.write(name, None);
        let sets = storage::read_shared_file_at(&path, None).unwrap();
        assert_eq!(sets, prepared.account.sets, "what is written is what was laid out");
        (sets, fs::read_to_string(path).unwrap())
    }

    /// Takes over all that waits, as it is proposed.
    fn take_over(&mut self) {
        for _ in 0..9 {
            if self.w.merging().is_some() {
                self.run(Command::Colleague(ColleagueCommand::Apply));
            }
        }
        assert!(self.w.merging().is_none(), "{}", self.said());
    }

    fn open_file(&mut self, path: &Path) {
        self.run(Command::Colleague(ColleagueCommand::OpenFile(path.to_owned())));
        self.take_over();
    }
}

/// Every sort of thing an annotation can say, each in words that stand nowhere else.
fn full() -> Desk {
    let mut desk = Desk::new();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    let id = desk.remark(first, "thirty days", &["DP"]);
    desk.annotate(AnnotateCommand::SetNote { id, note: "Zanzibar noted this".into() });
    desk.annotate(AnnotateCommand::SetSeverity { id, severity: Some(Severity::High) });
    let recommendation = Recommendation {
        action: Action::Limit,
        targets: vec!["Articles 70 to 77".into()],
        proposed: "for quokka hours".into(),
        supports: "Delegation of Atlantis".into(),
    };
    desk.annotate(AnnotateCommand::SetRecommendation { id, recommendation: Some(recommendation) });
    let kept = desk.remark(first, "every light", &["SC"]);
    desk.annotate(AnnotateCommand::SetStatus { id: kept, status: Status::Agreed });
    let later = desk.remark(second, "ninety days", &["DP", "SC"]);
    desk.annotate(AnnotateCommand::SetNote { id: later, note: "Quixotic".into() });
    let range = desk.words(first, "hand the records over");
    desk.annotate(AnnotateCommand::Words { draft: first, range, concerns: BTreeSet::new() });
    let provision = desk.provision(first, "2(2)");
    desk.annotate(AnnotateCommand::MarkRead { draft: first, provision, read: true });
    desk
}

#[test]
fn a_whole_set_is_the_file_that_is_kept_and_the_same_every_time() {
    let mut desk = full();
    let me = desk.me();
    let (sets, text) = desk.share("mine.annotations.ron", &all_of([me]));
    let [shared] = sets.as_slice() else { panic!("one set") };
    assert_eq!(&shared.set, desk.w.own_set().unwrap(), "to the character");
    assert!(!shared.is_part && !shared.without_notes);
    assert!(text.starts_with("(\n format: 1,"), "earlier versions open it");
    assert_eq!(storage::read_annotation_file("mine", &text).unwrap(), *shared);
    let (_, again) = desk.share("again.annotations.ron", &all_of([me]));
    assert_eq!(text, again);
    assert_eq!(desk.prepare(&all_of([])).account.annotations, 0);
    desk.refuses(
        Command::Share(ShareCommand::Write { path: desk.place.path().join("none"), passphrase: None }),
        "nothing passes what was chosen",
    );
    desk.run(Command::Share(ShareCommand::PutAway));
    let path = desk.place.path().join("none");
    desk.refuses(Command::Share(ShareCommand::Write { path, passphrase: None }), "nothing was prepared");
    assert!(!desk.place.path().join("none").exists());
}

#[test]
fn a_selection_holds_what_passes_and_says_that_it_is_a_part() {
    let desk = full();
    let me = desk.me();
    let (first, second) = (desk.draft(0).id, desk.draft(1).id);
    // A remark that stands in both drafts.
    let both = desk.w.own_set().unwrap().annotations.values().find(|a| a.note.starts_with("Zanz")).unwrap().clone();
    let mut moved = both.clone();
    let anchor = desk.w.own_set().unwrap().annotations.values().find_map(|a| a.anchor_in(second)).unwrap().clone();
    moved.placements.insert(second, Placement::Made(anchor));
    moved.outcomes.insert(second, Outcome::Worse);
    moved.numbering = Some(second);
    let mut desk = with_edits(
        desk,
        vec![Edit::PutAnnotation { analyst: me, id: moved.id, annotation: Some(moved.clone().into()) }],
    );
    let notes = |sets: &[SharedSet]| -> BTreeSet<String> {
        sets.iter().flat_map(|s| s.set.annotations.values().map(|a| a.note.clone())).collect()
    };
    let of = |change: &dyn Fn(&mut ShareChoices)| {
        let mut choices = all_of([me]);
        change(&mut choices);
        choices
    };

    let in_first = of(&|c| c.drafts = BTreeSet::from([first]));
    let (sets, text) = desk.share("first.ron", &in_first);
    assert!(text.starts_with("(\n format: 2,"), "earlier versions say that they are too old for it");
    assert!(sets[0].is_part && sets[0].set.read.is_empty());
    assert_eq!(sets[0].drafts.iter().map(|d| d.id).collect::<Vec<_>>(), [first]);
    let left = &sets[0].set.annotations[&moved.id];
    assert_eq!(left.placements.keys().copied().collect::<Vec<_>>(), [first]);
    assert!(left.outcomes.is_empty() && left.numbering.is_none());
    assert!(!text.contains(&second.to_string()) && !text.contains("Quixotic"));
    assert_eq!(desk.w.prepared().unwrap().account.left_behind, 1);

    let dp = desk.concern("DP");
    let (sets, _) = desk.share("dp.ron", &of(&|c| c.concerns = BTreeSet::from([dp])));
    assert_eq!(notes(&sets), ["Quixotic", "Zanzibar noted this"].map(String::from).into());
    let (sets, _) = desk.share("bad.ron", &of(&|c| c.least = Some(Severity::Moderate)));
    assert_eq!(notes(&sets), ["Zanzibar noted this".to_owned()].into());
    assert!(sets[0].concerns.iter().all(|c| c.key.is_none()), "the keys are for one's own keyboard");
    let (sets, _) = desk.share("agreed.ron", &of(&|c| c.status = Some(Status::Agreed)));
    assert_eq!(sets[0].set.annotations.len(), 1);

    desk.view(ViewCommand::OpenDraft(first));
    desk.view(ViewCommand::Filter(ListFilter { text: "zanzibar".into(), ..ListFilter::default() }));
    assert_eq!(desk.w.can_share(ShareWhich::Listed), Some(1));
    let (sets, _) = desk.share("listed.ron", &of(&|c| c.which = ShareWhich::Listed));
    assert_eq!(notes(&sets), ["Zanzibar noted this".to_owned()].into());

    assert_eq!(desk.w.can_share(ShareWhich::Found), None);
    let found = of(&|c| c.which = ShareWhich::Found);
    desk.refuses(Command::Share(ShareCommand::Prepare(Box::new(found.clone()))), "the search has not found");
    for (question, expected) in [
        ("quixotic", vec!["Quixotic"]),
        ("\"thirty days\"", vec!["Zanzibar noted this"]),
        ("keeper severity:high", vec![]),
        ("concern:DP", vec!["Quixotic", "Zanzibar noted this"]),
        ("lighthouse-nobody", vec![]),
    ] {
        desk.run(Command::Search(SearchCommand::Ask(question.into())));
        let prepared = desk.prepare(&found);
        let expected: BTreeSet<String> = expected.into_iter().map(String::from).collect();
        assert_eq!(notes(&prepared.account.sets), expected, "{question}");
    }
}

/// The desk after another start of the program, its project with these edits.
fn with_edits(mut desk: Desk, edits: Vec<Edit>) -> Desk {
    desk.w.close_project();
    let folder = desk.folder();
    let mut opened = storage::open(&folder, &holder(), jiff::Timestamp::UNIX_EPOCH).unwrap();
    opened.project.apply_all(edits.iter().cloned()).unwrap();
    opened.store.record(&edits).unwrap();
    opened.store.close(&opened.project).unwrap();
    desk.restart();
    desk
}

/// What the search finds of a provision by one of its annotations does not take the others on it along.
#[test]
fn a_condition_holds_of_what_is_shared_and_not_of_its_neighbor() {
    let mut desk = Desk::new();
    let first = desk.draft(0).id;
    let bad = desk.remark(first, "thirty days", &["DP"]);
    desk.annotate(AnnotateCommand::SetSeverity { id: bad, severity: Some(Severity::Critical) });
    let other = desk.remark(first, "Records are kept", &["SC"]);
    desk.annotate(AnnotateCommand::SetNote { id: other, note: "Secret of the neighbor".into() });
    let choices = ShareChoices { which: ShareWhich::Found, ..all_of([desk.me()]) };
    for question in
        ["severity:critical", "concern:DP", "records concern:DP", "-concern:SC kept", "severity:high.. OR concern:DP"]
    {
        desk.run(Command::Search(SearchCommand::Ask(question.into())));
        if desk.w.search().error.is_some() {
            continue;
        }
        let prepared = desk.prepare(&choices);
        let mut shared = prepared.account.sets.iter().flat_map(|s| s.set.annotations.keys());
        assert!(shared.all(|id| *id != other), "{question}");
    }
}

#[test]
fn nothing_of_names_notes_and_machines_is_in_a_masked_file() {
    let desk = full();
    let me = desk.me();
    let mut annotation = desk.w.own_set().unwrap().annotations.values().next().unwrap().clone();
    annotation.source = Some(Origin {
        commentary: CommentaryId(0xfeed),
        title: "Pamphlet.pdf".into(),
        author: "Dr Nobody".into(),
        heading: "Hidden heading".into(),
        range: TextRange::new(3, 9),
    });
    let edit = Edit::PutAnnotation { analyst: me, id: annotation.id, annotation: Some(annotation.into()) };
    let mut desk = with_edits(desk, vec![edit]);
    let masked = ShareChoices { notes: false, names: false, ..all_of([me]) };
    let (sets, text) = desk.share("shared.annotations.ron", &masked);
    assert_eq!(sets[0].set.analyst.name, "Analyst A");
    let own = desk.w.own_set().unwrap();
    let mut traces: Vec<String> = vec![
        "Ines",
        "Zanzibar",
        "Quixotic",
        "quokka",
        "Atlantis",
        "70 to 77",
        "Pamphlet",
        "Nobody",
        "Hidden",
        "feed",
        "lighthouse-host",
        "Lighthouses",
        "first.txt",
        "project",
        "home",
        "travaux",
        "tmp",
    ]
    .into_iter()
    .map(String::from)
    .collect();
    traces.push(me.to_string());
    traces.extend(own.annotations.keys().map(ToString::to_string));
    traces.extend(own.annotations.values().flat_map(|a| [a.created.to_string(), a.changed.to_string()]));
    traces.extend(
        desk.place.path().components().map(|c| c.as_os_str().to_string_lossy().into_owned()).filter(|c| c.len() > 3),
    );
    traces.extend(desk.project().codebook.concerns.iter().flat_map(|c| [c.definition.clone(), c.look_for.clone()]));
    let body = text.replacen(" project:", "", 1);
    for trace in traces.iter().filter(|t| !t.is_empty()) {
        assert!(!body.contains(trace.as_str()), "{trace:?} is in the file");
    }
    // What was marked is all there.
    let quotes = |set: &AnnotationSet| -> BTreeSet<String> {
        set.annotations.values().flat_map(|a| a.placements.values().map(|p| p.quote().exact.clone())).collect()
    };
    assert_eq!(quotes(&sets[0].set), quotes(own));
    let day = |a: &Annotation| a.created.as_second().div_euclid(86_400);
    assert!(sets[0].set.annotations.values().all(|a| own.annotations.values().any(|b| day(a) == day(b))));
    assert!(sets[0].set.annotations.values().any(|a| a.recommendation == Some(Recommendation::to(Action::Limit))));
}

#[test]
fn pseudonyms_are_the_same_again_and_later_words_are_later() {
    let mut desk = full();
    let me = desk.me();
    let masked = ShareChoices { names: false, ..all_of([me]) };
    // Nothing is kept of what is only looked at.
    desk.prepare(&masked);
    let kept = desk.place.path().join("home").join("pseudonyms.ron");
    assert!(!kept.exists());
    let (first, text) = desk.share("a.ron", &masked);
    assert!(kept.exists());
    desk.restart();
    let (_, again) = desk.share("b.ron", &masked);
    assert_eq!(text, again, "after another start too");
    let id = desk.w.own_set().unwrap().annotations.values().find(|a| a.note == "Quixotic").unwrap().id;
    for note in ["One", "Two", "Three"] {
        desk.annotate(AnnotateCommand::SetNote { id, note: note.into() });
    }
    let (second, _) = desk.share("c.ron", &masked);
    assert_eq!(first[0].set.analyst, second[0].set.analyst);
    let changed: Vec<_> = first[0]
        .set
        .annotations
        .iter()
        .filter(|(id, a)| second[0].set.annotations[id] != **a)
        .map(|(id, a)| (a.changed, second[0].set.annotations[id].changed, second[0].set.annotations[id].note.clone()))
        .collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].0 <= changed[0].1 && changed[0].2 == "Three", "{changed:?}");
    // A name in the words is pointed out.
    desk.annotate(AnnotateCommand::SetNote { id, note: "As INES said".into() });
    let prepared = desk.prepare(&masked);
    let cautions: Vec<_> = prepared.account.rows.iter().filter(|r| r.kind == ShareRowKind::Caution).collect();
    assert!(cautions.iter().any(|r| r.text.contains("“Ines”") && r.text.contains("1 annotation")), "{cautions:?}");
    // A damaged secret is left alone, and nothing is written under another.
    fs::write(&kept, "(format: 1, secret: \"short\")").unwrap();
    desk.refuses(Command::Share(ShareCommand::Prepare(Box::new(masked))), "is damaged");
    assert!(fs::read_to_string(&kept).unwrap().contains("short"));
}

/// Ines and Omar, in one project.
fn two_analysts() -> (Desk, AnalystId, AnalystId) {
    let mut desk = full();
    let ines = desk.me();
    desk.run(Command::Project(ProjectCommand::SetAnalyst("Omar".into())));
    let mut omar = desk.me();
    if omar == ines {
        // A name changed is the same person: make another.
        omar = AnalystId(0x0a);
    }
    let mut theirs = desk.project().sets[&ines].clone();
    theirs.analyst = travaux::model::Analyst { id: omar, name: "Omar".into() };
    theirs.annotations = theirs
        .annotations
        .into_values()
        .map(|mut a| {
            a.id.0 ^= 1 << 90;
            a.note.push_str(" (Omar)");
            (a.id, a)
        })
        .collect();
    let mut desk = with_edits(desk, vec![Edit::PutSet { analyst: omar, set: Some(Box::new(theirs)) }]);
    desk.run(Command::Project(ProjectCommand::SetAnalyst("Ines".into())));
    (desk, ines, omar)
}

#[test]
fn several_sets_go_in_one_file_and_come_out_as_several() {
    let (mut desk, ines, omar) = two_analysts();
    let (sets, text) = desk.share("both.annotations.ron", &all_of([ines, omar]));
    assert!(text.starts_with("(\n format: 2,"));
    for shared in &sets {
        assert_eq!(shared.set, desk.project().sets[&shared.set.analyst.id]);
    }
    assert!(storage::read_annotation_file("both", &text).unwrap_err().to_string().contains("several analysts"));
    let (masked, _) = desk.share("masked.ron", &ShareChoices { names: false, ..all_of([ines, omar]) });
    let names: Vec<_> = masked.iter().map(|s| s.set.analyst.name.as_str()).collect();
    assert_eq!(names, ["Analyst A", "Analyst B"]);
    // One of them alone later keeps the letter.
    let (alone, _) = desk.share("alone.ron", &ShareChoices { names: false, ..all_of([omar]) });
    assert!(masked.iter().any(|s| s.set.analyst == alone[0].set.analyst));

    let mut noor = Desk::with_project("Noor", 9);
    noor.add_draft("first.txt", FIRST);
    noor.open_file(&desk.place.path().join("both.annotations.ron"));
    assert_eq!(noor.failures(), [""; 0]);
    let there = &noor.project().sets;
    assert!(there.contains_key(&ines) && there.contains_key(&omar), "{}", noor.said());
    let count = |set: &AnnotationSet| set.annotations.len();
    assert_eq!(count(&there[&ines]), count(&desk.project().sets[&ines]));
    let before = noor.project().clone();
    noor.open_file(&desk.place.path().join("both.annotations.ron"));
    assert!(noor.project() == &before, "twice the same file changes nothing");
    // The same one twice in a file is one too many.
    let twice = text.replace(&omar.to_string(), &ines.to_string());
    let error = storage::read_shared_file("twice", &twice).unwrap_err().to_string();
    assert!(error.contains("a second set of the same analyst"), "{error}");
    let error = storage::read_shared_file("later", &text.replacen("format: 2", "format: 3", 1)).unwrap_err();
    assert!(error.to_string().contains("newer version"), "{error}");
}

/// Ines has answered two remarks of Omar's, and one of hers was made of one of his.
fn answered() -> (Desk, AnalystId, AnalystId) {
    let (mut desk, ines, omar) = two_analysts();
    let theirs = desk.project().sets[&omar].clone();
    for (note, text) in [("Zanzibar", "Walrus, as Omar knows"), ("Quixotic", "Narwhal")] {
        let remark = theirs.annotations.values().find(|a| a.note.starts_with(note)).unwrap();
        let to = Focus { analyst: omar, annotation: remark.id };
        desk.run(Command::Reply(ReplyCommand::Write { to, text: text.into() }));
    }
    let source = theirs.annotations.values().find(|a| a.note.starts_with("Zanzibar")).unwrap();
    let mut made = desk.w.own_set().unwrap().annotations.values().next().unwrap().clone();
    made.made_of.insert((omar, source.id), source.changed);
    let edit = Edit::PutAnnotation { analyst: ines, id: made.id, annotation: Some(made.into()) };
    (with_edits(desk, vec![edit]), ines, omar)
}

#[test]
fn replies_leave_with_what_they_answer_and_never_without_notes() {
    let (mut desk, ines, omar) = answered();
    let texts = |sets: &[SharedSet]| -> BTreeSet<String> {
        sets.iter().flat_map(|s| s.set.replies.values().map(|r| r.text.clone())).collect()
    };
    let (sets, _) = desk.share("whole.annotations.ron", &all_of([ines]));
    assert_eq!(texts(&sets), BTreeSet::from(["Walrus, as Omar knows".to_owned(), "Narwhal".to_owned()]));
    // A selection holds the answers to what it selects, whoever wrote that.
    let high = ShareChoices { least: Some(Severity::High), ..all_of([ines]) };
    let (sets, text) = desk.share("high.ron", &high);
    assert_eq!(texts(&sets), BTreeSet::from(["Walrus, as Omar knows".to_owned()]));
    assert!(!text.contains("Narwhal"));
    let rows = &desk.w.prepared().unwrap().account.rows;
    assert!(rows.iter().any(|r| r.text == "1 reply to annotations that were not chosen"), "{rows:?}");
    assert!(rows.iter().any(|r| r.text.starts_with("To the annotation of Omar on Article")), "{rows:?}");
    assert!(rows.iter().any(|r| r.label == "Reply" && r.text.starts_with("Walrus")), "{rows:?}");
    assert!(rows.iter().any(|r| r.label == "Made of" && r.text.contains("an annotation of Omar")), "{rows:?}");

    let mut noor = Desk::with_project("Noor", 9);
    noor.add_draft("first.txt", FIRST);
    noor.open_file(&desk.place.path().join("whole.annotations.ron"));
    let known = noor.project().sets[&ines].replies.clone();
    assert_eq!(known.len(), 2);
    let (sets, text) = desk.share("bare.ron", &ShareChoices { notes: false, ..all_of([ines, omar]) });
    assert_eq!(texts(&sets).len(), 0);
    assert!(!text.contains("Walrus") && !text.contains("Narwhal"));
    noor.open_file(&desk.place.path().join("bare.ron"));
    assert_eq!(noor.project().sets[&ines].replies, known, "what is left out is not taken away");
}

#[test]
fn pseudonyms_reach_what_is_answered_and_what_an_agreed_remark_was_made_of() {
    let (mut desk, ines, omar) = answered();
    let (sets, text) = desk.share("masked.ron", &ShareChoices { names: false, ..all_of([ines, omar]) });
    let own = &desk.project().sets[&ines];
    let ids = own.replies.keys().map(ToString::to_string).chain([ines, omar].map(|id| id.to_string()));
    let ids: Vec<String> = ids.chain(own.replies.values().map(|r| r.about.to_string())).collect();
    for id in &ids {
        assert!(!text.contains(id.as_str()), "{id}");
    }
    let remark = |of: (AnalystId, _)| sets.iter().find(|s| s.set.analyst.id == of.0)?.set.annotations.get(&of.1);
    let answers: Vec<_> = sets.iter().flat_map(|s| s.set.replies.values()).collect();
    assert_eq!(answers.len(), 2);
    for reply in answers {
        let begins = if reply.text == "Narwhal" { "Quixotic" } else { "Zanzibar" };
        assert!(remark((reply.whose, reply.about)).unwrap().note.starts_with(begins));
    }
    let made = sets.iter().flat_map(|s| s.set.annotations.values()).find(|a| !a.made_of.is_empty()).unwrap();
    for (source, when) in &made.made_of {
        assert_eq!(remark(*source).unwrap().changed, *when, "known as what it was made of, unchanged since");
    }
    // The name in the reply is pointed out, and the account says nothing of who Omar is but that.
    let rows = &desk.w.prepared().unwrap().account.rows;
    let named: Vec<_> = rows.iter().filter(|r| r.kind != ShareRowKind::Caution && r.text.contains("Omar")).collect();
    assert!(named.iter().all(|r| r.label == "Reply" || r.label == "Note"), "{named:?}");
    assert!(rows.iter().any(|r| r.kind == ShareRowKind::Caution && r.text.contains("“Omar”")), "{rows:?}");
}

#[test]
fn what_a_file_leaves_out_is_not_taken_away() {
    let mut ines = full();
    let me = ines.me();
    let whole = all_of([me]);
    ines.share("whole.annotations.ron", &whole);
    let mut noor = Desk::with_project("Noor", 9);
    noor.add_draft("first.txt", FIRST);
    noor.open_file(&ines.place.path().join("whole.annotations.ron"));
    let known = noor.project().sets[&me].clone();
    let id = known.annotations.values().find(|a| a.note.starts_with("Zanz")).unwrap().id;

    // Later, only the bad ones, and without their notes.
    ines.annotate(AnnotateCommand::SetSeverity { id, severity: Some(Severity::Critical) });
    ines.share("part.ron", &ShareChoices { least: Some(Severity::High), notes: false, ..whole });
    noor.open_file(&ines.place.path().join("part.ron"));
    let now = &noor.project().sets[&me];
    assert_eq!(now.annotations.len(), known.annotations.len(), "none is taken for deleted");
    let (old, new) = (&known.annotations[&id], &now.annotations[&id]);
    assert_eq!(new.severity, Some(Severity::Critical), "{}", noor.said());
    assert_eq!((&new.note, &new.recommendation), (&old.note, &old.recommendation));
    assert_eq!(now.read, known.read);
}

#[test]
fn an_encrypted_file_asks_for_its_passphrase_whatever_it_is_called() {
    let mut ines = full();
    let me = ines.me();
    ines.prepare(&all_of([me]));
    let plain = ines.write("plain.annotations.ron.age", None);
    let sealed = ines.write("sealed.annotations.ron", Some("correct horse"));
    let bytes = fs::read(&sealed).unwrap();
    for words in ["Ines", "Zanzibar", "thirty days"] {
        assert!(!bytes.windows(words.len()).any(|w| w == words.as_bytes()));
    }
    let mut noor = Desk::with_project("Noor", 9);
    noor.add_draft("first.txt", FIRST);
    noor.open_file(&sealed);
    assert_eq!(noor.failures(), [""; 0]);
    assert!(noor.w.sealed_file().is_some_and(|f| f.path == sealed && !f.refused));
    let unseal = |path: &Path, words: &str| {
        let passphrase = Passphrase::new(words.to_owned()).unwrap();
        Command::Colleague(ColleagueCommand::Unseal { path: path.to_owned(), passphrase, reported: false })
    };
    noor.ignores(unseal(&sealed, "wrong horse"));
    assert!(noor.w.sealed_file().is_some_and(|f| f.refused), "asked again");
    noor.run(unseal(&sealed, "correct horse"));
    noor.take_over();
    assert!(noor.w.sealed_file().is_none());
    assert_eq!(noor.project().sets[&me].annotations.len(), ines.w.own_set().unwrap().annotations.len());
    noor.run(Command::Colleague(ColleagueCommand::Remove(me)));
    noor.open_file(&plain);
    assert!(noor.project().sets.contains_key(&me), "{}", noor.said());
    noor.run(Command::Colleague(ColleagueCommand::Remove(me)));
    // Put away unopened.
    noor.open_file(&sealed);
    noor.ignores(Command::Colleague(ColleagueCommand::LeaveSealed(sealed.clone())));
    assert!(noor.w.sealed_file().is_none());

    let cut = ines.place.path().join("cut.csv");
    fs::write(&cut, &bytes[..bytes.len() - 30]).unwrap();
    let opened = |path: &Path, words: &str| {
        let passphrase = Passphrase::new(words.to_owned());
        storage::read_shared_file_at(path, passphrase.as_ref()).map(|sets| sets.len())
    };
    let why = |result: Result<usize, StorageError>| match result {
        Err(StorageError::Sealed { why, .. }) => Some(why),
        _ => None,
    };
    assert_eq!(why(opened(&cut, "correct horse")), Some(Unopened::Damaged));
    assert_eq!(why(opened(&cut, "")), Some(Unopened::Asks));
    noor.open_file(&cut);
    assert!(noor.w.sealed_file().is_some(), "known by its first bytes, not by its name");
    noor.refuses(unseal(&cut, "correct horse"), "cut off or was changed");
    // What was encrypted is no file of ours.
    let other = ines.place.path().join("other.age");
    fs::write(&other, storage::seal(b"dear colleague", &Passphrase::new("x".into()).unwrap()).unwrap()).unwrap();
    noor.refuses(unseal(&other, "x"), "is damaged at line 1");
    assert_eq!(noor.w.notices().latest().unwrap().gravity, Gravity::Failure);
    assert!(noor.w.notices().all().iter().all(|n| !n.text.contains("horse")), "a passphrase is in no notice");
}

/// All strings in a text in our notation, but for times and 32-digit numbers.
fn strings(text: &str) -> Vec<String> {
    fn collect(value: &ron::Value, into: &mut Vec<String>) {
        match value {
            ron::Value::String(text) => into.push(text.clone()),
            ron::Value::Seq(list) => list.iter().for_each(|v| collect(v, into)),
            ron::Value::Map(map) => map.iter().for_each(|(_, v)| collect(v, into)),
            ron::Value::Option(Some(inner)) => collect(inner, into),
            _ => {}
        }
    }
    let mut all = Vec::new();
    collect(&ron::from_str(text).unwrap(), &mut all);
    let is_number = |s: &str| s.len() == 32 && s.bytes().all(|b| b.is_ascii_hexdigit());
    let is_time = |s: &str| s.parse::<jiff::Timestamp>().is_ok();
    all.into_iter().filter(|s| !is_number(s) && !is_time(s)).collect()
}

/// Opens a project of any shape in a program of its own.
fn desk_of(project: &Project) -> Desk {
    let mut desk = Desk::empty("Somebody", 5);
    let store = storage::create(&desk.folder(), project, &holder()).unwrap();
    store.close(project).unwrap();
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    desk
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_account_says_all_that_is_in_the_file(
        project in projects::projects(), notes: bool, names: bool, read: bool, some: bool,
    ) {
        let mut desk = desk_of(&project);
        let analysts: BTreeSet<AnalystId> = project.sets.keys().copied().collect();
        let drafts: BTreeSet<DraftId> = if some { project.drafts.iter().take(2).map(|d| d.id).collect() } else { BTreeSet::new() };
        let choices = ShareChoices { analysts, drafts, notes, names, read, ..ShareChoices::default() };
        let prepared = desk.prepare(&choices);
        if prepared.account.sets.is_empty() {
            return Ok(());
        }
        let path = desk.write("shared.ron", None);
        let text = fs::read_to_string(path).unwrap();
        let told: Vec<&str> = prepared.account.rows.iter().flat_map(|r| [r.label.as_str(), r.text.as_str()]).collect();
        let told = told.join("\n");
        for string in strings(&text) {
            // `cited` is made of these; a draft of no name or symbol is called so.
            prop_assert!(told.contains(&string), "{:?} is in the file and not in the account", string);
        }
        let entries = prepared.account.rows.iter().filter(|r| r.kind == ShareRowKind::Entry).count();
        let terms: BTreeSet<DraftId> = prepared.account.sets.iter().flat_map(|s| s.drafts.iter().map(|d| d.id)).collect();
        let concerns: BTreeSet<ConcernId> =
            prepared.account.sets.iter().flat_map(|s| s.concerns.iter().map(|c| c.id)).collect();
        let account = &prepared.account;
        prop_assert_eq!(entries, account.annotations + account.replies + terms.len() + concerns.len());
        // What was chosen comes back to the character.
        if notes && names && !some {
            for shared in &prepared.account.sets {
                let here = &desk.project().sets[&shared.set.analyst.id];
                prop_assert_eq!(&shared.set.annotations, &here.annotations);
                prop_assert_eq!(&shared.set.replies, &here.replies);
            }
        }
        prop_assert_eq!(storage::read_shared_file("it", &text).unwrap().len(), prepared.account.sets.len());
    }
}

#[test]
fn kinds_of_annotations_are_told_apart_in_the_account() {
    let mut desk = Desk::new();
    let first = desk.draft(0).id;
    let provision = desk.provision(first, "2(2)");
    let kind = AnnotationKind::Absence;
    desk.annotate(AnnotateCommand::Provision { draft: first, provision, kind, concerns: BTreeSet::new() });
    let prepared = desk.prepare(&all_of([desk.me()]));
    let rows = &prepared.account.rows;
    assert!(
        rows.iter().any(
            |r| r.text.ends_with("Article 2(2) of A/LIGHT/1: missing there") || r.text.ends_with(": missing there")
        )
    );
    assert!(rows.iter().any(|r| r.label.ends_with(", as a whole")), "{rows:?}");
}

/// Files as this format has had them from the beginning open for ever.
#[test]
fn shared_files_of_earlier_versions_open() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/shared_2");
    let told = |sets: &[SharedSet]| -> Vec<(String, Vec<String>)> {
        let notes = |s: &SharedSet| s.set.annotations.values().map(|a| a.note.clone()).collect();
        sets.iter().map(|s| (s.set.analyst.name.clone(), notes(s))).collect()
    };
    let two = storage::read_shared_file_at(&folder.join("two.annotations.ron"), None).unwrap();
    assert_eq!(told(&two), [("Noor".into(), vec!["Ask for less".into()]), ("Zoë".into(), vec!["Too wide".into()])]);
    assert!(two.iter().all(|s| s.is_part && !s.without_notes && s.drafts.len() == 1 && s.concerns.len() == 1));
    let phrase = Passphrase::new("correct horse".into());
    let sealed = storage::read_shared_file_at(&folder.join("sealed.annotations.ron.age"), phrase.as_ref()).unwrap();
    assert_eq!(told(&sealed), [("Noor".into(), vec![String::new()])]);
    assert!(!sealed[0].is_part && sealed[0].without_notes);
    let asked = sealed[0].set.annotations.values().next().unwrap().recommendation.clone();
    assert_eq!(asked, Some(Recommendation::to(Action::Limit)));
}
