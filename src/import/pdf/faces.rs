//! Which of the standard faces a glyph is drawn in, where the file names one without bringing it along.
//!
//! Must not know: pages, words. The reader of PDF stands in for such a face with one of the fourteen that every reader has
//! (ISO 32000, 9.6.2.2) and does not say which; so each is drawn once and its glyphs are known again by their shape.

use std::collections::HashMap;
use std::sync::LazyLock;

use hayro_interpret::font::{Glyph, GlyphRun, OutlineGlyph};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};

/// The faces that text is set in, whether each is bold, and whether it is slanted.
const FACES: [(&str, bool, bool); 12] = [
    ("Times-Roman", false, false),
    ("Times-Bold", true, false),
    ("Times-Italic", false, true),
    ("Times-BoldItalic", true, true),
    ("Helvetica", false, false),
    ("Helvetica-Bold", true, false),
    ("Helvetica-Oblique", false, true),
    ("Helvetica-BoldOblique", true, true),
    ("Courier", false, false),
    ("Courier-Bold", true, false),
    ("Courier-Oblique", false, true),
    ("Courier-BoldOblique", true, true),
];

/// The shape of a glyph in thousandths of an em.
type Outline = (usize, [i32; 4], i32);

static KNOWN: LazyLock<HashMap<Outline, (bool, bool)>> = LazyLock::new(known);

/// Whether a glyph of a standard face is bold, and whether it is slanted; nothing for other faces and for blanks.
pub(super) fn face(glyph: &OutlineGlyph) -> Option<(bool, bool)> {
    KNOWN.get(&outline(glyph)?).copied()
}

fn outline(glyph: &OutlineGlyph) -> Option<Outline> {
    let path = glyph.outline();
    let count = path.elements().len();
    if count == 0 {
        return None;
    }
    let b = path.bounding_box();
    Some((count, [b.x0 as i32, b.y0 as i32, b.x1 as i32, b.y1 as i32], path.area() as i32))
}

fn known() -> HashMap<Outline, (bool, bool)> {
    let Ok(pdf) = Pdf::new(specimen().into_bytes()) else { return HashMap::new() };
    let Some(page) = pdf.pages().iter().next() else { return HashMap::new() };
    let area = Rect::new(0.0, 0.0, 1000.0, 1000.0);
    let cache = InterpreterCache::new();
    let mut context = Context::new(Affine::IDENTITY, area, &cache, page.xref(), InterpreterSettings::default());
    let mut reader = Reader::default();
    interpret_page(page, &mut context, &mut reader);
    reader.known
}

/// A page with the letters of every face, a line each.
fn specimen() -> String {
    let letters: String = ('!'..='~').filter(|c| !matches!(c, '(' | ')' | '\\')).collect();
    let mut fonts = String::new();
    let mut content = String::new();
    for (i, (name, ..)) in FACES.iter().enumerate() {
        fonts.push_str(&format!("/F{i} << /Type /Font /Subtype /Type1 /BaseFont /{name} >> "));
        content.push_str(&format!("BT /F{i} 10 Tf 1 0 0 1 0 {} Tm ({letters}) Tj ET\n", i * 20));
    }
    format!(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
         2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
         3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 1000 1000] /Contents 4 0 R \
         /Resources << /Font << {fonts}>> >> >> endobj\n\
         4 0 obj << /Length {} >> stream\n{content}endstream endobj\ntrailer << /Root 1 0 R >>\n",
        content.len()
    )
}

/// Keeps the shapes of the faces in their order.
#[derive(Default)]
struct Reader {
    known: HashMap<Outline, (bool, bool)>,
    next: usize,
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        let Some(&(_, bold, italic)) = FACES.get(self.next) else { return };
        self.next += 1;
        for glyph in run.glyphs() {
            if let Glyph::Outline(o) = &**glyph
                && let Some(outline) = outline(o)
            {
                self.known.entry(outline).or_insert((bold, italic));
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_faces_are_told_apart() {
        // About ninety letters of twelve faces; a few, such as the period of a slanted face, are shared.
        assert!(KNOWN.len() > 800, "{}", KNOWN.len());
        for style in [(false, false), (true, false), (false, true), (true, true)] {
            assert!(KNOWN.values().filter(|&&s| s == style).count() > 150, "{style:?}");
        }
    }
}
