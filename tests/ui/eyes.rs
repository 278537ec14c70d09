//! What an analyst sees on the window, by name.

use std::fmt::Write as _;

use eframe::egui::{self, Rect, Role};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT as _;

use super::desk::Desk;

/// Eyes.
impl Desk {
    pub fn all(&self) -> Vec<Node<'_>> {
        self.window.root().children_recursive().filter(|n| !n.accesskit_node().is_hidden()).collect()
    }

    /// The paragraph or heading of the page that has these words.
    #[track_caller]
    pub fn paragraph(&self, words: &str) -> Rect {
        let is_text = |n: &Node<'_>| matches!(n.accesskit_node().role(), Role::Paragraph | Role::Heading);
        let page = self.matching(|n, _| n.accesskit_node().role() == Role::Document)[0].rect();
        let is_seen = |n: &Node<'_>| page.contains(n.rect().center());
        let list = self.matching(|n, name| is_text(n) && name.contains(words) && is_seen(n));
        list.first().unwrap_or_else(|| panic!("{words:?} is not in sight:\n{}", self.screen())).rect()
    }

    /// Everything with a name, one a line: what a failing test prints.
    pub fn screen(&self) -> String {
        let mut list = String::new();
        for node in self.all() {
            let name = name_of(&node);
            if !name.is_empty() {
                let on = if node.is_focused() { " <- keyboard" } else { "" };
                let value = node.value().unwrap_or_default();
                let _ = writeln!(list, "{:?} {name:?} {value:?}{on}", node.accesskit_node().role());
            }
        }
        list
    }

    pub fn matching(&self, fits: impl Fn(&Node<'_>, &str) -> bool) -> Vec<Node<'_>> {
        self.all().into_iter().filter(|n| fits(n, &name_of(n))).collect()
    }

    /// Whether something on screen has exactly this name.
    pub fn sees(&self, name: &str) -> bool {
        !self.matching(|_, n| n == name).is_empty()
    }

    /// Whether something on screen has these words in its name.
    pub fn sees_words(&self, words: &str) -> bool {
        !self.matching(|_, n| n.contains(words)).is_empty()
    }

    #[track_caller]
    pub fn must_see(&self, words: &str) {
        assert!(self.sees_words(words), "{words:?} is not on screen:\n{}", self.screen());
    }

    #[track_caller]
    pub fn must_not_see(&self, words: &str) {
        assert!(!self.sees_words(words), "{words:?} is on screen:\n{}", self.screen());
    }

    /// The one thing to act on that has this name; a label that names another thing does not count.
    #[track_caller]
    pub fn thing(&self, name: &str) -> Node<'_> {
        let list = self.matching(|n, found| found == name && can_be_used(n));
        match list.as_slice() {
            [one] => *one,
            [] => panic!("nothing to use is named {name:?}:\n{}", self.screen()),
            many => panic!(
                "{} things are named {name:?}: {:?}",
                many.len(),
                many.iter().map(|n| n.rect()).collect::<Vec<_>>()
            ),
        }
    }

    #[track_caller]
    pub fn thing_of(&self, role: Role, name: &str) -> Node<'_> {
        let list = self.matching(|n, found| n.accesskit_node().role() == role && found == name);
        assert_eq!(list.len(), 1, "there are {} of {role:?} {name:?}:\n{}", list.len(), self.screen());
        list[0]
    }

    /// The first thing of a role that has these words in its name.
    #[track_caller]
    pub fn first(&self, role: Role, words: &str) -> Node<'_> {
        let list = self.matching(|n, found| n.accesskit_node().role() == role && found.contains(words));
        *list.first().unwrap_or_else(|| panic!("there is no {role:?} with {words:?}:\n{}", self.screen()))
    }

    /// All names of a role, in the order of the screen's tree.
    pub fn names(&self, role: Role) -> Vec<String> {
        self.matching(|n, _| n.accesskit_node().role() == role).iter().map(name_of).collect()
    }

    /// What was put on the clipboard last; what puts it there is done in the frames before.
    pub fn copied(&self) -> String {
        self.clipboard.clone()
    }

    /// What stands in all fields of a name.
    pub fn values_of(&self, name: &str) -> Vec<String> {
        self.matching(|n, found| found == name && can_be_used(n)).iter().filter_map(|n| n.value()).collect()
    }

    /// The name of what has the keyboard.
    pub fn keyboard_at(&self) -> String {
        let list: Vec<_> = self.all().into_iter().filter(Node::is_focused).collect();
        list.first().map(name_of).unwrap_or_default()
    }

    /// Whether the page has the keyboard.
    pub fn is_on_page(&self) -> bool {
        self.all().iter().any(|n| n.is_focused() && n.accesskit_node().role() == Role::Document)
    }

    /// What stands in a field.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        self.thing(name).value().unwrap_or_default()
    }
}

impl Desk {
    /// Whether a row is marked as the chosen one.
    #[track_caller]
    pub fn is_chosen(&self, name: &str) -> bool {
        self.thing(name).accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    }

    /// Whether a button is there but cannot be pressed.
    #[track_caller]
    pub fn is_disabled(&self, name: &str) -> bool {
        self.thing(name).accesskit_node().is_disabled()
    }
}

pub fn name_of(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    let name = if node.role() == Role::Label { node.value() } else { node.label() };
    name.unwrap_or_default()
}

fn can_be_used(node: &Node<'_>) -> bool {
    let role = node.accesskit_node().role();
    egui::accessibility::is_input(role) || matches!(role, Role::Mark | Role::Document)
}
