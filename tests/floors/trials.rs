//! The rules on trial: each is given snippets that break it and snippets that only look as if they did.

use super::{RULES, Tree, complaints_of};

/// A file that breaks a rule: its path in `src/`, its text, the line and some words of the complaint.
struct Offense {
    rule: &'static str,
    path: &'static str,
    text: &'static str,
    line: usize,
    says: &'static str,
}

const fn offense(
    rule: &'static str,
    path: &'static str,
    text: &'static str,
    line: usize,
    says: &'static str,
) -> Offense {
    Offense { rule, path, text, line, says }
}

const DOWNWARD: &str = "imports go downward only";
const CRATES: &str = "each crate keeps to its folder";
const CLOCK: &str = "the clock is read in one place";
const METHODS: &str = "threads and the disk are not reached by method";
const TOP: &str = "the top floor calls no work";
const DOCS: &str = "every folder says what it is for and what it must not know";
const NAMES: &str = "folders are ideas, never kinds";
const GLOBS: &str = "imports are spelled out";
const LEFT: &str = "nothing is left unfinished";
const COLORS: &str = "colors come from the theme";

const OFFENSES: &[Offense] = &[
    offense("every folder has its floor", "cellar/mod.rs", "", 1, "`src/cellar` stands on no floor"),
    offense("every folder has its floor", "stray.rs", "", 1, "`src/stray.rs` stands on no floor"),
    // Direction, in every way a path can be written.
    offense(DOWNWARD, "model/text.rs", "\nuse crate::outline::recognize;", 2, "`outline` on floor 1"),
    offense(DOWNWARD, "export/csv.rs", "use crate::{model::Draft, citation::{self, print}};", 1, "its own floor 1"),
    offense(DOWNWARD, "search/mod.rs", "fn f() {\n    crate::storage::open();\n}", 2, "imports `storage` of its own"),
    offense(DOWNWARD, "search/query.rs", "use super::super::storage;", 1, "`storage` of its own floor"),
    offense(DOWNWARD, "search/query.rs", "use super::{Hit, super::ui::App};", 1, "`ui` on floor 3"),
    offense(DOWNWARD, "search/mod.rs", "use super::workspace::Command;", 1, "`workspace` on floor 2"),
    offense(DOWNWARD, "import/mod.rs", "mod inner { fn f(x: super::super::cli::Args) {} }", 1, "`cli` on floor 3"),
    offense(DOWNWARD, "import/mod.rs", "use super as root;\nuse root::export::Csv;", 2, "imports `export`"),
    offense(DOWNWARD, "import/mod.rs", "fn f() -> Vec::<crate::export::Csv> {}", 1, "imports `export`"),
    offense(DOWNWARD, "import/mod.rs", "const R: R = 0..crate::export::MAX;", 1, "imports `export`"),
    offense(DOWNWARD, "cli/mod.rs", "use crate::ui::app;", 1, "its own floor 3"),
    offense(DOWNWARD, "workspace/mod.rs", "use travaux::ui::app;", 1, "`ui` on floor 3"),
    offense(DOWNWARD, "ui/mod.rs", "use crate::Project;", 1, "`crate::Project` is no folder"),
    offense(DOWNWARD, "model/mod.rs", "#[cfg(test)]\nmod tests {\n    use crate::storage::open;\n}", 3, "`storage`"),
    offense(DOWNWARD, "model/mod.rs", "const A: char = '\"'; use crate::ui::X; const B: char = '\"';", 1, "`ui`"),
    offense(DOWNWARD, "model/mod.rs", "fn f<'a>(x: &'a str) {} use crate::ui::X;", 1, "`ui`"),
    offense(DOWNWARD, "model/mod.rs", "/* a /* nested */ comment */ use crate::ui::X;", 1, "`ui`"),
    offense(DOWNWARD, "model/mod.rs", "const A: &str = r#\"a \"quoted\" word\"#; use crate::ui::X;", 1, "`ui`"),
    offense(DOWNWARD, "model/mod.rs", "const A: &str = \"two\nlines \\\" \";\nuse crate::ui::X;", 3, "`ui`"),
    // Crates and the outside world.
    offense(CRATES, "workspace/mod.rs", "use eframe::egui;", 1, "`eframe` is named here"),
    offense(CRATES, "cli/mod.rs", "fn f(ui: &mut ::egui::Ui) {}", 1, "only the window knows egui"),
    offense(CRATES, "cli/mod.rs", "extern crate egui;", 1, "`egui` is named here"),
    offense(CRATES, "export/mod.rs", "use {ron, tantivy::Index};", 1, "`tantivy`"),
    offense(CRATES, "ui/app.rs", "use rfd::FileDialog;", 1, "`rfd`"),
    offense(CRATES, "workspace/run/draft.rs", "use std::{fmt, fs::{self, File}};", 1, "touch the disk"),
    offense(CRATES, "main.rs", "fn f() { std::fs::read(\"x\"); }", 1, "`std::fs`"),
    offense(CRATES, "ui/app.rs", "use std::thread;\nfn f() { thread::sleep(d); }", 2, "`std::thread`"),
    offense(CRATES, "storage/save.rs", "use std::thread::spawn as go;", 1, "`std::thread`"),
    offense(CRATES, "model/ids.rs", "fn f() { getrandom::fill(&mut b); }", 1, "`getrandom`"),
    offense(CLOCK, "storage/lock.rs", "use std::time;\nfn f() { time::SystemTime::now(); }", 2, "the clock is read"),
    offense(CLOCK, "ui/reader/mod.rs", "use std::time::Instant as Moment;\nfn f() { Moment::now(); }", 2, "clock"),
    offense(CLOCK, "workspace/mod.rs", "fn f() { let t = jiff::Timestamp::now; }", 1, "clock"),
    offense(METHODS, "search/index.rs", "fn f() { builder\n.spawn(work); }", 2, "`.spawn()` starts"),
    offense(METHODS, "workspace/mod.rs", "fn f(p: &Path) { p.exists(); }", 1, "`.exists()` asks the disk"),
    // The top floor and work.
    offense(TOP, "cli/mod.rs", "use crate::storage::Lock;", 1, "which speaks for `storage`"),
    offense(TOP, "cli/outline.rs", "fn f() { crate::outline::recognize(t); }", 1, "`outline::recognize` is work"),
    offense(TOP, "cli/outline.rs", "use crate::import::read;", 1, "`import::read` is work"),
    offense(TOP, "ui/app.rs", "use crate::export;\nfn f() { export::write(p); }", 2, "`export::write` is work"),
    offense(TOP, "ui/app.rs", "fn f() { crate::reconcile::carry::<X>(p); }", 1, "`reconcile::carry` is work"),
    // Names, docs, leftovers.
    offense(DOCS, "search/mod.rs", "use crate::model;", 1, "must open with `//!`"),
    offense(DOCS, "search/mod.rs", "//! Search.\n//!\n//! Must not know: the window.", 1, "must open with `//!`"),
    offense(
        DOCS,
        "search/mod.rs",
        "//! Floor 1: finds words in every draft and note.",
        1,
        "what the folder must not know",
    ),
    offense(DOCS, "search/mod.rs", "//! Floor 1: finds words in every draft. Must not know:", 1, "must not know"),
    offense(DOCS, "lib.rs", "pub mod model;", 1, "must open with `//!`"),
    offense(DOCS, "ui/reader/layout.rs", "", 1, "its folder has no `mod.rs`"),
    offense(NAMES, "ui/widgets/utils/mod.rs", "", 1, "`utils` names a kind"),
    offense(NAMES, "model/types.rs", "", 1, "`types` names a kind"),
    offense(NAMES, "export/shared/csv.rs", "", 1, "`shared` names a kind"),
    offense(GLOBS, "ui/app.rs", "use super::panels::*;", 1, "a `*` import"),
    offense(GLOBS, "ui/app.rs", "use crate::model::{Draft, text::*};", 1, "a `*` import"),
    offense(GLOBS, "ui/app.rs", "mod tests {\n    use super::*;\n}", 2, "a `*` import"),
    offense(GLOBS, "ui/app.rs", "#[cfg(test)]\nmod tests {\n    use crate::model::*;\n}", 3, "a `*` import"),
    offense(LEFT, "ui/app.rs", "fn f() {\n    todo!()\n}", 2, "`todo!` is left"),
    offense(LEFT, "ui/app.rs", "fn f() { dbg!(x); }", 1, "`dbg!` is left"),
    offense(LEFT, "ui/app.rs", concat!("\n// TO", "DO: later"), 2, "is left in the file"),
    offense(COLORS, "ui/app.rs", "fn f() { egui::Color32::RED; }", 1, "is a literal color"),
];

