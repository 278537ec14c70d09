//! Annotations out to other programs and in again: to the character, the same bytes every time, and no bytes at all can do
//! harm. Files that other programs wrote are read where `TRAVAUX_CORPUS` names a folder with some.

#![allow(missing_docs, clippy::unwrap_used, clippy::string_add, clippy::print_stderr)]

#[path = "exchange/bad.rs"]
mod bad;
#[path = "support/bytes.rs"]
mod bytes;
#[path = "support/projects.rs"]
mod projects;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use travaux::export::{EXPORTERS, ExportRequest, Written};
use travaux::import::annotations::{Counting, Foreign, read_annotations, read_annotations_named};
use travaux::model::text::CodePoints;
use travaux::model::{
    Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationSet, Citation, ConcernId, Draft, DraftDetails,
    DraftId, Outline, Placement, Project, ProjectDetails, ProjectId, Quote, Reach, TextRange,
};

/// The formats that hold whole annotations: the exporter and the ending of the file.
pub const ROUND: [(&str, &str); 5] =
    [("qdpx", "qdpx"), ("jsonld", "jsonld"), ("hypothesis", "json"), ("csv", "csv"), ("xlsx", "xlsx")];

pub fn export(id: &str, project: &Project) -> Written {
    let cite = |c: &Citation, _| c.long();
    let request = ExportRequest { project, draft: None, analysts: None, cite };
    (EXPORTERS.iter().find(|e| e.id == id).unwrap().write)(&request).unwrap()
}

/// What a format makes of a string that it cannot hold.
fn written(format: &str, words: &str) -> String {
    match format {
        "qdpx" => words
            .chars()
            .map(|c| match c {
                '\t' | '\n' | '\r' => c,
                c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => '\u{fffd}',
                c => c,
            })
            .collect(),
        "csv" => words.replace('\0', "\u{fffd}"),
        _ => words.to_owned(),
    }
}

/// The words that a person wrote, as a format makes them.
fn as_written(format: &str, annotation: &Annotation) -> Annotation {
    let mut annotation = annotation.clone();
    let w = |words: &mut String| *words = written(format, words);
    w(&mut annotation.note);
    if let Some(r) = &mut annotation.recommendation {
        r.targets.iter_mut().chain([&mut r.proposed, &mut r.supports]).for_each(w);
    }
    if let Some(s) = &mut annotation.source {
        [&mut s.title, &mut s.author, &mut s.heading].into_iter().for_each(w);
    }
    for placement in annotation.placements.values_mut() {
        let (quote, citation) = match placement {
            Placement::Lost { quote, citation, .. } => (quote, citation),
            Placement::Made(a) | Placement::Carried { anchor: a, .. } => (&mut a.quote, &mut a.citation),
        };
        [&mut quote.exact, &mut quote.prefix, &mut quote.suffix].into_iter().for_each(w);
        *citation = Citation::from_address(&written(format, &citation.address())).unwrap();
    }
    annotation
}

/// What was read, with its positions in bytes of the project's texts.
fn rebuilt(foreign: &Foreign, project: &Project) -> BTreeMap<(AnalystId, AnnotationId), Annotation> {
    let mut found = BTreeMap::new();
    for set in &foreign.sets {
        for remark in &set.remarks {
            let mut annotation = remark.annotation.clone();
            for sighting in &remark.sightings {
                let draft = project.draft(sighting.draft).unwrap();
                let (range, quote) = match sighting.span {
                    Some((start, end)) => {
                        let range = bytes(&draft.text, sighting.counting, start, end);
                        assert_eq!(range.of(&draft.text), Some(sighting.quote.exact.as_str()));
                        (range, Quote::at(&draft.text, range))
                    }
                    None => (TextRange::default(), sighting.quote.clone()),
                };
                let anchor = Anchor { range, quote, citation: sighting.citation.clone(), reach: sighting.reach };
                annotation.placements.insert(draft.id, sighting.state.placement(anchor));
            }
            found.insert((set.analyst.id, annotation.id), annotation);
        }
    }
    found
}

