//! Files that come in: other readings, passwords, comments, corrections before anything is added, many at once.

use std::fs;
use std::path::PathBuf;

use travaux::model::{Direction, DraftDetails, HintKind, ProvisionKind, Reach, Style, Wording};
use travaux::workspace::{
    Apart, Choices, Command, DraftCommand, Fate, Gravity, Lock, ProjectCommand, Proposal, Reshape, Standing,
};

use crate::desk::{Desk, FIRST};
use crate::trial;

fn desk() -> Desk {
    trial::install();
    Desk::with_project("Ines", 1)
}

impl Desk {
    fn draft_command(&mut self, command: DraftCommand) {
        self.run(Command::Draft(command));
    }

    fn import(&mut self, files: Vec<PathBuf>) {
        self.draft_command(DraftCommand::Import(files));
    }

    fn offered(&self, at: usize) -> &Proposal {
        &self.w.proposals()[at]
    }

    fn text_offered(&self, at: usize) -> &str {
        &self.offered(at).preview.text
    }

    fn reshape(&mut self, at: usize, words: &str, reshape: Reshape) {
        let start = self.text_offered(at).find(words).unwrap();
        let range = travaux::model::TextRange { start, end: start + words.len() };
        self.draft_command(DraftCommand::Reshape { at, range, reshape });
    }

    /// Articles and headings of a proposal, in one line each.
    fn headed(&self, at: usize) -> Vec<String> {
        let outline = &self.offered(at).preview.outline;
        let headed = outline.provisions.iter().filter(|p| p.kind.is_headed());
        headed.map(|p| format!("{} {}", p.label, p.heading.as_deref().unwrap_or("-")).trim().to_owned()).collect()
    }
}

fn wording(wording: Wording) -> Choices {
    Choices { wording: Some(wording), ..Choices::default() }
}

#[test]
fn another_reading_is_chosen_and_what_was_corrected_stays() {
    let mut desk = desk();
    let file = desk.file("rev1.trial", trial::RICH);
    desk.import(vec![file]);
    assert!(desk.text_offered(0).contains("name two keepers for") && desk.text_offered(0).contains("bears the costs"));
    let details = DraftDetails { symbol: "A/LIGHT/3".into(), ..desk.offered(0).details.clone() };
    desk.draft_command(DraftCommand::Correct { at: 0, details });
    desk.draft_command(DraftCommand::SetTitle { at: 0, title: "Lighthouse convention".into() });
    desk.draft_command(DraftCommand::Choose { at: 0, choices: wording(Wording::Original) });
    assert!(desk.text_offered(0).contains("name a keeper for"), "{}", desk.text_offered(0));
    assert_eq!(desk.offered(0).details.symbol, "A/LIGHT/3");
    assert_eq!(desk.offered(0).preview.outline.title.as_deref(), Some("Lighthouse convention"));
    desk.changes(Command::Draft(DraftCommand::Accept));
    let taken = desk.draft(0).source.clone().unwrap().taken;
    assert_eq!(taken.wording, Wording::Original);
    let pages: Vec<_> = desk.draft(0).printed.pages.iter().map(|p| p.number).collect();
    assert_eq!(pages, [1, 2]);
    assert!(desk.draft(0).printed.styles.iter().any(|s| s.style == Style::Bold));
    let before = desk.project().clone();
    desk.restart();
    assert!(desk.project() == &before, "pages, styles, hints and the reading are kept");
}

