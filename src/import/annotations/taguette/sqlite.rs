//! The rows of tables in a file of SQLite, without its engine: nothing in the file is run, and every page is read at most
//! once. Source: "Database File Format", sqlite.org.
//!
//! Only tables with row ids, which is what Taguette has. What stands in a write-ahead log beside the file is not seen.

use std::collections::{BTreeSet, HashMap};

use super::super::Problem;

/// The most that all rows that are read may hold, in bytes.
const MOST_READ: usize = 512 * 1024 * 1024;
/// More rows than this are not read from a table.
const MOST_ROWS: usize = 2_000_000;
/// B-trees are a few pages deep.
const DEEPEST: usize = 40;

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// None.
    Null,
    /// A whole number.
    Number(i64),
    /// Words; what is no Unicode is replaced.
    Words(String),
    /// Another kind, which is not looked at.
    Other,
}

impl Value {
    /// The number, if it is one.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }

    /// The words; none for another kind.
    pub fn text(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Number(n) => n.to_string(),
            _ => String::new(),
        }
    }
}

/// A table: its first page, and its columns.
struct Table {
    root: usize,
    columns: Vec<String>,
    /// The column that is the row id itself.
    key: Option<usize>,
}

/// A file in memory.
pub(super) struct Database<'b> {
    bytes: &'b [u8],
    page: usize,
    /// Bytes of a page that are used.
    usable: usize,
    /// UTF-16 from the low or from the high byte; UTF-8 if none.
    wide: Option<fn([u8; 2]) -> u16>,
    tables: HashMap<String, Table>,
}

fn damaged(why: &str) -> Problem {
    Problem::Damaged(format!("as a database, {why}"))
}

impl<'b> Database<'b> {
    /// Reads the list of tables.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Problem> {
        let header = bytes.get(..100).ok_or_else(|| damaged("it is cut off"))?;
        let page = match u16::from_be_bytes([header[16], header[17]]) {
            1 => 65_536,
            size => usize::from(size),
        };
        let usable = page.saturating_sub(usize::from(header[20]));
        if !page.is_power_of_two() || page < 512 || usable < 480 {
            return Err(damaged("its pages have no size"));
        }
        let wide = match header[59] {
            2 => Some(u16::from_le_bytes as fn([u8; 2]) -> u16),
            3 => Some(u16::from_be_bytes as fn([u8; 2]) -> u16),
            _ => None,
        };
        let mut database = Self { bytes, page, usable, wide, tables: HashMap::new() };
        let names = ["type", "name", "tbl_name", "rootpage", "sql"].map(str::to_owned).to_vec();
        let schema = Table { root: 1, columns: names, key: None };
        for row in database.read(&schema)? {
            let [kind, name, _, root, sql] = row.as_slice() else { continue };
            let Some(root) = root.number().and_then(|n| usize::try_from(n).ok()) else { continue };
            if kind.text() == "table" {
                let (columns, key) = columns(&sql.text());
                database.tables.insert(name.text(), Table { root, columns, key });
            }
        }
        Ok(database)
    }

    /// Whether there is such a table.
    pub fn has(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    /// Some columns of all rows; a column that is not there is empty.
    pub fn rows<const N: usize>(&self, table: &str, columns: &[&str; N]) -> Result<Vec<[Value; N]>, Problem> {
        let Some(table) = self.tables.get(table) else { return Ok(Vec::new()) };
        let places = columns.map(|name| table.columns.iter().position(|c| c == name));
        let rows = self.read(table)?;
        let pick = |mut row: Vec<Value>| {
            places
                .map(|at| at.and_then(|at| row.get_mut(at)).map_or(Value::Null, |v| std::mem::replace(v, Value::Null)))
        };
        Ok(rows.into_iter().map(pick).collect())
    }

    fn page_at(&self, number: usize) -> Result<&'b [u8], Problem> {
        let start = number.checked_sub(1).and_then(|n| n.checked_mul(self.page));
        start
            .and_then(|start| self.bytes.get(start..start.checked_add(self.page)?))
            .ok_or_else(|| damaged(&format!("its page {number} is missing")))
    }

    fn read(&self, table: &Table) -> Result<Vec<Vec<Value>>, Problem> {
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        let mut left = MOST_READ;
        let mut waiting = vec![(table.root, 0)];
        while let Some((number, depth)) = waiting.pop() {
            if !seen.insert(number) || depth > DEEPEST {
                return Err(damaged("its pages lead in a circle"));
            }
            let page = self.page_at(number)?;
            let head = if number == 1 { 100 } else { 0 };
            let short = |at: usize| page.get(at..at + 2).map(|b| usize::from(u16::from_be_bytes([b[0], b[1]])));
            let long = |at: usize| page.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]) as usize);
            let broken = || damaged(&format!("its page {number} is not what it should be"));
            let count = short(head + 3).ok_or_else(broken)?;
            match page.get(head) {
                Some(0x05) => {
                    // The last child first, so that rows come in order.
                    waiting.push((long(head + 8).ok_or_else(broken)?, depth + 1));
                    for cell in (0..count).rev() {
                        let at = short(head + 12 + 2 * cell).ok_or_else(broken)?;
                        waiting.push((long(at).ok_or_else(broken)?, depth + 1));
                    }
                }
                Some(0x0d) => {
                    for cell in 0..count {
                        if rows.len() >= MOST_ROWS {
                            return Err(Problem::TooMuch(format!("has a table of more than {MOST_ROWS} rows")));
                        }
                        let at = short(head + 8 + 2 * cell).ok_or_else(broken)?;
                        rows.push(self.row(page, at, table.key, &mut left)?);
                    }
                }
                _ => return Err(broken()),
            }
        }
        Ok(rows)
    }

    /// The row whose cell begins at a byte of a leaf page.
    fn row(&self, page: &[u8], at: usize, key: Option<usize>, left: &mut usize) -> Result<Vec<Value>, Problem> {
        let broken = || damaged("a row of it is not what it should be");
        let mut at = at;
        let size = usize::try_from(varint(page, &mut at).ok_or_else(broken)?).ok().ok_or_else(broken)?;
        let id = varint(page, &mut at).ok_or_else(broken)?;
        *left = left
            .checked_sub(size)
            .ok_or_else(|| Problem::TooMuch(format!("has rows of more than {} MB", MOST_READ >> 20)))?;
        let payload = self.payload(page, at, size)?;
        let mut at = 0;
        let head = usize::try_from(varint(&payload, &mut at).ok_or_else(broken)?).ok().ok_or_else(broken)?;
        let mut body = head;
        let mut row = Vec::new();
        while at < head {
            let kind = varint(&payload, &mut at).ok_or_else(broken)?;
            let length = match kind {
                0 | 8 | 9 | 10 | 11 => 0,
                1..=4 => kind as usize,
                5 => 6,
                6 | 7 => 8,
                other => usize::try_from((other - 12) / 2).ok().ok_or_else(broken)?,
            };
            let bytes = body.checked_add(length).and_then(|end| payload.get(body..end)).ok_or_else(broken)?;
            body += length;
            row.push(match kind {
                0 => Value::Null,
                1..=6 => Value::Number(whole(bytes)),
                8 => Value::Number(0),
                9 => Value::Number(1),
                kind if kind >= 13 && kind % 2 == 1 => Value::Words(self.words(bytes)),
                _ => Value::Other,
            });
        }
        if let Some(slot) = key.and_then(|key| row.get_mut(key)).filter(|v| **v == Value::Null) {
            *slot = Value::Number(id.cast_signed());
        }
        Ok(row)
    }

    /// The bytes of a row: those on its page, and those on the pages its end is on.
    fn payload(&self, page: &[u8], at: usize, size: usize) -> Result<Vec<u8>, Problem> {
        let broken = || damaged("a row of it is cut off");
        let most = self.usable - 35;
        let here = if size <= most {
            size
        } else {
            let least = (self.usable - 12) * 32 / 255 - 23;
            let fitting = least + (size - least) % (self.usable - 4);
            if fitting <= most { fitting } else { least }
        };
        if size > self.bytes.len() {
            return Err(broken());
        }
        let mut payload = page.get(at..at + here).ok_or_else(broken)?.to_vec();
        let mut next = page
            .get(at + here..at + here + 4)
            .filter(|_| here < size)
            .map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
        while payload.len() < size {
            let number = next.filter(|n| *n > 0).ok_or_else(broken)?;
            let more = self.page_at(number as usize)?;
            next = more.get(..4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
            let take = (size - payload.len()).min(self.usable - 4);
            payload.extend_from_slice(more.get(4..4 + take).ok_or_else(broken)?);
        }
        Ok(payload)
    }

    fn words(&self, bytes: &[u8]) -> String {
        match self.wide {
            None => String::from_utf8_lossy(bytes).into_owned(),
            Some(unit) => {
                let units = bytes.as_chunks::<2>().0.iter().map(|&pair| unit(pair));
                char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
            }
        }
    }
}

