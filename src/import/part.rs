//! One XML part of a package, piece by piece: namespaces told apart, entities resolved, depth bounded.

use std::borrow::Cow;

use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use quick_xml::{Reader, XmlVersion};

use super::Problem;

/// Elements inside each other; a draft has some dozens.
const DEEPEST: usize = 2_000;
/// Names given to namespaces at any one place; a draft has about fifty.
const MOST_PREFIXES: usize = 2_000;

/// An XML part in memory.
pub(super) struct Part {
    name: String,
    text: String,
}

/// A namespace that matters to a format: the start of its name, and what stands for it.
pub(super) type Namespaces = &'static [(&'static str, char)];

/// What comes next in a part.
pub(super) enum Piece<'x> {
    /// An element begins; one that is empty ends right after.
    Open(Tag<'x>),
    /// The element ends that began last: its namespace and its name.
    Close(char, &'x str),
    /// Characters.
    Text(Cow<'x, str>),
    /// The part is over.
    End,
}

/// The beginning of an element.
pub(super) struct Tag<'x> {
    /// The sign of its namespace; a space for one that does not matter.
    pub space: char,
    /// Its name without the prefix.
    pub name: &'x str,
    /// The tag as it stands between the angle brackets, and where its attributes begin.
    source: &'x str,
    attributes: usize,
}

impl Tag<'_> {
    /// The value of an attribute, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        Attributes::new(self.source, self.attributes)
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().as_ref() == name)
            .map(|a| a.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| a.value.to_string(), Cow::into_owned))
    }

    /// The value of an attribute that is a whole number.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.attribute(name)?.trim().parse().ok()
    }
}

impl Part {
    /// The characters of a part: UTF-8, UTF-16, or what its first line says.
    ///
    /// # Errors
    /// Where its bytes are not in that encoding.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Self, Problem> {
        let wide = |units: &[u8], unit: fn([u8; 2]) -> u16| {
            let pairs = units.as_chunks::<2>().0.iter().map(|&pair| unit(pair));
            char::decode_utf16(pairs).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
        };
        let text = match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
            [b'<', 0, ..] => wide(&bytes, u16::from_le_bytes),
            [0, b'<', ..] => wide(&bytes, u16::from_be_bytes),
            _ => match declared_encoding(&bytes) {
                Some(encoding) => encoding.decode(&bytes).0.into_owned(),
                None => String::from_utf8(bytes).map_err(|e| {
                    let at = e.utf8_error().valid_up_to();
                    Problem::Damaged(format!("its part {name} is not in UTF-8, first at byte {at}"))
                })?,
            },
        };
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok(Self { name: name.to_owned(), text })
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Reads it from the start.
    pub fn elements(&self, namespaces: Namespaces) -> Elements<'_> {
        Elements {
            name: &self.name,
            text: &self.text,
            reader: Reader::from_str(&self.text),
            namespaces,
            prefixes: Vec::new(),
            last: None,
            open: Vec::new(),
            empty: false,
        }
    }
}

/// The encoding in `<?xml … encoding="windows-1251"?>`, where it is not UTF-8.
fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let line = bytes.get(..bytes.len().min(200))?;
    let line = &line[..line.iter().position(|&b| b == b'>')?];
    let line = std::str::from_utf8(line).ok()?.trim_start_matches('\u{feff}');
    let (_, rest) = line.strip_prefix("<?xml")?.split_once("encoding")?;
    let label = rest.trim_start_matches([' ', '=', '"', '\'']).split(['"', '\'']).next()?;
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    (encoding != encoding_rs::UTF_8 && encoding.is_ascii_compatible()).then_some(encoding)
}

