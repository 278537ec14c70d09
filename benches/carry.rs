//! Aligning two drafts, carrying thousands of quotes, and the redline; beside each what one would use without this
//! program, on the same texts in the same run: the published rule of a web annotator for quotes, and git for the redline.
//!
//! Texts are made here: articles of sentences that look like a treaty's, the new draft edited, renumbered and moved.

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use travaux::model::{Outline, Reach, TextRange};
use travaux::outline::recognize;
use travaux::reconcile::{Alignment, Carrier, Comparison, Concordance, Side, align};

struct Draft {
    text: String,
    outline: Outline,
}

impl Draft {
    fn of(text: String) -> Self {
        let outline = recognize(&text, &[]).outline;
        Self { text, outline }
    }

    fn side(&self) -> Side<'_> {
        Side { text: &self.text, outline: &self.outline }
    }
}

/// Numbers that look drawn and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

const OPENINGS: [&str; 6] = [
    "Each State Party shall adopt such legislative and other measures as may be necessary to",
    "States Parties shall, in accordance with their domestic law,",
    "The Conference may, on the proposal of the secretariat,",
    "Nothing in this Convention prevents a State Party from acting to",
    "Where it is consistent with its legal system, each State Party shall endeavor to",
    "A request under this article is made in writing and shall",
];
const SYLLABLES: [&str; 16] =
    ["bea", "con", "har", "bor", "lan", "tern", "sal", "vage", "pi", "lot", "cur", "rent", "reef", "mas", "ter", "fog"];

fn word(dice: &mut Dice) -> String {
    (0..2 + dice.roll(2)).map(|_| SYLLABLES[dice.roll(SYLLABLES.len())]).collect()
}

/// Paragraphs of articles, of about this many bytes together.
fn paragraphs(bytes: usize) -> Vec<Vec<String>> {
    let mut dice = Dice(7);
    let (mut articles, mut size) = (Vec::new(), 0);
    while size < bytes {
        let article: Vec<String> = (0..2 + dice.roll(5))
            .map(|_| {
                let words: Vec<String> = (0..12 + dice.roll(30)).map(|_| word(&mut dice)).collect();
                format!("{} {}.", OPENINGS[dice.roll(OPENINGS.len())], words.join(" "))
            })
            .collect();
        size += article.iter().map(String::len).sum::<usize>();
        articles.push(article);
    }
    articles
}

/// The next draft: words changed in half of the paragraphs, articles put in, taken out and moved.
fn next(articles: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut dice = Dice(11);
    let mut edited: Vec<Vec<String>> = Vec::new();
    for article in articles {
        if dice.roll(20) == 0 {
            continue;
        }
        let change = |paragraph: &String, dice: &mut Dice| {
            let mut words: Vec<String> = paragraph.split(' ').map(str::to_owned).collect();
            for _ in 0..if dice.roll(2) == 0 { 0 } else { 1 + dice.roll(8) } {
                let at = dice.roll(words.len());
                words[at] = word(dice);
            }
            words.join(" ")
        };
        let paragraphs = article.iter().map(|p| change(p, &mut dice)).collect();
        let at = if dice.roll(15) == 0 { dice.roll(edited.len() + 1) } else { edited.len() };
        edited.insert(at, paragraphs);
        if dice.roll(15) == 0 {
            edited.push(vec![format!("{} {}.", OPENINGS[dice.roll(OPENINGS.len())], word(&mut dice))]);
        }
    }
    edited
}

fn written(articles: &[Vec<String>]) -> Draft {
    let mut text = String::new();
    for (i, article) in articles.iter().enumerate() {
        text.push_str(&format!("Article {}\n", i + 1));
        for (j, paragraph) in article.iter().enumerate() {
            text.push_str(&format!("{}. {paragraph}\n", j + 1));
        }
    }
    Draft::of(text)
}

fn pair(bytes: usize) -> (Draft, Draft) {
    let articles = paragraphs(bytes);
    (written(&articles), written(&next(&articles)))
}

/// Quotes of five to thirty words all over a draft.
fn quotes(draft: &Draft, count: usize) -> Vec<TextRange> {
    let mut dice = Dice(23);
    let blocks = &draft.outline.blocks;
    (0..count)
        .map(|_| {
            let block = blocks[dice.roll(blocks.len())];
            let len = (30 + dice.roll(180)).min(block.len());
            let start = block.start + dice.roll(block.len() - len + 1);
            TextRange { start, end: start + len }.fitted(&draft.text)
        })
        .collect()
}

const DRAFT: usize = 350_000;

fn aligning(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("align");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    for bytes in [DRAFT / 2, DRAFT, 2 * DRAFT, 4 * DRAFT] {
        let (old, new) = pair(bytes);
        group.throughput(Throughput::Bytes(old.text.len() as u64));
        group.bench_function(BenchmarkId::new("two drafts", bytes), |b| {
            b.iter(|| black_box(align(old.side(), new.side(), &|| true)));
        });
    }
    let same = Draft::of("Each State Party shall take appropriate measures within its means.\n".repeat(DRAFT / 66));
    group.bench_function("equal paragraphs", |b| b.iter(|| black_box(align(same.side(), same.side(), &|| true))));
    let line = Draft::of("Each State Party shall take appropriate measures ".repeat(DRAFT / 48));
    group.bench_function("one paragraph", |b| b.iter(|| black_box(align(line.side(), line.side(), &|| true))));
    let other = Draft::of(paragraphs(DRAFT).concat().join("\n").replace("ea", "oo").replace('r', "z"));
    let (old, _) = pair(DRAFT);
    group.bench_function("nothing in common", |b| b.iter(|| black_box(align(old.side(), other.side(), &|| true))));
    group.finish();
}

