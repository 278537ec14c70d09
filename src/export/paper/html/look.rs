//! How the page looks, on a screen by day and by night, and on paper.

use super::super::words::Words;
use super::super::{Density, Paper, Sheet};

/// The style sheet.
pub(super) fn look(paper: &Paper, words: &Words) -> String {
    let lies = if paper.sheet == Sheet::Lying { " landscape" } else { "" };
    let margin = match (paper.density, paper.sheet) {
        (Density::Dense, _) => "16mm 18mm",
        (Density::Roomy, Sheet::Upright) => "25mm 26mm",
        (Density::Roomy, Sheet::Lying) => "20mm 21mm",
    };
    let [before, between, after] = words.page;
    // Where lines of the page begin, also for those that are in other letters.
    let side = if paper.language.is_right_to_left() { "right" } else { "left" };
    let screen = SCREEN.replace("SIDE", side);
    format!(
        "{screen}@page {{ size: A4{lies}; margin: {margin};\n  @bottom-center {{ content: \"{before}\" counter(page) \
         \"{between}\" counter(pages) \"{after}\"; font: 8.5pt serif; color: #595959; }} }}\n{PRINT}"
    )
}

/// Every pair of colors that meet differs by 4.5 to 1 and more.
const SCREEN: &str = r#":root { --paper: #fdfcfa; --ink: #1d1f23; --head: #1f3552; --quiet: #55585f; --line: #bfc7d1;
  --shade: #eef1f5; --link: #1a4f8b; --new: #0b5a2a; --old: #8c1d18; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --paper: #17191d; --ink: #e4e2dd; --head: #b9cfee; --quiet: #a9adb5;
  --line: #474d57; --shade: #23272e; --link: #9cc3f5; --new: #8fd9a8; --old: #f2a9a2; } }
html { background: var(--paper); color: var(--ink); }
body { font-family: Cambria, "Libertinus Serif", "Noto Serif", "Times New Roman", "Noto Naskh Arabic", "Songti SC",
  "Noto Serif CJK SC", SimSun, serif; font-size: 1.0625rem; line-height: 1.55; max-width: 44rem; margin: 0 auto;
  padding: 3rem 1.5rem 5rem; overflow-wrap: break-word; }
