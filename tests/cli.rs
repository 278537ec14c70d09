//! The built program from the command line: what it prints, where, and the status it ends with.
#![allow(clippy::unwrap_used)]

#[path = "support/trial.rs"]
mod trial;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// With characters of one to four bytes before everything that is asked about.
const DRAFT: &str = "\
Draft convention on lighthouses 🗼 (é)
A/LIGHT/1
4 May 2024

PREAMBLE

Recalling that light — lumière — is owed to all who sail,

CHAPTER I
GENERAL PROVISIONS

Article 1
Keepers

1. Each Party shall name a keeper 🔒 for every light.
2. A keeper shall:
(a) record [every] ship;
(b) hand the records over
on request. [agreed ad referendum]

Article 3
Recörds

1. Records are kept for thirty days, and records of fog for ninety.
";

struct Shell {
    place: TempDir,
}

impl Shell {
    fn new() -> Self {
        let place = TempDir::new().unwrap();
        fs::write(place.path().join("first.txt"), DRAFT).unwrap();
        Self { place }
    }

    /// With a project that has the draft.
    fn with_project() -> Self {
        let shell = Self::new();
        shell.done(&["new", "lights", "--title", "Lighthouses"]);
        shell.done(&["import", "lights", "first.txt", "--label", "Rev.1"]);
        shell
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_travaux"));
        command.current_dir(self.place.path()).env("TRAVAUX_HOME", self.path("home"));
        command.args(arguments).output().unwrap()
    }

    /// What a command prints that must end well.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command says on standard error that must end with a status; nothing else is printed.
    fn fails(&self, arguments: &[&str], status: i32) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{arguments:?}");
        assert!(!said.trim().is_empty() && !said.contains("panicked"), "{said}");
        said
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(arguments)).unwrap()
    }
}

