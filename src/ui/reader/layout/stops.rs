//! Where the letters of a row stand: from egui's glyphs to one stop for each character.

use eframe::egui::epaint::text::Row;

/// A glyph as far as stops go: the character it begins with, its left and its right edge.
type Letter = (char, f32, f32);

fn letters(row: &Row) -> Vec<Letter> {
    row.glyphs.iter().map(|g| (g.chr, g.pos.x, g.max_x())).collect()
}

/// Where each of `count` characters of a row from left to right begins and the last ends. `left` is added to all.
pub(super) fn of_row(row: &Row, count: usize, left: f32) -> Vec<f32> {
    stops(&letters(row), count, left)
}

/// The same for a word from right to left that stands between two edges: its stops descend.
pub(super) fn of_word_leftward(row: Option<&Row>, word: &str, edges: (f32, f32)) -> Vec<f32> {
    descending(&row.map(letters).unwrap_or_default(), word, edges)
}

/// Stops that reach exactly from one edge to the other, so that the end of a word is the beginning of the next.
pub(super) fn of_word(row: Option<&Row>, word: &str, edges: (f32, f32)) -> Vec<f32> {
    let count = word.chars().count();
    let mut stops = row.map_or_else(|| vec![0.0; count + 1], |row| of_row(row, count, edges.0));
    for stop in &mut stops {
        *stop = stop.clamp(edges.0, edges.1);
    }
    if let Some(first) = stops.first_mut() {
        *first = edges.0;
    }
    if let Some(last) = stops.last_mut() {
        *last = edges.1;
    }
    stops
}

/// egui gives the letters of a ligature after the first no width: they share the ligature's.
fn stops(glyphs: &[Letter], count: usize, left: f32) -> Vec<f32> {
    let mut stops = Vec::with_capacity(count + 1);
    let mut i = 0;
    while i < glyphs.len() && stops.len() < count {
        let (_, from, to) = glyphs[i];
        let joined = glyphs[i + 1..].iter().take_while(|(c, a, b)| a >= b && c.is_alphanumeric()).count();
        for k in 0..=joined {
            if stops.len() < count {
                stops.push(left + from + (to - from) * k as f32 / (joined + 1) as f32);
            }
        }
        i += joined + 1;
    }
    let end = left + glyphs.last().map_or(0.0, |g| g.2).max(glyphs.get(count.max(1) - 1).map_or(0.0, |g| g.2));
    stops.resize(count, end);
    stops.push(end);
    stops
}

/// Shaped from right to left, the glyphs of a word come from left to right, each with the first character of its
/// cluster; marks have no width, ligatures one glyph for two letters. Where the glyphs do not tell which letters they
/// are, the letters share the width of the word.
fn descending(glyphs: &[Letter], word: &str, (left, right): (f32, f32)) -> Vec<f32> {
    let chars: Vec<char> = word.chars().collect();
    let wide: Vec<&Letter> = glyphs.iter().rev().filter(|(_, a, b)| b > a).collect();
    let origin = glyphs.iter().map(|g| g.1).fold(f32::INFINITY, f32::min);
    // The character each glyph begins with, in the order of the text.
    let mut begins = Vec::with_capacity(wide.len());
    for (c, ..) in &wide {
        let from = begins.last().map_or(0, |&b: &usize| b + 1);
        match chars.get(from..).and_then(|rest| rest.iter().position(|x| x == c)) {
            Some(ahead) => begins.push(from + ahead),
            None => break,
        }
    }
    let mut stops = Vec::with_capacity(chars.len() + 1);
    if begins.len() == wide.len() && begins.first() == Some(&0) {
        for (k, (_, from, to)) in wide.iter().enumerate() {
            let (first, next) = (begins[k], begins.get(k + 1).copied().unwrap_or(chars.len()));
            // Marks stand on their letter: they have no width of their own.
            let letters = chars[first..next].iter().filter(|c| c.is_alphanumeric() && !is_mark(**c)).count().max(1);
            let mut passed = 0;
            for c in &chars[first..next] {
                let share = passed as f32 / letters as f32;
                stops.push((left + to - origin - (to - from) * share).clamp(left, right));
                passed += usize::from(passed < letters && c.is_alphanumeric() && !is_mark(*c));
            }
        }
    } else {
        let count = chars.len().max(1) as f32;
        stops.extend((0..chars.len()).map(|i| right - (right - left) * i as f32 / count));
    }
    if let Some(first) = stops.first_mut() {
        *first = right;
    }
    stops.push(left);
    // Rounding to pixels must not turn two letters round.
    for i in 1..stops.len() {
        stops[i] = stops[i].min(stops[i - 1]);
    }
    stops
}

/// Points and vowel signs of Hebrew and Arabic, which count as alphabetic.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{8d3}'..='\u{8ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_ligature_share_its_width() {
        let glyphs = [('o', 0.0, 5.0), ('f', 5.0, 11.0), ('f', 11.0, 11.0), ('i', 11.0, 11.0), ('e', 11.0, 16.0)];
        assert_eq!(stops(&glyphs, 5, 1.0), [1.0, 6.0, 8.0, 10.0, 12.0, 17.0]);
        assert_eq!(stops(&glyphs, 7, 0.0).len(), 8, "more characters than glyphs");
        assert_eq!(stops(&glyphs, 2, 0.0).len(), 3, "fewer characters than glyphs");
        assert_eq!(stops(&[], 0, 4.0), [4.0]);
    }

    #[test]
    fn letters_from_right_to_left_stand_where_their_glyphs_do() {
        // Three letters, the last the widest: it comes first.
        let glyphs = [('ג', 0.0, 6.0), ('ב', 6.0, 10.0), ('א', 10.0, 12.0)];
        assert_eq!(descending(&glyphs, "אבג", (20.0, 32.0)), [32.0, 30.0, 26.0, 20.0]);
        // Lam and alef in one glyph share its width; egui adds a glyph without width for the letter it misses.
        let glyphs = [('ل', 0.0, 6.0), ('س', 6.0, 10.0), ('س', 10.0, 10.0)];
        assert_eq!(descending(&glyphs, "سلا", (0.0, 10.0)), [10.0, 6.0, 3.0, 0.0]);
        // A vowel sign stands on its letter.
        let glyphs = [('ب', 0.0, 5.0), ('س', 5.0, 5.0), ('س', 5.0, 9.0)];
        assert_eq!(descending(&glyphs, "س\u{64e}ب", (0.0, 9.0)), [9.0, 5.0, 5.0, 0.0]);
        // Glyphs that tell nothing: even shares.
        assert_eq!(descending(&[('x', 0.0, 9.0)], "אבג", (0.0, 9.0)), [9.0, 6.0, 3.0, 0.0]);
        assert_eq!(descending(&[], "", (1.0, 2.0)), [1.0], "nothing has one place");
    }
}