#[test]
fn both_readings_become_two_drafts() {
    let mut desk = desk();
    let file = desk.file("rev1.trial", trial::RICH);
    desk.import(vec![file.clone()]);
    let details = DraftDetails { label: "Rev.1".into(), session: "Fifth".into(), ..desk.offered(0).details.clone() };
    desk.draft_command(DraftCommand::Correct { at: 0, details });
    desk.draft_command(DraftCommand::TakeApart { at: 0, by: Apart::Wordings });
    let labels: Vec<_> = desk.w.proposals().iter().map(|p| p.details.label.as_str()).collect();
    assert_eq!(labels, ["Rev.1, as proposed", "Rev.1, as it was"]);
    assert!(desk.w.proposals().iter().all(|p| p.details.session == "Fifth"));
    assert!(desk.text_offered(0).contains("two keepers") && desk.text_offered(1).contains("a keeper"));
    // Once more makes no third.
    desk.draft_command(DraftCommand::TakeApart { at: 0, by: Apart::Wordings });
    assert_eq!((desk.w.proposals().len(), desk.said().as_str()), (2, "Both readings of this file are here already"));
    desk.changes(Command::Draft(DraftCommand::Accept));
    let slugs: Vec<_> = desk.project().drafts.iter().map(|d| d.slug.as_str()).collect();
    assert_eq!(slugs, ["rev-1-as-proposed", "rev-1-as-it-was"]);
    assert!(desk.w.import_report().is_none(), "everything has come in");
    for draft in &desk.project().drafts.clone() {
        assert_eq!(fs::read(desk.w.original_of(draft).unwrap()).unwrap(), trial::RICH.as_bytes());
    }
    // The same file again is told apart, and said to be here.
    desk.import(vec![file]);
    assert_eq!(desk.w.same_file(0).unwrap(), "The same file is already here as Rev.1, as proposed");
    let plain = desk.file("plain.trial", "TRIAL\n---\nArticle 1\n\nWords.\n");
    desk.import(vec![plain]);
    assert_eq!(desk.w.same_file(1), None);
    desk.draft_command(DraftCommand::TakeApart { at: 1, by: Apart::Wordings });
    assert_eq!(desk.said(), "This file holds one text only");
}

#[test]
fn each_column_becomes_a_draft() {
    let mut desk = desk();
    let text = "TRIAL\ncolumn: Commission proposal\ncolumn: \n---\n1|Article 1\n\n1|1. Each Party shall.\n\n2|Article 1a\n\n2|1. No Party shall.\n";
    let file = desk.file("table.trial", text);
    desk.import(vec![file]);
    assert_eq!(desk.headed(0), ["Article 1 -", "Article 1a -"]);
    desk.draft_command(DraftCommand::TakeApart { at: 0, by: Apart::Columns });
    assert_eq!((desk.headed(0), desk.headed(1)), (vec!["Article 1 -".to_owned()], vec!["Article 1a -".to_owned()]));
    let labels: Vec<_> = desk.w.proposals().iter().map(|p| p.details.label.as_str()).collect();
    assert_eq!(labels, ["Table, Commission proposal", "Table, column 2"]);
    desk.changes(Command::Draft(DraftCommand::Accept));
    let taken = |n: usize| desk.draft(n).source.clone().unwrap().taken.column;
    assert_eq!((taken(0), taken(1)), (Some((0, "Commission proposal".into())), Some((1, String::new()))));
}

#[test]
fn a_locked_file_asks_for_its_password_which_is_kept_nowhere() {
    let mut desk = desk();
    let file = desk.file("locked.trial", &format!("TRIAL\npassword: open sesame\n{}", &trial::RICH[6..]));
    desk.import(vec![file]);
    assert_eq!((desk.offered(0).standing(), desk.offered(0).lock), (Standing::Locked, Some(Lock::Asks)));
    assert_eq!((desk.offered(0).details.label.as_str(), desk.failures().len()), ("locked", 0));
    desk.refuses(Command::Draft(DraftCommand::Accept), "locked.trial waits for a password");
    let with = |password: &str| Choices { password: Some(password.into()), ..Choices::default() };
    desk.draft_command(DraftCommand::Choose { at: 0, choices: with("wrong") });
    assert_eq!(desk.offered(0).lock, Some(Lock::Refused));
    let right = DraftCommand::Choose { at: 0, choices: with("open sesame") };
    assert!(!format!("{right:?}").contains("sesame"), "a command may come into a log");
    desk.draft_command(right);
    assert_eq!((desk.offered(0).lock, desk.headed(0).len()), (None, 2));
    // Read again in another way it is still open.
    let choices = Choices { wording: Some(Wording::Original), ..desk.offered(0).choices.clone() };
    desk.draft_command(DraftCommand::Choose { at: 0, choices });
    assert!(desk.text_offered(0).contains("a keeper"));
    desk.changes(Command::Draft(DraftCommand::Accept));
    desk.restart();
    for entry in walk(&desk.place.path().join("project")) {
        let source = entry.file_name().unwrap().to_string_lossy().starts_with("source.");
        let bytes = fs::read(&entry).unwrap();
        assert!(source || !String::from_utf8_lossy(&bytes).contains("sesame"), "{}", entry.display());
    }
}

