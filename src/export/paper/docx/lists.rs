//! The numbers and bullets of lists.

use super::styles::WORD;
use super::xml::Xml;
use crate::export::paper::flow::DEEPEST_LIST;

/// The numbers of lists that Word keeps: beyond them, numbers are written out.
const MOST: u32 = 2_000;
/// How far each level is set in, and how far its number hangs out, in twentieths of a point.
pub(super) const INDENT: u32 = 425;

/// Which lists there are.
pub(super) struct Lists {
    /// The highest ids in use by others, of definitions and of lists.
    taken: (u32, u32),
    /// The level that each numbered list starts at.
    numbered: Vec<u8>,
    has_bullets: bool,
}

impl Lists {
    /// Lists beside others, whose definitions and lists have ids up to these.
    pub fn after(taken: (u32, u32)) -> Self {
        Self { taken, numbered: Vec::new(), has_bullets: false }
    }

    /// The id of a new list at a level, from 0; none where there are too many.
    pub fn add(&mut self, numbered: bool, level: u8) -> Option<u32> {
        let bullets = self.taken.1 + 1;
        if !numbered {
            self.has_bullets = true;
            return Some(bullets);
        }
        let id = bullets + u32::try_from(self.numbered.len()).unwrap_or(u32::MAX).saturating_add(1);
        (id <= MOST).then(|| {
            self.numbered.push(level);
            id
        })
    }

    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        self.numbered.is_empty() && !self.has_bullets
    }

    /// The part of a file of our own.
    pub fn part(&self) -> String {
        let mut xml = Xml::part("w:numbering", &[("xmlns:w", WORD)]);
        let [definitions, lists] = self.added(true);
        xml.raw(&definitions);
        xml.raw(&lists);
        xml.finish()
    }

    /// The definitions and the lists, to stand among others; `alone` where their root names the namespace.
    pub fn added(&self, alone: bool) -> [String; 2] {
        let space: &[(&str, &str)] = if alone { &[] } else { &[("xmlns:w", WORD)] };
        let (bullet, number) = (self.taken.0 + 1, self.taken.0 + 2);
        let mut definitions = Xml::fragment();
        for (id, is_numbered) in [(bullet, false), (number, true)] {
            let id = id.to_string();
            definitions.start("w:abstractNum", &[space, &[("w:abstractNumId", &id)]].concat());
            definitions.value("w:multiLevelType", "multilevel");
            for level in 0..DEEPEST_LIST {
                let (format, text) = if is_numbered { numbers(level) } else { ("bullet", bullets(level).to_owned()) };
                let left = INDENT * (level as u32 + 1);
                definitions.start("w:lvl", &[("w:ilvl", &level.to_string())]);
                definitions.value("w:start", "1");
                definitions.value("w:numFmt", format);
                definitions.value("w:lvlText", &text);
                definitions.value("w:lvlJc", "left");
                definitions.raw(&format!(r#"<w:pPr><w:ind w:left="{left}" w:hanging="{INDENT}"/></w:pPr>"#));
                definitions.end();
            }
            definitions.end();
        }
        let mut lists = Xml::fragment();
        let mut list = |id: u32, of: u32, restarts: Option<u8>| {
            lists.start("w:num", &[space, &[("w:numId", &id.to_string())]].concat());
            lists.value("w:abstractNumId", &of.to_string());
            if let Some(level) = restarts {
                lists.start("w:lvlOverride", &[("w:ilvl", &level.to_string())]);
                lists.value("w:startOverride", "1");
                lists.end();
            }
            lists.end();
        };
        list(self.taken.1 + 1, bullet, None);
        for (id, level) in (self.taken.1 + 2..).zip(&self.numbered) {
            list(id, number, Some(*level));
        }
        [definitions.finish(), lists.finish()]
    }
}

fn bullets(level: usize) -> &'static str {
    ["\u{2022}", "\u{2013}", "\u{25aa}"][level % 3]
}

fn numbers(level: usize) -> (&'static str, String) {
    let n = level + 1;
    match level % 3 {
        0 => ("decimal", format!("%{n}.")),
        1 => ("lowerLetter", format!("(%{n})")),
        _ => ("lowerRoman", format!("(%{n})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_numbered_list_begins_anew_and_others_keep_their_ids() {
        let mut lists = Lists::after((4, 9));
        assert!(lists.is_empty());
        assert_eq!([lists.add(false, 0), lists.add(true, 1), lists.add(true, 0)], [Some(10), Some(11), Some(12)]);
        let [definitions, nums] = lists.added(false);
        assert!(definitions.contains(r#"w:abstractNumId="5""#) && definitions.contains(r#"w:abstractNumId="6""#));
        assert!(nums.contains(r#"w:numId="12"><w:abstractNumId w:val="6"/><w:lvlOverride w:ilvl="0">"#), "{nums}");
        assert_eq!((0..3_000).filter(|_| lists.add(true, 0).is_some()).count(), 2_000 - 12);
    }
}
