//! The row at the top (menu, places, drafts, palette), the notices under it, and the status line at the bottom.

use std::borrow::Cow;

use eframe::egui::containers::menu::MenuButton;
use eframe::egui::{self, Align, Button, FontId, Frame, Layout, Margin, RichText, ScrollArea, Sense, Ui};

use crate::model::TextRange;
use crate::workspace::{
    ACTIONS, Action, COMPOSING, Command, DRAWING, Gravity, LAYING_OUT, Lens, LensCommand, Menu, Notice, Place,
    ProjectCommand, Question, Running, SEARCHING, ViewCommand, provision_at,
};

use super::keys;
use super::scene::{Scene, Wish};
use super::theme::sans;
use super::widgets::{Ticks, Words};

/// Points that the tabs and the palette have together where the palette is named in full.
const ROOM_FOR_TABS: f32 = 400.0;
/// Points below which no tab could be read.
const LEAST_TAB: f32 = 48.0;
/// A tab has room for so many characters of a name.
const LONGEST_TAB: usize = 32;

/// The row at the top.
pub fn top(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.small;
        menus(ui, scene);
        if scene.w.project().is_none() {
            return;
        }
        ui.add_space(tokens.space.medium);
        for place in Place::ALL {
            let selected = scene.w.view().place == place;
            if ui.add(place_button(place.name(), selected, scene)).clicked() {
                scene.view(ViewCommand::Go(place));
            }
        }
        if scene.w.is_importing() {
            let selected = scene.w.view().place == Place::Import;
            // In a small window the row has room for a word.
            let name = if ui.ctx().content_rect().width() < 900.0 { "Add" } else { Place::Import.name() };
            let name = match scene.w.proposals().len() {
                0 => name.to_owned(),
                n => format!("{name} ({n})"),
            };
            if ui.add(place_button(&name, selected, scene)).clicked() {
                scene.view(ViewCommand::Go(Place::Import));
            }
        }
        if scene.w.merging().is_some() {
            let selected = scene.w.view().place == Place::Merge;
            if ui.add(place_button(Place::Merge.name(), selected, scene)).clicked() {
                scene.view(ViewCommand::Go(Place::Merge));
            }
        }
        ui.add_space(tokens.space.medium);
        ui.separator();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = "Find or run anything";
            // Where there is little room the tabs have it: the key says enough.
            let palette = if ui.available_width() < ROOM_FOR_TABS {
                Button::new(RichText::new("Ctrl+K").color(tokens.quiet_ink))
            } else {
                Button::new(RichText::new(name).color(tokens.quiet_ink)).shortcut_text("Ctrl+K")
            };
            let response = ui.add(palette.fill(tokens.chrome_raised)).on_hover_text(name);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            if response.clicked() {
                scene.ask(Question::Palette);
            }
            more_drafts(ui, scene);
            // The name of the draft stands on its page too.
            if ui.available_width() < LEAST_TAB {
                return;
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                egui::ScrollArea::horizontal().id_salt("tabs").auto_shrink([false, true]).show(ui, |ui| {
                    ui.horizontal(|ui| tabs(ui, scene));
                });
            });
        });
    });
}

fn place_button<'a>(name: &'a str, selected: bool, scene: &Scene<'_>) -> Button<'a> {
    let text = RichText::new(name).color(if selected { scene.tokens.accent } else { scene.tokens.ink });
    Button::selectable(selected, text)
}

/// What a menu leaves of the height of the window: the bar above it, and a margin below.
const MENU_MARGIN: f32 = 64.0;

fn menus(ui: &mut Ui, scene: &mut Scene<'_>) {
    for (menu, name) in [
        (Menu::Project, "Project"),
        (Menu::Edit, "Edit"),
        (Menu::Annotate, "Annotate"),
        (Menu::View, "View"),
        (Menu::Go, "Go"),
        (Menu::Help, "Help"),
    ] {
        MenuButton::from_button(Button::new(name).frame_when_inactive(false)).ui(ui, |ui| {
            ui.spacing_mut().button_padding.y = 3.0;
            ui.spacing_mut().interact_size.y = 26.0;
            ui.spacing_mut().item_spacing.y = 0.0;
            // A long menu on a low screen is scrolled, so that its end can be reached.
            let room = (ui.ctx().content_rect().height() - MENU_MARGIN).max(120.0);
            ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                ui.set_min_width(280.0);
                for action in ACTIONS.iter().filter(|a| a.menu == menu && !is_second_name(a.id)) {
                    menu_item(ui, scene, action);
                }
                if menu == Menu::Project {
                    recent(ui, scene);
                    ui.separator();
                    if ui.button("Quit").clicked() {
                        scene.wishes.push(Wish::Quit);
                    }
                }
            });
        });
    }
}

