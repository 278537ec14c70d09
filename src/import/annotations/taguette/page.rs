//! A document of Taguette: HTML of its own making, whose positions count the bytes of its text in UTF-8.

use crate::model::TextRange;
use crate::model::text::CodePoints;

/// Elements that part lines.
const BLOCKS: [&str; 25] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "pre",
    "section",
    "article",
    "hr",
    "br",
    "body",
];

/// The text of a document, with line ends between its blocks, which Taguette does not count.
pub(super) struct Page {
    text: String,
    /// Where each run of characters begins: as Taguette counts, and in bytes of the text.
    runs: Vec<(usize, usize)>,
    counted: usize,
}

impl Page {
    /// Reads the HTML.
    pub fn read(html: &str) -> Self {
        let mut page = Self { text: String::with_capacity(html.len()), runs: Vec::new(), counted: 0 };
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            page.add(&rest[..at]);
            let tag = &rest[at..];
            let is_comment = tag.starts_with("<!--");
            let end = if is_comment { tag.find("-->").map(|e| e + 3) } else { tag.find('>').map(|e| e + 1) };
            let Some(end) = end else {
                rest = "";
                break;
            };
            let name: String =
                tag[1..end].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            if BLOCKS.contains(&name.to_ascii_lowercase().as_str())
                && !page.text.is_empty()
                && !page.text.ends_with('\n')
            {
                page.text.push('\n');
            }
            rest = &tag[end..];
        }
        page.add(rest);
        page
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A stretch that Taguette counts, in bytes of the text; none where it does not lie in it.
    pub fn range(&self, start: usize, end: usize) -> Option<TextRange> {
        if start > end || end > self.counted {
            return None;
        }
        // Between two runs a stretch begins in the later one and ends in the earlier one.
        let first = self.runs.partition_point(|r| r.0 <= start).checked_sub(1)?;
        let last = self.runs.partition_point(|r| r.0 < end).checked_sub(1)?.max(first);
        let at = |run: usize, offset: usize| self.runs.get(run).map(|r| r.1 + (offset - r.0));
        let range = TextRange::new(at(first, start)?, at(last, end)?);
        range.of(&self.text).map(|_| range)
    }

    /// The same in code points of the text.
    pub fn points(&self, range: TextRange) -> (usize, usize) {
        let points = CodePoints::new(&self.text);
        (points.of_byte(range.start), points.of_byte(range.end))
    }

    fn add(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        self.runs.push((self.counted, self.text.len()));
        let before = self.text.len();
        let mut rest = words;
        while let Some(at) = rest.find('&') {
            self.text.push_str(&rest[..at]);
            let entity = rest[at + 1..].split_once(';').filter(|(name, _)| name.len() <= 8);
            match entity.and_then(|(name, after)| Some((entity_named(name)?, after))) {
                Some((c, after)) => {
                    self.text.push(c);
                    rest = after;
                }
                None => {
                    self.text.push('&');
                    rest = &rest[at + 1..];
                }
            }
        }
        self.text.push_str(rest);
        self.counted += self.text.len() - before;
    }
}

fn entity_named(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlights_are_counted_in_bytes_of_the_words() {
        let page = Page::read("<p>\u{201c}One\u{201d} &amp; two</p><p>three <b>four</b></p>\n<p>&#x1f512;</p>");
        assert_eq!(page.text(), "\u{201c}One\u{201d} & two\nthree four\n\n\u{1f512}\n");
        let words = |a, b| page.range(a, b).and_then(|r| r.of(page.text()));
        assert_eq!(words(3, 6), Some("One"));
        assert_eq!(words(9, 15), Some(" & two"));
        assert_eq!(words(15, 20), Some("three"));
        assert_eq!(words(12, 25), Some("two\nthree four"));
        assert_eq!(words(26, 30), Some("\u{1f512}"));
        assert_eq!(words(1, 6), None);
        assert_eq!(words(3, 99), None);
    }
}
