//! Queries at random: every one is answered or explained, none panics, none takes long.
//!
//! A few thousand run each time; `TRAVAUX_QUERIES=100000` says another number and measures each, which means something in an
//! optimized build only.

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use travaux::model::{DraftId, Project, TextRange};
use travaux::search::{Changes, Index, Options, complete, parse};

use super::{indexed, sample};

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

const PARTS: &[&str] = &[
    "data",
    "the",
    "and",
    "intercept",
    "privacy",
    "surveil*",
    "s*",
    "a*",
    "cybrcrime~",
    "stat~1",
    "a~2",
    "of~0",
    "\"state party\"",
    "\"without right\"~3",
    "\"the of\"~50",
    "\"the the the the\"~50",
    "\"mutual legal assist*\"",
    "\"a~2 b~2 c~2\"~9",
    "=ICT",
    "=\"State Party\"",
    "/inter(cept|fere)\\w+/",
    "/e/",
    "/.{0,20}s/",
    "/(a|b|c)*d/",
    "(",
    ")",
    "AND",
    "OR",
    "NOT",
    "-",
    "\"",
    "~",
    "*",
    "/",
    "=",
    ":",
    "article:23",
    "article:1..99",
    "article:\"8 bis\"",
    "article:23(2)(c)",
    "article:",
    "..",
    "chapter:V",
    "chapter:I..X",
    "part:one",
    "section:2",
    "annex:A",
    "recital:1",
    "title:I",
    "kind:paragraph",
    "kind:",
    "concern:SV",
    "concern:\"Missing",
    "severity:>=3",
    "severity:",
    "analyst:a",
    "status:agreed",
    "has:note",
    "has:mark",
    "no:concern",
    "no:annotation",
    "no:",
    "mark:bracketed",
    "mark:agreed",
    "changed:since(first)",
    "changed:since(Rev.1)",
    "changed:since(",
    "in:heading",
    "in:note",
    "in:commentary",
    "in:preamble",
    "in:annex",
    "draft:last",
    "draft:2023",
    "draft:",
    "罪",
    "网络犯罪",
    "é",
    "преступлений",
    "ال",
    " ",
    "\u{301}",
    "ß",
    "«",
    "»",
    "1",
    "23",
];

/// Tokens of the grammar, letters of its signs, or anything at all.
fn query(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..dice.below(12) {
        match dice.below(10) {
            0..8 => {
                text.push_str(dice.pick(PARTS));
                if dice.below(4) > 0 {
                    text.push(' ');
                }
            }
            8 => text.push(
                dice.pick(&['"', '(', ')', '~', '*', '/', '=', '-', ':', '.', '\\', '[', '{', '|', '“', '>', '1']),
            ),
            _ => {
                let bytes: Vec<_> = (0..dice.below(12)).map(|_| dice.below(256) as u8).collect();
                text.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
    }
    text
}

fn check(project: &Project, index: &Index, options: &Options, text: &str, cursor: usize) {
    let completions = complete(text, cursor, Some(project));
    assert!(text.get(completions.replace).is_some(), "{text:?}");
    match parse(text) {
        Ok(query) => {
            let results = index.run(project, &query, options).unwrap();
            assert!(results.hits.len() <= options.limit && results.total >= results.hits.len(), "{text:?}");
            for hit in &results.hits {
                let text = match hit.commentary {
                    Some(id) => &project.commentaries[&id].text,
                    None => &project.draft(hit.draft).unwrap().text,
                };
                assert!(hit.marks.iter().all(|m| !m.is_empty() && m.of(text).is_some()), "{text:?}");
                assert!(hit.marks.windows(2).all(|m| m[0].end <= m[1].start), "{text:?}");
                assert!(hit.snippet.marks.iter().all(|m| hit.snippet.text.get(m.clone()).is_some()), "{text:?}");
            }
        }
        Err(error) => {
            assert!(text.get(error.range.clone()).is_some(), "{text:?} {error:?}");
            assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{text:?} {error:?}");
        }
    }
}

#[test]
fn random_queries_return_or_explain() {
    let project = sample();
    let index = indexed(&project);
    let mut changes = Changes::default();
    changes.tell(DraftId(1), DraftId(2), vec![TextRange { start: 0, end: 40 }].into());
    let options = Options { changes, commentaries: true, ..Options::default() };
    let mut dice = Dice(1);
    for _ in 0..3000 {
        let text = query(&mut dice);
        let cursor = dice.below(text.len() + 3);
        check(&project, &index, &options, &text, cursor);
    }
}

/// On the sample project as it ships, each query measured.
#[test]
fn random_queries_are_quick() {
    let Some(count) = std::env::var("TRAVAUX_QUERIES").ok().and_then(|n| n.parse::<usize>().ok()) else { return };
    let project = shipped();
    let index = indexed(&project);
    let mut changes = Changes::default();
    for (at, since) in project.drafts.iter().enumerate() {
        for draft in &project.drafts[at + 1..] {
            let blocks: Vec<_> = draft.outline.blocks.iter().copied().step_by(3).collect();
            changes.tell(since.id, draft.id, blocks.into());
        }
    }
    let options = Options { changes, ..Options::default() };
    let mut dice = Dice(2);
    let mut times: Vec<(Duration, String)> = Vec::with_capacity(count);
    let mut read = 0;
    for _ in 0..count {
        let text = query(&mut dice);
        let cursor = dice.below(text.len() + 3);
        let start = worked();
        check(&project, &index, &options, &text, cursor);
        times.push((worked() - start, text.clone()));
        read += usize::from(parse(&text).is_ok());
    }
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].0;
    println!("{count} queries, {read} answered: p50 {:?} p99 {:?} p99.9 {:?}", at(0.5), at(0.99), at(0.999));
    for (time, text) in times.iter().rev().take(8) {
        println!("{time:?} {text:?}");
    }
    assert!(cfg!(debug_assertions) || times.last().is_none_or(|(t, _)| t.as_millis() < 100));
}

/// How long this thread has worked, where the system says so: others may keep the machine busy.
fn worked() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat");
    let nanoseconds = told.ok().and_then(|t| t.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// The model convention, without a workspace.
fn shipped() -> Project {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_projects/model-convention");
    let home = tempfile::tempdir().unwrap();
    let copy = home.path().join("copy");
    copy_all(&folder, &copy);
    let holder = travaux::storage::Holder {
        name: "test".into(),
        machine: "test".into(),
        process: 1,
        since: jiff::Timestamp::UNIX_EPOCH,
    };
    travaux::storage::open(&copy, &holder, jiff::Timestamp::UNIX_EPOCH).unwrap().project
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_all(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
