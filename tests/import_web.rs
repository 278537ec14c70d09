//! HTML and Akoma Ntoso in: what becomes of markup, what is left out, bad input, and any input at all.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "tests say what they miss")]

use std::time::{Duration, Instant};

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::{prop_assert_eq, proptest};

use travaux::import::{Choices, Imported, Problem, read_bytes_named};
use travaux::model::text::normalize;
use travaux::model::{HintKind, ProvisionKind, StructureHint, Style, TextRange, Wording};
use travaux::outline::recognize;

fn read_with(name: &str, source: impl AsRef<[u8]>, choices: &Choices) -> Result<Imported, Problem> {
    read_bytes_named(name, source.as_ref().to_vec(), choices, &mut ()).map_err(|e| e.problem)
}

fn read(name: &str, source: impl AsRef<[u8]>) -> Imported {
    read_with(name, source, &Choices::default()).unwrap()
}

/// The text of the body of a page, its paragraphs divided by ` / `.
fn body(source: &str) -> String {
    text(&read("a.html", format!("<!doctype html><html><body>{source}</body></html>")))
}

fn text(imported: &Imported) -> String {
    imported.text.trim_end().replace("\n\n", " / ").replace('\t', " ")
}

fn words(imported: &Imported, range: TextRange) -> &str {
    range.of(&imported.text).unwrap()
}

/// Everything that must hold of whatever was taken in.
fn check_sound(imported: &Imported) {
    assert_eq!(normalize(&imported.text), imported.text);
    assert_eq!(imported.printed.fault(&imported.text), None);
    for hint in &imported.hints {
        assert!(hint.range.start < hint.range.end && hint.range.of(&imported.text).is_some(), "{hint:?}");
    }
    for note in &imported.printed.notes {
        assert!(imported.hints.iter().any(|h| h.kind == HintKind::Aside && h.range == note.body));
    }
    let reading = recognize(&imported.text, &imported.hints);
    assert_eq!(reading.outline.fault(&imported.text), None);
}

#[test]
fn elements_become_paragraphs() {
    let cases = [
        ("<p>One\n two&nbsp;&nbsp;three<p>Four", "One two three / Four"),
        ("<h1>Title of it<br>and more</h1>words", "Title of it and more / words"),
        ("<p>PART I<br>GENERAL</p>", "PART I / GENERAL"),
        ("<p>It goes<br>on here.<br>And new.<br><br>more", "It goes on here. / And new. / more"),
        ("<div>a<div>b</div>c</div>", "a / b / c"),
        ("<p>in<b>side</b> a <i>word</i>.", "inside a word."),
        ("<ol start=3><li>c<li>d</ol>", "3. c / 4. d"),
        ("<ol type=I reversed><li>a<li>b<li value=9>c</ol>", "III. a / II. b / IX. c"),
        ("<ol style='list-style-type: lower-alpha'><li>a<ul><li>b</ul></ol>", "a. a / • b"),
        ("<ol style='list-style:none'><li>a</ol><ul><li>(a) own label</ul>", "a / (a) own label"),
        ("<ol><li>1. own number</ol><ol><li></li><li>two</ol>", "1. own number / 2. two"),
        ("<dl><dt>Term<dd>Meaning</dl>", "Term / Meaning"),
        ("<table><tr><td>(a)<td>point<tr><td>–<td>dash<tr><td>1.<td>x<td>y</table>", "(a) point / – dash / 1. / x / y"),
        (
            "<table><tr><td>(a)<td><p>one<p>two<table><tr><td>(i)<td>in</table>out</table>",
            "(a) one / two / (i) in / out",
        ),
        ("<table><tr><td>(a)<td></table><p>next", "(a) / next"),
        ("10<sup>-6</sup> m<sup>2</sup>, 4<sup>th</sup> H<sub>2</sub>O n<sup>bis</sup>", "10⁻⁶ m², 4th H2O nbis"),
        ("&eacute;e&#x301;&amp;&lt; soft\u{ad}hy\u{200b}phen", "éé&< softhyphen"),
        ("他们\n  同意 ok\nno", "他们同意 ok no"),
        ("<p style='display:inline'>1.</p><p style='display:inline'>One</p>", "1.One"),
        ("<q>said</q> <wbr>so <ruby>字<rp>(<rt>zi<rp>)</ruby>", "“said” so 字"),
        ("<details><summary>More</summary>inside</details><hr>after", "More / inside / after"),
    ];
    for (source, expected) in cases {
        assert_eq!(body(source), expected, "{source}");
    }
}