fn carry_all(both: &Alignment, table: &Concordance, old: &Draft, new: &Draft, quotes: &[TextRange]) -> usize {
    let mut carrier = Carrier::new(both, table, old.side(), new.side());
    quotes.iter().filter(|q| !carrier.carry(**q, Reach::Words).places.is_empty()).count()
}

fn carrying(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("carry");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(3));
    for bytes in [DRAFT, 2 * DRAFT] {
        let (old, new) = pair(bytes);
        let both = align(old.side(), new.side(), &|| true).unwrap_or_default();
        let table = Concordance::of(&both, old.side(), new.side());
        for count in [2_500, 5_000, 10_000] {
            let quotes = quotes(&old, count);
            group.throughput(Throughput::Elements(count as u64));
            group.bench_function(BenchmarkId::new(format!("{} kB", bytes / 1000), count), |b| {
                b.iter(|| black_box(carry_all(&both, &table, &old, &new, &quotes)));
            });
        }
    }
    let (old, new) = pair(DRAFT);
    group.bench_function("concordance", |b| {
        let both = align(old.side(), new.side(), &|| true).unwrap_or_default();
        b.iter(|| black_box(Concordance::of(&both, old.side(), new.side())));
    });
    // The yardstick: exact, then approximate over the whole text with up to half of the quote wrong.
    let sample = quotes(&old, 40);
    group.throughput(Throughput::Elements(sample.len() as u64));
    group.bench_function("yardstick: approximate search over the whole text", |b| {
        b.iter(|| sample.iter().filter_map(|q| approximate(q.of(&old.text)?, &new.text)).count());
    });
    group.finish();
}

/// The rule of the published annotator: the quote as it is, or else the place with the fewest errors, by the bit-parallel
/// algorithm of Myers (1999) in blocks of 64 letters, at most half the quote wrong.
fn approximate(quote: &str, text: &str) -> Option<usize> {
    if let Some(at) = text.find(quote) {
        return Some(at);
    }
    let pattern = quote.as_bytes();
    let blocks = pattern.len().div_ceil(64);
    let mut peq = vec![[0_u64; 256]; blocks];
    for (i, &byte) in pattern.iter().enumerate() {
        peq[i / 64][usize::from(byte)] |= 1 << (i % 64);
    }
    let (mut plus, mut minus) = (vec![u64::MAX; blocks], vec![0_u64; blocks]);
    let (mut score, mut best, mut at) = (pattern.len(), pattern.len() / 2 + 1, None);
    let last = 1_u64 << ((pattern.len() - 1) % 64);
    for (j, &byte) in text.as_bytes().iter().enumerate() {
        let (mut horizontal_plus, mut horizontal_minus) = (0_u64, 0_u64);
        for b in 0..blocks {
            let (pv, mv) = (plus[b], minus[b]);
            let mut eq = peq[b][usize::from(byte)];
            let xv = eq | mv;
            eq |= horizontal_minus;
            let xh = (((eq & pv).wrapping_add(pv)) ^ pv) | eq;
            let (mut ph, mut mh) = (mv | !(xh | pv), pv & xh);
            if b + 1 == blocks {
                score = score + usize::from(ph & last != 0) - usize::from(mh & last != 0);
            }
            let (out_plus, out_minus) = (ph >> 63, mh >> 63);
            ph = ph << 1 | horizontal_plus;
            mh = mh << 1 | horizontal_minus;
            (horizontal_plus, horizontal_minus) = (out_plus, out_minus);
            plus[b] = mh | !(xv | ph);
            minus[b] = ph & xv;
        }
        if score < best {
            (best, at) = (score, Some(j));
        }
    }
    at
}

fn redlining(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("redline");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    let (old, new) = pair(DRAFT);
    let both = align(old.side(), new.side(), &|| true).unwrap_or_default();
    group.bench_function("of aligned drafts", |b| {
        b.iter(|| black_box(Comparison::of(&both, old.side(), new.side(), &|| true)));
    });
    let Ok(folder) = tempfile::tempdir() else { return };
    let paths = [folder.path().join("old"), folder.path().join("new")];
    let written = std::fs::write(&paths[0], &old.text).and_then(|()| std::fs::write(&paths[1], &new.text));
    if written.is_ok() {
        group.bench_function("yardstick: git diff --word-diff", |b| {
            b.iter(|| {
                let arguments = ["diff", "--no-index", "--word-diff"];
                Command::new("git").args(arguments).args(&paths).stdout(Stdio::null()).status().is_ok()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, aligning, carrying, redlining);
criterion_main!(benches);
