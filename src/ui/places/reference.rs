//! What a citation in the draft or in a commentary leads to, beside its words: while the pointer rests on it, or as long as it has the keyboard.

use std::sync::Arc;

use eframe::egui::{
    self, Area, Context, FontId, Frame, Id, LayerId, Margin, Order, Popup, PopupKind, Pos2, Rect, RichText,
    SetOpenCommand, Ui, pos2,
};

use crate::model::{Citation, Direction, Draft, ProvisionIndex, TextRange};
use crate::ui::reader::{Link, LinkLook, ReaderEvent, ReaderResponse, VisibleLink};
use crate::ui::scene::{Scene, Wish};
use crate::ui::theme::{sans, serif};
use crate::ui::widgets::{Row, Words};
use crate::workspace::{Cited, Command, CompareCommand, Lead, LinkKind, Links, Resolution, ViewCommand, Workspace};

/// Seconds the pointer rests on a link before it is told where it leads: longer than on the sign of a note, since a
/// page has dozens and the pointer crosses them.
const REST: f64 = 0.4;
pub(super) const WIDEST: f32 = 440.0;
const TALLEST: f32 = 240.0;
/// Places of a list or a run that are shown.
const MOST: usize = 7;
/// Characters of a provision that are shown, and of each of a list.
const WORDS: usize = 420;
const FEW_WORDS: usize = 70;

/// What is remembered between frames.
#[derive(Default)]
pub struct ReferenceState {
    /// The links of the draft as the page shows them, made from these.
    page: Option<(Arc<Links>, Vec<Link>)>,
    /// The link the pointer is on, and since when.
    hovered: Option<(usize, f64)>,
    /// The link whose card is shown for the pointer, and where the card stands: on it, it stays.
    shown: Option<(usize, Rect)>,
    /// The link that can mean several provisions, of which one is being chosen.
    choosing: Option<Choosing>,
    /// The link of a commentary that has the keyboard; that of the draft is a matter of the view.
    pub at: Option<usize>,
    /// The page with the links is to get the keyboard back.
    pub refocus: bool,
}

/// Where links stand and where they lead.
#[derive(Clone, Copy)]
pub struct Linked<'a> {
    /// They themselves.
    pub links: &'a Arc<Links>,
    /// The text they stand in.
    pub text: &'a str,
    /// The draft they lead into.
    pub draft: &'a Draft,
    /// They stand in a commentary beside the draft.
    pub beside: bool,
}

struct Choosing {
    link: usize,
    at: Rect,
    /// The list has been drawn.
    drawn: bool,
}

impl ReferenceState {
    /// The links of the open draft for the page; none where they are not known yet, or not shown.
    pub fn of(&mut self, scene: &Scene<'_>) -> &[Link] {
        let Some(links) = scene.w.links().filter(|_| scene.w.view().references_shown) else {
            self.page = None;
            return &[];
        };
        self.of_links(links)
    }

    /// Links as a page shows them.
    pub fn of_links(&mut self, links: &Arc<Links>) -> &[Link] {
        if self.page.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, links)) {
            let look = |kind| match kind {
                LinkKind::Leads => LinkLook::Leads,
                LinkKind::Broken => LinkLook::Broken,
                LinkKind::Elsewhere => LinkLook::Plain,
            };
            let all = links.all.iter().map(|l| Link { range: l.range, look: look(l.kind) }).collect();
            self.page = Some((Arc::clone(links), all));
            (self.hovered, self.shown, self.choosing, self.at) = (None, None, None, None);
        }
        self.page.as_ref().map_or(&[], |(_, all)| all)
    }
}