#[test]
fn consolidated_texts_of_the_journal_are_read() {
    let page = "<html><body><p class=title-doc-first>REGULATION 1/2020</p><p class=modref><a href=x>▼B</a></p>\
                <p class=title-division-1>CHAPTER I</p><p class=title-division-2><span class=bold>ROPES</span></p>\
                <div class=eli-subdivision id=art_1><p class=title-article-norm>Article 1</p>\
                <div class=eli-title><p class=stitle-article-norm>Length</p></div>\
                <div class=norm><span class=no-parag>1. </span><div class='norm inline-element'>Ropes:</div></div>\
                <div class='grid-container grid-list'><div class='list grid-list-column-1'><span>(a) </span></div>\
                <div class='grid-list-column-2'><p class=list>are long;</p></div></div></div>";
    let imported = read("a.html", page);
    let expected = "REGULATION 1/2020 / CHAPTER I / ROPES / Article 1 / Length / 1. Ropes: / (a) are long;";
    assert_eq!(text(&imported), expected);
    let outline = recognize(&imported.text, &imported.hints).outline;
    let cited: Vec<String> = outline.indices().map(|i| outline.citation(i).to_string()).collect();
    assert!(cited.contains(&"1(1)(a)".to_owned()), "{cited:?}");
}

#[test]
fn what_is_not_the_document_is_left_out() {
    let long = "<p>Each Party shall keep the words of this page, which are many, and shall not lose one.</p>".repeat(6);
    let kept = text(&read("a.html", format!("<html><body>{long}")));
    let cases = [
        "<nav><a href=/>Home</a></nav>",
        "<script>words()</script><style>p{}</style><template>x</template><noscript>On</noscript>",
        "<div class='cookie-notice'>We use cookies</div>",
        "<div hidden>x</div><p aria-hidden=true>x<p style='DISPLAY : none'>x</p>",
        "<form><label>Search</label><input><button>Go</button></form>",
        "<footer>Contact</footer><aside>See also</aside>",
        "<ul><li><a href=/1>One</a><li><a href=/2>Two</a><li><a href=/3>Three</a><li><a href=/4>Four</a><li><a href=/5>Five</a></ul>",
        "<img src='data:image/png;base64,AAAA' alt=x><svg><text>x</text></svg><iframe src=x></iframe>",
    ];
    for case in cases {
        assert_eq!(text(&read("a.html", format!("<html><body>{case}{long}"))), kept, "{case}");
        assert_eq!(text(&read("a.html", format!("<html><body>{long}{case}"))), kept, "{case}");
        assert_eq!(text(&read("a.html", format!("<html><body>junk {case}<main>{long}</main>junk"))), kept, "{case}");
    }
    // A form or a class around everything hides nothing.
    for around in ["form", "div class=sidebar", "div id=footer-content", "aside", "p hidden"] {
        let page = format!("<html><body><{around}><input>{}", long.replace("<p>", "<div>").replace("</p>", "</div>"));
        assert_eq!(text(&read("a.html", page)), kept, "{around}");
    }
}

