//! The words that bind, article by article, alone or against another draft; a click goes to the article.

use std::sync::Arc;

use eframe::egui::{self, ComboBox, FontId, Key, Label, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::model::{Draft, DraftId, ProvisionIndex};
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Ticks, Words, row_ground};
use crate::workspace::{
    Command, CompareCommand, Compared, Force, LensCommand, Question, ViewCommand, WordRow, WordTable,
};

/// By what the articles are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Sort {
    #[default]
    Place,
    Changed,
    Loosened,
    Most(Force),
}

impl Sort {
    const ALL: [Self; 8] = [
        Self::Place,
        Self::Changed,
        Self::Loosened,
        Self::Most(Force::Obligation),
        Self::Most(Force::Prohibition),
        Self::Most(Force::Soft),
        Self::Most(Force::Permission),
        Self::Most(Force::Qualifier),
    ];

    fn name(self) -> String {
        match self {
            Self::Place => "By place".to_owned(),
            Self::Changed => "Most changed".to_owned(),
            Self::Loosened => "Loosened most".to_owned(),
            Self::Most(Force::Soft) => "Most soft obligations".to_owned(),
            Self::Most(force) => format!("Most {}", force.plural().to_lowercase()),
        }
    }

    fn compares(self) -> bool {
        matches!(self, Self::Changed | Self::Loosened)
    }
}

/// What the page remembers.
#[derive(Default)]
pub struct WordsState {
    sort: Sort,
    only_changed: bool,
    listed: Option<Listed>,
    /// The row that was gone to last.
    chosen: Option<usize>,
}

struct Listed {
    table: Arc<WordTable>,
    sort: Sort,
    only_changed: bool,
    rows: Vec<usize>,
}

const ROW: f32 = 62.0;

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut WordsState) {
    let tokens = scene.tokens;
    let quiet = |words: &str| Label::new(RichText::new(words).color(tokens.quiet_ink)).wrap();
    let Some(draft) = scene.w.draft().cloned() else {
        ui.add(quiet("The words of each article that oblige, urge, allow, forbid and soften stand here"));
        return;
    };
    let against = scene.w.counted_against().cloned();
    choices(ui, scene, state, &draft, against.as_ref());
    ui.add_space(tokens.space.small);
    if scene.w.glass().is_some_and(|g| g.tongue.is_none()) {
        ui.add(quiet("The words of this language are not known: they are in the six languages of the United Nations"));
        return;
    }
    let Some(table) = scene.w.word_table().cloned() else {
        waiting(ui, scene, &draft, against.as_ref());
        return;
    };
    let totals: Vec<String> = Force::ALL.iter().map(|&f| sum(&table.total, f, table.compared)).collect();
    ui.add(quiet(&totals.join("   ")));
    ui.add_space(tokens.space.small);
    let sort = if state.sort.compares() && !table.compared { Sort::Place } else { state.sort };
    let only_changed = state.only_changed && table.compared;
    let same = |l: &Listed| Arc::ptr_eq(&l.table, &table) && l.sort == sort && l.only_changed == only_changed;
    if !state.listed.as_ref().is_some_and(same) {
        let rows = listed(&table, sort, only_changed);
        state.listed = Some(Listed { table: Arc::clone(&table), sort, only_changed, rows });
        state.chosen = None;
    }
    let Some(list) = &state.listed else { return };
    if list.rows.is_empty() {
        ui.add(quiet(if only_changed { "No article changed its words" } else { "No article has such words" }));
        return;
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    let mut chosen = None;
    egui::ScrollArea::vertical().id_salt("words").auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        list.rows.len(),
        |ui, visible| {
            for &at in list.rows.get(visible).unwrap_or_default() {
                let Some(row) = table.rows.get(at) else { continue };
                if article(ui, scene, row, table.compared, state.chosen == Some(at), [against.as_ref(), Some(&draft)]) {
                    chosen = Some(at);
                }
            }
        },
    );
    state.chosen = chosen.or(state.chosen);
}