/// Follows what was done with links.
pub fn follow(
    event: &ReaderEvent,
    scene: &mut Scene<'_>,
    state: &mut ReferenceState,
    response: &ReaderResponse,
    of: Linked<'_>,
) {
    match *event {
        ReaderEvent::Link(link) => {
            match of.links.lead(link) {
                Lead::To(provision) => go(scene, of, provision),
                Lead::Choice(_) => {
                    let seen = response.visible_links.iter().find(|v| v.link == link);
                    let at = seen.map_or(response.column_rect, |v| v.rect);
                    state.choosing = Some(Choosing { link, at, drawn: false });
                }
                // Why it leads nowhere stays beside it until it is left.
                Lead::Nowhere => keep(scene, state, of, Some(link)),
            }
            state.shown = None;
            state.hovered = None;
        }
        ReaderEvent::LinkFocus(link) if kept(scene, state, of) != link => keep(scene, state, of, link),
        ReaderEvent::Select(Some(_)) if kept(scene, state, of).is_some() => keep(scene, state, of, None),
        _ => {}
    }
}

/// The link that has the keyboard.
fn kept(scene: &Scene<'_>, state: &ReferenceState, of: Linked<'_>) -> Option<usize> {
    if of.beside { state.at } else { scene.w.view().reference }
}

fn keep(scene: &mut Scene<'_>, state: &mut ReferenceState, of: Linked<'_>, link: Option<usize>) {
    if of.beside {
        state.at = link;
    } else {
        scene.view(ViewCommand::ShowReference(link));
    }
}

/// Goes to a provision, so that Alt+Left comes back. Who reads a commentary goes on reading it.
fn go(scene: &mut Scene<'_>, of: Linked<'_>, provision: ProvisionIndex) {
    let Some(start) = of.draft.outline.get(provision).map(|p| p.range.start) else { return };
    if of.beside {
        scene.view(ViewCommand::ShowProvision { draft: of.draft.id, provision });
    } else {
        scene.view(ViewCommand::GoTo { draft: of.draft.id, offset: start });
        scene.wishes.push(Wish::FocusPage);
    }
}

/// Tells a screen reader where the links on screen lead, and draws the card of the one that is looked at.
pub fn show(ui: &Ui, scene: &mut Scene<'_>, state: &mut ReferenceState, response: &ReaderResponse, of: Linked<'_>) {
    for seen in &response.visible_links {
        ui.ctx().accesskit_node_builder(seen.id, |node| node.set_description(in_short(scene.w, of, seen.link)));
    }
    choose(ui, scene, state, response, of);
    let kept = kept(scene, state, of).and_then(|at| response.visible_links.iter().find(|v| v.link == at)).copied();
    let rested = rested_on(ui, &mut state.hovered, state.shown, &response.visible_links);
    let quiet = state.choosing.is_some() || Popup::is_any_open(ui.ctx());
    let Some(looked_at) = rested.or(kept).filter(|_| !quiet) else {
        state.shown = None;
        return;
    };
    let (pivot, at) = place(looked_at.rect, response);
    let area =
        Area::new(Id::unique(("cross reference", of.beside))).order(Order::Foreground).pivot(pivot).fixed_pos(at);
    let drawn = area.constrain(true).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
            ui.set_width(WIDEST.min(response.page_rect.width() - 40.0));
            card(ui, scene, of, looked_at.link);
        });
    });
    state.shown = rested.map(|v| (v.link, drawn.response.rect));
}

/// The link the pointer rests on, or whose card it has gone to from there.
pub(super) fn rested_on(
    ui: &Ui,
    hovered: &mut Option<(usize, f64)>,
    shown: Option<(usize, Rect)>,
    links: &[VisibleLink],
) -> Option<VisibleLink> {
    let (now, pointer) = ui.input(|i| (i.time, i.pointer.hover_pos()));
    if let Some(link) = links.iter().find(|v| v.hovered) {
        let known = hovered.filter(|(at, _)| *at == link.link).map(|(_, since)| since);
        // From one whose card is shown to the next there is no wait.
        let since = known.unwrap_or_else(|| if shown.is_some() { now - REST } else { now });
        *hovered = Some((link.link, since));
        if now - since >= REST {
            return Some(*link);
        }
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(REST - (now - since)));
        return None;
    }
    *hovered = None;
    let way = |rect: Rect| rect.expand(10.0);
    let (link, _) = shown.filter(|(_, rect)| pointer.is_some_and(|pos| way(*rect).contains(pos)))?;
    links.iter().find(|v| v.link == link).copied()
}

