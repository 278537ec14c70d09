//! A frame of the reader over 10 MB with 100,000 highlights, beside an empty frame in the same run.
//!
//! Layout and tessellation, without a screen. Compare the numbers of one run with each other, not across machines.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::egui::{CentralPanel, Context, Event, Frame, MouseWheelSource, MouseWheelUnit, RawInput, Rect, TouchPhase};
use eframe::egui::{Modifiers, Pos2, pos2, vec2};
use travaux::model::{
    AnalystId, AnnotationId, Direction, Note, Outline, PageStart, Printed, Provision, ProvisionIndex, ProvisionKind,
    Style, Styled, Swatch, TextRange,
};
use travaux::ui::reader::{
    Highlight, HighlightIndex, HighlightKind, Link, LinkLook, Page, ReaderState, ScrollPlace, Selection, show,
};
use travaux::ui::theme::{self, Tokens};

const MEGABYTES: usize = 10;
const HIGHLIGHTS: usize = 100_000;

/// A draft of articles with three paragraphs each, in words of our own.
fn draft() -> (Arc<str>, Arc<Outline>) {
    let mut text = String::with_capacity(MEGABYTES << 20);
    let mut outline = Outline::default();
    let mut n = 0;
    while text.len() < MEGABYTES << 20 {
        n += 1;
        let article = outline.provisions.len() as u32;
        for m in 0..4_u32 {
            let start = text.len();
            let label = if m == 0 { format!("Article {n}") } else { format!("{m}.") };
            text.push_str(&label);
            let label_range = TextRange { start, end: text.len() };
            if m > 0 {
                for k in 0..3 + (n + m as usize) % 6 {
                    text.push_str(" Each Party shall see to it that record ");
                    text.push_str(&(n * 31 + k).to_string());
                    text.push_str(" is kept, and that those it touches are told in good time and in plain words.");
                }
            }
            let range = TextRange { start, end: text.len() };
            text.push_str("\n\n");
            outline.blocks.push(range);
            outline.provisions.push(Provision {
                kind: if m == 0 { ProvisionKind::Article } else { ProvisionKind::Paragraph },
                label,
                number: m.to_string(),
                label_range,
                heading: None,
                heading_range: None,
                range,
                parent: (m > 0).then_some(ProvisionIndex(article)),
                subtree_end: article + if m == 0 { 4 } else { m + 1 },
                ordinal: 0,
            });
        }
        let end = outline.blocks.last().map_or(0, |b| b.end);
        outline.provisions[article as usize].range.end = end;
    }
    (text.into(), Arc::new(outline))
}

/// A hundred thousand stretches in bold, italic, underlined and struck, a thousand pages, ten thousand notes.
fn printed(text: &str) -> Printed {
    let all = [Style::Bold, Style::Struck, Style::Italic, Style::Underlined];
    let step = text.len() / HIGHLIGHTS;
    let styled = |i: usize| Styled { range: TextRange { start: i * step, end: i * step + 30 }, style: all[i % 4] };
    let page = |i: usize| PageStart { at: i * text.len() / 1000, number: i as u32 + 1, label: String::new() };
    let note = |i: usize| Note {
        call: Some(TextRange { start: i * step * 10, end: i * step * 10 + 1 }),
        body: TextRange { start: text.len(), end: text.len() },
    };
    Printed {
        pages: (0..1000).map(page).collect(),
        notes: (0..HIGHLIGHTS / 10).map(note).collect(),
        styles: (0..HIGHLIGHTS - 1).map(styled).collect(),
    }
}

/// A hundred thousand cross references, some of them broken.
fn links(text: &str) -> Vec<Link> {
    let step = text.len() / HIGHLIGHTS;
    let look = |i| if i % 10 == 0 { LinkLook::Broken } else { LinkLook::Leads };
    (0..HIGHLIGHTS).map(|i| Link { range: TextRange { start: i * step, end: i * step + 16 }, look: look(i) }).collect()
}

