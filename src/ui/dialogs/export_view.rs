//! Where to write what is looked at (a comparison, the words that bind, a matrix, what a search has found), and how.

use std::path::PathBuf;

use eframe::egui::Ui;

use super::target::Target;
use super::{Dialog, Flow, buttons};
use crate::ui::scene::{Chosen, Scene};
use crate::ui::widgets::Ticks;
use crate::workspace::{Command, ComparePage, ExportCommand, MatrixPage, SearchPage};

/// Endings of tables, with the words for them.
const TABLES: [(&str, &str); 3] =
    [("for spreadsheets", "csv"), ("as an Excel workbook", "xlsx"), ("as Markdown", "md")];

/// One way to write it.
struct Way {
    words: String,
    /// The proposed name of the file, with its ending.
    file: String,
    command: Box<dyn Fn(PathBuf) -> ExportCommand>,
}

/// What has been chosen so far.
pub struct ExportView {
    title: &'static str,
    ways: Vec<Way>,
    chosen: usize,
    target: Target,
}

impl ExportView {
    /// Two drafts that are compared, or what became of the concerns between them.
    pub fn comparison(scene: &Scene<'_>) -> Self {
        let look = scene.w.view().compare;
        let Some((old, new)) = look.drafts else { return Self::of("Export the comparison", Vec::new()) };
        let slug = |id| scene.w.project().and_then(|p| p.draft(id)).map_or_else(String::new, |d| d.slug.clone());
        let name = format!("{}-{}", slug(old), slug(new));
        let mut ways = Vec::new();
        if look.page == ComparePage::Concerns {
            let drafts = (!look.over_all).then_some((old, new));
            let became = move |path| ExportCommand::Concerns { drafts, path };
            ways.extend(tables("What became of our concerns,", &format!("{name}-concerns"), became));
            let (old, new) = scene.w.ends().filter(|_| look.over_all).unwrap_or((old, new));
            let to_do = move |path| ExportCommand::ToDo { old, new, path };
            ways.extend(tables("What is to be looked at,", &format!("{name}-to-look-at"), to_do));
        } else {
            ways.extend(tables("Concordance", &name, move |path| ExportCommand::Concordance { old, new, path }));
            ways.push(Way {
                words: "Redline as a page for a browser".to_owned(),
                file: format!("{name}.html"),
                command: Box::new(move |path| ExportCommand::Redline { old, new, path }),
            });
        }
        Self::of("Export the comparison", ways)
    }

    /// The words of the open draft that bind, against the draft they are counted against.
    pub fn words(scene: &Scene<'_>) -> Self {
        let (title, against) = ("Export obligation words", scene.w.counted_against());
        let Some(draft) = scene.w.draft() else { return Self::of(title, Vec::new()) };
        let name = against.map_or_else(|| draft.slug.clone(), |old| format!("{}-{}", old.slug, draft.slug));
        let (old, new) = (against.map(|d| d.id), draft.id);
        let words = move |path| ExportCommand::Words { old, new, path };
        Self::of(title, tables("Obligation words by article,", &format!("{name}-words"), words).collect())
    }

    /// The page of the place Matrix.
    pub fn matrix(scene: &Scene<'_>) -> Self {
        let look = &scene.w.view().matrix;
        let draft = scene.w.matrix_draft(look).filter(|_| look.needs_draft()).map(|d| format!("-{}", d.slug));
        let name = format!("{}{}", look.page.word(), draft.unwrap_or_default());
        let matrix = {
            let look = look.clone();
            move |path| ExportCommand::Matrix { look: Box::new(look.clone()), path }
        };
        let mut ways: Vec<Way> = tables("Table", &name, matrix.clone()).collect();
        if !matches!(look.page, MatrixPage::Coverage | MatrixPage::Curation) {
            ways.extend([("Picture that stays sharp at any size", "svg"), ("Picture", "png")].map(
                |(words, ending)| {
                    let (words, command) = (words.to_owned(), Box::new(matrix.clone()));
                    Way { words, file: format!("{name}.{ending}"), command }
                },
            ));
        }
        Self::of("Export the matrix", ways)
    }

    /// What the page of the search shows.
    pub fn search(scene: &Scene<'_>) -> Self {
        if scene.w.search().page == SearchPage::Terms {
            let ways = tables("Table", "terms-by-draft", ExportCommand::SearchTerms);
            return Self::of("Export the terms by draft", ways.collect());
        }
        let ways = tables("Table", "search-in-context", ExportCommand::SearchLines);
        Self::of("Export the lines in context", ways.collect())
    }

    fn of(title: &'static str, ways: Vec<Way>) -> Self {
        let mut export = Self { title, ways, chosen: 0, target: Target::default() };
        export.propose();
        export
    }

    fn propose(&mut self) {
        if let Some(way) = self.ways.get(self.chosen) {
            self.target.propose(&way.file);
        }
    }
}

/// A table in each of its formats.
fn tables<C>(words: &str, name: &str, command: C) -> impl Iterator<Item = Way>
where
    C: Fn(PathBuf) -> ExportCommand + Clone + 'static,
{
    TABLES.into_iter().map(move |(format, ending)| Way {
        words: format!("{words} {format}"),
        file: format!("{name}.{ending}"),
        command: Box::new(command.clone()),
    })
}

impl Dialog for ExportView {
    fn title(&self) -> &str {
        self.title
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let before = self.chosen;
        for (n, way) in self.ways.iter().enumerate() {
            let ending = way.file.rsplit('.').next().unwrap_or_default();
            ui.choose(&mut self.chosen, n, format!("{} (.{ending})", way.words));
        }
        if before != self.chosen {
            self.propose();
        }
        ui.add_space(scene.tokens.space.small);
        self.target.show(ui, scene);
        let ready = self.ways.get(self.chosen).zip(self.target.path());
        match buttons(ui, scene, "Export", ready.is_some(), true) {
            Some(true) => {
                if let Some((way, path)) = ready {
                    scene.run(Command::Export((way.command)(path)));
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
