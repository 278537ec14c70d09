//! Code pages: which bytes are which letters depends on the font.

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::import::manuscript::symbols;

/// A font: how its bytes are read.
#[derive(Clone, Default)]
struct Font {
    name: String,
    encoding: Option<&'static Encoding>,
    is_symbol: bool,
}

/// The fonts of a file.
pub(super) struct Fonts {
    fonts: HashMap<i32, Font>,
    page: &'static Encoding,
    /// The font that is being described.
    open: Option<i32>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self { fonts: HashMap::new(), page: encoding_rs::WINDOWS_1252, open: None }
    }
}

impl Fonts {
    /// `\ansicpg`, `\mac`: how bytes are read where no font says otherwise.
    pub fn set_page(&mut self, page: i32) {
        self.page = of_page(page).unwrap_or(self.page);
    }

    /// A control word in the table of fonts.
    pub fn describe(&mut self, word: &str, number: Option<i32>) {
        let number = number.unwrap_or(0);
        match (word, self.open) {
            ("f", _) => {
                self.open = Some(number);
                self.fonts.entry(number).or_default();
            }
            ("fcharset", Some(open)) => {
                if let Some(font) = self.fonts.get_mut(&open) {
                    font.is_symbol = number == 2;
                    font.encoding = of_charset(number);
                }
            }
            ("cpg", Some(open)) => {
                if let (Some(font), Some(encoding)) = (self.fonts.get_mut(&open), of_page(number)) {
                    font.encoding = Some(encoding);
                }
            }
            _ => {}
        }
    }

    /// The name of the font that is being described.
    pub fn name(&mut self, words: &str) {
        if let Some(font) = self.open.and_then(|open| self.fonts.get_mut(&open))
            && font.name.len() < 80
        {
            font.name.push_str(words.trim_matches([';', '\r', '\n']));
        }
    }

    /// What bytes in a font say.
    pub fn read(&self, font: i32, bytes: &[u8]) -> String {
        let font = self.fonts.get(&font);
        if let Some(font) = font.filter(|f| f.is_symbol) {
            return bytes.iter().map(|&b| symbols::symbol(&font.name, u32::from(b)).unwrap_or('•')).collect();
        }
        let encoding = font.and_then(|f| f.encoding).unwrap_or(self.page);
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }
}

fn of_charset(charset: i32) -> Option<&'static Encoding> {
    of_page(match charset {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

fn of_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        1250 => "windows-1250",
        1251 => "windows-1251",
        1252 => "windows-1252",
        1253 => "windows-1253",
        1254 => "windows-1254",
        1255 => "windows-1255",
        1256 => "windows-1256",
        1257 => "windows-1257",
        1258 => "windows-1258",
        866 => "ibm866",
        10_000 => "macintosh",
        10_007 => "x-mac-cyrillic",
        20_866 => "koi8-r",
        54_936 => "gb18030",
        65_001 => "utf-8",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_say_what_bytes_mean() {
        let mut fonts = Fonts::default();
        fonts.set_page(1250);
        for (font, charset, name) in [(0, 204, "Times CYR;"), (1, 2, "Symbol;"), (2, 1, "Arial;"), (3, 134, "SimSun;")]
        {
            fonts.describe("f", Some(font));
            fonts.describe("fcharset", Some(charset));
            fonts.name(name);
        }
        assert_eq!(fonts.read(0, b"\xcf\xf0\xe8"), "При");
        assert_eq!(fonts.read(1, b"\xb7"), "•");
        assert_eq!(fonts.read(2, b"\xb3"), "ł");
        assert_eq!(fonts.read(3, b"\xb5\xda"), "第");
        assert_eq!(fonts.read(9, b"\xb3"), "ł");
    }
}
