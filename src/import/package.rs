//! Zip packages, as word processors write them: told apart by the names inside, read within bounds.
//!
//! Nothing is ever unpacked to a disk, so names can be whatever they like; bytes are counted as they come out, so what
//! a header claims of sizes does not matter.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Problem;

/// The most that all parts read from one package may unpack to, in bytes.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;
/// The most parts a package may have; a draft has some dozens.
const MOST_PARTS: usize = 20_000;
/// The most room that is made for a part because its header asks for it, in bytes.
const MOST_BELIEVED: u64 = 16 * 1024 * 1024;
/// How many names are looked at to tell what a package is.
const NAMES_TOLD: usize = 400;

/// What a zip archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Package {
    /// DOCX and its kin.
    Word,
    /// ODT and its kin.
    OpenDocumentText,
    /// Another zip archive.
    Other,
}

/// Tells what a zip archive is by what stands in it; none if the bytes are no zip archive.
pub(super) fn package(bytes: &[u8]) -> Option<Package> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    if let Some(kind) = mimetype(bytes) {
        let text = kind.starts_with("application/vnd.oasis.opendocument.text");
        return Some(if text { Package::OpenDocumentText } else { Package::Other });
    }
    let names = names(bytes);
    let has = |start: &[u8]| has_name(&names, start);
    Some(match () {
        // Another office file that holds a text is not that text.
        () if has(b"xl/") || has(b"ppt/") || has(b"visio/") => Package::Other,
        () if has(b"word/") => Package::Word,
        () if has(b"content.xml") && has(b"META-INF/manifest.xml") => Package::OpenDocumentText,
        () if has(b"[Content_Types].xml") && states_word(bytes) => Package::Word,
        () => Package::Other,
    })
}

/// Why a zip archive or an old Office file that no importer takes is not read; none if it is neither.
pub(super) fn refusal(bytes: &[u8]) -> Option<Problem> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(compound_refusal(bytes));
    }
    if bytes.starts_with(b"PK\x05\x06") {
        return Some(Problem::Convert { what: "an empty zip archive", how: "add the drafts themselves" });
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let names = names(bytes);
    let has = |start: &[u8]| has_name(&names, start);
    let told = mimetype(bytes).unwrap_or_default();
    let (what, how) = match () {
        () if told.starts_with("application/epub") => ("an e-book", "save it as DOCX or HTML and add that"),
        () if has(b"xl/") || told.contains("spreadsheet") => {
            ("a spreadsheet", "save its text as DOCX or PDF and add that")
        }
        () if has(b"ppt/") || told.contains("presentation") => ("a presentation", "save it as PDF and add that"),
        () if told.contains("opendocument") => ("an OpenDocument file without a text", "save it as PDF and add that"),
        () if has(b"Index/Document.iwa") => ("a Pages document", "export it as Word (DOCX) and add that"),
        () => ("a zip archive", "unpack it and add the drafts that are in it"),
    };
    Some(Problem::Convert { what, how })
}

/// Old Office files, and new ones under a password, are OLE compound files; the names of their streams tell which.
fn compound_refusal(bytes: &[u8]) -> Problem {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(bytes, &wide)
    };
    let (what, how) = match () {
        () if has("EncryptedPackage") => {
            ("an encrypted Office file", "open it with its password, save it without one and add that")
        }
        () if has("WordDocument") => ("an old Word file", "save it as DOCX (in Word or LibreOffice) and add that"),
        () if has("Workbook") || has("Book") => ("an old spreadsheet", "save its text as DOCX or PDF and add that"),
        () if has("PowerPoint Document") => ("an old presentation", "save it as PDF and add that"),
        () if has("__properties_version1.0") => ("an e-mail from Outlook", "save what is attached to it and add that"),
        () => ("an old Office file", "save it as DOCX (in Word or LibreOffice) and add that"),
    };
    Problem::Convert { what, how }
}

/// Whether `needle` stands anywhere in the bytes.
fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let Some(&first) = needle.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&b| b == first) {
        rest = &rest[at..];
        if rest.starts_with(needle) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// What the first part says the package is, where it is called `mimetype` and is not packed.
fn mimetype(bytes: &[u8]) -> Option<&str> {
    let length = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let (name, extra) = (length(26)?, length(28)?);
    if bytes.get(30..30 + name)? != b"mimetype" {
        return None;
    }
    let start = 30 + name + extra;
    let words = bytes.get(start..bytes.len().min(start + 80))?;
    let end = words.iter().position(|b| !b.is_ascii_graphic()).unwrap_or(words.len());
    let words = words[..end].split(|&b| b == b'P').next()?;
    std::str::from_utf8(words).ok()
}

/// Names of parts from the headers in front of them, which a file that is cut off has too.
fn names(bytes: &[u8]) -> Vec<&[u8]> {
    let mut names = Vec::new();
    let mut rest = bytes;
    while let (Some(at), true) =
        (rest.windows(3).position(|w| w == b"PK\x03" || w == b"PK\x01"), names.len() < NAMES_TOLD)
    {
        rest = &rest[at..];
        let (lengths, start) = if rest.starts_with(b"PK\x03\x04") { (26, 30) } else { (28, 46) };
        let length = |at: usize| rest.get(at..at + 2).map(|b| usize::from(b[0]) | usize::from(b[1]) << 8);
        if let Some(name) = length(lengths).and_then(|length| rest.get(start..start + length)) {
            names.push(name.strip_prefix(b"/").unwrap_or(name));
        }
        rest = &rest[3..];
    }
    names
}

/// Whether a name begins so, whatever its capitals.
fn has_name(names: &[&[u8]], start: &[u8]) -> bool {
    names.iter().any(|name| name.get(..start.len()).is_some_and(|n| n.eq_ignore_ascii_case(start)))
}

fn states_word(bytes: &[u8]) -> bool {
    let Ok(mut parts) = Parts::open(bytes) else { return false };
    let Ok(Some(types)) = parts.read("[Content_Types].xml") else { return false };
    holds(&types, b"wordprocessingml.document.main+xml") || holds(&types, b"ms-word.document")
}

/// The parts of a package.
pub(super) struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// By name in lower case: names of parts are the same whatever their capitals.
    names: HashMap<String, usize>,
    left: u64,
}

