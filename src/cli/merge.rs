//! `travaux merge`.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{Answer, finish, open, say};
use crate::reconcile::Standing;
use crate::workspace::{
    ColleagueCommand, Command, Gravity, Home, MergeItem, MergePlan, Passphrase, PlacedAs, Workspace,
};

/// What is asked.
pub struct Wish {
    pub project: PathBuf,
    pub files: Vec<PathBuf>,
    pub apply: bool,
    pub passphrase: Option<Passphrase>,
    pub json: bool,
}

/// Says what colleagues' files would change in a project, or changes it; a file that cannot be read changes nothing and
/// does not keep the others from being looked at.
pub fn merge(home: &Home, wish: Wish, out: &mut dyn Write) -> Answer {
    let mut workspace = open(home, &wish.project, wish.apply)?;
    let (mut told, mut refused) = (Vec::new(), Vec::new());
    for file in wish.files {
        let before = workspace.notices().latest().map_or(0, |n| n.number);
        let command = match wish.passphrase.clone() {
            Some(passphrase) => ColleagueCommand::Unseal { path: file.clone(), passphrase, reported: false },
            None => ColleagueCommand::OpenFile(file.clone()),
        };
        workspace.run(Command::Colleague(command));
        workspace.settle();
        if workspace.merging().is_none() {
            match latest(&workspace, before) {
                Some((Gravity::Failure | Gravity::Caution, sentence)) => refused.push(sentence),
                said => {
                    let sentence = said.map(|(_, s)| s).unwrap_or_default();
                    told.push(json!({ "file": file.display().to_string(), "changes": false, "said": sentence }));
                    if !wish.json {
                        say(out, sentence)?;
                    }
                }
            }
        }
        // A file may hold the sets of several analysts.
        while let Some(plan) = workspace.merging().and_then(|m| m.plan.clone()) {
            let mut answer = whole(&workspace, &plan, &file);
            if !wish.json {
                print(&workspace, &plan, out)?;
            }
            let before = workspace.notices().latest().map_or(0, |n| n.number);
            let decided = if wish.apply { ColleagueCommand::Apply } else { ColleagueCommand::Dismiss };
            workspace.run(Command::Colleague(decided));
            workspace.settle();
            if wish.apply {
                let said = workspace.notices().all().iter().find(|n| n.number > before);
                let sentence = said.map(|n| n.text.clone()).unwrap_or_default();
                if wish.json {
                    answer["said"] = json!(sentence);
                } else {
                    say(out, sentence)?;
                }
            }
            told.push(answer);
            let stays = workspace.merging().and_then(|m| m.plan.as_ref()).is_some_and(|next| Arc::ptr_eq(next, &plan));
            if stays {
                break;
            }
        }
    }
    if wish.json {
        say(out, serde_json::to_string_pretty(&told).map_err(|e| e.to_string())?)?;
    }
    finish(workspace)?;
    if refused.is_empty() { Ok(()) } else { Err(refused.join("\ntravaux: ")) }
}

fn latest(workspace: &Workspace, before: u64) -> Option<(Gravity, String)> {
    workspace.notices().latest().filter(|n| n.number > before).map(|n| (n.gravity, n.text.clone()))
}

fn print(workspace: &Workspace, plan: &MergePlan, out: &mut dyn Write) -> Answer {
    say(out, format!("{}{}", plan.analyst.name, if plan.is_own { " (your own set)" } else { "" }))?;
    for draft in plan.drafts.iter().filter(|d| d.remarks > 0) {
        let name = if draft.theirs.label.is_empty() { &draft.theirs.symbol } else { &draft.theirs.label };
        let ours = draft.ours.and_then(|id| workspace.project()?.draft(id));
        let ours = ours.map_or_else(String::new, |d| format!(" = {}", d.name()));
        say(out, format!("  draft {name}{ours}, {}: {}", draft.by.word(), draft.remarks))?;
    }
    for concern in plan.concerns.iter().filter(|c| c.added.is_some() || !c.differs.is_empty()) {
        let differs = if concern.differs.is_empty() {
            String::new()
        } else {
            format!(", with another {}", concern.differs.join(", "))
        };
        say(out, format!("  concern {}, {}{differs}", concern.theirs.name, concern.by.word()))?;
    }
    for standing in Standing::ALL {
        let (all, taken) = plan.count(standing);
        if all > 0 {
            let taken = if taken == all { String::new() } else { format!(", {taken} of them taken over") };
            say(out, format!("  {}: {all}{taken}", standing.word()))?;
        }
    }
    if !plan.replies.is_empty() {
        let taken = plan.replies.iter().filter(|r| r.take).count();
        say(out, format!("  replies: {}, {taken} of them taken over", plan.replies.len()))?;
    }
    for how in [PlacedAs::Renumbered, PlacedAs::Lost, PlacedAs::Elsewhere] {
        if plan.placed(how) > 0 {
            say(out, format!("  {}: {}", how.word(), plan.placed(how)))?;
        }
    }
    Ok(())
}

fn whole(workspace: &Workspace, plan: &MergePlan, file: &std::path::Path) -> Value {
    json!({
        "file": file.display().to_string(),
        "analyst": { "id": plan.analyst.id.to_string(), "name": plan.analyst.name },
        "own": plan.is_own,
        "changes": plan.changes_something(),
        "other_project": plan.other_project,
        "part": plan.is_part,
        "without_notes": plan.without_notes,
        "drafts": plan.drafts.iter().map(|d| json!({
            "id": d.theirs.id.to_string(), "label": d.theirs.label, "symbol": d.theirs.symbol,
            "ours": d.ours.and_then(|id| Some(workspace.project()?.draft(id)?.name().to_owned())),
            "by": d.by.word(), "remarks": d.remarks,
        })).collect::<Vec<_>>(),
        "concerns": plan.concerns.iter().map(|c| json!({
            "id": c.theirs.id.to_string(), "name": c.theirs.name, "ours": c.ours.map(|id| id.to_string()),
            "by": c.by.word(), "differs": c.differs, "remarks": c.remarks,
        })).collect::<Vec<_>>(),
        "replies": plan.replies.iter().map(|r| json!({
            "id": r.id.to_string(), "standing": r.standing.word(), "taken": r.take, "about": r.joined.about.to_string(),
        })).collect::<Vec<_>>(),
        "annotations": plan.items.iter().map(|i| of_item(workspace, i)).collect::<Vec<_>>(),
    })
}

fn of_item(workspace: &Workspace, item: &MergeItem) -> Value {
    let project = workspace.project();
    let places: Vec<Value> = item
        .places
        .iter()
        .map(|(draft, how)| {
            let placement = item.joined.placements.get(draft);
            json!({
                "draft": project.and_then(|p| p.draft(*draft)).map(|d| d.name().to_owned()),
                "placed": how.word(),
                "citation": placement.map(|p| workspace.cited(p.citation())),
                "exact": placement.map(|p| p.quote().exact.clone()),
            })
        })
        .collect();
    json!({ "id": item.id.to_string(), "standing": item.standing.word(), "taken": item.take, "places": places })
}
