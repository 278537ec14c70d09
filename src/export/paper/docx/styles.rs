//! The styles of a paper by the names word processors know them by, and under which ids they stand in this file.
//!
//! Lengths are twentieths of a point, sizes of letters half points, as the format has it.

use std::collections::HashMap;

use super::xml::Xml;
use crate::export::paper::{Density, Paper, PaperLanguage, Role};

/// The address of Word's elements.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The ink of headings.
const INK: &str = "1F3552";

/// A style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Style {
    Normal,
    DefaultFont,
    PlainTable,
    NoList,
    BodyText,
    Title,
    Subtitle,
    Organisation,
    Addressee,
    Date,
    Heading(u8),
    ContentsHeading,
    Contents(u8),
    Quote,
    Proposal,
    Ask,
    Label,
    Since,
    ListBullet,
    ListNumber,
    ListContinue,
    Signature,
    Header,
    Footer,
    NoteText,
    NoteMark,
    Link,
    PutIn,
    Struck,
    Table,
    TableText,
    TableHead,
    TableAsk,
    TableSince,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Paragraph,
    Character,
    Table,
    Numbering,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Character => "character",
            Self::Table => "table",
            Self::Numbering => "numbering",
        }
    }
}

/// All of them; what one rests on stands before it.
const ALL: [Style; 40] = [
    Style::Normal,
    Style::DefaultFont,
    Style::PlainTable,
    Style::NoList,
    Style::BodyText,
    Style::Title,
    Style::Subtitle,
    Style::Organisation,
    Style::Addressee,
    Style::Date,
    Style::Heading(1),
    Style::Heading(2),
    Style::Heading(3),
    Style::Heading(4),
    Style::ContentsHeading,
    Style::Contents(1),
    Style::Contents(2),
    Style::Contents(3),
    Style::Contents(4),
    Style::Quote,
    Style::Proposal,
    Style::Ask,
    Style::Label,
    Style::Since,
    Style::ListBullet,
    Style::ListNumber,
    Style::ListContinue,
    Style::Signature,
    Style::Header,
    Style::Footer,
    Style::NoteText,
    Style::NoteMark,
    Style::Link,
    Style::PutIn,
    Style::Struck,
    Style::Table,
    Style::TableText,
    Style::TableHead,
    Style::TableAsk,
    Style::TableSince,
];

impl Style {
    /// The style of a paragraph, in a table or outside.
    pub fn of(role: Role, in_table: bool) -> Self {
        match (role, in_table) {
            (Role::Body, false) => Self::BodyText,
            (Role::Quote, false) => Self::Quote,
            (Role::Proposal, false) => Self::Proposal,
            (Role::Ask, false) => Self::Ask,
            (Role::Since, false) => Self::Since,
            (Role::Body | Role::Quote | Role::Proposal, true) => Self::TableText,
            (Role::Ask, true) => Self::TableAsk,
            (Role::Since, true) => Self::TableSince,
            (Role::Label, _) => Self::Label,
        }
    }

    /// The name; those of Word's own styles are never translated in files.
    fn name(self) -> String {
        let name = match self {
            Self::Normal => "Normal",
            Self::DefaultFont => "Default Paragraph Font",
            Self::PlainTable => "Normal Table",
            Self::NoList => "No List",
            Self::BodyText => "Body Text",
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::Organisation => "Organisation",
            Self::Addressee => "Addressee",
            Self::Date => "Date",
            Self::Heading(level) => return format!("heading {level}"),
            Self::ContentsHeading => "TOC Heading",
            Self::Contents(level) => return format!("toc {level}"),
            Self::Quote => "Quote",
            Self::Proposal => "Proposal",
            Self::Ask => "Ask",
            Self::Label => "Label",
            Self::Since => "Since",
            Self::ListBullet => "List Bullet",
            Self::ListNumber => "List Number",
            Self::ListContinue => "List Continue",
            Self::Signature => "Signature",
            Self::Header => "header",
            Self::Footer => "footer",
            Self::NoteText => "footnote text",
            Self::NoteMark => "footnote reference",
            Self::Link => "Hyperlink",
            Self::PutIn => "Put in",
            Self::Struck => "Struck",
            Self::Table => "Submission Table",
            Self::TableText => "Table Text",
            Self::TableHead => "Table Head",
            Self::TableAsk => "Table Ask",
            Self::TableSince => "Table Since",
        };
        name.to_owned()
    }

