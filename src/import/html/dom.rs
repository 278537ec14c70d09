//! A page's elements and words in one flat list: parsed by html5ever as browsers do, within bounds.
//!
//! Element names are compared as html5ever gives them, in lower case. Depth is bounded as browsers bound it: what is
//! opened deeper than that does not nest. Markup that multiplies itself (formatting that is never closed is opened anew
//! in every paragraph) is bounded in number.

use std::cell::RefCell;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, TokenizerResult};
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node};

use super::super::{Problem, Watch};

/// Elements nested deeper than this are opened beside one another.
const DEEPEST: usize = 400;
/// Open elements of formatting; more are left out.
const MOST_FORMATTING: usize = 48;
/// Elements and pieces of text in a page.
const MOST_NODES: usize = 2_000_000;
/// How much is read before the bounds are looked at again, in bytes.
const CHUNK: usize = 1 << 14;

/// Elements and words in the order of the page.
pub(super) struct Page<'h> {
    nodes: Vec<Entry<'h>>,
}

/// An element or a piece of text.
pub(super) struct Entry<'h> {
    pub node: Piece<'h>,
    /// Where its element stands in the list; the first is its own.
    parent: u32,
    /// One past the last of what stands in it.
    end: u32,
    /// What stands before it in the same element; itself where nothing does.
    before: u32,
}

#[derive(Clone, Copy)]
pub(super) enum Piece<'h> {
    Element(&'h Element),
    Words(&'h str),
}

impl<'h> Page<'h> {
    /// Lists what a parsed page holds.
    pub fn of(html: &'h Html) -> Self {
        let mut nodes: Vec<Entry<'h>> = Vec::with_capacity(html.tree.values().len());
        let mut open: Vec<u32> = Vec::new();
        // The last of what stands in each open element.
        let mut last: Vec<Option<u32>> = vec![None];
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => {
                    let parent = open.last().copied().unwrap_or(0);
                    // There are at most `MOST_NODES`.
                    let at = nodes.len() as u32;
                    let piece = match node.value() {
                        Node::Element(element) => Piece::Element(element),
                        Node::Text(text) => Piece::Words(&text.text),
                        _ => continue,
                    };
                    let before = last.last_mut().and_then(|l| l.replace(at)).unwrap_or(at);
                    nodes.push(Entry { node: piece, parent, end: at + 1, before });
                    if matches!(piece, Piece::Element(_)) {
                        open.push(at);
                        last.push(None);
                    }
                }
                Edge::Close(node) => {
                    if node.value().is_element()
                        && let Some(at) = open.pop()
                    {
                        last.pop();
                        nodes[at as usize].end = nodes.len() as u32;
                    }
                }
            }
        }
        Self { nodes }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// One of them.
    pub fn get(&self, at: usize) -> Option<&Entry<'h>> {
        self.nodes.get(at)
    }

    /// The element at a place in the list, if one is there.
    pub fn element(&self, at: usize) -> Option<&'h Element> {
        match self.nodes.get(at)?.node {
            Piece::Element(element) => Some(element),
            Piece::Words(_) => None,
        }
    }

    /// The name of the element at a place; empty where there is none.
    pub fn name(&self, at: usize) -> &'h str {
        self.element(at).map_or("", Element::name)
    }

    /// One past what stands in the element.
    pub fn end(&self, at: usize) -> usize {
        self.nodes.get(at).map_or(at + 1, |n| n.end as usize)
    }

    /// Where the element around a place stands; the first is its own.
    pub fn parent(&self, at: usize) -> Option<usize> {
        self.nodes.get(at).map(|n| n.parent as usize)
    }

    /// What stands before a place in the same element.
    pub fn before(&self, at: usize) -> Option<usize> {
        self.nodes.get(at).map(|n| n.before as usize).filter(|&before| before != at)
    }

    /// What stands directly in an element.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.end(at);
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let child = next;
            if child >= end {
                return None;
            }
            next = self.end(child);
            Some(child)
        })
    }

    /// An element and those around it, from the inside out.
    pub fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |&i| self.parent(i).filter(|&p| p != i))
    }

    /// The words in an element as they stand.
    pub fn raw_words(&self, at: usize) -> String {
        let inside = self.nodes.get(at..self.end(at)).unwrap_or_default();
        inside
            .iter()
            .map(|e| match e.node {
                Piece::Words(words) => words,
                Piece::Element(element) if element.name() == "br" => "\n",
                Piece::Element(_) => "",
            })
            .collect()
    }

    /// The words in a stretch of the list with single spaces, cut off when they come to more than `most` bytes.
    pub fn words(&self, range: std::ops::Range<usize>, most: usize) -> String {
        let mut out = String::new();
        for entry in self.nodes.get(range).unwrap_or_default() {
            if let Piece::Words(words) = entry.node {
                if words.starts_with(char::is_whitespace) && !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                for word in words.split_whitespace() {
                    if !out.is_empty() && !out.ends_with(' ') && word.as_ptr() != words.as_ptr() {
                        out.push(' ');
                    }
                    out.push_str(word);
                }
                if words.ends_with(char::is_whitespace) && !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                if out.len() > most {
                    break;
                }
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// The value of an attribute; a name that stands there without one has the empty value.
pub(super) fn attr<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs().find(|(n, _)| *n == name).map(|(_, value)| value)
}

/// Whether an element has one of these classes.
pub(super) fn has_class(element: &Element, names: &[&str]) -> bool {
    attr(element, "class").is_some_and(|all| all.split_ascii_whitespace().any(|c| names.contains(&c)))
}

/// Parses a page.
pub(super) fn parse(source: &str, watch: &mut dyn Watch) -> Result<Html, Problem> {
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), TreeBuilderOpts::default());
    let sink = Bounded { builder, open: RefCell::default() };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut at = 0;
    while at < source.len() {
        let end = source.ceil_char_boundary((at + CHUNK).min(source.len()));
        input.push_back(StrTendril::from_slice(&source[at..end]));
        // It stops after each script, which nobody runs here.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        at = end;
        let mut html = tokenizer.sink.builder.sink.0.borrow_mut();
        html.errors.clear();
        if html.tree.values().len() > MOST_NODES {
            return Err(Problem::TooMuch(format!("has more than {} million elements", MOST_NODES / 1_000_000)));
        }
        if watch.cancelled() {
            return Err(Problem::Cancelled);
        }
        watch.progress(at as u64, source.len() as u64);
    }
    tokenizer.end();
    Ok(tokenizer.sink.builder.sink.0.into_inner())
}

