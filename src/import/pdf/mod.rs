//! PDF with a text layer: the words in the order a person reads them, without what is printed on every page.
//!
//! Must not know: provisions, projects. It measures type and places, and reads words only where a label, a sentence's
//! end or a common word tells paragraphs and broken letters.
//!
//! The way through: `glyphs` takes down what a page paints, `words` makes words and lines of it, `furniture` takes running
//! heads and numbers away and `notes` the footnotes, `columns` finds what stands side by side and `compared` chooses among
//! it, `paragraphs` joins lines, `writing` makes the text; `trust` measures whether letters are what they seem.

mod bounds;
mod columns;
mod compared;
mod contents;
mod effort;
mod faces;
mod figures;
mod furniture;
mod glyph_order;
mod glyphs;
mod letters;
mod notes;
mod paragraphs;
mod titles;
mod trust;
mod words;
mod writing;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{InterpreterCache, InterpreterSettings};

use super::{Bytes, Changes, Choices, Content, Doubt, Offers, Problem, Watch};
use crate::model::{HintKind, StructureHint, Taken, TextRange, Wording};

use bounds::Streams;
use effort::Left;
use furniture::Sheet;
use glyphs::{Glyph, Painted};
use paragraphs::{edges, is_back, paragraphs, reading_order};
use trust::Fault;
use words::{Line, Spellings, usual_size};
use writing::{Vocabulary, Writer};

/// A draft has fewer pages.
const MOST_PAGES: usize = 20_000;
/// A draft has fewer letters; the bound keeps memory within a few gigabytes.
const MOST_LETTERS: usize = 40_000_000;
/// The sign of the end stands in so many last bytes (ISO 32000, implementation note 18); senders append some of their own.
const TAIL: usize = 4096;
/// With fewer struck words than this a file has no marked changes.
const FEWEST_STRUCK: usize = 8;

/// Whether the bytes are a PDF: the sign may stand anywhere in the first kilobyte (ISO 32000, implementation note 13).
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.get(..bytes.len().min(1024)).is_some_and(|head| head.windows(5).any(|w| w == b"%PDF-"))
}

/// Reads a PDF file.
pub(super) fn read(bytes: &Bytes, choices: &Choices, watch: &mut dyn Watch) -> Result<Content, Problem> {
    let password = choices.password.as_deref().unwrap_or("");
    bounds::check_lists(bytes)?;
    let pdf = Pdf::new_with_password(Arc::clone(bytes), password)
        .map_err(|error| problem(error, choices.password.is_some()))?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(Problem::Damaged("no page of it can be found".to_owned()));
    }
    if count > MOST_PAGES {
        return Err(Problem::TooMuch(format!("has {count} pages, and drafts of more than {MOST_PAGES} are not read")));
    }
    let streams = Streams::check(&pdf, watch)?;
    let book = book(&pdf, &streams, watch)?;
    let title = pdf.metadata().title.as_deref().map(title).unwrap_or_default();
    let missing = missing(&pdf, bytes);
    // What it knows of the file is large; what follows needs the room.
    drop(pdf);
    let mut content = book.content(choices);
    content.title = title;
    content.doubts.extend(missing);
    if content.text.trim().is_empty() && content.doubts.is_empty() {
        return Err(Problem::Empty);
    }
    Ok(content)
}

/// Says that pages are gone, or may be, with the end of the file.
fn missing(pdf: &Pdf, bytes: &[u8]) -> Option<Doubt> {
    let found = pdf.pages().len();
    let xref = pdf.xref();
    let pages = xref.get::<Dict<'_>>(xref.root_id()).and_then(|root| root.get::<Dict<'_>>("Pages"));
    let said = pages.and_then(|pages| pages.get::<u32>("Count")).map_or(0, |count| count as usize);
    let end = &bytes[bytes.len().saturating_sub(TAIL)..];
    let is_whole = end.windows(5).any(|w| w == b"%%EOF");
    let message = if said > found {
        format!("The file says that it has {said} pages, and only {found} can be found: it is damaged, or not whole")
    } else if !is_whole {
        "The end of the file is missing, and pages may be missing with it; compare it with the original".to_owned()
    } else {
        return None;
    };
    Some(Doubt { pages: None, message })
}

