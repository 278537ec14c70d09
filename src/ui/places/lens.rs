//! The lenses of the page: what of it they set apart, and the legend below that says what their marks mean.

use std::sync::Arc;

use eframe::egui::{self, Button, FontId, Frame, Margin, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::model::{MarkKind, Outline, TextRange};
use crate::ui::bars::count;
use crate::ui::reader::{Ink, InkLook, Link, LinkLook, ReaderEvent, ReaderResponse, VisibleLink, ink_sample};
use crate::ui::scene::Scene;
use crate::ui::theme::sans;
use crate::workspace::{Command, Force, Glass, Lens, LensCommand, LinkKind, Links, Panel, Spot, ViewCommand};

/// What is remembered between frames.
#[derive(Default)]
pub struct LensState {
    merged: Option<Merged>,
    words: Option<(Arc<Glass>, Vec<Ink>)>,
    terms: Option<(Arc<Glass>, Vec<Ink>)>,
    found: Option<(Arc<Vec<TextRange>>, Vec<Ink>)>,
    legend: Option<Legend>,
}

/// Cross references and uses of terms in one list, as the page wants them.
struct Merged {
    glass: Arc<Glass>,
    /// What the cross references were made from.
    references: Option<Arc<Links>>,
    links: Vec<Link>,
    targets: Vec<Target>,
}

/// What a link of the page is: the position of a cross reference, or of a use of a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Reference(usize),
    Term(usize),
}

/// Where the keyboard went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermFocus {
    /// To this use of a term.
    On(usize),
    /// Away from all of them.
    Off,
}

/// What was done with uses of terms.
#[derive(Default)]
pub struct TermTurn {
    /// The one that was clicked, or entered.
    pub followed: Option<usize>,
    /// The keyboard is on this one now, or on none any more.
    pub focus: Option<TermFocus>,
    /// Those on screen; their links are positions among the uses.
    pub visible: Vec<VisibleLink>,
}

impl LensState {
    /// Brings what the lenses show up to date; costs nothing where nothing has changed.
    pub fn refresh(&mut self, scene: &Scene<'_>, references: &[Link]) {
        let view = scene.w.view();
        let glass = scene.w.glass();
        match glass.filter(|_| view.shows(Lens::Terms)) {
            Some(glass) => {
                let shown = scene.w.links().filter(|_| view.references_shown);
                let same = |m: &Merged| {
                    Arc::ptr_eq(&m.glass, glass) && m.references.as_ref().map(Arc::as_ptr) == shown.map(Arc::as_ptr)
                };
                if !self.merged.as_ref().is_some_and(same) {
                    self.merged = Some(merged(glass, shown.cloned(), references));
                }
                if self.terms.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, glass)) {
                    self.terms = Some((Arc::clone(glass), of_terms(glass)));
                }
            }
            None => (self.merged, self.terms) = (None, None),
        }
        match glass.filter(|_| view.shows(Lens::Words)) {
            Some(glass) if self.words.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, glass)) => {
                let hits = glass.wording.hits.iter();
                let inks = hits.map(|h| Ink { range: h.range, look: look(h.force) }).collect();
                self.words = Some((Arc::clone(glass), inks));
            }
            Some(_) => {}
            None => self.words = None,
        }
        match scene.w.search_marks() {
            Some(found) if self.found.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, found)) => {
                let inks = found.iter().map(|&range| Ink { range, look: InkLook::Found }).collect();
                self.found = Some((Arc::clone(found), inks));
            }
            Some(_) => {}
            None => self.found = None,
        }
    }

    /// What the page is to show as links: the cross references, and with them the uses of terms while their lens is on.
    pub fn links<'a>(&'a self, references: &'a [Link]) -> &'a [Link] {
        self.merged.as_ref().map_or(references, |m| &m.links)
    }

    /// The one of them that the keyboard is to be on.
    pub fn link(&self, scene: &Scene<'_>) -> Option<usize> {
        let view = scene.w.view();
        let Some(merged) = &self.merged else { return view.reference };
        let wanted = view.term.map(Target::Term).or_else(|| view.reference.map(Target::Reference))?;
        merged.targets.iter().position(|t| *t == wanted)
    }

    /// Takes what was done with terms out of a response, whose links are cross references again.
    pub fn split(&self, response: &mut ReaderResponse) -> TermTurn {
        let mut turn = TermTurn::default();
        let Some(merged) = &self.merged else { return turn };
        let target = |link: usize| merged.targets.get(link).copied();
        response.events = std::mem::take(&mut response.events)
            .into_iter()
            .filter_map(|event| match event {
                ReaderEvent::Link(link) => match target(link)? {
                    Target::Reference(at) => Some(ReaderEvent::Link(at)),
                    Target::Term(at) => {
                        turn.followed = Some(at);
                        None
                    }
                },
                ReaderEvent::LinkFocus(Some(link)) => match target(link)? {
                    Target::Reference(at) => Some(ReaderEvent::LinkFocus(Some(at))),
                    Target::Term(at) => {
                        turn.focus = Some(TermFocus::On(at));
                        None
                    }
                },
                ReaderEvent::LinkFocus(None) => {
                    turn.focus = Some(TermFocus::Off);
                    Some(event)
                }
                event => Some(event),
            })
            .collect();
        let mut references = Vec::new();
        for seen in std::mem::take(&mut response.visible_links) {
            match target(seen.link) {
                Some(Target::Reference(link)) => references.push(VisibleLink { link, ..seen }),
                Some(Target::Term(link)) => turn.visible.push(VisibleLink { link, ..seen }),
                None => {}
            }
        }
        response.visible_links = references;
        turn
    }

    /// The lines under words, lens by lens; each in order and apart from each other.
    pub fn inks(&self) -> [&[Ink]; 3] {
        [
            self.words.as_ref().map_or(&[], |(_, inks)| inks),
            self.terms.as_ref().map_or(&[], |(_, inks)| inks),
            self.found.as_ref().map_or(&[], |(_, inks)| inks),
        ]
    }
}

