//! The codebook editor.

use eframe::egui::{Key, Role};
use travaux::model::{Severity, Status, Swatch};

use super::desk::{Desk, two_drafts};
use super::hands::{CTRL, CTRL_SHIFT, NONE};
use super::side::remark;

fn tree(desk: &Desk) -> Vec<String> {
    desk.names(Role::ListBoxOption)
}

#[test]
fn concerns_are_added_renamed_keyed_merged_and_retired() {
    let mut desk = two_drafts();
    remark(&mut desk, "intercept any signal", "Surveillance powers", "Why", Some(Severity::High), Status::Draft);
    desk.press(CTRL_SHIFT, Key::C);
    desk.must_see("Codebook");
    desk.fill_in("Name of the new concern", "Lighthouse keepers");
    desk.click("Add");
    desk.must_see("Lighthouse keepers");
    let before = desk.concern("Lighthouse keepers");
    desk.click_of(Role::ListBoxOption, "Lighthouse keepers");
    assert_eq!(desk.field("Name"), "Lighthouse keepers");
    desk.must_see("0 annotations have it");

    desk.fill_in("Name", "Keepers of lights");
    desk.fill_in("Tag", "kl");
    desk.fill_in("Key", "k");
    desk.choose("Color", "violet");
    desk.fill_in("Definition", "What keepers may do");
    desk.fill_in("What to look for", "“Keeper”");
    desk.click("Keep the changes");
    let kept = desk.concern("Keepers of lights");
    assert_eq!((kept.id, kept.tag.as_str(), kept.key, kept.swatch), (before.id, "KL", Some('k'), Swatch::Violet));
    assert_eq!((kept.definition.as_str(), kept.look_for.as_str()), ("What keepers may do", "“Keeper”"));
    assert!(tree(&desk).contains(&"Keepers of lights".to_owned()));
    assert!(desk.is_disabled("Keep the changes"), "there is nothing more to keep");

    // A tag that is taken is refused with the reason, and what was typed stays.
    let taken = desk.concern("Surveillance powers").tag;
    desk.fill_in("Tag", &taken);
    desk.click("Keep the changes");
    desk.must_see(&format!("The tag {taken} belongs to “Surveillance powers” already"));
    assert_eq!(desk.concern("Keepers of lights").tag, "KL");
    assert_eq!(desk.field("Tag"), taken, "what was typed stays to be corrected");
    desk.press(NONE, Key::Escape);
    assert_eq!(desk.field("Tag"), taken, "leaving asks once more");
    desk.press(NONE, Key::Escape);
    desk.must_not_see("Keep the changes");

    // The new key works on the page.
    let (from, to) = (desk.spot("Party shall tend"), desk.spot_after("Party shall tend"));
    desk.drag(from, to);
    desk.type_text("k");
    assert_eq!(desk.own().len(), 2);
    assert!(desk.own()[1].concerns.contains(&kept.id));
    desk.press(NONE, Key::Escape);

    desk.press(CTRL_SHIFT, Key::C);
    desk.click_of(Role::ListBoxOption, "Keepers of lights");
    desk.must_see("1 annotation has it");
    assert!(desk.is_disabled("Remove"), "a concern in use is not removed");
    desk.click("Retire");
    assert!(desk.concern("Keepers of lights").retired);
    desk.must_see("Keepers of lights (retired)");
    desk.click("Bring back");
    assert!(!desk.concern("Keepers of lights").retired);
    desk.click("Merge into…");
    desk.click_of(Role::Button, "Surveillance powers");
    let book = &desk.w().project().unwrap().codebook;
    assert!(book.get(kept.id).is_none_or(|c| c.retired));
    assert!(desk.own()[1].concerns.contains(&desk.concern("Surveillance powers").id));
    desk.click("Done");
    desk.must_not_see("Keep the changes");
    desk.press(CTRL, Key::Z);
    assert!(desk.own()[1].concerns.contains(&kept.id), "a merge is one step back");
}
