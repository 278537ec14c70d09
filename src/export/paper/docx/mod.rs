//! DOCX: a paper as an Office Open XML document that opens clean in Word and LibreOffice.
//!
//! The way through: `story` writes the text, with `runs` for words, `tables` for tables and `front` for what stands
//! before them; `styles` and `lists` say how things look; `furniture` writes the parts around the text; `template` takes
//! the looks of one's own document; `package` puts it all together, the same bytes for the same paper.
//!
//! Must not know: how other formats look, files, the clock.

mod front;
mod furniture;
mod lists;
mod logo;
mod package;
mod runs;
mod source;
mod story;
mod styles;
mod tables;
mod template;
mod xml;

use crate::export::{ExportError, Written};

use super::flow::{Losses, Step, steps};
use super::{Density, Paper, Sheet};
use lists::Lists;
use logo::Pictures;
use package::{Package, Relations};
use story::{Setting, Story};
use styles::Styles;
use template::Template;

/// What the content types of Word's parts begin with.
const WORD_PART: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// The document, in the styles of `paper.styles` where there are any.
///
/// # Errors
/// [`ExportError::NotMade`], where the document for the styles cannot be taken.
pub(super) fn write(paper: &Paper) -> Result<Written, ExportError> {
    let template = paper.styles.as_deref().map(Template::read).transpose()?;
    let template = template.as_ref();
    let mut losses = Losses::default();
    let introduction = steps(&paper.front.introduction, &mut losses);
    let body = steps(&paper.body, &mut losses);
    let entries = if paper.contents {
        let all: Vec<Step<'_>> = introduction.iter().chain(&body).copied().collect();
        super::contents::entries(&all)
    } else {
        Vec::new()
    };

    let mut package = Package::default();
    let mut relations = Relations::default();
    let styles = template.map_or_else(Styles::own, |template| Styles::among(&template.styles));
    let page = Page::of(paper, template);
    let pictures = Pictures::of(paper, &mut package, &mut relations, &mut losses);
    let furniture = furniture::Furniture::add(paper, template, &styles, &mut package, &mut relations, &mut losses);
    let setting =
        Setting { styles: &styles, paper, width: page.width(), is_dressed: template.is_some(), entries: &entries };
    let lists = Lists::after(template.map_or((0, 0), |template| template.numbers));
    let mut story = Story::new(setting, lists, relations, losses);
    story.front(pictures.as_ref());
    story.write(&introduction);
    story.contents();
    story.write(&body);
    story.signatories();
    let told = story.finish(&page, &furniture);

    let main = format!("{WORD_PART}document.main+xml");
    package.add("word/document.xml", &main, told.document);
    let mut relations = told.relations;
    if let Some(notes) = told.notes {
        package.add("word/footnotes.xml", &format!("{WORD_PART}footnotes+xml"), notes);
        package.relate("word/footnotes.xml", told.note_relations);
        relations.add("footnotes", "word/footnotes.xml");
    }
    furniture::add_looks(paper, template, &styles, &told.lists, &mut package, &mut relations);
    furniture::add_settings(paper, template, told.has_notes, &mut package, &mut relations);
    package.relate("word/document.xml", relations);
    let mut outer = Relations::default();
    outer.add("officeDocument", "word/document.xml");
    furniture::add_properties(paper, &mut package, &mut outer);
    package.relate("", outer);
    let bytes = package
        .finish()
        .map_err(|error| ExportError::NotMade(format!("The document could not be put together: {error}")))?;
    Ok(Written { bytes, left: told.losses.sentences() })
}

/// A sheet and its margins, in twentieths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Page {
    width: u32,
    height: u32,
    top: u32,
    right: u32,
    bottom: u32,
    left: u32,
    header: u32,
    footer: u32,
}

impl Page {
    fn of(paper: &Paper, template: Option<&Template>) -> Self {
        let lies = paper.sheet == Sheet::Lying;
        let mut page = template.and_then(|template| template.page).unwrap_or_else(|| {
            let (side, end) = match (paper.density, lies) {
                (Density::Dense, _) => (1021, 907),
                (Density::Roomy, true) => (1191, 1134),
                (Density::Roomy, false) => (1474, 1417),
            };
            Self {
                width: 11906,
                height: 16838,
                top: end,
                right: side,
                bottom: end,
                left: side,
                header: 567,
                footer: 510,
            }
        });
        if lies != (page.width > page.height) {
            std::mem::swap(&mut page.width, &mut page.height);
        }
        page
    }

    /// How wide the text is.
    fn width(&self) -> u32 {
        self.width.saturating_sub(self.left + self.right)
    }
}