fn walk(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { files.extend(walk(&entry.path())) } else { files.push(entry.path()) }
    }
    files
}

#[test]
fn a_doubtful_text_comes_in_only_when_somebody_wants_it() {
    let mut desk = desk();
    let sentence = "Pages 3 to 4 have no text a program can read";
    let doubtful = desk.file("scan.trial", &format!("TRIAL\ndoubt: 3-4 {sentence}\n{}", &trial::RICH[6..]));
    let good = desk.file("good.txt", FIRST);
    desk.import(vec![doubtful, good]);
    assert_eq!(desk.offered(0).standing(), Standing::Doubtful);
    assert_eq!(desk.offered(0).imported.doubts[0].message, sentence);
    desk.draft_command(DraftCommand::Accept);
    assert_eq!(desk.project().drafts.len(), 1, "the good one came in");
    assert!(desk.said().starts_with("scan.trial waits until somebody says"), "{}", desk.said());
    assert_eq!(desk.w.proposals().len(), 1);
    desk.draft_command(DraftCommand::Trust { at: 0, trusted: true });
    assert_eq!(desk.offered(0).standing(), Standing::NeedsLook);
    desk.changes(Command::Draft(DraftCommand::Accept));
    assert_eq!(desk.project().drafts.len(), 2);
}

#[test]
fn comments_become_annotations_of_those_who_wrote_them() {
    let mut desk = desk();
    desk.run(Command::Project(ProjectCommand::SetAnalyst("Secretariat".into())));
    let file = desk.file("rev1.trial", trial::RICH);
    desk.import(vec![file.clone()]);
    assert_eq!(desk.offered(0).commenters(), [("Delegation of Norway", 2), ("Secretariat", 1)]);
    desk.changes(Command::Draft(DraftCommand::Accept));
    let draft = desk.draft(0).clone();
    let norway = desk.project().sets.values().find(|s| s.analyst.name == "Delegation of Norway").unwrap().clone();
    let mut notes: Vec<_> = norway.annotations.values().collect();
    notes.sort_by_key(|a| a.created);
    let anchor = notes[0].anchor_in(draft.id).unwrap();
    assert_eq!((anchor.quote.exact.as_str(), anchor.reach), ("every light", Reach::Words));
    assert_eq!((anchor.citation.to_string().as_str(), notes[0].note.as_str()), ("1(1)", "Which lights?"));
    assert_eq!(notes[0].created.to_string(), "2024-05-04T10:00:00Z");
    assert_eq!(desk.w.own_set().unwrap().annotations.len(), 1, "one's own name is oneself");
    // A second file by the same people fills the same sets; without the tick none come.
    desk.import(vec![file.clone()]);
    desk.draft_command(DraftCommand::Accept);
    assert_eq!(desk.project().sets.len(), 2);
    assert_eq!(desk.project().annotations().count(), 6);
    desk.import(vec![file]);
    desk.draft_command(DraftCommand::WithComments { at: 0, wanted: false });
    // Words that this reading does not have: the provision they would stand in.
    desk.changes(Command::Draft(DraftCommand::Accept));
    assert_eq!(desk.project().annotations().count(), 6);
    desk.restart();
    assert_eq!(desk.project().annotations().count(), 6);
}

#[test]
fn words_that_a_reading_does_not_have_leave_the_remark_on_the_provision() {
    let mut desk = desk();
    let text =
        "TRIAL\ncomment: A |  | two keepers | One is enough\n---\nArticle 1\n\n1. Name {-a keeper-}{+two keepers+}.\n";
    let file = desk.file("one.trial", text);
    desk.draft_command(DraftCommand::ImportWith(vec![file], wording(Wording::Original)));
    desk.changes(Command::Draft(DraftCommand::Accept));
    let draft = desk.draft(0).clone();
    let (_, remark) = desk.project().annotations().next().unwrap();
    let anchor = remark.anchor_in(draft.id).unwrap();
    assert_eq!(anchor.reach, Reach::Provision);
    assert_eq!(anchor.range.of(&draft.text), Some(anchor.quote.exact.as_str()));
}

