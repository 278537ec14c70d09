//! XHTML made fit for a reader of HTML: `<a/>` gets its end, CDATA becomes words.

use std::borrow::Cow;

/// Elements that have no end in HTML either.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose content is no markup.
const RAW: [&str; 2] = ["script", "style"];

/// The page as HTML, if it says that it is XHTML; else as it is.
pub(super) fn as_html(source: &str) -> Cow<'_, str> {
    let head = &source[..source.floor_char_boundary(2048)];
    let says = head.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml")
        || head.contains("\"http://www.w3.org/1999/xhtml\"");
    if !says || !(source.contains("/>") || source.contains("<![CDATA[")) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len() + source.len() / 16);
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").unwrap_or(data.len());
            for c in data[..end].chars() {
                match c {
                    '<' => out.push_str("&lt;"),
                    '&' => out.push_str("&amp;"),
                    c => out.push(c),
                }
            }
            rest = data.get(end + 3..).unwrap_or("");
            continue;
        } else if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else {
            tag_length(rest)
        };
        let tag = &rest[..length];
        let name = tag[1..].split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or("");
        match tag.strip_suffix("/>") {
            Some(start) if !name.is_empty() && !VOID.contains(&name) => {
                out.push_str(start);
                out.push_str("></");
                out.push_str(name);
                out.push('>');
            }
            Some(_) => out.push_str(tag),
            None => {
                out.push_str(tag);
                // What stands in a script is not looked into.
                if RAW.contains(&name) {
                    let inside = &rest[length..];
                    let end = inside.find(&format!("</{name}")).unwrap_or(inside.len());
                    out.push_str(&inside[..end]);
                    rest = &inside[end..];
                    continue;
                }
            }
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The length of the tag a text begins with; a `>` in quotes does not end it.
fn tag_length(s: &str) -> usize {
    let mut quote = None;
    // A quotation mark that is not closed for so long is none.
    for (i, b) in s.bytes().take(1 << 16).enumerate() {
        match (quote, b) {
            (None, b'>') => return i + 1,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    s.find('>').map_or(s.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_elements_get_their_ends() {
        let check = |source: &str, expected: &str| assert_eq!(as_html(source), expected);
        check("<p/>", "<p/>");
        check("<?xml version='1.0'?><a id='x>/>'/>b<br/>", "<?xml version='1.0'?><a id='x>/>'></a>b<br/>");
        check(
            "<?xml?><script src='a'/><script>'<a/>'</script><td />",
            "<?xml?><script src='a'></script><script>'<a/>'</script><td ></td>",
        );
        check("<?xml?><![CDATA[a<b&]]><!-- <p/> --><x", "<?xml?>a&lt;b&amp;<!-- <p/> --><x");
    }
}
