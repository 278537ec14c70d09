//! Opening a project of 10 drafts of 300 kB and 20,000 annotations, and keeping one edit; each beside its yardstick in
//! the same run: the same files read and parsed into bare RON values, and one line appended and waited for.

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use travaux::model::{
    Action, Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Concern, ConcernId,
    Draft, DraftDetails, DraftId, Edit, Outline, Project, ProjectDetails, ProjectId, Provision, ProvisionIndex,
    ProvisionKind, Reach, Recommendation, Severity, Swatch, TextRange,
};
use travaux::storage::{self, Holder};

const DRAFTS: u128 = 10;
const DRAFT_BYTES: usize = 300_000;
const ANNOTATIONS: usize = 20_000;

fn open(c: &mut Criterion) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let folder = home.path().join("project");
    let project = project();
    storage::create(&folder, &project, &holder()).and_then(|s| s.close(&project)).expect("a project");
    let files = files(&folder);
    let total: u64 = files.iter().map(|f| fs::metadata(f).map_or(0, |m| m.len())).sum();
    println!("{} files, {:.1} MB", files.len(), total as f64 / 1e6);

    let mut group = c.benchmark_group("open");
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    group.bench_function("project", |b| {
        b.iter(|| storage::open(&folder, &holder(), holder().since).expect("the project").project.sets.len());
    });
    group.bench_function("yardstick: read the bytes", |b| {
        b.iter(|| files.iter().map(|f| fs::read(f).map_or(0, |bytes| bytes.len())).sum::<usize>());
    });
    group.bench_function("yardstick: read and parse to bare RON values", |b| {
        b.iter(|| {
            let texts = files.iter().filter_map(|f| fs::read_to_string(f).ok().map(|text| (f, text)));
            texts.filter(|(f, text)| f.extension().is_none_or(|e| e != "ron") || bare(text).is_ok()).count()
        });
    });
    group.finish();

    let mut group = c.benchmark_group("one edit");
    group.sample_size(30).measurement_time(Duration::from_secs(5));
    let mut opened = storage::open(&folder, &holder(), holder().since).expect("the project");
    let (analyst, annotation) =
        opened.project.annotations().map(|(a, n)| (a, n.clone())).next().expect("an annotation");
    let edit = [Edit::PutAnnotation { analyst, id: annotation.id, annotation: Some(Box::new(annotation)) }];
    group.bench_function("recorded", |b| b.iter(|| opened.store.record(&edit).expect("recorded")));
    let mut plain = fs::File::create(home.path().join("plain")).expect("a file");
    group.bench_function("yardstick: 1 kB appended and waited for", |b| {
        b.iter(|| plain.write_all(&[b'x'; 1000]).and_then(|()| plain.sync_data()).expect("written"));
    });
    group.bench_function("checkpoint taken (on the caller's thread)", |b| {
        b.iter(|| {
            opened.store.record(&edit).expect("recorded");
            opened.store.checkpoint(&opened.project).expect("taken")
        });
    });
    group.finish();
    let mut group = c.benchmark_group("save");
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    group.bench_function("one changed set, written", |b| {
        b.iter(|| {
            opened.store.record(&edit).expect("recorded");
            let written =
                opened.store.checkpoint(&opened.project).and_then(storage::Checkpoint::write).expect("written");
            opened.store.finished(written);
        });
    });
    group.finish();
}

fn bare(text: &str) -> Result<ron::Value, ron::error::SpannedError> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text)
}

fn holder() -> Holder {
    Holder { name: "Bench".into(), machine: "bench".into(), process: 1, since: Timestamp::UNIX_EPOCH }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).into_iter().flatten().flatten() {
            let path = entry.path();
            if !path.is_dir() {
                found.push(path);
            } else if !path.ends_with(".travaux") {
                folders.push(path);
            }
        }
    }
    found
}