#[test]
fn notes_are_taken_to_the_end() {
    let cases = [
        // Word, LibreOffice, Pandoc, Wikipedia, plain anchors, raised numbers only.
        (
            "<p>Words<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a> go on.<div id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'>[1]</a> Note.</p></div>",
            "Words¹ go on. / ¹ Note.",
        ),
        (
            "<p>Words<a class=sdfootnoteanc name=s1anc href='#s1sym'><sup>1</sup></a>.</p><div id=s1><p><a class=sdfootnotesym name=s1sym href='#s1anc'>1</a>Note.</p></div>",
            "Words¹. / ¹ Note.",
        ),
        (
            "<p>Words<a href='#fn1' id=fnref1 role=doc-noteref><sup>1</sup></a>.<section class=footnotes><hr><ol><li id=fn1><p>Note.<a href='#fnref1'>↩︎</a></ol></section>",
            "Words¹. / ¹ Note.",
        ),
        (
            "<p>Words<sup id=cite_ref-1 class=reference><a href='#cite_note-1'>[1]</a></sup>.<ol class=references><li id='cite_note-1'><span><b><a href='#cite_ref-1'>^</a></b></span> <a href='http://x.org'>Note</a></ol>",
            "Words¹. / ¹ Note",
        ),
        (
            "<p>Words <a name=r1 href='#n1'>(1)</a>, more <a name=r2 href='#n2'>(2)</a>.<p><a name=n1 href='#r1'>(1)</a> One.<br><a name=n2 href='#r2'>(2)</a> Two.",
            "Words¹, more². / ¹ One. / ² Two.",
        ),
        ("<p>Words<sup>1</sup> and m<sup>2</sup>.<p>More.<p><sup>1</sup> Note.", "Words¹ and m². / More. / ¹ Note."),
        ("<p>See <a href='#a5'>5</a>.<p id=a5>Article five.", "See 5. / Article five."),
        (
            "<p>A<a href='#n1'><sup>1</sup></a><a href='#n2'><sup>2</sup></a> B<a href='#n1'><sup>1</sup></a>.<p id=n1>One.<p id=n2>Two.",
            "A¹ ² B¹. / ¹ One. / ² Two.",
        ),
    ];
    for (source, expected) in cases {
        let imported = read("a.html", format!("<html><body>{source}"));
        assert_eq!(text(&imported), expected, "{source}");
        check_sound(&imported);
        for note in &imported.printed.notes {
            let sign = words(&imported, note.call.unwrap());
            assert!(words(&imported, note.body).starts_with(sign), "{source}");
        }
        let called = expected.matches(" / ¹").count() + expected.matches(" / ²").count();
        assert_eq!(imported.printed.notes.len(), called, "{source}");
    }
}

#[test]
fn changes_are_read_as_chosen() {
    let page = "<html><body><p>A <del>may</del><ins>shall</ins> do <s>all</s> <span style='text-decoration: line-through'>of</span> it.</p>\
                <del><p>Gone.</p></del><ins><p>New. <del>Never.</del></p></ins>";
    let act = "<akomaNtoso><act><body><p>A <del>may</del><ins>shall</ins> do <del>all</del> <del>of</del> it.</p>\
               <p><del>Gone.</del></p><p><ins>New. <del>Never.</del></ins></p></body></act></akomaNtoso>";
    for (name, source) in [("a.html", page), ("a.xml", act)] {
        let as_chosen = |wording| read_with(name, source, &Choices { wording, ..Choices::default() }).unwrap();
        let proposed = as_chosen(None);
        assert_eq!(text(&proposed), "A shall do it. / New.", "{name}");
        assert_eq!(proposed.source.taken.wording, Wording::Proposed);
        let changes = proposed.offers.changes.unwrap();
        assert_eq!((changes.inserted, changes.deleted, changes.tracked), (2, 5, true));
        assert_eq!(text(&as_chosen(Some(Wording::Original))), "A may do all of it. / Gone.", "{name}");
        let printed = as_chosen(Some(Wording::Printed));
        assert_eq!(text(&printed), "A mayshall do all of it. / Gone. / New. Never.", "{name}");
        let struck: Vec<&str> = printed
            .printed
            .styles
            .iter()
            .filter(|s| s.style == Style::Struck)
            .map(|s| words(&printed, s.range))
            .collect();
        assert_eq!(struck, ["may", "all", "of", "Gone.", "Never."], "{name}");
    }
    let plain =
        read_with("a.html", "<html><p>words", &Choices { wording: Some(Wording::Original), ..Choices::default() });
    let plain = plain.unwrap();
    assert_eq!((plain.offers.changes, plain.source.taken.wording), (None, Wording::Printed));
}

