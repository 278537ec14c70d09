//! Above what is counted: which page, what stands against what, and what counts.

use eframe::egui::{Button, ComboBox, Response, RichText, Role, Ui, WidgetInfo};

use crate::model::Status;
use crate::ui::scene::Scene;
use crate::ui::widgets::Ticks;
use crate::workspace::{
    Accord, AgreementUnit, Axis, Beside, Kinds, Levels, Matrix, MatrixLook, MatrixPage, Question, Shade, ViewCommand,
};

/// Characters of a name that are shown.
const NAME: usize = 24;

/// Draws both lines.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    ui.spacing_mut().item_spacing.x = tokens.space.medium;
    let look = scene.w.view().matrix.clone();
    let mut new = look.clone();
    ui.horizontal_wrapped(|ui| {
        for &page in MatrixPage::ALL {
            let on = page == look.page;
            let color = if on { tokens.accent } else { tokens.ink };
            let response = ui.add(Button::selectable(on, RichText::new(page.name()).color(color)));
            if response.clicked() {
                new.page = page;
                // The arrow keys are for what the page shows.
                response.surrender_focus();
            }
        }
        ui.separator();
        if ui.button("Export…").on_hover_text("As a table or a picture").clicked() {
            scene.ask(Question::ExportMatrix);
        }
        empty(ui, scene, &mut new);
    });
    ui.add_space(tokens.space.small);
    ui.horizontal_wrapped(|ui| {
        if look.page == MatrixPage::Matrix {
            let axes =
                |other: Axis| Axis::ALL.iter().copied().filter(move |a| *a != other).map(|a| (a, a.name().to_owned()));
            let rows: Vec<_> = axes(new.columns).collect();
            if let Some(axis) = pick(ui, "Rows", new.rows, &rows) {
                new = new.clone().with_axis(true, axis);
            }
            ui.label(RichText::new("by").color(tokens.quiet_ink));
            let columns: Vec<_> = axes(new.rows).collect();
            if let Some(axis) = pick(ui, "Columns", new.columns, &columns) {
                new = new.clone().with_axis(false, axis);
            }
            if ui.button("Swap").on_hover_text("Rows become columns").clicked() {
                (new.rows, new.columns) = (new.columns, new.rows);
            }
            ui.separator();
        }
        draft(ui, scene, &mut new);
        if matches!(look.page, MatrixPage::Curation | MatrixPage::Agreement) {
            together(ui, scene, &mut new);
            return;
        }
        counted(ui, scene, &mut new);
    });
    if new != look {
        scene.view(ViewCommand::Matrix(Box::new(new)));
    }
}

/// What counts, and how.
fn counted(ui: &mut Ui, scene: &Scene<'_>, new: &mut MatrixLook) {
    let named = |list: Vec<(Option<_>, String)>| list;
    let mut analysts = vec![(None, "All analysts".to_owned())];
    analysts.extend(scene.w.analysts().into_iter().filter(|a| a.3).map(|(id, name, ..)| (Some(id), name)));
    new.analyst = pick(ui, "Analyst", new.analyst, &named(analysts)).unwrap_or(new.analyst);
    if new.page == MatrixPage::Coverage {
        return;
    }
    let mut statuses = vec![(None, "Any status".to_owned())];
    statuses.extend(Status::ALL.map(|s| (Some(s), s.word().to_owned())));
    new.status = pick(ui, "Status", new.status, &statuses).unwrap_or(new.status);
    if new.page == MatrixPage::Safeguards {
        return;
    }
    let kinds: Vec<_> = Kinds::ALL.iter().map(|k| (*k, k.name().to_owned())).collect();
    new.kinds = pick(ui, "Which annotations", new.kinds, &kinds).unwrap_or(new.kinds);
    let (rows, columns) = new.axes();
    if rows == Axis::Concern || columns == Axis::Concern {
        let together = new.page == MatrixPage::Together;
        // A concern always comes together with the one above it.
        let levels = Levels::ALL.iter().filter(|l| !together || **l != Levels::Below);
        let levels: Vec<_> = levels.map(|l| (*l, l.name().to_owned())).collect();
        let shown = if together && new.levels == Levels::Below { Levels::Each } else { new.levels };
        new.levels = pick(ui, "Concerns", shown, &levels).unwrap_or(new.levels);
    }
    if new.page == MatrixPage::Together {
        let beside: Vec<_> = Beside::ALL.iter().map(|b| (*b, b.name().to_owned())).collect();
        new.beside = pick(ui, "Together", new.beside, &beside).unwrap_or(new.beside);
    }
    if new.page != MatrixPage::TimeLine {
        let shades: Vec<_> = Shade::ALL.iter().map(|s| (*s, s.name().to_owned())).collect();
        new.shade = pick(ui, "Cells", new.shade, &shades).unwrap_or(new.shade);
    }
}

