//! An introduction in Markdown as blocks of a paper. What is markup for a browser is taken as words.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::export::paper::{Block, Column, Grid, Mark, Role, Row, Run};

/// An introduction is read to this length, in bytes.
const LONGEST: usize = 200_000;
/// Lists within lists deeper than this are one list.
const DEEPEST: usize = 6;

/// The blocks of an introduction; its headings come below those of the paper.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let text = &markdown[..markdown.floor_char_boundary(LONGEST)];
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        reader.event(event);
    }
    reader.finish()
}

/// What has been read and not been closed.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    heading: Option<u8>,
    /// How many of each are open.
    strong: usize,
    emphasis: usize,
    quote: usize,
    links: Vec<Option<String>>,
    lists: Vec<List>,
    table: Option<Table>,
}

struct List {
    numbered: bool,
    items: Vec<Vec<Block>>,
}

#[derive(Default)]
struct Table {
    head: Vec<String>,
    rows: Vec<Vec<Vec<Block>>>,
    in_head: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                self.words(&words);
            }
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.words("\n"),
            Event::Rule => self.paragraph(),
            Event::InlineMath(words) | Event::DisplayMath(words) | Event::FootnoteReference(words) => {
                self.words(&words);
            }
            Event::TaskListMarker(done) => self.words(if done { "\u{2611} " } else { "\u{2610} " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.paragraph();
                self.heading = Some((level as u8 + 1).clamp(2, 4));
            }
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::BlockQuote(_) => {
                self.paragraph();
                self.quote += 1;
            }
            Tag::Link { dest_url, .. } => self.links.push(address(&dest_url)),
            Tag::List(first) => {
                self.paragraph();
                if self.lists.len() < DEEPEST {
                    self.lists.push(List { numbered: first.is_some(), items: Vec::new() });
                } else {
                    self.lists.push(List { numbered: false, items: vec![Vec::new()] });
                }
            }
            Tag::Item => {
                self.paragraph();
                if let Some(list) = self.lists.last_mut() {
                    list.items.push(Vec::new());
                }
            }
            Tag::Table(_) => {
                self.paragraph();
                self.table = Some(Table::default());
            }
            Tag::TableHead => {
                if let Some(table) = &mut self.table {
                    table.in_head = true;
                }
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => self.paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Item => self.paragraph(),
            TagEnd::Heading(_) => {
                let level = self.heading.take().unwrap_or(2);
                let runs = std::mem::take(&mut self.runs);
                if runs.iter().any(|r| !r.text.trim().is_empty()) {
                    self.put(Block::Heading { level, runs });
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::BlockQuote(_) => {
                self.paragraph();
                self.quote = self.quote.saturating_sub(1);
            }
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::List(_) => {
                self.paragraph();
                if let Some(list) = self.lists.pop() {
                    let items: Vec<Vec<Block>> = list.items.into_iter().filter(|i| !i.is_empty()).collect();
                    if self.lists.len() >= DEEPEST {
                        // Too deep to be a list of its own.
                        items.into_iter().flatten().for_each(|block| self.put(block));
                    } else if !items.is_empty() {
                        self.put(Block::List { numbered: list.numbered, items });
                    }
                }
            }
            TagEnd::TableCell => {
                let runs = std::mem::take(&mut self.runs);
                if let Some(table) = &mut self.table {
                    if table.in_head {
                        table.head.push(runs.iter().map(|r| r.text.as_str()).collect());
                    } else if let Some(row) = table.rows.last_mut() {
                        row.push(vec![Block::Paragraph { role: Role::Body, about: None, runs }]);
                    }
                }
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.in_head = false;
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    let width = table.head.len();
                    let columns =
                        table.head.into_iter().map(|name| Column { name, share: 1.0, ..Column::default() }).collect();
                    let rows = table.rows.into_iter().map(|mut cells| {
                        cells.resize(width, vec![Block::text(Role::Body, "")]);
                        Row { about: None, cells }
                    });
                    let rows = rows.collect();
                    self.put(Block::Table(Grid { title: String::new(), columns, rows }));
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        let text: String = words.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        if text.is_empty() {
            return;
        }
        let mark = Mark { strong: self.strong > 0, emphasis: self.emphasis > 0, ..Mark::default() };
        let link = self.links.last().cloned().flatten();
        match self.runs.last_mut().filter(|last| last.mark == mark && last.link == link) {
            Some(last) => last.text.push_str(&text),
            None => self.runs.push(Run { mark, link, ..Run::plain(text) }),
        }
    }

    /// Ends the paragraph that is open.
    fn paragraph(&mut self) {
        if self.heading.is_some() || self.table.is_some() {
            return;
        }
        let mut runs = std::mem::take(&mut self.runs);
        if let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        if runs.iter().any(|r| !r.text.trim().is_empty()) {
            let role = if self.quote > 0 { Role::Quote } else { Role::Body };
            self.put(Block::Paragraph { role, about: None, runs });
        }
    }

    fn put(&mut self, block: Block) {
        match self.lists.last_mut().and_then(|list| list.items.last_mut()) {
            // A heading is none within a list.
            Some(item) => item.push(match block {
                Block::Heading { runs, .. } => Block::Paragraph { role: Role::Body, about: None, runs },
                other => other,
            }),
            None => self.blocks.push(block),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.paragraph();
        self.blocks
    }
}

/// An address on the web, where it is one that a paper leads to.
fn address(url: &CowStr<'_>) -> Option<String> {
    let lower = url.trim().to_lowercase();
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    let clean = !url.chars().any(|c| c.is_control() || c.is_whitespace());
    (known && clean && url.len() < 2_000).then(|| url.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks in one line each, as a reader would tell them.
    fn told(blocks: &[Block]) -> String {
        let runs = |runs: &[Run]| -> String {
            let run = |r: &Run| {
                let text = match (r.mark.strong, r.mark.emphasis) {
                    (true, _) => format!("*{}*", r.text),
                    (_, true) => format!("_{}_", r.text),
                    _ => r.text.clone(),
                };
                r.link.as_ref().map_or_else(|| text.clone(), |l| format!("[{text}|{l}]"))
            };
            runs.iter().map(run).collect()
        };
        let block = |b: &Block| match b {
            Block::Heading { level, runs: r } => format!("h{level} {}", runs(r)),
            Block::Paragraph { role, runs: r, .. } => format!("{role:?} {}", runs(r)),
            Block::List { numbered, items } => {
                let items: Vec<String> = items.iter().map(|i| told(i)).collect();
                format!("list {numbered} ({})", items.join("; "))
            }
            Block::Table(grid) => {
                let rows: Vec<String> = grid.rows.iter().flat_map(|r| &r.cells).map(|c| told(c)).collect();
                format!("table {} {rows:?}", grid.columns.len())
            }
            Block::PageBreak => "break".to_owned(),
        };
        blocks.iter().map(block).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn an_introduction_is_read_as_blocks() {
        let check = |markdown: &str, expected: &str| assert_eq!(told(&blocks(markdown)), expected, "{markdown}");
        check("# A\n\nWe *welcome* the **draft**.", "h2 A / Body We _welcome_ the *draft*.");
        check("one\ntwo\n\nthree", "Body one two / Body three");
        check("- a\n- b\n  1. c\n", "list false (Body a; Body b / list true (Body c))");
        check("[x](https://a.example/b) [y](javascript:alert) [z](file:///etc)", "Body [x|https://a.example/b] y z");
        check("<b>bold</b> & <script>x</script>", "Body <b>bold</b> & <script>x</script>");
        check("<div>\nwords\n</div>", "Body <div>\nwords\n</div>");
        check("> said", "Quote said");
        check("| a | b |\n|---|---|\n| c |", "table 2 [\"Body c\", \"Body \"]");
        check("", "");
        check("#", "");
        let deep: String = (0..60).map(|n| format!("{}- b{n}\n", "  ".repeat(n))).collect();
        let read = told(&blocks(&deep));
        assert!(read.contains("b59") && read.matches("list").count() <= DEEPEST, "{read}");
    }
}
