//! A treaty of our own invention, in two drafts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A treaty of our own invention; its articles fit a line each, so that a word is easily pointed at.
pub fn treaty(symbol: &str, date: &str, articles: &[(&str, &[&str])]) -> String {
    let mut text = format!(
        "CONVENTION ON SHARED LIGHTHOUSES\n\n{symbol}\nFirst session, {date}\n\nPREAMBLE\n\n\
         The Parties to this Convention,\n\nRecalling that a light at sea belongs to all who see it,\n\n\
         Have agreed as follows:\n\nCHAPTER I\nGENERAL PROVISIONS\n"
    );
    for (n, (title, paragraphs)) in articles.iter().enumerate() {
        let _ = write!(text, "\nArticle {}\n{title}\n", n + 1);
        for (m, words) in paragraphs.iter().enumerate() {
            let _ = write!(text, "\n{}. {words}\n", m + 1);
        }
    }
    text
}

pub const ARTICLES: [(&str, &[&str]); 9] = [
    ("Scope", &["Each Party shall tend its lights.", "This Convention covers any [serious] offence at sea."]),
    ("Keepers", &["Keepers are free in their work.", "A keeper answers to nobody by night."]),
    ("Signals", &["Signals are kept for a year.", "A Party may intercept any signal.", "Signals are read in secret."]),
    ("Costs", &["Costs are shared.", "A poor Party pays less."]),
    ("Fog", &["In fog a horn is blown.", "The horn is not blown for less."]),
    ("Harbors", &["Harbors open at dawn.", "A harbor may refuse a ship that carries secrets."]),
    ("Cables", &["Cables lie still.", "A cable that moves is reported. [agreed ad referendum]"]),
    ("Disputes", &["Disputes are settled by talk.", "Talk ends at dusk."]),
    (
        "Entry into force",
        &[
            "This Convention enters into force when ten lights burn.",
            "It has no end, and whoever asks for one is told, in words a child can follow, that lights which burn for all are put out by nobody, least of all by those who never lit them.",
        ],
    ),
];

pub fn first_draft() -> String {
    treaty("MC/LIGHT/1/L.1", "4 March 2024", &ARTICLES)
}

/// The same with an article before the sixth.
pub fn second_draft() -> String {
    let mut articles = ARTICLES.to_vec();
    articles.insert(5, ("Sand", &["Sand is not taken.", "Sand that drifts belongs to nobody."]));
    treaty("MC/LIGHT/2/L.7", "9 September 2024", &articles)
}

pub fn draft_files(home: &Path) -> Vec<PathBuf> {
    [("First draft.txt", first_draft()), ("Second draft.txt", second_draft())]
        .map(|(name, text)| {
            let path = home.join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .to_vec()
}
