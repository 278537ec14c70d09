//! Submissions: which remarks a paper takes and what it says of them, as text; order, main points, what is left out; what
//! has changed since it was exported; every command taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use travaux::export::paper::{Block, Paper, PaperLanguage, Role, Run, Sheet, Stroke};
use travaux::model::{
    Action, AnnotationId, CitationStyle, DraftId, FrontMatter, Project, Recommendation, Severity, Status, Submission,
    SubmissionId, SubmissionKind,
};
use travaux::workspace::{
    Aids, AnnotateCommand, CarryCommand, Command, Composed, DraftCommand, Focus, Given, PaperOf, Progress,
    ProjectCommand, Reason, SubmissionCommand, Template, Way, compose,
};

use super::desk::Desk;

/// Where the sample stands.
fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_projects/model-convention")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A desk with the sample open.
fn at_sample() -> Desk {
    let mut desk = Desk::empty("Ines", 1);
    copy(&sample(), &desk.folder());
    let folder = desk.folder();
    desk.run(Command::Project(ProjectCommand::Open(folder)));
    desk
}

fn make(desk: &mut Desk, template: &str, name: &str) -> SubmissionId {
    let (template, name) = (template.to_owned(), name.to_owned());
    let language = String::new();
    desk.changes(Command::Submission(SubmissionCommand::Make { template, name: name.clone(), language }));
    desk.w.submission_named(&name).unwrap()
}

fn paper(desk: &mut Desk, of: &PaperOf) -> Arc<Composed> {
    desk.w.compose_now(of).unwrap()
}

/// A paper as lines of text.
fn told(composed: &Composed) -> String {
    let Paper { front, body, .. } = &composed.paper;
    let mut notes = Vec::new();
    let mut text = format!("{}\n{}\n{}\n", front.title, front.subtitle, front.date);
    blocks(body, 0, &mut notes, &mut text);
    for (n, note) in notes.iter().enumerate() {
        text.push_str(&format!("[^{}]: {note}\n", n + 1));
    }
    let said = std::iter::once(composed.left_out.sentence()).chain(composed.cautions.clone());
    for line in said.filter(|s| !s.is_empty()) {
        text.push_str(&format!("({line})\n"));
    }
    text
}

fn blocks(list: &[Block], indent: usize, notes: &mut Vec<String>, text: &mut String) {
    let pad = " ".repeat(indent);
    for block in list {
        match block {
            Block::Heading { level, runs: r } => {
                text.push_str(&format!("\n{pad}{} {}\n", "#".repeat(usize::from(*level)), runs(r, notes)));
            }
            Block::Paragraph { role, runs: r, .. } => {
                let words = runs(r, notes).replace('\n', &format!("\n{pad}    "));
                text.push_str(&format!("{pad}{:<9}{words}\n", format!("{role:?}:").to_lowercase()));
            }
            Block::List { items, .. } => {
                for item in items {
                    text.push_str(&format!("{pad}-\n"));
                    blocks(item, indent + 2, notes, text);
                }
            }
            Block::Table(grid) => {
                let columns: Vec<&str> = grid.columns.iter().map(|c| c.name.as_str()).collect();
                text.push_str(&format!("{pad}| {} |\n", columns.join(" | ")));
                for row in &grid.rows {
                    assert_eq!(row.cells.len(), grid.columns.len());
                    text.push_str(&format!("{pad}---\n"));
                    for (cell, name) in row.cells.iter().zip(&columns).filter(|(c, _)| !c.is_empty()) {
                        text.push_str(&format!("{pad}{name}\n"));
                        blocks(cell, indent + 2, notes, text);
                    }
                }
            }
            Block::PageBreak => text.push_str("---\n"),
        }
    }
}

fn runs(list: &[Run], notes: &mut Vec<String>) -> String {
    let run = |r: &Run| {
        assert!(!r.text.chars().any(|c| c.is_control() && c != '\n'), "{:?}", r.text);
        let text = match r.mark.stroke {
            Stroke::Struck => format!("[-{}-]", r.text),
            Stroke::PutIn => format!("{{+{}+}}", r.text),
            Stroke::Kept if r.mark.strong => format!("*{}*", r.text),
            Stroke::Kept => r.text.clone(),
        };
        let Some(note) = &r.footnote else { return text };
        notes.push(note.iter().map(|n| n.text.as_str()).collect());
        format!("{text}[^{}]", notes.len())
    };
    list.iter().map(run).collect()
}

fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workspace/submissions").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} is another now; look at it and write it anew with UPDATE_GOLDEN=1");
}

/// A submission of a kind that is not kept.
fn given(kind: SubmissionKind, language: PaperLanguage, change: impl FnOnce(&mut Submission)) -> PaperOf {
    let mut submission = Template::for_kind(kind).unwrap().submission(SubmissionId(9), "", language);
    change(&mut submission);
    PaperOf::Given(Box::new(Given { submission, logo: None, styles: None }))
}

#[test]
fn each_kind_says_what_it_is_for() {
    let mut desk = at_sample();
    for kind in SubmissionKind::ALL {
        let of = given(kind, PaperLanguage::English, |s| s.front.organisation = "Open Networks".into());
        golden(&format!("{}.txt", kind.word()), &told(&paper(&mut desk, &of)));
    }
    let (old, new) = (desk.draft(0).id, desk.draft(2).id);
    let (language, style) = (PaperLanguage::English, None);
    let concordance = PaperOf::Concordance { old, new, language, style };
    golden("concordance.txt", &told(&paper(&mut desk, &concordance)));
    let outcomes = PaperOf::Outcomes { drafts: None, language, style };
    golden("outcomes.txt", &told(&paper(&mut desk, &outcomes)));
}

/// A desk with remarks of every kind on the two drafts of lighthouses.
fn at_lights() -> (Desk, BTreeMap<&'static str, AnnotationId>) {
    let mut desk = Desk::new();
    let second = desk.draft(1).id;
    let mut ids = BTreeMap::new();
    let mut remark =
        |desk: &mut Desk, key, words: &str, tags: &[&str], note: &str, severity, what: Option<Recommendation>| {
            let id = desk.remark(second, words, tags);
            desk.annotate(AnnotateCommand::SetNote { id, note: note.into() });
            desk.annotate(AnnotateCommand::SetSeverity { id, severity });
            desk.annotate(AnnotateCommand::SetRecommendation { id, recommendation: what });
            ids.insert(key, id);
        };
    let to = |action, targets: &[&str], proposed: &str, supports: &str| {
        Some(Recommendation {
            action,
            targets: targets.iter().map(|t| (*t).to_owned()).collect(),
            proposed: proposed.into(),
            supports: supports.into(),
        })
    };
    let (high, low) = (Some(Severity::High), Some(Severity::Low));
    let amend = to(Action::Amend, &[], "three keepers", "the Northern Group");
    remark(&mut desk, "keepers", "two keepers", &["SC", "HR"], "Two are too few.\n\nThree would do.", high, amend);
    remark(
        &mut desk,
        "fog",
        "No keeper is liable for fog",
        &["SC"],
        "Nobody answers.",
        low,
        to(Action::Delete, &[], "", ""),
    );
    remark(&mut desk, "days", "for ninety days", &["HR"], "", None, to(Action::Limit, &["Articles 1 and 2"], "", ""));
    remark(&mut desk, "plain", "Records are kept", &[], "<b>&amp; \"quoted\" \u{1}", None, None);
    (desk, ids)
}