fn menu_item(ui: &mut Ui, scene: &mut Scene<'_>, action: &Action) {
    let label = match action.id {
        "undo" => scene.w.history().undo_label(),
        "redo" => scene.w.history().redo_label(),
        _ => None,
    };
    let text = label.map_or_else(|| action.name.to_owned(), |l| format!("{}: {l}", action.name));
    let mut button = Button::new(text).wrap_mode(egui::TextWrapMode::Extend);
    if let Some(k) = action.keys {
        button = button.shortcut_text(keys::words(k));
    }
    let response = ui.add_enabled(action.is_enabled(scene.w), button);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        keys::run(action, scene);
        ui.close();
    }
}

/// Actions that are a second key for another.
fn is_second_name(id: &str) -> bool {
    matches!(id, "search" | "text.larger.equals" | "zoom.in.equals" | "redo.y")
}

fn recent(ui: &mut Ui, scene: &mut Scene<'_>) {
    let recent = scene.w.settings().recent.clone();
    if recent.is_empty() {
        return;
    }
    ui.separator();
    ui.label(RichText::new("Recent").small().color(scene.tokens.quiet_ink));
    for folder in recent.iter().take(6) {
        let name = folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        if ui.button(name).on_hover_text(folder.display().to_string()).clicked() {
            scene.run(Command::Project(ProjectCommand::Open(folder.clone())));
            ui.close();
        }
    }
}

/// A name short enough that several tabs find room; its end is kept, since readings of one file differ there.
fn brief(name: &str) -> Cow<'_, str> {
    let count = name.chars().count();
    if count <= LONGEST_TAB {
        return Cow::Borrowed(name);
    }
    let head: String = name.chars().take(LONGEST_TAB / 2).collect();
    let tail: String = name.chars().skip(count - LONGEST_TAB / 2).collect();
    Cow::Owned(format!("{}…{}", head.trim_end(), tail.trim_start()))
}

fn tabs(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    let tabs = scene.w.view().tabs.clone();
    for id in &tabs {
        let Some(draft) = project.draft(*id) else { continue };
        let selected = scene.w.view().current == Some(*id);
        let (short, symbol) = (brief(draft.name()), draft.details.symbol.clone());
        let full = if short == draft.name() { String::new() } else { draft.name().to_owned() };
        let date = draft.details.date.map_or_else(String::new, |date| date.to_string());
        let about: Vec<String> = [full, symbol, date].into_iter().filter(|part| !part.is_empty()).collect();
        let color = if selected { tokens.accent } else { tokens.ink };
        let mut name = Words::new(&short, FontId::new(tokens.size.body, sans()), color).job(ui.ctx(), f32::INFINITY);
        name.halign = Align::LEFT;
        let mut response = ui.add(Button::selectable(selected, name));
        if !about.is_empty() {
            response = response.on_hover_text(about.join("  "));
        }
        // The words stand as they are read; a screen reader wants them as they are written.
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, draft.name()));
        // The open draft's tab is brought into sight when it becomes the open one.
        let shown = egui::Id::unique("tab in sight");
        if selected && ui.data(|d| d.get_temp(shown)) != Some(*id) {
            ui.data_mut(|d| d.insert_temp(shown, *id));
            response.scroll_to_me(None);
        }
        if response.clicked() {
            scene.view(ViewCommand::OpenDraft(*id));
        }
        if response.middle_clicked() {
            scene.view(ViewCommand::CloseTab(*id));
        }
        response.context_menu(|ui| {
            if ui.button("Draft details…").clicked() {
                scene.view(ViewCommand::OpenDraft(*id));
                scene.ask(Question::DraftDetails);
                ui.close();
            }
            if ui.button("Close tab").clicked() {
                scene.view(ViewCommand::CloseTab(*id));
                ui.close();
            }
        });
    }
}

/// Drafts without a tab, and adding more: always in reach, however many tabs there are.
fn more_drafts(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    if scene.w.can_edit() {
        let add = Button::new(RichText::new("+").color(tokens.quiet_ink)).frame_when_inactive(false);
        let response = ui.add(add).on_hover_text("Add drafts (Ctrl+I)");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Add drafts"));
        if response.clicked() {
            scene.ask(Question::ImportDrafts);
        }
    }
    let tabs = &scene.w.view().tabs;
    let closed: Vec<_> = project.drafts.iter().filter(|d| !tabs.contains(&d.id)).collect();
    if !closed.is_empty() {
        ui.menu_button("More drafts", |ui| {
            for draft in closed {
                if ui.button(draft.name()).clicked() {
                    scene.view(ViewCommand::OpenDraft(draft.id));
                    ui.close();
                }
            }
        });
    }
}

