//! Where lines of Chinese and Japanese end: between any two signs, but for those that must not begin or end a line.
//!
//! egui lets an opening bracket end a line, and parts a word from the sign of its note.

/// Signs that never begin a line: closing brackets, stops, what belongs to the sign before it.
const NEVER_FIRST: &str = ",.:;!?)]}%\u{b0}\u{2032}\u{2033}»›”’、。，．：；！？）］｝〉》」』】〕〗〙〛％·…‥—～々〻ゝゞー\
    ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ⁰¹²³⁴⁵⁶⁷⁸⁹*†‡";
/// Signs that never end a line: opening brackets, what belongs to the sign after it.
const NEVER_LAST: &str = "([{（［｛〈《「『【〔〖〘〚“‘«‹$£￥№§";

/// Whether a sign is written without spaces between words, so that a line may end beside it.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a paragraph is broken by the rules of this file.
pub(super) fn has_wide(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_wide)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' || c == super::bidi::NOTHING
}

/// Whether a line may end between two characters.
fn may_end(before: char, after: char) -> bool {
    if is_space(after) || NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) {
        return false;
    }
    is_space(before) || is_wide(before) || is_wide(after)
}

/// Where each line begins, as numbers of characters, the first being 0. `stops` is where each character begins and the
/// last ends, in points; lines are `room` points wide, of the first one `taken` points are not free.
pub(super) fn lines(text: &str, stops: &[f32], room: f32, taken: f32) -> Vec<usize> {
    let chars: Vec<char> = text.chars().collect();
    let stop = |i: usize| stops.get(i).copied().unwrap_or(0.0);
    let mut starts = vec![0];
    let (mut start, mut best, mut begins) = (0, 0, -taken);
    let mut i = 0;
    while i < chars.len() {
        if i > start && may_end(chars[i - 1], chars[i]) {
            best = i;
        }
        // White space at the end of a line hangs there.
        if stop(i + 1) - begins > room && !is_space(chars[i]) && i > start {
            start = if best > start { best } else { i };
            begins = stop(start);
            starts.push(start);
            // What was moved to the new line is measured again.
            i = start;
        }
        i += 1;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, room: usize, expected: &[&str]) {
        let stops: Vec<f32> = (0..=text.chars().count()).map(|i| i as f32).collect();
        let chars: Vec<char> = text.chars().collect();
        let mut starts = lines(text, &stops, room as f32, 0.0);
        starts.push(chars.len());
        let found: Vec<String> = starts.windows(2).map(|w| chars[w[0]..w[1]].iter().collect()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn no_line_begins_or_ends_with_the_wrong_sign() {
        check("各缔约国应当合作", 4, &["各缔约国", "应当合作"]);
        check("各缔约国，应当合作。", 4, &["各缔约", "国，应当", "合作。"]);
        check("回顾《联合国宪章》的宗旨", 3, &["回顾", "《联合", "国宪", "章》的", "宗旨"]);
        check("任何灯塔¹或者", 4, &["任何灯", "塔¹或者"]);
        check("管理局 Authority 应当", 6, &["管理局 ", "Author", "ity 应当"]);
        check("", 4, &[""]);
        check("（（（（（", 2, &["（（", "（（", "（"]);
    }

    #[test]
    fn what_stands_before_the_first_line_shortens_it() {
        assert_eq!(lines("一二三四五六", &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 4.0, 2.0), [0, 2]);
    }
}
