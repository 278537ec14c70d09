//! WebAnno TSV 3, the format of WebAnno and INCEpTION: sentences with `#Text=`, then one line for each token with the
//! features of each layer.
//!
//! A span with a value of a feature is a remark with that value as its concern; a span of several tokens bears a number in
//! square brackets. Positions are UTF-16 code units of the document, since both programs count so. Relations, chains and
//! slots are not taken. Source: "WebAnno TSV 3.3 File format", WebAnno user guide, appendix.

use std::collections::BTreeMap;

use super::foreign::{Counting, Foreign, ForeignSighting, Gathering, analyst_named, counted, remark};
use super::{MOST_REMARKS, Problem};
use crate::model::Quote;
use crate::model::ids::derived;

/// Whether bytes are a file of the format.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).starts_with(b"#FORMAT=WebAnno TSV 3")
}

/// A column of the table: a feature of a layer of spans; none of layers that are not taken.
struct Column {
    layer: usize,
    feature: Option<String>,
}

/// A span being put together.
struct Span {
    start: usize,
    end: usize,
    values: Vec<(String, String)>,
}

/// Reads the spans.
pub(super) fn read(bytes: &[u8]) -> Result<Foreign, Problem> {
    let text = std::str::from_utf8(bytes)
        .map_err(|e| Problem::Damaged(format!("what stands at byte {} is not UTF-8", e.valid_up_to())))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut columns: Vec<Column> = Vec::new();
    let (mut layers, mut relations) = (0, 0);
    let mut document: Vec<u16> = Vec::new();
    let mut waiting: Vec<&str> = Vec::new();
    // By layer and number; spans of one token without a number are told apart by where they are.
    let mut spans: BTreeMap<(usize, String), Span> = BTreeMap::new();
    for (number, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if let Some(layer) = line.strip_prefix("#T_SP=") {
            layers += 1;
            let mut features = layer.split('|').skip(1).peekable();
            if features.peek().is_none() {
                columns.push(Column { layer: layers, feature: Some(String::new()) });
            }
            // A slot takes two columns: the role and its target.
            columns.extend(features.map(|f| {
                let plain =
                    !f.contains("ROLE_") && !f.contains("_BT_") && !f.starts_with("BT_") && f.parse::<f64>().is_err();
                Column { layer: layers, feature: plain.then(|| f.to_owned()) }
            }));
        } else if let Some(layer) = line.strip_prefix("#T_RL=").or_else(|| line.strip_prefix("#T_CH=")) {
            relations += 1;
            layers += 1;
            columns.extend(layer.split('|').skip(1).map(|_| Column { layer: layers, feature: None }));
        } else if let Some(sentence) = line.strip_prefix("#Text=") {
            waiting.push(sentence);
        } else if !line.starts_with('#') && !line.trim().is_empty() {
            let cells: Vec<&str> = line.split('\t').collect();
            let damaged = || Problem::Damaged(format!("its line {} is no token of WebAnno TSV", number + 1));
            let [token, place, words, rest @ ..] = cells.as_slice() else { return Err(damaged()) };
            let (start, end) = place
                .split_once('-')
                .and_then(|(a, b)| Some((a.parse::<usize>().ok()?, b.parse::<usize>().ok()?)))
                .filter(|(a, b)| a <= b && *b <= text.len())
                .ok_or_else(damaged)?;
            if !waiting.is_empty() {
                let sentence = std::mem::take(&mut waiting).join("\n");
                // The sentence begins where its first token does.
                place_at(&mut document, start, &unescaped(&sentence));
            } else if start >= document.len() {
                place_at(&mut document, start, &unescaped(words));
            }
            for (column, cell) in columns.iter().zip(rest) {
                let Some(feature) = &column.feature else { continue };
                for value in parted(cell, '|').into_iter().filter(|v| *v != "_" && !v.is_empty()) {
                    let (value, number) = numbered(value);
                    let key = number.map_or_else(|| format!("{token} {start}"), |n| format!("[{n}]"));
                    if spans.len() >= MOST_REMARKS {
                        return Err(Problem::TooMuch(format!("has more than {MOST_REMARKS} annotations")));
                    }
                    let span =
                        spans.entry((column.layer, key)).or_insert_with(|| Span { start, end, values: Vec::new() });
                    (span.start, span.end) = (span.start.min(start), span.end.max(end));
                    let said = (feature.clone(), unescaped(value));
                    if value != "*" && !span.values.contains(&said) {
                        span.values.push(said);
                    }
                }
            }
        }
    }
    let mut gathering = Gathering::default();
    let draft = gathering.draft_named("WebAnno TSV")?;
    for ((layer, key), span) in spans {
        let around = |a: usize, b: usize| {
            String::from_utf16_lossy(document.get(a.min(document.len())..b.min(document.len())).unwrap_or_default())
        };
        let quote = Quote {
            exact: around(span.start, span.end),
            prefix: around(span.start.saturating_sub(48), span.start),
            suffix: around(span.end, span.end.saturating_add(48)),
        };
        let id = derived(&["webanno", &layer.to_string(), &key, &span.start.to_string(), &quote.exact]);
        let mut annotation = remark(id);
        for (_, value) in &span.values {
            annotation.concerns.insert(gathering.concern_named(value)?);
        }
        let place = (span.start, span.end);
        let sighting = ForeignSighting {
            draft,
            span: Some(place),
            counting: Counting::Utf16,
            quote,
            ..ForeignSighting::default()
        };
        gathering.remark(analyst_named("", "WebAnno"), annotation, false, sighting)?;
    }
    if relations > 0 {
        gathering.foreign.left.push(format!("{} of relations or chains between words", counted(relations, "layer")));
    }
    Ok(gathering.finish())
}