/// One megabyte of paragraphs in Hebrew, with numbers and names in Latin letters.
fn hebrew() -> (Arc<str>, Arc<Outline>) {
    let mut text = String::with_capacity(1 << 20);
    let mut outline = Outline::default();
    while text.len() < 1 << 20 {
        let start = text.len();
        for k in 0..3 + outline.blocks.len() % 6 {
            text.push_str("כל צד יקיים מגדלור אחד לפחות (UN Lighthouse Rev. ");
            text.push_str(&(outline.blocks.len() * 31 + k).to_string());
            text.push_str("), ויודיע על כך למזכירות תוך 90 ימים. ");
        }
        outline.blocks.push(TextRange { start, end: text.len() });
        text.push_str("\n\n");
    }
    (text.into(), Arc::new(outline))
}

fn highlights(text: &str) -> Vec<Highlight> {
    let step = text.len() / HIGHLIGHTS;
    (0..HIGHLIGHTS)
        .map(|i| {
            let start = i * step;
            Highlight {
                key: (AnalystId(1), AnnotationId(i as u128)),
                range: TextRange { start, end: (start + 20 + i * 7 % 160).min(text.len()) },
                swatches: vec![Swatch::ALL[i % 16]],
                tags: vec!["SC".to_owned()],
                kind: if i % 20 == 0 { HighlightKind::Absence } else { HighlightKind::Words },
                faded: i % 3 == 0,
                name: format!("Remark {i}"),
            }
        })
        .collect()
}

struct Desk {
    ctx: Context,
    text: Arc<str>,
    outline: Arc<Outline>,
    printed: Arc<Printed>,
    index: HighlightIndex,
    links: Vec<Link>,
    direction: Direction,
    state: ReaderState,
    time: f64,
}

impl Desk {
    fn new(text: &Arc<str>, outline: &Arc<Outline>, index: HighlightIndex) -> Self {
        let ctx = Context::default();
        ctx.set_fonts(theme::fonts());
        theme::apply(&ctx, Tokens::light());
        let mut desk = Self {
            ctx,
            text: text.clone(),
            outline: outline.clone(),
            printed: Arc::default(),
            index,
            links: Vec::new(),
            direction: Direction::LeftToRight,
            state: ReaderState::default(),
            time: 0.0,
        };
        // Fonts are read in the first frame: not what is measured.
        desk.empty();
        desk
    }

    fn input(&mut self, events: Vec<Event>) -> RawInput {
        self.time += 1.0 / 60.0;
        RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1400.0, 900.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        }
    }

    /// The number of corners painted.
    fn finish(&self, mut output: eframe::egui::FullOutput) -> usize {
        output.textures_delta.clear();
        let painted = black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        let corners = painted.iter().map(|p| match &p.primitive {
            eframe::egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
            eframe::egui::epaint::Primitive::Callback(_) => 0,
        });
        corners.sum()
    }

    fn empty(&mut self) {
        let input = self.input(vec![]);
        let output = self.ctx.clone().run_ui(input, |ui| {
            CentralPanel::default().frame(Frame::NONE).show(ui, |_| {});
        });
        self.finish(output);
    }

    fn frame(&mut self, events: Vec<Event>) -> usize {
        let input = self.input(events);
        let ctx = self.ctx.clone();
        let output = ctx.run_ui(input, |ui| {
            CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
                let page = Page {
                    text: &self.text,
                    outline: &self.outline,
                    printed: &self.printed,
                    name: "Draft",
                    highlights: &self.index,
                    links: &self.links,
                    link: None,
                    found: &[],
                    current_found: None,
                    selection: Some(Selection { anchor: 1000, head: 1400 }),
                    focus_highlight: None,
                    inks: [&[]; 3],
                    marks_shown: true,
                    text_size: 17.0,
                    direction: self.direction,
                    slim: false,
                };
                black_box(show(ui, &mut self.state, &page, Tokens::light()));
            });
        });
        self.finish(output)
    }
}

