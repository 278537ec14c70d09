//! A picture as SVG.

use super::face::{FAMILY, width};
use super::{Align, Ink, PAPER, Picture, Shape};

/// Writes it.
pub fn write(picture: &Picture) -> String {
    let (w, h) = picture.size;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         font-family=\"{FAMILY}\">\n<title>{}</title>\n<rect width=\"{w}\" height=\"{h}\" fill=\"{}\"/>\n",
        escaped(&picture.title),
        hex(PAPER),
        w = short(w),
        h = short(h),
    );
    for shape in &picture.shapes {
        match shape {
            Shape::Rect { at, fill } => {
                let [x, y, w, h] = at.map(short);
                svg.push_str(&format!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{}\"/>\n",
                    hex(*fill)
                ));
            }
            Shape::Line { at, thick, ink } => {
                let [x1, y1, x2, y2] = at.map(short);
                svg.push_str(&format!(
                    "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{}\" stroke-width=\"{}\"/>\n",
                    hex(*ink),
                    short(*thick)
                ));
            }
            Shape::Text { at, size, bold, align, ink, words } => {
                let [x, y] = at.map(short);
                let anchor = match align {
                    Align::Start => "",
                    Align::Middle => " text-anchor=\"middle\"",
                    Align::End => " text-anchor=\"end\"",
                };
                let weight = if *bold { " font-weight=\"600\"" } else { "" };
                // Whatever font the viewer has, the words keep to their room.
                let room = short(width(words, *size, *bold));
                svg.push_str(&format!(
                    "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"{weight}{anchor} textLength=\"{room}\" \
                     lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\">{}</text>\n",
                    short(*size),
                    hex(*ink),
                    escaped(words)
                ));
            }
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn hex(ink: Ink) -> String {
    format!("#{:06x}", ink.number())
}

/// At most two digits behind the point.
fn short(number: f32) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What XML holds: no markup of others, no character it forbids.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::INK;
    use super::*;

    #[test]
    fn no_word_becomes_markup() {
        let mut picture = Picture { title: "a <b>&\u{0}".into(), size: (10.5, 20.0), shapes: Vec::new() };
        picture.text([1.0, 2.25], 12.0, Align::End, INK, "</text><script>\"'\u{1}\u{ffff}");
        let svg = write(&picture);
        assert!(!svg.contains("<script") && !svg.contains("<b>"), "{svg}");
        let mut reader = quick_xml::Reader::from_str(&svg);
        reader.config_mut().check_end_names = true;
        loop {
            if reader.read_event().unwrap() == quick_xml::events::Event::Eof {
                break;
            }
        }
        assert!(svg.contains("x=\"1\" y=\"2.25\"") && svg.contains("width=\"10.5\""), "{svg}");
    }
}
