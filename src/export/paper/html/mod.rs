//! A paper as one page of the web: no script, nothing from elsewhere, for reading on a screen by day and by night, with
//! the ears, and on paper.
//!
//! Must not know: how other formats look, files.

mod look;

use quick_xml::escape::escape;

use super::contents::{Entry, entries};
use super::flow::{
    Losses, Shape, Step, address, cell_steps, clean, is_blank, logo_size, note_runs, noted, one_line, plain,
    right_to_left, steps, tag,
};
use super::words::{Words, words};
use super::{Density, Grid, Logo, LogoKind, Paper, Role, Run, Sheet, Stroke};
use crate::export::{ExportError, Written};

/// The most columns a table has.
const MOST_COLUMNS: usize = 1_000;

/// The page.
#[expect(clippy::unnecessary_wraps, reason = "a format may fail")]
pub(super) fn write(paper: &Paper) -> Result<Written, ExportError> {
    let mut page = Page::new(paper);
    let introduction = steps(&paper.front.introduction, &mut page.losses);
    let body = steps(&paper.body, &mut page.losses);
    let all: Vec<Step<'_>> = introduction.iter().chain(&body).copied().collect();
    let entries = if paper.contents { entries(&all) } else { Vec::new() };
    page.head(&all);
    page.front();
    page.out.push_str("<main>\n");
    page.write(&introduction);
    page.contents(&entries);
    page.write(&body);
    page.signatories();
    page.out.push_str("</main>\n");
    page.notes();
    page.out.push_str("</body>\n</html>\n");
    Ok(Written { bytes: page.out.into_bytes(), left: page.losses.sentences() })
}

/// The page being written.
struct Page<'p> {
    paper: &'p Paper,
    words: &'static Words,
    out: String,
    losses: Losses,
    /// The footnotes so far, written.
    notes: Vec<String>,
    headings: usize,
    /// The level of the last heading as written: none is left out below it.
    level: u8,
    in_cell: bool,
}

impl<'p> Page<'p> {
    fn new(paper: &'p Paper) -> Self {
        Self {
            paper,
            words: words(paper.language),
            out: String::new(),
            losses: Losses::default(),
            notes: Vec::new(),
            headings: 0,
            level: 0,
            in_cell: false,
        }
    }

