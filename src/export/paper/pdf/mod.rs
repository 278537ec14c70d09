//! Papers on pages: typeset by typst through its crates, as a PDF or for the window.
//!
//! A paper becomes data (`data.rs`), which one template of ours (`paper.typ`) sets; the words of a paper are never code. The
//! same paper gives the same bytes as long as the faces inside the program have its letters; for others the machine's are
//! taken (`faces.rs`).
//!
//! Must not know: projects, where a paper is kept, the window.

mod compose;
mod data;
mod faces;
mod flat;
mod logo;
mod sheets;
mod text;
mod tongue;
mod world;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::RenderOptions;

use self::compose::Purpose;
use self::faces::{Faces, HAN, SIGN, Whose};
use self::tongue::{Letters, Tongues};
use self::world::PaperWorld;
use super::Paper;
use super::pages::{Pages, Raster};
use crate::export::{ExportError, Written};

/// A paper with more paragraphs and runs than this is no paper.
const MOST_RUNS: usize = 400_000;
/// The same in bytes of words.
const MOST_BYTES: usize = 40_000_000;
/// Layouts after which what the typesetter remembers of a page is forgotten, so that a preview does not begin anew each time.
const REMEMBERED: usize = 2;

/// The bytes of a PDF: tagged, with bookmarks, its faces inside it, and PDF/UA-1 where every letter has a face.
///
/// # Errors
/// Where the paper is too long or cannot be set.
pub fn write(paper: &Paper) -> Result<Written, ExportError> {
    write_with(paper, Whose::Machine)
}

/// A paper on pages, for the window. It takes as long as [`write()`]; drawing a page of it does not.
///
/// # Errors
/// As [`write()`].
pub fn pages(paper: &Paper) -> Result<Pages, ExportError> {
    let set = caught(|| typeset(paper, Purpose::Window, Whose::Machine))?;
    comemo::evict(REMEMBERED);
    let shapes = sheets::shapes(&set.document);
    let document = set.document;
    Ok(Pages::new(shapes, set.left, Box::new(move |page, scale| draw(&document, page, scale))))
}

/// The template and the data it reads, for those who measure the typesetter alone.
///
/// # Errors
/// Where the data cannot be written.
#[doc(hidden)]
pub fn source(paper: &Paper) -> Result<(&'static str, Vec<u8>), ExportError> {
    let letters = Letters::of(paper);
    let tongues = Tongues::of(paper, &letters, &Faces::of(&letters, Whose::Own));
    Ok((world::TEMPLATE, json(&compose::data(paper, Purpose::File, &tongues, None).0)?))
}

fn write_with(paper: &Paper, whose: Whose) -> Result<Written, ExportError> {
    let written = caught(|| {
        let set = typeset(paper, Purpose::File, whose)?;
        let bytes = file(&set, !set.has_boxes)?;
        Ok(Written { bytes, left: set.left })
    });
    // A file is written once; what was remembered for it is as large as the paper many times over.
    comemo::evict(0);
    written
}

/// A paper that was set.
struct Typeset {
    document: PagedDocument,
    left: Vec<String>,
    has_boxes: bool,
}

fn typeset(paper: &Paper, purpose: Purpose, whose: Whose) -> Result<Typeset, ExportError> {
    let letters = Letters::of(paper);
    if letters.runs > MOST_RUNS || letters.bytes > MOST_BYTES {
        let sentence = "The paper is too long to be set on pages; choose fewer remarks or another format";
        return Err(ExportError::NotMade(sentence.to_owned()));
    }
    let faces = Faces::of(&letters, whose);
    let tongues = Tongues::of(paper, &letters, &faces);
    let layout = |logo: Option<logo::Picture>| {
        let named = logo.as_ref().map(|logo| (logo.name, logo.ratio));
        let (data, losses) = compose::data(paper, purpose, &tongues, named);
        let data = json(&data)?;
        let logo = logo.map(|logo| (logo.name, logo.bytes));
        let world = PaperWorld::new(faces.fonts.clone(), data, logo)
            .ok_or_else(|| ExportError::NotMade("The paper cannot be set: it has no template".to_owned()))?;
        let made = typst::compile::<PagedDocument>(&world).output;
        made.map(|document| (document, losses)).map_err(|errors| not_made(&errors))
    };
    let picture = paper.front.logo.as_ref().and_then(logo::picture);
    let mut has_logo = picture.is_some();
    let mut made = layout(picture);
    if made.is_err() && has_logo {
        has_logo = false;
        made = layout(None);
    }
    let (document, losses) = made?;
    let boxes = sheets::boxes(&document);
    let mut left: Vec<String> = boxes.iter().map(|(script, letters)| no_face(script, letters)).collect();
    left.extend(losses.sentences());
    if paper.front.logo.is_some() && !has_logo {
        left.push("The logo is no picture that can be drawn, so the pages are without it".to_owned());
    }
    Ok(Typeset { document, left, has_boxes: !boxes.is_empty() })
}

fn json(data: &data::Data<'_>) -> Result<Vec<u8>, ExportError> {
    serde_json::to_vec(data).map_err(|e| ExportError::NotMade(format!("The paper cannot be set on pages: {e}")))
}

fn file(set: &Typeset, accessible: bool) -> Result<Vec<u8>, ExportError> {
    let options = |standards| PdfOptions {
        creator: Smart::Custom(Some("Travaux".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    let made = PdfStandards::new(&[PdfStandard::Ua_1]).ok().filter(|_| accessible);
    if let Some(Ok(bytes)) = made.map(|standards| typst_pdf::pdf(&set.document, &options(standards))) {
        return Ok(bytes);
    }
    // Tags and bookmarks are there all the same.
    typst_pdf::pdf(&set.document, &options(PdfStandards::default())).map_err(|errors| not_made(&errors))
}

fn draw(document: &PagedDocument, page: usize, pixels_per_point: f32) -> Option<Raster> {
    let page = document.pages().get(page)?;
    let options = RenderOptions { pixel_per_pt: Scalar::new(f64::from(pixels_per_point)), render_bleed: false };
    // A page has a white ground, so that nothing is left of how the pixels were made transparent.
    let picture = catch_unwind(AssertUnwindSafe(|| typst_render::render(page, &options))).ok()?;
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    Some(Raster { width, height, rgba: picture.take() })
}

fn no_face(script: &str, letters: &BTreeSet<char>) -> String {
    let some: Vec<String> = letters.iter().take(5).map(char::to_string).collect();
    let (some, more) = (some.join(" "), if letters.len() > 5 { " \u{2026}" } else { "" });
    match script {
        SIGN => format!("No font on this machine has the signs {some}{more}, so they are printed as boxes"),
        HAN => "No font on this machine has the Chinese signs of the paper, so they are printed as boxes".to_owned(),
        script => {
            let name = script.replace('_', " ");
            format!(
                "No font on this machine has the {name} letters of the paper ({some}{more}), so they are printed as boxes"
            )
        }
    }
}

/// What typst has to say is about our template, never about a file of a person; it is told for whoever mends it.
fn not_made(errors: &[SourceDiagnostic]) -> ExportError {
    let first = errors.first().map_or("for no reason it told", |error| error.message.as_str());
    ExportError::NotMade(format!("The paper cannot be set on pages: {first}"))
}

fn caught<T>(work: impl FnOnce() -> Result<T, ExportError>) -> Result<T, ExportError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(ExportError::NotMade("The paper cannot be set on pages: the typesetter failed".to_owned()))
    })
}
