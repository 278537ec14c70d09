//! What was recognized in a file and what a person should look at; each leads to its place on the page.

use std::sync::Arc;

use eframe::egui::{CollapsingHeader, Frame, Label, Margin, RichText, Ui};

use super::section;
use crate::model::{MarkKind, Outline, ProvisionIndex, ProvisionKind, TextRange};
use crate::ui::bars::count;
use crate::ui::cards::shorten;
use crate::ui::scene::Scene;
use crate::ui::widgets::{Row, Ticks};
use crate::workspace::{Command, Doubt, DraftCommand, Proposal};

/// Lines of one kind shown before the rest is counted.
const MOST: usize = 400;
/// So many doubts are shown in full; the rest folds.
const DOUBTS: usize = 2;
/// A list this short is open from the start.
const SHORT: usize = 8;

/// Why the text is not to be trusted, and the tick that takes it all the same. Answers with the place to look at.
pub fn doubts(ui: &mut Ui, scene: &mut Scene<'_>, at: usize, proposal: &Proposal) -> Option<TextRange> {
    if !proposal.is_doubtful() {
        return None;
    }
    let tokens = scene.tokens;
    let mut there = None;
    ui.add_space(tokens.space.medium);
    let frame = Frame::new().fill(tokens.chrome_raised).corner_radius(tokens.size.corner);
    frame.inner_margin(Margin::same(10)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new("The text may not be what the pages say").strong().color(tokens.danger));
        let (first, more) = proposal.imported.doubts.split_at(DOUBTS.min(proposal.imported.doubts.len()));
        for d in first {
            there = doubt(ui, proposal, d).or(there);
        }
        if !more.is_empty() {
            // A file with many such stretches must not push the tick and all else out of sight.
            CollapsingHeader::new(count(more.len(), "more stretch", "more stretches"))
                .id_salt("more doubts")
                .show(ui, |ui| more.iter().for_each(|d| there = doubt(ui, proposal, d).or(there)));
        }
        let mut trusted = proposal.trusted;
        // A checkbox alone would not break its line.
        ui.horizontal_wrapped(|ui| {
            if ui.tick(&mut trusted, "Add anyway; I have compared it with the original").changed() {
                scene.run(Command::Draft(DraftCommand::Trust { at, trusted }));
            }
        });
    });
    there
}

/// One doubt, and the way to its first page.
fn doubt(ui: &mut Ui, proposal: &Proposal, doubt: &Doubt) -> Option<TextRange> {
    ui.add(Label::new(&doubt.message).wrap());
    let first = doubt.pages?.0;
    let page = proposal.imported.printed.pages.iter().find(|p| p.number >= first)?;
    let clicked = ui.button(format!("Look at page {}", page.number)).clicked();
    clicked.then_some(TextRange { start: page.at, end: page.at })
}

/// What takes a walk through the outline to find; made anew when the outline is another.
#[derive(Default)]
pub struct Found {
    outline: usize,
    sentence: String,
    headed: Vec<ProvisionIndex>,
}

impl Found {
    /// Brings it up to date.
    pub fn follow(&mut self, proposal: &Proposal) {
        let outline = &proposal.preview.outline;
        let now = Arc::as_ptr(outline) as usize;
        if self.outline != now {
            let is_headed = |&i: &ProvisionIndex| outline.get(i).is_some_and(|p| p.kind.is_headed());
            let headed = outline.indices().filter(is_headed).collect();
            *self = Self { outline: now, sentence: recognized(proposal), headed };
        }
    }
}

/// What was recognized, in a sentence, and what to look at; answers with the place of what was chosen.
pub fn noticed(ui: &mut Ui, scene: &Scene<'_>, proposal: &Proposal, found: &Found) -> Option<TextRange> {
    let tokens = scene.tokens;
    section(ui, scene, "Recognized");
    ui.add(Label::new(RichText::new(&found.sentence).color(tokens.quiet_ink)).wrap());
    let mut there = None;
    let noticed = &proposal.reading.warnings;
    let open = noticed.len() <= SHORT;
    list(ui, scene, "To look at", open, noticed.len(), &mut there, |n| {
        let warning = noticed.get(n)?;
        Some((String::new(), warning.message.clone(), warning.range))
    });
    for warning in &proposal.imported.warnings {
        ui.add(Label::new(RichText::new(warning).small().color(tokens.ink)).wrap());
    }
    there
}