#[test]
fn proposed_words_take_the_place_of_what_they_say_anew() {
    const THREE: &str = "Each Party shall name three keepers for every light.";
    for (proposed, becomes) in [
        ("for a year", "Each Party shall name two keepers for a year for every light."),
        ("three keepers", THREE),
        ("Each Party shall name three keepers", THREE),
        ("1. Each Party shall name three keepers for lights.", "Each Party shall name three keepers for lights."),
        ("Each Party shall name three keepers and no fewer.", "Each Party shall name three keepers and no fewer."),
        ("1. each Party names a keeper", "each Party names a keeper"),
    ] {
        let mut desk = Desk::new();
        let second = desk.draft(1).id;
        let id = desk.remark(second, "two keepers", &["SC"]);
        let action = if proposed == "for a year" { Action::Limit } else { Action::Amend };
        let recommendation = Recommendation { proposed: proposed.into(), ..Recommendation::to(action) };
        desk.annotate(AnnotateCommand::SetRecommendation { id, recommendation: Some(recommendation) });
        let composed = paper(&mut desk, &given(SubmissionKind::Article, PaperLanguage::English, |_| {}));
        let proposals = composed.paper.body.iter().filter_map(|block| match block {
            Block::Paragraph { role: Role::Proposal, runs, .. } => Some(runs),
            _ => None,
        });
        let runs: Vec<&Run> =
            proposals.flatten().filter(|r| !matches!(r.text.as_str(), "Proposed text: " | "\u{2009}")).collect();
        let without = |stroke| runs.iter().filter(|r| r.mark.stroke != stroke).map(|r| r.text.as_str()).collect();
        let (old, new): (String, String) = (without(Stroke::PutIn), without(Stroke::Struck));
        assert_eq!(old, "1. Each Party shall name two keepers for every light.", "{proposed}");
        assert_eq!(new, format!("1. {becomes}"), "{proposed}");
    }
}

#[test]
fn words_that_are_gone_are_to_come_back_where_their_clause_stands_now() {
    let mut desk = Desk::with_project("Ines", 1);
    let bell = "In fog each Party shall cause a bell to be rung once a minute";
    let rest = "and shall note the hour and the weather in the log of the light.";
    let fee = "1. No fee is asked of a ship in distress.";
    desk.add_draft("march.txt", &format!("Article 1\nFog\n\n{fee}\n2. {bell}, by night and by day, {rest}\n"));
    let more = "1. Every Party names its lights and says who keeps them.";
    desk.add_draft(
        "june.txt",
        &format!("Article 1\nLights\n\n{more}\n\nArticle 2\nFog\n\n1. {bell} {rest}\n2. {}\n", &fee[3..]),
    );
    let way = Way { from: desk.draft(0).id, to: desk.draft(1).id };
    let id = desk.remark(way.from, "by night and by day", &[]);
    let recommendation = Some(Recommendation::to(Action::Retain));
    desk.annotate(AnnotateCommand::SetRecommendation { id, recommendation });
    desk.run(Command::Carry(CarryCommand::Carry(way)));
    desk.run(Command::Carry(CarryCommand::Accept {
        way,
        of: vec![Focus { analyst: desk.w.analyst().unwrap().id, annotation: id }],
    }));
    assert!(desk.own(id).anchor_in(way.to).is_none());
    let composed = paper(&mut desk, &given(SubmissionKind::Article, PaperLanguage::English, |_| {}));
    let told = told(&composed);
    assert!(told.contains("In Article 2(1), restore “by night and by day”."), "{told}");
}

#[test]
fn every_language_says_all_of_it() {
    let (mut desk, _) = at_lights();
    let mut all = String::new();
    for language in PaperLanguage::ALL {
        for kind in SubmissionKind::ALL {
            let of = given(kind, language, |s| {
                s.shows.status = true;
                s.shows.analysts = true;
                s.front.signatories = vec!["Ines".into()];
            });
            let composed = paper(&mut desk, &of);
            assert_eq!(composed.paper.language, language);
            all.push_str(&format!("== {} {}\n{}\n", language.tag(), kind.word(), told(&composed)));
        }
    }
    golden("languages.txt", &all);
}