#[test]
fn an_outline_is_corrected_line_by_line_and_taken_back() {
    let mut desk = desk();
    let text = "Draft convention\n\nGeneral remarks\n\nArticle 1\n\nKeepers\n\n1. Each Party shall see\n\nArticle 2\n\nof the other treaty applied.\n\nArticle 3\n\nCosts\n\nEach bears its own.\n";
    let file = desk.file("odd.trial", &format!("TRIAL\n---\n{text}"));
    desk.import(vec![file]);
    let before = desk.headed(0);
    desk.reshape(0, "General", Reshape::Heading);
    assert!(desk.headed(0).contains(&"General remarks".to_owned()), "{:?}", desk.headed(0));
    // "Article 2" is only quoted: plain words, and one paragraph with what stands around it.
    desk.reshape(0, "Article 2", Reshape::Plain);
    assert!(!desk.headed(0).iter().any(|h| h.starts_with("Article 2")), "{:?}", desk.headed(0));
    desk.reshape(0, "1. Each Party shall see\n\nArticle 2", Reshape::Joined);
    desk.reshape(0, "Each Party shall see", Reshape::Joined);
    let outline = &desk.offered(0).preview.outline;
    let merged = outline.blocks.iter().map(|b| b.of(desk.text_offered(0)).unwrap()).find(|b| b.starts_with("1. Each"));
    assert_eq!(merged, Some("1. Each Party shall see\n\nArticle 2\n\nof the other treaty applied."));
    assert_eq!(outline.fault(desk.text_offered(0)), None);
    assert_eq!(desk.offered(0).corrections.len(), 4);
    for left in (0..4).rev() {
        desk.draft_command(DraftCommand::TakeBack(0));
        assert_eq!(desk.offered(0).corrections.len(), left);
    }
    desk.draft_command(DraftCommand::TakeBack(0));
    assert_eq!(desk.headed(0), before);

    // What was corrected is what is kept, also where the outline's file is lost.
    desk.reshape(0, "Article 2", Reshape::Plain);
    desk.reshape(0, "General remarks", Reshape::Aside);
    desk.changes(Command::Draft(DraftCommand::Accept));
    let kept = desk.draft(0).outline.clone();
    assert!(desk.draft(0).hints.iter().any(|h| h.kind == HintKind::Plain));
    desk.restart();
    assert_eq!(desk.draft(0).outline, kept);
    desk.w.close_project();
    fs::write(desk.folder().join("drafts/odd/outline.ron"), "nonsense").unwrap();
    desk.run(Command::Project(ProjectCommand::Open(desk.folder())));
    assert_eq!(desk.draft(0).outline, kept);
    assert_eq!(desk.draft(0).outline.provisions.iter().filter(|p| p.kind == ProvisionKind::Article).count(), 2);
}

#[test]
fn corrections_follow_their_lines_into_another_reading() {
    let mut desk = desk();
    let text = "Preface{+ with more words than there were before+}\n\nArticle 1\n\nWords.\n\n{+Article 9\n\n+}Rest\n\n{+Only proposed\n\n+}Article 2\n\nEnd.\n";
    let file = desk.file("odd.trial", &format!("TRIAL\n---\n{text}"));
    desk.import(vec![file]);
    desk.reshape(0, "Rest", Reshape::Heading);
    desk.reshape(0, "Only proposed", Reshape::Heading);
    desk.draft_command(DraftCommand::Choose { at: 0, choices: wording(Wording::Original) });
    assert_eq!(desk.offered(0).corrections.len(), 1);
    assert_eq!(desk.said(), "1 correction is of a line that this reading does not have, and was dropped");
    assert!(desk.headed(0).contains(&"Rest".to_owned()), "{:?}", desk.headed(0));
}