fn project() -> Project {
    let details = ProjectDetails {
        title: "Bench".into(),
        instrument: "Convention on Benches".into(),
        ..ProjectDetails::default()
    };
    let mut project = Project::new(ProjectId(1), details);
    project.drafts = (0..DRAFTS).map(|d| Arc::new(draft(DraftId(d)))).collect();
    project.codebook.concerns = (0..16).map(concern).collect();
    for analyst in 0..4_u128 {
        let mut set = AnnotationSet::of(Analyst { id: AnalystId(analyst), name: format!("Analyst {analyst}") });
        for n in 0..ANNOTATIONS / 4 {
            let annotation = annotation(&project, n + analyst as usize * ANNOTATIONS);
            set.annotations.insert(annotation.id, annotation);
        }
        project.sets.insert(set.analyst.id, set);
    }
    project
}

fn draft(id: DraftId) -> Draft {
    let mut text = String::with_capacity(DRAFT_BYTES + 400);
    let mut outline = Outline::default();
    let mut article = 0;
    while text.len() < DRAFT_BYTES {
        article += 1;
        let parent = outline.provisions.len() as u32;
        let start = text.len();
        text.push_str(&format!("Article {article}\nOn bench number {article}\n\n"));
        let label_range = TextRange::new(start, start + 8);
        outline.blocks.push(TextRange::new(start, text.len() - 2));
        outline.provisions.push(provision(ProvisionKind::Article, "Article", article, label_range, None, parent + 5));
        for paragraph in 1..=4_u32 {
            let start = text.len();
            text.push_str(&format!(
                "{paragraph}. Each Party of draft {} shall keep bench {article} dry, as far as the weather and its own \
                 law permit, and shall report on the state of its wood every {paragraph} years to the meeting of all.",
                id.0
            ));
            let range = TextRange::new(start, text.len());
            let mut new = provision(
                ProvisionKind::Paragraph,
                "",
                paragraph,
                TextRange::new(start, start + 2),
                Some(parent),
                parent + paragraph + 1,
            );
            new.range = range;
            outline.provisions.push(new);
            outline.blocks.push(range);
            outline.provisions[parent as usize].range = TextRange::new(label_range.start, text.len());
            text.push_str("\n\n");
        }
    }
    let details =
        DraftDetails { label: format!("Draft {}", id.0), symbol: format!("B/{}", id.0), ..DraftDetails::default() };
    Draft::new(id, format!("draft-{}", id.0), details, &text, outline)
}

fn provision(
    kind: ProvisionKind,
    word: &str,
    number: u32,
    label_range: TextRange,
    parent: Option<u32>,
    subtree_end: u32,
) -> Provision {
    Provision {
        kind,
        label: format!("{word} {number}"),
        number: number.to_string(),
        label_range,
        heading: parent.is_none().then(|| format!("On bench number {number}")),
        heading_range: None,
        range: label_range,
        parent: parent.map(ProvisionIndex),
        subtree_end,
        ordinal: 0,
    }
}

fn concern(n: u128) -> Concern {
    Concern {
        id: ConcernId(n),
        tag: format!("C{n}"),
        name: format!("Concern {n}"),
        definition: "The wood gets wet because nobody is bound to cover it.".into(),
        look_for: "shall, may, as far as".into(),
        swatch: Swatch::ALL[n as usize % Swatch::ALL.len()],
        key: None,
        parent: None,
        retired: false,
        safeguard: false,
        same_as: Default::default(),
    }
}

fn annotation(project: &Project, n: usize) -> Annotation {
    let draft = &project.drafts[n % project.drafts.len()];
    let start = n * 7919 % (DRAFT_BYTES - 200);
    let anchor = Anchor::new(&draft.text, &draft.outline, TextRange::new(start, start + 40 + n % 80), Reach::Words);
    let id = (n as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    let mut annotation =
        Annotation::new(AnnotationId(id), AnnotationKind::Remark, draft.id, anchor, Timestamp::UNIX_EPOCH);
    annotation.concerns.extend([ConcernId(n as u128 % 16), ConcernId(n as u128 % 5)]);
    annotation.severity = Severity::from_step((n % 5) as u8);
    annotation.note =
        format!("Note {n}: the meeting can't know whether the wood is dry; \"as far as\" takes it all back.");
    if n.is_multiple_of(4) {
        let recommendation = Recommendation { targets: vec!["Article 5".into()], ..Recommendation::to(Action::Limit) };
        annotation.recommendation = Some(recommendation);
    }
    annotation
}

criterion_group!(benches, open);
criterion_main!(benches);
