//! From tokens to egui's style: flat chrome, hairlines, one accent.

use eframe::egui::style::{ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets};
use eframe::egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Visuals, vec2,
};

use super::Tokens;

/// Gives all of egui the look of `tokens` and makes theirs the current theme. Cheap enough to call on every change of
/// theme, not meant for every frame.
pub fn apply(ctx: &Context, tokens: &Tokens) {
    let mut style = (*ctx.style_of(tokens.theme())).clone();
    style.visuals = visuals(tokens);
    set_sizes(&mut style, tokens);
    ctx.set_style_of(tokens.theme(), style);
    ctx.set_theme(tokens.theme());
}

fn visuals(t: &Tokens) -> Visuals {
    let corner = CornerRadius::same(t.size.corner as u8);
    let shadow = Shadow { offset: [0, 4], blur: 18, spread: 0, color: t.shadow };
    let hairline = Stroke::new(1.0, t.chrome_line);
    let widget = |fill: Color32, line: Stroke, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: line,
        corner_radius: corner,
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    Visuals {
        widgets: Widgets {
            noninteractive: widget(t.chrome, hairline, t.ink),
            inactive: widget(t.chrome_raised, hairline, t.ink),
            hovered: widget(t.chrome_hover, hairline, t.ink),
            active: widget(t.selection, Stroke::new(1.0, t.accent), t.ink),
            open: widget(t.chrome_hover, hairline, t.ink),
        },
        selection: Selection { bg_fill: t.selection, stroke: Stroke::new(1.0, t.ink) },
        hyperlink_color: t.link,
        faint_bg_color: t.chrome_hover,
        extreme_bg_color: t.chrome_raised,
        text_edit_bg_color: Some(t.chrome_raised),
        code_bg_color: t.chrome_hover,
        warn_fg_color: t.danger,
        error_fg_color: t.danger,
        weak_text_color: Some(t.quiet_ink),
        window_corner_radius: CornerRadius::same(t.size.corner as u8 + 3),
        menu_corner_radius: CornerRadius::same(t.size.corner as u8 + 1),
        window_shadow: shadow,
        popup_shadow: shadow,
        window_fill: t.chrome_raised,
        window_stroke: hairline,
        window_highlight_topmost: false,
        panel_fill: t.chrome,
        text_cursor: TextCursorStyle { stroke: Stroke::new(2.0, t.caret), blink: false, ..Default::default() },
        collapsing_header_frame: false,
        indent_has_left_vline: false,
        striped: false,
        slider_trailing_fill: true,
        ..if t.dark { Visuals::dark() } else { Visuals::light() }
    }
}

fn set_sizes(style: &mut Style, t: &Tokens) {
    let font = |size: f32| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, font(t.size.small)),
        (TextStyle::Body, font(t.size.body)),
        (TextStyle::Button, font(t.size.body)),
        (TextStyle::Heading, font(t.size.heading)),
        (TextStyle::Monospace, FontId::new(t.size.body - 1.0, FontFamily::Monospace)),
    ]
    .into();
    let s = &mut style.spacing;
    s.item_spacing = vec2(t.space.medium, t.space.medium - 2.0);
    s.button_padding = vec2(t.space.medium + 2.0, t.space.small + 1.0);
    s.interact_size.y = t.size.body * 2.0;
    s.window_margin = Margin::same(t.space.large as i8);
    s.menu_margin = Margin::same(t.space.medium as i8 - 2);
    s.indent = t.space.large;
    s.scroll = ScrollStyle { foreground_color: false, ..ScrollStyle::thin() };
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style.animation_time = 0.1;
}