impl<'b> Parts<'b> {
    /// Reads the list of parts.
    ///
    /// # Errors
    /// Where the archive is damaged or has more parts than any draft.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Problem> {
        let listed = bytes.windows(4).filter(|w| w == b"PK\x01\x02").take(MOST_PARTS + 1).count();
        if listed > MOST_PARTS {
            return Err(Problem::TooMuch(format!("has more than {MOST_PARTS} parts")));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) => {
                Problem::Damaged("it is no zip archive a word processor makes".to_owned())
            }
            _ => Problem::Damaged("its end is missing, where a zip archive lists its parts".to_owned()),
        })?;
        let mut names = HashMap::with_capacity(archive.len());
        for (index, name) in archive.file_names_raw().enumerate() {
            let name = String::from_utf8_lossy(name).replace('\\', "/").to_lowercase();
            names.entry(name.trim_start_matches('/').to_owned()).or_insert(index);
        }
        Ok(Self { archive, names, left: MOST_UNPACKED })
    }

    /// The names of all parts, in lower case.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The bytes of a part; none if there is no such part.
    ///
    /// # Errors
    /// Where the part is damaged or encrypted, or all that was read so far is more than a draft can be.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let Some(&index) = self.names.get(&name.trim_start_matches('/').to_lowercase()) else { return Ok(None) };
        let damaged = |why: &str| Problem::Damaged(format!("its part {name} {why}"));
        let file = match self.archive.by_index(index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword) => {
                let how = "open it with its password, save it without one and add that";
                return Err(Problem::Convert { what: "an encrypted package", how });
            }
            Err(ZipError::CompressionMethodNotSupported(_)) => {
                return Err(damaged("is packed in a way no word processor uses"));
            }
            Err(_) => return Err(damaged("cannot be found where it should be")),
        };
        let too_much = || Problem::TooMuch(format!("unpacks to more than {} MB", MOST_UNPACKED >> 20));
        if file.size() > self.left {
            return Err(too_much());
        }
        // What the package says of its size may be wrong, and is no reason to ask for much.
        let mut bytes = Vec::with_capacity(file.size().min(MOST_BELIEVED) as usize);
        // One byte more than may be, to tell that there is more.
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| match error.kind() {
            std::io::ErrorKind::OutOfMemory => Problem::TooMuch("asks for more memory than there is".to_owned()),
            _ => damaged("is cut off or changed"),
        })?;
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => self.left = left,
            None => return Err(too_much()),
        }
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let said =
            refusal(bytes).map(|problem| super::super::ImportError { name: "a".to_owned(), problem }.to_string());
        assert_eq!(said.as_deref(), Some(expected));
    }

    /// The header that stands in front of a part, and the part, not packed.
    fn part(name: &str, words: &str) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        bytes.extend(u32::try_from(words.len()).unwrap().to_le_bytes().repeat(2));
        bytes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(name.bytes().chain(words.bytes()));
        bytes
    }

    #[test]
    fn packages_are_told_by_what_is_in_them() {
        let types = part("[Content_Types].xml", "<Types/>");
        let with = |name: &str| [types.clone(), part(name, "x")].concat();
        assert_eq!(package(&with("word/document.xml")), Some(Package::Word));
        assert_eq!(package(&with("xl/workbook.xml")), Some(Package::Other));
        let text = part("mimetype", "application/vnd.oasis.opendocument.text");
        assert_eq!(package(&text), Some(Package::OpenDocumentText));
        assert_eq!(package(&[text, part("content.xml", "")].concat()), Some(Package::OpenDocumentText));
        assert_eq!(package(b"%PDF-1.7"), None);
        check(&with("xl/workbook.xml"), "a is a spreadsheet; save its text as DOCX or PDF and add that");
        check(&part("mimetype", "application/epub+zip"), "a is an e-book; save it as DOCX or HTML and add that");
        check(&part("draft.txt", "Article 1"), "a is a zip archive; unpack it and add the drafts that are in it");
    }

    #[test]
    fn bytes_are_counted_as_they_come_out() {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a.xml", "b.xml"] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(&[b' '; 4_000]).unwrap();
        }
        let bomb = zip.finish().unwrap().into_inner();
        let mut parts = Parts::open(&bomb).unwrap();
        parts.left = 7_000;
        assert_eq!(parts.read("A.XML").unwrap().map(|b| b.len()), Some(4_000));
        assert_eq!(parts.read("b.xml"), Err(Problem::TooMuch("unpacks to more than 512 MB".to_owned())));
        assert_eq!(parts.read("c.xml"), Ok(None));
    }

    #[test]
    fn old_office_files_are_told_by_their_streams() {
        let old = |stream: &str| {
            let wide = stream.encode_utf16().flat_map(u16::to_le_bytes);
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain([0; 600]).chain(wide).collect::<Vec<u8>>()
        };
        check(&old("WordDocument"), "a is an old Word file; save it as DOCX (in Word or LibreOffice) and add that");
        check(
            &old("EncryptedPackage"),
            "a is an encrypted Office file; open it with its password, save it without one and add that",
        );
    }
}
