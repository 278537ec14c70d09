//! Where the words of a group go: what a control word at its beginning says.

use crate::import::manuscript::{PieceKind, Remark};

use super::story::{Ending, Story};

/// Where words of a group go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    #[default]
    Body,
    /// Nowhere.
    Skipped,
    /// Nowhere, since the same words come again in Unicode.
    Doubled,
    Fonts,
    Styles,
    Title,
    /// The number of the paragraph.
    Label,
    Instruction,
    Author,
    Date,
    RemarkStart,
    RemarkEnd,
    RemarkReference,
}

impl Story<'_> {
    /// Control words that begin a part of their own; whether this is one.
    pub(super) fn begins_group(&mut self, word: &str, optional: bool) -> bool {
        let to = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "title" => Destination::Title,
            "listtext" | "pntext" => Destination::Label,
            "fldinst" => Destination::Instruction,
            "atnauthor" => Destination::Author,
            "atndate" => Destination::Date,
            "atrfstart" => Destination::RemarkStart,
            "atrfend" => Destination::RemarkEnd,
            "atnref" => Destination::RemarkReference,
            "footnote" => {
                self.begin_note();
                return true;
            }
            "annotation" => {
                let remark = self.manuscript.remarks.len() as u32;
                self.manuscript.remarks.push(Remark::default());
                self.push(PieceKind::RemarkSign(remark));
                self.begin_layer(Ending::Remark(remark));
                return true;
            }
            "shptxt" => {
                self.flush();
                self.begin_layer(Ending::Box);
                return true;
            }
            "fldrslt" => {
                self.group.contents |= std::mem::take(&mut self.contents);
                return true;
            }
            // The words in both an old code page and Unicode: the second counts.
            "upr" => Destination::Doubled,
            "ud" => Destination::Body,
            // Held by a group that may be passed over, and yet words of the document.
            "shpinst" | "shp" | "info" | "nesttableprops" => return true,
            _ if optional || is_skipped(word) => Destination::Skipped,
            _ => return false,
        };
        self.flush();
        self.group.to = to;
        true
    }

    /// A control word where no words of the document stand; whether it means nothing more.
    pub(super) fn word_aside(&mut self, word: &str, number: Option<i32>) -> bool {
        match (self.group.to, word) {
            (_, "u") => {
                self.character(number.unwrap_or(0));
                true
            }
            (_, "uc") => false,
            (Destination::Skipped, "chpgn") => {
                self.manuscript.pages_numbered = true;
                true
            }
            (Destination::Doubled, "ud") => false,
            (Destination::Label, "tab") => {
                self.say("\t");
                true
            }
            (Destination::Label, "f") => {
                self.flush();
                self.group.font = number.unwrap_or(0);
                true
            }
            (Destination::Label, _) if character(word).is_some() => {
                self.say(character(word).unwrap_or_default());
                true
            }
            (Destination::Fonts, _) => {
                self.flush();
                self.fonts.describe(word, number);
                true
            }
            (Destination::Styles, _) => {
                self.flush();
                if word == "s" {
                    self.group.ends = Some(Ending::Style);
                }
                self.styles.describe(word, number);
                true
            }
            _ => true,
        }
    }
}

/// Characters with control words of their own.
pub(super) fn character(word: &str) -> Option<&'static str> {
    Some(match word {
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        "zwj" => "\u{200d}",
        "zwnj" => "\u{200c}",
        "ltrmark" => "\u{200e}",
        "rtlmark" => "\u{200f}",
        _ => return None,
    })
}

/// Groups whose words stand on no page of the text.
fn is_skipped(word: &str) -> bool {
    const SKIPPED: [&str; 45] = [
        "colortbl",
        "pict",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "ftnsep",
        "ftnsepc",
        "ftncn",
        "aftnsep",
        "aftnsepc",
        "aftncn",
        "xe",
        "tc",
        "tcn",
        "rxe",
        "txe",
        "nonshppict",
        "themedata",
        "colorschememapping",
        "datastore",
        "latentstyles",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "filetbl",
        "revtbl",
        "pgptbl",
        "objdata",
        "objclass",
        "template",
        "bkmkstart",
        "bkmkend",
        "sp",
        "shprslt",
        "private",
        "nonesttables",
        "author",
        "operator",
        "company",
    ];
    const OF_INFO: [&str; 12] = [
        "subject",
        "manager",
        "category",
        "keywords",
        "comment",
        "doccomm",
        "hlinkbase",
        "creatim",
        "revtim",
        "printim",
        "buptim",
        "userprops",
    ];
    SKIPPED.contains(&word) || OF_INFO.contains(&word)
}
