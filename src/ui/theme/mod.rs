//! How the window looks: colors, spacing and sizes as tokens, and the faces text is set in.
//!
//! The tokens live in `assets/theme/*.ron`, one file for light and one for dark; no other file of the program names a
//! color. Must not know: the workspace, any panel, what a color is used for beyond its role.

mod fonts;
mod visuals;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use eframe::egui::{Color32, Theme};
use serde::{Deserialize, Deserializer};

use crate::model::Swatch;

pub use fonts::{fonts, sans, serif, serif_bold, serif_bold_italic, serif_italic, serif_semibold};
pub use visuals::apply;

/// What one theme looks like. Every text color reads on every background it can stand on with a contrast of at least
/// 4.5 to 1 (WCAG 2.2, 1.4.3).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// Whether light text stands on a dark page.
    pub dark: bool,
    /// The page.
    #[serde(deserialize_with = "color")]
    pub paper: Color32,
    /// What laid out pages are tinted with: paper that does not dazzle.
    #[serde(deserialize_with = "color")]
    pub sheet: Color32,
    /// Text.
    #[serde(deserialize_with = "color")]
    pub ink: Color32,
    /// Labels, hints, what has been settled: text that waits its turn.
    #[serde(deserialize_with = "color")]
    pub quiet_ink: Color32,
    /// Behind panels, bars and lists.
    #[serde(deserialize_with = "color")]
    pub chrome: Color32,
    /// Cards, fields and popups, which stand out from the chrome.
    #[serde(deserialize_with = "color")]
    pub chrome_raised: Color32,
    /// Hairlines between areas.
    #[serde(deserialize_with = "color")]
    pub chrome_line: Color32,
    /// A row or button under the pointer.
    #[serde(deserialize_with = "color")]
    pub chrome_hover: Color32,
    /// What can be done: the one color that asks for attention.
    #[serde(deserialize_with = "color")]
    pub accent: Color32,
    /// Text on the accent.
    #[serde(deserialize_with = "color")]
    pub accent_ink: Color32,
    /// Behind selected text and rows.
    #[serde(deserialize_with = "color")]
    pub selection: Color32,
    /// Behind words that were searched for.
    #[serde(deserialize_with = "color")]
    pub search_mark: Color32,
    /// Behind the one of them that is being looked at.
    #[serde(deserialize_with = "color")]
    pub search_current: Color32,
    /// The text cursor.
    #[serde(deserialize_with = "color")]
    pub caret: Color32,
    /// Text that leads somewhere.
    #[serde(deserialize_with = "color")]
    pub link: Color32,
    /// What destroys or has gone wrong.
    #[serde(deserialize_with = "color")]
    pub danger: Color32,
    /// Words that stand only in the older of two drafts; a line goes through them.
    #[serde(deserialize_with = "color")]
    pub struck: Color32,
    /// Words that stand only in the newer one; a line goes under them.
    #[serde(deserialize_with = "color")]
    pub put_in: Color32,
    /// Under windows and popups.
    #[serde(deserialize_with = "color")]
    pub shadow: Color32,
    /// How much stands in a cell: five steps away from the page, each with what is written on it. They are told apart in
    /// grey.
    pub heat: [Pigment; 5],
    /// Lines under words that a lens sets apart.
    pub lens: LensInks,
    swatches: BTreeMap<Swatch, Pigment>,
    /// Distances, in points.
    pub space: Space,
    /// Sizes of text and corners, in points.
    pub size: Sizes,
}

/// Lines under words that a lens sets apart. Their shapes tell them apart as well.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LensInks {
    /// Words that bind.
    #[serde(deserialize_with = "color")]
    pub obligation: Color32,
    /// Words that forbid.
    #[serde(deserialize_with = "color")]
    pub prohibition: Color32,
    /// Words that urge.
    #[serde(deserialize_with = "color")]
    pub soft: Color32,
    /// Words that allow.
    #[serde(deserialize_with = "color")]
    pub permission: Color32,
    /// Words that leave it open how far.
    #[serde(deserialize_with = "color")]
    pub qualifier: Color32,
    /// Defined terms.
    #[serde(deserialize_with = "color")]
    pub term: Color32,
}

/// What a swatch looks like.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pigment {
    /// Behind highlighted words; they stay readable on it.
    #[serde(deserialize_with = "color")]
    pub wash: Color32,
    /// Tags, bars and underlines.
    #[serde(deserialize_with = "color")]
    pub ink: Color32,
}

/// Distances in points.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Space {
    /// Between things that belong together.
    pub small: f32,
    /// Between neighbors.
    pub medium: f32,
    /// Between groups.
    pub large: f32,
    /// Between the text of the page and what stands beside it.
    pub page: f32,
}

/// Sizes in points.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Tags, hints, the status line.
    pub small: f32,
    /// Panels and buttons.
    pub body: f32,
    /// Titles of pages and dialogs.
    pub heading: f32,
    /// The text of a draft, before the analyst changes it.
    pub reading: f32,
    /// The radius of corners.
    pub corner: f32,
}

