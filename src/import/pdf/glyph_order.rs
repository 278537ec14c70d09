//! Letters of glyphs to which a file gives no meaning, by the order in which the faces of Windows hold them.
//!
//! Must not know: pages, words. What it says is a guess, to be checked against the language and said to the person.
//!
//! Source: the first 258 glyphs of such a face stand in the order of the Macintosh (OpenType specification, table
//! `post`, format 1); those of WGL4 that are Cyrillic follow the order of Unicode from glyph 556 on.

/// The Macintosh order from glyph 3 to glyph 257.
const MACINTOSH: &str = concat!(
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~",
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰",
    "ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇŁłŠšŽž¦ÐðÝýÞþ−×¹²³½¼¾₣ĞğİŞşĆćČčđ",
);

/// The character that stands at this place of a Windows face, for the scripts whose place is the same in all of them.
pub(super) fn letter(glyph: u32) -> Option<char> {
    match glyph {
        3..=257 => MACINTOSH.chars().nth(glyph as usize - 3).filter(|&c| c != '\u{f8ff}'),
        556..=567 => char::from_u32(glyph + 469),
        568..=633 => char::from_u32(glyph + 470),
        634..=645 => char::from_u32(glyph + 471),
        646..=647 => char::from_u32(glyph + 472),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_at_their_places() {
        assert_eq!(MACINTOSH.chars().count(), 255);
        let spelled = |glyphs: &[u32]| glyphs.iter().map(|&g| letter(g).unwrap()).collect::<String>();
        assert_eq!(spelled(&[36, 85, 87, 76, 70, 79, 72]), "Article");
        assert_eq!(spelled(&[112, 178, 183]), "é–’");
        assert_eq!(spelled(&[570, 633, 556, 634]), "АяЁё");
        assert_eq!(letter(2), None);
        assert_eq!(letter(5000), None);
    }
}