fn choices(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut WordsState, draft: &Draft, against: Option<&Arc<Draft>>) {
    let tokens = scene.tokens;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.small;
        let name = against.map_or("Alone", |d| d.name()).to_owned();
        let mut wanted: Option<Option<DraftId>> = None;
        let response = ComboBox::from_id_salt("words against")
            .selected_text(name.as_str())
            .width(130.0)
            .truncate()
            .show_ui(ui, |ui| {
                if ui.selectable_label(against.is_none(), "Alone").clicked() {
                    wanted = Some(None);
                }
                for other in scene.w.project().into_iter().flat_map(|p| &p.drafts).filter(|d| d.id != draft.id) {
                    let selected = against.is_some_and(|a| a.id == other.id);
                    if ui.selectable_label(selected, format!("Since {}", other.name())).clicked() {
                        wanted = Some(Some(other.id));
                    }
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Counted against: {name}")));
        if let Some(draft) = wanted {
            scene.run(Command::Lens(LensCommand::Against(draft)));
        }
        let name = state.sort.name();
        let response = ComboBox::from_id_salt("words sorted")
            .selected_text(name.as_str())
            .width(110.0)
            .show_ui(ui, |ui| {
                for sort in Sort::ALL.into_iter().filter(|s| against.is_some() || !s.compares()) {
                    ui.selectable_value(&mut state.sort, sort, sort.name());
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Sorted: {name}")));
        if against.is_some() {
            ui.tick(&mut state.only_changed, "Changed only");
        }
        if ui.button("Export…").on_hover_text("As a table, CSV, XLSX or Markdown").clicked() {
            scene.ask(Question::ExportWords);
        }
    });
}

fn waiting(ui: &mut Ui, scene: &mut Scene<'_>, draft: &Draft, against: Option<&Arc<Draft>>) {
    let quiet = |words: &str| Label::new(RichText::new(words).color(scene.tokens.quiet_ink)).wrap();
    let stopped = against.is_some_and(|a| matches!(scene.w.compared(a.id, draft.id), Some(Compared::Stopped)));
    if !stopped {
        ui.add(quiet("The words are being counted"));
        return;
    }
    ui.add(quiet("Comparing was stopped"));
    if let Some(old) = against
        && ui.button("Compare").clicked()
    {
        scene.run(Command::Compare(CompareCommand::Drafts { old: old.id, new: draft.id }));
    }
}

fn sum(row: &WordRow, force: Force, compared: bool) -> String {
    let [old, new] = row.count(force);
    if compared && old != new {
        format!("{} {old} \u{2192} {new}", force.plural())
    } else {
        format!("{} {new}", force.plural())
    }
}

fn listed(table: &WordTable, sort: Sort, only_changed: bool) -> Vec<usize> {
    let row = |at: usize| table.rows.get(at);
    let mut rows: Vec<usize> =
        (0..table.rows.len()).filter(|&at| !only_changed || row(at).is_some_and(|r| r.changed() > 0)).collect();
    match sort {
        Sort::Place => {}
        Sort::Changed => rows.sort_by_key(|&at| std::cmp::Reverse(row(at).map(WordRow::changed))),
        Sort::Loosened => rows.sort_by_key(|&at| std::cmp::Reverse(row(at).map(WordRow::loosened))),
        Sort::Most(force) => rows.sort_by_key(|&at| std::cmp::Reverse(row(at).map(|r| r.count(force)[1]))),
    }
    rows
}

/// An article with its words; says whether it was gone to.
fn article(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    row: &WordRow,
    compared: bool,
    chosen: bool,
    drafts: [Option<&Arc<Draft>>; 2],
) -> bool {
    let tokens = scene.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let titled = |draft: Option<&Arc<Draft>>, i: Option<ProvisionIndex>| {
        let (draft, i) = (draft?, i?);
        let cited = scene.w.cited(&draft.outline.citation(i));
        let heading = draft.outline.get(i)?.heading.as_deref().unwrap_or_default();
        let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(if cited.contains(&heading) { cited } else { format!("{cited}  {heading}") })
    };
    let new = titled(drafts[1], row.new);
    let old = titled(drafts[0], row.old);
    let title = match (&new, &old) {
        (Some(new), _) => new.clone(),
        (None, Some(old)) => format!("Gone: {old}"),
        (None, None) => "Outside the articles".to_owned(),
    };
    let words = row.in_words(compared, false);
    let name = format!("{title}: {words}");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &name));
    if ui.is_rect_visible(rect) {
        row_ground(ui, &response, chosen, tokens);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 5.0))));
        inner.spacing_mut().item_spacing = vec2(4.0, 2.0);
        Words::new(&title, FontId::new(tokens.size.body, sans()), tokens.ink).rows(1).show(&mut inner);
        let color = if compared && row.changed() == 0 { tokens.quiet_ink } else { tokens.ink };
        Words::new(&words, FontId::new(tokens.size.small, sans()), color).rows(2).show(&mut inner);
    }
    let opened = response.clicked() || (response.has_focus() && ui.input(|i| i.key_pressed(Key::Enter)));
    let target = match (row.new, row.old) {
        (Some(i), _) => drafts[1].and_then(|d| Some((d.id, d.outline.get(i)?.range.start))),
        (None, Some(i)) => drafts[0].and_then(|d| Some((d.id, d.outline.get(i)?.range.start))),
        (None, None) => None,
    };
    if let Some((draft, offset)) = target.filter(|_| opened) {
        scene.view(ViewCommand::GoTo { draft, offset });
    }
    opened
}
