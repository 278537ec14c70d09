//! RON as this program writes and reads it: the same bytes for the same value, legible strings, bounded size and depth.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use ron::{Options, error::SpannedError};
use serde::{Deserialize, Serialize};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 1_000_000_000;

/// How many brackets may be open at once; our own files need fewer than ten.
const MAX_DEPTH: usize = 64;

/// Why a text was not understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// From 1.
    pub line: usize,
    /// In code points, from 1.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

impl Fault {
    /// A fault at a byte of a text.
    pub fn at(text: &str, byte: usize, message: impl Into<String>) -> Self {
        let before = &text[..text.floor_char_boundary(byte)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { line, column, message: message.into() }
    }

    /// A fault where a quoted word stands for the second time: `"` and the word and `"`.
    pub fn at_second(text: &str, word: &str, message: impl Into<String>) -> Self {
        let byte = text.match_indices(word).nth(1).map_or(0, |(i, _)| i);
        Self::at(text, byte, message)
    }
}

/// Why a file of ours was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotRead {
    /// It cannot be understood.
    Damaged(Fault),
    /// A newer version of the program wrote it.
    Newer(u32),
}

impl From<Fault> for NotRead {
    fn from(fault: Fault) -> Self {
        Self::Damaged(fault)
    }
}

/// The value on several lines, down to `depth` brackets; what is deeper stands on one line. Ends with a line end.
pub(super) fn write(value: &impl Serialize, depth: usize) -> Result<String, ron::Error> {
    let style = PrettyConfig::new().depth_limit(depth).new_line("\n").indentor(" ").escape_strings(true);
    let mut text = legible(&options().to_string_pretty(value, style)?);
    text.push('\n');
    Ok(text)
}

/// The value on one line, without a line end.
pub(super) fn write_line(value: &impl Serialize) -> Result<String, ron::Error> {
    Ok(legible(&options().to_string(value)?))
}

/// The value a text stands for.
///
/// # Errors
/// Where the text is no such value.
pub(super) fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    options().from_str(text).map_err(|e| fault_of(&e))
}

/// The value a file stands for whose first field is `format`, in a version from 1 to `known`.
///
/// # Errors
/// [`NotRead::Newer`] where the version is beyond `known`, [`NotRead::Damaged`] where the text is no such value.
pub(super) fn read_versioned<'t, T: Deserialize<'t>>(text: &'t str, known: u32) -> Result<T, NotRead> {
    match format_of(text) {
        Some(format) if format > known => Err(NotRead::Newer(format)),
        Some(0) => Err(Fault::at(text, 0, "there is no format 0").into()),
        _ => Ok(read(text)?),
    }
}

/// The bytes of a file as text.
///
/// # Errors
/// Where they are not UTF-8.
pub(super) fn utf8(bytes: Vec<u8>) -> Result<String, Fault> {
    String::from_utf8(bytes).map_err(|e| {
        let valid = e.utf8_error().valid_up_to();
        let start = String::from_utf8_lossy(&e.as_bytes()[..valid]).into_owned();
        Fault::at(&start, valid, "bytes that are no UTF-8 text")
    })
}

/// The number after `format:` where that is the first field, as it is in every file we write.
fn format_of(text: &str) -> Option<u32> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(comment) = rest.strip_prefix("//") {
        rest = comment.split_once('\n')?.1.trim_start();
    }
    let rest = rest.strip_prefix('(')?.trim_start().strip_prefix("format")?.trim_start().strip_prefix(':')?;
    let rest = rest.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 9 { Some(u32::MAX) } else { rest[..digits].parse().ok() }
}

fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(MAX_DEPTH)
}

fn fault_of(error: &SpannedError) -> Fault {
    let at = error.span.start;
    let mut message = without_our_names(&error.code.to_string());
    message.retain(|c| c != '\n');
    if message.chars().count() > 200 {
        message = message.chars().take(200).chain(['…']).collect();
    }
    Fault { line: at.line, column: at.col, message }
}

/// A message without the names of our structs, which say nothing to an analyst: "… in `DraftV1`, expected one of …".
fn without_our_names(message: &str) -> String {
    let mut said = String::with_capacity(message.len());
    for (n, part) in message.split('`').enumerate() {
        let is_quoted = n % 2 == 1;
        if is_quoted && part.ends_with("V1") {
            let shorter = said.strip_suffix(" in ").or_else(|| said.strip_suffix(" in enum ")).map(str::len);
            match shorter {
                Some(length) => said.truncate(length),
                None => said.push_str("what belongs here"),
            }
        } else if is_quoted {
            said.push('\u{201c}');
            said.push_str(part);
            said.push('\u{201d}');
        } else {
            said.push_str(part);
        }
    }
    said
}

/// The serializer escapes every apostrophe and every accent that stands apart from its letter, so that an analyst's
/// notes in French or Hindi could not be read in the file. Puts those back; keeps escapes for quotes, backslashes,
/// control characters and the invisible ones that turn the direction of a line.
///
/// A backslash stands nowhere but in a string, where it always begins an escape: our files hold no `char`.
fn legible(ron: &str) -> String {
    let mut text = String::with_capacity(ron.len());
    let mut rest = ron;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = &rest[at..];
        let length = if escape.starts_with("\\u{") {
            escape.find('}').map_or(escape.len(), |end| end + 1)
        } else {
            2.min(escape.len())
        };
        let (escape, after) = escape.split_at(length);
        let shown = match escape {
            "\\'" => Some('\''),
            _ => escape
                .strip_prefix("\\u{")
                .and_then(|e| u32::from_str_radix(e.trim_end_matches('}'), 16).ok())
                .and_then(char::from_u32)
                .filter(|&c| is_visible(c)),
        };
        match shown {
            Some(c) => text.push(c),
            None => text.push_str(escape),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn is_visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
        && !matches!(c, '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_stay_legible_and_come_back() {
        for words in ["l'État", "क़ानून\u{301}", "a\"b\\c\\'d", "line\nline\r\t", "\u{202e}\0\u{feff}", "\\u{41}", "Ω🔒"]
        {
            let text = write_line(&words).unwrap();
            assert_eq!(read::<String>(&text).as_deref(), Ok(words), "{text}");
            assert!(!text.contains(['\n', '\r', '\u{202e}', '\0']), "{text}");
        }
        assert_eq!(write_line(&"l'État क़").unwrap(), "\"l'État क़\"");
    }

    #[test]
    fn the_format_is_read_before_anything_else() {
        assert_eq!(format_of("\u{feff}// a\n// b\n( format : 12, x: 1)"), Some(12));
        assert_eq!(format_of("(format:99999999999)"), Some(u32::MAX));
        for none in ["", "(", "(title: 1)", "// only", "(format: x)"] {
            assert_eq!(format_of(none), None, "{none}");
        }
    }

    #[test]
    fn deep_nesting_is_a_fault_with_a_place() {
        let hostile = "[".repeat(1_000_000);
        let fault = read::<ron::Value>(&hostile).unwrap_err();
        assert_eq!(fault.line, 1);
        assert!(fault.message.contains("recursion"), "{}", fault.message);
    }
}
