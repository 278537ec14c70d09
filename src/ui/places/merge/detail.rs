//! One remark: as it came, as it is here, and where it stands in our drafts.

use eframe::egui::{FontId, Label, RichText, Ui};

use crate::model::Annotation;
use crate::reconcile::Standing;
use crate::ui::scene::Scene;
use crate::ui::theme::{sans, serif};
use crate::ui::widgets::{Words, tag};
use crate::workspace::{MergeItem, MergePlan, ReplyItem};

/// Draws it.
pub fn show(ui: &mut Ui, scene: &Scene<'_>, plan: &MergePlan, item: &MergeItem) {
    let tokens = scene.tokens;
    ui.spacing_mut().item_spacing.y = tokens.space.small + 2.0;
    let sentence = match item.standing {
        Standing::New => "New: it is not here yet",
        Standing::ChangedThere => "They changed it since it came",
        Standing::ChangedByBoth => "Changed on both sides: the newest words and the latest look at each place are kept",
        Standing::GoneThere => "They deleted it; it stays here unless you take that over",
        Standing::ChangedHere => "What is here is newer",
        Standing::Same => "It is here already, the same",
    };
    ui.add(Label::new(RichText::new(sentence).strong().color(tokens.ink)).wrap());
    places(ui, scene, item);
    match (&item.here, &item.there) {
        (Some(here), Some(there)) if differ(here, there) => {
            version(ui, scene, plan, "As it came", there);
            version(ui, scene, plan, "As it is here", here);
        }
        (_, Some(only)) | (Some(only), None) => version(ui, scene, plan, "", only),
        (None, None) => {}
    }
}

/// Draws a reply, as it came and as it is here.
pub fn reply(ui: &mut Ui, scene: &Scene<'_>, item: &ReplyItem) {
    let tokens = scene.tokens;
    ui.spacing_mut().item_spacing.y = tokens.space.small + 2.0;
    let sentence = match item.standing {
        Standing::New => "A new reply",
        Standing::ChangedThere => "A reply they changed since it came",
        Standing::ChangedByBoth => "A reply that was changed on both sides: the newest words are kept",
        Standing::GoneThere => "They deleted this reply; it stays here unless you take that over",
        Standing::ChangedHere => "A reply of which what is here is newer",
        Standing::Same => "A reply that is here already, the same",
    };
    ui.add(Label::new(RichText::new(sentence).strong().color(tokens.ink)).wrap());
    let about = scene.w.project().and_then(|p| p.annotation(item.joined.whose, item.joined.about));
    let said = match about {
        Some(a) => {
            let place = a.placements.values().next_back();
            let cited = place.map(|p| scene.w.cited(p.citation())).unwrap_or_default();
            let note: String = a.note.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
            format!("To {}, {cited}: {note}", scene.w.analyst_name(item.joined.whose))
        }
        None => "To a remark that is not in this project".to_owned(),
    };
    Words::new(&said, FontId::new(tokens.size.small, sans()), tokens.quiet_ink).show(ui);
    let font = FontId::new(tokens.size.body, sans());
    let versions = [("As it came", &item.there), ("As it is here", &item.here)];
    let differ = matches!((&item.there, &item.here), (Some(a), Some(b)) if a.text != b.text);
    for (title, reply) in versions.into_iter().filter_map(|(t, r)| Some((t, r.as_ref()?))) {
        ui.separator();
        let when = reply.changed.strftime("%Y-%m-%d %H:%M");
        let title = if differ { format!("{title}, changed {when} UTC") } else { format!("Changed {when} UTC") };
        ui.label(RichText::new(title).strong().color(tokens.ink));
        Words::new(&reply.text, font.clone(), tokens.ink).show(ui);
        if !differ {
            break;
        }
    }
}

/// Whether what an analyst wrote differs.
fn differ(a: &Annotation, b: &Annotation) -> bool {
    (a.kind, &a.concerns, a.severity, &a.note, &a.recommendation, a.status)
        != (b.kind, &b.concerns, b.severity, &b.note, &b.recommendation, b.status)
}

fn places(ui: &mut Ui, scene: &Scene<'_>, item: &MergeItem) {
    let tokens = scene.tokens;
    let Some(project) = scene.w.project() else { return };
    for (draft, how) in &item.places {
        let Some(placement) = item.joined.placements.get(draft) else { continue };
        let name = project.draft(*draft).map_or("a draft that is not here", |d| d.name());
        let said = format!("{name}, {}, {}", scene.w.cited_within(placement.citation()), how.word());
        ui.add(Label::new(RichText::new(said).small().color(tokens.quiet_ink)).wrap());
        let font = FontId::new(tokens.size.body, serif());
        let exact = placement.quote().exact.split_whitespace().collect::<Vec<_>>().join(" ");
        if !exact.is_empty() {
            Words::new(&exact, font, tokens.ink).rows(8).show(ui);
        }
        ui.add_space(tokens.space.small);
    }
}

fn version(ui: &mut Ui, scene: &Scene<'_>, plan: &MergePlan, title: &str, annotation: &Annotation) {
    let tokens = scene.tokens;
    ui.separator();
    if !title.is_empty() {
        let when = annotation.changed.strftime("%Y-%m-%d %H:%M").to_string();
        ui.label(RichText::new(format!("{title}, changed {when} UTC")).strong().color(tokens.ink));
    }
    ui.horizontal_wrapped(|ui| {
        for id in &annotation.concerns {
            let ours = scene.w.project().and_then(|p| p.codebook.get(*id));
            let added = plan.concerns.iter().filter_map(|c| c.added.as_ref()).find(|c| c.id == *id);
            if let Some(concern) = ours.or(added) {
                tag(ui, concern, tokens);
                ui.label(RichText::new(&concern.name).color(tokens.ink));
            }
        }
    });
    let font = FontId::new(tokens.size.body, sans());
    if !annotation.note.trim().is_empty() {
        Words::new(&annotation.note, font.clone(), tokens.ink).show(ui);
    }
    let mut facts: Vec<String> = Vec::new();
    facts.extend(annotation.severity.map(|s| format!("Severity {}", s.word())));
    facts.push(format!("Status {}", annotation.status.word()));
    if let Some(recommendation) = &annotation.recommendation {
        facts.push(recommendation.action.word().to_owned());
        facts.extend(Some(recommendation.proposed.clone()).filter(|p| !p.trim().is_empty()));
    }
    for fact in facts {
        Words::new(&fact, font.clone(), tokens.quiet_ink).show(ui);
    }
}
