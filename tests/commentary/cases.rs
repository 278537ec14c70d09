//! What is suggested, sentence by sentence: literal cases.

use travaux::citation::{find, suggest};
use travaux::model::{AnnotationKind, Codebook, Outline};
use travaux::outline::recognize;

const DRAFT: &str = "\
CHAPTER II
Criminalization

Article 7
Access

1. It is an offence to enter.
2. A Party may require harm.

Article 8
Interception

1. It is an offence to listen.

Article 9
Data

1. It is an offence to erase.

Article 10
Systems

1. It is an offence to hinder.

Article 11
Devices

1. It is an offence to make:
(a) a tool;
(b) a password.

CHAPTER IV
Powers

Article 23
Scope of powers

1. Powers are for this chapter.
2. They apply to:
(a) offences of this text;
(b) other offences;
(c) evidence of any offence.

Article 24
Conditions and safeguards

1. Powers are subject to conditions.
2. These include review.

Article 28
Search

4. Anyone may be ordered to help.

Article 35
General principles

1. Parties work together for:
(a) trials;
(b) evidence;
(c) evidence of any serious crime.

Article 36
Data protection

1. Data are protected.

Article 47
Police

1. Police work together:
(a) to ask;
(b) to share;
(c) to give items;
(d) to talk;
(e) to meet;
(f) to send.
2. Parties may use this text.
";

fn outline() -> Outline {
    recognize(DRAFT, &[]).outline
}

/// One line for each suggestion: citation, what is asked, the sign of an absence.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let suggestions = suggest(text, &[], &find(text, &[]), &outline(), &Codebook::default());
    let lines: Vec<String> = suggestions
        .list
        .iter()
        .map(|s| {
            let mut line = s.key.citation.to_string();
            if s.kind == AnnotationKind::Absence {
                line.push('-');
            }
            if let Some(ask) = &s.recommendation {
                line.push_str(&format!(" {}", ask.summary()));
                if !ask.proposed.is_empty() {
                    line.push_str(&format!(" “{}”", ask.proposed));
                }
                if !ask.supports.is_empty() {
                    line.push_str(&format!(" [{}]", ask.supports));
                }
            }
            line
        })
        .collect();
    assert_eq!(lines, expected, "{text}");
}

#[test]
fn each_verb_governs_its_clause() {
    check(
        "Limit Articles 23(2)(c) and 35(1)(c) to Articles 7 to 11 and delete Article 23(2)(b).",
        &["23(2)(c) limit to Articles 7 to 11", "35(1)(c) limit to Articles 7 to 11", "23(2)(b) delete"],
    );
    check(
        "Limit Article 47(1) to Articles 7-11, delete Articles 47(1)(b), (c), and (f), and reference Articles 24 and 36 in Article 47(2).",
        &[
            "47(1) limit to Articles 7-11",
            "47(1)(b) delete",
            "47(1)(c) delete",
            "47(1)(f) delete",
            "47(2)- add to Articles 24 and 36",
        ],
    );
    check("Criminalization must be limited to Articles 7 to 11.", &["Chapter II limit to Articles 7 to 11"]);
    check("The scope of powers should be restricted to Articles 7 to 11.", &["23 limit to Articles 7 to 11"]);
    check("Article 23(2)(b) should be deleted or, at a minimum, limited to Articles 7 to 11.", &["23(2)(b) delete"]);
    check(
        "Article 23(2)(b) should be deleted and Article 35(1)(c) limited to Articles 7 to 11.",
        &["23(2)(b) delete", "35(1)(c) limit to Articles 7 to 11"],
    );
    check(
        "While Article 24 has safeguards, Article 28(4), which lets anyone be compelled, must be removed.",
        &["24", "28(4) delete"],
    );
    check("Delete Article 28(4) because it goes beyond Article 24.", &["28(4) delete", "24"]);
}

#[test]
fn wishes_are_told_from_statements() {
    check("Article 23(2)(c) limits the powers to Article 7.", &["23(2)(c)", "7"]);
    check("States may use Article 28(4) to limit expression.", &["28(4)"]);
    check("Article 24(1) fails to include legality.", &["24(1)-"]);
    check("Article 28(4) has been deleted in the last draft.", &["28(4)"]);
    check("We recommend deleting Article 28(4).", &["28(4) delete"]);
    check("We call for the deletion of Article 28(4).", &["28(4) delete"]);
    check("Recommendation: Delete Article 28(4).", &["28(4) delete"]);
    check("We urge States to clearly define the terms of Article 7(2).", &["7(2) clarify"]);
    check("Article 24 needs to be strengthened.", &["24 amend"]);
    check("We ask that Article 28(4) be removed.", &["28(4) delete"]);
    check("Ensure that Article 35(1)(c) is limited to Articles 7 to 11.", &["35(1)(c) limit to Articles 7 to 11"]);
    check("We oppose Article 28(4).", &["28(4) reject"]);
    check("We do not support Article 28(4).", &["28(4) reject"]);
    check("Keep Article 24 and strike Article 28(4).", &["24 retain", "28(4) delete"]);
}

