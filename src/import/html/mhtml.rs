//! MHTML, in which browsers save a page with its pictures: the page is taken out.

use super::super::Problem;

/// Parts looked through at most.
const MOST_PARTS: usize = 10_000;

/// The page in an MHTML file.
pub(super) struct Unpacked {
    pub bytes: Vec<u8>,
    /// What its head says.
    pub charset: Option<String>,
}

/// Whether a file begins as those that browsers save.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let (head, _) = head_and_body(&head);
    head.starts_with(|c: char| c.is_ascii_alphabetic())
        && head.contains("multipart/related")
        && head.contains("mime-version:")
}

/// Takes out the first part that is a page.
///
/// # Errors
/// [`Problem::Damaged`] where there is none.
pub(super) fn unpack(bytes: &[u8]) -> Result<Unpacked, Problem> {
    // Heads are ASCII; bytes beyond it are kept one to one.
    let file: String = bytes.iter().map(|&b| char::from(b)).collect();
    let (head, body) = head_and_body(&file);
    let boundary = parameter(&unfolded(head), "content-type", "boundary")
        .ok_or_else(|| Problem::Damaged("it does not say where its parts begin".to_owned()))?;
    let fence = format!("--{boundary}");
    for part in body.split(fence.as_str()).skip(1).take(MOST_PARTS) {
        let (head, words) = head_and_body(part.trim_start_matches(['\r', '\n']));
        let head = unfolded(head);
        let kind = field(&head, "content-type").unwrap_or_default().to_ascii_lowercase();
        if !(kind.starts_with("text/html") || kind.starts_with("application/xhtml")) {
            continue;
        }
        let bytes = match field(&head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().trim() {
            "quoted-printable" => quoted_printable(words),
            "base64" => base64(words),
            _ => words.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect(),
        };
        return Ok(Unpacked { bytes, charset: parameter(&head, "content-type", "charset") });
    }
    Err(Problem::Damaged("there is no page in it".to_owned()))
}

fn head_and_body(s: &str) -> (&str, &str) {
    let crlf = s.find("\r\n\r\n").map(|at| (at, 4));
    let lf = s.find("\n\n").map(|at| (at, 2));
    let cut = [crlf, lf].into_iter().flatten().min();
    cut.map_or((s, ""), |(at, length)| (&s[..at], &s[at + length..]))
}

/// The lines of a head, with those that go on joined.
fn unfolded(head: &str) -> String {
    head.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ")
}

fn field<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (n, value) = line.split_once(':')?;
        n.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn parameter(head: &str, name: &str, parameter: &str) -> Option<String> {
    field(head, name)?.split(';').skip(1).find_map(|p| {
        let (n, value) = p.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (n.trim().eq_ignore_ascii_case(parameter) && !value.is_empty()).then(|| value.to_owned())
    })
}

fn quoted_printable(words: &str) -> Vec<u8> {
    let bytes: Vec<u8> = words.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        i += 1;
        if b != b'=' {
            out.push(b);
        } else if let (Some(high), Some(low)) = (hex(bytes.get(i)), hex(bytes.get(i + 1))) {
            out.push((high * 16 + low) as u8);
            i += 2;
        } else if bytes.get(i) == Some(&b'\n') {
            i += 1;
        } else if bytes.get(i..i + 2) == Some(b"\r\n") {
            i += 2;
        } else {
            out.push(b);
        }
    }
    out
}

fn base64(words: &str) -> Vec<u8> {
    let value = |c: char| match c {
        'A'..='Z' => Some(c as u32 - 'A' as u32),
        'a'..='z' => Some(c as u32 - 'a' as u32 + 26),
        '0'..='9' => Some(c as u32 - '0' as u32 + 52),
        '+' => Some(62),
        '/' => Some(63),
        _ => None,
    };
    let (mut out, mut held, mut bits) = (Vec::with_capacity(words.len() * 3 / 4), 0_u32, 0);
    for v in words.chars().filter_map(value) {
        held = (held << 6 | v) & 0x00ff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 0xff) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_taken_out() {
        let file = "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--x--\"\r\n\r\n\
                    ----x--\r\nContent-Type: text/css\r\n\r\np {}\r\n----x--\r\nContent-Type: text/html; charset=utf-8\r\n\
                    Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>caf=C3=A9 =\r\non</p>\r\n----x----\r\n";
        assert!(looks_like(file.as_bytes()));
        let page = unpack(file.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(page.bytes).unwrap().trim(), "<p>café on</p>");
        assert_eq!(page.charset.as_deref(), Some("utf-8"));
        assert_eq!(base64("PHA+\r\nw6k="), "<p>é".as_bytes());
        let empty = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--";
        assert!(unpack(empty.as_bytes()).is_err());
    }
}