/// Below the words, or above them where there is no room.
pub(super) fn place(words: Rect, response: &ReaderResponse) -> (egui::Align2, Pos2) {
    let page = response.page_rect;
    let half = WIDEST / 2.0 + 16.0;
    let x = words.center().x.clamp(page.left() + half, (page.right() - half).max(page.left() + half));
    if words.bottom() + TALLEST < page.bottom() || words.top() - TALLEST < page.top() {
        (egui::Align2::CENTER_TOP, pos2(x, words.bottom() + 4.0))
    } else {
        (egui::Align2::CENTER_BOTTOM, pos2(x, words.top() - 4.0))
    }
}

/// What a cited provision is called, whether the draft has it or not.
fn name_of(w: &Workspace, cited: &Cited, of: Linked<'_>) -> String {
    match &cited.citation {
        Some(citation) => {
            let divisions = cited.within.iter().map(|p| format!("{}, ", w.cited(&Citation::to(p.clone()))));
            divisions.chain([w.cited(citation)]).collect()
        }
        None => one_line(cited.range.of(of.text).unwrap_or_default()),
    }
}

/// What is not in the draft, as a sentence.
fn missing(w: &Workspace, cited: &Cited, of: Linked<'_>) -> String {
    let draft = if of.beside { of.draft.name() } else { "this draft" };
    format!("{} is not in {draft}", name_of(w, cited, of))
}

/// Where a link leads, in a line.
fn in_short(w: &Workspace, of: Linked<'_>, link: usize) -> String {
    let Linked { links, draft, .. } = of;
    if let Some(sentence) = elsewhere(of, link) {
        return sentence;
    }
    if let Some(gone) = links.cited(link).iter().find(|c| c.meaning.is_missing()) {
        return missing(w, gone, of);
    }
    let to = |i| {
        let heading = heading(draft, i).map_or_else(String::new, |h| format!(", {h}"));
        format!("{}{heading}", w.cited(&draft.outline.citation(i)))
    };
    match (links.lead(link), links.cited(link).len()) {
        (Lead::Choice(all), _) => format!("{} places", all.len()),
        (Lead::To(i), 1) => to(i),
        (Lead::To(i), n) => format!("{n} provisions, the first {}", to(i)),
        (Lead::Nowhere, _) => String::new(),
    }
}

/// `Article 102 of the UN Charter: another instrument`.
fn elsewhere(of: Linked<'_>, link: usize) -> Option<String> {
    let reference = of.links.reference(link)?;
    let instrument = reference.instrument.as_ref()?;
    let words = one_line(reference.range.of(of.text).unwrap_or_default());
    let said = words.to_lowercase().contains(&instrument.to_lowercase());
    Some(if said {
        format!("{words}: another instrument")
    } else {
        format!("{words}: {instrument}, another instrument")
    })
}

/// What a link leads to: the provision itself, or a list of those it can be or goes through.
fn card(ui: &mut Ui, scene: &mut Scene<'_>, of: Linked<'_>, link: usize) {
    let tokens = scene.tokens;
    let quiet = |text: &str| RichText::new(text).small().color(tokens.quiet_ink);
    ui.spacing_mut().item_spacing.y = tokens.space.small;
    if let Some(sentence) = elsewhere(of, link) {
        Words::new(&sentence, FontId::new(tokens.size.body, sans()), tokens.ink).show(ui);
        return;
    }
    let cited = of.links.cited(link);
    let gone: Vec<&Cited> = cited.iter().filter(|c| c.meaning.is_missing()).collect();
    for cited in gone.iter().take(MOST) {
        let sentence = missing(scene.w, cited, of);
        Words::new(&sentence, FontId::new(tokens.size.body, sans()), tokens.danger).show(ui);
    }
    if gone.len() > MOST {
        ui.label(quiet(&format!("and {} more that are not in it", gone.len() - MOST)));
    }
    let found: Vec<ProvisionIndex> =
        cited.iter().filter(|c| !c.meaning.is_missing()).flat_map(|c| c.meaning.places()).collect();
    for cited in gone.iter().take(MOST) {
        went(ui, scene, of, cited);
    }
    match found.as_slice() {
        [] => {
            // The nearest there is, where the rest of its address leads.
            let nearest = gone.iter().find_map(|c| c.meaning.places().first().copied());
            if let Some(nearest) = nearest {
                ui.label(quiet("The nearest that is"));
                row(ui, scene, of, nearest);
            }
        }
        [one] => provision(ui, scene, of.draft, cited, *one),
        many => {
            let [only] = cited else { return list(ui, scene, of, many, None) };
            let several = matches!(only.meaning, Resolution::Several(_));
            let name = name_of(scene.w, only, of);
            let lead = if several {
                format!("{name} can be read in {} ways", many.len())
            } else {
                format!("{name} stands {} times in this draft", many.len())
            };
            list(ui, scene, of, many, Some(&lead));
        }
    }
}

