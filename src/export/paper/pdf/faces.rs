//! The faces a paper is set in: those that ship inside the program, and for letters these lack, those of the machine.
//!
//! The machine is asked only for papers with such letters, once in the life of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use fontdb::{Database, FaceInfo, Source, Style};
use serde::Serialize;
use skrifa::{FontRef, MetadataProvider};
use typst::foundations::Bytes;
use typst::text::Font;
use unicode_script::{Script, UnicodeScript};

use super::tongue::Letters;

/// The face of every paper.
const OWN: &str = "Libertinus Serif";
/// Faces that ship beside it, for signs.
const SIGNS: [&str; 3] = ["New Computer Modern", "New Computer Modern Math", "DejaVu Sans Mono"];
/// Families taken for one script: more would be for a letter or two.
const MOST_FAMILIES: usize = 3;
/// A face file larger than this is none we read.
const LARGEST: u64 = 120_000_000;

/// The script of Chinese.
pub(super) const HAN: &str = "Han";
/// What belongs to no script.
pub(super) const SIGN: &str = "Common";

/// How the signs of Chinese are written: the same sign has four shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hand {
    Simplified,
    Traditional,
    Japanese,
    Korean,
}

/// Whose faces may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Only the program's.
    Own,
    /// The machine's as well.
    Machine,
}

/// A family as typst's `text` takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Family {
    /// For all it has.
    All(String),
    /// Not for the signs that Chinese shares with Latin, such as quotation marks.
    Latin {
        /// The family.
        name: String,
        /// What typst calls that.
        covers: &'static str,
    },
}

/// The faces of one paper.
pub(super) struct Faces {
    /// In the order typst is told.
    pub(super) fonts: Vec<Font>,
    /// Families of the machine, the first ones first.
    families: Vec<String>,
    /// For a hand of Chinese.
    hands: BTreeMap<Hand, String>,
}

impl Faces {
    /// For all letters of a paper.
    pub(super) fn of(letters: &Letters, whose: Whose) -> Self {
        let mut faces = Self { fonts: OWN_FONTS.clone(), families: Vec::new(), hands: BTreeMap::new() };
        let lacking = lacking(letters);
        if whose == Whose::Machine && !lacking.is_empty() {
            for ((script, hand), letters) in lacking {
                faces.find(script, hand, letters);
            }
        }
        faces
    }

    /// The families of a text in this hand, the first choice first.
    pub(super) fn families(&self, hand: Option<Hand>) -> Vec<Family> {
        let all = |name: &str| Family::All(name.to_owned());
        let mut families = Vec::with_capacity(6);
        if let Some(chinese) = hand.and_then(|hand| self.hands.get(&hand)) {
            families.push(Family::Latin { name: OWN.to_owned(), covers: "latin-in-cjk" });
            families.push(all(chinese));
        }
        families.push(all(OWN));
        families.extend(self.families.iter().map(|name| all(name)));
        families.extend(SIGNS.map(all));
        families
    }

    /// Takes families of the machine until these letters are there, or no face has them.
    fn find(&mut self, script: &str, hand: Option<Hand>, mut letters: BTreeSet<char>) {
        for turn in 0..MOST_FAMILIES {
            let Some((family, has)) = best_family(script, hand, &letters) else { return };
            letters.retain(|c| !has.contains(c));
            let fonts = fonts_of(&family);
            // Typst leaves words such as "Bold" out of a name.
            let Some(name) = fonts.first().map(|font| font.info().family.clone()) else { return };
            if let Some(hand) = hand.filter(|_| turn == 0) {
                self.hands.insert(hand, name.clone());
            }
            if !self.families.contains(&name) {
                self.fonts.extend(fonts);
                self.families.push(name);
            }
            if letters.is_empty() {
                return;
            }
        }
    }
}

/// The faces inside the program that papers are set in.
static OWN_FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let all = typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes)));
    all.filter(|font| font.info().family == OWN || SIGNS.contains(&font.info().family.as_str())).collect()
});

/// What is known of the faces of the machine.
static MACHINE: LazyLock<Database> = LazyLock::new(|| {
    let mut database = Database::new();
    database.load_system_fonts();
    database
});

/// Faces of the machine that were read.
static READ: Mutex<BTreeMap<(PathBuf, u32), Option<Font>>> = Mutex::new(BTreeMap::new());