/// A number of one to nine bytes, seven bits each, the ninth with eight.
fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value: u64 = 0;
    for n in 0..9 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if n == 8 {
            return Some(value << 8 | u64::from(byte));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// A number of one to eight bytes with its sign.
fn whole(bytes: &[u8]) -> i64 {
    let start: i64 = if bytes.first().is_some_and(|b| b & 0x80 != 0) { -1 } else { 0 };
    bytes.iter().fold(start, |n, &b| n << 8 | i64::from(b))
}

/// The names of the columns in `CREATE TABLE`, and which is the row id.
fn columns(sql: &str) -> (Vec<String>, Option<usize>) {
    let Some((open, close)) = sql.find('(').zip(sql.rfind(')')).filter(|(open, close)| open < close) else {
        return (Vec::new(), None);
    };
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, open + 1);
    for (at, c) in sql[..close].char_indices().skip_while(|(at, _)| *at <= open) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&sql[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&sql[start..close]);
    let mut names = Vec::new();
    let mut key = None;
    for part in parts {
        let mut words = part.split_whitespace();
        let Some(name) = words.next() else { continue };
        let upper = name.to_uppercase();
        if ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].contains(&upper.as_str()) {
            continue;
        }
        let rest = part.to_uppercase();
        if words.next().is_some_and(|kind| kind.eq_ignore_ascii_case("INTEGER")) && rest.contains("PRIMARY KEY") {
            key = Some(names.len());
        }
        names.push(name.trim_matches(['"', '`', '[', ']']).to_owned());
    }
    (names, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_sqlite_writes_them() {
        for (bytes, expected) in [(&[0x7f][..], 127), (&[0x81, 0x00], 128), (&[0xff; 9], u64::MAX)] {
            assert_eq!(varint(bytes, &mut 0), Some(expected));
        }
        assert_eq!(varint(&[0x81], &mut 0), None);
        assert_eq!((whole(&[0xff]), whole(&[1, 0]), whole(&[])), (-1, 256, 0));
    }

    #[test]
    fn columns_are_read_from_their_definition() {
        let sql = "CREATE TABLE tags (\n\tid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, \n\t\"path\" VARCHAR(200) NOT NULL, \
                   CONSTRAINT uq UNIQUE (a, b), CONSTRAINT pk PRIMARY KEY (id))";
        assert_eq!(columns(sql), (vec!["id".to_owned(), "path".to_owned()], Some(0)));
        assert_eq!(columns("CREATE TABLE"), (Vec::new(), None));
    }
}