fn bytes(text: &str, counting: Counting, start: usize, end: usize) -> TextRange {
    match counting {
        Counting::CodePoints => {
            let points = CodePoints::new(text);
            TextRange::new(points.to_byte(start), points.to_byte(end))
        }
        Counting::Utf16 => {
            let at = |n: usize| String::from_utf16(&text.encode_utf16().take(n).collect::<Vec<_>>()).unwrap().len();
            TextRange::new(at(start), at(end))
        }
    }
}

fn check(format: &str, ending: &str, project: &Project) {
    let once = export(format, project);
    assert_eq!(once, export(format, project), "{format} is not the same twice");
    let expected: BTreeMap<_, _> = project
        .annotations()
        .filter(|(_, a)| !a.placements.is_empty())
        .map(|(analyst, a)| ((analyst, a.id), as_written(format, a)))
        .collect();
    let foreign = match read_annotations_named(&format!("a.{ending}"), &once.bytes) {
        Ok(foreign) => foreign,
        Err(error) => {
            assert!(expected.is_empty(), "{format}: {error}");
            return;
        }
    };
    let found = rebuilt(&foreign, project);
    for (key, annotation) in &expected {
        assert_eq!(found.get(key), Some(annotation), "{format}");
    }
    assert_eq!(found.len(), expected.len(), "{format}");
    for set in &foreign.sets {
        let name = written(format, &project.sets[&set.analyst.id].analyst.name);
        assert_eq!(set.analyst.name, name, "{format}");
    }
    let circles = |said: &String| said.contains("below themselves");
    assert!(foreign.left.iter().all(circles), "{format}: {:?}", foreign.left);
}

/// A text with everything that counts otherwise elsewhere.
fn text() -> BoxedStrategy<String> {
    let piece = prop::sample::select(vec![
        "Each State Party shall ",
        "\u{1f512}",
        "\u{10348}",
        "\n",
        "على كل دولة طرف ",
        "e\u{301}",
        "中文",
        "(a) ",
        "  ",
        "=1+2",
        "\u{202e}",
    ]);
    prop::collection::vec(piece, 1..40).prop_map(|pieces| pieces.concat()).boxed()
}