    fn head(&mut self, steps: &[Step<'_>]) {
        let front = &self.paper.front;
        let named = [one_line(&front.title), one_line(&front.organisation)].into_iter();
        let headings = steps.iter().filter_map(|step| match step {
            Step::Heading(_, runs) => Some(plain(runs)),
            _ => None,
        });
        let title =
            named.chain(headings).find(|name| !name.is_empty()).unwrap_or_else(|| self.words.untitled.to_owned());
        let language = self.paper.language.tag();
        let direction = direction(self.paper.language.is_right_to_left());
        let lies = self.paper.sheet == Sheet::Lying;
        let mut classes = Vec::new();
        classes.extend(lies.then_some("lying"));
        classes.extend((self.paper.density == Density::Dense).then_some("dense"));
        self.out.push_str(&format!(
            concat!(
                "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n",
                "<title>{title}</title>\n",
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
                "<meta name=\"color-scheme\" content=\"light dark\">\n",
                "<meta http-equiv=\"Content-Security-Policy\" ",
                "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n",
                "<style>\n{look}</style>\n</head>\n<body class=\"{classes}\">\n"
            ),
            language = language,
            direction = direction,
            title = escape(&title),
            look = look::look(self.paper, self.words),
            classes = std::iter::once("paper").chain(classes).collect::<Vec<_>>().join(" "),
        ));
    }

    fn front(&mut self) {
        let front = &self.paper.front;
        let lines = [
            ("p", "organisation", &front.organisation),
            ("h1", "title", &front.title),
            ("p", "subtitle", &front.subtitle),
            ("p", "addressee", &front.addressee),
            ("p", "date", &front.date),
        ];
        let lines: Vec<_> = lines.into_iter().filter(|(.., words)| !clean(words).trim().is_empty()).collect();
        if lines.is_empty() && front.logo.is_none() {
            return;
        }
        self.out.push_str("<header>\n");
        if let Some(logo) = &front.logo {
            self.out.push_str(&picture(logo, &front.organisation));
        }
        for (element, class, words) in lines {
            if element == "h1" {
                self.level = 1;
            }
            let side = self.side(right_to_left([words.as_str()]));
            self.out.push_str(&format!("<{element} class=\"{class}\"{side}>{}</{element}>\n", broken(words)));
        }
        self.out.push_str("</header>\n");
    }

    fn contents(&mut self, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        let name = self.words.contents;
        let level = if self.level == 0 { 1 } else { 2 };
        self.out.push_str(&format!(
            "<nav aria-labelledby=\"contents\">\n<h{level} id=\"contents\">{}</h{level}>\n",
            escape(name)
        ));
        self.level = level;
        let mut open: Vec<u8> = Vec::new();
        for entry in entries {
            while open.len() > 1 && open.last().is_some_and(|level| *level > entry.level) {
                self.out.push_str("</li>\n</ol>\n");
                open.pop();
            }
            match open.last() {
                Some(level) if *level >= entry.level => self.out.push_str("</li>\n"),
                _ => {
                    self.out.push_str("<ol>\n");
                    open.push(entry.level);
                }
            }
            let side = self.side(right_to_left([entry.words.as_str()]));
            let words = escape(&entry.words);
            self.out.push_str(&format!("<li{side}><a href=\"#part-{}\">{words}</a>", entry.heading + 1));
        }
        for _ in open {
            self.out.push_str("</li>\n</ol>\n");
        }
        self.out.push_str("</nav>\n");
    }

    fn write(&mut self, steps: &[Step<'_>]) {
        let mut open: Vec<&str> = Vec::new();
        for step in steps {
            match *step {
                Step::Heading(level, runs) => self.heading(level, runs),
                Step::Paragraph(role, runs) => self.paragraph(role, runs),
                Step::Plain(words) => self.paragraph(Role::Body, &[Run::plain(words)]),
                Step::Table(grid) => self.table(grid),
                Step::PageBreak => self.out.push_str("<hr class=\"page\">\n"),
                Step::ListStart(numbered) => {
                    open.push(if numbered { "ol" } else { "ul" });
                    self.out.push_str(if numbered { "<ol>\n" } else { "<ul>\n" });
                }
                Step::ItemStart => self.out.push_str("<li>"),
                Step::ItemEnd => self.out.push_str("</li>\n"),
                Step::ListEnd => self.out.push_str(if open.pop() == Some("ol") { "</ol>\n" } else { "</ul>\n" }),
            }
        }
    }

    fn heading(&mut self, level: u8, runs: &[Run]) {
        if self.in_cell {
            if !is_blank(runs) {
                let (attributes, words) = self.inline(runs);
                self.out.push_str(&format!("<p{attributes}><strong>{words}</strong></p>\n"));
            }
            return;
        }
        self.headings += 1;
        if is_blank(runs) {
            return;
        }
        let under_title = u8::from(!clean(&self.paper.front.title).trim().is_empty());
        let level = (level + under_title).min(self.level + 1).max(1);
        self.level = level;
        let (attributes, words) = self.inline(runs);
        self.out.push_str(&format!("<h{level} id=\"part-{}\"{attributes}>{words}</h{level}>\n", self.headings));
    }

    fn paragraph(&mut self, role: Role, runs: &[Run]) {
        if is_blank(runs) {
            return;
        }
        let (attributes, words) = self.inline(runs);
        let (before, class, after) = match role {
            Role::Body => ("", "", ""),
            Role::Quote => ("<blockquote>", "", "</blockquote>"),
            Role::Proposal => ("", " class=\"proposal\"", ""),
            Role::Ask => ("", " class=\"ask\"", ""),
            Role::Label => ("", " class=\"label\"", ""),
            Role::Since => ("", " class=\"since\"", ""),
        };
        self.out.push_str(&format!("{before}<p{class}{attributes}>{words}</p>{after}\n"));
    }

    fn table(&mut self, grid: &Grid) {
        let mut losses = std::mem::take(&mut self.losses);
        if let Some(shape) = Shape::of(grid, MOST_COLUMNS, &mut losses) {
            let title = one_line(&grid.title);
            // Where the page is narrower than the table, the table is moved, and not the page; by keyboard too.
            let named = if title.is_empty() { String::new() } else { format!(" aria-label=\"{}\"", escape(&title)) };
            self.out.push_str(&format!(
                "<div class=\"table\" role=\"region\" tabindex=\"0\"{named}>\n<table style=\"--columns:{}\">\n",
                shape.heads.len()
            ));
            if !title.is_empty() {
                self.out.push_str(&format!("<caption>{}</caption>\n", escape(&title)));
            }
            self.out.push_str("<colgroup>");
            for share in &shape.shares {
                self.out.push_str(&format!("<col style=\"width:{:.2}%\">", share * 100.0));
            }
            self.out.push_str("</colgroup>\n");
            if shape.heads.iter().any(|head| !head.trim().is_empty()) {
                self.out.push_str("<thead>\n<tr>");
                for head in &shape.heads {
                    let side = self.side(right_to_left([head.as_str()]));
                    self.out.push_str(&format!("<th scope=\"col\"{side}>{}</th>", broken(head)));
                }
                self.out.push_str("</tr>\n</thead>\n");
            }
            self.out.push_str("<tbody>\n");
            self.in_cell = true;
            for row in shape.rows {
                self.out.push_str("<tr>\n");
                for column in 0..shape.heads.len() {
                    self.out.push_str("<td>");
                    self.write(&cell_steps(shape.cell(row, column), &mut losses));
                    self.out.push_str("</td>\n");
                }
                self.out.push_str("</tr>\n");
            }
            self.in_cell = false;
            self.out.push_str("</tbody>\n</table>\n</div>\n");
        }
        self.losses = losses;
    }

    fn signatories(&mut self) {
        let Some((heading, names)) = &self.paper.front.signatories else { return };
        let heading = if clean(heading).trim().is_empty() { "" } else { heading.as_str() };
        self.out.push_str("<section class=\"signatories\">\n");
        self.heading(1, &[Run::plain(heading)]);
        for name in names.iter().filter(|name| !clean(name).trim().is_empty()) {
            let side = self.side(right_to_left([name.as_str()]));
            self.out.push_str(&format!("<p{side}>{}</p>\n", broken(name)));
        }
        self.out.push_str("</section>\n");
    }

    fn notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let level = if self.level == 0 { 1 } else { 2 };
        let (name, back) = (self.words.notes, self.words.back);
        self.out.push_str(&format!(
            "<section role=\"doc-endnotes\" aria-labelledby=\"notes\">\n<h{level} id=\"notes\">{name}</h{level}>\n<ol>\n"
        ));
        for (i, note) in (1..).zip(std::mem::take(&mut self.notes)) {
            self.out.push_str(&format!(
                "<li id=\"note-{i}\">{note} <a href=\"#note-mark-{i}\" role=\"doc-backlink\" aria-label=\"{back}\">\
                 \u{21a9}\u{fe0e}</a></li>\n"
            ));
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    /// The attributes of what holds some words, and the words.
    fn inline(&mut self, runs: &[Run]) -> (String, String) {
        let of = |run: &Run| run.language.as_deref().and_then(tag).map(str::to_owned);
        let mut spoken = runs.iter().filter(|run| !run.text.trim().is_empty()).map(of);
        let first = spoken.next().flatten();
        let language = first.filter(|first| spoken.all(|other| other.as_ref() == Some(first)));
        let side = self.side(right_to_left(runs.iter().map(|run| run.text.as_str())));
        let attributes = format!("{}{side}", spoken_in(language.as_deref()));
        let mut words = String::new();
        for run in runs {
            let own = of(run).filter(|own| Some(own) != language.as_ref());
            words.push_str(&marked(run, own.as_deref()));
            if let Some(note) = noted(run) {
                words.push_str(&self.note(note));
            }
        }
        (attributes, words)
    }

    /// The mark of a footnote, whose words come at the end.
    fn note(&mut self, note: &[Run]) -> String {
        let runs: Vec<Run> = note_runs(note).into_iter().map(std::borrow::Cow::into_owned).collect();
        let (attributes, words) = self.inline(&runs);
        self.notes.push(format!("<span class=\"note\"{attributes}>{words}</span>"));
        let i = self.notes.len();
        let name = self.words.note;
        format!(
            "<sup id=\"note-mark-{i}\"><a href=\"#note-{i}\" role=\"doc-noteref\" aria-label=\"{name} {i}\">{i}</a></sup>"
        )
    }

    /// The direction, where it is not the page's.
    fn side(&self, rtl: Option<bool>) -> String {
        match rtl {
            Some(rtl) if rtl != self.paper.language.is_right_to_left() => format!(" dir=\"{}\"", direction(rtl)),
            _ => String::new(),
        }
    }
}

fn direction(rtl: bool) -> &'static str {
    if rtl { "rtl" } else { "ltr" }
}

fn spoken_in(language: Option<&str>) -> String {
    language.map(|language| format!(" lang=\"{language}\"")).unwrap_or_default()
}

/// Words with what they are; `language` where it is not that of the words around.
fn marked(run: &Run, language: Option<&str>) -> String {
    let mut words = broken(&run.text);
    if words.is_empty() {
        return words;
    }
    let wrap = |words: String, element: &str| format!("<{element}>{words}</{element}>");
    if run.mark.emphasis {
        words = wrap(words, "em");
    }
    if run.mark.strong {
        words = wrap(words, "strong");
    }
    match run.mark.stroke {
        Stroke::Kept => {}
        Stroke::Struck => words = wrap(words, "del"),
        Stroke::PutIn => words = wrap(words, "ins"),
    }
    if let Some(address) = run.link.as_deref().and_then(address) {
        words = format!("<a href=\"{}\" rel=\"noopener noreferrer\">{words}</a>", escape(&address));
    }
    if language.is_some() {
        let side = right_to_left([run.text.as_str()]).map_or("auto", direction);
        words = format!("<span{} dir=\"{side}\">{words}</span>", spoken_in(language));
    }
    words
}

/// Words with their breaks of lines.
fn broken(words: &str) -> String {
    escape(clean(words)).replace('\n', "<br>")
}

fn picture(logo: &Logo, name: &str) -> String {
    let kind = match logo.kind {
        LogoKind::Png => "image/png",
        LogoKind::Svg => "image/svg+xml",
    };
    let (width, height) = logo_size(logo.width, logo.height, 227.0, 68.0);
    format!(
        "<img class=\"logo\" src=\"data:{kind};base64,{}\" alt=\"{}\" width=\"{width:.0}\" height=\"{height:.0}\">\n",
        base64(&logo.bytes),
        escape(one_line(name)),
    )
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * i) & 63) as usize];
            text.push(if i <= three.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_in_the_page() {
        for (bytes, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")]
        {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
    }

    #[test]
    fn words_are_only_words() {
        let run = Run { link: Some("javascript:x".into()), ..Run::plain("<b>\"&'\n") };
        assert_eq!(marked(&run, None), "&lt;b&gt;&quot;&amp;&apos;<br>");
        let run = Run { language: Some("ar".into()), ..Run::stroke(Stroke::PutIn, "نص") };
        assert_eq!(marked(&run, Some("ar")), "<span lang=\"ar\" dir=\"rtl\"><ins>نص</ins></span>");
    }
}
