//! Finding citations, as a text doubles: an ordinary one and such as were made to be slow. Linear means that the megabytes
//! a second stay what they are.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use travaux::citation::find;

/// Each is repeated until the text is long enough.
const TEXTS: [(&str, &str); 9] = [
    (
        "draft",
        "2. Each Party shall adopt the measures of article 23, paragraph 2 (c), and of Articles 7 to 11 of this Convention, \
         without prejudice to Article 17 of the Covenant and to paragraph 1 of this article, where its law so provides.\n\n",
    ),
    ("prose", "The convention must not endorse measures that would authorize surveillance of legitimate activities. "),
    ("one list", "Article 1, "),
    ("one run after another", "Articles 1 to 2 to 3 to "),
    ("from the inside outward", "paragraph 1 of "),
    ("brackets that never close", "Article 1 ((((("),
    ("names without end", "Article 1 of the Convention on the Convention and "),
    ("whose", "its Article 5 and "),
    ("whose of nobody", "Article 1 of that Regulation; "),
];

const SIZES: [usize; 4] = [50_000, 100_000, 200_000, 400_000];

fn finding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("citations");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    for (name, piece) in TEXTS {
        for size in SIZES {
            let text = piece.repeat(size.div_ceil(piece.len()));
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(name, size), &text, |b, text| {
                b.iter(|| black_box(find(black_box(text), &["Convention on lighthouses"])));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, finding);
criterion_main!(benches);
