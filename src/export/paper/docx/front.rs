//! What stands before the text, and the signatories behind it.

use super::logo::Pictures;
use super::story::{Look, Story, bookmark};
use super::styles::Style;
use crate::export::paper::Run;
use crate::export::paper::flow::clean;
use crate::export::paper::words::words;

/// The deepest level that the field gathers when a person updates it.
const LEVELS: u8 = 3;

impl Story<'_> {
    /// The mark, the organisation, the title and what is below it.
    pub(super) fn front(&mut self, pictures: Option<&Pictures>) {
        let front = &self.setting.paper.front;
        let lines = [
            (Style::Organisation, &front.organisation),
            (Style::Title, &front.title),
            (Style::Subtitle, &front.subtitle),
            (Style::Addressee, &front.addressee),
            (Style::Date, &front.date),
        ];
        let lines: Vec<_> = lines.into_iter().filter(|(_, words)| !clean(words).trim().is_empty()).collect();
        if let Some(pictures) = pictures {
            let rtl = self.setting.paper.language.is_right_to_left();
            self.open_paragraph(Look { style: Some(Style::Organisation), rtl, keeps_next: true, ..Look::default() });
            pictures.write(&mut self.xml, &front.organisation);
            self.xml.end();
        }
        let count = lines.len();
        for (i, (style, words)) in lines.into_iter().enumerate() {
            let run = Run::plain(words.as_str());
            let rtl = self.direction(&[&run]);
            self.open_paragraph(Look {
                style: Some(style),
                rtl,
                keeps_side: true,
                is_ruled: i + 1 == count,
                ..Look::default()
            });
            self.runs(&[&run], rtl);
            self.xml.end();
        }
    }

    /// The table of contents: a field, filled already.
    ///
    /// It has no numbers of pages until a person updates it: only a program that sets the pages knows them, and a field
    /// that is marked as to be updated makes Word ask the reader whether other files may be looked into.
    pub(super) fn contents(&mut self) {
        let entries = self.setting.entries;
        let Some(last) = entries.len().checked_sub(1) else { return };
        let heading = Run::plain(words(self.setting.paper.language).contents);
        self.xml.start("w:sdt", &[]);
        self.xml.raw(concat!(
            r#"<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>"#,
            "</w:docPartObj></w:sdtPr>"
        ));
        self.xml.start("w:sdtContent", &[]);
        let rtl = self.direction(&[&heading]);
        self.open_paragraph(Look { style: Some(Style::ContentsHeading), rtl, ..Look::default() });
        self.runs(&[&heading], rtl);
        self.xml.end();
        let levels = entries.iter().map(|entry| entry.level).max().unwrap_or(LEVELS);
        for (i, entry) in entries.iter().enumerate() {
            let run = Run::plain(entry.words.as_str());
            let rtl = self.direction(&[&run]);
            self.open_paragraph(Look {
                style: Some(Style::Contents(entry.level)),
                rtl,
                keeps_side: true,
                ..Look::default()
            });
            if i == 0 {
                self.xml.raw(&format!(
                    concat!(
                        r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> "#,
                        r#"TOC \o "1-{}" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>"#
                    ),
                    levels
                ));
            }
            self.xml.start("w:hyperlink", &[("w:anchor", &bookmark(entry.heading)), ("w:history", "1")]);
            self.runs(&[&run], rtl);
            self.xml.end();
            if i == last {
                self.xml.raw(r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#);
            }
            self.xml.end();
        }
        self.xml.end();
        self.xml.end();
    }

    /// Who signs.
    pub(super) fn signatories(&mut self) {
        let Some((heading, names)) = &self.setting.paper.front.signatories else { return };
        let heading = std::iter::once((Style::Heading(1), heading));
        let names = names.iter().map(|name| (Style::Signature, name));
        for (style, words) in heading.chain(names).filter(|(_, words)| !clean(words).trim().is_empty()) {
            let run = Run::plain(words.as_str());
            let rtl = self.direction(&[&run]);
            self.open_paragraph(Look { style: Some(style), rtl, keeps_side: true, ..Look::default() });
            self.runs(&[&run], rtl);
            self.xml.end();
        }
    }
}