/// The words between two positions, in code points.
fn words(text: &str, range: &Value) -> String {
    let at = |name: &str| usize::try_from(range[name].as_u64().unwrap()).unwrap();
    let (start, end) = (at("start"), at("end"));
    text.chars().skip(start).take(end - start).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_whole_journey() {
    let shell = Shell::new();
    assert_eq!(shell.done(&["new", "lights", "--title", "Lighthouses"]), "Made the project lights\n");
    let told = shell.done(&[
        "import",
        "lights",
        "first.txt",
        "--label",
        "Rev.1",
        "--symbol",
        "A/LIGHT/1",
        "--date",
        "2024-05-04",
    ]);
    assert_eq!(told, "first.txt: 2 articles, as Rev.1\n");
    let made = shell.done(&[
        "annotate",
        "lights",
        "--draft",
        "Rev.1",
        "--quote",
        "hand the records over on request",
        "--concern",
        "DP",
        "--concern",
        "scope and",
        "--note",
        "To whom? 🗼",
        "--severity",
        "high",
        "--recommend",
        "limit",
        "--target",
        "Article 1",
        "--status",
        "for review",
        "--as",
        "Inés",
    ]);
    let id = made.split(' ').next().unwrap();
    assert_eq!(made, format!("{id} on Article 1(2)(b) of Rev.1\n"));
    let absence = shell.done(&[
        "annotate",
        "lights",
        "--draft",
        "A/LIGHT/1",
        "--citation",
        "art 3.1",
        "--absence",
        "--note",
        "no remedy",
    ]);
    assert!(absence.ends_with(" on Article 3(1) of Rev.1\n"), "{absence}");
    let found = shell.json(&["search", "lights", "remedy", "--json"]);
    assert_eq!(found[0]["citation"], "3(1)");
    let checked = shell.done(&["check", "lights"]);
    assert!(checked.contains("Lighthouses: 1 draft, ") && checked.contains("Inés: 2 annotations"), "{checked}");
    assert!(checked.ends_with("Everything is in order\n"), "{checked}");
    // The annotation file goes to a colleague and comes to stand in another project as it is.
    for (format, words) in
        [("annotations", "To whom? 🗼"), ("csv", "hand the records over"), ("markdown", "> hand the records over")]
    {
        let out = format!("out.{format}");
        assert_eq!(shell.done(&["export", "lights", "--format", format, "--out", &out]), format!("Wrote {out}\n"));
        let text = fs::read_to_string(shell.path(&out)).unwrap();
        assert!(text.contains(words), "{format}: {text}");
    }
    let csv = fs::read_to_string(shell.path("out.csv")).unwrap();
    assert!(csv.contains(id) && csv.contains("for review") && csv.contains("Inés"), "{csv}");
    shell.done(&["export", "lights", "--format", "csv", "--out", "inés.csv", "--draft", "Rev.1", "--analyst", "inés"]);
    assert_eq!(fs::read_to_string(shell.path("inés.csv")).unwrap(), csv);
}

#[test]
fn the_text_is_printed_as_the_program_reads_it() {
    let shell = Shell::new();
    assert_eq!(shell.done(&["text", "first.txt"]), DRAFT);
    fs::write(shell.path("other.txt"), "\u{feff}Article 1\r\nSco\u{308}pe\r\nno end of line").unwrap();
    assert_eq!(shell.done(&["text", "other.txt"]), "Article 1\nSc\u{f6}pe\nno end of line");
}

#[test]
fn an_outline_has_the_shape_that_was_promised() {
    let shell = Shell::new();
    let text = shell.done(&["text", "first.txt"]);
    let outline = shell.json(&["outline", "first.txt", "--json"]);
    let mut shape = keys(&outline);
    shape.sort_unstable();
    assert_eq!(shape, ["direction", "language", "marks", "notes", "pages", "provisions", "title", "warnings"]);
    assert_eq!((outline["language"].as_str(), outline["direction"].as_str()), (Some("en"), Some("ltr")));
    assert!(outline["title"].as_str().unwrap().starts_with("Draft convention on lighthouses"), "{}", outline["title"]);
    let find = |citation: &str, kind: &str| {
        let all = outline["provisions"].as_array().unwrap();
        let found = all.iter().find(|p| p["citation"] == citation && p["kind"] == kind);
        found.unwrap_or_else(|| panic!("no {kind} {citation} in {all:#?}")).clone()
    };
    for (citation, kind, number, heading, start, end) in [
        ("Preamble", "preamble", "", None, "PREAMBLE", "who sail,"),
        ("Preamble(1)", "recital", "", None, "Recalling", "who sail,"),
        ("Chapter I", "chapter", "I", Some("GENERAL PROVISIONS"), "CHAPTER I", "ninety."),
        ("1", "article", "1", Some("Keepers"), "Article 1", "[agreed ad referendum]"),
        ("1(1)", "paragraph", "1", None, "1. Each", "every light."),
        ("1(2)", "paragraph", "2", None, "2. A keeper", "[agreed ad referendum]"),
        ("1(2)(a)", "subparagraph", "a", None, "(a) record", "ship;"),
        ("1(2)(b)", "subparagraph", "b", None, "(b) hand", "[agreed ad referendum]"),
        ("3", "article", "3", Some("Recörds"), "Article 3", "ninety."),
    ] {
        let p = find(citation, kind);
        let mut shape = keys(&p);
        shape.sort_unstable();
        assert_eq!(shape, ["citation", "end", "heading", "kind", "number", "start"]);
        assert_eq!((p["number"].as_str(), p["heading"].as_str()), (Some(number), heading), "{citation}");
        let own = words(&text, &p);
        assert!(own.starts_with(start) && own.ends_with(end), "{citation}: {own}");
    }
    let marks: Vec<_> =
        outline["marks"].as_array().unwrap().iter().map(|m| (m["kind"].as_str().unwrap(), words(&text, m))).collect();
    assert_eq!(marks, [("bracketed", "[every]".to_owned()), ("agreed", "[agreed ad referendum]".to_owned())]);
    let warnings = outline["warnings"].as_array().unwrap();
    assert!(
        warnings.iter().any(|w| w["message"].as_str().unwrap().contains('2')),
        "the missing article is reported: {warnings:?}"
    );
    let tree = shell.done(&["outline", "first.txt"]);
    assert!(tree.contains("\n  Article 1  Keepers\n    Article 1(1)\n") && tree.contains("\n! "), "{tree}");
}

#[test]
fn a_search_has_the_shape_that_was_promised() {
    let shell = Shell::with_project();
    let text = shell.done(&["text", "first.txt"]);
    let found = shell.json(&["search", "lights", "records", "--json"]);
    let hits = found.as_array().unwrap();
    assert_eq!(
        hits.iter().map(|h| h["citation"].as_str().unwrap()).collect::<Vec<_>>(),
        ["1(2)(a)", "1(2)(b)", "3", "3(1)"]
    );
    for hit in hits {
        let mut shape = keys(hit);
        shape.sort_unstable();
        assert_eq!(shape, ["citation", "draft", "end", "marks", "score", "snippet", "start"]);
        assert_eq!(hit["draft"], "Rev.1");
        assert!(hit["score"].as_f64().unwrap() > 0.0);
        let own = words(&text, hit).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(own.contains(hit["snippet"].as_str().unwrap().trim_matches(['…', ' '])), "{hit}");
        for mark in hit["marks"].as_array().unwrap() {
            let mark = serde_json::json!({ "start": mark[0], "end": mark[1] });
            let word = words(&text, &mark).to_lowercase();
            assert!(["record", "records", "recörds"].contains(&word.as_str()), "{word}");
        }
    }
    assert_eq!(hits[3]["marks"].as_array().unwrap().len(), 2);
    assert_eq!(shell.json(&["search", "lights", "zebra", "--json"]), serde_json::json!([]));
    let plain = shell.done(&["search", "lights", "article:3 AND fog"]);
    assert!(plain.starts_with("Rev.1  Article 3(1)\n") && plain.ends_with("\n1 place\n"), "{plain}");
    assert_eq!(shell.json(&["search", "lights", "records", "--json", "--limit", "1"]).as_array().unwrap().len(), 1);
}

#[test]
fn what_is_found_is_counted() {
    let shell = Shell::with_project();
    let annotate =
        ["annotate", "lights", "--draft", "Rev.1", "--quote", "records of fog", "--concern", "DP", "--as", "Inés"];
    shell.done(&annotate);
    let counted = |by: &str| shell.json(&["search", "lights", "records", "--json", "--count-by", by]);
    let row = serde_json::json!([{ "draft": "Rev.1", "name": "2024-05-04", "places": 4, "marks": 5 }]);
    assert_eq!(counted("draft"), row);
    let articles = counted("article");
    let shown: Vec<_> =
        articles.as_array().unwrap().iter().map(|r| (r["article"].as_str(), r["places"].as_u64())).collect();
    assert_eq!(shown, [(Some("Article 1"), Some(2)), (Some("Article 3"), Some(2))]);
    assert_eq!(articles[1]["name"], "Recörds");
    let concerns = counted("concern");
    let places = |tag: &str| concerns.as_array().unwrap().iter().find(|r| r["tag"] == tag).unwrap()["places"].as_u64();
    assert_eq!((places("DP"), places("SC"), places("")), (Some(1), Some(0), Some(3)));
    let plain = shell.done(&["search", "lights", "records", "--count-by", "draft"]);
    assert_eq!(plain, "     4      5  Rev.1  2024-05-04\nplaces, marks\n");
    shell.fails(&["search", "lights", "records", "--count-by", "letter"], 2);
    shell.fails(&["search", "lights", "records", "--count-by", "draft", "--limit", "3"], 2);
}

#[test]
fn what_is_found_is_shown_in_its_context() {
    let shell = Shell::with_project();
    let plain = shell.done(&["search", "lights", "fog OR thirty", "--kwic"]);
    let lines: Vec<_> = plain.lines().collect();
    assert!(
        lines[0].starts_with("Rev.1  Article 3(1)  ") && lines[0].contains("kept for [thirty] days, and"),
        "{plain}"
    );
    assert!(lines[1].contains("records of [fog] for ninety") && lines[2] == "2 marks", "{plain}");
    let column = |line: &str| line.chars().position(|c| c == '[');
    assert_eq!(column(lines[0]), column(lines[1]), "{plain}");
    let sorted = shell.json(&["search", "lights", "fog OR thirty", "--kwic", "found", "--json"]);
    let found: Vec<_> = sorted.as_array().unwrap().iter().map(|l| l["found"].as_str().unwrap()).collect();
    assert_eq!(found, ["fog", "thirty"]);
    let mut shape = keys(&sorted[0]);
    shape.sort_unstable();
    assert_eq!(shape, ["after", "before", "citation", "draft", "found"]);
    shell.fails(&["search", "lights", "fog", "--kwic", "--count-by", "draft"], 2);
}

#[test]
fn a_question_that_is_none_is_explained() {
    let shell = Shell::with_project();
    let said = shell.fails(&["search", "lights", "lumière AND (keeper", "--json"], 1);
    assert!(said.contains("\n  lumière AND (keeper\n  ") && said.trim_end().ends_with('^'), "{said}");
    shell.fails(&["search", "lights", " "], 1);
    // What a question names and the project does not have is said, beside the answer.
    let output = shell.run(&["search", "lights", "concern:weather", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("weather"));
}

#[test]
fn words_are_quoted_as_one_reads_them() {
    let shell = Shell::with_project();
    fn annotate<'a>(more: &[&'a str]) -> Vec<&'a str> {
        [&["annotate", "lights", "--draft", "Rev.1"], more].concat()
    }
    let said = shell.fails(&annotate(&["--quote", "keeper"]), 1);
    assert!(said.contains("3 times") || said.contains("2 times"), "{said}");
    shell.done(&annotate(&["--quote", "keeper", "--citation", "1(1)"]));
    // Over the end of a line, decomposed, and with an astral character in it.
    shell.done(&annotate(&["--quote", "over on request"]));
    shell.done(&annotate(&["--quote", "Reco\u{308}rds"]));
    shell.done(&annotate(&["--quote", "keeper 🔒 for"]));
    shell.done(&annotate(&["--citation", "preamble 1"]));
    for (more, words) in [
        (&["--quote", "lamps"][..], "not in Rev.1"),
        (&["--quote", " "], "empty"),
        (&["--quote", "thirty", "--citation", "1"], "not in Rev.1"),
        (&["--citation", "57"], "not in Rev.1"),
        (&["--quote", "thirty", "--concern", "weather"], "weather"),
        (&[], "--quote or --citation"),
    ] {
        let said = shell.fails(&annotate(more), 1);
        assert!(said.starts_with("travaux: ") && said.contains(words), "{said}");
    }
    assert!(shell.done(&["check", "lights"]).contains("5 annotations"), "what failed has added nothing");
}