#[test]
fn what_should_not_be_done_is_not_asked_for() {
    check("It should be deleted, as Article 24 says.", &["24"]);
    check("The brackets around Article 24(2) should be removed.", &["24(2) retain"]);
    check("The words in brackets in Article 24(2) should be removed.", &["24(2) delete"]);
    check("Article 28(4) has no bounds and should be deleted.", &["28(4) delete"]);
    check("Article 24 should not be deleted.", &["24 retain"]);
    check("Do not delete Article 24.", &["24 retain"]);
    check("We oppose the deletion of Article 24.", &["24 retain"]);
    check("We are against deleting Article 24.", &["24 retain"]);
    check("Article 28(4) must never be included.", &["28(4) delete"]);
    check("The powers of Article 23 must not be limited to Article 7.", &["23 amend Article 7"]);
}

#[test]
fn proposed_words_and_supported_proposals_are_taken() {
    check("Replace “may” with “shall” in Article 7(2).", &["7(2) amend “shall”"]);
    check("Amend Article 24(2) to read: “review by a court”.", &["24(2) amend “review by a court”"]);
    check("Add “prior authorization by a court” to Article 24(2).", &["24(2)- add “prior authorization by a court”"]);
    check("Support OHCHR’s recommendation to delete Article 35(1)(c).", &["35(1)(c) delete [OHCHR]"]);
    check("We support the proposal of New Zealand on Article 35(1)(c).", &["35(1)(c) amend [New Zealand]"]);
    check("Delete Article 35(1)(c), as proposed by Norway.", &["35(1)(c) delete [Norway]"]);
    check("Add a reference to Article 24 in Article 47(2).", &["47(2)- add to Article 24"]);
    check(
        "References to Articles 24 and 36 should be included in Article 47(2).",
        &["47(2)- add to Articles 24 and 36"],
    );
    check("Delete the reference to Article 36 in Article 35(1)(c).", &["35(1)(c) delete Article 36"]);
}

#[test]
fn headings_leads_and_neighbors_carry_over() {
    check(
        "Title\n\nWe ask you to delete:\n- Article 28(4);\n- Article 23(2)(b).\n\nThanks.",
        &["28(4) delete", "23(2)(b) delete"],
    );
    check("Title\n\nArticle 24:\n- include legality;\n- drop nothing.\n", &["24- add", "24 delete"]);
    check(
        "Title\n\nWe recommend that Article 24:\n- include legality;\n- define review.\n",
        &["24- add", "24 clarify"],
    );
    check("Article 28(4) compels everyone. It should be deleted.", &["28(4) delete"]);
    check(
        "Title\n\nArticle 28 – Search\n\nThis goes far. Anyone can be compelled. The words should be deleted.\n\nEnd\n\nNo.",
        &["28 delete"],
    );
    check("Title\n\nArticle 28 – Search\n\nThis goes far. Anyone can be compelled.\n\nEnd\n\nNo.", &["28"]);
    check("Articles 7 to 9 ask for no harm.", &["7", "8", "9"]);
    check("Article 7 is wide, and Article 7 is vague.", &["7"]);
    check("It was registered under Article 102 of the UN Charter.", &[]);
    check(
        "Article 47(1) is wide. Delete point (b). Delete paragraph 2 of this article.",
        &["47(1)", "47(1)(b) delete", "47(2) delete"],
    );
    check(
        "Title\n\n| Provision | Comment |\n| Article 24(1) | It lacks legality. |\n| Article 28 | Delete it. |",
        &["24(1)-", "28 delete"],
    );
}

#[test]
fn french_and_spanish_ask_in_their_own_words() {
    check(
        "Il convient de supprimer l’Article 28(4) et de limiter l’Article 23 aux Articles 7 à 11.",
        &["28(4) delete", "23 limit to Articles 7 à 11"],
    );
    check("Le paragraphe de l’Article 28(4) devrait être supprimé dans le texte.", &["28(4) delete"]);
    check("L’Article 24 ne doit pas être supprimé et il est bien.", &["24 retain"]);
    check("El Artículo 28(4) debe suprimirse.", &["28(4) delete"]);
    check("Recomendamos que se limite el Artículo 23 a los Artículos 7 a 11.", &["23 limit to Artículos 7 a 11"]);
    check("El Artículo 24(1) carece de garantías y no debe eliminarse.", &["24(1)- retain"]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "(Article [0-9]{1,2}(\\([a-z0-9]\\))?|[ .,:;\n•|\t“”\"'()-]|should be|delete|limit|to|and|[A-Z][a-z]{1,9}|[a-z]{1,9}|é|条|🔒|#|\\*\\*){0,60}") {
        let suggestions = suggest(&text, &[], &find(&text, &[]), &outline(), &Codebook::default());
        for s in &suggestions.list {
            proptest::prop_assert!(s.passage.of(&text).is_some() && s.key.at.of(&text).is_some());
            proptest::prop_assert!(!s.note.trim().is_empty(), "{s:?}");
        }
        let mut keys: Vec<_> = suggestions.list.iter().map(|s| &s.key).collect();
        keys.sort_unstable();
        let all = keys.len();
        keys.dedup();
        proptest::prop_assert_eq!(keys.len(), all, "each suggestion has a key of its own");
    }
}