fn look(force: Force) -> InkLook {
    match force {
        Force::Obligation => InkLook::Obligation,
        Force::Soft => InkLook::Soft,
        Force::Permission => InkLook::Permission,
        Force::Prohibition => InkLook::Prohibition,
        Force::Qualifier => InkLook::Qualifier,
    }
}

/// Definitions and what is none; uses are links.
fn of_terms(glass: &Glass) -> Vec<Ink> {
    let named = glass.terms.all.iter().map(|t| Ink { range: t.named, look: InkLook::Definition });
    let loose = glass.terms.loose.iter().flat_map(|l| &l.places);
    let loose = loose.map(|&range| Ink { range, look: InkLook::Loose });
    let mut inks: Vec<Ink> = named.chain(loose).collect();
    inks.sort_by_key(|i| (i.range.start, i.range.end));
    let mut apart: Vec<Ink> = Vec::with_capacity(inks.len());
    for ink in inks {
        if apart.last().is_none_or(|last| last.range.end <= ink.range.start) {
            apart.push(ink);
        }
    }
    apart
}

/// A use of a term within a citation is a part of that.
fn merged(glass: &Arc<Glass>, from: Option<Arc<Links>>, references: &[Link]) -> Merged {
    let uses = &glass.terms.uses;
    let mut links = Vec::with_capacity(references.len() + uses.len());
    let mut targets = Vec::with_capacity(links.capacity());
    let mut next = 0;
    for (at, link) in references.iter().enumerate() {
        while let Some(found) = uses.get(next).filter(|u| u.range.start < link.range.end) {
            if found.range.end <= link.range.start {
                links.push(Link { range: found.range, look: LinkLook::Term });
                targets.push(Target::Term(next));
            }
            next += 1;
        }
        links.push(*link);
        targets.push(Target::Reference(at));
    }
    for (at, found) in uses.iter().enumerate().skip(next) {
        links.push(Link { range: found.range, look: LinkLook::Term });
        targets.push(Target::Term(at));
    }
    Merged { glass: Arc::clone(glass), references: from, links, targets }
}

/// What a legend says of a lens, and the marks one goes through.
struct Legend {
    lens: Lens,
    glass: Option<Arc<Glass>>,
    outline: Arc<Outline>,
    links: Option<Arc<Links>>,
    found: Option<Arc<Vec<TextRange>>>,
    entries: Vec<(InkLook, String)>,
    spots: Vec<Spot>,
}

