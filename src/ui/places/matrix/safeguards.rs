//! Expected safeguards, article by article: where each stands, who says it is missing, where nobody has looked; and saying
//! it, at one key each.

use eframe::egui::{
    Button, CentralPanel, ComboBox, FontId, Frame, Key, Modifiers, RichText, Role, Sense, Ui, WidgetInfo, vec2,
};

use crate::model::{DraftId, Outline, Project, ProvisionIndex};
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::workspace::{
    AnnotateCommand, CodebookCommand, Command, HeadKey, Question, SafeguardState, Safeguards, Says, Stance, ViewCommand,
};

use super::lattice::{self, CellLook, HeadLook, Lattice, LatticeState, Plan};
use super::{MatrixState, nothing, remarks};

/// What the page remembers.
#[derive(Default)]
pub struct SafeguardsState {
    lattice: LatticeState,
    /// The clause of the article that holds the safeguard; the article as a whole where nothing is chosen.
    clause: Option<ProvisionIndex>,
    /// The cell that was chosen for.
    at: (usize, usize),
}

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut MatrixState, table: &Safeguards, paper: Frame) {
    let Some(draft) = scene.w.matrix_draft(&scene.w.view().matrix).cloned() else { return };
    if table.safeguards.is_empty() || table.articles.is_empty() {
        CentralPanel::default().frame(paper).show(ui, |ui| unmarked(ui, scene, table));
        return;
    }
    let at = state.safeguards.lattice.at;
    let at = (at.0.min(table.articles.len() - 1), at.1.min(table.safeguards.len() - 1));
    if state.safeguards.at != at {
        state.safeguards.at = at;
        state.safeguards.clause = None;
    }
    let article = table.articles.get(at.0).map(|h| h.key);
    let safeguard = table.safeguards.get(at.1).map(|h| h.key);
    let (Some(HeadKey::Provision(article)), Some(HeadKey::Concern(concern))) = (article, safeguard) else { return };
    let clause = &mut state.safeguards.clause;
    let mut says = key(ui, scene);
    let back = remarks::panel(ui, scene, &mut state.remarks, at, |ui, scene| {
        let pressed = buttons(ui, scene, &draft.outline, article, clause, table.state(at.0, at.1));
        says = says.or(pressed);
    });
    state.safeguards.lattice.wanted |= back;
    match says {
        Some(Said::Says(says)) => {
            let provision = clause.filter(|_| says == Some(Says::Present)).unwrap_or(article);
            scene.run(Command::Annotate(AnnotateCommand::Safeguard { draft: draft.id, provision, concern, says }));
        }
        Some(Said::Read) => read(scene, draft.id, &draft.outline, article),
        None => {}
    }
    CentralPanel::default().frame(paper).show(ui, |ui| {
        legend(ui, scene, table);
        let Some(project) = scene.w.project() else { return };
        let laid = Laid { table, project };
        let longest = table.articles.iter().map(|h| h.name.chars().count()).max().unwrap_or(0);
        let names = (longest as f32 * 7.2 + 24.0).clamp(140.0, (ui.available_width() * 0.32).clamp(180.0, 360.0));
        let plan = Plan { names, head: 72.0, column: 112.0, row: 25.0, words: true };
        let opened = lattice::show(ui, scene, &mut state.safeguards.lattice, plan, &laid);
        state.remarks.focus |= opened;
    });
}

/// What a person does with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Says(Option<Says>),
    Read,
}

const DEEDS: [(Key, &str, &str, Said); 4] = [
    (Key::P, "P", "Present", Said::Says(Some(Says::Present))),
    (Key::A, "A", "Absent", Said::Says(Some(Says::Absent))),
    (Key::N, "N", "Not needed", Said::Says(Some(Says::NotNeeded))),
    (Key::Delete, "Delete", "Take back", Said::Says(None)),
];

/// The key that was pressed, unless something is being typed or asked.
fn key(ui: &Ui, scene: &Scene<'_>) -> Option<Said> {
    if keys::is_busy(ui.ctx()) {
        return None;
    }
    if ui.input_mut(|i| i.consume_key(Modifiers::CTRL, Key::Enter)) {
        return Some(Said::Read);
    }
    let pressed = DEEDS.iter().find(|(key, ..)| ui.input_mut(|i| i.consume_key(Modifiers::NONE, *key)));
    pressed.filter(|_| scene.w.can_edit()).map(|(.., said)| *said)
}

