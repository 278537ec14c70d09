//! Recognizing the structure of a long draft, beside reading its bytes once.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

use travaux::outline::recognize;

/// A draft of about `bytes` bytes, with everything drafts have.
fn draft(bytes: usize) -> String {
    let mut text = String::from(
        "Convention on Long Drafts\nPreamble\nThe Parties,\nRecalling the others,\nHave agreed as follows:\n",
    );
    let mut article = 0;
    while text.len() < bytes {
        article += 1;
        if article % 20 == 1 {
            text.push_str(&format!("CHAPTER {}\nGENERAL PROVISIONS\n", article / 20 + 1));
        }
        text.push_str(&format!(
            "Article {article}\nScope of measures\n1. Each Party shall adopt such measures as may be necessary to [establish] \
             [maintain] the powers set out in this article, in accordance with its law:\n(a) the first of the measures \
             referred to in Article 5, paragraph 2; [agreed ad referendum]\n(b) the second, including:\n(i) one item;\n(ii) \
             another item.\nNothing in this paragraph affects the rights of others.\n2. Option 1: A Party may act alone.\n\
             Option 2: No text.\n"
        ));
    }
    text
}

fn outline(c: &mut Criterion) {
    let text = draft(4 << 20);
    let mut group = c.benchmark_group("outline");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.sample_size(10);
    group.bench_function("recognize", |b| b.iter(|| recognize(black_box(&text), &[])));
    group.bench_function("yardstick: lines of the text", |b| {
        b.iter(|| black_box(&text).lines().map(str::len).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, outline);
criterion_main!(benches);
