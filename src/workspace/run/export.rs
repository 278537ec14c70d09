//! Files out.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::citation;
use crate::export::{self, EXPORTERS, ExportRequest};
use crate::model::{AnalystId, Citation, Draft, DraftId, TextRange};
use crate::storage;
use std::path::Path;

use super::super::command::ExportCommand;
use super::super::compared::{concordance_table, outcomes_table, redline_page, to_do_table};
use super::super::lenses::{Glass, WordTable, Worded};
use super::super::outcomes::to_do;
use super::super::{Outcome, Pair, Workspace};

/// The id of the shared annotation file among the formats.
pub const ANNOTATION_FILE: &str = "annotations";

/// What of a comparison is written.
enum Written {
    Concordance,
    Redline,
    /// What is left to be looked at, besides these places.
    ToDo(Vec<TextRange>),
}

impl Workspace {
    /// All formats one can export to: id, name, file extension.
    pub fn export_formats() -> Vec<(&'static str, &'static str, &'static str)> {
        let mut formats = vec![(ANNOTATION_FILE, "Annotation file for colleagues", "annotations.ron")];
        formats.extend(EXPORTERS.iter().map(|e| (e.id, e.name, e.extension)));
        formats
    }

    pub(in super::super) fn run_export(&mut self, command: ExportCommand) {
        if self.project().is_none() {
            self.notices.caution("Open a project first");
            return;
        }
        match command {
            ExportCommand::ToFile { format, path, analysts, .. } if format == ANNOTATION_FILE => {
                self.export_annotation_file(path, analysts.as_ref());
            }
            ExportCommand::ToFile { format, path, draft, analysts } => {
                self.export_table(&format, path, draft, analysts);
            }
            ExportCommand::Concordance { old, new, path } => {
                self.export_comparison((old, new), path, Written::Concordance);
            }
            ExportCommand::Redline { old, new, path } => self.export_comparison((old, new), path, Written::Redline),
            ExportCommand::ToDo { old, new, path } => {
                let looked_at = self.looked_at(new);
                self.export_comparison((old, new), path, Written::ToDo(looked_at));
            }
            ExportCommand::Matrix { look, path } => {
                let Some(file) = self.matrix_file(&look) else { return };
                self.tasks.start("Writing the matrix", false, move |_| {
                    Outcome::Exported(file.write(&path).map(|()| (path, Vec::new())))
                });
            }
            ExportCommand::Words { old, new, path } => self.export_words(old, new, path),
            ExportCommand::Concerns { drafts, path } => self.export_outcomes(drafts, path),
            ExportCommand::SearchTerms(path) => self.export_terms(path),
            ExportCommand::SearchLines(path) => self.export_lines(path),
        }
    }

    /// Writes a comparison that is there; one that is not is made first.
    fn export_comparison(&mut self, (old, new): (DraftId, DraftId), path: PathBuf, what: Written) {
        let Some(project) = self.project() else { return };
        let (Some(older), Some(newer)) = (project.draft(old).cloned(), project.draft(new).cloned()) else {
            self.notices.caution("The drafts to compare are not in this project");
            return;
        };
        let (known, style) = (self.pair(old, new), self.citation_style());
        self.tasks.start("Writing the comparison", true, move |progress| {
            let pair = known.or_else(|| Pair::of(&older, &newer, &|| !progress.is_cancelled()).map(Arc::new));
            let Some(pair) = pair else { return Outcome::Cancelled("The comparison was not written".to_owned()) };
            let names = [older.name().to_owned(), newer.name().to_owned()];
            let cite = |cited: &Citation| citation::print_opening(cited, style);
            let written = match what {
                Written::Concordance => {
                    concordance_table(&pair.concordance, pair.outlines(), &names, &cite).write(&path)
                }
                Written::Redline => {
                    redline_page(&pair.comparison, pair.sides(), &names, &newer.details, &cite).write(&path)
                }
                Written::ToDo(looked_at) => {
                    let list = to_do(&pair.concordance, &pair.comparison.rows, pair.outlines()[1], &looked_at);
                    to_do_table(&list, pair.outlines(), &names, &cite).write(&path)
                }
            };
            Outcome::Exported(written.map(|()| (path, Vec::new())).map_err(|e| e.to_string()))
        });
    }

