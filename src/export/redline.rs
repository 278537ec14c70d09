//! A redline as a page for a browser, in one file without scripts or anything from elsewhere.
//!
//! What was struck is struck through, what was put in is underlined, so that nothing is told by color alone; the elements
//! are `del` and `ins`, which screen readers know.

use std::path::Path;

use super::{ExportError, write_file};

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// It stands in both drafts.
    Kept,
    /// It stands only in the old one.
    Struck,
    /// It stands only in the new one.
    PutIn,
}

/// A clause of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    /// Its address, as the page prints it: `3(12) \u{2192} 4(13)`.
    pub citation: String,
    /// What is said of it beside the text: `moved here, edited`; empty where it is the same.
    pub said: String,
    /// Whether it is a heading.
    pub heading: bool,
    /// Its text in stretches.
    pub runs: Vec<(Stroke, String)>,
}

/// A redline to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedlinePage {
    /// What the old draft is called.
    pub old: String,
    /// What the new draft is called.
    pub new: String,
    /// The language of the text, such as `en`; empty if not known.
    pub language: String,
    /// Whether the text runs from right to left.
    pub right_to_left: bool,
    /// In the order of the new draft.
    pub clauses: Vec<Clause>,
}

const STYLE: &str = "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 Georgia,serif;color:#222;background:#fff}\
h1{font-size:1.3rem}.key{color:#555}.clause{margin:.7rem 0}.said{display:block;font:.8rem sans-serif;color:#555}\
.heading{font-weight:bold;margin-top:1.6rem}del{color:#9b1c1c;text-decoration:line-through}\
ins{color:#14532d;text-decoration:underline}\
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}.key,.said{color:#aaa}del{color:#f2a0a0}ins{color:#9ad8a8}}";

impl RedlinePage {
    /// The page.
    pub fn html(&self) -> String {
        let mut page = String::from("<!DOCTYPE html>\n<html");
        if !self.language.is_empty() {
            page.push_str(&format!(" lang=\"{}\"", escaped(&self.language)));
        }
        if self.right_to_left {
            page.push_str(" dir=\"rtl\"");
        }
        let title = format!("{} \u{2192} {}", escaped(&self.old), escaped(&self.new));
        page.push_str(&format!(
            "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
             <style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n\
             <p class=\"key\"><del>struck</del>, <ins>put in</ins></p>\n"
        ));
        for clause in &self.clauses {
            let class = if clause.heading { "clause heading" } else { "clause" };
            page.push_str(&format!("<div class=\"{class}\">"));
            let about = [clause.citation.as_str(), clause.said.as_str()];
            if !clause.said.is_empty() {
                let about: Vec<String> = about.iter().filter(|a| !a.is_empty()).map(|a| escaped(a)).collect();
                page.push_str(&format!("<span class=\"said\">{}</span>", about.join(": ")));
            }
            for (stroke, text) in &clause.runs {
                let text = escaped(text).replace('\n', " ");
                match stroke {
                    Stroke::Kept => page.push_str(&text),
                    Stroke::Struck => page.push_str(&format!("<del>{text}</del>")),
                    Stroke::PutIn => page.push_str(&format!("<ins>{text}</ins>")),
                }
            }
            page.push_str("</div>\n");
        }
        page.push_str("</body></html>\n");
        page
    }

    /// Writes the page.
    ///
    /// # Errors
    /// [`ExportError::NotWritten`], a sentence with the path.
    pub fn write(&self, path: &Path) -> Result<(), ExportError> {
        write_file(path, self.html().as_bytes())
    }
}

/// Text that no browser takes for markup; control characters are left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() && c != '\n' => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_draft_stay_words() {
        let runs = vec![
            (Stroke::Kept, "Each <b>Party</b> ".to_owned()),
            (Stroke::Struck, "may".to_owned()),
            (Stroke::PutIn, "shall & must".to_owned()),
        ];
        let clause = Clause { citation: "4(1)".into(), said: "edited".into(), heading: false, runs };
        let page = RedlinePage { old: "A\"".into(), new: "B".into(), clauses: vec![clause], ..RedlinePage::default() };
        let html = page.html();
        assert!(
            html.contains("Each &lt;b&gt;Party&lt;/b&gt; <del>may</del><ins>shall &amp; must</ins></div>"),
            "{html}"
        );
        assert!(html.contains("<title>A&quot; \u{2192} B</title>") && html.contains("4(1): edited"), "{html}");
    }
}
