//! Bytes to characters: UTF-8, UTF-16, else Windows-1252 with a warning; markup may name its own encoding.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Problem;

/// How far into a file its encoding may be named, in bytes.
const HEAD: usize = 4096;

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

/// The characters of an HTML or XML file, which may name its encoding, and a sentence for a person if they had to be
/// guessed or mended.
///
/// A byte order mark counts first, then UTF-16 that shows itself, then UTF-8 if all of it is, since many a page that was
/// saved anew still names what it was before; then what the file names, or the `transport` it came by.
///
/// # Errors
/// [`Problem::Binary`] where it has bytes no text has, with the first of them.
pub(super) fn decode_markup<'b>(
    bytes: &'b [u8],
    transport: Option<&str>,
) -> Result<(Cow<'b, str>, Option<String>), Problem> {
    let decode = |bytes| decode(bytes).map(|(text, warning)| (Cow::Owned(text), warning));
    let utf16 = |bytes, unit| utf16(bytes, unit).map(|(text, warning)| (Cow::Owned(text), warning));
    let bytes = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return decode(bytes);
    } else {
        bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes)
    };
    // "<" with a zero beside it, as in "<?xml" or "<html".
    match bytes {
        [b'<', 0, second, 0, ..] if *second != 0 => return utf16(bytes, u16::from_le_bytes),
        [0, b'<', 0, second, ..] if *second != 0 => return utf16(bytes, u16::from_be_bytes),
        _ => {}
    }
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(Problem::Binary { at });
    }
    let named = transport.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| named_encoding(bytes));
    let named = named.filter(|e| *e != UTF_16LE && *e != UTF_16BE);
    let escapes = bytes.contains(&0x1b);
    let broken = match std::str::from_utf8(bytes) {
        Ok(text) if !escapes || named.is_none_or(|e| e == UTF_8) => return Ok((Cow::Borrowed(text), None)),
        Ok(_) => 0,
        Err(_) => broken_utf8(bytes),
    };
    match named {
        Some(encoding) if encoding != UTF_8 => {
            let (text, _, errors) = encoding.decode(bytes);
            let warning = errors.then(|| {
                format!(
                    "The file says that it is in {}, but not all of it is; look for {}",
                    encoding.name(),
                    '\u{fffd}'
                )
            });
            Ok((text, warning))
        }
        // UTF-8 with a few slips, or something else that claims to be UTF-8?
        _ if broken * 20 <= bytes.iter().filter(|&&b| b >= 0x80).count() => {
            let text = String::from_utf8_lossy(bytes);
            Ok((text, Some(replaced(broken))))
        }
        _ => decode(bytes),
    }
}

/// How many characters a text has that are no UTF-8.
fn broken_utf8(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count()
}

/// The encoding a file names in its XML declaration or in a `<meta>`.
fn named_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let declared = head.trim_start().strip_prefix("<?xml").and_then(|d| d.split_once("?>")).map(|(d, _)| d);
    let label = declared.and_then(|d| value_after(d, "encoding"));
    let found =
        label.or_else(|| head.split("<meta").skip(1).find_map(|meta| value_after(meta.split('>').next()?, "charset")));
    Encoding::for_label(found?.as_bytes())
}

/// `utf-8` behind `charset=`, `charset = "` and the like.
fn value_after<'s>(s: &'s str, name: &str) -> Option<&'s str> {
    let rest = s.split_once(name)?.1.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')));
    Some(&rest[..end.unwrap_or(rest.len())]).filter(|v| !v.is_empty())
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
    Ok((text, (broken > 0).then(|| replaced(broken))))
}

fn replaced(broken: usize) -> String {
    match broken {
        1 => "A character of the file is broken and was replaced by \u{fffd}".to_owned(),
        _ => format!("{broken} characters of the file are broken and were replaced by \u{fffd}"),
    }
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
    SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)).map(|&(_, name)| name)
}

/// The beginning of a file of markup in lower case, up to `length` bytes, UTF-16 read roughly, white space left out.
pub(super) fn head(bytes: &[u8], length: usize) -> String {
    let start = &bytes[..bytes.len().min(length)];
    let wide = start.starts_with(&[0xff, 0xfe])
        || start.starts_with(&[0xfe, 0xff])
        || start.get(..4).is_some_and(|s| s.contains(&0));
    let narrow: Vec<u8> =
        if wide { start.iter().copied().filter(|&b| b != 0 && b < 0xfe).collect() } else { start.to_vec() };
    let text = String::from_utf8_lossy(&narrow);
    text.trim_start_matches('\u{feff}').trim_start().to_lowercase()
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
    fn markup_names_its_encoding() {
        let read =
            |bytes: &[u8]| decode_markup(bytes, None).map(|(text, warning)| (text.into_owned(), warning.is_some()));
        let said = |text: &str, warned| Ok((text.to_owned(), warned));
        assert_eq!(
            read(b"<?xml version='1.0' encoding='koi8-r'?><p>\xd4"),
            said("<?xml version='1.0' encoding='koi8-r'?><p>т", false)
        );
        assert_eq!(read(b"<meta charset=windows-1256>\xc7"), said("<meta charset=windows-1256>ا", false));
        assert_eq!(
            read(b"<meta content='text/html; charset=ISO-8859-1'>\x93"),
            said("<meta content='text/html; charset=ISO-8859-1'>“", false)
        );
        assert_eq!(read("<meta charset=latin1>é".as_bytes()), said("<meta charset=latin1>é", false));
        assert_eq!(read(b"<p>\xe9t\xe9"), said("<p>été", true));
        assert_eq!(decode_markup(b"<p>\xd4", Some("koi8-r")), Ok((Cow::Borrowed("<p>т"), None)));
        let mut slipped = "é".repeat(40).into_bytes();
        slipped.push(0xff);
        assert_eq!(read(&slipped), said(&format!("{}\u{fffd}", "é".repeat(40)), true));
        let bare: Vec<u8> = "<html>é".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&bare), said("<html>é", false));
        assert_eq!(read(b"<p>\0"), Err(Problem::Binary { at: 3 }));
        assert_eq!(head(&bare, 12), "<html>");
    }

    #[test]
    fn what_is_no_text_is_said() {
        assert_eq!(decode(b"ab\0c"), Err(Problem::Binary { at: 2 }));
        assert_eq!(known_format(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(known_format(b"Article 1"), None);
    }
}
