//! The names in a project's folder. Paths inside it are written with `/` and relative to it.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::{KeptFile, SourceFile};

pub(super) const PROJECT: &str = "project.ron";
pub(super) const CODEBOOK: &str = "codebook.ron";
/// Only where searches are kept.
pub(super) const SEARCHES: &str = "searches.ron";
/// Only where submissions are kept.
pub(super) const SUBMISSIONS: &str = "submissions.ron";
/// The folder of the files that submissions use: logos, style templates.
pub(super) const SUBMISSION_FILES: &str = "submissions";
pub(super) const DRAFTS: &str = "drafts";
pub(super) const COMMENTARIES: &str = "commentaries";
pub(super) const ANNOTATIONS: &str = "annotations";
/// How the name of an annotation file ends.
pub(super) const ANNOTATIONS_SUFFIX: &str = ".annotations.ron";
/// What belongs to this machine only and is safe to delete.
pub(super) const PRIVATE: &str = ".travaux";
pub(super) const TEXT: &str = "text.txt";
pub(super) const OUTLINE: &str = "outline.ron";
pub(super) const PRINTED: &str = "printed.ron";
pub(super) const COMMENTARY: &str = "commentary.ron";

/// The longest name of a draft's folder, in bytes.
const LONGEST_SLUG: usize = 100;

/// Whether a folder holds a project.
pub fn is_project(folder: &Path) -> bool {
    folder.join(PROJECT).is_file()
}

/// Whether a draft's folder can have this name on every system: lower-case letters, digits and hyphens, and none of
/// the names that Windows keeps for devices.
pub(super) fn is_slug(slug: &str) -> bool {
    let device = |s: &str| {
        matches!(s, "con" | "prn" | "aux" | "nul")
            || (s.len() == 4
                && (s.starts_with("com") || s.starts_with("lpt"))
                && s.ends_with(|c: char| c.is_ascii_digit()))
    };
    (1..=LONGEST_SLUG).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !device(slug)
}

/// `drafts/<slug>`.
pub(super) fn draft_folder(slug: &str) -> String {
    format!("{DRAFTS}/{slug}")
}

/// `commentaries/<slug>`.
pub(super) fn commentary_folder(slug: &str) -> String {
    format!("{COMMENTARIES}/{slug}")
}

/// `commentaries/<slug>/text.txt`.
pub(super) fn commentary_text(slug: &str) -> String {
    format!("{COMMENTARIES}/{slug}/{TEXT}")
}

/// `commentaries/<slug>/commentary.ron`.
pub(super) fn commentary_file(slug: &str) -> String {
    format!("{COMMENTARIES}/{slug}/{COMMENTARY}")
}

/// `drafts/<slug>/text.txt`.
pub(super) fn draft_text(slug: &str) -> String {
    format!("{DRAFTS}/{slug}/{TEXT}")
}

/// `drafts/<slug>/outline.ron`.
pub(super) fn draft_outline(slug: &str) -> String {
    format!("{DRAFTS}/{slug}/{OUTLINE}")
}

/// `drafts/<slug>/printed.ron`.
pub(super) fn draft_printed(slug: &str) -> String {
    format!("{DRAFTS}/{slug}/{PRINTED}")
}

/// `source.<ext>`, or nothing for a text without a file behind it.
pub(super) fn source_name(source: Option<&SourceFile>) -> Option<String> {
    let name = &source?.name;
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    let proper = |e: &String| (1..=10).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric());
    Some(format!("source.{}", extension.filter(proper).unwrap_or_else(|| "bin".to_owned())))
}

/// Where the bytes a text was made from wait until its folder is written.
pub(super) fn incoming(id: impl Display) -> String {
    format!("{PRIVATE}/incoming/{id}")
}

/// `annotations/<analyst>.annotations.ron`, the first such name that is not taken.
pub(super) fn annotation_file(analyst: &str, mut taken: impl FnMut(&str) -> bool) -> String {
    let plain = analyst.nfd().filter(|&c| !is_combining_mark(c));
    let mut stem: String =
        plain.take(60).map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    while stem.contains("--") {
        stem = stem.replace("--", "-");
    }
    let stem = stem.trim_matches('-');
    let stem = if is_slug(stem) { stem } else { "analyst" };
    let mut name = format!("{ANNOTATIONS}/{stem}{ANNOTATIONS_SUFFIX}");
    let mut n = 2_u32;
    while taken(&name) {
        name = format!("{ANNOTATIONS}/{stem}-{n}{ANNOTATIONS_SUFFIX}");
        n += 1;
    }
    name
}

/// `submissions/<name>-<hash>.<ext>`: the same bytes under the same name are the same file.
pub(super) fn kept_file(file: &KeptFile) -> String {
    let (stem, extension) = file.name.rsplit_once('.').unwrap_or((&file.name, ""));
    let plain = |text: &str, most: usize| -> String {
        let letters = text.nfd().filter(|&c| !is_combining_mark(c)).take(most);
        let mut text: String =
            letters.map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        while text.contains("--") {
            text = text.replace("--", "-");
        }
        text.trim_matches('-').to_owned()
    };
    let stem = Some(plain(stem, 40)).filter(|s| !s.is_empty()).unwrap_or_else(|| "file".to_owned());
    let extension = Some(plain(extension, 8)).filter(|e| !e.is_empty()).unwrap_or_else(|| "bin".to_owned());
    let hash: String = file.sha256.chars().filter(char::is_ascii_hexdigit).take(12).collect();
    format!("{SUBMISSION_FILES}/{stem}-{hash}.{extension}")
}

/// A path inside the project as the system writes it.
pub(super) fn inside(folder: &Path, relative: &str) -> PathBuf {
    relative.split('/').fold(folder.to_path_buf(), |path, part| path.join(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_analysts_file_has_a_plain_name() {
        let name = |n: &str| annotation_file(n, |_| false);
        assert_eq!(name("Ana María López"), "annotations/ana-maria-lopez.annotations.ron");
        assert_eq!(name("../../etc"), "annotations/etc.annotations.ron");
        for strange in ["李雷", "", "...", "CON", "\0"] {
            assert_eq!(name(strange), "annotations/analyst.annotations.ron", "{strange}");
        }
        let taken = |n: &str| !n.ends_with("-3.annotations.ron");
        assert_eq!(annotation_file("Ben", taken), "annotations/ben-3.annotations.ron");
    }

    #[test]
    fn a_kept_file_cannot_leave_its_folder() {
        let name = |name: &str| kept_file(&KeptFile { name: name.into(), sha256: "0123456789abcdef/..".into() });
        assert_eq!(name("Logo Été.PNG"), "submissions/logo-ete-0123456789ab.png");
        for strange in ["../../etc/passwd", "a/b\\c.d/e", ".."] {
            let path = name(strange);
            assert!(path.matches('/').count() == 1 && !path.contains(".."), "{path}");
        }
        assert_eq!(name("標.svg"), "submissions/file-0123456789ab.svg");
        assert_eq!(name(""), "submissions/file-0123456789ab.bin");
    }

    #[test]
    fn a_slug_cannot_leave_its_folder() {
        for bad in ["", "..", "a/b", "a\\b", "A", "é", "nul", "com1", "a b", &"x".repeat(101)] {
            assert!(!is_slug(bad), "{bad}");
        }
        assert!(is_slug("rev-1") && is_slug("common") && is_slug("2023-09-01"));
    }
}
