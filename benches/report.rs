//! A submission of 1,000 remarks written in every format, beside what the typesetter alone takes for the same pages, and the
//! pages of the window: laid out anew, laid out after a change, and one of them drawn.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use travaux::export::paper::{Block, Column, Front, Grid, PAPER_FORMATS, Paper, Role, Row, Run, Sheet, Stroke, pages};
use travaux::model::AnnotationId;

const REMARKS: usize = 1000;

const CLAUSE: [&str; 3] = [
    "Each Party shall take the steps that are needed to keep the records held ",
    "by providers of any kind",
    ", for as long as the competent authority may order, and shall tell those concerned without delay.",
];
const NOTE: &str = "The words reach far beyond the records the convention is about. A library, a school or a small association \
                    would have to keep all it holds without knowing for how long, and nobody would have to say why.";
const ASK: &str = "Limit the duty to records named in a written order, and to ninety days.";

fn front() -> Front {
    Front {
        title: "Comments on the draft convention on the preservation of digital records".into(),
        organisation: "Lantern Network".into(),
        date: "12 March 2026".into(),
        addressee: "To the drafting committee".into(),
        introduction: vec![Block::text(Role::Body, NOTE)],
        ..Front::default()
    }
}

fn redline() -> Vec<Run> {
    vec![
        Run::plain(CLAUSE[0]),
        Run::stroke(Stroke::Struck, CLAUSE[1]),
        Run::stroke(Stroke::PutIn, "in writing by providers named in the order of a court"),
        Run::plain(CLAUSE[2]),
    ]
}

/// Article by article, with a footnote at every fifth remark.
fn submission() -> Paper {
    let mut body = Vec::new();
    for n in 0..REMARKS {
        let part = |role, runs| Block::Paragraph { role, about: Some(AnnotationId(n as u128 + 1)), runs };
        if n % 10 == 0 {
            body.push(Block::heading(1, format!("Chapter {}", n / 10 + 1)));
        }
        body.push(Block::heading(2, format!("Article {}({})", n / 4 + 1, n % 4 + 1)));
        body.push(part(Role::Label, vec![Run::strong("Scope"), Run::plain(" · grave")]));
        body.push(part(Role::Quote, vec![Run::plain(CLAUSE.concat())]));
        let note = (n % 5 == 0).then(|| vec![Run::plain("See the records of the second session.")]);
        body.push(part(Role::Body, vec![Run { footnote: note, ..Run::plain(format!("{NOTE} This is remark {n}.")) }]));
        body.push(part(Role::Proposal, redline()));
        body.push(part(Role::Ask, vec![Run::plain(ASK)]));
    }
    Paper { front: front(), contents: true, body, ..Paper::default() }
}

/// The table of amendments.
fn amendments() -> Paper {
    let column = |(name, share): (&str, f32)| Column { name: name.into(), share, ..Column::default() };
    let columns =
        [("Provision", 1.0), ("Current text", 3.0), ("Proposed text", 3.0), ("Justification", 2.5)].map(column);
    let rows = (0..REMARKS).map(|n| Row {
        about: Some(AnnotationId(n as u128 + 1)),
        cells: vec![
            vec![Block::text(Role::Body, format!("Article {}({})", n / 4 + 1, n % 4 + 1))],
            vec![Block::text(Role::Quote, CLAUSE.concat())],
            vec![Block::Paragraph { role: Role::Proposal, about: None, runs: redline() }],
            vec![Block::text(Role::Body, format!("{NOTE} This is remark {n}."))],
        ],
    });
    let grid = Grid { title: "Amendments".into(), columns: columns.into(), rows: rows.collect() };
    Paper { front: front(), sheet: Sheet::Lying, body: vec![Block::Table(grid)], ..Paper::default() }
}

/// The typesetter remembers what it set; each measurement begins without.
fn forget() {
    #[cfg(feature = "pdf")]
    typst::comemo::evict(0);
}

