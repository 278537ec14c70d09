//! What of a page is the document: navigation, banners, forms and hidden elements are left out.

use scraper::node::Element;

use super::dom::{Page, Piece, attr};

/// Elements that hold no words of a document.
const NEVER: [&str; 27] = [
    "head", "script", "style", "noscript", "template", "nav", "iframe", "svg", "canvas", "object", "embed", "applet",
    "audio", "video", "map", "dialog", "select", "textarea", "input", "datalist", "progress", "meter", "menu",
    "frameset", "noframes", "noembed", "rp",
];
/// Roles of elements that stand beside a document.
const ROLES: [&str; 13] = [
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "alert",
    "status",
];
/// Words in the classes and names of such elements.
const SIGNS: [&str; 32] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "cookies",
    "consent",
    "sidebar",
    "sidenav",
    "footer",
    "masthead",
    "social",
    "share",
    "sharing",
    "skip",
    "skiplink",
    "related",
    "recommended",
    "newsletter",
    "subscribe",
    "advertisement",
    "advert",
    "pager",
    "pagination",
    "popup",
    "modal",
    "toolbar",
    "comments",
    "editsection",
];
/// What cannot be beside the document because it holds as much of the page, in percent.
const LARGEST_ASIDE: usize = 40;

/// Which part of a page is its document.
pub(super) struct Document {
    /// The element it stands in.
    pub root: usize,
    /// For each place in the page, whether it is left out with all that stands in it.
    pub left_out: Vec<bool>,
}

/// How much text stands before each place, and how much of it in links.
struct Measure {
    all: Vec<u32>,
    linked: Vec<u32>,
}

impl Measure {
    fn of(page: &Page<'_>, left_out: &[bool]) -> Self {
        let (mut all, mut linked) = (Vec::with_capacity(page.len() + 1), Vec::with_capacity(page.len() + 1));
        let (mut a, mut l, mut skip_to, mut link_to) = (0_usize, 0_usize, 0, 0);
        for (i, out) in left_out.iter().enumerate() {
            all.push(a as u32);
            linked.push(l as u32);
            if *out {
                skip_to = skip_to.max(page.end(i));
            }
            match page.get(i).map(|e| e.node) {
                Some(Piece::Words(words)) if i >= skip_to => {
                    let length: usize = words.split_ascii_whitespace().map(str::len).sum();
                    a += length;
                    l += if i < link_to { length } else { 0 };
                }
                Some(Piece::Element(element)) if element.name() == "a" && attr(element, "href").is_some() => {
                    link_to = link_to.max(page.end(i));
                }
                _ => {}
            }
        }
        all.push(a as u32);
        linked.push(l as u32);
        Self { all, linked }
    }

    fn text(&self, page: &Page<'_>, at: usize) -> usize {
        let get = |i: usize| self.all.get(i).map_or(0, |&n| n as usize);
        get(page.end(at)) - get(at)
    }

    fn links(&self, page: &Page<'_>, at: usize) -> usize {
        let get = |i: usize| self.linked.get(i).map_or(0, |&n| n as usize);
        get(page.end(at)) - get(at)
    }
}

/// Finds the document of a page. `kept` are places that stay whatever they look like: the words of notes.
pub(super) fn document(page: &Page<'_>, kept: &[usize]) -> Document {
    let mut left_out = vec![false; page.len()];
    for (i, out) in left_out.iter_mut().enumerate() {
        let name = page.name(i);
        let in_heading = || page.around(i).any(|a| is_heading(page.name(a)));
        *out = NEVER.contains(&name) || name == "button" && !in_heading();
    }
    let body = (0..page.len()).find(|&i| page.name(i) == "body").unwrap_or(0);
    if page.len() == 0 {
        return Document { root: 0, left_out };
    }
    let measure = Measure::of(page, &left_out);
    let total = measure.text(page, body).max(1);
    let mut kept_before = vec![0_usize; page.len() + 1];
    let mut kept = kept.to_vec();
    kept.sort_unstable();
    let mut next = kept.iter().peekable();
    for i in 0..page.len() {
        kept_before[i + 1] = kept_before[i];
        while next.next_if(|k| **k == i).is_some() {
            kept_before[i + 1] += 1;
        }
    }
    let holds = HeldElements::of(page);
    let mut i = body;
    while i < page.len() {
        let Some(element) = page.element(i) else {
            i += 1;
            continue;
        };
        let text = measure.text(page, i);
        let small = text * 100 < total * LARGEST_ASIDE;
        let notes = kept_before[page.end(i)] > kept_before[i];
        if left_out[i] || (small && !notes && is_beside(page, &measure, &holds, i, element)) {
            left_out[i] = true;
            i = page.end(i);
            continue;
        }
        i += 1;
    }
    let measure = Measure::of(page, &left_out);
    Document { root: root(page, &measure, &left_out, body), left_out }
}

