//! Reading how far a text binds and which terms it defines, as a text doubles: ordinary ones and such as were made to be
//! slow. Linear means that the megabytes a second stay what they are.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use travaux::lens::{Terms, Tongue, Wording};
use travaux::model::Outline;

/// Each is repeated until the text is long enough.
const TEXTS: [(&str, &str, Tongue, &str); 6] = [
    (
        "english",
        "en",
        Tongue::English,
        "“Lamp” means a light.\n\n1. Each Party shall, as appropriate and in accordance with its domestic law, endeavour to keep every Lamp \
         that it has, and may put out those which fail. No Party shall sell a Lamp to the Harbour Board.\n\n",
    ),
    (
        "french",
        "fr",
        Tongue::French,
        "« Phare » désigne une lumière.\n\n1. Les Parties prennent, s’il y a lieu et conformément à leur droit interne, les mesures \
         nécessaires ; elles s’efforcent de garder chaque phare et peuvent en éteindre.\n\n",
    ),
    (
        "russian",
        "ru",
        Tongue::Russian,
        "«Маяк» означает огонь.\n\n1. Стороны принимают, в соответствующих случаях, меры и могут гасить маяки; Сторона не должна \
         продавать маяк.\n\n",
    ),
    (
        "chinese",
        "zh",
        Tongue::Chinese,
        "“灯塔”系指灯。\n\n各缔约国应酌情努力维护灯塔，并可熄灭可能损坏的灯塔；缔约国不得出售灯塔。\n\n",
    ),
    ("modals only", "en", Tongue::English, "shall, "),
    ("quotation marks only", "en", Tongue::English, "“a” and "),
];

const SIZES: [usize; 3] = [500_000, 1_000_000, 2_000_000];

fn reading(criterion: &mut Criterion) {
    let outline = Outline::default();
    let mut group = criterion.benchmark_group("lens");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    for (name, language, tongue, piece) in TEXTS {
        for size in SIZES {
            let text = piece.repeat(size.div_ceil(piece.len()));
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(format!("{name}, words"), size), &text, |b, text| {
                b.iter(|| black_box(Wording::of(black_box(text), tongue)));
            });
            group.bench_with_input(BenchmarkId::new(format!("{name}, terms"), size), &text, |b, text| {
                b.iter(|| black_box(Terms::of(black_box(text), &outline, language)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