/// Letters that the face of papers lacks, by script and, for the signs of Chinese, hand. What belongs to no script may be in
/// the faces for signs; these have some letters too, but not such as one reads.
fn lacking(letters: &Letters) -> BTreeMap<(&'static str, Option<Hand>), BTreeSet<char>> {
    let mut lacking: BTreeMap<_, BTreeSet<char>> = BTreeMap::new();
    let own = |font: &'static Font| Some((font.info().family == OWN, FontRef::new(font.data()).ok()?));
    let own: Vec<(bool, FontRef<'_>)> = OWN_FONTS.iter().filter_map(own).collect();
    for (hand, c) in letters.all.iter().filter(|(_, c)| is_seen(*c)) {
        let script = script_of(*c);
        if !own.iter().any(|(text, font)| (*text || script == SIGN) && font.charmap().map(*c).is_some()) {
            let hand = (script == HAN).then(|| hand.unwrap_or(Hand::Simplified));
            lacking.entry((script, hand)).or_default().insert(*c);
        }
    }
    lacking
}

/// Whether a face must have it: breaks, spaces and joiners are set without.
pub(super) fn is_seen(c: char) -> bool {
    !c.is_control()
        && !c.is_whitespace()
        && !matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// The script a letter is looked for with; what Japanese and the points of Chinese need is looked for with Chinese.
pub(super) fn script_of(c: char) -> &'static str {
    let script = match c.script() {
        Script::Hiragana | Script::Katakana | Script::Bopomofo => Script::Han,
        Script::Common | Script::Inherited if matches!(c, '\u{2e80}'..='\u{303f}' | '\u{30fb}'..='\u{30fc}' | '\u{3200}'..='\u{33ff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}') => {
            Script::Han
        }
        Script::Inherited | Script::Unknown => Script::Common,
        script => script,
    };
    script.full_name()
}

/// Families to prefer, the best first: text faces that go with a serif face, then what systems ship.
fn preferred(script: &str, hand: Option<Hand>) -> &'static [&'static str] {
    match (script, hand) {
        ("Arabic", _) => &[
            "Amiri",
            "Scheherazade New",
            "Noto Naskh Arabic",
            "Traditional Arabic",
            "Sakkal Majalla",
            "Geeza Pro",
            "Times New Roman",
            "DejaVu Sans",
        ],
        ("Hebrew", _) => &["Noto Serif Hebrew", "Frank Ruehl CLM", "David", "Times New Roman"],
        ("Han", Some(Hand::Traditional)) => &[
            "Noto Serif CJK TC",
            "Source Han Serif TC",
            "Songti TC",
            "PMingLiU",
            "MingLiU",
            "Noto Serif TC",
            "Noto Sans CJK TC",
            "PingFang TC",
        ],
        ("Han", Some(Hand::Japanese)) => &[
            "Noto Serif CJK JP",
            "Source Han Serif",
            "Hiragino Mincho ProN",
            "Yu Mincho",
            "MS Mincho",
            "Noto Sans CJK JP",
        ],
        ("Han", Some(Hand::Korean)) | ("Hangul", _) => {
            &["Noto Serif CJK KR", "Source Han Serif K", "AppleMyungjo", "Batang", "Noto Sans CJK KR", "Malgun Gothic"]
        }
        ("Han", _) => &[
            "Noto Serif CJK SC",
            "Source Han Serif SC",
            "Songti SC",
            "SimSun",
            "NSimSun",
            "Noto Serif SC",
            "Noto Sans CJK SC",
            "PingFang SC",
            "Microsoft YaHei",
            "AR PL UMing CN",
            "WenQuanYi Zen Hei",
        ],
        ("Common", _) => &[
            "DejaVu Sans",
            "Noto Sans Symbols",
            "Noto Sans Symbols 2",
            "Noto Sans Symbols2",
            "Segoe UI Symbol",
            "Apple Symbols",
            "Symbola",
        ],
        ("Latin" | "Greek" | "Cyrillic", _) => &["Noto Serif", "DejaVu Serif", "Times New Roman", "FreeSerif"],
        ("Devanagari", _) => &["Noto Serif Devanagari", "Kohinoor Devanagari", "Mangal", "Nirmala UI"],
        ("Thai", _) => &["Noto Serif Thai", "Thonburi", "Tahoma", "Leelawadee UI"],
        _ => &["Noto Serif", "FreeSerif", "DejaVu Sans"],
    }
}