#[test]
fn a_submission_is_kept_and_every_change_taken_back() {
    let (mut desk, ids) = at_lights();
    let id = make(&mut desk, "civil-society", "For the delegates");
    desk.refuses(
        Command::Submission(SubmissionCommand::Make {
            template: "letter".into(),
            name: String::new(),
            language: String::new(),
        }),
        "There is no template",
    );
    desk.changes(Command::Submission(SubmissionCommand::Rename { id, name: "  For   all ".into() }));
    desk.refuses(Command::Submission(SubmissionCommand::Rename { id, name: " ".into() }), "under a name");
    desk.ignores(Command::Submission(SubmissionCommand::Rename { id, name: "For all".into() }));
    let mut changed = desk.w.submission(id).unwrap().clone();
    changed.language = "fr".into();
    desk.changes(Command::Submission(SubmissionCommand::Change { submission: Box::new(changed), typing: false }));
    let front = &desk.w.submission(id).unwrap().front;
    assert_eq!(front.title, "Observations : {instrument}", "a title of the template follows the language");
    // Typing runs together.
    let steps = desk.w.history().len();
    for words in ["O", "Op", "Open"] {
        let mut typed = desk.w.submission(id).unwrap().clone();
        typed.front.organisation = words.into();
        desk.run(Command::Submission(SubmissionCommand::Change { submission: Box::new(typed), typing: true }));
    }
    assert_eq!(desk.w.history().len(), steps + 1);
    let remark = ids["keepers"];
    desk.changes(Command::Submission(SubmissionCommand::Promote { id, remark: ids["fog"], promoted: true }));
    desk.ignores(Command::Submission(SubmissionCommand::Promote { id, remark: ids["fog"], promoted: true }));
    desk.changes(Command::Submission(SubmissionCommand::LeaveOut { id, remarks: vec![ids["plain"]], out: true }));
    desk.changes(Command::Submission(SubmissionCommand::MoveRemark { id, remark, before: None }));
    let of = PaperOf::Kept(id);
    let composed = paper(&mut desk, &of);
    let order: Vec<AnnotationId> = composed.remarks.iter().map(|f| f.annotation).collect();
    assert_eq!(order, [ids["fog"], ids["days"], remark]);
    assert_eq!(composed.left_out.of(Reason::ByHand), 1);
    assert_eq!(composed.left_out.sentence(), "1 remark is not in it: 1 left out by hand");
    assert!(
        told(&composed).contains("# Points principaux\n-\n  body:    *Article 1, paragraphe 2\u{a0}: *Nobody answers.")
    );
    desk.changes(Command::Submission(SubmissionCommand::ForgetOrder(id)));
    desk.changes(Command::Submission(SubmissionCommand::Promote { id, remark: ids["fog"], promoted: false }));
    desk.changes(Command::Submission(SubmissionCommand::LeaveOut { id, remarks: vec![ids["plain"]], out: false }));
    desk.changes(Command::Submission(SubmissionCommand::Duplicate(id)));
    let names: Vec<&str> = desk.w.submissions().iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["For all", "For all (2)"]);
    let before = desk.w.submission(id).unwrap().clone();
    desk.restart();
    assert_eq!(desk.w.submission(id), Some(&before));
    desk.changes(Command::Submission(SubmissionCommand::Remove(id)));
    assert!(desk.w.compose_now(&of).unwrap_err().contains("not in the project"));
}

#[test]
fn a_paper_follows_the_project() {
    let (mut desk, ids) = at_lights();
    let id = make(&mut desk, "thematic", "Brief");
    let of = PaperOf::Kept(id);
    desk.run(Command::Submission(SubmissionCommand::Compose(of.clone())));
    assert!(desk.w.is_composed(&of) && !desk.w.is_composing());
    let first = Arc::clone(desk.w.composed(&of).unwrap());
    assert!(told(&first).contains("Nobody answers."));
    desk.annotate(AnnotateCommand::SetNote { id: ids["fog"], note: "Somebody should.".into() });
    assert!(desk.w.is_composed(&of), "made anew by itself");
    assert!(told(desk.w.composed(&of).unwrap()).contains("Somebody should."));
    desk.run(Command::Submission(SubmissionCommand::Rest));
    desk.annotate(AnnotateCommand::SetNote { id: ids["fog"], note: "Nobody.".into() });
    assert!(!desk.w.is_composed(&of) && desk.w.composed(&of).is_some());
    assert!(paper(&mut desk, &of).changed.is_none(), "never exported");
}

