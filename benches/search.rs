//! Searching 450 trade agreements, beside bare tantivy, SQLite's FTS5 and the scan ripgrep does, in one run.
//!
//! `TRAVAUX_CORPUS=… cargo bench --bench search`; with a number after `--`, so many questions of each class. Each
//! question is asked three times and its middle time counts; p50 and p99 are over the questions of a class. Questions are
//! measured in the processor time of the thread that asks, which other programs on the machine do not disturb; indexing
//! in seconds that passed and in processor time of all threads.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

#[path = "search/corpus.rs"]
mod corpus;
#[path = "search/questions.rs"]
mod questions;
#[path = "search/yardsticks.rs"]
mod yardsticks;

use std::path::Path;
use std::time::{Duration, Instant};

use cpu_time::{ProcessTime, ThreadTime};
use jiff::Timestamp;
use rusqlite::Connection;
use travaux::model::{
    Analyst, AnalystId, Anchor, Annotation, AnnotationId, AnnotationKind, AnnotationSet, Project, Reach, TextRange,
};
use travaux::search::{Index, Options, Order, Watch, parse};

use corpus::Corpus;
use questions::Question;

/// Hits with a snippet.
const LIMIT: usize = 20;
/// A frame of a screen that shows 60 a second.
const FRAME: Duration = Duration::from_millis(16);

struct Nobody;

impl Watch for Nobody {
    fn progress(&mut self, _: u64, _: u64) {}
    fn cancelled(&self) -> bool {
        false
    }
}

fn main() {
    let Some(Corpus { mut project, texts, folder }) = corpus::unpacked() else { return };
    let each = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(200);
    let bytes: usize = project.drafts.iter().map(|d| d.text.len()).sum();
    let provisions: usize = project.drafts.iter().map(|d| d.outline.provisions.len()).sum();
    println!("{} agreements, {:.1} MB, {provisions} provisions\n", project.drafts.len(), mega(bytes));

    let before = resident();
    let at = folder.path().join("index");
    std::fs::create_dir(&at).unwrap();
    let mut index = report_indexing("Travaux, on disk", bytes, || {
        let mut index = Index::at(&at).unwrap();
        index.update(&project, &mut Nobody).unwrap();
        index
    });
    let held = resident().saturating_sub(before);
    println!("    {:.1} MB on disk, {:.1} MB more in memory", mega(size(&at)), mega(held));
    report_indexing("Travaux, in memory", bytes, || indexed(&project));
    report_indexing("bare tantivy, in memory", bytes, || yardsticks::bare_tantivy(&project));
    let file = folder.path().join("fts5.sqlite");
    let database = report_indexing("SQLite FTS5, on disk", bytes, || yardsticks::sqlite(&project, &file));
    println!("    {:.1} MB on disk", mega(std::fs::metadata(&file).unwrap().len() as usize));
    let (took, reopened) = timed(|| {
        drop(index);
        let mut index = Index::at(&at).unwrap();
        index.update(&project, &mut Nobody).unwrap();
        index.run(&project, &parse("surveillance").unwrap(), &Options::default()).unwrap();
        index
    });
    index = reopened;
    println!("  opened again, checked and asked: {:.0} ms\n", millis(took));

    println!("{each} questions of each class, {LIMIT} snippets, ms (p50 / p99):");
    println!(
        "  {:8} {:>17} {:>17} {:>17} {:>17} {:>17}",
        "", "first in order", "FTS5 in order", "best first", "FTS5 ranked", "ripgrep"
    );
    let classes = questions::classes(&project, each);
    let mut late = Vec::new();
    for (name, asked) in &classes {
        ask(name, asked, &index, &project, &database, &texts, &mut late);
    }
    let questions = each * classes.len();
    println!(
        "  above {} ms: {} of {questions} questions; the slowest:",
        FRAME.as_millis(),
        late.iter().filter(|(t, _)| *t > FRAME).count()
    );
    late.sort_by_key(|(t, _)| std::cmp::Reverse(*t));
    late.iter().take(8).for_each(|(took, query)| println!("    {:6.1} {query}", millis(*took)));

    edit(&mut project, &mut index, &database);
    let double = corpus::doubled(&project);
    println!("\nTwice the corpus:");
    let index = report_indexing("Travaux, in memory", 2 * bytes, || indexed(&double));
    for (name, asked) in &classes {
        let times = asked.iter().map(|q| ours(&index, &double, q, Order::Provision)).collect();
        println!("  {name:8} {:>17}", spread(times));
    }
}