/// The pieces of a part in order.
pub(super) struct Elements<'x> {
    name: &'x str,
    text: &'x str,
    reader: Reader<&'x [u8]>,
    namespaces: Namespaces,
    /// Prefix, sign, and how many elements were open when it was given.
    prefixes: Vec<(&'x str, char, usize)>,
    last: Option<(&'x str, char)>,
    open: Vec<(char, &'x str)>,
    empty: bool,
}

impl<'x> Elements<'x> {
    /// The next piece; comments and instructions are passed over.
    ///
    /// # Errors
    /// Where the part is no well-formed XML, names an entity of its own, or nests without end.
    pub fn next(&mut self) -> Result<Piece<'x>, Problem> {
        if std::mem::take(&mut self.empty) {
            return Ok(self.close());
        }
        loop {
            let Ok(event) = self.reader.read_event() else {
                return Err(self.damaged("is no well-formed XML", self.reader.error_position()));
            };
            return Ok(match event {
                Event::Start(start) => Piece::Open(self.begin(start.len(), 1, start.name().0.len())?),
                Event::Empty(start) => {
                    let tag = self.begin(start.len(), 2, start.name().0.len())?;
                    self.empty = true;
                    Piece::Open(tag)
                }
                Event::End(_) => self.close(),
                Event::Text(text) => Piece::Text(text.xml10_content().clone()),
                Event::CData(text) => Piece::Text(text.into_inner()),
                Event::GeneralRef(reference) => Piece::Text(Cow::Owned(match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    Ok(None) => match quick_xml::escape::resolve_xml_entity(&reference) {
                        Some(words) => words.to_owned(),
                        None => return Err(self.damaged("uses an entity of its own", self.reader.buffer_position())),
                    },
                    Err(_) => return Err(self.damaged("names no character", self.reader.buffer_position())),
                })),
                Event::Eof if self.open.is_empty() => Piece::End,
                Event::Eof => return Err(self.damaged("is cut off", self.reader.buffer_position())),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            });
        }
    }

    /// Passes over the rest of the element that began last.
    ///
    /// # Errors
    /// As for [`Self::next`].
    pub fn skip(&mut self) -> Result<(), Problem> {
        let inside = self.open.len();
        while self.open.len() >= inside {
            if matches!(self.next()?, Piece::End) {
                break;
            }
        }
        Ok(())
    }

    /// The next piece of the element that began when [`Self::depth`] was `depth`; none when that is over.
    ///
    /// # Errors
    /// As for [`Self::next`].
    pub fn inside(&mut self, depth: usize) -> Result<Option<Piece<'x>>, Problem> {
        let piece = self.next()?;
        Ok((self.open.len() >= depth && !matches!(piece, Piece::End)).then_some(piece))
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many bytes were read.
    pub fn done(&self) -> u64 {
        self.reader.buffer_position()
    }

    fn damaged(&self, why: &str, at: u64) -> Problem {
        Problem::Damaged(format!("its part {} {why} at byte {at}", self.name))
    }

    /// The tag of `length` bytes that was just read, with `end` more bytes behind it.
    fn begin(&mut self, length: usize, end: usize, name: usize) -> Result<Tag<'x>, Problem> {
        if self.open.len() >= DEEPEST {
            return Err(Problem::TooMuch(format!("has more than {DEEPEST} elements inside each other")));
        }
        let end = (self.reader.buffer_position() as usize).saturating_sub(end);
        let source = self.text.get(end.saturating_sub(length)..end).unwrap_or_default();
        let (full, attributes) = source.split_at_checked(name).unwrap_or((source, ""));
        let (prefix, local) = full.split_once(':').unwrap_or(("", full));
        if attributes.contains("xmlns") {
            self.learn_prefixes(source, full.len())?;
        }
        let space = self.space(prefix);
        self.open.push((space, local));
        Ok(Tag { space, name: local, source, attributes: full.len() })
    }

    fn close(&mut self) -> Piece<'x> {
        let (space, name) = self.open.pop().unwrap_or((' ', ""));
        while self.prefixes.last().is_some_and(|&(_, _, depth)| depth >= self.open.len()) {
            self.prefixes.pop();
            self.last = None;
        }
        Piece::Close(space, name)
    }

    fn learn_prefixes(&mut self, source: &'x str, attributes: usize) -> Result<(), Problem> {
        for attribute in Attributes::new(source, attributes).with_checks(false).flatten() {
            let key = attribute.key.0;
            let Some(prefix) = key.strip_prefix("xmlns:").or_else(|| (key == "xmlns").then_some("")) else { continue };
            if self.prefixes.len() >= MOST_PREFIXES {
                return Err(Problem::TooMuch(format!("names more than {MOST_PREFIXES} namespaces")));
            }
            let sign = self.namespaces.iter().find(|(uri, _)| *uri == attribute.value).map_or(' ', |&(_, sign)| sign);
            self.prefixes.push((prefix, sign, self.open.len()));
        }
        self.last = None;
        Ok(())
    }

    fn space(&mut self, prefix: &'x str) -> char {
        if let Some((last, sign)) = self.last
            && last == prefix
        {
            return sign;
        }
        let sign = self.prefixes.iter().rev().find(|(p, _, _)| *p == prefix).map_or(' ', |&(_, sign, _)| sign);
        self.last = Some((prefix, sign));
        sign
    }
}
