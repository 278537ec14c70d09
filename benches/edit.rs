//! One edit of an analyst, from the command to the journal and to a screen that can be drawn again.
//!
//! A project with 10 drafts of 300 kB and 20,000 annotations, one note changed; beside it the yardstick that no program
//! can beat: a line of the same length appended to a file and synced.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::io::Write;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use travaux::model::{
    Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Draft, DraftDetails, DraftId, Project,
    ProjectDetails, ProjectId, Reach, TextRange,
};
use travaux::outline::recognize;
use travaux::workspace::{AnnotateCommand, Command, Home, ProjectCommand, Rehearsal, Tasks, ViewCommand, Workspace};

const DRAFTS: u128 = 10;
const REMARKS: u128 = 20_000;

fn text() -> String {
    let mut text = String::from("Convention on sample data\n\n");
    let mut article = 0;
    while text.len() < 300_000 {
        article += 1;
        text.push_str(&format!("Article {article}\nDuties of care number {article}\n\n"));
        for paragraph in 1..=6 {
            text.push_str(&format!(
                "{paragraph}. Each Party shall take the steps number {article} and {paragraph} that are needed to keep what \
                 it holds safe, and shall tell those concerned without delay, except where a court has ordered otherwise.\n\n"
            ));
        }
    }
    text
}

/// A project on disk, its own analyst being the one of the settings.
fn workspace(folder: &std::path::Path) -> (Workspace, AnnotationId) {
    let home = Home::at(&folder.join("home"));
    let project = folder.join("project");
    let open = |folder: std::path::PathBuf| Command::Project(ProjectCommand::Open(folder));
    let mut workspace = Workspace::new(Box::new(Rehearsal::default()), Tasks::inline(), &home);
    workspace.run(Command::Project(ProjectCommand::SetAnalyst("Bench".into())));
    let analyst = workspace.analyst().unwrap().clone();
    let text = text();
    let outline = recognize(&text, &[]).outline;
    let mut made = Project::new(
        ProjectId(1),
        ProjectDetails { title: "Bench".into(), instrument: String::new(), ..ProjectDetails::default() },
    );
    for n in 0..DRAFTS {
        let details = DraftDetails { label: format!("Rev.{n}"), ..DraftDetails::default() };
        made.drafts.push(Arc::new(Draft::new(DraftId(n + 1), format!("rev-{n}"), details, &text, outline.clone())));
    }
    let mut set = AnnotationSet::of(analyst.clone());
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    for n in 0..REMARKS {
        let draft = &made.drafts[(n % DRAFTS) as usize];
        let start = (n as usize * 131) % (draft.text.len() - 100);
        let range = TextRange { start, end: start + 60 };
        let anchor = Anchor::new(&draft.text, &draft.outline, range, Reach::Words);
        let mut a = Annotation::new(AnnotationId(n + 1), AnnotationKind::Remark, draft.id, anchor, now);
        a.note = format!("Remark number {n}: the words leave open who decides, and when");
        set.annotations.insert(a.id, a);
    }
    made.sets.insert(analyst.id, set);
    travaux::storage::create(&project, &made, &travaux::storage::Holder::here("Bench", now))
        .unwrap()
        .close(&made)
        .unwrap();
    workspace.run(open(project));
    workspace.settle();
    workspace.run(Command::View(ViewCommand::OpenDraft(DraftId(1))));
    (workspace, AnnotationId(1))
}

fn edit(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (mut workspace, id) = workspace(folder.path());
    let mut group = c.benchmark_group("edit");
    group.sample_size(40);
    let mut n = 0_u64;
    group.bench_function("one note, command to journal, 20,000 annotations", |b| {
        b.iter(|| {
            n += 1;
            let note = format!("A note that is being typed, letter number {n}");
            workspace.run(Command::Annotate(AnnotateCommand::SetNote { id, note }));
            black_box(workspace.revision());
        });
    });
    let mut file = std::fs::File::create(folder.path().join("yardstick")).unwrap();
    group.bench_function("yardstick: 600 bytes appended and synced", |b| {
        b.iter(|| {
            file.write_all(&[b'x'; 600]).unwrap();
            file.sync_data().unwrap();
        });
    });
    group.finish();
    workspace.close_project();
}

criterion_group!(benches, edit);
criterion_main!(benches);