/// Texts that every rule lets pass, at paths where they are right.
const FINE: &[(&str, &str)] = &[
    ("model/text.rs", "//! `crate::ui` is far away.\nconst S: &str = \"use crate::ui::App; std::fs\"; // egui::Ui\n"),
    ("model/text.rs", "const S: &str = r##\"use crate::ui::\"# \"##; const C: char = '\\''; /* tantivy::Index */"),
    ("search/index.rs", "use crate::model::{self, Draft};\nuse super::query::Query;\nuse tantivy::Index;"),
    ("search/index.rs", "use crate::search::query;\npub(in crate::search) fn f() -> impl Sized + use<> {}"),
    ("search/query.rs", "use super::snippet;\nmod inner { use super::super::index::Index; }"),
    ("storage/save.rs", "use std::fs::{self, File};\nfn f() { path.exists(); }"),
    (
        "model/ids.rs",
        "#[cfg(test)]\nmod tests {\n    use super::*;\n    fn f() { std::fs::read(p); Instant::now(); }\n}",
    ),
    ("model/ids.rs", "#[cfg(all(test, unix))]\nfn f() { std::thread::yield_now(); getrandom::fill(b); }"),
    ("workspace/tasks.rs", "use std::thread;\nfn f() { thread::Builder::new().spawn(work); }"),
    ("workspace/surroundings.rs", "fn f() { jiff::Timestamp::now(); getrandom::fill(b); }"),
    (
        "workspace/mod.rs",
        "//! Floor 2: the application without a screen.\n//!\n//! Must not know: the window.\nuse crate::storage;",
    ),
    ("ui/app.rs", "use crate::search::Hit;\nuse crate::reconcile::redline::Redline;\nuse crate::export::FORMATS;"),
    ("ui/app.rs", "use crate::reconcile::redline;\nfn f(r: redline::Redline) { egui::Color32::TRANSPARENT; }"),
    ("ui/desktop.rs", "use rfd::FileDialog;\nuse std::fs;"),
    ("ui/theme/tokens.rs", "const A: Color32 = egui::Color32::RED;"),
    ("main.rs", "use travaux::{cli, ui};\nfn main() -> eframe::Result { Instant::now(); }"),
    ("lib.rs", "//! The map of the house and the life of a click.\npub mod model;"),
    ("export/shared.rs", "// the file that is shared"),
];

