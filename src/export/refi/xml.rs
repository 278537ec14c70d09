//! Writing XML: every word escaped so that it comes back as it was.

/// A document being written.
pub(super) struct Xml {
    text: String,
    open: Vec<&'static str>,
    /// Whether the element that is open last holds other elements.
    holds: Vec<bool>,
    replaced: usize,
}

impl Xml {
    /// With the declaration alone.
    pub fn new() -> Self {
        let text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>".to_owned();
        Self { text, open: Vec::new(), holds: Vec::new(), replaced: 0 }
    }

    /// Begins an element; attributes without a value are left out.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.text.push('>');
        self.open.push(name);
        self.holds.push(false);
    }

    /// Ends the element that was opened last.
    pub fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.holds.pop().unwrap_or(false) {
            self.indent();
        }
        self.text.push_str(&format!("</{name}>"));
    }

    /// An element without anything in it.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.text.push_str("/>");
    }

    /// An element that holds words.
    pub fn words(&mut self, name: &'static str, words: &str) {
        self.begin(name, &[]);
        self.text.push('>');
        self.escaped(words, false);
        self.text.push_str(&format!("</{name}>"));
    }

    /// The document, and how many characters XML cannot hold.
    pub fn finish(mut self) -> (String, usize) {
        self.text.push('\n');
        (self.text, self.replaced)
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        if let Some(holds) = self.holds.last_mut() {
            *holds = true;
        }
        self.indent();
        self.text.push_str(&format!("<{name}"));
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.text.push_str(&format!(" {key}=\""));
            self.escaped(value, true);
            self.text.push('"');
        }
    }

    fn indent(&mut self) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', self.open.len()));
    }

    fn escaped(&mut self, words: &str, in_attribute: bool) {
        for c in words.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' if in_attribute => self.text.push_str("&quot;"),
                // Readers turn these into spaces or line feeds where they stand bare.
                '\r' => self.text.push_str("&#13;"),
                '\t' | '\n' if in_attribute => self.text.push_str(&format!("&#{};", u32::from(c))),
                '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                    self.text.push('\u{fffd}');
                    self.replaced += 1;
                }
                c => self.text.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        let mut xml = Xml::new();
        xml.open("A", &[("n", "a\"b\n<"), ("none", "")]);
        xml.words("B", "1 < 2 & \r\n\u{0}");
        xml.close();
        let (text, replaced) = xml.finish();
        assert!(
            text.ends_with("\n<A n=\"a&quot;b&#10;&lt;\">\n <B>1 &lt; 2 &amp; &#13;\n\u{fffd}</B>\n</A>\n"),
            "{text}"
        );
        assert_eq!(replaced, 1);
    }
}