/// What went wrong or should be looked at, until put away. Nothing where all is well.
pub fn notices(ui: &mut Ui, scene: &mut Scene<'_>) {
    let tokens = scene.tokens;
    ui.spacing_mut().item_spacing.y = 0.0;
    // The place where drafts wait lists the files that were not read itself.
    let report = scene.w.import_report().filter(|_| scene.w.view().place == Place::Import);
    let listed = |text: &str| report.is_some_and(|r| r.not_read().any(|(_, why)| why == text));
    let shown = |n: &&Notice| n.gravity != Gravity::Done && !listed(&n.text);
    let notices: Vec<_> = scene.w.notices().all().iter().filter(shown).rev().take(3).cloned().collect();
    for notice in notices {
        let color = if notice.gravity == Gravity::Failure { tokens.danger } else { tokens.ink };
        Frame::new().fill(tokens.chrome_raised).inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| {
            ui.horizontal(|ui| {
                let sign = if notice.gravity == Gravity::Failure { "Not done" } else { "Note" };
                ui.label(RichText::new(sign).small().strong().color(color));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button("Put away").clicked() {
                        scene.view(ViewCommand::DismissNotice(notice.number));
                    }
                    if notice.gravity == Gravity::Failure {
                        mending(ui, scene, notice.number);
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(egui::Label::new(RichText::new(&notice.text).color(color)).wrap());
                    });
                });
            });
        });
    }
}

/// What can be done about a damaged file.
fn mending(ui: &mut Ui, scene: &mut Scene<'_>, notice: u64) {
    let mut done = None;
    if let Some(when) = scene.w.backup_offered() {
        let text = format!("Use the backup of {}", when.strftime("%-d %B, %H:%M UTC"));
        if ui.button(text).clicked() {
            done = Some(ProjectCommand::Restore);
        }
    }
    if scene.w.can_set_aside() && ui.button("Open without this file").clicked() {
        done = Some(ProjectCommand::SetAside);
    }
    if let Some(command) = done {
        scene.run(Command::Project(command));
        scene.view(ViewCommand::DismissNotice(notice));
    }
}

/// Where one is, how much there is, what is under way, whether all is kept.
pub fn status(ui: &mut Ui, scene: &mut Scene<'_>, visible: TextRange) {
    let tokens = scene.tokens;
    let quiet = |text: String| RichText::new(text).small().color(tokens.quiet_ink);
    ui.horizontal(|ui| {
        // The comparison and the paper say themselves where one is in them.
        if let Some(draft) = scene.w.draft().filter(|_| !matches!(scene.w.view().place, Place::Compare | Place::Report))
        {
            let view = scene.w.view();
            // Where the caret is, as long as it is in sight; else where the page is.
            let reading = view.draft_view().reading_at;
            let caret = view.selection().map(|s| s.head).filter(|&h| visible.contains(h) || h == visible.end);
            let at = caret.unwrap_or(reading);
            let citation = provision_at(draft, at).map(|i| draft.outline.citation(i));
            let here = match citation {
                Some(c) if c.place != crate::model::Place::Text => scene.w.cited(&c),
                _ => draft.name().to_owned(),
            };
            let small = FontId::new(tokens.size.small, sans());
            let mut words = Words::new(&here, small, tokens.ink).job(ui.ctx(), f32::INFINITY);
            words.halign = Align::LEFT;
            let response = ui.add(egui::Label::new(words).sense(Sense::click()));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &here));
            if response.on_hover_text("Go to article (Ctrl+G)").clicked() {
                scene.ask(Question::GoToCitation);
            }
            if let Some(page) = draft.printed.page(at) {
                let page = RichText::new(format!("p. {}", page.name())).small().color(tokens.ink);
                let response = ui.add(egui::Label::new(page).sense(Sense::click()));
                if response.on_hover_text("Go to page (Ctrl+Shift+G)").clicked() {
                    scene.ask(Question::GoToPage);
                }
            }
            ui.separator();
            let derived = scene.w.derived();
            ui.label(quiet(count(derived.here, "remark in this draft", "remarks in this draft")));
            if derived.to_review > 0 {
                ui.label(quiet(format!("{} without a settled place", derived.to_review)));
            }
            lenses(ui, scene);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            saved(ui, scene);
            // An answer to a question comes at once, or the place says itself that it does not.
            let running: Vec<_> = scene.w.running().iter().filter(|t| is_worth_a_word(ui, t)).collect();
            if !running.is_empty() {
                // How far they are shows a few times a second.
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(250));
            }
            for task in running {
                ui.separator();
                // It stops at the next place where it can.
                let stopping = task.progress.is_cancelled();
                let words = if stopping { "Stopping…" } else { "Cancel" };
                if task.can_cancel && ui.add_enabled(!stopping, Button::new(quiet(words.into()))).clicked() {
                    scene.view(ViewCommand::CancelTask(task.number));
                }
                let bar = egui::ProgressBar::new(task.progress.fraction().unwrap_or(0.0))
                    .desired_width(90.0)
                    .desired_height(6.0);
                ui.add(bar);
                let detail = task.progress.detail();
                let name =
                    if detail.is_empty() { format!("{}…", task.name) } else { format!("{}: {detail}", task.name) };
                ui.add(egui::Label::new(quiet(name)).truncate());
            }
            if let Some(done) = fresh_message(ui, scene) {
                ui.separator();
                ui.add(egui::Label::new(quiet(done)).truncate());
            }
        });
    });
}