/// What became of a citation that another draft has: `Article 12 of the first draft is now`, and what it is.
fn went(ui: &mut Ui, scene: &mut Scene<'_>, of: Linked<'_>, cited: &Cited) {
    let Some(citation) = cited.citation.as_ref().filter(|_| cited.within.is_empty()) else { return };
    let Some(found) = scene.w.whereabouts(citation, of.draft.id) else { return };
    let project = scene.w.project();
    let Some(other) = project.and_then(|p| p.draft(found.draft)) else { return };
    let position = |id| project.and_then(|p| p.draft_position(id));
    let name = format!("{} of {}", scene.w.cited(citation), other.name());
    let quiet = |text: &str| RichText::new(text).small().color(scene.tokens.quiet_ink);
    let Some(here) = found.here else {
        ui.label(quiet(&format!("{name}: looking for it here…")));
        let (citation, draft) = (citation.clone(), of.draft.id);
        scene.run(Command::Compare(CompareCommand::Trace { citation, draft }));
        return;
    };
    if here.is_empty() {
        let heading = heading(other, found.provision).map_or_else(String::new, |h| format!(", {h},"));
        ui.label(quiet(&format!("{name}{heading} has no counterpart here")));
        return;
    }
    let older = position(found.draft) < position(of.draft.id);
    ui.label(quiet(&format!("{name} {}", if older { "is now" } else { "is here still" })));
    for &provision in here.iter().take(MOST) {
        row(ui, scene, of, provision);
    }
}

