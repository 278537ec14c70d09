//! The mark of the organisation, looked at before typst draws it.

use typst::foundations::Bytes;

use super::super::{Logo, LogoKind};

/// A picture with more bytes, more pixels or deeper is no mark.
const MOST_BYTES: usize = 20_000_000;
const MOST_PIXELS: u64 = 40_000_000;
const DEEPEST: usize = 200;
const MOST_ELEMENTS: usize = 200_000;

/// A picture as a file of the paper's world.
pub(super) struct Picture {
    pub(super) name: &'static str,
    /// Its width over its height.
    pub(super) ratio: f32,
    pub(super) bytes: Bytes,
}

/// The mark, where it is a picture that can be drawn.
pub(super) fn picture(logo: &Logo) -> Option<Picture> {
    let sound = |length: f32| length.is_finite() && length > 0.0;
    let bytes = logo.bytes.as_slice();
    if bytes.len() > MOST_BYTES || !sound(logo.width) || !sound(logo.height) {
        return None;
    }
    let name = match logo.kind {
        LogoKind::Png => "logo.png",
        LogoKind::Svg => "logo.svg",
    };
    let can_be_drawn = match logo.kind {
        LogoKind::Png => is_png(bytes),
        LogoKind::Svg => is_svg(bytes),
    };
    let ratio = (logo.width / logo.height).clamp(0.05, 20.0);
    can_be_drawn.then(|| Picture { name, ratio, bytes: Bytes::new(bytes.to_vec()) })
}

fn is_png(bytes: &[u8]) -> bool {
    let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info();
    reader.is_ok_and(|reader| {
        let (width, height) = reader.info().size();
        u64::from(width) * u64::from(height) <= MOST_PIXELS
    })
}

fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut depth, mut elements) = (0usize, 0usize);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Start(_)) => {
                (depth, elements) = (depth + 1, elements + 1);
                if depth > DEEPEST || elements > MOST_ELEMENTS {
                    return false;
                }
            }
            Ok(quick_xml::events::Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(quick_xml::events::Event::Eof) => return elements > 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_not_drawn() {
        let check = |kind, bytes: &[u8], expected: bool| {
            let logo = Logo { bytes: bytes.to_vec(), kind, width: 10.0, height: 5.0 };
            assert_eq!(picture(&logo).is_some(), expected, "{}", String::from_utf8_lossy(bytes));
        };
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='2' height='1'><g/></svg>";
        check(LogoKind::Svg, svg.as_bytes(), true);
        check(LogoKind::Svg, b"no picture", false);
        check(LogoKind::Svg, format!("<svg>{}{}</svg>", "<g>".repeat(9000), "</g>".repeat(9000)).as_bytes(), false);
        check(LogoKind::Png, svg.as_bytes(), false);
        check(LogoKind::Png, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", false);
    }
}
