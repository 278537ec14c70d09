//! Words in the cells of a table that spreadsheets open: kept from being taken for something else, and brought back.
//!
//! A spreadsheet computes what begins like a formula (OWASP, "CSV injection": `= + - @`, TAB, CR, LF, and their full-width
//! forms), even in quotes, and writes a date or a number otherwise than it stood there (`3/4`, `23.10`, `007`). Such words
//! get an apostrophe in front; so do words that would be taken for words with one.

/// Words that come back as they were. NUL, which ends a cell for some readers, becomes the sign for one.
pub fn guarded(words: &str) -> String {
    let words = words.replace('\0', "\u{fffd}");
    if needs_guard(words.trim_start_matches('\'')) { format!("'{words}") } else { words }
}

/// What [`guarded`] was given.
pub fn unguarded(words: &str) -> &str {
    match words.strip_prefix('\'') {
        Some(rest) if needs_guard(rest.trim_start_matches('\'')) => rest,
        _ => words,
    }
}

/// Whether a spreadsheet takes the words for a formula.
pub fn starts_formula(words: &str) -> bool {
    words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn needs_guard(bare: &str) -> bool {
    starts_formula(bare) || reads_as_value(bare)
}

/// Whether a spreadsheet takes the words for a date, a time or a number and shows something else than stands there. A
/// time with its zone, as ours are written, is not taken for one; whole numbers stay as they are.
fn reads_as_value(words: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words = words.trim();
    if words.len() > 40 || !words.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let whole = words.bytes().all(|b| b.is_ascii_digit()) && !words.starts_with('0') && words.len() <= 15;
    if whole || words == "0" {
        return false;
    }
    let month = |w: &str| w.get(..3).is_some_and(|w| MONTHS.contains(&w.to_ascii_lowercase().as_str()));
    let letter = |w: &str| w.len() == 1 && "eap".contains(&w.to_ascii_lowercase());
    let mut letters = words.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty());
    let sign = |c: char| c.is_ascii_alphanumeric() || " /-.:,()%+'".contains(c);
    words.chars().all(sign) && letters.all(|w| month(w) || letter(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were() {
        for (words, written) in [
            ("23", "23"),
            ("0", "0"),
            ("Article 5", "Article 5"),
            ("23(2)(c)", "23(2)(c)"),
            ("2(1)", "'2(1)"),
            ("(2)", "'(2)"),
            ("3/4", "'3/4"),
            ("23.10", "'23.10"),
            ("007", "'007"),
            ("5 May", "'5 May"),
            ("1E5", "'1E5"),
            ("=1+2", "'=1+2"),
            ("'=1+2", "''=1+2"),
            ("'quoted'", "'quoted'"),
            ("", ""),
            ("2026-05-03T14:20:07Z", "2026-05-03T14:20:07Z"),
        ] {
            assert_eq!(guarded(words), written);
            assert_eq!(unguarded(written), words);
        }
    }
}