/// The family of the machine that suits these letters best, and which of them it has.
fn best_family(script: &str, hand: Option<Hand>, letters: &BTreeSet<char>) -> Option<(String, BTreeSet<char>)> {
    let mut best: Option<(Suits, String, BTreeSet<char>)> = None;
    let preferred = preferred(script, hand);
    for face in MACHINE.faces().filter(|face| is_plain(face)) {
        let Some(family) = family_of(face) else { continue };
        let rank = preferred.iter().position(|name| *name == family);
        // Most machines have the first choice: then the hundreds of others need not be opened.
        if let Some((suits, ..)) = &best
            && suits.cannot_be_beaten_by(rank, letters.len())
        {
            continue;
        }
        let Some(has) = has(face, letters).filter(|has| !has.is_empty()) else { continue };
        let suits = Suits::new(has.len(), letters.len(), rank, family);
        if best.as_ref().is_none_or(|(other, name, _)| suits > *other || (suits == *other && family < name.as_str())) {
            best = Some((suits, family.to_owned(), has));
        }
    }
    best.map(|(_, family, has)| (family, has))
}

/// How well a family suits, the best the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Suits {
    /// Nine tenths of the letters are there.
    nearly_all: bool,
    /// From the end of the list of those that are preferred.
    preferred: usize,
    has: usize,
    serif: bool,
    calm: bool,
}

impl Suits {
    fn new(has: usize, of: usize, rank: Option<usize>, family: &str) -> Self {
        let says = |words: &[&str]| words.iter().any(|word| family.contains(word));
        Self {
            nearly_all: has * 10 >= of * 9,
            preferred: rank.map_or(0, |rank| 100 - rank),
            has,
            serif: says(&["Serif", "Naskh", "Song", "Ming", "Times"]),
            calm: !says(&[
                "Mono",
                "UI",
                "Kufi",
                "Nastaliq",
                "Display",
                "Condensed",
                "Unjoined",
                "Emoji",
                "Black",
                "Light",
            ]),
        }
    }

    fn cannot_be_beaten_by(self, rank: Option<usize>, of: usize) -> bool {
        self.nearly_all && self.has == of && self.preferred >= rank.map_or(1, |rank| 100 - rank)
    }
}

fn is_plain(face: &FaceInfo) -> bool {
    face.style == Style::Normal && face.weight == fontdb::Weight::NORMAL && face.stretch == fontdb::Stretch::Normal
}

/// The name of a family in English, as typst knows it.
fn family_of(face: &FaceInfo) -> Option<&str> {
    face.families.first().map(|(name, _)| name.as_str())
}

fn has(face: &FaceInfo, letters: &BTreeSet<char>) -> Option<BTreeSet<char>> {
    MACHINE.with_face_data(face.id, |bytes, index| {
        let font = FontRef::from_index(bytes, index).ok()?;
        let map = font.charmap();
        Some(letters.iter().copied().filter(|c| map.map(*c).is_some()).collect())
    })?
}

/// The faces of a family: plain and bold, upright and slanted.
fn fonts_of(family: &str) -> Vec<Font> {
    let mut faces: Vec<(&PathBuf, u32)> = MACHINE
        .faces()
        .filter(|face| family_of(face) == Some(family) && face.stretch == fontdb::Stretch::Normal)
        .filter(|face| matches!(face.weight.0, 400 | 600 | 700))
        .filter_map(|face| match &face.source {
            Source::File(path) | Source::SharedFile(path, _) => Some((path, face.index)),
            Source::Binary(_) => None,
        })
        .collect();
    // The order of a folder is not the same on every machine.
    faces.sort();
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let font = |(path, index): (&PathBuf, u32)| {
        read.entry((path.clone(), index)).or_insert_with(|| font_in(path, index)).clone()
    };
    faces.into_iter().filter_map(font).collect()
}

fn font_in(path: &PathBuf, index: u32) -> Option<Font> {
    let small = std::fs::metadata(path).is_ok_and(|file| file.len() <= LARGEST);
    let bytes = small.then(|| std::fs::read(path).ok())??;
    Font::new(Bytes::new(bytes), index)
}
