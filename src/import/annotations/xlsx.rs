//! The cells of a workbook's first sheet, as words: no formula is computed, no number shown as a date.

use std::borrow::Cow;

use super::super::package::Parts;
use super::super::part::{Elements, Part, Piece};
use super::Problem;
use super::table::MOST_ROWS;

/// More columns than this are not read.
const MOST_COLUMNS: usize = 512;
/// Cells may refer to one long string again and again; together they may have as many bytes as this.
const MOST_WORDS: usize = 256 * 1024 * 1024;

/// A sheet.
pub(super) struct Sheet {
    /// From the first row with words in it.
    pub rows: Vec<Vec<String>>,
    /// How many cells have a formula.
    pub formulas: usize,
}

/// Whether bytes are a workbook.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && Parts::open(bytes).is_ok_and(|p| p.names().any(|n| n == "xl/workbook.xml"))
}

/// Reads the first sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Problem> {
    let mut parts = Parts::open(bytes)?;
    let shared = match parts.read("xl/sharedStrings.xml")? {
        Some(bytes) => shared(&Part::new("xl/sharedStrings.xml", bytes)?)?,
        None => Vec::new(),
    };
    let name = first_sheet(&mut parts)?;
    let Some(bytes) = parts.read(&name)? else {
        return Err(Problem::Damaged(format!("its part {name} cannot be found where it should be")));
    };
    cells(&Part::new(&name, bytes)?, &shared)
}

/// The name of the part with the first sheet, by the list of the workbook.
fn first_sheet(parts: &mut Parts<'_>) -> Result<String, Problem> {
    let mut relation = None;
    if let Some(bytes) = parts.read("xl/workbook.xml")? {
        let part = Part::new("xl/workbook.xml", bytes)?;
        let mut pieces = part.elements(&[]);
        loop {
            match pieces.next()? {
                Piece::Open(tag) if tag.name == "sheet" && relation.is_none() => relation = tag.attribute("id"),
                Piece::End => break,
                _ => {}
            }
        }
    }
    if let (Some(id), Some(bytes)) = (relation, parts.read("xl/_rels/workbook.xml.rels")?) {
        let part = Part::new("xl/_rels/workbook.xml.rels", bytes)?;
        let mut pieces = part.elements(&[]);
        loop {
            match pieces.next()? {
                Piece::Open(tag) if tag.name == "Relationship" && tag.attribute("Id").as_ref() == Some(&id) => {
                    let target = tag.attribute("Target").unwrap_or_default();
                    return Ok(match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => format!("xl/{target}"),
                    });
                }
                Piece::End => break,
                _ => {}
            }
        }
    }
    let first = parts.names().filter(|n| n.starts_with("xl/worksheets/") && n.ends_with(".xml")).min();
    first.map(str::to_owned).ok_or_else(|| Problem::Damaged("it has no sheet".to_owned()))
}

fn shared(part: &Part) -> Result<Vec<String>, Problem> {
    let mut pieces = part.elements(&[]);
    let mut list = Vec::new();
    loop {
        match pieces.next()? {
            Piece::Open(tag) if tag.name == "si" => list.push(string(&mut pieces)?),
            Piece::End => return Ok(list),
            _ => {}
        }
    }
}

/// The words of the element that began last: its `t`, without the readings that East Asian text has beside it.
fn string(pieces: &mut Elements<'_>) -> Result<String, Problem> {
    let depth = pieces.depth();
    let mut words = String::new();
    let mut in_words = false;
    while let Some(piece) = pieces.inside(depth)? {
        match piece {
            Piece::Open(tag) if tag.name == "rPh" => pieces.skip()?,
            Piece::Open(tag) => in_words = tag.name == "t",
            Piece::Close(_, "t") => in_words = false,
            Piece::Text(text) if in_words => words.push_str(&text),
            _ => {}
        }
    }
    Ok(unescaped(&words).into_owned())
}

fn cells(part: &Part, shared: &[String]) -> Result<Sheet, Problem> {
    let mut pieces = part.elements(&[]);
    let mut sheet = Sheet { rows: Vec::new(), formulas: 0 };
    let mut size = 0;
    loop {
        match pieces.next()? {
            Piece::Open(tag) if tag.name == "row" => {
                if sheet.rows.len() >= MOST_ROWS {
                    return Err(Problem::TooMuch(format!("has more than {MOST_ROWS} rows")));
                }
                sheet.rows.push(Vec::new());
            }
            Piece::Open(tag) if tag.name == "c" => {
                let kind = tag.attribute("t").unwrap_or_default();
                let at = tag.attribute("r").and_then(|r| column(&r));
                let words = cell(&mut pieces, &kind, shared, &mut sheet.formulas)?;
                let Some(row) = sheet.rows.last_mut() else { continue };
                let at = at.unwrap_or(row.len());
                size += words.len();
                if size > MOST_WORDS {
                    return Err(Problem::TooMuch(format!("has cells with more than {} MB", MOST_WORDS >> 20)));
                }
                if at < MOST_COLUMNS && !words.is_empty() {
                    if row.len() <= at {
                        row.resize(at + 1, String::new());
                    }
                    row[at] = words;
                }
            }
            Piece::End => break,
            _ => {}
        }
    }
    let first = sheet.rows.iter().position(|r| !r.is_empty()).unwrap_or(sheet.rows.len());
    sheet.rows.drain(..first);
    Ok(sheet)
}

/// The words of the cell that began last.
fn cell(pieces: &mut Elements<'_>, kind: &str, shared: &[String], formulas: &mut usize) -> Result<String, Problem> {
    let depth = pieces.depth();
    let mut value = String::new();
    let mut words = None;
    let mut in_value = false;
    while let Some(piece) = pieces.inside(depth)? {
        match piece {
            Piece::Open(tag) if tag.name == "is" => words = Some(string(pieces)?),
            Piece::Open(tag) => {
                *formulas += usize::from(tag.name == "f");
                in_value = tag.name == "v";
            }
            Piece::Close(..) => in_value = false,
            Piece::Text(text) if in_value => value.push_str(&text),
            _ => {}
        }
    }
    Ok(match kind {
        "s" => value.trim().parse().ok().and_then(|n: usize| shared.get(n)).cloned().unwrap_or_default(),
        "inlineStr" => words.unwrap_or_default(),
        "b" => (if value.trim() == "1" { "true" } else { "false" }).to_owned(),
        "e" => String::new(),
        "str" => unescaped(&value).into_owned(),
        _ => value,
    })
}

/// The column of `AB12`, from 0.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0_usize, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

/// Characters that XML cannot hold stand as `_x000D_`.
fn unescaped(words: &str) -> Cow<'_, str> {
    if !words.contains("_x") {
        return Cow::Borrowed(words);
    }
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_names() {
        for (reference, expected) in [("A1", Some(0)), ("AB12", Some(27)), ("7", None), ("XFD1048576", Some(16_383))] {
            assert_eq!(column(reference), expected, "{reference}");
        }
        assert_eq!(unescaped("a_x000D_b_x005F_x0041_ _xéé_ _x12"), "a\rb_x0041_ _xéé_ _x12");
    }
}