/// Hands tags on to the builder of the tree as long as they stay within bounds.
struct Bounded {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    open: RefCell<OpenTags>,
}

impl TokenSink for Bounded {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match token {
            Token::TagToken(tag) if !self.open.borrow_mut().admits(&tag) => TokenSinkResult::Continue,
            Token::CommentToken(_) | Token::ParseError(_) => TokenSinkResult::Continue,
            Token::TagToken(mut tag) => {
                // They are kept as they are, with room for four where most have one.
                tag.attrs.shrink_to_fit();
                self.builder.process_token(Token::TagToken(tag), line)
            }
            token => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements that hold nothing, or nothing but text, or whose end is implied by the next of them.
const FLAT: [&str; 31] = [
    "area",
    "base",
    "basefont",
    "bgsound",
    "br",
    "col",
    "embed",
    "frame",
    "hr",
    "img",
    "input",
    "keygen",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
    "script",
    "style",
    "title",
    "textarea",
    "iframe",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
    "html",
    "head",
    "body",
    "option",
];
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// What is open, nearly as the builder of the tree has it.
#[derive(Default)]
struct OpenTags {
    open: Vec<LocalName>,
    /// Elements of formatting that are open, whatever they stand in.
    formatting: Vec<&'static str>,
    /// Elements that were left out and whose ends are to be left out.
    left_out: Vec<LocalName>,
}

impl OpenTags {
    fn admits(&mut self, tag: &Tag) -> bool {
        let name: &str = &tag.name;
        if FLAT.contains(&name) {
            return true;
        }
        let formatting = FORMATTING.iter().copied().find(|f| *f == name);
        if tag.kind == TagKind::EndTag {
            if let Some(at) = self.left_out.iter().rposition(|n| **n == *name) {
                self.left_out.truncate(at);
                return false;
            }
            if let Some(at) = formatting.and_then(|f| self.formatting.iter().rposition(|o| *o == f)) {
                self.formatting.remove(at);
            } else if let Some(at) = self.open.iter().rposition(|o| **o == *name) {
                self.open.truncate(at);
            }
            return true;
        }
        if let Some(f) = formatting {
            if f == "a" {
                self.formatting.retain(|o| *o != "a");
            }
            if self.formatting.len() >= MOST_FORMATTING {
                self.leave_out(&tag.name);
                return false;
            }
            self.formatting.push(f);
            return true;
        }
        self.end_implied(name);
        if self.open.len() >= DEEPEST {
            self.leave_out(&tag.name);
            return false;
        }
        self.open.push(tag.name.clone());
        true
    }

    fn leave_out(&mut self, name: &LocalName) {
        // Beyond this nobody has closed anything for long.
        if self.left_out.len() < 100_000 {
            self.left_out.push(name.clone());
        }
    }

    /// Ends what a start tag ends without saying so.
    fn end_implied(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "table", "td", "th"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl", "table", "td", "th"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "tr" => (&["tr"], &["table", "tbody", "thead", "tfoot"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "p" => (&["p"], &["table", "td", "th", "caption", "button", "object"]),
            _ => return,
        };
        let floor = self.open.iter().rposition(|o| within.contains(&&**o)).map_or(0, |i| i + 1);
        if let Some(at) = self.open.iter().skip(floor).position(|o| ended.contains(&&**o)) {
            self.open.truncate(floor + at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth_of(source: &str) -> (usize, String) {
        let html = parse(source, &mut ()).unwrap();
        let page = Page::of(&html);
        let deepest = (0..page.len()).map(|i| page.around(i).count()).max().unwrap_or(0);
        (deepest, page.words(0..page.len(), 200))
    }

    #[test]
    fn depth_is_bounded_and_words_stay() {
        for name in ["div", "b", "span", "table", "p", "li", "font size=1", "blockquote", "x-y"] {
            let source = format!("{}words", format!("<{name}>").repeat(100_000));
            let (deepest, words) = depth_of(&source);
            assert!(deepest < 1000, "{name} {deepest}");
            assert_eq!(words, "words", "{name}");
        }
        let closed = format!("{}in{}<p>out<p>more", "<div>".repeat(5000), "</div>".repeat(5000));
        let (_, words) = depth_of(&closed);
        assert_eq!(words, "inoutmore");
    }

    #[test]
    fn formatting_is_not_multiplied() {
        let fonts: String = (0..5000).map(|n| format!("<font size={n}>")).collect();
        let html = parse(&format!("{fonts}{}", "<p>x".repeat(5000)), &mut ()).unwrap();
        assert!(html.tree.values().len() < 500_000);
        let open: String = (0..2000).map(|n| format!("<p><o:p/><span>{n}</span></p>")).collect();
        let html = parse(&open, &mut ()).unwrap();
        let page = Page::of(&html);
        assert_eq!((0..page.len()).filter(|&i| page.name(i) == "span").count(), 2000);
    }
}
