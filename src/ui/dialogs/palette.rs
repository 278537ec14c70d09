//! Find or run anything: actions, drafts, provisions, concerns, by a few letters.

use eframe::egui::{self, Key, RichText, TextEdit, Ui};

use super::goto::{arrows, move_choice};
use super::{Dialog, Flow};
use crate::ui::keys;
use crate::ui::scene::Scene;
use crate::ui::widgets::Row;
use crate::workspace::{
    ACTIONS, Action, Command, ListFilter, MatrixLook, MatrixPage, Panel, Place, SearchCommand, ViewCommand,
};

/// Rows offered.
const MOST: usize = 14;

/// What has been typed so far.
#[derive(Default)]
pub struct Palette {
    text: String,
    chosen: usize,
}

struct Offer {
    lead: String,
    text: String,
    keys: String,
    does: OfferDoes,
}

enum OfferDoes {
    Act(&'static Action),
    Run(Vec<Command>),
}

impl Dialog for Palette {
    fn title(&self) -> &str {
        ""
    }

    fn at_top(&self) -> bool {
        true
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let (up, down) = arrows(ui);
        let field = TextEdit::singleline(&mut self.text)
            .hint_text("An action, an article, a draft, a concern, or words to search for");
        let response = ui.add(field.desired_width(f32::INFINITY)).accessible_name("Find or run anything");
        response.request_focus();
        if response.changed() {
            self.chosen = 0;
        }
        let offers = offers(&self.text, scene);
        self.chosen = move_choice(self.chosen, offers.len(), up, down);
        let mut go = ui.input(|i| i.key_pressed(Key::Enter)).then_some(self.chosen);
        for (n, offer) in offers.iter().enumerate() {
            let trail = if offer.keys.is_empty() { 0.0 } else { 110.0 };
            let row = Row { lead: &offer.lead, selected: n == self.chosen, trail, ..Row::new(&offer.text) };
            let response = row.show(ui, tokens);
            let at = egui::pos2(response.rect.right() - tokens.space.medium, response.rect.center().y);
            let font = egui::FontId::new(tokens.size.small, crate::ui::theme::sans());
            ui.painter().text(at, egui::Align2::RIGHT_CENTER, &offer.keys, font, tokens.quiet_ink);
            if response.clicked() {
                go = Some(n);
            }
        }
        if offers.is_empty() {
            ui.label(RichText::new("Nothing has this name").color(tokens.quiet_ink));
        }
        match go.and_then(|n| offers.into_iter().nth(n)) {
            Some(offer) => {
                match offer.does {
                    OfferDoes::Act(action) => keys::run(action, scene),
                    OfferDoes::Run(commands) => commands.into_iter().for_each(|c| scene.run(c)),
                }
                Flow::Close
            }
            None => Flow::Stay,
        }
    }
}

fn offers(text: &str, scene: &Scene<'_>) -> Vec<Offer> {
    let wanted = text.trim().to_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let fits = |name: &str| {
        let name = name.to_lowercase();
        words.iter().all(|w| name.contains(w))
    };
    let mut offers: Vec<Offer> = Vec::new();
    if !wanted.is_empty() && wanted.chars().any(char::is_numeric) {
        offers.extend(provisions(&wanted, scene, 5));
    }
    for action in ACTIONS {
        let double = offers.iter().any(|o| o.text == action.name);
        if fits(action.name) && action.is_enabled(scene.w) && !double && action.id != "palette" {
            offers.push(Offer {
                lead: String::new(),
                text: action.name.to_owned(),
                keys: action.keys.map(keys::words).unwrap_or_default(),
                does: OfferDoes::Act(action),
            });
        }
    }
    if let Some(project) = scene.w.project().filter(|_| !wanted.is_empty()) {
        for draft in project.drafts.iter().filter(|d| fits(d.name()) || fits(&d.details.symbol)) {
            let command = Command::View(ViewCommand::OpenDraft(draft.id));
            offers.push(offer("Draft", draft.name(), vec![command]));
        }
        for commentary in project.commentaries.values().filter(|c| fits(c.name()) || fits(&c.details.author)) {
            let command = Command::View(ViewCommand::OpenCommentary(commentary.id));
            offers.push(offer("Commentary", commentary.name(), vec![command]));
        }
        for concern in project.codebook.concerns.iter().filter(|c| fits(&c.name)) {
            let filter = ListFilter { concern: Some(concern.id), ..ListFilter::default() };
            let mut show = vec![Command::View(ViewCommand::Filter(filter))];
            let view = scene.w.view();
            // Asking for the page that is open would close it.
            if view.place != Place::Read || view.panel != Panel::Annotations || !view.side_open {
                show.push(Command::View(ViewCommand::Panel(Panel::Annotations)));
            }
            offers.push(offer("Concern", &concern.name, show));
        }
        for &page in MatrixPage::ALL.iter().filter(|p| fits(p.name())) {
            let look = MatrixLook { page, ..scene.w.view().matrix.clone() };
            let show = [ViewCommand::Matrix(Box::new(look)), ViewCommand::Go(Place::Matrix)];
            offers.push(offer("Page of the matrix", page.name(), show.map(Command::View).to_vec()));
        }
        offers.extend(provisions(&wanted, scene, 6));
        // What is called exactly so comes first, then what begins so.
        let rank = |o: &Offer| {
            let name = o.text.to_lowercase();
            u8::from(name != wanted) + u8::from(!name.starts_with(&wanted))
        };
        offers.sort_by_key(rank);
        let mut seen = std::collections::BTreeSet::new();
        offers.retain(|o| seen.insert((o.lead.clone(), o.text.clone())));
        offers.truncate(MOST - 1);
        let search = [
            Command::View(ViewCommand::Go(Place::Search)),
            Command::Search(SearchCommand::Ask(text.trim().to_owned())),
        ];
        offers.push(offer("Search all drafts for", text.trim(), search.to_vec()));
    }
    offers.truncate(MOST);
    offers
}

fn provisions(wanted: &str, scene: &Scene<'_>, most: usize) -> Vec<Offer> {
    let Some(draft) = scene.w.draft() else { return Vec::new() };
    scene
        .w
        .suggest_provisions(wanted, most)
        .into_iter()
        .filter_map(|s| {
            let offset = draft.outline.get(s.provision)?.range.start;
            let command = Command::View(ViewCommand::GoTo { draft: draft.id, offset });
            Some(offer(&s.citation, &s.words, vec![command]))
        })
        .collect()
}

fn offer(lead: &str, text: &str, commands: Vec<Command>) -> Offer {
    Offer { lead: lead.to_owned(), text: text.to_owned(), keys: String::new(), does: OfferDoes::Run(commands) }
}
