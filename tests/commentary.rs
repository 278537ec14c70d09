//! Commentaries read into suggested annotations: literal sentences, and the sample commentary as a golden file.
#![allow(clippy::unwrap_used)]

#[path = "commentary/cases.rs"]
mod cases;

/// Not a test: prints what is suggested for a file on a draft, to be read by a person.
#[test]
#[ignore = "a person reads what it prints"]
fn suggestions_of_a_file() {
    let (Some(file), Some(draft)) = (std::env::var_os("COMMENTARY"), std::env::var_os("DRAFT")) else { return };
    let (text, draft) = (std::fs::read_to_string(file).unwrap(), std::fs::read_to_string(draft).unwrap());
    let outline = travaux::outline::recognize(&draft, &[]).outline;
    let book = travaux::storage::built_in_codebook().unwrap();
    for s in travaux::citation::suggest(&text, &[], &travaux::citation::find(&text, &[]), &outline, &book).list {
        println!("\n{} [{}] {:?}", s.key.citation.long(), s.meaning.word(), s.kind);
        let path: Vec<&str> = s.headings.iter().map(|h| h.of(&text).unwrap()).collect();
        println!("   under {}", path.join(" › "));
        println!("   note: {}", s.note);
        if let Some(ask) = &s.recommendation {
            println!("   asks: {} “{}” [{}]", ask.summary(), ask.proposed, ask.supports);
        }
        for theme in &s.concerns {
            println!("   {}: {}", book.get(theme.concern).unwrap().name, theme.reason);
        }
        if let Some(reason) = &s.reason {
            println!("   why: {reason}");
        }
    }
}