/// The rest of the house around one file under trial: a `mod.rs` in the folders above it, and a module to import.
fn house_with(path: &str, text: &str) -> Tree {
    let folder_doc = "//! Floor: what this folder is for.\n//!\n//! Must not know: the rest.";
    let mut sources = vec![(path.to_owned(), text.to_owned())];
    for around in ["export", "model", "reconcile", "search", "storage", "ui", "ui/theme", "workspace", "workspace/run"]
    {
        let is_above = path.starts_with(&format!("{around}/")) || around == "reconcile";
        if is_above && path != format!("{around}/mod.rs") {
            sources.push((format!("{around}/mod.rs"), folder_doc.to_owned()));
        }
    }
    sources.push(("reconcile/redline.rs".to_owned(), String::new()));
    Tree::new(sources)
}

#[test]
fn every_rule_complains_of_what_breaks_it() {
    for Offense { rule, path, text, line, says } in OFFENSES {
        let found = RULES.iter().find(|known| known.name == *rule).expect("the rule exists");
        let complaints = complaints_of(found, &house_with(path, text));
        let place = format!("src/{path}:{line}: ");
        assert!(
            complaints.iter().any(|complaint| complaint.starts_with(&place) && complaint.contains(says)),
            "\"{rule}\" should say at {place}… {says} …\nabout: {text}\nit said: {complaints:#?}"
        );
    }
}

#[test]
fn every_rule_stands_trial() {
    for rule in RULES.iter().filter(|rule| rule.name != "a file is one idea") {
        assert!(OFFENSES.iter().any(|offense| offense.rule == rule.name), "no snippet breaks \"{}\"", rule.name);
    }
}

#[test]
fn no_rule_complains_of_what_is_fine() {
    for (path, text) in FINE {
        let tree = house_with(path, text);
        for rule in RULES {
            let complaints = complaints_of(rule, &tree);
            assert!(complaints.is_empty(), "\"{}\" should pass {path}\n{text}\nit said: {complaints:#?}", rule.name);
        }
    }
}

#[test]
fn a_file_of_six_hundred_lines_passes_and_one_more_does_not() {
    let rule = RULES.iter().find(|rule| rule.name == "a file is one idea").expect("the rule exists");
    assert!(complaints_of(rule, &house_with("model/text.rs", &"//\n".repeat(600))).is_empty());
    let complaints = complaints_of(rule, &house_with("model/text.rs", &"//\n".repeat(601)));
    assert!(complaints[0].starts_with("src/model/text.rs:601: the file has 601 lines"), "{complaints:?}");
}

#[test]
fn a_test_module_in_a_file_of_its_own_counts_as_test_code() {
    let declaration = "#[cfg(test)]\nmod cases;";
    let text = "use super::*;\nfn f() { std::fs::read(p); }";
    let sources = [("model/text.rs", declaration), ("model/text/cases.rs", text)];
    let tree = Tree::new(sources.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect());
    let confinement = RULES.iter().find(|rule| rule.name == CRATES).expect("the rule exists");
    assert!(complaints_of(confinement, &tree).is_empty());
}