#[test]
fn columns_that_compare_texts_can_be_chosen() {
    let side = |who: &str, n: usize| {
        format!("<td><p>{who} says in row {n}: {}</p></td>", "each Party shall act with care. ".repeat(6))
    };
    let rows: String = (1..=4).map(|n| format!("<tr>{}{}</tr>", side("Council", n), side("Parliament", n))).collect();
    let page = format!(
        "<html><body><h1>Comparison</h1><table><tr><th>Council</th><th>Parliament</th></tr>\
         <tr><td colspan=2>Article 1</td></tr>{rows}</table><p>End."
    );
    let all = read("a.html", &page);
    assert_eq!(all.offers.columns, ["Council", "Parliament"]);
    assert!(all.text.contains("Council says in row 4") && all.text.contains("Parliament says in row 4"));
    let one = read_with("a.html", &page, &Choices { column: Some(1), ..Choices::default() }).unwrap();
    assert!(!one.text.contains("Council says") && one.text.contains("Parliament says in row 4"));
    assert!(one.text.starts_with("Comparison\n\nArticle 1\n\nParliament says") && one.text.ends_with("End.\n"));
    assert_eq!(one.source.taken.column, Some((1, "Parliament".to_owned())));
    assert_eq!(read_with("a.html", &page, &Choices { column: Some(7), ..Choices::default() }).unwrap().text, all.text);
    let fees = "<table><tr><th>Boat<th>Fee<tr><td>Small<td>1<tr><td>Large<td>2<tr><td>Huge<td>3</table>";
    assert!(read("a.html", format!("<html>{fees}")).offers.columns.is_empty());
}

#[test]
fn types_and_languages_are_kept() {
    let imported = read(
        "a.html",
        "<html lang=FR-ca><title>Traité - Wikipedia</title><body><p><b>Gras</b> <em>pen<i>ché</i></em> <u>sous</u> \
         <span style='font-weight:bold'>et</span>",
    );
    let styles: Vec<(&str, Style)> =
        imported.printed.styles.iter().map(|s| (words(&imported, s.range), s.style)).collect();
    let expected = [("Gras", Style::Bold), ("penché", Style::Italic), ("sous", Style::Underlined), ("et", Style::Bold)];
    assert_eq!(styles, expected);
    assert_eq!(imported.details.language, "fr-CA");
    assert_eq!(imported.details.label, "Traité");
}

