//! The paper that the place Report shows, on its pages: laid out in the background as soon as a newer one has been
//! composed, and page by page as pictures for the window to take.
//!
//! All that is long work happens in tasks; what comes of stale work is shown until the newer comes.

use std::collections::VecDeque;
use std::sync::Arc;

use super::super::view::Place;
use super::super::{Outcome, Workspace};
use super::Composed;
use super::command::PaperOf;
use crate::export::paper;
use crate::export::paper::pages::{Pages, Raster};

/// What the task is called that lays a paper out on pages.
pub const LAYING_OUT: &str = "Setting the pages";
/// What the task is called that draws a page; it is not worth a word in the status line.
pub const DRAWING: &str = "Drawing a page";

/// Pictures wait to be taken until they have more bytes than this; the latest one always waits.
const MOST_BYTES: usize = 64_000_000;

/// A picture of a page that the window wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageWish {
    /// Which page, counted from 0.
    pub page: usize,
    /// How wide, in pixels.
    pub width: u32,
}

/// What has come of such a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagePicture {
    /// Nothing yet.
    NotYet,
    /// The page cannot be drawn.
    Broken,
    /// The picture.
    Drawn(Arc<Raster>),
}

/// A paper that was laid out.
#[derive(Clone, Debug)]
pub struct Sheets {
    /// Ascending: tells this layout from those before.
    pub number: u64,
    /// The paper.
    pub composed: Arc<Composed>,
    /// Its pages.
    pub pages: Arc<Pages>,
    of: PaperOf,
}

/// What is kept of pages between frames.
#[derive(Default)]
pub(in super::super) struct Laid {
    /// What is composed because the place shows it.
    following: Option<PaperOf>,
    count: u64,
    under_way: Option<(PaperOf, Arc<Composed>)>,
    sheets: Option<Sheets>,
    /// The paper that could not be laid out, and why.
    failed: Option<(Arc<Composed>, String)>,
    wanted: Vec<PageWish>,
    drawing: Option<(u64, PageWish)>,
    /// The latest last; a page that cannot be drawn has no picture.
    drawn: VecDeque<(u64, PageWish, Option<Arc<Raster>>)>,
}

/// What a task laid out.
pub struct LaidOut {
    of: PaperOf,
    composed: Arc<Composed>,
    result: Result<Pages, String>,
}

/// What a task drew.
pub struct Drawn {
    number: u64,
    wish: PageWish,
    picture: Option<Raster>,
}

impl Laid {
    /// Forgets everything, when another project is opened.
    pub(in super::super) fn clear(&mut self) {
        let count = self.count;
        *self = Self { count, ..Self::default() };
    }
}

impl Workspace {
    /// The latest pages of a paper, whatever has changed since: [`Self::has_new_sheets`] says whether they are of the
    /// project as it is.
    pub fn sheets(&self, of: &PaperOf) -> Option<&Sheets> {
        self.laid.sheets.as_ref().filter(|sheets| sheets.of == *of)
    }

    /// Whether the pages are of the project as it is now.
    pub fn has_new_sheets(&self, of: &PaperOf) -> bool {
        let composed = self.composed(of).filter(|_| self.is_composed(of));
        composed.zip(self.sheets(of)).is_some_and(|(composed, sheets)| Arc::ptr_eq(composed, &sheets.composed))
    }

    /// Why the paper that was composed last is not on pages.
    pub fn not_laid_out(&self, of: &PaperOf) -> Option<&str> {
        let composed = self.composed(of)?;
        self.laid.failed.as_ref().filter(|(which, _)| Arc::ptr_eq(which, composed)).map(|(_, why)| why.as_str())
    }

    /// The picture of a page of a layout.
    pub fn picture(&self, number: u64, wish: PageWish) -> PagePicture {
        match self.laid.drawn.iter().rev().find(|(of, which, _)| *of == number && *which == wish) {
            Some((.., Some(raster))) => PagePicture::Drawn(Arc::clone(raster)),
            Some((.., None)) => PagePicture::Broken,
            None => PagePicture::NotYet,
        }
    }

    /// Whether a page is being drawn, or waits to be.
    pub fn is_drawing(&self) -> bool {
        self.laid.drawing.is_some() || !self.laid.wanted.is_empty()
    }

    pub(super) fn draw_pages(&mut self, number: u64, wishes: Vec<PageWish>) {
        if self.laid.sheets.as_ref().is_some_and(|sheets| sheets.number == number) {
            self.laid.wanted = wishes;
            self.draw_if_due();
        }
    }

