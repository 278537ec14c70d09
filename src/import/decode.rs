//! Bytes to characters: UTF-8, UTF-16 with its mark, else Windows-1252 with a warning.

use super::Problem;

/// Characters 0x80 to 0x9F of Windows-1252; the five it leaves free stay control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The characters of a text file, and a sentence for a person if they had to be guessed.
///
/// # Errors
/// [`Problem::Binary`] where it has bytes no text has, with the first of them.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<String>), Problem> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(Problem::Binary { at });
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), None)),
        Err(error) => error,
    };
    // Other control characters in number are no text either.
    let controls = bytes.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)).count();
    if controls * 50 > bytes.len() {
        let at = bytes.iter().position(|&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c));
        return Err(Problem::Binary { at: at.unwrap_or(0) });
    }
    let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count();
    let text = bytes.iter().map(|&b| match b {
        0x80..=0x9f => WINDOWS_1252[usize::from(b - 0x80)],
        b => char::from(b),
    });
    let warning = format!(
        "The file is not in UTF-8 (first seen in line {line}); it was read as Windows-1252, so look at letters with accents"
    );
    Ok((text.collect(), Some(warning)))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(String, Option<String>), Problem> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut broken = rest.len();
    let text: String = char::decode_utf16(pairs.iter().map(|&pair| unit(pair)))
        .map(|c| {
            c.unwrap_or_else(|_| {
                broken += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    if let Some(at) = text.chars().position(|c| c == '\0') {
        return Err(Problem::Binary { at: 2 + at * 2 });
    }
    let warning =
        (broken > 0).then(|| format!("{broken} characters of the file are broken and were replaced by \u{fffd}"));
    Ok((text, warning))
}

/// The name of a format that is not text, told by its first bytes, with its article: `a PDF`.
pub(super) fn known_format(bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 13] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a word processor's file or another zip archive"),
        (b"PK\x05\x06", "an empty zip archive"),
        (b"\xd0\xcf\x11\xe0", "an old word processor's file"),
        (b"{\\rtf", "a rich text file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
        (b"7z\xbc\xaf", "a compressed file"),
        (b"\xfd7zXZ", "a compressed file"),
        (b"SQLite format 3", "a database"),
        (b"\x7fELF", "a program"),
    ];
    let found = SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)).map(|&(_, name)| name);
    found.or_else(|| {
        let head = bytes.get(..bytes.len().min(512))?;
        let start = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
        (start.starts_with("<!doctype html") || start.starts_with("<html")).then_some("a web page")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_read_from_every_encoding() {
        let text = "Artículo 5 “Ámbito” – fin\n";
        let le: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let be: Vec<u8> = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let marked: Vec<u8> = [0xef, 0xbb, 0xbf].into_iter().chain(text.bytes()).collect();
        for bytes in [text.as_bytes(), &le, &be, &marked] {
            assert_eq!(decode(bytes), Ok((text.to_owned(), None)));
        }
        let (read, warning) = decode(b"one\nArt\xedculo 5 \x93\xc1mbito\x94 \x96 fin").unwrap();
        assert_eq!(read, "one\nArtículo 5 “Ámbito” – fin");
        assert!(warning.unwrap().contains("line 2"));
    }

    #[test]
    fn what_is_no_text_is_said() {
        assert_eq!(decode(b"ab\0c"), Err(Problem::Binary { at: 2 }));
        assert_eq!(known_format(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(known_format(b"  <!DOCTYPE html>"), Some("a web page"));
        assert_eq!(known_format(b"Article 1"), None);
    }
}
