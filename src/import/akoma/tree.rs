//! The elements and words of an XML file in one flat list. Entities of the file's own are not expanded.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::{Problem, Watch};

/// Elements nested deeper than this are no document's.
const DEEPEST: usize = 1000;
/// Elements and pieces of text in a file.
const MOST_NODES: usize = 4_000_000;
/// Attributes that are looked at.
const ATTRIBUTES: [&str; 16] = [
    "eId",
    "id",
    "wId",
    "href",
    "src",
    "marker",
    "name",
    "language",
    "lang",
    "showAs",
    "value",
    "startQuote",
    "endQuote",
    "placement",
    "start",
    "type",
];

/// An element or a piece of text.
pub(super) struct Node {
    /// The element's name without its prefix; empty for text.
    pub name: String,
    attributes: Vec<(&'static str, String)>,
    /// The text.
    pub words: String,
    /// Where its element stands in the list; the first is its own.
    pub parent: usize,
    /// One past the last of what stands in it.
    pub end: usize,
}

/// All of a file.
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn get(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }

    /// The name of the element at a place; empty for text.
    pub fn name(&self, at: usize) -> &str {
        self.nodes.get(at).map_or("", |n| &n.name)
    }

    pub fn end(&self, at: usize) -> usize {
        self.nodes.get(at).map_or(at + 1, |n| n.end)
    }

    pub fn attribute(&self, at: usize, name: &str) -> Option<&str> {
        let attributes = &self.nodes.get(at)?.attributes;
        attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }

    /// What stands directly in an element.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.end(at);
        let first = at + 1;
        std::iter::successors(Some(first), |&c| Some(self.end(c))).take_while(move |&c| c < end)
    }

    /// An element and those around it, from the inside out.
    pub fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |&i| self.nodes.get(i).map(|n| n.parent).filter(|&p| p != i))
    }

    /// The first element of a name in an element.
    pub fn find(&self, within: usize, name: &str) -> Option<usize> {
        (within..self.end(within)).find(|&i| self.name(i) == name)
    }

    /// The words in an element, with single spaces.
    pub fn words(&self, at: usize) -> String {
        let mut all = String::new();
        for node in self.nodes.get(at..self.end(at)).unwrap_or_default() {
            if matches!(node.name.as_str(), "p" | "heading" | "num" | "eol" | "br") {
                all.push(' ');
            }
            all.push_str(&node.words);
        }
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Reads a file's elements.
///
/// # Errors
/// Where it is no well-formed XML, nests too deep, is too large, or uses entities of its own.
pub(super) fn parse(source: &str, watch: &mut dyn Watch) -> Result<Tree, Problem> {
    let mut reader = Reader::from_str(source);
    reader.config_mut().expand_empty_elements = true;
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let line = |at: u64| 1 + source.as_bytes().iter().take(at as usize).filter(|&&b| b == b'\n').count();
    loop {
        let before = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                return Err(Problem::Damaged(format!("line {}: {error}", line(reader.error_position()))));
            }
        };
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(Problem::TooMuch(format!("has elements in one another more than {DEEPEST} deep")));
                }
                let parent = open.last().copied().unwrap_or(0);
                open.push(nodes.len());
                nodes.push(Node {
                    name: start.local_name().into_inner().to_owned(),
                    attributes: attributes(&start),
                    words: String::new(),
                    parent,
                    end: nodes.len() + 1,
                });
            }
            Event::End(_) => {
                let end = nodes.len();
                if let Some(node) = open.pop().and_then(|at| nodes.get_mut(at)) {
                    node.end = end;
                }
            }
            Event::Text(text) => add(&mut nodes, &open, &text.xml10_content()),
            Event::CData(data) => add(&mut nodes, &open, &data.xml10_content()),
            Event::GeneralRef(name) => {
                let character = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => entity(&name.xml10_content()),
                };
                let Some(c) = character else {
                    let at = line(before);
                    let name = name.xml10_content();
                    let shown: String = name.chars().take(40).collect();
                    return Err(Problem::Damaged(format!(
                        "line {at} uses the entity &{shown};, which is none that all XML has, and those a file defines itself are not read"
                    )));
                };
                add(&mut nodes, &open, c.encode_utf8(&mut [0; 4]));
            }
            Event::Eof => break,
            _ => {}
        }
        if nodes.len() > MOST_NODES {
            return Err(Problem::TooMuch(format!("has more than {} million elements", MOST_NODES / 1_000_000)));
        }
        if nodes.len().is_multiple_of(4096) {
            if watch.cancelled() {
                return Err(Problem::Cancelled);
            }
            watch.progress(before, source.len() as u64);
        }
    }
    if let Some(&at) = open.last() {
        let name = nodes.get(at).map_or("", |n| &n.name);
        return Err(Problem::Damaged(format!("it ends before <{name}> does")));
    }
    Ok(Tree { nodes })
}

/// Adds text to the innermost open element; what stands outside all elements is nothing.
fn add(nodes: &mut Vec<Node>, open: &[usize], words: &str) {
    let Some(&parent) = open.last() else { return };
    if let Some(last) = nodes.last_mut().filter(|n| n.name.is_empty() && n.parent == parent) {
        last.words.push_str(words);
        return;
    }
    let end = nodes.len() + 1;
    nodes.push(Node { name: String::new(), attributes: Vec::new(), words: words.to_owned(), parent, end });
}

fn attributes(start: &BytesStart<'_>) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        let name = attribute.key.local_name();
        if let Some(known) = ATTRIBUTES.iter().find(|known| **known == name.into_inner()) {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
            found.push((*known, value.map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned)));
        }
    }
    found
}

/// What the entities stand for that XML has, and those of HTML that editors leave in.
fn entity(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "sect" => '§',
        "para" => '¶',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        "bull" => '•',
        "euro" => '€',
        "deg" => '°',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ntilde" => 'ñ',
        "ordm" => 'º',
        "ordf" => 'ª',
        _ => return None,
    })
}
