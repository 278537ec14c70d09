//! The parts of a DOCX file and what leads from one to the other, as a zip archive: the same bytes for the same parts.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::Xml;

/// Where the kinds of relations begin.
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A part of the package.
pub(super) struct Part {
    /// From the root, without a slash in front.
    pub name: String,
    /// Its content type.
    pub content: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What leads from one part to another.
#[derive(Clone, Default)]
pub(super) struct Relations {
    list: Vec<Relation>,
}

#[derive(Clone)]
struct Relation {
    id: String,
    kind: String,
    target: String,
    is_outside: bool,
}

impl Relations {
    /// Leads to a part, and says under which id. `kind` is the end of its address, `target` from the root.
    pub fn add(&mut self, kind: &str, target: &str) -> String {
        let id = format!("rId{}", self.list.len() + 1);
        self.put(&id, kind, &format!("/{target}"), false);
        id
    }

    /// Leads to an address on the web, and says under which id.
    pub fn add_outside(&mut self, kind: &str, address: &str) -> String {
        let id = format!("rId{}", self.list.len() + 1);
        self.put(&id, kind, address, true);
        id
    }

    /// Leads there under an id that is already in use in the part.
    pub fn put(&mut self, id: &str, kind: &str, target: &str, is_outside: bool) {
        let kind = if kind.contains(':') { kind.to_owned() } else { format!("{KINDS}{kind}") };
        self.list.push(Relation { id: id.to_owned(), kind, target: target.to_owned(), is_outside });
    }

    fn part(&self) -> String {
        let mut xml =
            Xml::part("Relationships", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")]);
        for relation in &self.list {
            let mut attributes =
                vec![("Id", relation.id.as_str()), ("Type", &relation.kind), ("Target", &relation.target)];
            if relation.is_outside {
                attributes.push(("TargetMode", "External"));
            }
            xml.empty("Relationship", &attributes);
        }
        xml.finish()
    }
}

/// A package being put together.
#[derive(Default)]
pub(super) struct Package {
    parts: Vec<Part>,
    relations: Vec<(String, Relations)>,
}

impl Package {
    /// Adds a part.
    pub fn add(&mut self, name: &str, content: &str, bytes: impl Into<Vec<u8>>) {
        self.parts.push(Part { name: name.to_owned(), content: content.to_owned(), bytes: bytes.into() });
    }

    /// Adds what leads away from a part, or from the package where the name is empty.
    pub fn relate(&mut self, name: &str, relations: Relations) {
        if !relations.list.is_empty() {
            self.relations.push((name.to_owned(), relations));
        }
    }

    /// The archive.
    ///
    /// # Errors
    /// Where it would be larger than archives can be.
    pub fn finish(self) -> Result<Vec<u8>, ZipError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // The first moment that an archive can name: nothing tells when or where the file was made.
        let packed = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut put = |name: &str, bytes: &[u8]| -> Result<(), ZipError> {
            zip.start_file(name, packed)?;
            zip.write_all(bytes).map_err(ZipError::Io)
        };
        put("[Content_Types].xml", self.content_types().as_bytes())?;
        for (name, relations) in &self.relations {
            let (folder, file) = name.rsplit_once('/').map_or(("", name.as_str()), |(folder, file)| (folder, file));
            let slash = if folder.is_empty() { "" } else { "/" };
            put(&format!("{folder}{slash}_rels/{file}.rels"), relations.part().as_bytes())?;
        }
        for part in &self.parts {
            put(&part.name, &part.bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    fn content_types(&self) -> String {
        let mut xml = Xml::part("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", relations)]);
        xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        for part in &self.parts {
            xml.empty("Override", &[("PartName", &format!("/{}", part.name)), ("ContentType", &part.content)]);
        }
        xml.finish()
    }
}