    fn id(self) -> String {
        match self {
            Self::DefaultFont => "DefaultParagraphFont".to_owned(),
            Self::PlainTable => "TableNormal".to_owned(),
            Self::NoteText => "FootnoteText".to_owned(),
            Self::NoteMark => "FootnoteReference".to_owned(),
            Self::Heading(level) => format!("Heading{level}"),
            Self::Contents(level) => format!("TOC{level}"),
            Self::Header => "Header".to_owned(),
            Self::Footer => "Footer".to_owned(),
            _ => self.name().split(' ').map(|w| format!("{}{}", w[..1].to_uppercase(), &w[1..])).collect(),
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::DefaultFont | Self::NoteMark | Self::Link | Self::PutIn | Self::Struck => Kind::Character,
            Self::PlainTable | Self::Table => Kind::Table,
            Self::NoList => Kind::Numbering,
            _ => Kind::Paragraph,
        }
    }

    fn rests_on(self) -> Option<Self> {
        match self {
            Self::Normal | Self::DefaultFont | Self::PlainTable | Self::NoList => None,
            Self::Quote
            | Self::Proposal
            | Self::Ask
            | Self::Since
            | Self::ListBullet
            | Self::ListNumber
            | Self::ListContinue => Some(Self::BodyText),
            Self::TableHead | Self::TableAsk | Self::TableSince => Some(Self::TableText),
            Self::Table => Some(Self::PlainTable),
            Self::NoteMark | Self::Link | Self::PutIn | Self::Struck => Some(Self::DefaultFont),
            _ => Some(Self::Normal),
        }
    }

    fn next(self) -> Option<Self> {
        match self {
            Self::Title | Self::Subtitle | Self::Heading(_) => Some(Self::BodyText),
            _ => None,
        }
    }

    /// Whether Word knows none of that name.
    fn is_ours(self) -> bool {
        matches!(
            self,
            Self::Organisation
                | Self::Addressee
                | Self::Proposal
                | Self::Ask
                | Self::Label
                | Self::Since
                | Self::PutIn
                | Self::Struck
                | Self::Table
                | Self::TableText
                | Self::TableHead
                | Self::TableAsk
                | Self::TableSince
        )
    }

    /// Whether it holds where nothing else is said.
    fn is_default(self) -> bool {
        matches!(self, Self::Normal | Self::DefaultFont | Self::PlainTable | Self::NoList)
    }

    /// The bar where the lines of such a paragraph begin: how wide, in eighths of a point, and its color.
    fn bar(self) -> Option<(u32, &'static str)> {
        Some(match self {
            Self::Quote => (12, "A9B4C2"),
            Self::Proposal => (24, INK),
            Self::Ask => (24, "1C1B19"),
            _ => return None,
        })
    }

    /// The border of a paragraph from right to left whose style has a bar.
    pub fn bar_on_the_right(self) -> String {
        let right = |(width, color)| {
            format!(
                r#"<w:pBdr><w:left w:val="nil"/><w:right w:val="single" w:sz="{width}" w:space="10" w:color="{color}"/></w:pBdr>"#
            )
        };
        self.bar().map(right).unwrap_or_default()
    }