/// A project whose remarks stand in its texts, several on the same words, some lost.
pub fn exchanged() -> BoxedStrategy<Project> {
    let concerns = prop::collection::vec(any::<bool>(), 3)
        .prop_flat_map(|_| (1..4_u128).map(|id| projects::concerns(ConcernId(id))).collect::<Vec<_>>());
    let ids = || vec![DraftId(1), DraftId(2)];
    let tags = || vec![ConcernId(1), ConcernId(2), ConcernId(3), ConcernId(99)];
    let annotations = |of: u128| {
        (0..4_u128).map(move |n| projects::annotations(AnnotationId(of * 2 + n), ids(), tags())).collect::<Vec<_>>()
    };
    let places = prop::collection::vec((0..1000_usize, 0..1000_usize, any::<bool>()), 16);
    ((text(), text()), concerns, (annotations(1), annotations(2)), places, (projects::words(), projects::words()))
        .prop_map(|(texts, concerns, sets, places, names)| {
            let details = ProjectDetails { title: "Exchange".into(), ..ProjectDetails::default() };
            let mut project = Project::new(ProjectId(7), details);
            for (n, text) in [(1, &texts.0), (2, &texts.1)] {
                let label = DraftDetails { label: format!("Draft {n}"), ..DraftDetails::default() };
                let draft = Draft::new(DraftId(n), format!("draft-{n}"), label, text, Outline::default());
                project.drafts.push(Arc::new(draft));
            }
            project.codebook.concerns = concerns;
            let mut places = places.iter().cycle();
            for (id, name, annotations) in [(0xa1, names.0, sets.0), (0xa2, names.1, sets.1)] {
                let mut set = AnnotationSet::of(Analyst { id: AnalystId(id), name });
                for mut annotation in annotations {
                    for (draft, placement) in &mut annotation.placements {
                        let text = project.drafts.iter().find(|d| d.id == *draft).unwrap().text.clone();
                        let &(a, b, whole) = places.next().unwrap();
                        let at = |n: usize| text.floor_char_boundary(text.len() * n / 1000);
                        let range = TextRange::new(at(a), at(b));
                        let reach = if whole { Reach::Provision } else { Reach::Words };
                        if let Placement::Made(anchor) | Placement::Carried { anchor, .. } = placement {
                            let citation = anchor.citation.clone();
                            *anchor = Anchor { citation, ..Anchor::new(&text, &Outline::default(), range, reach) };
                        }
                    }
                    set.annotations.insert(annotation.id, annotation);
                }
                project.sets.insert(AnalystId(id), set);
            }
            project
        })
        .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn annotations_come_back_as_they_went(project in exchanged()) {
        for (format, ending) in ROUND {
            check(format, ending, &project);
        }
    }

    #[test]
    fn a_codebook_comes_back_as_it_went(concerns in (1..6_u128).map(|id| projects::concerns(ConcernId(id))).collect::<Vec<_>>()) {
        let mut project = Project::new(ProjectId(7), ProjectDetails::default());
        project.codebook.concerns = concerns;
        let foreign = read_annotations_named("a.qdc", &export("qdc", &project).bytes).unwrap();
        prop_assert_eq!(foreign.concerns.len(), project.codebook.concerns.len());
        for concern in &project.codebook.concerns {
            let read = foreign.concerns.iter().find(|c| c.id == concern.id).unwrap();
            let w = |words: &str| written("qdpx", words);
            let [definition, look_for, tag] = [&concern.definition, &concern.look_for, &concern.tag].map(|s| w(s));
            prop_assert_eq!((&read.definition, &read.look_for, &read.tag), (&definition, &look_for, &tag));
            prop_assert_eq!(
                (read.swatch, read.retired, read.safeguard),
                (concern.swatch, concern.retired, concern.safeguard)
            );
            let circle = |c: &travaux::model::Concern| c.parent.is_some_and(|p| project.codebook.is_within(p, c.id));
            let known = concern.parent.filter(|p| project.codebook.get(*p).is_some());
            if !project.codebook.concerns.iter().any(circle) {
                prop_assert_eq!(read.parent, known);
            }
        }
    }
}

fn corpus() -> Option<PathBuf> {
    let corpus = std::env::var_os("TRAVAUX_CORPUS").map(|c| Path::new(&c).join("exchange")).filter(|c| c.is_dir());
    if corpus.is_none() {
        eprintln!("not tried, since TRAVAUX_CORPUS names no folder with files of other programs");
    }
    corpus
}

/// How many remarks a file has, how many have words, and how many concerns there are.
fn counts(foreign: &Foreign) -> (usize, usize, usize) {
    let remarks = || foreign.sets.iter().flat_map(|s| &s.remarks);
    let worded = remarks().filter(|r| r.sightings.iter().all(|s| !s.quote.exact.is_empty())).count();
    (remarks().count(), worded, foreign.concerns.len())
}

#[test]
fn files_that_other_programs_wrote_are_read() {
    let Some(corpus) = corpus() else { return };
    for (file, expected) in [
        ("refi-qda/skyloom-Project.qde", (8, 8, 14)),
        ("refi-qda/skyloom-TestProject.qdpx", (8, 8, 14)),
        ("taguette/codebook.qdc", (0, 0, 7)),
        ("taguette/codebook.csv", (0, 0, 7)),
        ("taguette/codebook.xlsx", (0, 0, 7)),
        ("taguette/highlights-all.csv", (82, 82, 6)),
        ("taguette/highlights-all.xlsx", (82, 82, 6)),
        ("taguette/project.sqlite3", (82, 82, 7)),
        ("hypothesis/minimal.json", (1, 1, 0)),
        ("hypothesis/wikipedia-regression-testing.json", (5, 5, 0)),
    ] {
        let foreign = read_annotations(&corpus.join(file)).unwrap();
        assert_eq!(counts(&foreign), expected, "{file}: {:?}", foreign.left);
    }
}
