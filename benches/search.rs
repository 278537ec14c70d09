//! Indexing 10 MB and asking it, each beside bare tantivy with the same schema and the same tokenizers.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::ops::Bound;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, InvertedIndexRangeQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index as Tantivy, IndexWriter, TantivyDocument, Term};
use travaux::model::{
    Draft, DraftDetails, DraftId, Outline, Project, ProjectDetails, ProjectId, Provision, ProvisionIndex,
    ProvisionKind, TextRange,
};
use travaux::search::{Index, Options, Order, Watch, bare_index, parse};

const DRAFTS: usize = 10;
const DRAFT_BYTES: usize = 1_000_000;
const LIMIT: usize = 100;

struct Nobody;

impl Watch for Nobody {
    fn progress(&mut self, _: u64, _: u64) {}
    fn cancelled(&self) -> bool {
        false
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

/// Words of treaties first, then rarer ones made of syllables; the frequencies fall as in a language.
fn vocabulary() -> Vec<String> {
    let common = "the of and to in shall or a for party state with by such measures any as be that this convention \
        article its each offences information data domestic law may other computer necessary from request authorities \
        accordance cooperation intercept interception surveillance criminal evidence assistance mutual legal legislative \
        adopt established provided pursuant paragraph purposes privacy safeguards judicial electronic systems territory";
    let mut words: Vec<String> = common.split_whitespace().map(str::to_owned).collect();
    let syllables =
        ["pro", "tec", "ju", "ris", "ver", "men", "tion", "al", "ex", "pre", "ser", "con", "dit", "ing", "ed"];
    let mut dice = Dice(7);
    while words.len() < 8000 {
        words.push((0..2 + dice.below(4)).map(|_| syllables[dice.below(syllables.len())]).collect());
    }
    words
}

fn draft(number: usize, words: &[String]) -> Draft {
    let mut dice = Dice(number as u64 + 1);
    let (mut text, mut provisions) = (String::new(), Vec::new());
    let mut article = 0;
    while text.len() < DRAFT_BYTES {
        article += 1;
        let first = provisions.len();
        let start = text.len();
        let kind = ProvisionKind::Article;
        text.push_str(&format!("Article {article}\nScope of measures"));
        provisions.push(provision(kind, article.to_string(), start, text.len(), None));
        text.push('\n');
        for paragraph in 1..=6 {
            let start = text.len();
            text.push_str(&format!("{paragraph}. "));
            for _ in 0..50 + dice.below(60) {
                // The square of the die: the first words of the vocabulary are by far the most frequent.
                let at = dice.below(1000) * dice.below(1000) * words.len() / 1_000_000 * dice.below(100) / 100;
                text.push_str(&words[at]);
                text.push_str(if dice.below(12) == 0 { ", " } else { " " });
            }
            let parent = Some(ProvisionIndex(first as u32));
            provisions.push(provision(ProvisionKind::Paragraph, paragraph.to_string(), start, text.len(), parent));
            text.push('\n');
        }
        let count = provisions.len() as u32;
        provisions[first].range.end = text.len() - 1;
        provisions[first].subtree_end = count;
        (first + 1..provisions.len()).for_each(|i| provisions[i].subtree_end = i as u32 + 1);
    }
    let outline = Outline { provisions, ..Outline::default() };
    let details = DraftDetails { label: format!("Rev.{number}"), language: "en".into(), ..DraftDetails::default() };
    Draft::new(DraftId(number as u128), format!("rev-{number}"), details, &text, outline)
}

fn provision(
    kind: ProvisionKind,
    number: String,
    start: usize,
    end: usize,
    parent: Option<ProvisionIndex>,
) -> Provision {
    Provision {
        kind,
        label: String::new(),
        number,
        label_range: TextRange { start, end: start },
        heading: None,
        heading_range: None,
        range: TextRange { start, end },
        parent,
        subtree_end: 0,
        ordinal: 0,
    }
}

fn project() -> Project {
    let words = vocabulary();
    let mut project = Project::new(ProjectId(1), ProjectDetails::default());
    project.drafts = (0..DRAFTS).map(|i| Arc::new(draft(i, &words))).collect();
    project
}

fn bare(project: &Project) -> Tantivy {
    let index = bare_index();
    let schema = index.schema();
    let [place, owner, words, stems] =
        ["place", "owner", "whole_words", "stems_en"].map(|name| schema.get_field(name).unwrap());
    let mut writer: IndexWriter = index.writer_with_num_threads(2, 50_000_000).unwrap();
    for (slot, draft) in project.drafts.iter().enumerate() {
        for i in draft.outline.indices() {
            let text = draft.outline.own_range(i).of(&draft.text).unwrap();
            let mut document = TantivyDocument::default();
            document.add_u64(place, (slot as u64) << 32 | u64::from(i.0));
            document.add_u64(owner, slot as u64);
            document.add_text(words, text);
            document.add_text(stems, text);
            writer.add_document(document).unwrap();
        }
    }
    writer.commit().unwrap();
    index
}

fn indexing(c: &mut Criterion) {
    let project = project();
    let bytes: usize = project.drafts.iter().map(|d| d.text.len()).sum();
    let mut group = c.benchmark_group("index 10 MB");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("bare tantivy", |b| b.iter(|| black_box(bare(&project))));
    group.bench_function("travaux", |b| {
        b.iter(|| {
            let mut index = Index::in_memory().unwrap();
            index.update(&project, &mut Nobody).unwrap();
            index
        });
    });
    group.finish();
}

fn asking(c: &mut Criterion) {
    let project = project();
    let bare = bare(&project);
    let mut index = Index::in_memory().unwrap();
    index.update(&project, &mut Nobody).unwrap();
    let schema = bare.schema();
    let stems = schema.get_field("stems_en").unwrap();
    let words = schema.get_field("whole_words").unwrap();
    let stem = |word: &str| Term::from_field_text(stems, word);
    let term = |word: &str| -> Box<dyn Query> { Box::new(TermQuery::new(stem(word), IndexRecordOption::WithFreqs)) };
    let [from, to] = ["surveil", "surveil\u{10ffff}"].map(|w| Term::from_field_text(words, w));
    let cases: [(&str, &str, Box<dyn Query>); 4] = [
        ("word", "surveillance", term("surveil")),
        ("phrase", "\"mutual assistance\"", Box::new(PhraseQuery::new(vec![stem("mutual"), stem("assist")]))),
        (
            "boolean",
            "privacy AND (judicial OR safeguards)",
            Box::new(BooleanQuery::new(vec![
                (Occur::Must, term("privaci")),
                (Occur::Must, Box::new(BooleanQuery::union(vec![term("judici"), term("safeguard")]))),
            ])),
        ),
        ("prefix", "surveil*", Box::new(InvertedIndexRangeQuery::new(Bound::Included(from), Bound::Excluded(to)))),
    ];
    let options = Options { order: Order::Ranked, limit: LIMIT, ..Options::default() };
    let searcher = bare.reader().unwrap().searcher();
    for (name, text, query) in cases {
        let parsed = parse(text).unwrap();
        let total = index.run(&project, &parsed, &options).unwrap().total;
        assert_eq!(searcher.search(&*query, &tantivy::collector::Count).unwrap(), total, "{name}");
        let mut group = c.benchmark_group(format!("{name}, {total} found, best {LIMIT}"));
        let collector = TopDocs::with_limit(LIMIT).order_by_score();
        group.bench_function("bare tantivy", |b| b.iter(|| searcher.search(&*query, &collector).unwrap()));
        group.bench_function("travaux, with marks and snippets", |b| {
            b.iter(|| index.run(&project, &parsed, &options).unwrap());
        });
        group.finish();
    }
    for text in ["/inter(cept|fere)\\w+/", "=\"State\"", "article:23 privacy"] {
        let parsed = parse(text).unwrap();
        c.bench_function(text, |b| b.iter(|| index.run(&project, &parsed, &options).unwrap()));
    }
}

criterion_group!(benches, indexing, asking);
criterion_main!(benches);