    /// Composes what the place Report shows, lays it out and draws what is wanted of it. Cheap where nothing is to be done.
    pub(in super::super) fn follow_report(&mut self) {
        let shown = if self.view.place == Place::Report && !self.closing { self.shown_paper() } else { None };
        if shown != self.laid.following {
            match &shown {
                Some(of) => self.compose(of.clone()),
                None => self.rest(),
            }
            self.laid.following = shown;
        }
        self.lay_out_if_due();
        self.draw_if_due();
    }

    fn lay_out_if_due(&mut self) {
        let Some(of) = self.laid.following.clone().filter(|_| self.laid.under_way.is_none()) else { return };
        let Some(composed) = self.composed(&of).cloned() else { return };
        let is_it = |which: &Arc<Composed>| Arc::ptr_eq(which, &composed);
        if self.laid.failed.as_ref().is_some_and(|(which, _)| is_it(which)) {
            return;
        }
        if let Some(sheets) = self.laid.sheets.as_mut().filter(|sheets| sheets.of == of) {
            // What changed in the project may be in no word of the paper.
            if is_it(&sheets.composed) || sheets.composed.paper == composed.paper {
                sheets.composed = composed;
                return;
            }
        }
        self.laid.under_way = Some((of.clone(), Arc::clone(&composed)));
        self.tasks.start(LAYING_OUT, false, move |_| {
            let result = paper::pages(&composed.paper).map_err(|e| e.to_string());
            Outcome::LaidOut(Box::new(LaidOut { of, composed, result }))
        });
    }

    fn draw_if_due(&mut self) {
        if self.laid.drawing.is_some() {
            return;
        }
        let Some(sheets) = &self.laid.sheets else { return };
        let number = sheets.number;
        let drawn = &self.laid.drawn;
        self.laid.wanted.retain(|wish| !drawn.iter().any(|(of, which, _)| *of == number && which == wish));
        if self.laid.wanted.is_empty() {
            return;
        }
        let wish = self.laid.wanted.remove(0);
        let pages = Arc::clone(&sheets.pages);
        self.laid.drawing = Some((number, wish));
        self.tasks.start(DRAWING, false, move |_| {
            let width = pages.shapes().get(wish.page).map_or(1.0, |shape| shape.width.max(1.0));
            let picture = pages.render(wish.page, wish.width as f32 / width);
            Outcome::Drawn(Box::new(Drawn { number, wish, picture }))
        });
    }

    pub(super) fn take_laid_out(&mut self, laid: LaidOut) {
        let LaidOut { of, composed, result } = laid;
        if self.laid.under_way.take_if(|(_, which)| Arc::ptr_eq(which, &composed)).is_none() {
            return;
        }
        match result {
            Ok(pages) => {
                self.laid.count += 1;
                self.laid.wanted.clear();
                self.laid.failed = None;
                self.laid.sheets = Some(Sheets { number: self.laid.count, composed, pages: Arc::new(pages), of });
            }
            Err(why) => self.laid.failed = Some((composed, why)),
        }
    }

    pub(super) fn take_drawn(&mut self, drawn: Drawn) {
        let Drawn { number, wish, picture } = drawn;
        if self.laid.drawing.take_if(|at| *at == (number, wish)).is_none() {
            return;
        }
        self.laid.drawn.push_back((number, wish, picture.map(Arc::new)));
        let size = |drawn: &VecDeque<(u64, PageWish, Option<Arc<Raster>>)>| -> usize {
            drawn.iter().filter_map(|(.., picture)| picture.as_ref()).map(|p| p.rgba.len()).sum()
        };
        while self.laid.drawn.len() > 1 && (size(&self.laid.drawn) > MOST_BYTES || self.laid.drawn.len() > 64) {
            self.laid.drawn.pop_front();
        }
    }

    /// Lets go of work on pages that nothing works at any more.
    pub(super) fn release_pages(&mut self) {
        let runs = |name: &str| self.tasks.running().iter().any(|t| t.name == name);
        let (lays, draws) = (runs(LAYING_OUT), runs(DRAWING));
        if !lays && let Some((_, composed)) = self.laid.under_way.take() {
            self.laid.failed = Some((composed, "The pages could not be set".to_owned()));
        }
        if !draws && let Some((number, wish)) = self.laid.drawing.take() {
            self.laid.drawn.push_back((number, wish, None));
        }
    }
}
