//! The provisions of the open draft: follows the reading position, can be filtered, shows how many remarks stand where.

use std::sync::Arc;

use eframe::egui::{self, Align, Align2, FontId, RichText, TextEdit, Ui, pos2, vec2};

use crate::model::{ConcernId, Direction, Draft, DraftId, ProvisionIndex, ProvisionKind};
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::ui::widgets::{Row, tag_width};
use crate::workspace::ViewCommand;

/// Tags shown at the end of a row at most.
const TAGS: usize = 3;

/// What the page remembers.
#[derive(Default)]
pub struct OutlineState {
    filter: String,
    /// The row that was brought into sight last.
    followed: Option<(DraftId, ProvisionIndex)>,
    /// How far the rows are scrolled, in points.
    scrolled: f32,
    /// The draft whose rows were shown last.
    shown: Option<DraftId>,
    /// The rows of a draft with a filter; made anew when either changes.
    rows: Option<(usize, String, Vec<ProvisionIndex>)>,
}

/// Draws the page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut OutlineState) {
    let tokens = scene.tokens;
    let Some(draft) = scene.w.draft().cloned() else {
        ui.label(RichText::new("The provisions of the open draft stand here").color(tokens.quiet_ink));
        return;
    };
    let field = TextEdit::singleline(&mut state.filter).hint_text("Filter provisions").desired_width(f32::INFINITY);
    ui.add(field).accessible_name("Filter provisions");
    ui.add_space(tokens.space.small);
    // Two projects can hold the same draft, each with its own reading of it.
    let outline = Arc::as_ptr(&draft.outline) as usize;
    let stale = state.rows.as_ref().is_none_or(|(o, f, _)| *o != outline || *f != state.filter);
    if stale {
        state.rows = Some((outline, state.filter.clone(), rows(&draft, &state.filter)));
    }
    let Some((_, _, rows)) = &state.rows else { return };
    if rows.is_empty() {
        let words = if state.filter.is_empty() {
            "No provisions were recognized in this draft; its text can be read and annotated all the same"
        } else {
            "Nothing in the outline has these words"
        };
        ui.label(RichText::new(words).color(tokens.quiet_ink));
        return;
    }
    let at = scene.w.view().draft_view().reading_at;
    let here = draft.outline.at(at);
    let current = here.and_then(|h| {
        let chain: Vec<_> = draft.outline.ancestors(h).collect();
        rows.iter()
            .position(|r| chain.first() == Some(r))
            .or_else(|| chain.iter().find_map(|a| rows.iter().position(|r| r == a)))
    });
    let height = tokens.size.body * 1.75;
    let spacing = 1.0;
    let mut area = egui::ScrollArea::vertical().id_salt("outline").auto_shrink([false, false]);
    // Follow the reading position, but only when it changes, so that one can also scroll the outline alone.
    if state.shown != Some(draft.id) {
        state.shown = Some(draft.id);
        state.scrolled = 0.0;
        area = area.vertical_scroll_offset(0.0);
    }
    let now = current.map(|c| (draft.id, rows[c]));
    if now.is_some() && now != state.followed {
        state.followed = now;
        let top = current.unwrap_or(0) as f32 * (height + spacing);
        let visible = ui.available_height();
        let offset = state.scrolled;
        if top < offset + height || top > offset + visible - 3.0 * height {
            area = area.vertical_scroll_offset((top - visible / 3.0).max(0.0));
        }
    }
    ui.spacing_mut().item_spacing.y = spacing;
    let drawn = area.show_rows(ui, height, rows.len(), |ui, visible| {
        for n in visible {
            let Some(&index) = rows.get(n) else { continue };
            row(ui, scene, &draft, index, current == Some(n));
        }
    });
    state.scrolled = drawn.state.unclamped_offset().y;
}