fn book(pdf: &Pdf, streams: &Streams, watch: &mut dyn Watch) -> Result<Book, Problem> {
    let count = pdf.pages().len();
    let mut book = Book::default();
    let settings = InterpreterSettings::default();
    let mut cache = InterpreterCache::new();
    let mut left = Left::all(streams.largest_form);
    let mut glyphs = Vec::new();
    for (n, page) in pdf.pages().iter().enumerate() {
        if watch.cancelled() {
            return Err(Problem::Cancelled);
        }
        watch.progress(n as u64, count as u64);
        let mut effort = left.for_page(page, watch);
        // One page that the reader stumbles over costs that page.
        let painted = catch_unwind(AssertUnwindSafe(|| {
            glyphs::paint(page, &cache, &settings, &mut effort, std::mem::take(&mut glyphs))
        }));
        left = effort.left();
        match painted {
            Ok(painted) => {
                if painted.overflowing {
                    cache = InterpreterCache::new();
                }
                glyphs = book.add(painted);
            }
            Err(_) => {
                cache = InterpreterCache::new();
                book.add(Painted::default());
                book.unread.push(n + 1);
            }
        }
        if left.is_none() {
            return Err(Problem::TooMuch("asks for more work than the pages of a draft do".to_owned()));
        }
        if book.letters > MOST_LETTERS {
            return Err(Problem::TooMuch(format!("has more than {MOST_LETTERS} letters")));
        }
    }
    if watch.cancelled() { Err(Problem::Cancelled) } else { Ok(book) }
}

fn problem(error: LoadPdfError, given: bool) -> Problem {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Problem::Password { given },
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => Problem::Convert {
            what: "encrypted in a way that this version does not read",
            how: "save it without a password and add that",
        },
        LoadPdfError::Decryption(_) => Problem::Damaged("its encryption is not as it should be".to_owned()),
        LoadPdfError::Invalid => Problem::Damaged("it is not laid out as a PDF, or its end is missing".to_owned()),
    }
}

/// A title that a person gave, in the encodings of PDF (ISO 32000, 7.9.2.2): UTF-16 or UTF-8 with a mark, else Latin.
fn title(bytes: &[u8]) -> String {
    let text = if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|&pair| u16::from_be_bytes(pair)).collect();
        String::from_utf16_lossy(&units)
    } else if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        String::from_utf8_lossy(rest).into_owned()
    } else {
        bytes.iter().map(|&b| char::from(b)).collect()
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    let by_machine = ["microsoft", ".doc", ".pdf", ".indd", "untitled", "\\", "word -", "powerpoint"];
    let junk = by_machine.iter().any(|j| lower.contains(j)) || text.contains(char::is_control);
    if junk || text.chars().count() > 300 || !text.contains(' ') { String::new() } else { text }
}

/// All pages as they were taken down.
#[derive(Default)]
struct Book {
    sheets: Vec<Sheet>,
    spellings: Spellings,
    faults: Vec<Option<Fault>>,
    letters: usize,
    /// From 1: pages that could not be read, and pages too full to read whole.
    unread: Vec<usize>,
    cut: Vec<usize>,
}

impl Book {
    fn add(&mut self, painted: Painted) -> Vec<Glyph> {
        self.letters += painted.glyphs.len();
        let (words, fault) = read_words(&painted, &mut self.spellings);
        self.faults.push(fault);
        let label = String::new();
        let mut lines = words::lines(words);
        // They are kept until the last page is read.
        for line in &mut lines {
            line.words.shrink_to_fit();
        }
        lines.shrink_to_fit();
        self.sheets.push(Sheet { height: painted.height, width: painted.width, lines, rules: painted.rules, label });
        if painted.overflowing {
            self.cut.push(self.sheets.len());
        }
        painted.glyphs
    }