/// For each place, how many telling elements begin before it.
struct HeldElements {
    /// Main parts, articles and first headings.
    documents: Vec<u32>,
    /// Fields and buttons.
    controls: Vec<u32>,
    links: Vec<u32>,
    /// Links to places of the same page.
    inner_links: Vec<u32>,
}

impl HeldElements {
    fn of(page: &Page<'_>) -> Self {
        let counts = |is: &dyn Fn(&Element) -> bool| {
            let mut before = Vec::with_capacity(page.len() + 1);
            before.push(0);
            for i in 0..page.len() {
                let more = page.element(i).is_some_and(is);
                before.push(before[i] + u32::from(more));
            }
            before
        };
        Self {
            documents: counts(&|e| matches!(e.name(), "main" | "article" | "h1")),
            controls: counts(&|e| matches!(e.name(), "input" | "select" | "textarea" | "button")),
            links: counts(&|e| e.name() == "a" && attr(e, "href").is_some()),
            inner_links: counts(&|e| e.name() == "a" && attr(e, "href").is_some_and(|h| h.starts_with('#'))),
        }
    }

    fn within(counts: &[u32], page: &Page<'_>, at: usize) -> usize {
        counts.get(page.end(at)).zip(counts.get(at)).map_or(0, |(end, start)| (end - start) as usize)
    }
}

/// Whether an element stands beside the document.
fn is_beside(page: &Page<'_>, measure: &Measure, holds: &HeldElements, at: usize, element: &Element) -> bool {
    let name = element.name();
    if is_hidden(element) || attr(element, "role").is_some_and(|r| ROLES.contains(&r)) {
        return true;
    }
    let inside = |names: &[&str]| page.around(at).skip(1).any(|a| names.contains(&page.name(a)));
    match name {
        "footer" => return !inside(&["article", "blockquote"]),
        "header" => return !inside(&["main", "article"]) && HeldElements::within(&holds.documents, page, at) == 0,
        "aside" => return true,
        "form" => return HeldElements::within(&holds.controls, page, at) > 0,
        "div" | "section" | "ul" | "ol" | "dl" | "table" | "td" | "p" | "span" | "a" => {}
        _ => return false,
    }
    let documents = HeldElements::within(&holds.documents, page, at);
    if documents == 0 && has_sign(element) {
        return true;
    }
    // Lists of links: navigation, or contents that lead to places of the page.
    let (text, linked) = (measure.text(page, at), measure.links(page, at));
    let links = HeldElements::within(&holds.links, page, at);
    let inner = HeldElements::within(&holds.inner_links, page, at);
    let short = text < links * 80;
    let all_links = linked * 10 >= text * 8;
    documents == 0 && short && all_links && (links >= 5 && name != "p" && name != "span" || inner >= 5)
}

/// Whether the page does not show an element.
pub(super) fn is_hidden(element: &Element) -> bool {
    if attr(element, "hidden").is_some_and(|v| v != "until-found") || attr(element, "aria-hidden") == Some("true") {
        return true;
    }
    attr(element, "style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

fn has_sign(element: &Element) -> bool {
    let of = |name| attr(element, name).unwrap_or("");
    [of("class"), of("id")].into_iter().any(|value| {
        value
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| SIGNS.iter().any(|sign| word.eq_ignore_ascii_case(sign)))
    })
}

/// The element the document stands in.
fn root(page: &Page<'_>, measure: &Measure, left_out: &[bool], body: usize) -> usize {
    let total = measure.text(page, body);
    let shown = |i: &usize| !page.around(*i).any(|a| left_out.get(a).copied().unwrap_or(false));
    let largest = |is: &dyn Fn(&Element) -> bool, within: usize| {
        (within..page.end(within))
            .filter(|&i| page.element(i).is_some_and(is))
            .filter(shown)
            .max_by_key(|&i| (measure.text(page, i), std::cmp::Reverse(i)))
    };
    let is_main =
        |e: &Element| e.name() == "main" || attr(e, "role") == Some("main") || attr(e, "id") == Some("docHtml");
    let is_article = |e: &Element| {
        e.name() == "article" || attr(e, "role") == Some("article") || attr(e, "itemprop") == Some("articleBody")
    };
    let enough = |found: Option<usize>, percent: usize, of: usize| {
        found.filter(|&i| measure.text(page, i) * 100 >= of * percent && measure.text(page, i) > 0)
    };
    let main = enough(largest(&is_main, body), 40, total);
    let from = main.unwrap_or(body);
    enough(largest(&is_article, from), 60, measure.text(page, from)).unwrap_or(from)
}

/// `h1` to `h6`.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
