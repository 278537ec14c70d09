//! The face words of pictures are set in: Libertinus Serif, which ships inside the program. It covers Latin, Greek, Cyrillic
//! and Hebrew; for other signs a picture as PNG has empty boxes, one as SVG the fonts of whoever looks at it.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::OutlinePen;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use vello_cpu::kurbo::BezPath;

/// What SVG files call it, with what stands in for it.
pub const FAMILY: &str = "Libertinus Serif, Linux Libertine, Times New Roman, serif";

const REGULAR: &str = "LibertinusSerif-Regular";
const BOLD: &str = "LibertinusSerif-Semibold";
/// Words longer than this are no label of a picture.
const LONGEST: usize = 400;

/// The width of words in points.
pub fn width(words: &str, size: f32, bold: bool) -> f32 {
    let Some(font) = font(bold) else { return 0.5 * size * words.chars().count() as f32 };
    let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
    let map = font.charmap();
    words.chars().map(|c| metrics.advance_width(map.map(c).unwrap_or_default()).unwrap_or(0.0)).sum()
}

/// The words in one line, cut with `…` where they are wider than there is room.
pub fn fitted(words: &str, size: f32, bold: bool, room: f32) -> String {
    let line: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    if width(&line, size, bold) <= room {
        return line;
    }
    let mut used = width("\u{2026}", size, bold);
    let mut short = String::new();
    for c in line.chars() {
        used += width(c.encode_utf8(&mut [0; 4]), size, bold);
        if used > room {
            break;
        }
        short.push(c);
    }
    format!("{}\u{2026}", short.trim_end())
}

/// The outlines of words whose baseline begins at a place.
pub fn outlines(words: &str, at: [f32; 2], size: f32, bold: bool) -> BezPath {
    let mut path = BezPath::new();
    let Some(font) = font(bold) else { return path };
    let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
    let (map, glyphs) = (font.charmap(), font.outline_glyphs());
    let mut x = at[0];
    for c in words.chars() {
        let glyph = map.map(c).unwrap_or_default();
        if let Some(outline) = glyphs.get(glyph) {
            // A glyph that cannot be drawn is left out; its room stays.
            let _ = outline.draw((Size::new(size), LocationRef::default()), &mut Pen { path: &mut path, x, y: at[1] });
        }
        x += metrics.advance_width(glyph).unwrap_or(0.0);
    }
    path
}

fn font(bold: bool) -> Option<&'static FontRef<'static>> {
    static FACES: OnceLock<[Option<FontRef<'static>>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        let named = |name: &str| {
            typst_assets::fonts()
                .filter_map(|bytes| FontRef::new(bytes).ok())
                .find(|font| font.localized_strings(StringId::POSTSCRIPT_NAME).any(|s| s.chars().eq(name.chars())))
        };
        [named(REGULAR), named(BOLD)]
    });
    faces[usize::from(bold)].as_ref()
}

/// Draws a glyph, whose y axis points up, on a page, whose y axis points down.
struct Pen<'p> {
    path: &'p mut BezPath,
    x: f32,
    y: f32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(self.x + x), f64::from(self.y - y))
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx, cy), self.at(x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.curve_to(self.at(ax, ay), self.at(bx, by), self.at(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_measured_drawn_and_cut() {
        assert!(font(false).is_some() && font(true).is_some());
        let wide = width("Surveillance powers", 12.0, false);
        assert!((80.0..130.0).contains(&wide), "{wide}");
        let short = fitted("Surveillance\n powers", 12.0, false, 60.0);
        assert!(short.ends_with('\u{2026}') && width(&short, 12.0, false) <= 60.0, "{short}");
        assert_eq!(fitted("a\n b", 12.0, true, 60.0), "a b");
        let box_of = vello_cpu::kurbo::Shape::bounding_box(&outlines("23", [10.0, 30.0], 12.0, false));
        assert!(box_of.x0 >= 9.0 && box_of.y1 <= 31.0 && box_of.y0 < 25.0, "{box_of:?}");
    }
}
