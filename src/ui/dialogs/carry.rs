//! From which draft to which annotations are to be carried.

use eframe::egui::{RichText, Ui};

use super::{Dialog, Flow, buttons};
use crate::model::DraftId;
use crate::ui::bars::count;
use crate::ui::scene::Scene;
use crate::ui::widgets::two_drafts;
use crate::workspace::{CarryCommand, Command, Way};

/// What has been chosen so far.
pub struct Carry {
    chosen: Option<[DraftId; 2]>,
}

impl Carry {
    /// Begins with what is offered for the open draft, else with what is reviewed.
    pub fn new(scene: &Scene<'_>) -> Self {
        let offered = scene.w.carry_offer().map(|o| o.way).or_else(|| scene.w.review_way());
        Self { chosen: offered.map(|way| [way.from, way.to]) }
    }
}

impl Dialog for Carry {
    fn title(&self) -> &str {
        "Carry annotations"
    }

    fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Flow {
        let tokens = scene.tokens;
        let (Some(project), Some(chosen)) = (scene.w.project(), &mut self.chosen) else { return Flow::Close };
        two_drafts(ui, project, chosen, tokens);
        let way = Way { from: chosen[0], to: chosen[1] };
        let there = project.annotations().filter(|(_, a)| a.anchor_in(way.from).is_some());
        let (mut all, mut reviewed) = (0, 0);
        for (_, a) in there {
            all += 1;
            reviewed += usize::from(a.is_reviewed_in(way.to));
        }
        ui.add_space(tokens.space.small);
        let said = match (way.from == way.to, all, reviewed) {
            (true, ..) => "Choose two different drafts".to_owned(),
            (_, 0, _) => "No annotation stands in the first draft".to_owned(),
            (_, all, 0) => format!(
                "{} would be found in the second draft, to be looked at",
                count(all, "annotation", "annotations")
            ),
            (_, all, n) => format!(
                "{} would be found in the second draft; the {n} that were looked at stay as they are",
                count(all - n, "annotation", "annotations")
            ),
        };
        ui.label(RichText::new(said).color(tokens.quiet_ink));
        match buttons(ui, scene, "Carry", way.from != way.to && all > 0, true) {
            Some(true) => scene.run(Command::Carry(CarryCommand::Carry(way))),
            Some(false) => {}
            None => return Flow::Stay,
        }
        Flow::Close
    }
}
