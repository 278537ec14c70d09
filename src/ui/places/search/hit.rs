//! One hit in a list: its citation, and a few words with what was searched for marked.

use eframe::egui::text::TextFormat;
use eframe::egui::{self, FontId, Rect, Response, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::search::{Hit, Snippet};
use crate::ui::scene::Scene;
use crate::ui::theme::{Tokens, sans, serif};
use crate::ui::widgets::{Ticks, Words, row_ground};
use crate::workspace::{Command, SearchCommand};

/// How high a row is, in points.
pub const ROW: f32 = 60.0;
/// Room for the box at its beginning, in points.
const BOX: f32 = 26.0;

/// How a row is drawn.
#[derive(Clone, Copy, Default)]
pub struct Look {
    /// It can be ticked.
    pub ticks: bool,
    /// The draft is named.
    pub drafts: bool,
    /// The heading of its article is named.
    pub headings: bool,
}

/// Draws a hit in a rectangle, and says whether it was chosen.
pub fn row(ui: &mut Ui, scene: &mut Scene<'_>, rect: Rect, (n, hit): (usize, &Hit), look: Look) -> bool {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return false };
    let id = ui.scope_id().with(("hit", n));
    let (mut row, mut ticked) = (rect, scene.w.search().is_ticked(hit));
    let cited = cited(scene, hit);
    if look.ticks {
        row.min.x += BOX;
        if hit.is_of_draft() {
            let at = Rect::from_min_size(rect.min + vec2(4.0, 4.0), vec2(BOX - 6.0, 20.0));
            let response = tick_box(ui, at, &mut ticked);
            let name = project.draft(hit.draft).map_or_else(String::new, |d| format!("Tick {cited}, {}", d.name()));
            response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, &name));
            if response.changed() {
                let places = hit.places().iter().map(|&p| (hit.draft, p)).collect();
                scene.run(Command::Search(SearchCommand::Tick(places, ticked)));
            }
        }
    }
    let response = ui.interact(row, id, Sense::click());
    let snippet = scene.w.snippet_of(hit);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{cited}: {}", snippet.text)));
    row_ground(ui, &response, scene.w.search().current == Some(n), tokens);
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(row.shrink2(vec2(8.0, 4.0))));
    inner.set_clip_rect(inner.clip_rect().intersect(row));
    inner.spacing_mut().item_spacing.y = 2.0;
    inner.spacing_mut().interact_size.y = 14.0;
    inner.horizontal(|ui| {
        ui.label(RichText::new(cited).small().color(tokens.accent));
        let draft = project.draft(hit.draft);
        let mut about = Vec::new();
        if look.drafts {
            about.extend(draft.map(|d| d.name().to_owned()));
        }
        if hit.annotation.is_some() {
            let who = hit.reply_of.and_then(|who| project.sets.get(&who)).map(|set| &set.analyst.name);
            about.push(who.map_or_else(|| "in a note".to_owned(), |who| format!("in a reply of {who}")));
        }
        if look.headings {
            let article = draft.zip(hit.provision).and_then(|(d, p)| d.outline.get(d.outline.article(p)?));
            about.extend(article.and_then(|a| a.heading.clone()));
        }
        let about = about.join("  ");
        if !about.is_empty() {
            Words::new(&about, FontId::new(tokens.size.small, sans()), tokens.quiet_ink).rows(1).show(ui);
        }
    });
    words(&mut inner, &snippet, tokens);
    chosen(response)
}

/// A box in a place of its own: it must not move what is laid out around it.
pub fn tick_box(ui: &mut Ui, at: Rect, ticked: &mut bool) -> Response {
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(at));
    place.set_clip_rect(ui.clip_rect());
    place.tick(ticked, ())
}

fn chosen(response: Response) -> bool {
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// What a hit is called: its citation, or the name of its commentary.
pub fn cited(scene: &Scene<'_>, hit: &Hit) -> String {
    let commentary = hit.commentary.and_then(|id| scene.w.project()?.commentaries.get(&id));
    commentary.map_or_else(|| scene.w.cited(&hit.citation), |c| format!("Commentary {}", c.name()))
}

/// A snippet with what was searched for marked.
fn words(ui: &mut Ui, snippet: &Snippet, tokens: &Tokens) {
    let font = FontId::new(tokens.size.body + 1.0, serif());
    let mark = TextFormat { background: tokens.search_mark, ..TextFormat::simple(font.clone(), tokens.ink) };
    let marks = snippet.marks.iter().map(|range| (range.clone(), mark.clone())).collect();
    Words::new(&snippet.text, font, tokens.ink).marked(marks).rows(2).brief().show(ui);
}