#[test]
fn every_encoding_of_a_page_gives_the_same_text() {
    let page = |charset: &str| format!("<!doctype html><meta charset={charset}><p>Artículo “1” – fin");
    let latin: Vec<u8> = encoding_rs::WINDOWS_1252.encode(&page("iso-8859-1")).0.into_owned();
    let utf16: Vec<u8> = page("utf-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.iter().copied()).collect();
    let undeclared: Vec<u8> = encoding_rs::WINDOWS_1252.encode("<html><p>Artículo “1” – fin").0.into_owned();
    for bytes in [page("utf-8").into_bytes(), page("latin1").into_bytes(), latin, utf16, marked] {
        assert_eq!(text(&read("a.html", bytes)), "Artículo “1” – fin");
    }
    let imported = read("a.html", undeclared);
    assert_eq!(text(&imported), "Artículo “1” – fin");
    assert!(imported.warnings.iter().any(|w| w.contains("Windows-1252")));
    let xml = "<?xml version='1.0' encoding='UTF-16'?><akomaNtoso><act><body><p>é</p></body></act></akomaNtoso>";
    let bytes: Vec<u8> = [0xfe, 0xff].into_iter().chain(xml.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    assert_eq!(text(&read("a.xml", bytes)), "é");
}

#[test]
fn formats_are_told_by_their_content() {
    assert_eq!(text(&read("a.txt", "<!DOCTYPE html><p>Page")), "Page");
    assert_eq!(text(&read("a", "<?xml version='1.0'?><html xmlns='x'><title/><p>Page</p></html>")), "Page");
    let xhtml = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='a'/></head><p><a id='x'/>Page<![CDATA[ & more]]></p></html>";
    assert_eq!(text(&read("a.xml", xhtml)), "Page & more");
    assert_eq!(
        text(&read("a.txt", "<!-- x --><an:akomaNtoso xmlns:an='y'><an:act><an:p>Act</an:p></an:act></an:akomaNtoso>")),
        "Act"
    );
    let mhtml = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
                 Content-Transfer-Encoding: base64\r\n\r\nPGh0bWw+PHA+UGFnZQ==\r\n--b--\r\n";
    assert_eq!(text(&read("a.mht", mhtml)), "Page");
}

#[test]
fn what_cannot_be_read_is_said_in_one_sentence() {
    let says = |name: &str, bytes: &[u8]| {
        read_bytes_named(name, bytes.to_vec(), &Choices::default(), &mut ()).unwrap_err().to_string()
    };
    let laughs =
        b"<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>\n<akomaNtoso><act><p>&b;</p></act></akomaNtoso>";
    let deep = format!("<akomaNtoso>{}", "<p>".repeat(100_000));
    let cases: [(&str, &[u8], &str); 12] = [
        ("a.html", b"<html><body><script>x</script>", "a.html is empty"),
        ("a.html", b"", "a.html is empty"),
        ("a.html", b"<html>\0", "a.html is not text: byte 6"),
        ("a.xml", b"", "a.xml is empty"),
        ("a.xml", b"words", "a.xml is damaged: there is no XML in it"),
        ("a.xml", b"<akomaNtoso>\n<act>\n<p>words</b></act></akomaNtoso>", "a.xml is damaged: line 3: "),
        ("a.xml", b"<akomaNtoso><act><p>words", "a.xml is damaged: it ends before <p> does"),
        ("a.xml", b"<rss><p>words</p></rss>", "a.xml is XML of another kind than Akoma Ntoso; "),
        ("a.xml", b"<?xml version='1.0'?><ACT><TITLE/></ACT>", "a.xml is a Formex file; "),
        ("a.xml", laughs, "a.xml is damaged: line 2 uses the entity &b;"),
        ("a.xml", deep.as_bytes(), "a.xml has elements in one another more than 1000 deep"),
        (
            "a.mht",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\nwords",
            "a.mht is damaged: there is no page",
        ),
    ];
    for (name, bytes, expected) in cases {
        let said = says(name, bytes);
        assert!(said.starts_with(expected), "{said}");
        assert_eq!(said.lines().count(), 1);
    }
}

#[test]
fn long_and_deep_pages_are_bounded() {
    let deep: String = [
        "<div>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<blockquote>",
        "<span class=sidebar>",
        "<sup>",
        "<del>",
        "<h1>",
    ]
    .iter()
    .map(|tag| tag.repeat(20_000))
    .collect();
    let fonts: String = (0..3000).map(|n| format!("<font color={n}>")).collect();
    let cases = [
        ("div", format!("{}x", "<div>".repeat(100_000))),
        ("everything", format!("{deep}<ins>x</ins>")),
        ("formatting", format!("{fonts}{}", "<p>x".repeat(3000))),
        (
            "links",
            format!(
                "<p>x{}",
                (0..20_000)
                    .map(|n| format!("<a href=#n{n}><sup>{n}</sup></a><i id=n{n}>y</i><br>"))
                    .collect::<String>()
            ),
        ),
        ("cells", format!("<table>{}", "<tr><td>(a)<td>x".repeat(30_000))),
        ("nested tables", "<table><tr><td>(a)<td>x".repeat(20_000)),
        ("unclosed", "<a \"".repeat(100_000)),
        ("xhtml", format!("<?xml?>{}", "<a \"/>".repeat(100_000))),
        ("spans", format!("<table><tr>{}</table>", "<td colspan=1000 rowspan=60000>x".repeat(10_000))),
        ("pre", format!("<pre>{}", "<b>x\n".repeat(50_000))),
        ("text", "words ".repeat(500_000)),
    ];
    for (name, source) in cases {
        let began = Instant::now();
        match read_with("a.html", format!("<html><body>{source}"), &Choices::default()) {
            Ok(imported) => check_sound(&imported),
            Err(problem) => assert!(matches!(problem, Problem::TooMuch(_) | Problem::Empty), "{name}: {problem:?}"),
        }
        // Generous: the build is not optimized. What is quadratic takes minutes.
        assert!(began.elapsed() < Duration::from_secs(60), "{name} took {:?}", began.elapsed());
    }
}

/// Pieces of pages, well made and badly.
fn html_piece() -> impl Strategy<Value = String> {
    let tag = prop_oneof![
        Just("p"),
        Just("div"),
        Just("b"),
        Just("sup"),
        Just("table"),
        Just("tr"),
        Just("td"),
        Just("li"),
        Just("ol"),
        Just("ul"),
        Just("h2"),
        Just("a"),
        Just("span"),
        Just("del"),
        Just("ins"),
        Just("pre"),
        Just("dd"),
        Just("main"),
        Just("nav"),
        Just("br"),
        Just("form"),
    ];
    prop_oneof![
        tag.clone().prop_map(|t| format!("<{t}>")),
        tag.clone().prop_map(|t| format!("</{t}>")),
        (0..4_u8).prop_map(|n| format!("<a href='#n{n}' id=r{n}><sup>{n}</sup></a>")),
        (0..4_u8).prop_map(|n| format!("<p id=n{n}><a href='#r{n}'>{n}</a> Note.</p>")),
        (1..4_u8).prop_map(|n| format!("<div class=eli-subdivision id=art_{n}><p class=oj-ti-art>Article {n}</p>")),
        (1..4_u8).prop_map(|n| format!("<td><p class=oj-normal>({n})</p></td><td>words</td>")),
        Just("<p class=oj-sti-art>Title</p>".to_owned()),
        Just("<p class=oj-note>(1) note</p>".to_owned()),
        Just("Each Party shall act; ".to_owned()),
        Just("1. e\u{301} \u{200f}x\u{ad}".to_owned()),
        "\\PC{0,12}",
    ]
}

fn akn_piece() -> impl Strategy<Value = String> {
    let tag = prop_oneof![
        Just("p"),
        Just("num"),
        Just("heading"),
        Just("article"),
        Just("paragraph"),
        Just("point"),
        Just("list"),
        Just("content"),
        Just("preamble"),
        Just("recital"),
        Just("authorialNote"),
        Just("quotedStructure"),
        Just("section"),
        Just("del"),
        Just("intro"),
        Just("attachment"),
        Just("ol"),
        Just("li"),
        Just("b"),
        Just("preface"),
        Just("component"),
    ];
    prop_oneof![
        tag.clone().prop_map(|t| format!("<{t}>")),
        tag.clone().prop_map(|t| format!("<{t}>words</{t}>")),
        Just("</>".to_owned()),
        Just("Each Party;".to_owned()),
        Just("1. e\u{301}".to_owned()),
        "[a-z \u{e9}\u{301}]{0,8}",
    ]
}

/// Pieces with `</>` for the end of whatever is open, as XML.
fn well_formed(pieces: &[String]) -> String {
    let mut out = String::from("<akomaNtoso><act><body>");
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces {
        if piece == "</>" {
            if let Some(name) = open.pop() {
                out.push_str(&format!("</{name}>"));
            }
            continue;
        }
        if piece.starts_with('<') && !piece.contains("</") {
            open.push(piece.trim_matches(['<', '>']));
        }
        out.push_str(piece);
    }
    for name in open.into_iter().rev() {
        out.push_str(&format!("</{name}>"));
    }
    out.push_str("</body></act></akomaNtoso>");
    out
}

fn any_hint() -> impl Strategy<Value = HintKind> {
    let kinds = [
        ProvisionKind::Preamble,
        ProvisionKind::Recital,
        ProvisionKind::Chapter,
        ProvisionKind::Article,
        ProvisionKind::Paragraph,
        ProvisionKind::Subparagraph,
        ProvisionKind::Item,
        ProvisionKind::Annex,
        ProvisionKind::Heading,
        ProvisionKind::Body,
    ];
    prop_oneof![
        (0..kinds.len()).prop_map(move |k| HintKind::Provision(kinds[k])),
        Just(HintKind::Number),
        Just(HintKind::Caption),
        Just(HintKind::Plain),
        Just(HintKind::Joined),
        Just(HintKind::Paragraphs),
        Just(HintKind::Aside),
        (0..9_u8).prop_map(HintKind::Heading),
        (0..9_u8).prop_map(HintKind::ListItem),
    ]
}

fn check_marks(text: &str, hints: &[StructureHint]) {
    let outline = recognize(text, hints).outline;
    assert_eq!(outline.fault(text), None);
    let shown = |r: &TextRange| r.of(text).unwrap_or("").chars().filter(|c| !c.is_whitespace()).count();
    let all: usize = outline.blocks.iter().map(shown).sum();
    assert_eq!(all, text.chars().filter(|c| !c.is_whitespace()).count());
    for block in &outline.blocks {
        let holder = outline.at(block.start).and_then(|i| outline.get(i));
        assert!(holder.is_some_and(|p| p.range.covers(*block)), "{block:?}");
    }
}

fn hint((start, length, kind): (usize, usize, HintKind)) -> StructureHint {
    StructureHint { range: TextRange { start, end: start + length }, kind }
}

#[test]
fn a_provision_that_ends_inside_a_line_leaves_the_rest_to_its_holder() {
    let text = "Preamble\n\nEach Party, (noting) with care";
    let preamble = HintKind::Provision(ProvisionKind::Preamble);
    for inner in [ProvisionKind::Preamble, ProvisionKind::Article, ProvisionKind::Recital] {
        let hints = [(0, 99, preamble), (22, 8, HintKind::Provision(inner)), (10, 30, HintKind::Number)].map(hint);
        check_marks(text, &hints);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in 0..3_usize) {
        let name = ["a.html", "a.xml", "a.mht"][name];
        if let Ok(imported) = read_with(name, &bytes, &Choices::default()) {
            check_sound(&imported);
        }
    }

    #[test]
    fn any_page_is_sound(pieces in proptest::collection::vec(html_piece(), 0..40), wording in 0..4_usize) {
        let wording = [None, Some(Wording::Printed), Some(Wording::Proposed), Some(Wording::Original)][wording];
        let page = format!("<html><body>{}", pieces.concat());
        match read_with("a.html", page, &Choices { wording, ..Choices::default() }) {
            Ok(imported) => check_sound(&imported),
            Err(problem) => prop_assert_eq!(problem, Problem::Empty),
        }
    }

    #[test]
    fn any_act_is_sound(pieces in proptest::collection::vec(akn_piece(), 0..40)) {
        match read_with("a.xml", well_formed(&pieces), &Choices::default()) {
            Ok(imported) => check_sound(&imported),
            Err(problem) => prop_assert_eq!(problem, Problem::Empty),
        }
    }

    #[test]
    fn any_marks_give_a_sound_outline(
        lines in proptest::collection::vec("(Article [1-9]|[1-9]\\. |\\([a-d]\\) |CHAPTER I|ANNEX|[\\[]|)[A-Za-z\u{e9} ]{0,16}[.:;]?", 0..24),
        hints in proptest::collection::vec((0..400_usize, 0..200_usize, any_hint()), 0..24),
    ) {
        let text = normalize(&lines.join("\n"));
        let hints: Vec<StructureHint> = hints.into_iter().map(hint).collect();
        check_marks(&text, &hints);
    }
}