body.lying { max-width: 70rem; }
body.dense { font-size: .9375rem; line-height: 1.4; padding-block: 1.5rem 3rem; }
h1, h2, h3, h4, h5 { color: var(--head); line-height: 1.25; margin: 1.9em 0 .5em; white-space: pre-wrap; }
h1 { font-size: 1.9em; } h2 { font-size: 1.4em; } h3 { font-size: 1.17em; } h4 { font-size: 1.04em; }
h5 { font-size: 1em; font-style: italic; }
p { margin: 0 0 .75em; white-space: pre-wrap; }
header { border-block-end: 2px solid var(--head); margin-block-end: 2em; padding-block-end: .8em; }
header p { margin: 0 0 .3em; }
header p, h1, h2, h3, h4, h5, li, li p, .label, .signatories p { text-align: SIDE; }
header h1 { margin: .6em 0 .3em; }
.logo { display: block; margin-block-end: .8em; max-width: 100%; height: auto; }
.organisation { color: var(--quiet); font-weight: bold; }
@media (prefers-color-scheme: dark) { .logo { background: #fff; padding: .5rem; border-radius: .25rem; } }
.subtitle { color: var(--quiet); font-size: 1.2em; }
blockquote { margin: 0 0 .75em; padding-inline-start: 1em; border-inline-start: 3px solid var(--line); }
.proposal { background: var(--shade); border-inline-start: 3px solid var(--head); padding: .5em 1em; }
.proposal:has(+ .proposal) { margin-block-end: 0; padding-block-end: .25em; }
.ask { border-inline-start: 3px solid var(--ink); padding-inline-start: 1em; }
.label { color: var(--quiet); font-size: .86em; }
.since { font-style: italic; }
:lang(ar) .since, :lang(zh) .since, h5:lang(ar), h5:lang(zh) { font-style: normal; }
ins { color: var(--new); font-weight: bold; text-decoration: underline; }
del { color: var(--old); text-decoration: line-through; }
a { color: var(--link); }
sup { line-height: 0; font-size: .75em; }
sup a { padding-inline: .15em; text-decoration: none; }
nav { margin: 2em 0; }
nav ol { list-style: none; padding-inline-start: 0; margin: 0; }
nav ol ol { padding-inline-start: 1.4em; }
nav a { text-decoration: none; } nav a:hover, nav a:focus { text-decoration: underline; }
.table { overflow-x: auto; margin: 1.2em 0; } .table:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: .9em; line-height: 1.4;
  border-block: 2px solid var(--head); overflow-wrap: anywhere; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: start; vertical-align: top; padding: .45em .6em; border: 1px solid var(--line); }
th { background: var(--shade); color: var(--head); border-block-end: 2px solid var(--head); white-space: pre-wrap; }
th:first-child, td:first-child { border-inline-start: 0; } th:last-child, td:last-child { border-inline-end: 0; }
td p { margin-block-end: .4em; } td > :last-child { margin-block-end: 0; }
td blockquote { padding-inline-start: 0; border: 0; margin-block-end: .4em; } td .proposal { background: none; border: 0; padding: 0; }
td .proposal:has(+ .proposal) { margin-block-end: .4em; padding: 0; } td .ask { border: 0; padding: 0; }
hr.page { border: 0; border-block-start: 1px solid var(--line); margin: 2.5em 0; }
[role="doc-endnotes"] { font-size: .9em; margin-block-start: 3em; border-block-start: 1px solid var(--line); }
.note { white-space: pre-wrap; }
:target { background: var(--shade); }
@media screen { table { min-width: calc(var(--columns, 1) * 9rem); } .lying table { font-size: .84em; } }
@media screen and (max-width: 40rem) { body { padding-inline: 1rem; } table { font-size: .82em; } }
"#;

const PRINT: &str = r#"@media print {
  :root { --paper: #fff; --ink: #000; --head: #1f3552; --quiet: #55585f; --line: #bfc7d1; --shade: #eef1f5;
    --link: #1a4f8b; --new: #0b5a2a; --old: #8c1d18; color-scheme: light; }
  body, body.lying { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.45; }
  body.dense { font-size: 9pt; line-height: 1.3; padding: 0; }
  h1, h2, h3, h4, h5, caption { break-after: avoid; break-inside: avoid; }
  p, li { orphans: 2; widows: 2; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  tr { break-inside: avoid; }
  .lying tr { break-inside: auto; }
  .proposal, blockquote { break-inside: avoid; }
  .label, blockquote:has(+ .label), .ask:has(+ .proposal) { break-after: avoid; }
  .logo { background: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  nav li { break-inside: avoid; }
  hr.page { break-after: page; border: 0; margin: 0; }
  [role="doc-backlink"] { display: none; }
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    /// The colors of a block of the style sheet by name.
    fn colors(css: &str) -> Vec<(String, f64)> {
        let values = css.split("--").skip(1).filter_map(|rest| rest.split_once(':'));
        let light = |hex: &str| {
            let long = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
            let part = |at: usize| f64::from(u8::from_str_radix(&long[at..at + 2], 16).unwrap()) / 255.0;
            let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
            0.2126 * linear(part(0)) + 0.7152 * linear(part(2)) + 0.0722 * linear(part(4))
        };
        values
            .filter_map(|(name, value)| {
                let hex = value.trim().strip_prefix('#')?.split(';').next()?;
                Some((name.to_owned(), light(hex)))
            })
            .collect()
    }

    #[test]
    fn words_stand_out_by_day_by_night_and_on_paper() {
        let day = &SCREEN[..SCREEN.find("@media").unwrap()];
        let night = &SCREEN[day.len()..SCREEN.find("html {").unwrap()];
        for scheme in [day, night, &PRINT[..PRINT.find("body").unwrap()]] {
            let colors = colors(scheme);
            let of = |name: &str| colors.iter().find(|(n, _)| n == name).unwrap().1;
            for ink in ["ink", "head", "quiet", "link", "new", "old"] {
                for ground in ["paper", "shade"] {
                    let (a, b) = (of(ink).max(of(ground)), of(ink).min(of(ground)));
                    let contrast = (a + 0.05) / (b + 0.05);
                    assert!(contrast >= 4.5, "{ink} on {ground}: {contrast} in {scheme}");
                }
            }
        }
    }
}