/// Puts words at a position; what lies between is filled with line ends.
fn place_at(document: &mut Vec<u16>, at: usize, words: &str) {
    if document.len() < at {
        document.resize(at, u16::from(b'\n'));
    }
    document.truncate(at);
    document.extend(words.encode_utf16());
}

/// A value and the number in square brackets behind it.
fn numbered(value: &str) -> (&str, Option<&str>) {
    match value.strip_suffix(']').and_then(|v| v.rsplit_once('[')) {
        Some((before, number)) if !before.ends_with('\\') && number.bytes().all(|b| b.is_ascii_digit()) => {
            (before, Some(number))
        }
        _ => (value, None),
    }
}

/// The parts of a cell; one with a backslash in front of the mark goes on.
fn parted(cell: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in cell.char_indices() {
        if c == mark && !escaped {
            parts.push(&cell[start..at]);
            start = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&cell[start..]);
    parts
}

/// Words without the backslashes that keep them apart from marks.
fn unescaped(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut letters = words.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                Some('t') => plain.push('\t'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_put_together_from_their_tokens() {
        let text = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Concern|value|note\n#T_RL=custom.Link|kind|BT_custom.Concern\n\n\n\
            #Text=Any \u{1f512} offence\n1-1\t0-3\tAny\tScope[1]|Vague[2]\t_|*[2]\t_\t_\n\
            1-2\t4-6\t\u{1f512}\tScope[1]\t_\t_\t_\n1-3\t7-14\toffence\tPower\\|s\t*\t_\t_\n\n\
            #Text=Next\n2-1\t15-19\tNext\t_\t_\t_\t_\n";
        let foreign = read(text.as_bytes()).unwrap();
        let remarks = &foreign.sets[0].remarks;
        let seen: Vec<_> = remarks
            .iter()
            .map(|r| (r.sightings[0].quote.exact.as_str(), r.sightings[0].span, r.annotation.concerns.len()))
            .collect();
        assert_eq!(seen, [("offence", Some((7, 14)), 1), ("Any \u{1f512}", Some((0, 6)), 1), ("Any", Some((0, 3)), 1)]);
        assert_eq!(remarks[0].sightings[0].quote.suffix, "\nNext");
        assert!(foreign.concerns.iter().any(|c| c.name == "Power|s"));
        assert_eq!(foreign.left, ["1 layer of relations or chains between words"]);
    }
}