fn row(ui: &mut Ui, scene: &mut Scene<'_>, draft: &Draft, index: ProvisionIndex, selected: bool) {
    let tokens = scene.tokens;
    let Some(p) = draft.outline.get(index) else { return };
    let depth = draft.outline.ancestors(index).skip(1).count();
    let (lead, text) = match p.kind {
        ProvisionKind::Article => (p.number.clone(), p.heading.clone().unwrap_or_else(|| first_words(draft, index))),
        ProvisionKind::Preamble => (String::new(), "Preamble".to_owned()),
        kind if kind.is_division() => {
            let label = if p.label.is_empty() { String::new() } else { one_line(&p.label) };
            match (&p.heading, label.is_empty()) {
                (Some(h), false) => (label, h.clone()),
                (Some(h), true) => (String::new(), h.clone()),
                (None, _) => (String::new(), label),
            }
        }
        _ => (p.label.clone(), p.heading.clone().unwrap_or_default()),
    };
    let badge = scene.w.derived().badges.get(&index);
    let mut counts: Vec<(ConcernId, usize)> =
        badge.map(|b| b.iter().map(|(&c, &n)| (c, n)).collect()).unwrap_or_default();
    counts.sort_by_key(|&(c, n)| (std::cmp::Reverse(n), c));
    let shown: Vec<_> = counts.iter().take(TAGS).filter_map(|(c, _)| scene.w.project()?.codebook.get(*c)).collect();
    let more = counts.len() > shown.len();
    let width: f32 = shown.iter().map(|c| tag_width(&c.tag, tokens) + 2.0).sum::<f32>() + if more { 12.0 } else { 0.0 };
    let strong = p.kind.is_division();
    let mut name = format!("{lead} {text}").trim().to_owned();
    let is_read = scene.w.own_set().and_then(|set| set.read.get(&draft.id)).is_some_and(|m| m.contains_key(&p.range));
    if is_read {
        name.push_str(", read");
    }
    for (concern, n) in &counts {
        if let Some(concern) = scene.w.project().and_then(|p| p.codebook.get(*concern)) {
            name.push_str(&format!(", {n} {}", concern.name));
        }
    }
    let leftward = draft.details.direction == Direction::RightToLeft;
    let response = Row {
        leftward,
        lead: &lead,
        selected,
        indent: depth.min(4) as f32 * 12.0,
        trail: width,
        strong,
        name: Some(name),
        ..Row::new(&text)
    }
    .show(ui, tokens);
    if is_read && ui.is_rect_visible(response.rect) {
        // A tick in the margin of the row, painted: the faces have no sign for it.
        let side = if leftward { response.rect.right() - 7.0 } else { response.rect.left() + 1.0 };
        let at = |x: f32, y: f32| egui::pos2(side + x, response.rect.center().y + y);
        let stroke = egui::Stroke::new(1.3, tokens.accent);
        ui.painter().line_segment([at(0.0, 0.0), at(2.0, 2.5)], stroke);
        ui.painter().line_segment([at(2.0, 2.5), at(6.0, -3.5)], stroke);
    }
    if ui.is_rect_visible(response.rect) {
        let right = response.rect.right() - tokens.space.small - width;
        let mut x = if leftward { response.rect.left() + tokens.space.small } else { right };
        let painter = ui.painter();
        for concern in &shown {
            let w = tag_width(&concern.tag, tokens);
            let pigment = tokens.swatch(concern.swatch);
            let rect = egui::Rect::from_min_size(pos2(x, response.rect.center().y - 7.5), vec2(w, 15.0));
            painter.rect_filled(rect, 3.0, pigment.wash);
            let font = FontId::new(tokens.size.small - 1.5, sans());
            painter.text(rect.center(), Align2::CENTER_CENTER, &concern.tag, font, pigment.ink);
            x += w + 2.0;
        }
        if more {
            let font = FontId::new(tokens.size.small, sans());
            painter.text(pos2(x, response.rect.center().y), Align2::LEFT_CENTER, "+", font, tokens.quiet_ink);
        }
    }
    if response.clicked() {
        scene.view(ViewCommand::GoTo { draft: draft.id, offset: p.range.start });
    }
    if response.gained_focus() {
        response.scroll_to_me(Some(Align::Center));
    }
}

/// Divisions and articles; with a filter also paragraphs whose number it names, with what stands above them.
fn rows(draft: &Draft, filter: &str) -> Vec<ProvisionIndex> {
    let outline = &draft.outline;
    let words = filter.trim().to_lowercase();
    let is_row = |i: ProvisionIndex| outline.get(i).is_some_and(|p| p.kind.is_headed());
    if words.is_empty() {
        return outline.indices().filter(|&i| is_row(i)).collect();
    }
    let mut keep = std::collections::BTreeSet::new();
    for i in outline.indices() {
        let Some(p) = outline.get(i) else { continue };
        let named = p.heading.as_deref().is_some_and(|h| h.to_lowercase().contains(&words));
        let cited = outline.citation(i).to_string().to_lowercase();
        let labelled = p.kind.is_headed() && p.label.to_lowercase().contains(&words);
        let numbered = labelled || cited == words || (words.contains('(') && cited.starts_with(&words));
        if named || numbered {
            keep.extend(outline.ancestors(i));
        }
    }
    keep.into_iter().filter(|&i| is_row(i) || outline.get(i).is_some_and(|p| !p.number.is_empty())).collect()
}

/// What stands for the heading of an article that has none.
fn first_words(draft: &Draft, index: ProvisionIndex) -> String {
    let Some(p) = draft.outline.get(index) else { return String::new() };
    let rest = draft.text.get(p.label_range.end.max(p.range.start)..p.range.end).unwrap_or_default();
    let is_lead = |c: char| c.is_whitespace() || c.is_numeric() || matches!(c, '.' | ')' | ':' | '\u{2013}' | '-');
    let words = one_line(rest.trim_start_matches(is_lead));
    // The bracket before the label closes after it: `[Articles 31 to 33: reserved]`.
    let words = if words.ends_with(']') && !words.contains('[') { format!("[{words}") } else { words };
    if words.len() <= 80 { words } else { format!("{}…", &words[..words.floor_char_boundary(80)]) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
