//! How much work the painting of pages may be: a form is painted again wherever it is named, and may name others.

use std::panic::resume_unwind;

use hayro_interpret::hayro_syntax::object::dict::keys::SUBTYPE;
use hayro_interpret::hayro_syntax::object::{Name, Stream};
use hayro_interpret::hayro_syntax::page::Page;

use super::super::Watch;

/// The bytes of programs that may be run for a page, and for a file. Painting anything counts as so many of them, and
/// beginning a form as more.
const MOST_ON_A_PAGE: u64 = 1 << 29;
const MOST: u64 = 16 << 30;
const PAINTED: u64 = 256;
const BEGUN: u64 = 4096;
/// How often something is painted before it is asked whether to stop.
const ASKED: u32 = 1 << 12;
/// Forms that are looked at.
const MOST_FORMS: usize = 2_000;

/// The work that is left for a file.
#[derive(Clone, Copy)]
pub(super) struct Left {
    bytes: u64,
    largest_form: u64,
}

impl Left {
    /// Before the first page; the largest form in bytes.
    pub fn all(largest_form: u64) -> Self {
        Self { bytes: MOST, largest_form }
    }

    pub fn is_none(self) -> bool {
        self.bytes == 0
    }

    /// The work that a page may be.
    pub fn for_page<'w>(self, page: &Page<'_>, watch: &'w dyn Watch) -> Effort<'w> {
        let objects = &page.resources().x_objects;
        let is_form = |stream: Stream<'_>| stream.dict().get::<Name<'_>>(SUBTYPE).as_deref() == Some(b"Form");
        let forms = objects.keys().take(MOST_FORMS).filter_map(|key| objects.get::<Stream<'_>>(key)).any(is_form);
        let form = if forms { self.largest_form.saturating_add(BEGUN) } else { 0 };
        Effort { page: MOST_ON_A_PAGE.min(self.bytes), file: self, painted: 0, form, watch }
    }
}

/// The work that is left for a page.
pub(super) struct Effort<'w> {
    page: u64,
    file: Left,
    painted: u32,
    /// What painting a form may take on this page.
    form: u64,
    watch: &'w dyn Watch,
}

impl Effort<'_> {
    /// What is left for the pages after this one.
    pub fn left(&self) -> Left {
        self.file
    }

    /// Something is painted. Where that is too much, or a person wants no more, unwinds to who began the page.
    pub fn paint(&mut self) {
        self.spend(PAINTED);
    }

    /// Painting is bounded to an area, which is how every form begins.
    pub fn clip(&mut self) {
        self.spend(PAINTED.saturating_add(self.form));
    }

    /// Whether no work is left for this page.
    pub fn is_spent(&self) -> bool {
        self.page == 0
    }

    fn spend(&mut self, bytes: u64) {
        self.page = self.page.saturating_sub(bytes);
        self.file.bytes = self.file.bytes.saturating_sub(bytes);
        self.painted += 1;
        let asked = self.painted >= ASKED;
        if asked {
            self.painted = 0;
        }
        if self.page == 0 || asked && self.watch.cancelled() {
            // No panic: nothing is wrong, and nobody hears of it.
            resume_unwind(Box::new("no work is left for this page"));
        }
    }
}