/// Draws the legend of the lens that is explained, below the page.
pub fn legend(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut LensState) {
    let Some(lens) = scene.w.view().lens.filter(|&l| scene.w.view().shows(l)) else { return };
    let Some(draft) = scene.w.draft().cloned() else { return };
    let tokens = scene.tokens;
    let same = |a: Option<&Arc<Glass>>, b: Option<&Arc<Glass>>| a.map(Arc::as_ptr) == b.map(Arc::as_ptr);
    let holds = |l: &Legend| {
        l.lens == lens
            && same(l.glass.as_ref(), scene.w.glass())
            && Arc::ptr_eq(&l.outline, &draft.outline)
            && l.links.as_ref().map(Arc::as_ptr) == scene.w.links().map(Arc::as_ptr)
            && l.found.as_ref().map(Arc::as_ptr) == scene.w.search_marks().map(Arc::as_ptr)
    };
    if !state.legend.as_ref().is_some_and(holds) {
        state.legend = Some(Legend {
            lens,
            glass: scene.w.glass().cloned(),
            outline: Arc::clone(&draft.outline),
            links: scene.w.links().cloned(),
            found: scene.w.search_marks().cloned(),
            entries: entries(scene, lens, &draft.outline),
            spots: scene.w.spots(lens),
        });
    }
    let Some(legend) = &state.legend else { return };
    let frame = Frame::new().fill(tokens.chrome).inner_margin(Margin::symmetric(12, 4));
    egui::Panel::bottom("legend").frame(frame).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = tokens.space.medium;
            for one in Lens::ALL.into_iter().filter(|&l| scene.w.view().shows(l)) {
                let color = if one == lens { tokens.accent } else { tokens.ink };
                let words = RichText::new(one.name()).small().color(color);
                let button = ui.add(Button::selectable(one == lens, words));
                button.widget_info(|| {
                    WidgetInfo::selected(Role::Button, true, one == lens, format!("Legend: {}", one.name()))
                });
                if button.clicked() {
                    scene.run(Command::Lens(LensCommand::Explain(Some(one))));
                }
            }
            ui.separator();
            if legend.entries.is_empty() {
                ui.label(RichText::new(nothing(scene, lens)).small().color(tokens.quiet_ink));
            }
            for (look, words) in &legend.entries {
                entry(ui, scene, *look, words);
            }
            ui.separator();
            steps(ui, scene, legend);
        });
    });
}

fn steps(ui: &mut Ui, scene: &mut Scene<'_>, legend: &Legend) {
    let tokens = scene.tokens;
    let any = !legend.spots.is_empty() || legend.lens == Lens::References;
    for (words, by, hint) in [("Previous", -1, "Previous mark (Shift+F12)"), ("Next", 1, "Next mark (F12)")] {
        let button = ui.add_enabled(any, Button::new(RichText::new(words).small())).on_hover_text(hint);
        let name = if by < 0 { "Previous mark" } else { "Next mark" };
        button.widget_info(|| WidgetInfo::labeled(Role::Button, any, name));
        if button.clicked() {
            scene.run(Command::Lens(LensCommand::Step(by)));
        }
    }
    let at = scene.w.view().selection().map(|s| s.range().start);
    let here = at.and_then(|at| legend.spots.binary_search_by_key(&at, |s| s.range.start).ok());
    if let Some(here) = here {
        let place = format!("{} of {}", here + 1, legend.spots.len());
        let said = at.and_then(|at| said(scene, legend.lens, at));
        let words = said.map_or_else(|| place.clone(), |said| format!("{place}: {said}"));
        ui.label(RichText::new(words).small().color(tokens.ink));
    }
    let list = match legend.lens {
        Lens::Words => Some((Panel::Words, "By article")),
        Lens::Terms => Some((Panel::Terms, "List")),
        Lens::References => Some((Panel::References, "List")),
        Lens::Marks | Lens::Search => None,
    };
    if let Some((panel, words)) = list
        && !(scene.w.view().side_open && scene.w.view().panel == panel)
        && ui.button(RichText::new(words).small()).clicked()
    {
        scene.view(ViewCommand::Panel(panel));
    }
    if ui.button(RichText::new("Hide legend").small()).clicked() {
        scene.run(Command::Lens(LensCommand::Explain(None)));
    }
}