/// Whether a task is told: what comes of some is seen in a moment where it is looked at, or the place says itself that it
/// does not.
fn is_worth_a_word(ui: &Ui, task: &Running) -> bool {
    const SECONDS: f64 = 0.8;
    match task.name.as_str() {
        SEARCHING | DRAWING => false,
        COMPOSING | LAYING_OUT => {
            let (id, now) = (egui::Id::unique(("task since", task.number)), ui.input(|i| i.time));
            let since = ui.data_mut(|d| *d.get_temp_mut_or(id, now));
            if now - since < SECONDS {
                ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(SECONDS));
            }
            now - since >= SECONDS
        }
        _ => true,
    }
}

/// Which lenses are on, to be switched.
fn lenses(ui: &mut Ui, scene: &mut Scene<'_>) {
    if scene.w.view().place != Place::Read {
        return;
    }
    let tokens = scene.tokens;
    ui.separator();
    let words = RichText::new("Lenses").small().color(tokens.ink);
    let menu = MenuButton::from_button(Button::new(words).frame_when_inactive(false)).ui(ui, |ui| {
        ui.set_min_width(260.0);
        for lens in Lens::ALL {
            let key = ACTIONS.iter().find(|a| a.id == action_of(lens)).and_then(|a| a.keys).map(keys::words);
            ui.horizontal(|ui| {
                let mut on = scene.w.view().shows(lens);
                if ui.tick(&mut on, lens.name()).clicked() {
                    scene.run(Command::Lens(LensCommand::Toggle(lens)));
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if on && ui.button(RichText::new("Legend").small()).clicked() {
                        scene.run(Command::Lens(LensCommand::Explain(Some(lens))));
                        ui.close();
                    }
                    ui.label(RichText::new(key.unwrap_or_default()).small().color(tokens.quiet_ink));
                });
            });
        }
    });
    menu.0.on_hover_text("What is set apart on the page");
}

/// The action that switches a lens.
fn action_of(lens: Lens) -> &'static str {
    match lens {
        Lens::Words => "lens.words",
        Lens::Terms => "lens.terms",
        Lens::Marks => "marks",
        Lens::References => "references",
        Lens::Search => "lens.search",
    }
}

/// What was done last, for a few seconds.
fn fresh_message(ui: &Ui, scene: &Scene<'_>) -> Option<String> {
    const SECONDS: f64 = 8.0;
    let latest = scene.w.notices().latest().filter(|n| n.gravity == Gravity::Done)?;
    let id = egui::Id::unique("latest message");
    let now = ui.input(|i| i.time);
    let (number, since) =
        ui.data(|d| d.get_temp::<(u64, f64)>(id)).filter(|(n, _)| *n == latest.number).unwrap_or((latest.number, now));
    ui.data_mut(|d| d.insert_temp(id, (number, since)));
    let left = SECONDS - (now - since);
    if left <= 0.0 {
        return None;
    }
    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
    Some(latest.text.clone())
}

fn saved(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(_) = scene.w.project() else { return };
    let quiet = scene.tokens.quiet_ink;
    let text = match scene.w.held_by() {
        Some(holder) => format!("Reading only: {} has it open", holder.name),
        None => "All changes kept".to_owned(),
    };
    ui.label(RichText::new(text).small().color(quiet));
}

/// A number with its noun.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
