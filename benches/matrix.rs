//! Where 20,000 annotations stand, counted anew: what one edit costs while the place Matrix is open.
//!
//! Ten drafts of 300 kB with some 300 articles each, 60 concerns; beside it the yardstick of going over all annotations and
//! doing nothing but look up their articles.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use travaux::model::{
    Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Codebook, Concern, ConcernId, Draft, DraftDetails,
    DraftId, Project, ProjectDetails, ProjectId, Reach, Severity, Swatch, TextRange,
};
use travaux::outline::recognize;
use travaux::workspace::{
    Axis, Beside, Command, Home, MatrixLook, MatrixPage, ProjectCommand, Rehearsal, Tasks, ViewCommand, Workspace,
};

const DRAFTS: u128 = 10;
const REMARKS: u128 = 20_000;
const CONCERNS: u128 = 60;

fn text() -> String {
    let mut text = String::from("Convention on sample data\n\n");
    for article in 1..=300 {
        if article % 20 == 1 {
            text.push_str(&format!("CHAPTER {}\nDUTIES\n\n", article / 20 + 1));
        }
        text.push_str(&format!("Article {article}\nDuties of care number {article}\n\n"));
        for paragraph in 1..=6 {
            text.push_str(&format!(
                "{paragraph}. Each Party shall take the steps number {article} and {paragraph} that are needed to keep \
                 what it holds safe, and shall tell those concerned without delay.\n\n"
            ));
        }
    }
    text
}

fn concern(n: u128) -> Concern {
    Concern {
        id: ConcernId(n + 1),
        tag: format!("{n:02}"),
        name: format!("Concern number {n}"),
        definition: String::new(),
        look_for: String::new(),
        swatch: Swatch::Blue,
        key: None,
        parent: (!n.is_multiple_of(6)).then_some(ConcernId(n - n % 6 + 1)),
        retired: false,
        safeguard: n % 6 == 1,
        same_as: Default::default(),
    }
}

fn workspace(folder: &std::path::Path) -> Workspace {
    let home = Home::at(&folder.join("home"));
    let project = folder.join("project");
    let mut workspace = Workspace::new(Box::new(Rehearsal::default()), Tasks::inline(), &home);
    workspace.run(Command::Project(ProjectCommand::SetAnalyst("Bench".into())));
    let analyst = workspace.analyst().unwrap().clone();
    let text = text();
    let outline = recognize(&text, &[]).outline;
    let details = ProjectDetails { title: "Bench".into(), ..ProjectDetails::default() };
    let mut made = Project::new(ProjectId(1), details);
    made.codebook = Codebook { concerns: (0..CONCERNS).map(concern).collect() };
    for n in 0..DRAFTS {
        let details = DraftDetails { label: format!("Rev.{n}"), ..DraftDetails::default() };
        made.drafts.push(Arc::new(Draft::new(DraftId(n + 1), format!("rev-{n}"), details, &text, outline.clone())));
    }
    let mut set = AnnotationSet::of(analyst.clone());
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    for n in 0..REMARKS {
        // Most stand in one draft, so that it is as full as it gets.
        let draft = &made.drafts[if n % 4 == 0 { (n % DRAFTS) as usize } else { 0 }];
        let start = (n as usize * 131) % (draft.text.len() - 100);
        let anchor = Anchor::new(&draft.text, &draft.outline, TextRange { start, end: start + 60 }, Reach::Words);
        let mut a = Annotation::new(AnnotationId(n + 1), AnnotationKind::Remark, draft.id, anchor, now);
        a.concerns = BTreeSet::from([ConcernId(n % CONCERNS + 1), ConcernId(n * 7 % CONCERNS + 1)]);
        a.severity = Severity::from_step((n % 5) as u8);
        set.annotations.insert(a.id, a);
    }
    made.sets.insert(analyst.id, set);
    travaux::storage::create(&project, &made, &travaux::storage::Holder::here("Bench", now))
        .unwrap()
        .close(&made)
        .unwrap();
    workspace.run(Command::Project(ProjectCommand::Open(project)));
    workspace.settle();
    workspace.run(Command::View(ViewCommand::OpenDraft(DraftId(1))));
    workspace
}

fn matrix(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = workspace(folder.path());
    let mut group = c.benchmark_group("matrix");
    group.sample_size(30);
    let base = MatrixLook::default();
    let looks = [
        ("60 concerns by 300 articles", base.clone()),
        ("articles by severity", MatrixLook { rows: Axis::Article, columns: Axis::Severity, ..base.clone() }),
        ("concerns together in a remark", MatrixLook { page: MatrixPage::Together, ..base.clone() }),
        (
            "concerns together in a provision",
            MatrixLook { page: MatrixPage::Together, beside: Beside::Provision, ..base.clone() },
        ),
        ("coverage", MatrixLook { page: MatrixPage::Coverage, ..base.clone() }),
        ("safeguards", MatrixLook { page: MatrixPage::Safeguards, ..base.clone() }),
        ("time line", MatrixLook { page: MatrixPage::TimeLine, ..base.clone() }),
    ];
    for (name, look) in looks {
        group.bench_function(name, |b| b.iter(|| black_box(workspace.matrix_of(&look))));
    }
    let file = workspace.matrix_file(&base).unwrap();
    for ending in ["csv", "xlsx", "svg", "png"] {
        group.bench_function(format!("as {ending}"), |b| b.iter(|| black_box(file.bytes(ending).unwrap())));
    }
    let project = workspace.project().unwrap();
    let draft = &project.drafts[0];
    group.bench_function("yardstick: the article of every annotation", |b| {
        b.iter(|| {
            let anchors = project.annotations().filter_map(|(_, a)| a.anchor_in(draft.id));
            anchors.filter_map(|a| draft.outline.covering(a.range)).map(|p| u64::from(p.0)).sum::<u64>()
        });
    });
    group.finish();
}

criterion_group!(benches, matrix);
criterion_main!(benches);