/// All that was found, each kind in a list that folds; answers with the place of what was chosen.
pub fn lists(ui: &mut Ui, scene: &Scene<'_>, proposal: &Proposal, found: &Found) -> Option<TextRange> {
    let outline = &proposal.preview.outline;
    let text = &*proposal.preview.text;
    let mut there = None;
    let headed = &found.headed;
    list(ui, scene, "Articles and headings", false, headed.len(), &mut there, |n| {
        let p = outline.get(*headed.get(n)?)?;
        let lead = p.label.split_whitespace().collect::<Vec<_>>().join(" ");
        let preamble = || if p.kind == ProvisionKind::Preamble { "Preamble".to_owned() } else { String::new() };
        Some((lead, p.heading.clone().unwrap_or_else(preamble), p.range))
    });
    list(ui, scene, "Negotiating marks", false, outline.marks.len(), &mut there, |n| {
        let mark = outline.marks.get(n)?;
        Some((mark.kind.word().to_owned(), in_line(text, mark.range), mark.range))
    });
    let notes = &proposal.imported.printed.notes;
    list(ui, scene, "Footnotes", false, notes.len(), &mut there, |n| {
        let note = notes.get(n)?;
        let place = note.call.unwrap_or(note.body);
        let lead = if note.call.is_some() { "" } else { "not called" };
        Some((lead.to_owned(), in_line(text, note.body), place))
    });
    let pages = &proposal.imported.printed.pages;
    list(ui, scene, "Pages", false, pages.len(), &mut there, |n| {
        let page = pages.get(n)?;
        let printed = if page.label.is_empty() { String::new() } else { format!("printed {}", page.label) };
        Some((format!("Page {}", page.number), printed, TextRange { start: page.at, end: page.at }))
    });
    there
}

/// A list that folds: what it holds is drawn only where it is open.
fn list(
    ui: &mut Ui,
    scene: &Scene<'_>,
    title: &str,
    open: bool,
    length: usize,
    there: &mut Option<TextRange>,
    item: impl Fn(usize) -> Option<(String, String, TextRange)>,
) {
    if length == 0 {
        return;
    }
    let tokens = scene.tokens;
    CollapsingHeader::new(format!("{title} ({length})")).id_salt(title).default_open(open).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for n in 0..length.min(MOST) {
            let Some((lead, words, range)) = item(n) else { continue };
            ui.push_id(n, |ui| {
                let row = Row { lead: &lead, ..Row::new(&words) };
                let response = row.show(ui, tokens).on_hover_text(format!("{lead} {words}").trim().to_owned());
                if response.clicked() {
                    *there = Some(range);
                }
            });
        }
        if length > MOST {
            ui.label(RichText::new(format!("and {} more", length - MOST)).small().color(tokens.quiet_ink));
        }
    });
}

fn in_line(text: &str, range: TextRange) -> String {
    let words = range.of(text).unwrap_or_default();
    let start = &words[..words.floor_char_boundary(words.len().min(400))];
    shorten(&start.split_whitespace().collect::<Vec<_>>().join(" "), 80)
}

/// What was recognized, in a sentence.
fn recognized(proposal: &Proposal) -> String {
    let outline: &Outline = &proposal.preview.outline;
    let number = |kind: ProvisionKind| outline.provisions.iter().filter(|p| p.kind == kind).count();
    let marks = |kind: MarkKind| outline.marks.iter().filter(|m| m.kind == kind).count();
    let printed = &proposal.imported.printed;
    let parts: Vec<String> = [
        (printed.pages.len(), "page", "pages"),
        (number(ProvisionKind::Recital), "preambular paragraph", "preambular paragraphs"),
        (number(ProvisionKind::Chapter), "chapter", "chapters"),
        (number(ProvisionKind::Article), "article", "articles"),
        (number(ProvisionKind::Paragraph), "paragraph", "paragraphs"),
        (number(ProvisionKind::Subparagraph), "subparagraph", "subparagraphs"),
        (number(ProvisionKind::Annex), "annex", "annexes"),
        (marks(MarkKind::Bracketed), "bracket", "brackets"),
        (marks(MarkKind::Agreed), "agreed mark", "agreed marks"),
        (printed.notes.len(), "footnote", "footnotes"),
    ]
    .into_iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, one, many)| count(n, one, many))
    .collect();
    if parts.is_empty() { "No provisions were recognized".to_owned() } else { parts.join(", ") }
}
