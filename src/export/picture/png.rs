//! A picture as PNG.

use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::{Affine, Rect};
use vello_cpu::{Pixmap, RenderContext, Resources};

use super::super::ExportError;
use super::face::{outlines, width};
use super::{Align, Ink, PAPER, Picture, Shape};

/// Pixels along a side.
const LONGEST: f32 = 20_000.0;
/// Pixels altogether.
const MOST: f32 = 60_000_000.0;

/// Writes it.
pub fn write(picture: &Picture) -> Result<Vec<u8>, ExportError> {
    let failed = |e: &dyn std::fmt::Display| ExportError::NotMade(format!("The picture could not be made: {e}"));
    let (w, h) = picture.size;
    let fits = |scale: f32| w * scale <= LONGEST && h * scale <= LONGEST && w * h * scale * scale <= MOST;
    let Some(scale) = [2.0, 1.5, 1.0].into_iter().find(|scale| fits(*scale)) else {
        return Err(failed(&"it is too large; leave out what is empty, or write it as SVG"));
    };
    let side = |points: f32| (points * scale).ceil().clamp(1.0, LONGEST) as u16;
    let (wide, high) = (side(w), side(h));
    let mut page = RenderContext::new(wide, high);
    page.set_paint(color(PAPER));
    page.fill_rect(&Rect::new(0.0, 0.0, f64::from(wide), f64::from(high)));
    page.set_transform(Affine::scale(f64::from(scale)));
    for shape in &picture.shapes {
        match shape {
            Shape::Rect { at, fill } => {
                let [x, y, w, h] = at.map(f64::from);
                page.set_paint(color(*fill));
                page.fill_rect(&Rect::new(x, y, x + w, y + h));
            }
            Shape::Line { at, thick, ink } => {
                let [x1, y1, x2, y2] = at.map(f64::from);
                page.set_paint(color(*ink));
                page.fill_path(&stroke((x1, y1), (x2, y2), f64::from(*thick)));
            }
            Shape::Text { at, size, bold, align, ink, words } => {
                let x = match align {
                    Align::Start => at[0],
                    Align::Middle => at[0] - width(words, *size, *bold) / 2.0,
                    Align::End => at[0] - width(words, *size, *bold),
                };
                page.set_paint(color(*ink));
                page.fill_path(&outlines(words, [x, at[1]], *size, *bold));
            }
        }
    }
    page.flush();
    let mut target = Pixmap::new(wide, high);
    page.render(&mut target, &mut Resources::new());
    let rgb: Vec<u8> = target.data().iter().flat_map(|p| [p.r, p.g, p.b]).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, u32::from(wide), u32::from(high));
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().and_then(|mut w| w.write_image_data(&rgb)).map_err(|e| failed(&e))?;
    Ok(bytes)
}

fn color(ink: Ink) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(ink.0, ink.1, ink.2, 255)
}

/// A line as the rectangle it fills.
fn stroke(from: (f64, f64), to: (f64, f64), thick: f64) -> vello_cpu::kurbo::BezPath {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(f64::EPSILON);
    let (nx, ny) = (-dy / length * thick / 2.0, dx / length * thick / 2.0);
    let mut path = vello_cpu::kurbo::BezPath::new();
    path.move_to((from.0 + nx, from.1 + ny));
    path.line_to((to.0 + nx, to.1 + ny));
    path.line_to((to.0 - nx, to.1 - ny));
    path.line_to((from.0 - nx, from.1 - ny));
    path.close_path();
    path
}

#[cfg(test)]
mod tests {
    use super::super::INK;
    use super::*;

    #[test]
    fn what_is_described_is_painted() {
        let mut picture = Picture { title: String::new(), size: (40.0, 20.0), shapes: Vec::new() };
        picture.rect([0.0, 0.0, 10.0, 20.0], Ink(10, 20, 30));
        picture.text([38.0, 15.0], 14.0, Align::End, INK, "23");
        let bytes = write(&picture).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((frame.width, frame.height), (80, 40));
        assert_eq!(pixels[3 * (20 * 80 + 5)..][..3], [10, 20, 30]);
        let dark = pixels.chunks(3).skip(20 * 80 + 40).take(39).filter(|p| p[0] < 80).count();
        assert!(dark > 2, "the figures are there");
        let huge = Picture { size: (90_000.0, 10.0), ..Picture::default() };
        assert!(write(&huge).is_err());
    }
}
