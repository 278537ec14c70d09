//! The table of styles: which paragraphs are headings, and what a style sets.

use std::collections::HashMap;

use crate::import::manuscript::Look;

/// The styles of paragraphs.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<i32, Style>,
    open: Option<(i32, Style)>,
}

/// A style of paragraphs.
#[derive(Clone, Default)]
pub(super) struct Style {
    /// From 1; 0 for running text.
    pub heading: u8,
    pub look: Look,
    pub contents: bool,
    name: String,
}

impl Styles {
    /// A control word in the table of styles.
    pub fn describe(&mut self, word: &str, number: Option<i32>) {
        if word == "s" {
            self.open = Some((number.unwrap_or(0), Style::default()));
        }
        let Some((_, style)) = &mut self.open else { return };
        let on = number != Some(0);
        match word {
            "outlinelevel" => {
                style.heading = u8::try_from(number.unwrap_or(0)).map_or(0, |n| if n < 9 { n + 1 } else { 0 });
            }
            "b" => style.look = style.look.with(Look::BOLD, on),
            "i" => style.look = style.look.with(Look::ITALIC, on),
            "ul" => style.look = style.look.with(Look::UNDERLINED, on),
            "strike" => style.look = style.look.with(Look::STRUCK, on),
            _ => {}
        }
    }

    /// The name of the style that is being described.
    pub fn name(&mut self, words: &str) {
        if let Some((_, style)) = &mut self.open
            && style.name.len() < 80
        {
            style.name.push_str(words);
        }
    }

    /// The group that describes a style ends.
    pub fn end(&mut self) {
        let Some((number, mut style)) = self.open.take() else { return };
        let name = style.name.trim_matches([';', ' ', '\r', '\n']).to_lowercase();
        if style.heading == 0 {
            let level = name.strip_prefix("heading ").and_then(|level| level.parse().ok());
            style.heading = level.filter(|level| (1..=9).contains(level)).unwrap_or(0);
        }
        style.contents = name.starts_with("toc ") || name.starts_with("contents ");
        self.styles.insert(number, style);
    }

    /// What a style sets.
    pub fn get(&self, number: i32) -> Option<&Style> {
        self.styles.get(&number)
    }
}