/// What analysts are asked about, and what of it is shown.
fn together(ui: &mut Ui, scene: &Scene<'_>, new: &mut MatrixLook) {
    let curates = new.page == MatrixPage::Curation;
    let units = AgreementUnit::ALL.into_iter().filter(|u| !curates || *u != AgreementUnit::Character);
    let units: Vec<_> = units.map(|u| (u, format!("By {}", u.word()))).collect();
    new.unit = pick(ui, "Unit", new.unit, &units).unwrap_or(new.unit);
    if !curates {
        ui.tick(&mut new.only_marked, "Only what was marked as read counts as looked at");
        return;
    }
    let mut accords = vec![(None, "Agree, differ or alone".to_owned())];
    accords.extend(Accord::ALL.map(|a| (Some(a), a.word().to_owned())));
    new.accord = pick(ui, "Together", new.accord, &accords).unwrap_or(new.accord);
    let mut concerns = vec![(None, "All concerns".to_owned())];
    concerns.extend(
        scene
            .w
            .project()
            .into_iter()
            .flat_map(|p| p.codebook.tree())
            .map(|(depth, c)| (Some(c.id), format!("{}{}", "   ".repeat(depth), c.name))),
    );
    new.concern = pick(ui, "Concern", new.concern, &concerns).unwrap_or(new.concern);
}

/// The draft it is about, where it is about one.
fn draft(ui: &mut Ui, scene: &Scene<'_>, new: &mut MatrixLook) {
    let Some(project) = scene.w.project() else { return };
    if new.page == MatrixPage::TimeLine {
        return;
    }
    let mut drafts: Vec<_> = project.drafts.iter().map(|d| (Some(d.id), d.name().to_owned())).collect();
    let needs =
        new.needs_draft() || matches!(new.page, MatrixPage::Coverage | MatrixPage::Safeguards | MatrixPage::Curation);
    let shown = if needs { scene.w.matrix_draft(new).map(|d| d.id) } else { new.draft };
    if !needs {
        drafts.insert(0, (None, "All drafts".to_owned()));
    }
    if let Some(chosen) = pick(ui, "Draft", shown, &drafts) {
        new.draft = chosen;
    }
}

/// Rows and columns without anything: how many there are, and whether they are shown.
fn empty(ui: &mut Ui, scene: &Scene<'_>, new: &mut MatrixLook) {
    if !matches!(new.page, MatrixPage::Matrix | MatrixPage::Together | MatrixPage::Safeguards) {
        return;
    }
    let mut shown = !new.without_empty;
    let words = match scene.w.matrix() {
        Some(Matrix::Grid(grid)) => {
            let (rows, columns) = grid.empty;
            format!("Show what is empty ({})", rows + if grid.symmetric { 0 } else { columns })
        }
        _ => "Show what nobody has spoken of".to_owned(),
    };
    if ui.tick(&mut shown, words).changed() {
        new.without_empty = !shown;
    }
}

/// A box of choices; answers with another one that was chosen.
fn pick<T: PartialEq + Copy>(ui: &mut Ui, name: &str, shown: T, choices: &[(T, String)]) -> Option<T> {
    let brief = |text: &str| -> String {
        if text.chars().count() <= NAME {
            return text.to_owned();
        }
        text.chars().take(NAME - 1).chain(['…']).collect()
    };
    let text = choices.iter().find(|(value, _)| *value == shown).map_or("", |(_, text)| text.as_str());
    let mut chosen = None;
    let response: Response = ComboBox::from_id_salt(("matrix", name))
        .selected_text(brief(text))
        .width(60.0)
        .show_ui(ui, |ui| {
            for (value, text) in choices {
                if ui.selectable_label(*value == shown, text).clicked() {
                    chosen = Some(*value);
                }
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {text}")));
    chosen.filter(|value| *value != shown)
}
