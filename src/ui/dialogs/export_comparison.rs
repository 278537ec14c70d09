//! Where to write the comparison of two drafts, or the words that bind, to, and how.

use eframe::egui::Ui;

use super::target::Target;
use super::{Dialog, Flow, buttons};
use crate::ui::scene::{Chosen, Scene};
use crate::workspace::{Command, ComparePage, ExportCommand};

/// What can be written of a comparison.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Concordance,
    Redline,
    Concerns,
    ToDo,
    Words,
}

/// What can be written: its name, its ending, and what it is.
type Format = (&'static str, &'static str, What);

const FORMATS: [Format; 4] = [
    ("Concordance for spreadsheets", "csv", What::Concordance),
    ("Concordance as an Excel workbook", "xlsx", What::Concordance),
    ("Concordance as Markdown", "md", What::Concordance),
    ("Redline as a page for a browser", "html", What::Redline),
];
/// The same where one looks at the concerns.
const OF_CONCERNS: [Format; 6] = [
    ("What became of our concerns, for spreadsheets", "csv", What::Concerns),
    ("What became of our concerns, as an Excel workbook", "xlsx", What::Concerns),
    ("What became of our concerns, as Markdown", "md", What::Concerns),
    ("What is to be looked at, for spreadsheets", "csv", What::ToDo),
    ("What is to be looked at, as an Excel workbook", "xlsx", What::ToDo),
    ("What is to be looked at, as Markdown", "md", What::ToDo),
];

/// The words that bind, of the open draft.
const OF_WORDS: [Format; 3] = [
    ("Obligation words by article, for spreadsheets", "csv", What::Words),
    ("Obligation words by article, as an Excel workbook", "xlsx", What::Words),
    ("Obligation words by article, as Markdown", "md", What::Words),
];

/// What has been chosen so far.
pub struct ExportComparison {
    formats: &'static [Format],
    format: usize,
    target: Target,
    name: String,
}

impl ExportComparison {
    pub fn new(scene: &Scene<'_>) -> Self {
        let name = |id| scene.w.project().and_then(|p| p.draft(id)).map_or_else(String::new, |d| d.slug.clone());
        let drafts = scene.w.view().compare.drafts;
        let name = drafts.map_or_else(|| "comparison".to_owned(), |(old, new)| format!("{}-{}", name(old), name(new)));
        let of_concerns = scene.w.view().compare.page == ComparePage::Concerns;
        let formats: &[Format] = if of_concerns { &OF_CONCERNS } else { &FORMATS };
        let mut export = Self { formats, format: 0, target: Target::default(), name };
        export.propose();
        export
    }

    /// For the words of the open draft, against the draft they are counted against.
    pub fn words(scene: &Scene<'_>) -> Self {
        let name = scene.w.draft().map_or_else(|| "draft".to_owned(), |d| d.slug.clone());
        let name = scene.w.counted_against().map_or_else(|| name.clone(), |old| format!("{}-{name}", old.slug));
        let mut export = Self { formats: &OF_WORDS, format: 0, target: Target::default(), name };
        export.propose();
        export
    }

    fn propose(&mut self) {
        let (ending, what) = self.formats.get(self.format).map_or(("csv", What::Concordance), |f| (f.1, f.2));
        let about = match what {
            What::Concordance | What::Redline => "",
            What::Concerns => "-concerns",
            What::ToDo => "-to-look-at",
            What::Words => "-words",
        };
        self.target.propose(&format!("{}{about}.{ending}", self.name));
    }
}

impl ExportComparison {
    fn of_words(&self) -> bool {
        self.formats.iter().all(|f| f.2 == What::Words)
    }

    fn finish_words(&self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let draft = scene.w.draft().map(|d| d.id);
        match buttons(ui, scene, "Export", draft.is_some() && self.target.path().is_some(), true) {
            Some(true) => {
                let Some(path) = self.target.path() else { return Flow::Stay };
                let old = scene.w.counted_against().map(|d| d.id);
                if let Some(new) = draft {
                    scene.run(Command::Export(ExportCommand::Words { old, new, path }));
                }
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }
}

impl Dialog for ExportComparison {
    fn title(&self) -> &str {
        if self.of_words() { "Export obligation words" } else { "Export the comparison" }
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let before = self.format;
        for (n, (name, ending, _)) in self.formats.iter().enumerate() {
            ui.radio_value(&mut self.format, n, format!("{name} (.{ending})"));
        }
        if before != self.format {
            self.propose();
        }
        ui.add_space(tokens.space.small);
        self.target.show(ui, scene);
        if self.of_words() {
            return self.finish_words(ui, scene);
        }
        let drafts = scene.w.view().compare.drafts;
        match buttons(ui, scene, "Export", drafts.is_some() && self.target.path().is_some(), true) {
            Some(true) => {
                let Some(path) = self.target.path() else { return Flow::Stay };
                let over_all = scene.w.view().compare.over_all;
                if let (Some((old, new)), Some(format)) = (drafts, self.formats.get(self.format)) {
                    scene.run(Command::Export(match format.2 {
                        What::Concordance => ExportCommand::Concordance { old, new, path },
                        What::Redline => ExportCommand::Redline { old, new, path },
                        What::Concerns => ExportCommand::Concerns { drafts: (!over_all).then_some((old, new)), path },
                        What::ToDo => {
                            let (old, new) = scene.w.ends().filter(|_| over_all).unwrap_or((old, new));
                            ExportCommand::ToDo { old, new, path }
                        }
                        What::Words => ExportCommand::Words { old: Some(old), new, path },
                    }));
                }
                Flow::Close
            }
            Some(false) => Flow::Close,
            None => Flow::Stay,
        }
    }

    fn chosen(&mut self, chosen: Chosen) {
        self.target.chosen(&chosen);
    }
}
