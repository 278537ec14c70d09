//! Whether a file is a picture that can stand on a paper, and how large it is; whether one is a DOCX document.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::export::paper::{Logo, LogoKind};

/// Sides beyond this, in pixels or points, are no logo.
const LARGEST_SIDE: f32 = 20_000.0;
/// Events read of an SVG file before its root element; a file with more before it is none.
const MOST_BEFORE: usize = 1_000;

/// The picture in these bytes.
///
/// # Errors
/// One sentence without a period, where they are no PNG and no SVG picture.
pub fn checked(bytes: Vec<u8>) -> Result<Logo, String> {
    let size = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png_size(&bytes).map(|size| (LogoKind::Png, size))
    } else {
        svg_size(&bytes).map(|size| (LogoKind::Svg, size))
    };
    let fits = |side: f32| (1.0..=LARGEST_SIDE).contains(&side);
    match size {
        Some((kind, (width, height))) if fits(width) && fits(height) => Ok(Logo { bytes, kind, width, height }),
        Some(_) => Err("The logo has no size a paper has room for".to_owned()),
        None => Err("A logo is a PNG or an SVG picture, and this is neither".to_owned()),
    }
}

/// Width and height in pixels; the whole picture is decoded, so that what is cut short is told now.
fn png_size(bytes: &[u8]) -> Option<(f32, f32)> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_limits(png::Limits { bytes: 200_000_000 });
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width as f32 > LARGEST_SIDE || height as f32 > LARGEST_SIDE {
        return Some((width as f32, height as f32));
    }
    while reader.next_row().ok()?.is_some() {}
    Some((width as f32, height as f32))
}

/// Width and height of the root element, of its view box where it says none; a file with a document type that could
/// name other files is none.
fn svg_size(bytes: &[u8]) -> Option<(f32, f32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut size = None;
    let mut depth = 0_usize;
    let mut events = 0_usize;
    loop {
        events += 1;
        match reader.read_event().ok()? {
            Event::Start(start) if size.is_none() => {
                size = Some(root_size(&start)?);
                depth = 1;
            }
            Event::Empty(start) if size.is_none() => return root_size(&start),
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.checked_sub(1)?,
            Event::DocType(doctype) if doctype.contains('[') => return None,
            Event::Text(text) if size.is_none() && !text.trim().is_empty() => return None,
            Event::Eof => return size.filter(|_| depth == 0),
            _ => {}
        }
        if size.is_none() && events > MOST_BEFORE {
            return None;
        }
    }
}

fn root_size(root: &BytesStart<'_>) -> Option<(f32, f32)> {
    if root.local_name().as_ref() != "svg" {
        return None;
    }
    let value = |name: &str| {
        let attribute = root.try_get_attribute(name).ok().flatten()?;
        Some(attribute.value.into_owned())
    };
    let length = |name: &str| value(name).and_then(|v| points(&v));
    let view = value("viewBox").and_then(|v| {
        let numbers: Vec<f32> =
            v.split([' ', ',', '\n', '\t']).filter(|n| !n.is_empty()).filter_map(|n| n.parse().ok()).collect();
        if let [_, _, width, height] = numbers.as_slice() { Some((*width, *height)) } else { None }
    });
    match (length("width"), length("height"), view) {
        (Some(width), Some(height), _) => Some((width, height)),
        (_, _, Some(size)) => Some(size),
        // What says nothing of its size is as wide as a browser has it.
        _ => Some((300.0, 150.0)),
    }
}

/// A length in points; a share of the page is none.
fn points(length: &str) -> Option<f32> {
    let length = length.trim();
    let digits = length.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(length.len());
    let number: f32 = length[..digits].parse().ok()?;
    let scale = match length[digits..].trim() {
        "" | "px" => 0.75,
        "pt" => 1.0,
        "mm" => 72.0 / 25.4,
        "cm" => 72.0 / 2.54,
        "in" => 72.0,
        "pc" => 12.0,
        "em" | "rem" => 12.0,
        _ => return None,
    };
    Some(number * scale)
}

/// Whether bytes are a DOCX document: a zip archive with a main document in it.
pub fn is_docx(bytes: &[u8]) -> bool {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes));
    archive.is_ok_and(|a| a.index_for_name("word/document.xml").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&vec![0; (width * height) as usize]).unwrap();
        bytes
    }

    #[test]
    fn a_logo_says_its_size() {
        let check = |bytes: &[u8], expected: Option<(LogoKind, f32, f32)>| {
            let logo = checked(bytes.to_vec());
            let found = logo.as_ref().ok().map(|l| (l.kind, l.width, l.height));
            assert_eq!(found, expected, "{:?}", String::from_utf8_lossy(bytes));
        };
        check(&png(30, 20), Some((LogoKind::Png, 30.0, 20.0)));
        check(&png(30, 20)[..60], None);
        check(b"\x89PNG\r\n\x1a\n", None);
        check(b"", None);
        check(b"GIF89a", None);
        check(b"<svg width='40' height='20'/>", Some((LogoKind::Svg, 30.0, 15.0)));
        check(
            b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><svg:svg viewBox='0 0 64,32' xmlns:svg='s'><g/></svg:svg>",
            Some((LogoKind::Svg, 64.0, 32.0)),
        );
        check(b"<svg width='100%' viewBox='0 0 8 4'></svg>", Some((LogoKind::Svg, 8.0, 4.0)));
        check(b"<svg></svg>", Some((LogoKind::Svg, 300.0, 150.0)));
        check(b"<svg width='0' height='4'/>", None);
        check(b"<svg><g></svg>", None);
        check(b"<svg>", None);
        check(b"<html><svg/></html>", None);
        check(b"words <svg/>", None);
        check(b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>", None);
        assert!(!is_docx(b"PK\x03\x04") && !is_docx(b""));
    }
}