#[test]
fn a_project_prints_citations_in_its_style() {
    let shell = Shell::new();
    shell.done(&["new", "lights", "--citations", "short"]);
    let said = shell.done(&["details", "lights"]);
    assert_eq!(said, "Title: lights\nCitations: short, such as 23(2)(c)\n");
    let said = shell.done(&["details", "lights", "--citations", "un", "--instrument", "Convention on Lights"]);
    let words = "Title: lights\nInstrument: Convention on Lights\nCitations: un, such as Article 23, paragraph 2 (c)\n";
    assert_eq!(said, words);
    shell.done(&["details", "lights", "--instrument", ""]);
    shell.done(&["import", "lights", "first.txt", "--label", "Rev.1"]);
    let remark =
        ["annotate", "lights", "--draft", "Rev.1", "--citation", "art 3.1", "--absence", "--note", "no remedy"];
    let made = shell.done(&remark);
    assert!(made.ends_with(" on article 3, paragraph 1 of Rev.1\n"), "{made}");
    let found = shell.done(&["search", "lights", "remedy"]);
    assert!(found.contains("Article 3, paragraph 1"), "{found}");
    let found = shell.json(&["search", "lights", "remedy", "--json"]).to_string();
    assert!(found.contains("\"3(1)\"") && !found.contains("paragraph 1\""), "{found}");
    shell.done(&["export", "lights", "--format", "csv", "--out", "out.csv"]);
    let table = fs::read_to_string(shell.path("out.csv")).unwrap();
    assert!(table.contains("\"Article 3, paragraph 1\""), "{table}");
}