#[test]
fn what_changed_since_it_was_exported_is_said() {
    let (mut desk, ids) = at_lights();
    let id = make(&mut desk, "civil-society", "Brief");
    let of = PaperOf::Kept(id);
    let export = |path: std::path::PathBuf| Command::Submission(SubmissionCommand::Export { of: of.clone(), path });
    let path = desk.place.path().join("brief.md");
    desk.refuses(export(desk.place.path().join("nowhere/brief.md")), "its folder is not there");
    desk.refuses(export(desk.place.path().join("brief.poem")), "ends in one of .");
    desk.changes(export(path.clone()));
    assert!(fs::read_to_string(&path).unwrap().contains("Nobody answers."));
    let exported = desk.w.submission(id).unwrap().exported.clone().unwrap();
    assert_eq!((exported.file.as_str(), exported.digests.len()), ("brief.md", 4));
    let said = |desk: &mut Desk| paper(desk, &of).changed.map(|c| c.sentence());
    assert_eq!(said(&mut desk).as_deref(), Some("Nothing changed since you exported this"));
    desk.annotate(AnnotateCommand::SetNote { id: ids["fog"], note: "Somebody should.".into() });
    assert_eq!(said(&mut desk).as_deref(), Some("1 note changed since you exported this"));
    desk.annotate(AnnotateCommand::SetNote { id: ids["days"], note: "x".into() });
    desk.annotate(AnnotateCommand::Delete(vec![ids["plain"]]));
    let second = desk.draft(1).id;
    desk.remark(second, "liable", &["SC"]);
    let expected = "2 notes changed, 1 remark was added, 1 remark is gone since you exported this";
    assert_eq!(said(&mut desk).as_deref(), Some(expected));
    desk.run(export(path));
    assert_eq!(said(&mut desk).as_deref(), Some("Nothing changed since you exported this"));
}

#[test]
fn a_question_restricts_a_paper() {
    let (mut desk, ids) = at_lights();
    let check = |desk: &mut Desk, query: &str, expected: &[&str]| {
        let of = given(SubmissionKind::Article, PaperLanguage::English, |s| s.pick.query = query.into());
        let found: BTreeSet<AnnotationId> = paper(desk, &of).remarks.iter().map(|f| f.annotation).collect();
        assert_eq!(found, expected.iter().map(|k| ids[k]).collect(), "{query}");
    };
    check(&mut desk, "", &["keepers", "fog", "days", "plain"]);
    check(&mut desk, "concern:SC", &["keepers", "fog"]);
    check(&mut desk, "severity:high", &["keepers"]);
    check(&mut desk, "fog", &["fog"]);
    check(&mut desk, "article:2", &["days", "plain"]);
    check(&mut desk, "NOT concern:SC", &["days", "plain"]);
    check(&mut desk, "\"three would do\"", &["keepers"]);
    check(&mut desk, "ninety has:recommendation", &["days"]);
    let wrong = given(SubmissionKind::Article, PaperLanguage::English, |s| s.pick.query = "(fog".into());
    assert!(desk.w.compose_now(&wrong).unwrap_err().starts_with("The question of this submission is not understood"));
    let of = given(SubmissionKind::Article, PaperLanguage::English, |s| s.pick.query = "concern:Nothing".into());
    let composed = paper(&mut desk, &of);
    assert!(composed.remarks.is_empty() && composed.cautions[0].contains("No concern is called"));
}

#[test]
fn what_is_picked_is_in_it() {
    let (mut desk, ids) = at_lights();
    let concern = desk.concern("HR");
    let check = |desk: &mut Desk, change: &dyn Fn(&mut Submission), expected: &[&str]| {
        let of = given(SubmissionKind::Article, PaperLanguage::English, |s| change(s));
        let found: BTreeSet<AnnotationId> = paper(desk, &of).remarks.iter().map(|f| f.annotation).collect();
        assert_eq!(found, expected.iter().map(|k| ids[k]).collect());
    };
    check(&mut desk, &|s| s.pick.concerns = BTreeSet::from([concern]), &["keepers", "days"]);
    check(&mut desk, &|s| s.pick.least = Some(Severity::Moderate), &["keepers"]);
    check(&mut desk, &|s| s.pick.statuses = BTreeSet::from([Status::Agreed]), &[]);
    let first = desk.draft(0).id;
    check(&mut desk, &|s| s.draft = Some(first), &[]);
    let gone = given(SubmissionKind::Article, PaperLanguage::English, |s| s.draft = Some(DraftId(7)));
    assert!(desk.w.compose_now(&gone).unwrap_err().contains("not in the project any more"));
}

