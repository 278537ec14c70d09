//! The elements of a part, written one after the other.

use quick_xml::escape::escape;

use crate::export::paper::flow::{clean, one_line};

/// A part being written.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A part with its root, which [`Self::finish`] closes.
    pub fn part(root: &'static str, attributes: &[(&str, &str)]) -> Self {
        let mut xml =
            Self { text: r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#.to_owned(), open: Vec::new() };
        xml.text.push('\n');
        xml.start(root, attributes);
        xml
    }

    /// Elements without a root.
    pub fn fragment() -> Self {
        Self { text: String::new(), open: Vec::new() }
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            self.text.push_str(&format!(" {key}=\"{}\"", escape(one_line(value))));
        }
    }

    /// Opens an element.
    pub fn start(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            self.text.push_str(&format!("</{name}>"));
        }
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// An element whose only attribute is `w:val`.
    pub fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Words.
    pub fn words(&mut self, words: &str) {
        self.text.push_str(&escape(clean(words)));
    }

    /// An element with words in it.
    pub fn element(&mut self, name: &'static str, attributes: &[(&str, &str)], words: &str) {
        self.start(name, attributes);
        self.words(words);
        self.end();
    }

    /// What is XML already.
    pub fn raw(&mut self, xml: &str) {
        self.text.push_str(xml);
    }

    /// How much is written, in bytes.
    pub fn length(&self) -> usize {
        self.text.len()
    }

    /// The part, with everything closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.text
    }
}
