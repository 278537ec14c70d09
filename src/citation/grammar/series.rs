//! What a label counts with, and whether one comes after another.

/// What a label counts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::citation) enum Sort {
    Number,
    Lower,
    Upper,
    Roman,
    /// A script without capitals.
    Other,
}

/// What a label counts with, given the label it stands below: `i` below `(a)` is roman.
pub(in crate::citation) fn kind_of(label: &str, above: Option<Sort>) -> Sort {
    let head = label.split([' ', '.']).next().unwrap_or(label);
    let Some(first) = head.chars().next() else { return Sort::Other };
    if first.is_ascii_digit() {
        return Sort::Number;
    }
    let lettered = matches!(above, Some(Sort::Lower | Sort::Other));
    if is_roman(head) && (head.chars().count() > 1 || lettered && first.is_lowercase()) {
        return Sort::Roman;
    }
    if first.is_lowercase() {
        Sort::Lower
    } else if first.is_uppercase() {
        Sort::Upper
    } else {
        Sort::Other
    }
}

/// The depth of the last label of the same kind, whose place the new one takes.
pub(in crate::citation) fn same_kind(points: &[String], label: &str) -> Option<usize> {
    let mut sorts: Vec<Sort> = Vec::with_capacity(points.len());
    for p in points {
        let above = sorts.last().copied();
        sorts.push(kind_of(p, above));
    }
    (0..points.len()).rev().find(|&depth| {
        let above = depth.checked_sub(1).and_then(|d| sorts.get(d)).copied();
        sorts.get(depth) == Some(&kind_of(label, above))
    })
}

/// Whether a number or letter comes after another in its series; roman numerals and scripts that cannot be told pass.
pub(in crate::citation) fn is_after(first: &str, last: &str) -> bool {
    let number =
        |s: &str| s.chars().map_while(|c| c.to_digit(10)).fold(None, |n: Option<u32>, d| Some(n.unwrap_or(0) * 10 + d));
    match (number(first), number(last)) {
        (Some(a), Some(b)) => b > a || b == a && last.len() > first.len(),
        (None, None) => {
            let single = |s: &str| s.chars().count() == 1;
            !(single(first) && single(last) && !is_roman(last)) || last > first
        }
        _ => false,
    }
}

/// A roman numeral in one case, up to 399, as the rules have it.
pub(in crate::citation) fn is_roman(word: &str) -> bool {
    roman(word).is_some()
}

/// Its value.
pub(in crate::citation) fn roman(word: &str) -> Option<u32> {
    let upper = word.bytes().all(|b| b.is_ascii_uppercase());
    if word.is_empty() || word.len() > 12 || !upper && !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let mut rest = word.bytes().map(|b| b.to_ascii_uppercase()).collect::<Vec<u8>>();
    let mut total = 0;
    for (value, digits, most) in [
        (100, "C", 3),
        (90, "XC", 1),
        (50, "L", 1),
        (40, "XL", 1),
        (10, "X", 3),
        (9, "IX", 1),
        (5, "V", 1),
        (4, "IV", 1),
        (1, "I", 3),
    ] {
        for _ in 0..most {
            if rest.starts_with(digits.as_bytes()) {
                rest.drain(..digits.len());
                total += value;
            }
        }
    }
    rest.is_empty().then_some(total)
}
