//! Somebody's document, read within bounds: its parts, what leads from one to the other, and their elements.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::package::{Part, Relations};
use crate::export::ExportError;
use crate::export::paper::flow::address;

/// The most that all parts that are read may unpack to, in bytes.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;
/// The most parts such a document may have.
const MOST_PARTS: usize = 5_000;

/// Why a document is not taken; `why` goes on after a colon.
pub(super) fn refused(why: &str) -> ExportError {
    ExportError::NotMade(format!("The document for the styles cannot be taken: {why}"))
}

/// The archive, read within bounds.
pub(super) struct Source<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    names: HashMap<String, usize>,
    left: u64,
}

pub(super) struct Relation {
    kind: String,
    /// From the root, or an address outside.
    pub target: String,
    pub is_outside: bool,
}

impl Relation {
    pub fn is_kind(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// What leads away from a part, and the parts it leads to.
pub(super) type Carried = (Relations, Vec<(Part, Relations)>);

impl<'b> Source<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, ExportError> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(refused("it is an old Word file or has a password; save it as DOCX without one"));
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(refused("it is no Word document (DOCX)"));
        }
        if bytes.windows(4).filter(|w| w == b"PK\x01\x02").take(MOST_PARTS + 1).count() > MOST_PARTS {
            return Err(refused(&format!("it has more than {MOST_PARTS} parts")));
        }
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| refused(&format!("it is damaged ({error})")))?;
        let names = archive.file_names_raw().enumerate().map(|(index, name)| {
            (String::from_utf8_lossy(name).replace('\\', "/").trim_start_matches('/').to_lowercase(), index)
        });
        // The first of two that have one name, as word processors take it.
        let mut first = HashMap::new();
        for (name, index) in names {
            first.entry(name).or_insert(index);
        }
        Ok(Self { archive, names: first, left: MOST_UNPACKED })
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ExportError> {
        let Some(&index) = self.names.get(&name.to_lowercase()) else { return Ok(None) };
        let damaged = |error: &dyn std::fmt::Display| refused(&format!("its part {name} is damaged ({error})"));
        let file = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        let Some(left) = self.left.checked_sub(bytes.len() as u64) else {
            return Err(refused(&format!("it unpacks to more than {} MB", MOST_UNPACKED >> 20)));
        };
        self.left = left;
        Ok(Some(bytes))
    }

    pub fn text(&mut self, name: &str) -> Result<String, ExportError> {
        let bytes = self.bytes(name)?.ok_or_else(|| refused(&format!("its part {name} is missing")))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            refused(&format!("its part {name} is not in UTF-8, first at byte {at}"))
        })?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// The name of the part with the text.
    pub fn main(&mut self) -> Result<String, ExportError> {
        let relations = self.relations("")?;
        let main = relations.values().find(|relation| relation.is_kind("officeDocument"));
        let main = main.ok_or_else(|| refused("it is no Word document (DOCX)"))?;
        if main.kind.contains("purl.oclc.org") {
            return Err(refused("it is a Strict Open XML document; save it as an ordinary Word document"));
        }
        if !self.names.contains_key(&main.target.to_lowercase()) {
            return Err(refused(&format!("its part {} is missing", main.target)));
        }
        Ok(main.target.clone())
    }

    /// What leads away from a part, by id.
    pub fn relations(&mut self, name: &str) -> Result<BTreeMap<String, Relation>, ExportError> {
        let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
        let slash = if folder.is_empty() { "" } else { "/" };
        let part = format!("{folder}{slash}_rels/{file}.rels");
        if !self.names.contains_key(&part.to_lowercase()) {
            return Ok(BTreeMap::new());
        }
        let text = self.text(&part)?;
        let mut relations = BTreeMap::new();
        each(&text, |at| {
            if at.depth != 1 || at.name != "Relationship" {
                return;
            }
            let of = |name| attribute(at.tag, name).unwrap_or_default();
            let is_outside = of("TargetMode") == "External";
            let target = of("Target");
            let target = if is_outside { target } else { resolved(folder, &target) };
            relations.insert(of("Id"), Relation { kind: of("Type"), target, is_outside });
        })?;
        Ok(relations)
    }

    /// What leads away from a part to pictures, fonts and the web, and those parts under new names; none where it leads
    /// anywhere else.
    pub fn carried_relations(&mut self, name: &str, before: usize) -> Result<Option<Carried>, ExportError> {
        let mut relations = Relations::default();
        let mut parts = Vec::new();
        for (id, relation) in self.relations(name)? {
            if relation.is_outside {
                let Some(address) = address(&relation.target).filter(|_| relation.is_kind("hyperlink")) else {
                    return Ok(None);
                };
                relations.put(&id, "hyperlink", &address, true);
                continue;
            }
            let ending = relation.target.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
            let ending = ending.unwrap_or_default();
            let kind = if relation.is_kind("font") { "font" } else { "image" };
            let Some(content) = content_type(&ending).filter(|_| relation.is_kind(kind)) else { return Ok(None) };
            let Some(bytes) = self.bytes(&relation.target)? else { return Ok(None) };
            let name = format!("word/template/part{}.{ending}", before + parts.len() + 1);
            relations.put(&id, kind, &format!("/{name}"), false);
            parts.push((Part { name, content: content.to_owned(), bytes }, Relations::default()));
        }
        Ok(Some((relations, parts)))
    }
}

fn content_type(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "bmp" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "emf" => "image/x-emf",
        "wmf" => "image/x-wmf",
        "svg" => "image/svg+xml",
        "odttf" => "application/vnd.openxmlformats-officedocument.obfuscatedFont",
        _ => return None,
    })
}

/// The name of a part, from that of the folder it is named in.
fn resolved(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// An element where it stands.
pub(super) struct At<'a> {
    pub tag: &'a BytesStart<'a>,
    /// Without its prefix.
    pub name: &'a str,
    /// 0 for the root.
    pub depth: usize,
    /// Where it begins, in bytes of the part.
    pub start: usize,
}

/// Calls `see` for each element, and says where the root ends: where its end tag begins, if it has one.
pub(super) fn each(text: &str, mut see: impl FnMut(&At<'_>)) -> Result<Option<usize>, ExportError> {
    each_with_ends(text, &mut see, &mut |_, _, _| {})
}

/// The same, and calls `end` where an element is over, with its name, its depth and where that is.
pub(super) fn each_with_ends(
    text: &str,
    see: &mut dyn FnMut(&At<'_>),
    end: &mut dyn FnMut(&str, usize, usize),
) -> Result<Option<usize>, ExportError> {
    let damaged = || refused("one of its parts is no XML of a Word document");
    let mut reader = Reader::from_str(text);
    let mut depth = 0;
    let mut root_end = None;
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| refused(&format!("one of its parts is no XML: {error}")))?;
        let position = reader.buffer_position() as usize;
        match &event {
            Event::Start(tag) => {
                see(&At { tag, name: tag.local_name().as_ref(), depth, start });
                depth += 1;
            }
            Event::Empty(tag) => {
                let name = tag.local_name();
                see(&At { tag, name: name.as_ref(), depth, start });
                end(name.as_ref(), depth, position);
            }
            Event::End(tag) => {
                depth = depth.checked_sub(1).ok_or_else(damaged)?;
                if depth == 0 {
                    root_end = Some(start);
                }
                end(tag.local_name().as_ref(), depth, position);
            }
            Event::DocType(_) => return Err(damaged()),
            Event::Eof if depth == 0 => return Ok(root_end),
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}