    /// What it says of paragraphs and of letters.
    fn says(self, paper: &Paper) -> (String, String) {
        let dense = paper.density == Density::Dense;
        // Letters of these languages are never slanted.
        let is_upright = matches!(paper.language, PaperLanguage::Arabic | PaperLanguage::Chinese);
        let slant = if is_upright { "" } else { "<w:i/><w:iCs/>" };
        let pick = |roomy: u32, tight: u32| if dense { tight } else { roomy };
        let size = |roomy: u32, tight: u32| {
            let size = pick(roomy, tight);
            format!(r#"<w:sz w:val="{size}"/><w:szCs w:val="{}"/>"#, size + size / 8)
        };
        let space = |before: u32, after: u32, line: u32| {
            format!(r#"<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>"#)
        };
        let ink = |color: &str| format!(r#"<w:color w:val="{color}"/>"#);
        let bar = self.bar().map_or_else(String::new, |(width, color)| {
            format!(r#"<w:pBdr><w:left w:val="single" w:sz="{width}" w:space="10" w:color="{color}"/></w:pBdr>"#)
        });
        let bold = "<w:b/><w:bCs/>";
        let body_line = pick(288, 247);
        match self {
            Self::BodyText => (space(0, pick(140, 60), body_line), String::new()),
            Self::Title => (
                format!("<w:keepNext/><w:keepLines/>{}", space(pick(160, 40), pick(80, 20), 252)),
                format!("{bold}{}{}", ink(INK), size(48, 32)),
            ),
            Self::Subtitle => (
                format!("<w:keepNext/><w:keepLines/>{}", space(0, pick(120, 40), 259)),
                format!("{}{}", ink("4A5563"), size(28, 21)),
            ),
            Self::Organisation => (
                format!("<w:keepNext/>{}", space(0, pick(60, 20), 240)),
                format!("{bold}{}{}", ink("4A5563"), size(21, 18)),
            ),
            Self::Addressee | Self::Date => (space(0, pick(40, 10), 252), size(22, 18)),
            Self::Heading(level) => {
                let (before, after, large) = match level {
                    1 => (pick(420, 160), pick(140, 50), size(32, 23)),
                    2 => (pick(320, 120), pick(100, 40), size(26, 21)),
                    3 => (pick(240, 90), pick(80, 30), size(23, 19)),
                    _ => (pick(200, 80), pick(60, 20), size(22, 18)),
                };
                let slant = if level == 4 { slant } else { "" };
                let outline = format!(r#"<w:outlineLvl w:val="{}"/>"#, level.saturating_sub(1));
                (
                    format!("<w:keepNext/><w:keepLines/>{}{outline}", space(before, after, 252)),
                    format!("{bold}{slant}{}{large}", ink(INK)),
                )
            }
            Self::ContentsHeading => (
                format!("<w:keepNext/><w:keepLines/>{}", space(pick(320, 100), pick(100, 40), 252)),
                format!("{bold}{}{}", ink(INK), size(26, 20)),
            ),
            Self::Contents(level) => {
                let indent = u32::from(level.saturating_sub(1)) * 300;
                let before = if level == 1 { pick(60, 20) } else { 0 };
                (format!(r#"{}<w:ind w:left="{indent}"/>"#, space(before, pick(30, 10), 252)), String::new())
            }
            Self::Quote => (
                format!(r#"{}{}<w:ind w:left="454" w:right="284"/>"#, bar, space(0, pick(140, 60), pick(274, 245))),
                size(21, 18),
            ),
            Self::Proposal => (
                format!(
                    r#"{}<w:shd w:val="clear" w:color="auto" w:fill="F3F5F8"/>{}<w:ind w:left="454" w:right="284"/>"#,
                    bar,
                    space(0, pick(140, 60), pick(274, 245))
                ),
                size(21, 18),
            ),
            Self::Ask => (
                format!(r#"{}{}<w:ind w:left="454" w:right="284"/>"#, bar, space(0, pick(140, 60), body_line)),
                String::new(),
            ),
            Self::TableAsk => (String::new(), String::new()),
            Self::Label => (space(0, pick(80, 30), 252), format!("{}{}", ink("595959"), size(18, 16))),
            Self::Since | Self::TableSince => (String::new(), format!("{slant}{}", ink("404040"))),
            Self::ListBullet | Self::ListNumber | Self::ListContinue => {
                (space(0, pick(70, 30), body_line), String::new())
            }
            Self::Signature => (format!("<w:keepLines/>{}", space(pick(120, 30), pick(60, 20), 264)), String::new()),
            Self::Header => (r#"<w:spacing w:after="0"/>"#.to_owned(), format!("{}{}", ink("595959"), size(17, 15))),
            Self::Footer => (
                r#"<w:spacing w:after="0"/><w:jc w:val="center"/>"#.to_owned(),
                format!("{}{}", ink("595959"), size(17, 15)),
            ),
            Self::NoteText => (space(0, 40, 245), size(18, 16)),
            Self::NoteMark => (String::new(), r#"<w:vertAlign w:val="superscript"/>"#.to_owned()),
            Self::Link => (String::new(), format!(r#"{}<w:u w:val="single"/>"#, ink("1A4F8B"))),
            Self::PutIn => (String::new(), format!(r#"{bold}{}<w:u w:val="single"/>"#, ink("0B5A2A"))),
            Self::Struck => (String::new(), format!("<w:strike/>{}", ink("8C1D18"))),
            Self::TableText => (space(pick(30, 10), pick(50, 20), pick(259, 245)), size(19, 17)),
            Self::TableHead => (r#"<w:keepNext/>"#.to_owned(), format!("{bold}{}", ink(INK))),
            Self::Normal | Self::DefaultFont | Self::PlainTable | Self::NoList | Self::Table => {
                (String::new(), String::new())
            }
        }
    }

    fn written(self, ids: &Styles, paper: &Paper, alone: bool) -> String {
        let mut xml = Xml::fragment();
        let id = ids.id(self);
        let mut attributes = vec![("w:type", self.kind().word()), ("w:styleId", id)];
        if self.is_default() {
            attributes.push(("w:default", "1"));
        }
        if self.is_ours() {
            attributes.push(("w:customStyle", "1"));
        }
        if !alone {
            // Among the styles of another file, whatever prefix that has for Word's elements.
            attributes.push(("xmlns:w", WORD));
        }
        xml.start("w:style", &attributes);
        xml.value("w:name", &self.name());
        if let Some(base) = self.rests_on() {
            xml.value("w:basedOn", ids.id(base));
        }
        if let Some(next) = self.next() {
            xml.value("w:next", ids.id(next));
        }
        let priority = match self {
            Self::PlainTable | Self::NoList | Self::DefaultFont | Self::Link | Self::NoteMark | Self::NoteText => "99",
            Self::Heading(_) => "9",
            Self::Contents(_) | Self::ContentsHeading => "39",
            _ => "10",
        };
        if self != Self::Normal {
            xml.value("w:uiPriority", priority);
        }
        if matches!(self, Self::PlainTable | Self::NoList | Self::DefaultFont) {
            xml.raw("<w:semiHidden/><w:unhideWhenUsed/>");
        } else {
            xml.raw("<w:qFormat/>");
        }
        let (paragraph, letters) = self.says(paper);
        if !paragraph.is_empty() {
            xml.raw(&format!("<w:pPr>{paragraph}</w:pPr>"));
        }
        if !letters.is_empty() {
            xml.raw(&format!("<w:rPr>{letters}</w:rPr>"));
        }
        match self {
            Self::PlainTable => xml.raw(concat!(
                r#"<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>"#,
                r#"<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>"#,
                r#"<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>"#
            )),
            Self::Table => xml.raw(TABLE),
            _ => {}
        }
        xml.finish()
    }
}

/// Lines between rows and columns in a quiet gray, and a head that stands out.
const TABLE: &str = concat!(
    r#"<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>"#,
    r#"<w:top w:val="single" w:sz="8" w:space="0" w:color="1F3552"/>"#,
    r#"<w:left w:val="nil"/>"#,
    r#"<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F3552"/>"#,
    r#"<w:right w:val="nil"/>"#,
    r#"<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFC7D1"/>"#,
    r#"<w:insideV w:val="single" w:sz="4" w:space="0" w:color="DDE2E8"/></w:tblBorders>"#,
    r#"<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>"#,
    r#"<w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>"#,
    r#"<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>"#,
    r#"<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F3552"/></w:tcBorders>"#,
    r#"<w:shd w:val="clear" w:color="auto" w:fill="EEF1F5"/></w:tcPr></w:tblStylePr>"#,
);

/// A style of another file.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Of paragraphs, of letters, of tables or of lists, as the format has it.
    pub kind: String,
    /// Whatever its capitals.
    pub name: String,
    pub id: String,
    /// Whether it holds where nothing else is said.
    pub is_default: bool,
}

/// Under which ids the styles stand, and the part that holds them.
pub(super) struct Styles {
    ids: HashMap<Style, String>,
    missing: Vec<Style>,
}

impl Styles {
    /// With no file to take styles from.
    pub fn own() -> Self {
        Self { ids: ALL.iter().map(|style| (*style, style.id())).collect(), missing: ALL.to_vec() }
    }

    /// With those that a file has.
    pub fn among(found: &[Found]) -> Self {
        let mut ids = HashMap::new();
        let mut missing = Vec::new();
        for style in ALL {
            let kind = style.kind().word();
            let same_kind = found.iter().filter(|style| style.kind == kind);
            let known = same_kind.clone().find(|other| other.name.eq_ignore_ascii_case(&style.name()));
            let known = known.or_else(|| same_kind.clone().find(|other| other.is_default && style.is_default()));
            let id = match known {
                Some(known) => known.id.clone(),
                None => {
                    missing.push(style);
                    let taken = |id: &str| found.iter().any(|other| other.id.eq_ignore_ascii_case(id));
                    let ids = std::iter::successors(Some(style.id()), |id| Some(format!("{id}0")));
                    ids.into_iter().find(|id| !taken(id)).unwrap_or_default()
                }
            };
            ids.insert(style, id);
        }
        Self { ids, missing }
    }

    /// Whether a style looks as it does here, not as in another file.
    pub fn is_own(&self, style: Style) -> bool {
        self.missing.contains(&style)
    }

    /// The id of a style in this file.
    pub fn id(&self, style: Style) -> &str {
        self.ids.get(&style).map_or("", String::as_str)
    }

    /// The styles that the file has not, to stand among its own.
    pub fn added(&self, paper: &Paper) -> String {
        self.missing.iter().map(|style| style.written(self, paper, false)).collect()
    }

    /// The part of a file of our own.
    pub fn part(&self, paper: &Paper) -> String {
        let mut xml = Xml::part("w:styles", &[("xmlns:w", WORD)]);
        let [latin, east, complex] = languages(paper.language);
        let (size, complex_size) = if paper.density == Density::Dense { ("18", "21") } else { ("22", "25") };
        xml.start("w:docDefaults", &[]);
        xml.start("w:rPrDefault", &[]);
        xml.start("w:rPr", &[]);
        let fonts = [("w:ascii", LATIN), ("w:hAnsi", LATIN), ("w:eastAsia", EAST_ASIAN), ("w:cs", COMPLEX)];
        xml.empty("w:rFonts", &fonts);
        xml.value("w:sz", size);
        xml.value("w:szCs", complex_size);
        xml.empty("w:lang", &[("w:val", latin), ("w:eastAsia", east), ("w:bidi", complex)]);
        xml.end();
        xml.end();
        xml.raw(r#"<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>"#);
        xml.end();
        for style in ALL {
            xml.raw(&style.written(self, paper, true));
        }
        xml.finish()
    }
}

/// A serif that Word has on every system, and LibreOffice a twin of.
const LATIN: &str = "Cambria";
/// For Chinese. These two are free faces, as LibreOffice takes no other name for a face it has not: it would set Chinese
/// in Japanese shapes and leave out letters of Arabic. Word takes the other name.
const EAST_ASIAN: &str = "Noto Serif CJK SC";
/// For Arabic and other scripts that Word calls complex.
const COMPLEX: &str = "Noto Naskh Arabic";

/// The fonts and what stands for them where they are not.
pub(super) fn fonts() -> String {
    let mut xml = Xml::part("w:fonts", &[("xmlns:w", WORD)]);
    for (name, other, family) in
        [(LATIN, "Caladea", "roman"), (EAST_ASIAN, "SimSun", "auto"), (COMPLEX, "Times New Roman", "roman")]
    {
        xml.start("w:font", &[("w:name", name)]);
        xml.value("w:altName", other);
        xml.value("w:family", family);
        xml.value("w:pitch", "variable");
        xml.end();
    }
    xml.finish()
}

/// The languages of a paper as Word keeps them: of western, of East Asian and of complex scripts.
pub(super) fn languages(language: PaperLanguage) -> [&'static str; 3] {
    match language {
        PaperLanguage::English => ["en-GB", "zh-CN", "ar-SA"],
        PaperLanguage::French => ["fr-FR", "zh-CN", "ar-SA"],
        PaperLanguage::Spanish => ["es-ES", "zh-CN", "ar-SA"],
        PaperLanguage::Russian => ["ru-RU", "zh-CN", "ar-SA"],
        // Words in Latin letters are as a rule names and symbols of documents.
        PaperLanguage::Arabic | PaperLanguage::Chinese => ["en-GB", "zh-CN", "ar-SA"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_found_by_name_whatever_their_id() {
        let style = |kind: &str, name: &str, id: &str, is_default| {
            let [kind, name, id] = [kind, name, id].map(str::to_owned);
            Found { kind, name, id, is_default }
        };
        let styles = Styles::among(&[
            style("paragraph", "Normal", "Standard", true),
            style("paragraph", "Heading 1", "berschrift1", false),
            style("paragraph", "Something", "Quote", false),
        ]);
        assert_eq!(styles.id(Style::Heading(1)), "berschrift1");
        assert_eq!(styles.id(Style::Quote), "Quote0");
        assert_eq!(styles.id(Style::Heading(2)), "Heading2");
        let added = styles.added(&Paper::default());
        assert!(added.contains(r#"<w:basedOn w:val="Standard"/>"#) && !added.contains("berschrift1\""), "{added}");
    }

    #[test]
    fn every_style_stands_after_what_it_rests_on() {
        let styles = Styles::own();
        let position = |style: Style| ALL.iter().position(|s| *s == style).unwrap();
        for style in ALL {
            assert!(style.rests_on().is_none_or(|base| position(base) < position(style)), "{style:?}");
            assert_eq!(styles.ids.values().filter(|id| *id == styles.id(style)).count(), 1, "{style:?}");
        }
    }
}