fn wheel() -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -40.0),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    }
}

fn reader(c: &mut Criterion) {
    let (text, outline) = draft();
    let all = highlights(&text);
    let mut group = c.benchmark_group("reader, 10 MB, 100,000 highlights");
    let mut desk = Desk::new(&text, &outline, HighlightIndex::new(all.clone()));
    group.bench_function("empty frame", |b| b.iter(|| desk.empty()));

    desk.frame(vec![Event::PointerMoved(pos2(700.0, 400.0))]);
    assert!(desk.frame(vec![]) > 4000, "a page full of letters is painted");
    group.bench_function("frame at rest", |b| b.iter(|| desk.frame(vec![])));
    group.bench_function("frame while scrolling", |b| b.iter(|| desk.frame(vec![wheel()])));
    assert!(desk.state.top() > 10_000, "it scrolled");
    assert!(desk.state.top() < text.len() * 9 / 10, "it did not arrive at the end");
    let mut seed = 1_u64;
    group.bench_function("frame after a random jump", |b| {
        b.iter(|| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            desk.state.scroll_to((seed >> 33) as usize % text.len(), ScrollPlace::Top);
            desk.frame(vec![])
        });
    });
    // The same with all that a file can print besides words.
    let mut printed_desk = Desk::new(&text, &outline, HighlightIndex::new(all.clone()));
    printed_desk.printed = Arc::new(printed(&text));
    printed_desk.frame(vec![Event::PointerMoved(pos2(700.0, 400.0))]);
    group.bench_function("frame while scrolling, 100,000 styles", |b| b.iter(|| printed_desk.frame(vec![wheel()])));
    group.bench_function("frame after a random jump, 100,000 styles", |b| {
        b.iter(|| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            printed_desk.state.scroll_to((seed >> 33) as usize % text.len(), ScrollPlace::Top);
            printed_desk.frame(vec![])
        });
    });
    drop(printed_desk);
    let mut linked_desk = Desk::new(&text, &outline, HighlightIndex::new(all.clone()));
    linked_desk.links = links(&text);
    linked_desk.frame(vec![Event::PointerMoved(pos2(700.0, 400.0))]);
    group.bench_function("frame at rest, 100,000 cross references", |b| b.iter(|| linked_desk.frame(vec![])));
    group.bench_function("frame while scrolling, 100,000 cross references", |b| {
        b.iter(|| linked_desk.frame(vec![wheel()]));
    });
    drop(linked_desk);
    let (leftward, blocks) = hebrew();
    let mut hebrew_desk = Desk::new(&leftward, &blocks, HighlightIndex::default());
    hebrew_desk.direction = Direction::RightToLeft;
    hebrew_desk.frame(vec![Event::PointerMoved(pos2(700.0, 400.0))]);
    group.bench_function("frame while scrolling, Hebrew", |b| b.iter(|| hebrew_desk.frame(vec![wheel()])));
    group.bench_function("frame after a random jump, Hebrew", |b| {
        b.iter(|| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            hebrew_desk.state.scroll_to((seed >> 33) as usize % leftward.len(), ScrollPlace::Top);
            hebrew_desk.frame(vec![])
        });
    });
    group.sample_size(10);
    group.bench_function("first frame, indexing the highlights included", |b| {
        b.iter_custom(|times| {
            let mut sum = std::time::Duration::ZERO;
            for _ in 0..times {
                let mut desk = Desk::new(&text, &outline, HighlightIndex::default());
                let all = all.clone();
                let start = Instant::now();
                desk.index = HighlightIndex::new(all);
                desk.frame(vec![]);
                sum += start.elapsed();
            }
            sum
        });
    });
    group.finish();
}

criterion_group!(benches, reader);
criterion_main!(benches);