/// The same as buttons, and in which clause it stands.
fn buttons(
    ui: &mut Ui,
    scene: &Scene<'_>,
    outline: &Outline,
    article: ProvisionIndex,
    clause: &mut Option<ProvisionIndex>,
    standing: SafeguardState,
) -> Option<Said> {
    let tokens = scene.tokens;
    let edit = scene.w.can_edit();
    let mut done = None;
    ui.label(RichText::new(format!("{} {}", standing.sign(), standing.word())).color(tokens.ink));
    let whole = || "The article as a whole".to_owned();
    let cited = |p: ProvisionIndex| scene.w.cited(&outline.citation(p));
    let label = ui.label(RichText::new("Where it stands").small().color(tokens.quiet_ink));
    ui.add_enabled_ui(edit, |ui| {
        ComboBox::from_id_salt("clause")
            .width(ui.available_width() - 8.0)
            .truncate()
            .selected_text(clause.map_or_else(whole, cited))
            .show_ui(ui, |ui| {
                ui.selectable_value(clause, None, whole());
                let end = outline.get(article).map_or(0, |p| p.subtree_end);
                let below = (article.0 + 1..end).map(ProvisionIndex);
                for p in below.filter(|p| outline.is_addressed(*p)).take(400) {
                    ui.selectable_value(clause, Some(p), cited(p));
                }
            })
            .response
            .labelled_by(label.id);
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (_, key, text, said) in DEEDS {
            let response = ui.add_enabled(edit, Button::new(text).shortcut_text(key));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, edit, text));
            if response.clicked() {
                done = Some(said);
            }
        }
        let response = ui.add(Button::new("Read it").shortcut_text("Ctrl+Enter"));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Read the article"));
        if response.clicked() {
            done = Some(Said::Read);
        }
    });
    ui.add_space(tokens.space.small);
    done
}

/// Into the reader, to the article.
pub fn read(scene: &mut Scene<'_>, draft: DraftId, outline: &Outline, article: ProvisionIndex) {
    if let Some(p) = outline.get(article) {
        scene.view(ViewCommand::GoTo { draft, offset: p.range.start });
    }
}

/// No concern of the codebook is an expected safeguard yet, or the draft has no articles.
fn unmarked(ui: &mut Ui, scene: &mut Scene<'_>, table: &Safeguards) {
    if !table.safeguards.is_empty() {
        nothing(
            ui,
            scene,
            ["There is nothing to lay out", "The draft has no articles, or nobody has spoken of any"],
            None,
        );
        return;
    }
    let words = [
        "No concern is marked as an expected safeguard",
        "Those that are stand here against every article of the draft",
    ];
    nothing(ui, scene, words, Some(("Edit the codebook…", Question::Codebook)));
    ui.vertical_centered(|ui| {
        let button = Button::new("Mark the usual ones").min_size(vec2(0.0, 0.0));
        let hint = "Legality, necessity and proportionality, prior judicial authorization and the others of the built-in codebook";
        if scene.w.can_edit() && ui.add(button).on_hover_text(hint).clicked() {
            scene.run(Command::Codebook(CodebookCommand::MarkSafeguards));
        }
    });
}

/// What the signs mean, and how often each stands there.
fn legend(ui: &mut Ui, scene: &Scene<'_>, table: &Safeguards) {
    let tokens = scene.tokens;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        for standing in SafeguardState::ALL {
            let n: usize = (0..table.safeguards.len()).map(|c| table.count(c, standing)).sum();
            let words = format!("{} {} {n}", standing.sign(), standing.word());
            let heat = standing.step().checked_sub(1).and_then(|s| tokens.heat.get(s));
            let ink = heat.map_or(tokens.quiet_ink, |h| h.ink);
            let galley = ui.painter().layout_no_wrap(words.clone(), FontId::new(tokens.size.small, sans()), ink);
            let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(14.0, 4.0), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
            if let Some(heat) = heat {
                ui.painter().rect_filled(rect, 2.0, heat.wash);
            }
            ui.painter().galley(rect.min + vec2(7.0, 2.0), galley, ink);
        }
    });
    ui.add_space(tokens.space.small);
}

struct Laid<'a> {
    table: &'a Safeguards,
    project: &'a Project,
}

impl Lattice for Laid<'_> {
    fn size(&self) -> (usize, usize) {
        (self.table.articles.len(), self.table.safeguards.len())
    }

    fn row(&self, row: usize) -> HeadLook<'_> {
        let Some(head) = self.table.articles.get(row) else { return HeadLook::default() };
        HeadLook { text: head.name.clone(), name: head.name.clone(), ..HeadLook::default() }
    }

    fn column(&self, column: usize) -> HeadLook<'_> {
        let Some(head) = self.table.safeguards.get(column) else { return HeadLook::default() };
        let (present, absent) =
            (self.table.count(column, SafeguardState::Present), self.table.count(column, SafeguardState::Absent));
        let total = format!("+{present}  \u{d7}{absent}");
        let name = format!("{}: present in {present}, absent from {absent}", head.name);
        HeadLook { text: head.name.clone(), name, total, ..HeadLook::default() }
    }

    fn cell(&self, row: usize, column: usize) -> CellLook {
        let (Some(r), Some(c)) = (self.table.articles.get(row), self.table.safeguards.get(column)) else {
            return CellLook::default();
        };
        let stance = self.table.stance(row, column);
        let standing = stance.map(Stance::state).unwrap_or_default();
        let words = stance.map_or_else(|| standing.word().to_owned(), Stance::words);
        let who: Vec<&str> = stance
            .map(Stance::all)
            .unwrap_or_default()
            .iter()
            .filter_map(|f| self.project.sets.get(&f.analyst))
            .map(|s| s.analyst.name.as_str())
            .collect();
        let mut names = who;
        names.sort_unstable();
        names.dedup();
        let by = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
        CellLook {
            text: if standing == SafeguardState::NotLookedAt {
                standing.sign().to_owned()
            } else {
                format!("{} {words}", standing.sign())
            },
            step: standing.step(),
            name: format!("{} \u{d7} {}: {words}{by}", r.name, c.name),
            quiet: standing == SafeguardState::NotLookedAt,
        }
    }
}