    /// Writes the words that bind; of a draft alone, or against another one.
    fn export_words(&mut self, old: Option<DraftId>, new: DraftId, path: PathBuf) {
        let Some(project) = self.project() else { return };
        let (older, newer) = (old.map(|id| project.draft(id).cloned()), project.draft(new).cloned());
        let (Some(newer), false) = (newer, matches!(older, Some(None))) else {
            self.notices.caution("The drafts whose words are to be counted are not in this project");
            return;
        };
        let older = older.flatten();
        let known = older.as_ref().and_then(|o| self.pair(o.id, new));
        let style = self.citation_style();
        self.tasks.start("Writing the obligation words", true, move |progress| {
            let cite = |cited: &Citation| citation::print_opening(cited, style);
            let glass = |d: &Draft| Glass::of(&d.text, &d.outline, &d.details.language);
            let of_new = glass(&newer);
            let new = Worded { outline: &newer.outline, wording: &of_new.wording };
            let table = match &older {
                None => WordTable::of(new).table([None, Some(newer.name())], [None, Some(new.outline)], &cite),
                Some(older) => {
                    let made = || Pair::of(older, &newer, &|| !progress.is_cancelled()).map(Arc::new);
                    let Some(pair) = known.or_else(made) else {
                        return Outcome::Cancelled("The obligation words were not written".to_owned());
                    };
                    let of_old = glass(older);
                    let old = Worded { outline: &older.outline, wording: &of_old.wording };
                    let names = [Some(older.name()), Some(newer.name())];
                    WordTable::against(old, new, &pair.concordance).table(
                        names,
                        [Some(old.outline), Some(new.outline)],
                        &cite,
                    )
                }
            };
            Outcome::Exported(table.write(&path).map(|()| (path, Vec::new())).map_err(|e| e.to_string()))
        });
    }

    /// Writes what became of the concerns.
    fn export_outcomes(&mut self, drafts: Option<(DraftId, DraftId)>, path: PathBuf) {
        let Some(project) = self.project() else { return };
        let name = |id| project.draft(id).map(|d| d.name().to_owned());
        let names = match drafts.map(|(old, new)| (name(old), name(new))) {
            Some((Some(old), Some(new))) => Some([old, new]),
            Some(_) => {
                self.notices.caution("The drafts to compare are not in this project");
                return;
            }
            None => None,
        };
        let table = outcomes_table(&self.outcomes(drafts), &project.codebook, names.as_ref());
        self.tasks.start("Writing what became of the concerns", false, move |_| {
            Outcome::Exported(table.write(&path).map(|()| (path, Vec::new())).map_err(|e| e.to_string()))
        });
    }

    fn export_annotation_file(&mut self, path: PathBuf, analysts: Option<&BTreeSet<AnalystId>>) {
        let named = analysts.is_some();
        let wanted = match analysts.map(|a| a.iter().copied().collect::<Vec<_>>()).as_deref() {
            Some([one]) => Some(*one),
            Some(_) => {
                self.notices.caution("An annotation file holds the set of one analyst: choose one");
                return;
            }
            None => self.analyst().map(|a| a.id),
        };
        let Some(project) = self.project() else { return };
        let only = project.sets.values().next().filter(|_| project.sets.len() == 1 && !named);
        let Some(set) = wanted.and_then(|id| project.sets.get(&id)).or(only).cloned() else {
            self.notices.caution("There are no annotations of yours in this project yet");
            return;
        };
        let project = project.clone();
        self.tasks.start("Writing the annotation file", false, move |_| {
            let text = storage::write_annotation_file(&project, &set);
            let written = export::write_file(&path, text.as_bytes());
            Outcome::Exported(written.map(|()| (path, Vec::new())).map_err(|e| e.to_string()))
        });
    }

    fn export_table(
        &mut self,
        format: &str,
        path: PathBuf,
        draft: Option<DraftId>,
        analysts: Option<BTreeSet<AnalystId>>,
    ) {
        let Some(exporter) = EXPORTERS.iter().find(|e| e.id == format) else {
            let known: Vec<&str> = Self::export_formats().iter().map(|f| f.0).collect();
            self.notices
                .failure(format!("there is no format \u{201c}{format}\u{201d}; there are {}", known.join(", ")));
            return;
        };
        let Some(project) = self.project().cloned() else { return };
        let hidden = self.view.hidden.clone();
        let analysts = analysts.or_else(|| {
            (!hidden.is_empty()).then(|| project.sets.keys().copied().filter(|a| !hidden.contains(a)).collect())
        });
        self.tasks.start(format!("Writing {}", exporter.name), false, move |_| {
            let request = ExportRequest { project: &project, draft, analysts, cite: citation::print_opening };
            let written = (exporter.write)(&request)
                .and_then(|written| export::write_file(&path, &written.bytes).map(|()| (path, written.left)))
                .map_err(|e| e.to_string());
            Outcome::Exported(written)
        });
    }
}

impl Workspace {
    /// Writes a picture of the window, RGBA rows from the top, as a PNG file.
    pub fn keep_picture(&mut self, path: &Path, size: [u32; 2], pixels: &[u8]) {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, size[0], size[1]);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let encoded = encoder.write_header().and_then(|mut w| w.write_image_data(pixels)).map_err(|e| e.to_string());
        match encoded.and_then(|()| export::write_file(path, &bytes).map_err(|e| e.to_string())) {
            Ok(()) => self.notices.done(format!("Written: {}", path.display())),
            Err(error) => self.notices.failure(error),
        }
    }
}