    fn content(mut self, choices: &Choices) -> Content {
        let body = usual_size(self.sheets.iter().flat_map(|s| &s.lines).flat_map(|l| &l.words));
        furniture::take_away(&mut self.sheets);
        for sheet in &mut self.sheets {
            contents::take_leaders(&mut sheet.lines);
        }
        let mut notes = notes::Notes::default();
        let mut pages = Vec::with_capacity(self.sheets.len());
        let labels: Vec<String> = self.sheets.iter().map(|s| s.label.clone()).collect();
        let all_lines = || self.sheets.iter().flat_map(|s| &s.lines);
        let vocabulary = Vocabulary::of(all_lines());
        let mirror = has_mirrored_brackets(all_lines());
        let struck = all_lines().flat_map(|l| &l.words).filter(|w| w.struck).count();
        let bold_words = |l: &Line| if l.is_bold() { 0 } else { l.words.iter().filter(|w| w.bold).count() };
        let inserted = all_lines().map(bold_words).sum();
        for (page, sheet) in self.sheets.iter_mut().enumerate() {
            let mut lines = std::mem::take(&mut sheet.lines);
            let margins = margins(&lines, sheet.width);
            notes.take_from(&mut lines, &sheet.rules, page, body, margins);
            pages.push(lines);
        }
        let mut survey = compared::Survey::default();
        for (lines, sheet) in pages.iter().zip(&self.sheets) {
            survey.add(&columns::regions(lines.clone(), &sheet.rules, &[]));
        }
        let comparison = survey.comparison();
        // Cells with nothing beside them show only once it is known where the columns stand.
        let known = &comparison.gutters;
        let regions: Vec<_> =
            pages.into_iter().zip(&self.sheets).map(|(l, s)| columns::regions(l, &s.rules, known)).collect();
        let column = choices.column.map(usize::from).filter(|&c| c < comparison.heads.len());
        let changes = (struck >= FEWEST_STRUCK).then_some(Changes { inserted, deleted: struck, tracked: false });
        let wording = match (changes, choices.wording) {
            (None, _) => Wording::Printed,
            (Some(_), chosen) => chosen.unwrap_or(Wording::Proposed),
        };
        let notes = notes.all();
        let mut writer = Writer::new(&vocabulary, wording, mirror, &labels, &notes);
        let flows = comparison.flows(regions, column);
        let edges = edges(&flows);
        for flow in flows {
            let paragraphs = paragraphs(flow, &edges);
            let gone = writer.gone(&paragraphs);
            // Each is let go as soon as it is written.
            for (paragraph, _) in paragraphs.into_iter().zip(gone).filter(|(_, gone)| !gone) {
                writer.paragraph(&paragraph);
            }
        }
        writer.notes();
        let Writer { mut text, mut hints, printed, .. } = writer;
        if !text.is_empty() {
            text.push('\n');
        }
        hints.insert(0, StructureHint { range: TextRange { start: 0, end: text.len() }, kind: HintKind::Paragraphs });
        let head = column.and_then(|c| Some((choices.column?, comparison.heads.get(c)?.clone())));
        Content {
            doubts: trust::doubts(&self.faults, self.sheets.len()),
            warnings: self.warnings(),
            taken: Taken { wording, column: head },
            offers: Offers { changes, columns: comparison.heads },
            text,
            hints,
            printed,
            ..Content::default()
        }
    }

    fn warnings(&self) -> Vec<String> {
        let pages = |pages: &[usize]| {
            let list: Vec<String> = pages.iter().take(12).map(usize::to_string).collect();
            let more = if pages.len() > 12 { format!(" and {} more", pages.len() - 12) } else { String::new() };
            format!("{} {}{more}", if pages.len() == 1 { "Page" } else { "Pages" }, list.join(", "))
        };
        let mut warnings = Vec::new();
        if !self.unread.is_empty() {
            warnings.push(format!("{} could not be read and left out", pages(&self.unread)));
        }
        if !self.cut.is_empty() {
            warnings
                .push(format!("{} had more on it than a page of text has; some of it was left out", pages(&self.cut)));
        }
        warnings
    }
}

/// The words of a page and what is wrong with them. Where the file does not say its letters, those that the order of
/// the face gives are taken if they make words.
fn read_words(painted: &Painted, spellings: &mut Spellings) -> (Vec<words::Word>, Option<Fault>) {
    let words = words::words(&painted.glyphs, &painted.rules, spellings);
    let fault = trust::fault(painted, &words);
    let unsaid = painted.glyphs.iter().filter(|g| g.guess.is_some()).count();
    if unsaid == 0 {
        return (words, fault);
    }
    let mut guessed = painted.glyphs.clone();
    for glyph in &mut guessed {
        if let Some(guess) = glyph.guess {
            glyph.letters = glyphs::Letters::One(guess);
        }
    }
    let guessed = words::words(&guessed, &painted.rules, spellings);
    match trust::fault(painted, &guessed) {
        None => (guessed, Some(Fault::Guessed)),
        _ => (words, fault),
    }
}

/// Where the text of a page begins and ends.
fn margins(lines: &[Line], width: f32) -> (f32, f32) {
    let left = lines.iter().map(Line::x0).fold(width, f32::min);
    let right = lines.iter().map(Line::x1).fold(left, f32::max);
    (left, right)
}

/// Whether the brackets of right-to-left lines are stored as they look, so that read from the right they close first.
fn has_mirrored_brackets<'l>(lines: impl Iterator<Item = &'l Line>) -> bool {
    let (mut opened, mut closed) = (0, 0);
    for line in lines.filter(|l| is_back(l)) {
        let first = reading_order(line).flat_map(|w| w.text.chars()).find(|c| matches!(c, '(' | ')'));
        match first {
            Some('(') => opened += 1,
            Some(')') => closed += 1,
            _ => {}
        }
    }
    closed > opened
}