impl Tokens {
    /// Dark ink on paper.
    pub fn light() -> &'static Self {
        static LIGHT: OnceLock<Tokens> = OnceLock::new();
        LIGHT.get_or_init(|| built_in("light.ron", include_str!("../../../assets/theme/light.ron")))
    }

    /// Light ink on a dark page.
    pub fn dark() -> &'static Self {
        static DARK: OnceLock<Tokens> = OnceLock::new();
        DARK.get_or_init(|| built_in("dark.ron", include_str!("../../../assets/theme/dark.ron")))
    }

    /// The one for a theme of egui.
    pub fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => Self::light(),
            Theme::Dark => Self::dark(),
        }
    }

    /// The theme of egui these are for.
    pub fn theme(&self) -> Theme {
        if self.dark { Theme::Dark } else { Theme::Light }
    }

    /// What a swatch looks like.
    pub fn swatch(&self, swatch: Swatch) -> Pigment {
        // Both files hold all sixteen (tested); ink on paper is still readable should one be missing.
        self.swatches.get(&swatch).copied().unwrap_or(Pigment { wash: self.chrome_hover, ink: self.ink })
    }

    /// The wash of a remark that is not one's own: half way to the paper.
    pub fn faded_wash(&self, swatch: Swatch) -> Color32 {
        self.swatch(swatch).wash.lerp_to_gamma(self.paper, 0.55)
    }
}

fn built_in(name: &str, source: &str) -> Tokens {
    // The files are part of the program and read by a test, so a fault in one never reaches a person.
    ron::from_str(source).unwrap_or_else(|fault| panic!("assets/theme/{name}: {fault}"))
}

#[expect(clippy::disallowed_methods, reason = "tokens are where colors come from")]
fn color<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    let hex = String::deserialize(deserializer)?;
    Color32::from_hex(&hex)
        .map_err(|fault| serde::de::Error::custom(format!("{hex} is not a color like #a1b2c3: {fault:?}")))
}

#[cfg(test)]
mod tests {
    use eframe::egui::Rgba;

    use super::*;

    fn luminance(color: Color32) -> f32 {
        let linear = Rgba::from(color);
        0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn all_text_can_be_read_in_both_themes() {
        for tokens in [Tokens::light(), Tokens::dark()] {
            let t = tokens;
            let chrome = [t.paper, t.chrome, t.chrome_raised, t.chrome_hover];
            let mut pairs: Vec<(String, Color32, Color32)> = vec![("accent ink".into(), t.accent_ink, t.accent)];
            for (i, background) in chrome.into_iter().enumerate() {
                for (name, ink) in [
                    ("ink", t.ink),
                    ("quiet", t.quiet_ink),
                    ("accent", t.accent),
                    ("link", t.link),
                    ("danger", t.danger),
                    ("struck", t.struck),
                    ("put in", t.put_in),
                    ("obligation", t.lens.obligation),
                    ("prohibition", t.lens.prohibition),
                    ("soft obligation", t.lens.soft),
                    ("permission", t.lens.permission),
                    ("qualifier", t.lens.qualifier),
                    ("term", t.lens.term),
                ] {
                    pairs.push((format!("{name} on background {i}"), ink, background));
                }
            }
            for (name, mark) in
                [("selection", t.selection), ("search mark", t.search_mark), ("current search mark", t.search_current)]
            {
                pairs.push((format!("ink on {name}"), t.ink, mark));
            }
            pairs.push(("quiet ink on selection".into(), t.quiet_ink, t.selection));
            for (step, Pigment { wash, ink }) in t.heat.into_iter().enumerate() {
                pairs.push((format!("words on step {step}"), ink, wash));
            }
            for swatch in Swatch::ALL {
                assert!(t.swatches.contains_key(&swatch), "{} is missing", swatch.word());
                let Pigment { wash, ink } = t.swatch(swatch);
                let word = swatch.word();
                pairs.push((format!("ink on {word}"), t.ink, wash));
                for (name, ink) in [("struck", t.struck), ("put in", t.put_in)] {
                    pairs.push((format!("{name} on {word}"), ink, wash));
                    pairs.push((format!("{name} on faded {word}"), ink, t.faded_wash(swatch)));
                }
                pairs.push((format!("ink on faded {word}"), t.ink, t.faded_wash(swatch)));
                pairs.push((format!("quiet ink on {word}"), t.quiet_ink, wash));
                pairs.push((format!("{word} tag on its wash"), ink, wash));
                for (i, background) in chrome.into_iter().enumerate() {
                    pairs.push((format!("{word} tag on background {i}"), ink, background));
                }
            }
            for (name, ink, background) in pairs {
                let ratio = contrast(ink, background);
                assert!(ratio >= 4.5, "{name}, dark {}: {ratio:.2}", t.dark);
            }
        }
    }

    #[test]
    fn the_steps_of_heat_are_told_apart_in_grey() {
        for tokens in [Tokens::light(), Tokens::dark()] {
            let mut before = tokens.paper;
            for step in tokens.heat {
                let ratio = contrast(before, step.wash);
                assert!(ratio >= 1.2, "dark {}: {before:?} and {:?}: {ratio:.2}", tokens.dark, step.wash);
                assert_eq!(luminance(step.wash) > luminance(before), tokens.dark, "always away from the page");
                before = step.wash;
            }
        }
    }

    #[test]
    fn no_two_swatches_look_alike() {
        for tokens in [Tokens::light(), Tokens::dark()] {
            for (i, a) in Swatch::ALL.into_iter().enumerate() {
                for b in &Swatch::ALL[i + 1..] {
                    let (p, q) = (tokens.swatch(a).ink.to_array(), tokens.swatch(*b).ink.to_array());
                    let distance: u32 = p.iter().zip(q).map(|(x, y)| u32::from(x.abs_diff(y))).sum();
                    assert!(distance >= 20, "{} and {}", a.word(), b.word());
                }
            }
        }
    }
}