#[test]
fn direction_and_language_are_set_before_and_after() {
    let mut desk = desk();
    let file = desk.file("first.txt", FIRST);
    desk.import(vec![file]);
    let right =
        |d: &DraftDetails| DraftDetails { language: "ar".into(), direction: Direction::RightToLeft, ..d.clone() };
    let details = right(&desk.offered(0).details);
    desk.draft_command(DraftCommand::Correct { at: 0, details });
    desk.draft_command(DraftCommand::Accept);
    assert_eq!(desk.draft(0).details.direction, Direction::RightToLeft);
    let details = DraftDetails { direction: Direction::LeftToRight, ..desk.draft(0).details.clone() };
    let id = desk.draft(0).id;
    desk.changes(Command::Draft(DraftCommand::SetDetails { id, details }));
    desk.restart();
    assert_eq!(desk.draft(0).details.direction, Direction::LeftToRight);
}

#[test]
fn a_folder_of_fifty_comes_in_and_bad_files_do_not_stop_it() {
    let mut desk = desk();
    let folder = desk.place.path().join("papers");
    fs::create_dir_all(folder.join("old/.hidden")).unwrap();
    for n in 1..=50 {
        let text = format!("Draft {n}\n\nArticle 1\n\n1. Each Party shall light {n} lamps.\n");
        let name = if n > 40 { format!("old/rev{n}.txt") } else { format!("rev{n}.md") };
        fs::write(folder.join(name), text).unwrap();
    }
    fs::write(folder.join("picture.md"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::write(folder.join("bad.trial"), "TRIAL\n---\nPANIC\n").unwrap();
    fs::write(folder.join("empty.txt"), "").unwrap();
    fs::write(folder.join("old/.hidden/no.txt"), "Article 1\n").unwrap();
    fs::write(folder.join("notes.pages"), "Article 1\n").unwrap();
    desk.import(vec![folder.clone()]);
    assert_eq!(desk.w.proposals().len(), 50);
    let files: Vec<_> = desk.w.proposals().iter().map(Proposal::file_name).collect();
    assert_eq!((files[0].as_str(), files[9].as_str(), files[49].as_str()), ("rev1.md", "rev10.md", "rev50.txt"));
    assert_eq!(desk.failures().len(), 3, "{:?}", desk.failures());
    desk.draft_command(DraftCommand::LeaveOut(0));
    desk.changes(Command::Draft(DraftCommand::Accept));
    assert_eq!(desk.project().drafts.len(), 49);
    let report = desk.w.import_report().expect("three have not come in").clone();
    assert_eq!((report.added(), report.not_read().count()), (49, 3));
    let text = report.text();
    assert!(text.starts_with("49 of 53 files came in as drafts\n"), "{text}");
    for line in
        ["rev1.md: left out", "rev2.md: added as ", "bad.trial cannot be read: something in it", "empty.txt is empty"]
    {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    let to = desk.place.path().join("report.txt");
    desk.ignores(Command::Draft(DraftCommand::SaveReport(to.clone())));
    assert_eq!(fs::read_to_string(to).unwrap(), text);
    desk.draft_command(DraftCommand::Dismiss);
    assert!(desk.w.import_report().is_none());

    // A project is no draft, and a folder without drafts says so.
    desk.refuses(Command::Draft(DraftCommand::Import(vec![desk.folder()])), "is a project and no draft");
    let bare = desk.place.path().join("bare");
    fs::create_dir(&bare).unwrap();
    desk.refuses(Command::Draft(DraftCommand::Import(vec![bare])), "no file in this folder");
}

#[test]
fn many_failures_are_one_sentence_and_a_report() {
    let mut desk = desk();
    let bad: Vec<_> = (0..9).map(|n| desk.file(&format!("bad{n}.trial"), "TRIAL\n---\nPANIC\n")).collect();
    desk.import(bad);
    assert_eq!(desk.failures(), ["9 of 9 files could not be read; the report says why"]);
    let report = desk.w.import_report().unwrap();
    assert!(matches!(&report.files[8].1, Fate::NotRead(why) if why.starts_with("bad8.trial")), "{report:?}");
    assert!(desk.w.notices().all().iter().all(|n| n.gravity != Gravity::Caution));
}
