//! PDF files that nest, go in circles, or have pages without number.

use super::{check, pdf, says};

const WORDS: &str = "BT /F 11 Tf 1 0 0 1 72 700 Tm (Article 1 of the words) Tj ET\n";
const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";

fn stream(dictionary: &str, data: &str) -> String {
    format!("<< /Length {} {dictionary} >> stream\n{data}\nendstream", data.len())
}

/// A file of one page; `more` are its objects from 5 on.
fn page(resources: &str, program: &str, more: &[String]) -> Vec<u8> {
    let font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> /T 5 0 R >>";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /MediaBox [0 0 600 800] /Resources << {font} {resources} >> /Contents 4 0 R >>"),
        stream("", program),
    ];
    objects.extend_from_slice(more);
    pdf::file(&objects)
}

#[test]
fn what_a_page_names_may_go_in_circles() {
    let stitched = "<< /FunctionType 3 /Domain [0 1] /Functions [5 0 R] /Bounds [] /Encode [0 1] >>".to_owned();
    let colored = format!("{WORDS}/C cs 0.5 scn 0 0 10 10 re f");
    let type_3 = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << \
                  /a 6 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [500] /Resources << \
                  /Font << /T 5 0 R >> >> >>";
    let cases = [
        page(
            "/XObject << /X 5 0 R >>",
            &format!("{WORDS}/X Do"),
            &[stream(&format!("{FORM} /Resources << /XObject << /X 5 0 R >> >>"), &format!("{WORDS}/X Do /X Do"))],
        ),
        page("/ColorSpace << /C [/Separation /Red /DeviceCMYK 5 0 R] >>", &colored, &[stitched.clone()]),
        page(
            "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] /Function 5 0 R >> >>",
            &format!("{WORDS}/S sh"),
            &[stitched],
        ),
        page("/ColorSpace << /C 5 0 R >>", &colored, &["[/Indexed 5 0 R 1 <000000ffffff>]".to_owned()]),
        page("/ColorSpace << /C 5 0 R >>", &colored, &["[/Pattern 5 0 R]".to_owned()]),
        page(
            "/ColorSpace << /C 5 0 R >>",
            &colored,
            &["[/ICCBased 6 0 R]".to_owned(), stream("/N 3 /Alternate 5 0 R", "x")],
        ),
        page(
            "",
            &format!("{WORDS}BT /T 10 Tf 1 0 0 1 72 600 Tm (aaaa) Tj ET"),
            &[type_3.to_owned(), stream("", "500 0 d0 BT /T 10 Tf (aa) Tj ET")],
        ),
        page(
            "/ExtGState << /G 5 0 R >>",
            &format!("{WORDS}/G gs 0 0 10 10 re f"),
            &[
                "<< /Type /ExtGState /SMask << /S /Luminosity /G 6 0 R >> >>".to_owned(),
                stream(
                    &format!("{FORM} /Group << /S /Transparency >> /Resources << /ExtGState << /G 5 0 R >> >>"),
                    &format!("/G gs {WORDS}"),
                ),
            ],
        ),
        page("/XObject << /X 5 0 R >>", WORDS, &["<< /Length 5 0 R >> stream\nq\nendstream".to_owned()]),
    ];
    for (n, file) in cases.iter().enumerate() {
        assert_eq!(says("a.pdf", file), "read", "case {n}");
    }
}

#[test]
fn what_a_page_names_may_nest_without_end() {
    let deep = 100_000;
    let nested = |open: &str, close: &str, deep: usize| open.repeat(deep) + "1" + &close.repeat(deep);
    assert_eq!(says("a.pdf", &page("", &format!("{WORDS}{} TJ", nested("[", "]", deep)), &[])), "read");
    assert_eq!(says("a.pdf", &page("", &format!("{} {WORDS}", "q ".repeat(deep)), &[])), "read");
    assert_eq!(says("a.pdf", &page("", &format!("{} {WORDS}", "/A BMC ".repeat(deep)), &[])), "read");
    let just = format!("/A {} /B {}", nested("[", "]", 490), nested("<</C ", ">>", 490));
    assert_eq!(says("a.pdf", &page(&just, WORDS, &[])), "read");
    for (open, close) in [("[", "]"), ("<</A ", ">>")] {
        let file = page(&format!("/A {}", nested(open, close, 3_000)), WORDS, &[]);
        check("a.pdf", &file, "a.pdf is damaged: ");
    }
    let calculation = stream("/FunctionType 4 /Domain [0 1] /Range [0 1]", &nested("{", "}", deep));
    let file = page("/ColorSpace << /C [/Separation /Red /DeviceGray 5 0 R] >>", "/C cs 0.5 scn", &[calculation]);
    check("a.pdf", &file, "a.pdf has a calculation that is nested without end");
}

#[test]
fn trees_of_pages_are_followed_once() {
    let loops = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [2 0 R 3 0 R] >>",
        "<< /Type /Pages /Kids [2 0 R] >>",
    ];
    check("a.pdf", &pdf::file(&loops), "a.pdf is damaged: no page of it can be found");
    let deep: Vec<String> = ["<< /Type /Catalog /Pages 2 0 R >>".to_owned()]
        .into_iter()
        .chain((3..20_000).map(|n| format!("<< /Type /Pages /Kids [{n} 0 R] >>")))
        .chain(["<< /Type /Page >>".to_owned()])
        .collect();
    check("a.pdf", &pdf::file(&deep), "a.pdf is empty");
}

#[test]
fn a_hundred_thousand_pages_are_too_many() {
    let kids = "<</Type/Page/Contents 3 0 R>>".repeat(100_000);
    let file = pdf::file(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count 100000 >>"),
        stream("", WORDS),
    ]);
    check("a.pdf", &file, "a.pdf has 100000 pages, and drafts of more than 20000 are not read");
}