fn report(c: &mut Criterion) {
    for (kind, paper) in [("article by article", submission()), ("amendment table", amendments())] {
        let mut group = c.benchmark_group(format!("report/{kind}"));
        group.sample_size(10);
        for format in PAPER_FORMATS {
            group.bench_function(format!("1,000 remarks as {}", format.id), |b| {
                b.iter_batched(forget, |()| black_box((format.write)(&paper).unwrap()), BatchSize::PerIteration);
            });
        }
        #[cfg(feature = "pdf")]
        {
            let alone = alone::Alone::new(&paper);
            group.bench_function("yardstick: the same source by typst alone, as pdf", |b| {
                b.iter_batched(forget, |()| black_box(alone.pdf()), BatchSize::PerIteration);
            });
            group.bench_function("pages, laid out", |b| {
                b.iter_batched(forget, |()| black_box(pages(&paper).unwrap()), BatchSize::PerIteration);
            });
            let mut edited = paper.clone();
            let mut n = 0;
            group.bench_function("pages, laid out after a note was edited", |b| {
                b.iter_batched(
                    || {
                        n += 1;
                        edited.front.introduction = vec![Block::text(Role::Body, format!("{NOTE} {n}"))];
                        edited.clone()
                    },
                    |paper| black_box(pages(&paper).unwrap()),
                    BatchSize::PerIteration,
                );
            });
            let set = pages(&paper).unwrap();
            group.bench_function("one page drawn, 1.5 pixels to a point", |b| {
                b.iter(|| black_box(set.render(set.shapes().len() / 2, 1.5).unwrap()));
            });
        }
        group.finish();
    }
}

/// Typst as its own command line uses it: a source, its data and the faces it ships.
#[cfg(feature = "pdf")]
mod alone {
    use travaux::export::paper::{Paper, pdf};
    use typst::diag::{FileError, FileResult};
    use typst::foundations::{Bytes, Datetime, Duration};
    use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
    use typst::text::{Font, FontBook};
    use typst::utils::LazyHash;
    use typst::{Library, LibraryExt, World};
    use typst_layout::PagedDocument;
    use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

    pub struct Alone {
        library: LazyHash<Library>,
        fonts: Vec<Font>,
        book: LazyHash<FontBook>,
        main: Source,
        data: Bytes,
    }

    impl Alone {
        pub fn new(paper: &Paper) -> Self {
            let (template, data) = pdf::source(paper).unwrap();
            let fonts: Vec<Font> = typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
            let path = RootedPath::new(VirtualRoot::Project, VirtualPath::new("alone.typ").unwrap());
            Self {
                library: LazyHash::new(Library::default()),
                book: LazyHash::new(FontBook::from_fonts(&fonts)),
                fonts,
                main: Source::new(FileId::new(path), template.to_owned()),
                data: Bytes::new(data),
            }
        }

        pub fn pdf(&self) -> Vec<u8> {
            let document = typst::compile::<PagedDocument>(self).output.unwrap();
            let standards = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap();
            typst_pdf::pdf(&document, &PdfOptions { standards, ..PdfOptions::default() }).unwrap()
        }
    }

    impl World for Alone {
        fn library(&self) -> &LazyHash<Library> {
            &self.library
        }

        fn book(&self) -> &LazyHash<FontBook> {
            &self.book
        }

        fn main(&self) -> FileId {
            self.main.id()
        }

        fn source(&self, _: FileId) -> FileResult<Source> {
            Ok(self.main.clone())
        }

        fn file(&self, id: FileId) -> FileResult<Bytes> {
            let is_data = id.get().vpath().get_without_slash() == "paper.json";
            is_data.then(|| self.data.clone()).ok_or(FileError::AccessDenied)
        }

        fn font(&self, index: usize) -> Option<Font> {
            self.fonts.get(index).cloned()
        }

        fn today(&self, _: Option<Duration>) -> Option<Datetime> {
            None
        }
    }
}

criterion_group!(benches, report);
criterion_main!(benches);