/// What stands at a mark, in words.
fn said(scene: &Scene<'_>, lens: Lens, at: usize) -> Option<String> {
    match lens {
        Lens::Words => {
            let hits = &scene.w.glass()?.wording.hits;
            let hit = hits.get(hits.binary_search_by_key(&at, |h| h.range.start).ok()?)?;
            Some(format!("{} ({})", hit.words, hit.force.name().to_lowercase()))
        }
        Lens::Marks => {
            let marks = &scene.w.draft()?.outline.marks;
            let first = marks.partition_point(|m| m.range.start < at);
            Some(marks.get(first)?.kind.word().to_owned())
        }
        _ => None,
    }
}

/// A line as the page has it, and what it says.
fn entry(ui: &mut Ui, scene: &Scene<'_>, look: InkLook, words: &str) {
    let tokens = scene.tokens;
    let galley = ui.painter().layout_no_wrap(words.to_owned(), FontId::new(tokens.size.small, sans()), tokens.ink);
    let height = ui.spacing().interact_size.y;
    let (rect, response) = ui.allocate_exact_size(vec2(SAMPLE + galley.size().x, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let middle = rect.center().y;
    let band =
        Rect::from_min_max(pos2(rect.left() + 2.0, middle - 8.0), pos2(rect.left() + SAMPLE - 6.0, middle + 6.0));
    ink_sample(ui.painter(), band, look, tokens);
    ui.painter().galley(pos2(rect.left() + SAMPLE, middle - galley.size().y / 2.0), galley, tokens.ink);
}

/// The room for a line in the legend, in points.
const SAMPLE: f32 = 28.0;

fn entries(scene: &Scene<'_>, lens: Lens, outline: &Outline) -> Vec<(InkLook, String)> {
    let glass = scene.w.glass();
    match lens {
        Lens::Words => {
            let Some(glass) = glass.filter(|g| g.tongue.is_some()) else { return Vec::new() };
            let mut counts = [0_usize; 5];
            for hit in glass.wording.hits.iter().filter(|h| !h.goes_on) {
                counts[hit.force.at()] += 1;
            }
            let entry = |force: Force| (look(force), format!("{} {}", force.name(), counts[force.at()]));
            Force::ALL.into_iter().map(entry).collect()
        }
        Lens::Terms => {
            let Some(terms) = glass.map(|g| &g.terms) else { return Vec::new() };
            let loose: usize = terms.loose.iter().map(|l| l.places.len()).sum();
            vec![
                (InkLook::Definition, format!("Definition {}", terms.all.len())),
                (InkLook::Term, format!("Use {}", terms.uses.len())),
                (InkLook::Loose, format!("Not defined {loose}")),
            ]
        }
        Lens::Marks => {
            let kinds = [
                (MarkKind::Bracketed, "In brackets"),
                (MarkKind::Agreed, "Agreed"),
                (MarkKind::Alternative, "Alternative"),
                (MarkKind::Placeholder, "Still missing"),
                (MarkKind::Deleted, "Deleted"),
                (MarkKind::Unbalanced, "Bracket without a partner"),
            ];
            let count = |kind| outline.marks.iter().filter(|m| m.kind == kind).count();
            let counted = kinds.into_iter().map(|(kind, name)| (kind, name, count(kind))).filter(|(_, _, n)| *n > 0);
            counted.map(|(kind, name, n)| (InkLook::of_mark(kind), format!("{name} {n}"))).collect()
        }
        Lens::References => {
            let Some(links) = scene.w.links() else { return Vec::new() };
            let count = |kind| links.all.iter().filter(|l| l.kind == kind).count();
            vec![
                (InkLook::Leads, format!("Leads to a provision {}", count(LinkKind::Leads))),
                (InkLook::Loose, format!("Leads nowhere {}", count(LinkKind::Broken))),
            ]
        }
        Lens::Search => {
            let query = scene.w.search().query.trim();
            let Some(found) = scene.w.search_marks().filter(|_| !query.is_empty()) else { return Vec::new() };
            vec![(InkLook::Found, format!("{query}: {}", count(found.len(), "place", "places")))]
        }
    }
}

/// Why there are no marks.
fn nothing(scene: &Scene<'_>, lens: Lens) -> &'static str {
    match lens {
        _ if scene.w.is_looking(lens) => "Being looked for…",
        Lens::Words => "The words of this language are not known: they are in the six languages of the United Nations",
        Lens::Search => "Ask something in Search (Ctrl+4) first",
        Lens::Marks => "This draft has no brackets or other negotiating marks",
        Lens::Terms | Lens::References => "None in this draft",
    }
}
