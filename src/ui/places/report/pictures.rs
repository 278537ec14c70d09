//! Pictures of pages on their way from the workspace to the screen: one a page, the old one until the new one is there.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use crate::workspace::{PagePicture, PageWish, PaperOf, Workspace};

/// Pictures that are out of sight are let go of when all have more pixels than this.
const MOST_PIXELS: usize = 40_000_000;

struct Picture {
    /// The layout it is of, and what was wished for.
    of: (u64, u32),
    /// None where the page cannot be drawn.
    texture: Option<TextureHandle>,
    pixels: usize,
    /// The frame it was shown in last.
    seen: u64,
}

/// The pictures that are kept.
#[derive(Default)]
pub struct Pictures {
    paper: Option<PaperOf>,
    pages: BTreeMap<usize, Picture>,
    frame: u64,
}

/// What there is to show of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// A picture.
    Picture(TextureId),
    /// None yet.
    Blank,
    /// It cannot be drawn.
    Broken,
}

impl Pictures {
    /// A new frame; pictures of another paper are no use for this one. Says whether it is another one.
    pub fn begin(&mut self, paper: &PaperOf, pages: usize) -> bool {
        self.frame += 1;
        let another = self.paper.as_ref() != Some(paper);
        if another {
            self.pages.clear();
            self.paper = Some(paper.clone());
        }
        self.pages.retain(|page, _| *page < pages);
        another
    }

    /// What there is of a page, and whether it is what is wished for; takes what has been drawn meanwhile.
    pub fn page(&mut self, ctx: &Context, w: &Workspace, number: u64, wish: PageWish) -> (Shown, bool) {
        let of = (number, wish.width);
        let is_it = self.pages.get(&wish.page).is_some_and(|p| p.of == of);
        let drawn = if is_it { PagePicture::NotYet } else { w.picture(number, wish) };
        if !matches!(drawn, PagePicture::NotYet) {
            let name = || format!("page {}", wish.page);
            let (texture, pixels) = match drawn {
                PagePicture::Drawn(raster) => {
                    // A page has a white ground: nothing shines through.
                    let image = ColorImage::from_rgba_premultiplied([raster.width, raster.height], &raster.rgba);
                    let pixels = raster.width * raster.height;
                    (Some(ctx.load_texture(name(), Arc::new(image), TextureOptions::LINEAR)), pixels)
                }
                PagePicture::Broken | PagePicture::NotYet => (None, 0),
            };
            self.pages.insert(wish.page, Picture { of, texture, pixels, seen: self.frame });
        }
        let Some(picture) = self.pages.get_mut(&wish.page) else { return (Shown::Blank, false) };
        picture.seen = self.frame;
        let shown = picture.texture.as_ref().map_or(Shown::Broken, |t| Shown::Picture(t.id()));
        (shown, picture.of == of)
    }

    /// Lets go of what is out of sight and too much.
    pub fn end(&mut self) {
        let frame = self.frame;
        while self.pages.values().map(|p| p.pixels).sum::<usize>() > MOST_PIXELS {
            let oldest = self.pages.iter().filter(|(_, p)| p.seen < frame).min_by_key(|(_, p)| p.seen);
            let Some(page) = oldest.map(|(page, _)| *page) else { return };
            self.pages.remove(&page);
        }
    }
}