fn list(ui: &mut Ui, scene: &mut Scene<'_>, of: Linked<'_>, all: &[ProvisionIndex], lead: Option<&str>) {
    let quiet = scene.tokens.quiet_ink;
    if let Some(lead) = lead {
        ui.label(RichText::new(lead).small().color(quiet));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    for &provision in all.iter().take(MOST) {
        row(ui, scene, of, provision);
    }
    if all.len() > MOST {
        ui.label(RichText::new(format!("and {} more", all.len() - MOST)).small().color(quiet));
    }
}

/// One of several, with its first words; a click goes there.
fn row(ui: &mut Ui, scene: &mut Scene<'_>, of: Linked<'_>, provision: ProvisionIndex) {
    let draft = of.draft;
    let lead = scene.w.cited(&draft.outline.citation(provision));
    let text = own_heading(draft, provision).unwrap_or_else(|| first_words(draft, provision, FEW_WORDS));
    let leftward = draft.details.direction == Direction::RightToLeft;
    if (Row { lead: &lead, leftward, ..Row::new(&text) }).show(ui, scene.tokens).clicked() {
        go(scene, of, provision);
    }
}

/// One provision: its citation, the heading it stands under, its first lines.
fn provision(ui: &mut Ui, scene: &Scene<'_>, draft: &Draft, cited: &[Cited], index: ProvisionIndex) {
    let tokens = scene.tokens;
    let citation = scene.w.cited(&draft.outline.citation(index));
    let title = match heading(draft, index) {
        Some(heading) => format!("{citation}  {heading}"),
        None => citation.clone(),
    };
    let strong = egui::text::TextFormat::simple(FontId::new(tokens.size.body, sans()), tokens.accent);
    Words::new(&title, FontId::new(tokens.size.body, sans()), tokens.quiet_ink)
        .marked(vec![(0..citation.len(), strong)])
        .rows(2)
        .brief()
        .show(ui);
    if let [Cited { meaning: Resolution::Only(_), .. }] = cited {
        let within = scene.w.cited_within(&draft.outline.citation(index));
        ui.label(RichText::new(format!("read as {within}")).small().color(tokens.quiet_ink));
    }
    let words = first_words(draft, index, WORDS);
    if !words.is_empty() {
        Words::new(&words, FontId::new(tokens.size.body + 2.0, serif()), tokens.ink).rows(6).brief().show(ui);
    }
}

/// The heading of a provision, or of the article it stands in.
fn heading(draft: &Draft, index: ProvisionIndex) -> Option<String> {
    let outline = &draft.outline;
    let own = outline.ancestors(index).filter_map(|i| outline.get(i)).find_map(|p| {
        // Not further up than the article.
        p.heading.clone().map(Some).or_else(|| p.kind.is_headed().then_some(None))
    });
    own.flatten().map(|h| one_line(&h))
}

fn own_heading(draft: &Draft, index: ProvisionIndex) -> Option<String> {
    draft.outline.get(index)?.heading.as_deref().map(one_line)
}

/// The first words of a provision after its label and its heading, cut at a word.
fn first_words(draft: &Draft, index: ProvisionIndex, most: usize) -> String {
    let Some(p) = draft.outline.get(index) else { return String::new() };
    let from = p.heading_range.map_or(p.label_range.end, |h| h.end.max(p.label_range.end)).max(p.range.start);
    let end = draft.text.floor_char_boundary(p.range.end.min(from + most * 8));
    let rest = TextRange { start: from, end: end.max(from) }.of(&draft.text).unwrap_or_default();
    let words = one_line(rest.trim_start_matches([' ', '\n', '.', ':', '\u{2013}', '-']));
    match words.char_indices().nth(most) {
        None if end >= p.range.end => words,
        None => format!("{words}…"),
        Some((at, _)) => {
            let cut = words[..at].rfind(' ').filter(|&space| space > at / 2).unwrap_or(at);
            format!("{}…", &words[..cut])
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The provisions that a link can mean, to choose from.
fn choose(ui: &Ui, scene: &mut Scene<'_>, state: &mut ReferenceState, response: &ReaderResponse, of: Linked<'_>) {
    let draft = of.draft;
    let Some(choosing) = &mut state.choosing else { return };
    let Lead::Choice(all) = of.links.lead(choosing.link) else {
        state.choosing = None;
        return;
    };
    let (ctx, id): (Context, Id) = (ui.ctx().clone(), Id::unique(("what a reference can mean", of.beside)));
    if choosing.drawn && !Popup::is_id_open(&ctx, id) {
        state.choosing = None;
        if of.beside {
            state.refocus = true;
        } else {
            scene.wishes.push(Wish::FocusPage);
        }
        return;
    }
    let layer: LayerId = response.response.layer_id;
    let first = !std::mem::replace(&mut choosing.drawn, true);
    let popup = Popup::new(id, ctx, choosing.at, layer).kind(PopupKind::Menu);
    let popup = popup.open_memory(first.then_some(SetOpenCommand::Bool(true))).width(WIDEST);
    popup.accessible_name("Which is meant").show(|ui| {
        ui.set_width(WIDEST.min(response.page_rect.width() - 40.0));
        egui::ScrollArea::vertical().max_height(TALLEST).show(ui, |ui| {
            for (n, &provision) in all.iter().enumerate() {
                let citation = scene.w.cited(&draft.outline.citation(provision));
                let words = own_heading(draft, provision).unwrap_or_else(|| first_words(draft, provision, FEW_WORDS));
                let text = Words::new(
                    &format!("{citation}  {words}"),
                    FontId::new(scene.tokens.size.body, sans()),
                    scene.tokens.ink,
                )
                .rows(1)
                .job(ui.ctx(), ui.available_width() - 16.0);
                let button = ui.add(egui::Button::new(text).min_size(egui::vec2(ui.available_width(), 0.0)));
                let name = format!("{citation} {words}");
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if first && n == 0 {
                    button.request_focus();
                }
                if button.clicked() {
                    go(scene, of, provision);
                    ui.close();
                }
            }
        });
    });
}
