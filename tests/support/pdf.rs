//! Small PDF files written by hand, for tests of what a page can hold.

use std::fmt::Write as _;

/// The faces a page can be set in.
#[derive(Clone, Copy, PartialEq)]
pub enum Face {
    Roman,
    Bold,
    Italic,
    /// Every letter is 0.6 em wide.
    Fixed,
    /// Any characters, said by a `ToUnicode` map.
    Said,
    /// Glyph numbers without a meaning, as a face of Windows numbers them.
    Unsaid,
}

/// What stands on a page; lengths are points from the upper left corner, baselines for words.
#[derive(Clone, Default)]
pub struct Page {
    content: String,
    picture: bool,
}

impl Page {
    /// Words on one baseline.
    pub fn words(self, x: f32, y: f32, size: f32, face: Face, words: &str) -> Self {
        self.runs(x, y, &[(face, size, 0.0, words)])
    }

    /// Words one after the other, each in its face and size and raised by so many points.
    pub fn runs(mut self, x: f32, y: f32, runs: &[(Face, f32, f32, &str)]) -> Self {
        let _ = writeln!(self.content, "BT 1 0 0 1 {x} {} Tm", 800.0 - y);
        for &(face, size, rise, words) in runs {
            let _ = writeln!(self.content, "/F{} {size} Tf {rise} Ts {} Tj", face as usize, shown(face, words));
        }
        self.content.push_str("ET\n");
        self
    }

    /// Lines of text one below the other.
    pub fn lines(self, x: f32, y: f32, lines: &[&str]) -> Self {
        lines
            .iter()
            .enumerate()
            .fold(self, |page, (i, line)| page.words(x, y + 14.0 * i as f32, 11.0, Face::Roman, line))
    }

    /// A straight line.
    pub fn rule(mut self, x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        let _ = writeln!(self.content, "0.5 w {x0} {} m {x1} {} l S", 800.0 - y0, 800.0 - y1);
        self
    }

    /// A picture over all of the page.
    pub fn picture(mut self) -> Self {
        self.picture = true;
        self.content.push_str("q 600 0 0 800 0 0 cm /Im Do Q\n");
        self
    }

    /// All of the page turned by a quarter, as a wide table is bound.
    pub fn turned(mut self) -> Self {
        self.content = format!("q 0 1 -1 0 600 0 cm\n{}Q\n", self.content);
        self
    }
}

/// The words as a string of the page's program.
fn shown(face: Face, words: &str) -> String {
    let hex = |codes: Vec<u16>, digits: usize| {
        let digits: String = codes.iter().map(|c| format!("{c:0digits$x}")).collect();
        format!("<{digits}>")
    };
    match face {
        Face::Said => hex(words.encode_utf16().collect(), 4),
        // The order of the Macintosh begins with the space at 3.
        Face::Unsaid => hex(words.bytes().map(|b| u16::from(b) - 29).collect(), 4),
        _ => hex(words.bytes().map(u16::from).collect(), 2),
    }
}

/// A file of such pages, each 600 by 800 points.
pub fn pdf(pages: &[Page]) -> Vec<u8> {
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def \
               1 begincodespacerange <0000> <ffff> endcodespacerange \
               1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end";
    let wide = |name: &str, more: &str| {
        format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H {more} /DescendantFonts [<< /Type /Font \
             /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
             /Supplement 0 >> /DW 500 >>] >>"
        )
    };
    let simple = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        format!(
            "<< /Font << /F0 {} /F1 {} /F2 {} /F3 {} /F4 {} /F5 {} >> /XObject << /Im 5 0 R >> >>",
            simple("Times-Roman"),
            simple("Times-Bold"),
            simple("Times-Italic"),
            simple("Courier"),
            wide("Said", "/ToUnicode 4 0 R"),
            wide("Unsaid", "")
        ),
        format!("<< /Length {} >> stream\n{map}\nendstream", map.len() + 1),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >> \
         stream\n0\nendstream"
            .to_owned(),
    ];
    let mut kids = String::new();
    for page in pages {
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources 3 0 R /Contents {} 0 R >>",
            number + 1
        ));
        objects.push(format!("<< /Length {} >> stream\n{}endstream", page.content.len(), page.content));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    file(&objects)
}

/// A file of such objects, numbered from 1, the first of which is the catalog.
pub fn file<O: AsRef<[u8]>>(objects: &[O]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", i + 1).bytes());
        file.extend_from_slice(object.as_ref());
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).bytes());
    file
}