#[test]
fn front_matter_is_expanded_and_checked() {
    let (mut desk, _) = at_lights();
    let of = given(SubmissionKind::Article, PaperLanguage::English, |s| {
        s.front = FrontMatter {
            title: "{instrument} {x} {draft}".into(),
            introduction: "# Hello\n\nWe *ask*.".into(),
            signatories: vec![" A ".into(), " ".into()],
            ..FrontMatter::default()
        };
    });
    let front = paper(&mut desk, &of).paper.front.clone();
    assert_eq!(front.title, "Convention on lighthouses {x} A/LIGHT/2, Second, 9 June 2025");
    assert_eq!(front.introduction.len(), 2);
    assert_eq!(front.signatories, Some(("Signed by".to_owned(), vec!["A".to_owned()])));

    let id = make(&mut desk, "delegate", "Sheet");
    let logo = |path: Option<std::path::PathBuf>| Command::Submission(SubmissionCommand::SetLogo { id, path });
    let wrong = desk.file("mark.png", "GIF89a");
    desk.refuses(logo(Some(wrong)), "A logo is a PNG or an SVG picture, and this is neither");
    desk.refuses(logo(Some("nowhere.png".into())), "it is not there");
    let mark = desk.file("Our Mark.svg", "<svg width='40' height='20'/>");
    desk.changes(logo(Some(mark)));
    let kept: Vec<_> = fs::read_dir(desk.folder().join("submissions")).unwrap().flatten().collect();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].file_name().to_str().unwrap().starts_with("our-mark-"));
    let composed = paper(&mut desk, &PaperOf::Kept(id));
    assert_eq!(composed.paper.front.logo.as_ref().map(|l| (l.width, l.height)), Some((30.0, 15.0)));
    fs::remove_file(kept[0].path()).unwrap();
    desk.run(Command::Submission(SubmissionCommand::Compose(PaperOf::Kept(id))));
    desk.changes(logo(None));
    desk.run(Command::Undo);
    let composed = paper(&mut desk, &PaperOf::Kept(id));
    assert!(composed.paper.front.logo.is_none() && composed.cautions[0].contains("could not be read"));
    let template =
        Command::Submission(SubmissionCommand::SetStyleTemplate { id, path: Some(desk.file("a.docx", "no")) });
    desk.refuses(template, "This is no DOCX document");
}

#[test]
fn a_project_without_drafts_has_no_paper() {
    let mut desk = Desk::with_project("Ines", 1);
    let of = given(SubmissionKind::Article, PaperLanguage::English, |_| {});
    assert_eq!(desk.w.compose_now(&of).unwrap_err(), "There is no draft in this project yet");
    desk.add_draft("first.txt", super::desk::FIRST);
    let composed = paper(&mut desk, &of);
    assert!(composed.paper.body.is_empty() && composed.remarks.is_empty());
    let outcomes = PaperOf::Outcomes { drafts: None, language: PaperLanguage::English, style: None };
    assert_eq!(paper(&mut desk, &outcomes).paper.sheet, Sheet::Upright);
    desk.run(Command::Draft(DraftCommand::Remove(desk.draft(0).id)));
    assert!(desk.w.compose_now(&outcomes).is_err());
}

/// The sample with a note that is nowhere else for every remark.
fn numbered() -> &'static (Project, BTreeMap<AnnotationId, String>) {
    static PROJECT: OnceLock<(Project, BTreeMap<AnnotationId, String>)> = OnceLock::new();
    PROJECT.get_or_init(|| {
        let desk = at_sample();
        let mut project = desk.project().clone();
        let mut notes = BTreeMap::new();
        for set in project.sets.values_mut() {
            for annotation in set.annotations.values_mut() {
                let note = format!("note{}x says so", notes.len());
                annotation.note.clone_from(&note);
                notes.insert(annotation.id, note);
            }
        }
        (project, notes)
    })
}

