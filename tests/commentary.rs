//! Commentaries read into suggested annotations: literal sentences, and the sample commentary as a golden file.
#![allow(clippy::unwrap_used)]

#[path = "commentary/cases.rs"]
mod cases;

/// The sample commentary on the sample convention, every suggestion as a person would read it. `UPDATE_GOLDEN=1` writes
/// the file anew.
#[test]
fn the_sample_commentary() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let draft =
        std::fs::read_to_string(root.join("sample_projects/model-convention/drafts/further-revised-draft/text.txt"));
    let outline = travaux::outline::recognize(&draft.unwrap(), &[]).outline;
    let choices = travaux::workspace::Choices::default();
    let read = travaux::workspace::read_draft(&root.join("tests/commentary/open-networks.md"), choices).unwrap();
    let (text, hints) = (&read.imported.text, &read.imported.hints);
    let book = travaux::storage::built_in_codebook().unwrap();
    let names = ["Model Convention on Cooperation against Cybercrime"];
    let suggestions = travaux::citation::suggest(text, hints, &travaux::citation::find(text, &names), &outline, &book);
    let found: String = suggestions.list.iter().map(|s| shown(s, text, &book)).collect();
    let path = root.join("tests/commentary/open-networks.suggestions.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert!(found == expected, "the suggestions are not what they were; read them, then UPDATE_GOLDEN=1.\n{found}");
}

/// A suggestion for a person.
fn shown(s: &travaux::citation::SuggestedNote, text: &str, book: &travaux::model::Codebook) -> String {
    let absence = if s.kind == travaux::model::AnnotationKind::Absence { ", absence" } else { "" };
    let mut lines = vec![format!("{} ({}{absence})", s.key.citation.long(), s.meaning.word())];
    let path: Vec<&str> = s.headings.iter().filter_map(|h| h.of(text)).collect();
    lines.push(format!("    under {}", path.join(" › ")));
    lines.push(format!("    {}", s.note));
    if let Some(ask) = &s.recommendation {
        let quoted =
            |name: &str, words: &str| if words.is_empty() { String::new() } else { format!("; {name} “{words}”") };
        let more = format!("{}{}", quoted("proposes", &ask.proposed), quoted("supports", &ask.supports));
        lines.push(format!("    asks: {}{more}", ask.summary()));
    }
    for theme in &s.concerns {
        lines.push(format!("    {}: {}", book.get(theme.concern).unwrap().name, theme.reason));
    }
    lines.extend(s.reason.iter().map(|r| format!("    why here: {r}")));
    format!("{}\n\n", lines.join("\n"))
}

/// Twice the text takes no more than about twice the time.
#[test]
fn time_grows_with_the_text_and_no_faster() {
    let outline = travaux::outline::recognize("Article 7\nAccess\n\n1. It is an offence.\n", &[]).outline;
    let book = travaux::storage::built_in_codebook().unwrap();
    for piece in [
        "Article 7(1) should be deleted and limited to Article 7, ",
        "Criminalization must be limited to Articles 7 to 11. ",
        "Title: \u{201c}delete Article 7 \u{201c}",
        "\n- delete Article 7;\n\n1. Head\n",
        "(((((( . . . .  Art. Art. ",
        "lacks fails to Article 7 to to to ",
    ] {
        let took = |count: usize| {
            let text = piece.repeat(count);
            let found = travaux::citation::find(&text, &[]);
            let best = (0..3).map(|_| {
                let begun = std::time::Instant::now();
                let _read = travaux::citation::suggest(&text, &[], &found, &outline, &book);
                begun.elapsed()
            });
            best.min().unwrap()
        };
        let (once, twice) = (took(400), took(1600));
        let slack = std::time::Duration::from_millis(60);
        assert!(twice < once * 9 + slack, "{piece}: {once:?}, then {twice:?} for four times the text");
    }
}
