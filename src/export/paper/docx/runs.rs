//! Words: what is struck and what is put in, their language, and which of them run from right to left.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use super::story::Story;
use super::styles::Style;
use super::xml::Xml;
use crate::export::paper::flow::{address, clean, noted, tag};
use crate::export::paper::{PaperLanguage, Run, Stroke};

/// Words with a direction of their own.
#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    /// Where it ends, in bytes of the words of the paragraph.
    end: usize,
    rtl: bool,
}

impl Story<'_> {
    /// The words of a paragraph that runs from right to left or not, and their footnotes.
    pub(super) fn runs(&mut self, runs: &[&Run], rtl: bool) {
        let cleaned: Vec<_> = runs.iter().map(|run| clean(&run.text)).collect();
        let stretches = stretches(&cleaned.concat(), rtl);
        let mut next = stretches.iter();
        let mut stretch = next.next();
        let mut start = 0;
        for (run, text) in runs.iter().zip(&cleaned) {
            let link = run.link.as_deref().and_then(address);
            let end = start + text.len();
            if let (Some(address), false) = (&link, text.is_empty()) {
                let id = self.link(address);
                self.xml.start("w:hyperlink", &[("r:id", &id), ("w:history", "1")]);
            }
            let mut at = start;
            while at < end {
                let (until, rtl) = stretch.map_or((end, rtl), |s| (s.end.min(end), s.rtl));
                self.words(run, &text[at - start..until - start], rtl, link.is_some());
                if stretch.is_some_and(|s| s.end <= until) {
                    stretch = next.next();
                }
                at = until;
            }
            if link.is_some() && !text.is_empty() {
                self.xml.end();
            }
            if let Some(note) = noted(run) {
                self.note(note);
            }
            start = end;
        }
    }

    fn words(&mut self, run: &Run, text: &str, rtl: bool, is_link: bool) {
        self.xml.start("w:r", &[]);
        let style = match run.mark.stroke {
            Stroke::PutIn => Some(Style::PutIn),
            Stroke::Struck => Some(Style::Struck),
            Stroke::Kept => is_link.then_some(Style::Link),
        };
        let style = style.map(|style| self.setting.styles.id(style).to_owned());
        let language = run.language.as_deref().and_then(tag);
        self.properties(style.as_deref(), run, rtl, language);
        written(&mut self.xml, text);
        self.xml.end();
    }

    fn properties(&mut self, style: Option<&str>, run: &Run, rtl: bool, language: Option<&str>) {
        let is_strong = run.mark.strong || run.mark.stroke == Stroke::PutIn;
        let mut xml = Xml::fragment();
        if let Some(style) = style {
            xml.value("w:rStyle", style);
        }
        let primary = language.map(primary);
        let is_east_asian = match &primary {
            Some(primary) => is_east_asian(primary),
            None => self.setting.paper.language == PaperLanguage::Chinese,
        };
        if is_east_asian {
            // Quotation marks and dashes that western and Chinese letters share are set as Chinese.
            xml.raw(r#"<w:rFonts w:hint="eastAsia"/>"#);
        }
        // Said outright: bold from a style of letters in a bold paragraph would be undone.
        if is_strong {
            xml.raw("<w:b/><w:bCs/>");
        }
        if run.mark.emphasis {
            xml.raw("<w:i/><w:iCs/>");
        }
        if rtl {
            xml.raw("<w:rtl/>");
        }
        if let (Some(language), Some(primary)) = (language, primary) {
            let kind = match () {
                () if is_east_asian => "w:eastAsia",
                () if is_complex(&primary) => "w:bidi",
                () => "w:val",
            };
            let full = PaperLanguage::named(language)
                .filter(|_| !language.contains('-'))
                .map(|known| super::styles::languages(known))
                .map(|[western, east, complex]| match kind {
                    "w:eastAsia" => east,
                    "w:bidi" => complex,
                    _ => western,
                });
            xml.empty("w:lang", &[(kind, full.unwrap_or(language))]);
        } else if self.setting.is_dressed {
            // The document that lends its styles may be in another language.
            let [western, east, complex] = super::styles::languages(self.setting.paper.language);
            xml.empty("w:lang", &[("w:val", western), ("w:eastAsia", east), ("w:bidi", complex)]);
        }
        let properties = xml.finish();
        if !properties.is_empty() {
            self.xml.raw(&format!("<w:rPr>{properties}</w:rPr>"));
        }
    }
}

/// Words with their tabs and breaks of lines, inside a run.
pub(super) fn written(xml: &mut Xml, text: &str) {
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            xml.empty("w:br", &[]);
        }
        for (i, words) in line.split('\t').enumerate() {
            if i > 0 {
                xml.empty("w:tab", &[]);
            }
            if !words.is_empty() {
                xml.element("w:t", &[("xml:space", "preserve")], words);
            }
        }
    }
}

fn primary(language: &str) -> String {
    language.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

fn is_east_asian(primary: &str) -> bool {
    ["zh", "ja", "ko", "yue", "cmn"].contains(&primary)
}

fn is_complex(primary: &str) -> bool {
    ["ar", "he", "fa", "ur", "ps", "ckb", "dv", "yi", "hi", "th", "bn", "ta", "am"].contains(&primary)
}

/// Which words of a paragraph run from right to left. Numbers between them do too, as Word expects it.
fn stretches(text: &str, rtl: bool) -> Vec<Stretch> {
    let is_turning = |c: char| {
        matches!(
            bidi_class(c),
            BidiClass::R | BidiClass::AL | BidiClass::AN | BidiClass::RLE | BidiClass::RLO | BidiClass::RLI
        )
    };
    if !rtl && !text.chars().any(|c| c >= '\u{590}' && is_turning(c)) {
        return vec![Stretch { end: text.len(), rtl: false }];
    }
    let base = if rtl { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(text, Some(base));
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let level = info.levels[start];
        let length = info.levels[start..].iter().position(|l| *l != level);
        let end = length.map_or(text.len(), |length| start + length);
        let words = &text[start..end];
        let is_rtl = level.is_rtl() || (level.number() > 0 && !words.chars().any(|c| bidi_class(c) == BidiClass::L));
        match stretches.last_mut() {
            Some(last) if last.rtl == is_rtl => last.end = end,
            _ => stretches.push(Stretch { end, rtl: is_rtl }),
        }
        start = end;
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rtl: bool, expected: &[(&str, bool)]) {
        let mut start = 0;
        let found: Vec<_> = stretches(text, rtl)
            .into_iter()
            .map(|s| (&text[std::mem::replace(&mut start, s.end)..s.end], s.rtl))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_are_told_apart_by_their_direction() {
        check("Article 23 (2)", false, &[("Article 23 (2)", false)]);
        check("المادة 23 من", true, &[("المادة 23 من", true)]);
        check("المادة 23(c) هنا", true, &[("المادة 23(", true), ("c", false), (") هنا", true)]);
        check("see المادة 23 here", false, &[("see ", false), ("المادة 23", true), (" here", false)]);
        check("", true, &[]);
    }
}
