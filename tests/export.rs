//! Files out: golden tables and texts, and that no note can do harm in them.

#![allow(clippy::unwrap_used, reason = "a test may end in a panic")]

#[path = "support/projects.rs"]
mod projects;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use tempfile::TempDir;
use travaux::citation;
use travaux::export::{EXPORTERS, ExportError, ExportRequest, Exporter, write_file};
use travaux::model::cell::unguarded;
use travaux::model::{
    AnalystId, Annotation, AnnotationId, CitationStyle, CommentaryId, DraftId, Origin, Placement, Project,
    Recommendation, Severity, TextRange,
};
use travaux::storage::{self, Holder};

fn exporter(id: &str) -> &'static Exporter {
    EXPORTERS.iter().find(|e| e.id == id).unwrap()
}

fn everything(project: &Project) -> ExportRequest<'_> {
    ExportRequest { project, draft: None, analysts: None, cite: citation::print_opening }
}

fn export(id: &str, request: &ExportRequest<'_>) -> String {
    String::from_utf8((exporter(id).write)(request).unwrap().bytes).unwrap()
}

/// The project of `tests/compat` with a few remarks that try to break out.
fn harbour() -> Project {
    let home = TempDir::new().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat/version_1/project");
    copy(&from, home.path());
    let now = "2026-05-03T14:20:07Z".parse().unwrap();
    let holder = Holder { name: "Test".into(), machine: "test".into(), process: 1, since: now };
    let mut project = storage::open(home.path(), &holder, now).unwrap().project;
    let set = project.sets.get_mut(&AnalystId(0xa1)).unwrap();
    let model: Annotation = set.annotations[&AnnotationId(1)].clone();
    let hostile = [
        (10, "=HYPERLINK(\"http://evil.example\";\"click\")"),
        (11, "# Not a heading\n\n---\n```\n<script>alert(1)</script>\n| a | b |\n|---|---|"),
        (12, "1. not a list\n- nor this\n[nor](http://evil.example) *nor* this"),
        (13, "\tA tab first; \"quotes\", and\r\na line end"),
    ];
    for (id, note) in hostile {
        let mut annotation = Annotation { id: AnnotationId(id), note: note.to_owned(), ..model.clone() };
        annotation.severity = Severity::from_step((id % 4) as u8 + 1);
        annotation.placements.remove(&DraftId(0xd2));
        if let Some(Placement::Made(anchor)) = annotation.placements.get_mut(&DraftId(0xd1)) {
            anchor.range = TextRange::new(150 - id as usize, 179);
        }
        annotation.recommendation = model.recommendation.clone().map(|r| Recommendation {
            targets: vec!["+1".into(), "Article [2]".into()],
            supports: "@someone".into(),
            ..r
        });
        annotation.source = (id == 12).then(|| Origin {
            commentary: CommentaryId(0xc1),
            title: "# Concerns".into(),
            author: "=Light Watch".into(),
            heading: "Fog \u{203a} Horns".into(),
            range: TextRange::new(3, 9),
        });
        set.annotations.insert(annotation.id, annotation);
    }
    project
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

/// Compares with the file in `tests/export/`; `UPDATE_GOLDEN=1` writes it anew.
fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    assert!(found == expected, "{name} is not what it was; look at it, then UPDATE_GOLDEN=1.\n{found}");
}

#[test]
fn the_table_of_a_project() {
    // Line ends are shown, so that no tool on the way turns them.
    let table = export("csv", &everything(&harbour()));
    golden("harbour.csv.txt", &table.replace('\r', "␍").replace('\u{feff}', "<BOM>"));
}

#[test]
fn the_text_of_a_project() {
    golden("harbour.md", &export("markdown", &everything(&harbour())));
}

#[test]
fn citations_are_in_the_style_of_the_project() {
    let mut project = harbour();
    project.details.citation_style = CitationStyle::Un;
    golden("harbour.un.md", &export("markdown", &everything(&project)));
    let table = export("csv", &everything(&project));
    assert!(table.contains("First draft,HL/1,\"Article 1, paragraph 1\",1. This"), "{table}");
}

#[test]
fn only_what_is_asked_for_is_exported() {
    let project = harbour();
    let one = ExportRequest {
        project: &project,
        draft: Some(DraftId(0xd2)),
        analysts: Some(BTreeSet::from([AnalystId(0xa2)])),
        ..everything(&project)
    };
    let text = export("markdown", &one);
    assert!(text.contains("李雷") && !text.contains("Zoë") && !text.contains("First draft"), "{text}");
    let rows = |table: String| csv::Reader::from_reader(table.as_bytes()).records().count();
    assert_eq!(rows(export("csv", &one)), 1);

    let none = ExportRequest { analysts: Some(BTreeSet::new()), ..one.clone() };
    assert!(export("markdown", &none).contains("No annotations"));
    assert_eq!(rows(export("csv", &none)), 0);

    let missing = ExportRequest { draft: Some(DraftId(77)), ..one };
    for exporter in EXPORTERS {
        assert_eq!((exporter.write)(&missing), Err(ExportError::NoDraft(DraftId(77))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_is_a_formula_and_none_is_lost(project in projects::projects()) {
        let table = export("csv", &everything(&project));
        let body = table.strip_prefix('\u{feff}').expect("a byte order mark");
        let mut reader = csv::ReaderBuilder::new().from_reader(body.as_bytes());
        let note_column = reader.headers().unwrap().iter().position(|h| h == "note").unwrap();
        let mut notes: Vec<String> = Vec::new();
        for record in reader.records() {
            let record = record.unwrap();
            for cell in &record {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
            }
            let note = &record[note_column];
            notes.push(unguarded(note).to_owned());
        }
        let mut expected: Vec<String> = project
            .annotations()
            .flat_map(|(_, a)| a.placements.iter().map(|_| a.note.replace('\0', "\u{fffd}")))
            .collect();
        notes.sort();
        expected.sort();
        prop_assert_eq!(notes, expected);
    }

    #[test]
    fn nothing_in_a_remark_acts_on_the_page(project in projects::projects()) {
        let text = export("markdown", &everything(&project));
        let mut drafts: BTreeSet<DraftId> = BTreeSet::new();
        for (_, annotation) in project.annotations() {
            drafts.extend(annotation.placements.keys());
        }
        let (mut titles, mut sections) = (0, 0);
        for event in Parser::new_ext(&text, Options::all()) {
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => titles += 1,
                Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => sections += 1,
                Event::Start(
                    Tag::Heading { .. } | Tag::Paragraph | Tag::BlockQuote(None) | Tag::Strong,
                )
                | Event::End(_)
                | Event::Text(_)
                | Event::SoftBreak
                | Event::HardBreak => {}
                other => prop_assert!(false, "{other:?} in\n{text}"),
            }
        }
        prop_assert_eq!((titles, sections), (1, drafts.len()), "{}", text);
    }
}

#[test]
fn a_file_is_replaced_whole_and_a_failure_is_one_sentence() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("out.csv");
    write_file(&path, b"first").unwrap();
    write_file(&path, b"second").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"second");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);

    let error = write_file(&home.path().join("none/out.csv"), b"x").unwrap_err().to_string();
    assert!(error.starts_with("Could not write the file, because its folder is not there: "), "{error}");
    let error = write_file(home.path(), b"x").unwrap_err().to_string();
    assert!(error.contains("a folder has that name"), "{error}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write_file(&path, b"third").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
