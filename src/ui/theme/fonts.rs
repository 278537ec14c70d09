//! The faces: a text serif for drafts, egui's own sans for everything around them.

use std::sync::Arc;

use eframe::egui::{FontData, FontDefinitions, FontFamily};

const SERIF: &str = "serif";
const BOLD: &str = "serif-bold";
const SEMIBOLD: &str = "serif-semibold";
const ITALIC: &str = "serif-italic";
const BOLD_ITALIC: &str = "serif-bold-italic";

/// Each family of the text serif with the PostScript name of its face.
const FACES: [(&str, &str); 5] = [
    (SERIF, "LibertinusSerif-Regular"),
    (BOLD, "LibertinusSerif-Bold"),
    (SEMIBOLD, "LibertinusSerif-Semibold"),
    (ITALIC, "LibertinusSerif-Italic"),
    (BOLD_ITALIC, "LibertinusSerif-BoldItalic"),
];

/// The family the text of a draft is set in.
pub fn serif() -> FontFamily {
    FontFamily::Name(SERIF.into())
}

/// Its bold.
pub fn serif_bold() -> FontFamily {
    FontFamily::Name(BOLD.into())
}

/// Its semibold, for headings.
pub fn serif_semibold() -> FontFamily {
    FontFamily::Name(SEMIBOLD.into())
}

/// Its italic.
pub fn serif_italic() -> FontFamily {
    FontFamily::Name(ITALIC.into())
}

/// Its bold italic.
pub fn serif_bold_italic() -> FontFamily {
    FontFamily::Name(BOLD_ITALIC.into())
}

/// The family of everything that is not a draft.
pub fn sans() -> FontFamily {
    FontFamily::Proportional
}

/// All faces, for `Context::set_fonts`. Libertinus covers Latin, Greek, Cyrillic and Hebrew; what it lacks comes from
/// egui's sans and then, in a window, from the fonts of the system.
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (family, face) in FACES {
        let mut chain = Vec::with_capacity(fallback.len() + 2);
        if let Some(bytes) = typst_assets::fonts().find(|bytes| post_script_name(bytes).as_deref() == Some(face)) {
            fonts.font_data.insert(face.to_owned(), Arc::new(FontData::from_static(bytes)));
            chain.push(face.to_owned());
        }
        chain.extend(fallback.iter().cloned());
        // The regular serif has signs the sans lacks, so it also stands last behind its siblings.
        if family != SERIF && fonts.font_data.contains_key(FACES[0].1) {
            chain.push(FACES[0].1.to_owned());
        }
        fonts.families.insert(FontFamily::Name(family.into()), chain);
    }
    if fonts.font_data.contains_key(FACES[0].1) {
        for family in [FontFamily::Proportional, FontFamily::Monospace] {
            fonts.families.entry(family).or_default().push(FACES[0].1.to_owned());
        }
    }
    fonts
}

/// The PostScript name (entry 6) in the `name` table of an OpenType font.
fn post_script_name(font: &[u8]) -> Option<String> {
    const POST_SCRIPT: u16 = 6;
    const WINDOWS: u16 = 3;
    let u16_at = |at: usize| Some(u16::from_be_bytes([*font.get(at)?, *font.get(at + 1)?]));
    let u32_at = |at: usize| Some(usize::from(u16_at(at)?) << 16 | usize::from(u16_at(at + 2)?));
    let tables = usize::from(u16_at(4)?);
    let name = (0..tables).map(|i| 12 + 16 * i).find(|&record| font.get(record..record + 4) == Some(b"name"))?;
    let table = u32_at(name + 8)?;
    let strings = table + usize::from(u16_at(table + 4)?);
    (0..usize::from(u16_at(table + 2)?)).map(|i| table + 6 + 12 * i).find_map(|record| {
        if u16_at(record)? != WINDOWS || u16_at(record + 6)? != POST_SCRIPT {
            return None;
        }
        let start = strings + usize::from(u16_at(record + 10)?);
        let bytes = font.get(start..start + usize::from(u16_at(record + 8)?))?;
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_begins_with_its_own_face() {
        let fonts = fonts();
        for (family, face) in FACES {
            let chain = &fonts.families[&FontFamily::Name(family.into())];
            assert_eq!(chain[0], face);
            assert!(chain.iter().all(|name| fonts.font_data.contains_key(name)), "{chain:?}");
            assert!(chain.len() > 2, "nothing to fall back on: {chain:?}");
        }
    }

    #[test]
    fn a_broken_font_has_no_name() {
        let font = typst_assets::fonts().next().unwrap();
        assert_eq!(post_script_name(&[]), None);
        for end in (0..font.len()).step_by(997) {
            let _ = post_script_name(&font[..end]);
        }
    }
}
