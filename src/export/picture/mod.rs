//! Pictures for reports: one description, drawn as SVG or as PNG, so that both show the same.
//!
//! Must not know: what is pictured. Rectangles, lines and words, in points from the top left corner.

mod face;
mod png;
mod svg;

use super::ExportError;

pub use face::{fitted, width};

/// A color without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink(pub u8, pub u8, pub u8);

impl Ink {
    /// Red, green and blue in one number.
    pub fn number(self) -> u32 {
        u32::from(self.0) << 16 | u32::from(self.1) << 8 | u32::from(self.2)
    }
}

/// The page.
pub const PAPER: Ink = Ink(255, 255, 255);
/// Words.
pub const INK: Ink = Ink(0x22, 0x20, 0x1c);
/// Words that wait their turn.
pub const QUIET: Ink = Ink(0x5c, 0x57, 0x4d);
/// Hairlines.
pub const HAIR: Ink = Ink(0xc9, 0xc2, 0xb4);

/// Five steps from light to dark, each with the color of the words on it. They are told apart in grey, and the words on
/// each can be read.
pub const SHADES: [(Ink, Ink); 5] = [
    (Ink(0xd3, 0xe2, 0xf0), INK),
    (Ink(0xae, 0xca, 0xe4), INK),
    (Ink(0x84, 0xae, 0xd3), Ink(0, 0, 0)),
    (Ink(0x34, 0x6a, 0x9c), PAPER),
    (Ink(0x14, 0x3a, 0x5f), PAPER),
];

/// From which point of the words their place is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Where they begin.
    Start,
    /// Their middle.
    Middle,
    /// Where they end.
    End,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Left, top, width, height.
        at: [f32; 4],
        /// What it is filled with.
        fill: Ink,
    },
    /// A line.
    Line {
        /// Left and top of its beginning, left and top of its end.
        at: [f32; 4],
        /// How thick it is.
        thick: f32,
        /// Its color.
        ink: Ink,
    },
    /// Words in one line.
    Text {
        /// Left and baseline.
        at: [f32; 2],
        /// The height of the letters, in points.
        size: f32,
        /// Stronger.
        bold: bool,
        /// From which of their points the place is given.
        align: Align,
        /// Their color.
        ink: Ink,
        /// The words.
        words: String,
    },
}

/// A picture on a white page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// What it shows, for those who cannot see it.
    pub title: String,
    /// Width and height.
    pub size: (f32, f32),
    /// From the back to the front.
    pub shapes: Vec<Shape>,
}

impl Picture {
    /// Adds a rectangle.
    pub fn rect(&mut self, at: [f32; 4], fill: Ink) {
        self.shapes.push(Shape::Rect { at, fill });
    }

    /// Adds a line.
    pub fn line(&mut self, at: [f32; 4], thick: f32, ink: Ink) {
        self.shapes.push(Shape::Line { at, thick, ink });
    }

    /// Adds words.
    pub fn text(&mut self, at: [f32; 2], size: f32, align: Align, ink: Ink, words: impl Into<String>) {
        self.shapes.push(Shape::Text { at, size, bold: false, align, ink, words: words.into() });
    }

    /// Adds stronger words.
    pub fn bold(&mut self, at: [f32; 2], size: f32, align: Align, ink: Ink, words: impl Into<String>) {
        self.shapes.push(Shape::Text { at, size, bold: true, align, ink, words: words.into() });
    }

    /// As SVG 1.1. All words are escaped; the file refers to nothing outside itself.
    pub fn svg(&self) -> String {
        svg::write(self)
    }

    /// As PNG, two pixels to a point where that is not too large.
    ///
    /// # Errors
    /// [`ExportError::NotMade`] where it would be larger than a picture may be.
    pub fn png(&self) -> Result<Vec<u8>, ExportError> {
        png::write(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(ink: Ink) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(ink.0) + 0.7152 * linear(ink.1) + 0.0722 * linear(ink.2)
    }

    fn contrast(a: Ink, b: Ink) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn shades_can_be_read_and_told_apart_in_grey() {
        let mut before = PAPER;
        for (wash, ink) in SHADES {
            assert!(contrast(wash, ink) >= 4.5, "words on {wash:?}: {}", contrast(wash, ink));
            assert!(contrast(before, wash) >= 1.2, "{before:?} and {wash:?}: {}", contrast(before, wash));
            assert!(luminance(wash) < luminance(before));
            before = wash;
        }
        assert!(contrast(INK, PAPER) > 7.0 && contrast(QUIET, PAPER) >= 4.5);
    }
}