fn ask(
    name: &str,
    asked: &[Question],
    index: &Index,
    project: &Project,
    database: &Connection,
    texts: &[std::path::PathBuf],
    late: &mut Vec<(Duration, String)>,
) {
    let in_order: Vec<_> = asked.iter().map(|q| ours(index, project, q, Order::Provision)).collect();
    late.extend(in_order.iter().zip(asked).map(|(t, q)| (*t, q.travaux.clone())));
    let ranked = asked.iter().map(|q| ours(index, project, q, Order::Ranked)).collect();
    let sql = |ask: fn(&Connection, &str) -> usize| {
        let queries = asked.iter().filter_map(|q| q.fts5.as_ref());
        spread(queries.map(|q| middle(|| _ = ask(database, q))).collect())
    };
    // A scan takes as long whatever is looked for: a few will do.
    let scanned = asked.iter().filter_map(|q| q.regex.as_ref()).take(40);
    let scanned = spread(scanned.map(|p| middle(|| _ = yardsticks::ripgrep(texts, p))).collect());
    println!(
        "  {name:8} {:>17} {:>17} {:>17} {:>17} {:>17}",
        spread(in_order),
        sql(yardsticks::sqlite_in_order),
        spread(ranked),
        sql(yardsticks::sqlite_ranked),
        scanned,
    );
}

fn ours(index: &Index, project: &Project, question: &Question, order: Order) -> Duration {
    let options = Options { order, limit: LIMIT, ..Options::default() };
    middle(|| {
        let query = parse(&question.travaux).unwrap();
        drop(index.run(project, &query, &options).unwrap());
    })
}

/// One note among two thousand is written anew until it is found, and one row of the table.
fn edit(project: &mut Project, index: &mut Index, database: &Connection) {
    let analyst = Analyst { id: AnalystId(1), name: "Amara".into() };
    let mut set = AnnotationSet::of(analyst);
    for i in 0..2000 {
        let draft = &project.drafts[i % project.drafts.len()];
        let start = draft.text.floor_char_boundary(draft.text.len() / 2);
        let range = TextRange { start, end: draft.text.len() }.fitted(&draft.text);
        let range = TextRange { end: draft.text.floor_char_boundary((range.start + 60).min(range.end)), ..range };
        let anchor = Anchor::new(&draft.text, &draft.outline, range, Reach::Words);
        let id = AnnotationId(i as u128 + 1);
        let mut annotation = Annotation::new(id, AnnotationKind::Remark, draft.id, anchor, Timestamp::UNIX_EPOCH);
        annotation.note = format!("The powers of number {i} are too wide");
        set.annotations.insert(id, annotation);
    }
    project.sets.insert(AnalystId(1), set);
    index.update(project, &mut Nobody).unwrap();
    let options = Options { limit: LIMIT, ..Options::default() };
    let mut times = Vec::new();
    for i in 0..60u128 {
        let set = project.sets.get_mut(&AnalystId(1)).unwrap();
        set.annotations.get_mut(&AnnotationId(i + 1)).unwrap().note = format!("Zebra{i}");
        let (took, found) = timed(|| {
            index.update(project, &mut Nobody).unwrap();
            index.run(project, &parse(&format!("zebra{i}")).unwrap(), &options).unwrap().total
        });
        assert_eq!(found, 1);
        times.push(took);
    }
    let rows = (1..=60).map(|i| {
        let (took, found) = timed(|| {
            database
                .execute("UPDATE t SET words = ?1 WHERE rowid = ?2", rusqlite::params![format!("Zebra{i}"), i])
                .unwrap();
            yardsticks::sqlite_in_order(database, &format!("\"zebra{i}\""))
        });
        assert_eq!(found, 1);
        took
    });
    let rows = spread(rows.collect());
    println!("\nOne note of 2000 changed until it is found: {}; a row of FTS5: {rows} ms", spread(times));
}

fn indexed(project: &Project) -> Index {
    let mut index = Index::in_memory().unwrap();
    index.update(project, &mut Nobody).unwrap();
    index
}

fn report_indexing<T>(what: &str, bytes: usize, work: impl FnOnce() -> T) -> T {
    let before = ProcessTime::now();
    let (took, made) = timed(work);
    let spent = before.elapsed().as_secs_f64();
    let took = took.as_secs_f64();
    println!(
        "  {what}: {took:.2} s, of processors {spent:.2} s, {:.1} MB for each second of them",
        mega(bytes) / spent
    );
    made
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed(), made)
}

fn middle(mut work: impl FnMut()) -> Duration {
    let mut times = [(); 3].map(|()| {
        let before = ThreadTime::now();
        work();
        before.elapsed()
    });
    times.sort();
    times[1]
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: f64| times.get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1)));
    match (at(0.5), at(0.99)) {
        (Some(half), Some(most)) => format!("{:.2} / {:.2}", millis(*half), millis(*most)),
        _ => "-".to_owned(),
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Bytes of the files in a folder.
fn size(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().metadata().unwrap().len() as usize).sum()
}

/// Bytes of memory this process holds; 0 where the system does not say.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(0) * 1000
}