/// How often each note stands in blocks, lists apart.
fn count(list: &[Block], counts: &mut BTreeMap<String, usize>) {
    for block in list {
        match block {
            Block::Paragraph { role: Role::Body, runs, about: Some(_) } => {
                *counts.entry(runs.iter().map(|r| r.text.as_str()).collect()).or_default() += 1;
            }
            Block::Table(grid) => grid.rows.iter().flat_map(|r| &r.cells).for_each(|cell| count(cell, counts)),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_remark_is_in_it_once_or_counted(
        kind in select(vec![SubmissionKind::Article, SubmissionKind::Thematic, SubmissionKind::Amendments]),
        draft in 0..4_usize,
        least in proptest::option::of(select(Severity::ALL.to_vec())),
        concerns in subsequence((0..29_usize).collect::<Vec<_>>(), 0..4),
        shuffled in Just((0..70_usize).collect::<Vec<_>>()).prop_shuffle(),
        cuts in (0..70_usize, 0..20_usize, 0..6_usize),
        style in proptest::option::of(select(CitationStyle::ALL.to_vec())),
        language in select(PaperLanguage::ALL.to_vec()),
    ) {
        let (project, notes) = numbered();
        let all: Vec<AnnotationId> = notes.keys().copied().collect();
        let some = |n: usize, from: usize| shuffled.iter().skip(from).take(n).filter_map(|i| all.get(*i).copied());
        let mut submission = Submission::new(SubmissionId(1), "x".into(), kind);
        submission.draft = project.drafts.get(draft).map(|d| d.id);
        submission.language = language.tag().into();
        submission.style = style;
        submission.pick.least = least;
        let book = &project.codebook.concerns;
        submission.pick.concerns = concerns.iter().filter_map(|i| book.get(*i)).map(|c| c.id).collect();
        submission.order = some(cuts.0, 0).collect();
        submission.left_out = some(cuts.1, 5).collect();
        submission.promoted = some(cuts.2, 9).collect();
        let today = jiff::civil::date(2026, 3, 1);
        let aids = Aids { today, found: None, logo: None, styles: None, pairs: BTreeMap::new() };
        let composed = compose(project, &submission, &aids, &Progress::default()).unwrap().unwrap();
        let on = project.draft(composed.draft.unwrap()).unwrap();
        let picked = |a: &travaux::model::Annotation| {
            least.is_none_or(|l| a.severity.is_some_and(|s| s >= l))
                && (submission.pick.concerns.is_empty()
                    || a.concerns.iter().any(|c| submission.pick.concerns.iter().any(|p| project.codebook.is_within(*c, *p))))
                && a.placements.contains_key(&on.id)
        };
        let mut counts = BTreeMap::new();
        count(&composed.paper.body, &mut counts);
        for (analyst, annotation) in project.annotations() {
            let focus = travaux::workspace::Focus { analyst, annotation: annotation.id };
            let is_in = composed.remarks.iter().filter(|f| **f == focus).count();
            let left = composed.left_out.0.iter().filter(|(_, which)| which.contains(&focus)).count();
            let not_here = composed.left_out.0.get(&Reason::NotInDraft).is_some_and(|w| w.contains(&focus));
            prop_assert_eq!(is_in + left, usize::from(picked(annotation) || not_here), "{}", annotation.id);
            let said = counts.get(&notes[&annotation.id]).copied().unwrap_or(0);
            // What is asked for several provisions has a row for each.
            let rows = if kind == SubmissionKind::Amendments { said.min(1) } else { said };
            prop_assert_eq!(rows, is_in, "{} in {:?}", notes[&annotation.id], kind);
        }
    }
}

#[test]
fn five_thousand_remarks_take_ten_times_as_long_as_five_hundred() {
    let (project, _) = numbered();
    let many = |count: u128| {
        let mut project = project.clone();
        let set = project.sets.values_mut().next().unwrap();
        let all: Vec<_> = set.annotations.values().cloned().collect();
        for n in 0..count {
            let mut one = all[n as usize % all.len()].clone();
            one.id = AnnotationId(n + 1000);
            set.annotations.insert(one.id, one);
        }
        project
    };
    let aids =
        Aids { today: jiff::civil::date(2026, 3, 1), found: None, logo: None, styles: None, pairs: BTreeMap::new() };
    for kind in SubmissionKind::ALL {
        let submission = Template::for_kind(kind).unwrap().submission(SubmissionId(1), "x", PaperLanguage::English);
        let took = |project: &Project| {
            let start = cpu_time::ThreadTime::now();
            compose(project, &submission, &aids, &Progress::default()).unwrap().unwrap();
            start.elapsed().as_secs_f64()
        };
        let (few, most) = (took(&many(500)), took(&many(5000)));
        println!("{kind:?} {few} {most}");
        assert!(most < few * 25.0 + 0.5, "{kind:?}: {few} s and {most} s");
    }
}
