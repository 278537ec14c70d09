//! Signs of symbol fonts, whose codes mean nothing in any other font.

/// The sign of a list without numbers.
pub(in crate::import) fn bullet(template: &str, font: &str) -> String {
    let mut chars = template.chars();
    match (chars.next(), chars.next()) {
        (Some('o'), None) if font.contains("Courier") => "◦".to_owned(),
        (Some(c), None) if is_symbol_font(font) || is_private(c) => {
            symbol(font, u32::from(c)).map_or_else(|| "•".to_owned(), String::from)
        }
        (None, _) => String::new(),
        _ => template.chars().map(|c| if is_private(c) { '•' } else { c }).collect(),
    }
}

/// What a character of a symbol font shows, where there is a sign for it; else none.
pub(in crate::import) fn symbol(font: &str, code: u32) -> Option<char> {
    // Codes of symbol fonts are given with or without a place of their own in Unicode.
    let placed = code;
    let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let font = font.to_lowercase();
    let table: &[(u32, char)] = match () {
        () if font.starts_with("wingdings 2") => &WINGDINGS_2,
        () if font.starts_with("wingdings 3") => &[],
        () if font.starts_with("wingdings") => &WINGDINGS,
        () if font.starts_with("symbol") => &SYMBOL,
        () if font.starts_with("webdings") => &[],
        () => return char::from_u32(placed).filter(|c| !c.is_control() && !is_private(*c)),
    };
    if let Some(&(_, sign)) = table.iter().find(|(at, _)| *at == code) {
        return Some(sign);
    }
    // The Symbol font has figures and most punctuation where they always are.
    let plain = font.starts_with("symbol")
        && matches!(code, 0x20 | 0x21 | 0x23 | 0x25 | 0x26 | 0x28..=0x3f | 0x5b | 0x5d | 0x5f | 0x7b..=0x7d);
    plain.then(|| char::from_u32(code)).flatten()
}

fn is_symbol_font(font: &str) -> bool {
    let font = font.to_lowercase();
    ["symbol", "wingdings", "webdings"].iter().any(|f| font.starts_with(f))
}

fn is_private(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}

const SYMBOL: [(u32, char); 62] = [
    (0x22, '∀'),
    (0x24, '∃'),
    (0x2d, '−'),
    (0x40, '≅'),
    (0x41, 'Α'),
    (0x42, 'Β'),
    (0x44, 'Δ'),
    (0x46, 'Φ'),
    (0x47, 'Γ'),
    (0x4c, 'Λ'),
    (0x50, 'Π'),
    (0x51, 'Θ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0x58, 'Ξ'),
    (0x59, 'Ψ'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x63, 'χ'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x66, 'φ'),
    (0x67, 'γ'),
    (0x68, 'η'),
    (0x69, 'ι'),
    (0x6b, 'κ'),
    (0x6c, 'λ'),
    (0x6d, 'μ'),
    (0x6e, 'ν'),
    (0x70, 'π'),
    (0x71, 'θ'),
    (0x72, 'ρ'),
    (0x73, 'σ'),
    (0x74, 'τ'),
    (0x77, 'ω'),
    (0x78, 'ξ'),
    (0x79, 'ψ'),
    (0x7a, 'ζ'),
    (0xa2, '′'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xab, '↔'),
    (0xac, '←'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb2, '″'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb6, '∂'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xba, '≡'),
    (0xbb, '≈'),
    (0xbc, '…'),
    (0xc5, '⊕'),
    (0xce, '∈'),
    (0xd6, '√'),
    (0xe5, '∑'),
];

const WINGDINGS: [(u32, char); 32] = [
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2a, '✉'),
    (0x46, '☞'),
    (0x4a, '☺'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x74, '⬧'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9e, '·'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa4, '◉'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe8, '➔'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
    (0x80, '⓪'),
    (0x81, '①'),
];

const WINGDINGS_2: [(u32, char); 7] =
    [(0x4f, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x97, '●'), (0xa2, '■'), (0xa3, '□')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_become_signs() {
        assert_eq!(bullet("\u{f0b7}", "Symbol"), "•");
        assert_eq!(bullet("\u{f0a7}", "Wingdings"), "▪");
        assert_eq!(bullet("o", "Courier New"), "◦");
        assert_eq!(bullet("–", "Times New Roman"), "–");
        assert_eq!(bullet("\u{f0f2}", "Nobody's"), "•");
        assert_eq!(symbol("Symbol", 0xf061), Some('α'));
        assert_eq!(symbol("Wingdings", 0xfe), Some('☑'));
        assert_eq!(symbol("Webdings", 0x61), None);
    }
}