#[test]
fn errors_name_the_file_on_standard_error() {
    let shell = Shell::with_project();
    fs::write(shell.path("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::create_dir(shell.path("empty")).unwrap();
    for (arguments, words) in [
        (&["text", "absent.txt"][..], "absent.txt"),
        (&["import", "lights", "empty"], "no file in this folder"),
        (&["outline", "picture.txt", "--json"], "picture.txt"),
        (&["new", "lights"], "lights"),
        (&["import", "nowhere", "first.txt"], "nowhere"),
        (&["import", "lights", "first.txt", "picture.txt", "--label", "A"], "one file"),
        (&["check", "nowhere"], "nowhere"),
        (&["search", "nowhere", "fog"], "nowhere"),
        (&["annotate", "lights", "--draft", "Rev.9", "--quote", "fog"], "Rev.9"),
        (&["export", "lights", "--format", "fax", "--out", "x"], "fax"),
        (&["export", "lights", "--format", "annotations", "--out", "x"], "no annotations"),
        (&["export", "lights", "--format", "csv", "--out", "absent/x.csv"], "x.csv"),
        (&["export", "lights", "--format", "csv", "--out", "x", "--draft", "Rev.9"], "Rev.9"),
        (&["export", "lights", "--format", "csv", "--out", "x", "--analyst", "Omar"], "Omar"),
    ] {
        let said = shell.fails(arguments, 1);
        assert!(said.starts_with("travaux: ") && said.contains(words), "{arguments:?}: {said}");
    }
    assert!(!shell.path("x").exists());
    // One bad file does not keep the good ones out.
    let output = shell.run(&["import", "lights", "picture.txt", "first.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("picture.txt"));
    assert!(shell.done(&["check", "lights"]).contains("2 drafts"));
}

#[test]
fn a_damaged_project_fails_its_check_with_the_place() {
    let shell = Shell::with_project();
    let file = shell.path("lights/codebook.ron");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("concerns:", "concerns;", 1)).unwrap();
    let said = shell.fails(&["check", "lights"], 1);
    assert!(
        said.contains("at line ") && said.contains("column ") && said.trim_end().ends_with("codebook.ron"),
        "{said}"
    );
    fs::write(&file, text).unwrap();
    shell.done(&["check", "lights"]);
}

#[test]
fn bad_usage_ends_with_2_and_help_with_0() {
    let shell = Shell::new();
    for arguments in [
        &["outline"][..],
        &["import", "lights"],
        &["import", "lights", "x.txt", "--date", "May"],
        &["annotate", "lights", "--quote", "x"],
        &["annotate", "lights", "--draft", "d", "--quote", "x", "--severity", "awful"],
        &["annotate", "lights", "--draft", "d", "--quote", "x", "--target", "Article 1"],
        &["annotate", "lights", "--draft", "d", "--absence"],
        &["search", "lights"],
        &["export", "lights", "--format", "csv"],
        &["outline", "x.txt", "--yaml"],
        &["--size", "large"],
    ] {
        let said = shell.fails(arguments, 2);
        assert!(said.starts_with("error: "), "{arguments:?}: {said}");
    }
    let help = shell.done(&["--help"]);
    for word in ["new", "import", "text", "outline", "annotate", "search", "export", "check", "--screenshot"] {
        assert!(help.contains(word), "the help does not speak of {word}: {help}");
        if !word.starts_with('-') {
            assert!(shell.done(&[word, "--help"]).contains("Usage: travaux"), "{word}");
        }
    }
    assert!(shell.done(&["--version"]).starts_with("travaux "));
}

#[test]
fn nothing_is_left_outside_the_home_and_the_project() {
    let shell = Shell::with_project();
    let mut names: Vec<_> = fs::read_dir(shell.place.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["first.txt", "home", "lights"]);
    // The window opens it again from wherever it is started.
    let settings = fs::read_to_string(shell.path("home/config/settings.ron")).unwrap();
    let recent = settings.split('"').find(|s| s.ends_with("lights")).unwrap();
    assert!(Path::new(recent).is_absolute(), "{recent}");
}

/// Runs a subcommand in this process, which knows the format of the tests: status, output, errors.
fn in_process(shell: &Shell, arguments: &[&str]) -> (u8, String, String) {
    use clap::Parser as _;
    trial::install();
    let path = |word: &&str| {
        if Path::new(word).extension().is_some() || *word == "lights" {
            shell.path(word).display().to_string()
        } else {
            (*word).to_owned()
        }
    };
    let words = std::iter::once("travaux".to_owned()).chain(arguments.iter().map(path));
    let subcommand = travaux::cli::Arguments::try_parse_from(words).unwrap().subcommand.unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let home = travaux::workspace::Home::at(&shell.path("home"));
    let status = travaux::cli::run(subcommand, &home, &mut out, &mut err);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn a_file_is_read_in_the_way_that_is_asked_for() {
    let shell = Shell::new();
    fs::write(shell.path("rev.trial"), trial::RICH).unwrap();
    let text = |more: &[&str]| {
        let (status, out, _) = in_process(&shell, &[&["text", "rev.trial"], more].concat());
        assert_eq!(status, 0);
        out
    };
    assert!(text(&[]).contains("name two keepers for every light") && text(&["--wording", "proposed"]) == text(&[]));
    assert!(text(&["--wording", "original"]).contains("name a keeper for"));
    assert!(text(&["--wording", "printed"]).contains("name a keepertwo keepers for"));
    fs::write(shell.path("table.trial"), "TRIAL\ncolumn: A\ncolumn: B\n---\n1|Article 1\n2|Article 2\n").unwrap();
    assert_eq!(in_process(&shell, &["text", "table.trial", "--column", "2"]).1, "Article 2\n");
    assert_eq!(in_process(&shell, &["text", "table.trial"]).1, "Article 1\nArticle 2\n");

    let (_, json, _) = in_process(&shell, &["outline", "rev.trial", "--json"]);
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(answer["pages"][1]["label"], "2");
    let page: String = text(&[]).chars().skip(answer["pages"][1]["start"].as_u64().unwrap() as usize).take(9).collect();
    assert_eq!(page, "2. Keeper");
    assert_eq!(answer["notes"], Value::Array(vec![]));

    fs::write(shell.path("notes.md"), "# T\n\nOne[^1] é 🔒 two[^2].\n\n[^1]: First.\n[^2]: Second.\n").unwrap();
    let answer = shell.json(&["outline", "notes.md", "--json"]);
    let printed = shell.done(&["text", "notes.md"]);
    assert_eq!(words(&printed, &answer["notes"][1]), "² Second.");
    assert_eq!(printed.chars().nth(answer["notes"][1]["call"].as_u64().unwrap() as usize), Some('²'));
}

#[test]
fn a_doubtful_text_is_printed_and_comes_in_only_anyway() {
    let shell = Shell::with_project();
    let doubt = "Pages 3 to 4 have no text a program can read";
    fs::write(shell.path("scan.trial"), format!("TRIAL\ndoubt: 3-4 {doubt}\n---\nArticle 1\n\nWords.\n")).unwrap();
    fs::write(shell.path("good.md"), "# Good\n\n## Article 1\n\nWords.\n").unwrap();
    let (status, out, err) = in_process(&shell, &["text", "scan.trial"]);
    assert_eq!(
        (status, out.as_str(), err.as_str()),
        (0, "Article 1\n\nWords.\n", format!("travaux: {doubt}\n").as_str())
    );
    let (_, json, _) = in_process(&shell, &["outline", "scan.trial", "--json"]);
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(answer["warnings"][0], serde_json::json!({"message": doubt, "start": 0, "end": 0}));

    let (status, out, err) = in_process(&shell, &["import", "lights", "scan.trial", "good.md"]);
    assert_eq!(status, 1);
    assert!(out.contains("good.md: 1 article, as Good") && !out.contains("scan"), "{out}");
    assert!(err.contains("scan.trial was not added") && err.contains(doubt) && err.contains("--anyway"), "{err}");
    assert_eq!(shell.done(&["check", "lights"]).matches("article").count(), 2);
    let (status, _, err) = in_process(&shell, &["import", "lights", "scan.trial", "--anyway"]);
    assert_eq!(status, 0, "{err}");
    assert!(err.contains(doubt), "{err}");
    assert_eq!(shell.done(&["check", "lights"]).matches("article").count(), 3);
}

#[test]
fn both_readings_a_folder_and_a_password() {
    let shell = Shell::with_project();
    fs::write(shell.path("rev.trial"), trial::RICH).unwrap();
    let (status, out, err) =
        in_process(&shell, &["import", "lights", "rev.trial", "--both", "--label", "Rev2", "--session", "Fifth"]);
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("as Rev2, as proposed") && out.contains("as Rev2, as it was"), "{out}");

    fs::create_dir_all(shell.path("papers.d/more")).unwrap();
    for name in ["papers.d/a.md", "papers.d/more/b.txt", "papers.d/picture.png"] {
        fs::write(shell.path(name), "Article 1\n\nWords.\n").unwrap();
    }
    fs::write(shell.path("papers.d/empty.md"), "").unwrap();
    assert_eq!(in_process(&shell, &["import", "lights", "papers.d", "--label", "X"]).0, 1);
    let (status, out, err) = in_process(&shell, &["import", "lights", "papers.d"]);
    assert_eq!(status, 1, "one of them is empty");
    assert!(out.contains("a.md") && out.contains("b.txt") && !out.contains("picture"), "{out}");
    assert!(err.contains("empty.md is empty"), "{err}");

    fs::write(shell.path("locked.trial"), "TRIAL\npassword: sesame\n---\nArticle 1\n\nWords.\n").unwrap();
    let (status, _, err) = in_process(&shell, &["import", "lights", "locked.trial"]);
    assert!(status == 1 && err.contains("asks for a password; give it with --password-stdin"), "{err}");
    let (status, _, err) = in_process(&shell, &["text", "locked.trial", "--password", "no"]);
    assert!(status == 1 && err.contains("this password does not open it"), "{err}");
    let (status, _, err) = in_process(&shell, &["import", "lights", "locked.trial", "--password", "no"]);
    assert!(status == 1 && err.contains("this password does not open it"), "{err}");
    let (status, ..) = in_process(&shell, &["import", "lights", "locked.trial", "--password", "sesame"]);
    assert_eq!(status, 0);
    // From standard input, where nobody else sees it; a file that needs none is read all the same.
    let mut command = Command::new(env!("CARGO_BIN_EXE_travaux"));
    command.current_dir(shell.place.path()).env("TRAVAUX_HOME", shell.path("home"));
    command.args(["text", "first.txt", "--password-stdin"]).write_stdin("sesame\n").assert().success();
    assert_eq!(shell.fails(&["text", "first.txt", "--column", "0"], 2).matches("panicked").count(), 0);
}

#[test]
fn help_and_readme_name_every_format() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap().to_lowercase();
    let help = Shell::new().done(&["import", "--help"]).split_whitespace().collect::<Vec<_>>().join(" ");
    for importer in travaux::import::IMPORTERS {
        assert!(readme.contains(&importer.name.to_lowercase()), "README.md does not name {}", importer.name);
        assert!(help.contains(&format!("{} (.{}", importer.name, importer.extensions[0])), "{help}");
    }
}

const CONCERNS: &str = "\
Concerns — 🗼

Missing Human Rights Safeguards: Article 1(2)(b) lacks any limit. Delete Article 1(2)(b) and limit Article 1(1) to Article 3.
";

#[test]
fn what_a_commentary_suggests_is_listed_and_taken() {
    let shell = Shell::with_project();
    fs::write(shell.path("concerns.txt"), CONCERNS).unwrap();
    let text: Vec<char> = shell.done(&["text", "concerns.txt"]).chars().collect();
    let listed = |arguments: &[&str]| -> Vec<Value> {
        let all = [&["commentary", "lights", "Rev.1", "concerns.txt", "--json"], arguments].concat();
        serde_json::from_str(&shell.done(&all)).unwrap()
    };
    let found = listed(&[]);
    assert_eq!(found.len(), 3, "{found:#?}");
    for s in &found {
        let at = |of: &Value, n: &str| of[n].as_u64().unwrap() as usize;
        let words: String = text[at(s, "start")..at(s, "end")].iter().collect();
        assert_eq!(words, s["note"].as_str().unwrap());
        assert_eq!(s["state"], "waiting");
        assert_eq!(s["headings"][0], "Missing Human Rights Safeguards");
        assert_eq!(s["concerns"][0]["tag"], "HR");
    }
    assert_eq!((&found[0]["citations"][0], &found[0]["kind"]), (&Value::from("1(2)(b)"), &Value::from("absence")));
    assert_eq!(found[1]["recommendation"]["action"], "delete");
    assert_eq!(found[2]["recommendation"]["targets"][0], "Article 3");
    assert_eq!(
        (&found[2]["resolves"]["how"], &found[2]["resolves"]["provisions"][0]),
        (&"exact".into(), &"1(1)".into())
    );

    // Listing has changed nothing; taking does, once.
    assert!(!shell.path("lights/commentaries").exists());
    for _ in 0..2 {
        assert!(listed(&["--accept-all"]).iter().all(|s| s["state"] == "accepted"));
    }
    let exported = shell.path("out.ron");
    shell.done(&["export", "lights", "--format", "annotations", "--out", "out.ron"]);
    let notes = fs::read_to_string(exported).unwrap();
    assert_eq!(notes.matches("commentary: \"").count(), 3, "{notes}");
    assert!(notes.contains("Missing Human Rights Safeguards"), "{notes}");
    assert!(shell.path("lights/commentaries/concerns/source.txt").is_file());
    let plain = shell.done(&["commentary", "lights", "Rev.1", "concerns.txt"]);
    assert!(plain.starts_with("1(2)(b)  [HR]  (accepted, absence)\n"), "{plain}");
    assert!(plain.ends_with("3 suggestions, 0 waiting\n"), "{plain}");
    assert!(shell.done(&["check", "lights"]).contains("Everything is in order"));
    let refused = shell.run(&["commentary", "lights", "Rev.9", "concerns.txt"]);
    assert_eq!(refused.status.code(), Some(1));
}

/// The next draft: an article put in, one renumbered and edited, one gone.
const NEXT: &str = "\
Draft convention on lighthouses 🗼 (é)
A/LIGHT/2

PREAMBLE

Recalling that light — lumière — is owed to all who sail,

CHAPTER I
GENERAL PROVISIONS

Article 1
Purpose

The purpose of this Convention is to keep ships off the rocks.

Article 2
Keepers

1. Each Party shall name a keeper 🔒 and a deputy for every light.
2. A keeper shall:
(a) record every ship;
(b) hand the records over
on request. [agreed ad referendum]
";

/// A quote of the first draft as `travaux carry` is asked about it.
fn quote(id: &str, words: &str) -> String {
    let at = DRAFT.find(words).unwrap();
    let start = DRAFT[..at].chars().count();
    let end = start + words.chars().count();
    format!(r#"{{"id": "{id}", "start": {start}, "end": {end}, "exact": {words:?}}}"#)
}

#[test]
fn quotes_are_carried_between_bare_files() {
    let shell = Shell::new();
    fs::write(shell.path("next.txt"), NEXT).unwrap();
    let list = [
        quote("kept", "hand the records over\non request"),
        quote("edited", "name a keeper 🔒 for every light"),
        quote("gone", "Records are kept for thirty days"),
    ];
    fs::write(shell.path("quotes.json"), format!("[{}]", list.join(","))).unwrap();
    let out = shell.done(&["carry", "first.txt", "next.txt", "--quotes", "quotes.json", "--json"]);
    let answers: Vec<Value> = serde_json::from_str(&out).unwrap();
    assert_eq!(answers[0]["verdict"], "renumbered");
    assert_eq!(answers[0]["places"][0]["citation"], "2(2)(b)");
    assert_eq!(answers[1]["verdict"], "edited");
    let place = &answers[1]["places"][0];
    assert_eq!(place["exact"], "name a keeper 🔒 and a deputy for every light");
    // Code points of what is printed.
    let (start, end) = (place["start"].as_u64().unwrap() as usize, place["end"].as_u64().unwrap() as usize);
    let printed: Vec<char> = shell.done(&["text", "next.txt"]).chars().collect();
    assert_eq!(printed[start..end].iter().collect::<String>(), place["exact"].as_str().unwrap());
    assert_eq!((answers[2]["verdict"].as_str(), answers[2]["places"].as_array().unwrap().len()), (Some("deleted"), 0));
}

#[test]
fn quotes_that_stand_elsewhere_or_are_none_are_refused() {
    let shell = Shell::new();
    fs::write(shell.path("next.txt"), NEXT).unwrap();
    let refused = |quotes: &str| {
        fs::write(shell.path("quotes.json"), quotes).unwrap();
        let out = shell.run(&["carry", "first.txt", "next.txt", "--quotes", "quotes.json"]);
        assert_eq!(out.status.code(), Some(1));
        assert!(out.stdout.is_empty());
        String::from_utf8(out.stderr).unwrap()
    };
    assert!(
        refused(r#"[{"id": 7, "start": 3, "end": 9, "exact": "other"}]"#)
            .contains("the quote 7 does not stand where it says: quotes.json")
    );
    assert!(refused(r#"[{"id": "far", "start": 3, "end": 999999}]"#).contains("the quote far does not stand"));
    assert!(refused(r#"[{"id": "turned", "start": 9, "end": 3}]"#).contains("the quote turned does not stand"));
    assert!(refused("{").contains("line 1") && refused("{").contains("quotes.json"));
    assert!(refused("").lines().count() == 1);
    fs::write(shell.path("quotes.json"), "[]").unwrap();
    let out = shell.run(&["carry", "first.txt", "nowhere.txt", "--quotes", "quotes.json"]);
    assert!(String::from_utf8(out.stderr).unwrap().contains("nowhere.txt"));
}

#[test]
fn two_bare_files_are_compared() {
    let shell = Shell::new();
    fs::write(shell.path("next.txt"), NEXT).unwrap();
    let out = shell.done(&["compare", "first.txt", "next.txt"]);
    assert!(out.contains("Article 1 -> Article 2  renumbered, edited"), "{out}");
    assert!(out.contains("- -> Article 1  new") && out.contains("Article 3 -> -  deleted"), "{out}");
    let answer: Value = serde_json::from_str(&shell.done(&["compare", "first.txt", "next.txt", "--json"])).unwrap();
    let clauses = answer["clauses"].as_array().unwrap();
    let lifted = clauses.iter().find(|c| c["brackets_lifted"] == 1).unwrap();
    assert_eq!(lifted["change"], "edited");
    let put_in: Vec<&str> = clauses
        .iter()
        .flat_map(|c| c["redline"].as_array().unwrap())
        .filter(|r| r["stroke"] == "put in")
        .map(|r| r["text"].as_str().unwrap())
        .collect();
    assert!(put_in.contains(&"and a deputy "), "{put_in:?}");
    shell.done(&["compare", "first.txt", "next.txt", "--html", "red.html", "--out", "table.csv"]);
    let page = fs::read_to_string(shell.path("red.html")).unwrap();
    assert!(page.contains("<ins>and a deputy </ins>") && !page.contains("moved here"), "{page}");
    assert!(fs::read_to_string(shell.path("table.csv")).unwrap().contains("Article 1,Keepers,Article 2,Keepers"));
    let out = shell.run(&["compare", "first.txt", "next.txt", "--out", "table.pdf"]);
    assert!(String::from_utf8(out.stderr).unwrap().contains(".csv, .xlsx, .md"));
}

#[test]
fn annotations_are_carried_from_draft_to_draft() {
    let shell = Shell::with_project();
    let second = DRAFT
        .replace("A/LIGHT/1", "A/LIGHT/2")
        .replace("4 May", "9 June")
        .replace("Article 3\n", "Article 4\n")
        .replace("2. A keeper shall:\n(a) record [every] ship;\n", "2. A keeper shall:\n(a) record ships by night;\n");
    fs::write(shell.place.path().join("second.txt"), second).unwrap();
    shell.done(&["import", "lights", "second.txt", "--label", "Rev.2"]);
    for (quote, target) in [("thirty days", "Article 3(1)"), ("name a keeper 🔒", "Article 1")] {
        let words =
            ["annotate", "lights", "--draft", "Rev.1", "--quote", quote, "--recommend", "amend", "--target", target];
        shell.done(&words);
    }
    let way = ["carry", "lights", "--from", "Rev.1", "--to", "Rev.2"];
    let json = [&way[..], &["--json"]].concat();
    let list: Value = serde_json::from_str(&shell.done(&json)).unwrap();
    let days = list.as_array().unwrap().iter().find(|a| a["exact"] == "thirty days").unwrap();
    assert_eq!(
        (&days["verdict"], &days["old"], &days["new"]),
        (&"renumbered".into(), &"Article 3(1)".into(), &"Article 4(1)".into())
    );
    assert_eq!(days["why"], "same words, renumbered");
    assert_eq!(days["recommendation"][0][1], "Article 4(1)");
    assert_eq!(days["reviewed"], false);
    let said = shell.done(&way);
    assert!(said.contains("Article 3(1) -> Article 4(1)  renumbered"), "{said}");
    assert!(said.contains("2 annotations would be carried"), "{said}");
    let applied = shell.done(&[&way[..], &["--apply"]].concat());
    assert!(applied.contains("2 annotations carried"), "{applied}");
    shell.done(&["check", "lights"]);
    let files = fs::read_dir(shell.place.path().join("lights/annotations")).unwrap();
    let text: String = files.map(|f| fs::read_to_string(f.unwrap().path()).unwrap()).collect();
    assert!(text.contains("state: carried(from:"), "{text}");
    let wrong = shell.run(&["carry", "lights", "--from", "Rev.1", "--to", "Rev.9"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert_eq!(shell.run(&["carry", "lights", "--from", "Rev.1"]).status.code(), Some(2));
}

#[test]
fn where_concerns_stand_is_counted() {
    let shell = Shell::with_project();
    let remark = |words: &str, concern: &str, severity: &str| {
        shell.done(&[
            "annotate",
            "lights",
            "--draft",
            "Rev.1",
            "--quote",
            words,
            "--concern",
            concern,
            "--severity",
            severity,
            "--as",
            "Ines",
        ]);
    };
    remark("thirty days", "DP", "high");
    remark("ninety", "Onward transfer and reuse", "low");
    let answer = shell.json(&["matrix", "lights", "--rows", "concern", "--columns", "article", "--format", "json"]);
    assert_eq!(keys(&answer), ["cells", "columns", "count", "draft", "of", "page", "rows"]);
    assert_eq!((answer["count"].as_u64(), answer["draft"].as_str()), (Some(2), Some("Rev.1")));
    let head =
        |list: &str, at: &Value| -> Value { answer[list][usize::try_from(at.as_u64().unwrap()).unwrap()].clone() };
    let cells: Vec<String> = answer["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| {
            let (row, column) = (head("rows", &cell["row"]), head("columns", &cell["column"]));
            format!("{} {} {} {}", row["tag"], column["name"], cell["count"], cell["worst"])
        })
        .collect();
    // The child counts in its parent as well.
    assert_eq!(cells.len(), 2, "{cells:?}");
    assert!(cells[0].starts_with("\"DP\"") && cells[0].ends_with("2 \"high\""), "{cells:?}");
    assert!(cells[1].starts_with("\"OT\"") && cells[1].ends_with("1 \"low\""), "{cells:?}");
    let csv = shell.done(&["matrix", "lights", "--rows", "analyst", "--columns", "severity", "--without-empty"]);
    assert_eq!(csv.trim_start_matches('\u{feff}').lines().next(), Some("analysts,low,high,all"));
    assert!(csv.contains("Ines,1,1,2"), "{csv}");
    let coverage = shell.json(&["matrix", "lights", "--page", "coverage", "--format", "json"]);
    let states: Vec<&str> =
        coverage["articles"].as_array().unwrap().iter().map(|a| a["state"].as_str().unwrap()).collect();
    assert!(states.contains(&"looked at") && states.contains(&"not looked at"), "{states:?}");
    let say =
        |more: &[&str]| shell.done(&[&["annotate", "lights", "--draft", "Rev.1", "--concern", "LG"], more].concat());
    say(&["--citation", "1(2)(a)", "--present"]);
    say(&["--citation", "3", "--not-needed"]);
    let safeguards = shell.json(&["matrix", "lights", "--page", "safeguards", "--format", "json"]);
    assert_eq!(safeguards["columns"].as_array().unwrap().len(), 11);
    let cells = safeguards["cells"].as_array().unwrap();
    assert_eq!(cells.iter().map(|c| c["state"].as_str().unwrap()).collect::<Vec<_>>(), ["present", "not needed"]);
    assert_eq!((&cells[0]["present"][0], &cells[0]["present_says"][0]), (&"Article 1(2)(a)".into(), &"Ines".into()));
    for name in ["m.csv", "m.xlsx", "m.md", "m.svg", "m.png", "m.json"] {
        shell.done(&["matrix", "lights", "--out", name]);
        assert!(fs::metadata(shell.path(name)).unwrap().len() > 100, "{name}");
    }
    assert!(shell.fails(&["matrix", "lights", "--format", "png"], 1).contains("--out"));
    assert!(shell.fails(&["matrix", "lights", "--rows", "article"], 1).contains("cannot stand against"));
    assert!(shell.fails(&["matrix", "lights", "--draft", "Rev.9"], 1).contains("Rev.9"));
    assert!(shell.fails(&["matrix", "lights", "--analyst", "Nobody"], 1).contains("Nobody"));
    assert!(shell.fails(&["matrix", "lights", "--rows", "sentence"], 2).contains("concern, article, chapter"));
}

#[test]
fn annotations_are_shared_seen_before_and_opened_by_passphrase() {
    let shell = Shell::with_project();
    let note = |quote: &str, text: &str, severity: &str| {
        let said = ["annotate", "lights", "--draft", "Rev.1", "--quote", quote, "--note", text, "--as", "Ines Marín"];
        shell.done(&[said.as_slice(), &["--severity", severity, "--concern", "SC"]].concat());
    };
    note("a keeper 🔒 for every light", "Too many", "high");
    note("thirty days", "Ines says ninety", "low");

    let told = shell.done(&["share", "lights", "--preview"]);
    for line in [
        "By: Ines Marín: 2 annotations, the whole set",
        "Note: Too many",
        "Not in the file",
        "“a keeper 🔒 for every light”",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let bad = shell.json(&[
        "share",
        "lights",
        "--preview",
        "--json",
        "--severity",
        "high",
        "--pseudonyms",
        "--without-notes",
    ]);
    assert_eq!((bad["annotations"].as_u64(), bad["left_behind"].as_u64()), (Some(1), Some(1)));
    assert_eq!(bad["analysts"][0]["name"], "Analyst A");
    assert_eq!(bad["analysts"][0]["annotations"][0]["note"], "");
    assert_eq!(bad["analysts"][0]["annotations"][0]["places"][0]["exact"], "a keeper 🔒 for every light");
    let by_words = shell.json(&["share", "lights", "--preview", "--json", "--filter", "ninety OR thirty"]);
    assert_eq!(by_words["annotations"], 1, "{by_words}");
    let masked = shell.json(&["share", "lights", "--out", "masked.ron", "--pseudonyms", "--json"]);
    assert!(masked["cautions"][0].as_str().unwrap().contains("“Ines Marín”"), "{masked}");
    assert!(!fs::read_to_string(shell.path("masked.ron")).unwrap().contains("Marín"));

    let said = shell.done(&["share", "lights", "--out", "ines.annotations.ron"]);
    assert_eq!(said, "Wrote ines.annotations.ron: 2 annotations by Ines Marín\n");
    fs::write(shell.path("phrase"), "correct horse\r\nsecond line\n").unwrap();
    let sealed = ["share", "lights", "--out", "ines.age", "--encrypt", "--passphrase-file", "phrase"];
    shell.done(&sealed);
    assert!(fs::read(shell.path("ines.age")).unwrap().starts_with(b"age-encryption.org/v1"));

    shell.done(&["new", "other", "--title", "Other"]);
    shell.done(&["import", "other", "first.txt", "--label", "Rev.1"]);
    let refused = shell.fails(&["import-annotations", "other", "ines.age"], 1);
    assert!(refused.contains("encrypted and needs its passphrase"), "{refused}");
    fs::write(shell.path("wrong"), "wrong horse").unwrap();
    let refused = shell.fails(&["import-annotations", "other", "ines.age", "--passphrase-file", "wrong"], 1);
    assert!(refused.contains("The passphrase does not open the file") && !refused.contains("horse"), "{refused}");
    let taken = shell.done(&["import-annotations", "other", "ines.age", "--passphrase-file", "phrase"]);
    assert!(taken.contains("2 annotations by Ines Marín, 2 on the same words"), "{taken}");

    // A plan of it, where it is merged instead; what is there already is said to be.
    shell.done(&["new", "third", "--title", "Third"]);
    shell.done(&["import", "third", "first.txt", "--label", "Rev.1"]);
    let refused = shell.fails(&["merge", "third", "ines.age"], 1);
    assert!(refused.contains("needs its passphrase"), "{refused}");
    let merge = ["merge", "third", "ines.age", "--passphrase-file", "phrase", "--json"];
    assert_eq!(shell.json(&merge)[0]["annotations"].as_array().map(Vec::len), Some(2));
    shell.done(&[merge.as_slice(), &["--apply"]].concat());
    assert_eq!(shell.json(&merge)[0]["changes"], false);

    for (arguments, words) in [
        (vec!["--analyst", "Nobody", "--preview"], "no analyst “Nobody”"),
        (vec!["--draft", "Rev.9", "--preview"], "no draft “Rev.9”"),
        (vec!["--concern", "nothing", "--preview"], "no one concern"),
        (vec!["--filter", "(", "--preview"], "cannot be understood"),
        (vec!["--filter", " ", "--preview"], "the question is empty"),
        (vec!["--status", "agreed", "--preview"], "nothing passes"),
        (vec!["--out", "x", "--passphrase-file", "phrase"], "not --encrypt"),
        (vec!["--out", "nowhere/x.ron"], "its folder is not there"),
    ] {
        let all = [["share", "lights"].as_slice(), &arguments].concat();
        let said = shell.fails(&all, 1);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    shell.fails(&["share", "lights"], 2);
    shell.fails(&["share", "lights", "--out", "x", "--encrypt"], 2);
    assert!(!shell.path("x").exists());
}

/// A project with two drafts and a remark on each.
fn with_remarks() -> Shell {
    let shell = Shell::with_project();
    fs::write(shell.path("second.txt"), DRAFT.replace("A/LIGHT/1", "A/LIGHT/2").replace("thirty", "sixty")).unwrap();
    shell.done(&["import", "lights", "second.txt", "--label", "Rev.2"]);
    let note = "Too long: half of it would do.";
    let words = ["--note", note, "--severity", "high", "--recommend", "amend", "--proposed", "for thirty days"];
    let draft =
        ["annotate", "lights", "--draft", "Rev.2", "--quote", "for sixty days", "--concern", "SC", "--as", "Ines"];
    shell.done(&[&draft[..], &words[..]].concat());
    shell
}

#[test]
fn a_paper_is_written() {
    let shell = with_remarks();
    for kind in ["article", "thematic", "amendments", "delegate", "concordance", "outcomes"] {
        let name = format!("{kind}.md");
        let said = shell.done(&["report", "lights", "--kind", kind, "--out", &name]);
        assert_eq!(said, format!("Wrote {name}\n"));
        let words = if kind == "outcomes" { "What became of our concerns" } else { "Article 3" };
        assert!(fs::read_to_string(shell.path(&name)).unwrap().contains(words), "{kind}");
    }
    let written = fs::read_to_string(shell.path("article.md")).unwrap();
    assert!(written.contains("Too long: half of it would do.") && written.contains("A/LIGHT/2"), "{written}");
    // In every format.
    for ending in ["docx", "html", "xlsx"] {
        let name = format!("paper.{ending}");
        shell.done(&["report", "lights", "--kind", "amendments", "--language", "fr", "--style", "un", "--out", &name]);
        assert!(fs::metadata(shell.path(&name)).unwrap().len() > 1000, "{ending}");
    }
    shell.done(&["report", "lights", "--kind", "article", "--title", "Our words", "--out", "ours.md"]);
    assert!(fs::read_to_string(shell.path("ours.md")).unwrap().contains("Our words"));
    let front =
        "(title: \"On {instrument}\", organisation: \"Desk\", date: \"2026-05-01\", introduction: \"We *ask*.\")";
    fs::write(shell.path("front.ron"), front).unwrap();
    shell.done(&["report", "lights", "--kind", "thematic", "--front", "front.ron", "--out", "front.md"]);
    let written = fs::read_to_string(shell.path("front.md")).unwrap();
    for words in ["On Lighthouses", "Desk", "1 May 2026"] {
        assert!(written.contains(words), "{words} in {written}");
    }
    shell.done(&["report", "lights", "--kind", "article", "--filter", "severity:low", "--out", "none.md"]);
    assert!(!fs::read_to_string(shell.path("none.md")).unwrap().contains("Too long"));
    // Rev.1 has no remark.
    shell.done(&["report", "lights", "--kind", "article", "--draft", "Rev.1", "--out", "first.md"]);
    assert!(!fs::read_to_string(shell.path("first.md")).unwrap().contains("Too long"));
}

#[test]
fn what_is_wrong_with_a_paper_is_said_in_one_sentence() {
    let shell = with_remarks();
    let report = |more: &[&str], status: i32| {
        let said = shell.fails(&[&["report", "lights"][..], more].concat(), status);
        assert!(!shell.path("x.md").exists());
        said
    };
    assert!(report(&["--kind", "poem", "--out", "x.md"], 2).contains("article, thematic, amendments"));
    assert!(report(&["--out", "x.md"], 2).contains("--kind"));
    assert!(report(&["--kind", "article", "--out", "x.poem"], 1).contains("ends in one of"));
    assert!(report(&["--kind", "article", "--draft", "Rev.9", "--out", "x.md"], 1).contains("Rev.9"));
    assert!(report(&["--kind", "article", "--filter", "(fog", "--out", "x.md"], 1).contains("not understood"));
    assert!(report(&["--name", "Brief", "--out", "x.md"], 1).contains("no submission of the project is called"));
    assert!(report(&["--kind", "article", "--language", "tlh", "--out", "x.md"], 2).contains("en, fr, es, ru, ar, zh"));
    assert!(report(&["--kind", "article", "--template", "first.txt", "--out", "x.md"], 1).contains("no DOCX"));
    assert!(report(&["--kind", "article", "--front", "first.txt", "--out", "x.md"], 1).contains("first.txt"));
    fs::write(shell.path("front.ron"), "(logo: \"first.txt\")").unwrap();
    assert!(report(&["--kind", "article", "--front", "front.ron", "--out", "x.md"], 1).contains("PNG or an SVG"));
    assert!(report(&["--kind", "article", "--out", "nowhere/x.md"], 1).contains("its folder is not there"));
    assert!(report(&["--kind", "concordance", "--draft", "Rev.1", "--out", "x.md"], 1).contains("--since"));
    for words in [["--organisation", "Desk"], ["--filter", "fog"]] {
        let said = report(&[&["--kind", "outcomes", "--out", "x.md"], &words[..]].concat(), 1);
        assert!(said.contains("are for submissions"), "{said}");
    }
    // The file that was there stays.
    fs::write(shell.path("kept.md"), "kept").unwrap();
    shell.fails(&["report", "lights", "--kind", "article", "--filter", "(fog", "--out", "kept.md"], 1);
    assert_eq!(fs::read_to_string(shell.path("kept.md")).unwrap(), "kept");
}
