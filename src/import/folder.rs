//! The files of a folder that can be read as drafts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::importers;

/// Folders inside folders deeper than this are not looked into.
const DEEPEST: usize = 12;
/// More entries than this are not looked at.
const MOST_ENTRIES: usize = 50_000;

/// What was found behind some paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The files, each once, in the order of the paths, those of a folder in the order of their names.
    pub files: Vec<PathBuf>,
    /// Whether there were more than was asked for, or than are looked at.
    pub more: bool,
}

/// Files as they are, and of folders all files in them, however deep, whose ending the table of importers knows.
/// Hidden ones are passed over, as are links to folders, which may lead in circles, and the folders `skip` names.
pub fn files_in(paths: &[PathBuf], most: usize, skip: &dyn Fn(&Path) -> bool) -> Found {
    let mut found = Found::default();
    let (mut seen, mut looked_at) = (BTreeSet::new(), 0);
    for path in paths {
        if !path.is_dir() {
            add(path.clone(), &mut seen, &mut found, most);
            continue;
        }
        // A stack and not recursion: a folder can be as deep as its maker likes.
        let mut waiting = vec![(path.clone(), 0)];
        while let Some((path, depth)) = waiting.pop() {
            if !path.is_dir() {
                add(path, &mut seen, &mut found, most);
                continue;
            }
            if depth > DEEPEST || looked_at > MOST_ENTRIES {
                found.more = true;
                continue;
            }
            let mut inside: Vec<PathBuf> = fs::read_dir(&path)
                .map(|entries| entries.flatten().filter(is_wanted).map(|e| e.path()).collect())
                .unwrap_or_default();
            looked_at += inside.len();
            inside.retain(|p| !p.is_dir() || !skip(p));
            inside.sort_by_cached_key(|p| in_order(p));
            waiting.extend(inside.into_iter().rev().map(|p| (p, depth + 1)));
        }
    }
    found
}

fn add(file: PathBuf, seen: &mut BTreeSet<PathBuf>, found: &mut Found, most: usize) {
    if !seen.insert(file.clone()) {
        return;
    }
    if found.files.len() < most {
        found.files.push(file);
    } else {
        found.more = true;
    }
}

fn is_wanted(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_lowercase();
    // A word processor keeps `~$name.docx` beside a document that is open.
    if name.starts_with(['.', '~']) {
        return false;
    }
    let is_known = |path: &Path| {
        let extension = path.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
        importers().any(|i| i.extensions.contains(&extension.as_str()))
    };
    entry.file_type().is_ok_and(|t| t.is_dir() || (is_known(Path::new(&name)) && entry.path().is_file()))
}

/// Files of a folder before the folders in it, `rev2` before `rev10`, capitals making no difference.
fn in_order(path: &Path) -> (bool, Vec<(u64, String)>, PathBuf) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let mut parts = Vec::new();
    let mut rest = name.as_str();
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let end = rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |at| digits + at);
        parts.push((
            rest[..digits].parse().unwrap_or_else(|_| u64::from(digits > 0) * u64::MAX),
            rest[digits..end].to_owned(),
        ));
        rest = &rest[end..];
    }
    (path.is_dir(), parts, path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_the_files_that_can_be_read_in_order() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        for name in
            ["rev10.md", "rev2.MD", ".hidden.md", "~$open.md", "photo.jpg", "b/x.txt", "a/deep/er/y.txt", "skip/z.txt"]
        {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), "words").unwrap();
        }
        let given = [home.path().to_owned(), at("rev2.MD"), at("absent.txt"), at("photo.jpg")];
        let skip = |p: &Path| p.ends_with("skip");
        let found = files_in(&given, 100, &skip);
        let expected = ["rev2.MD", "rev10.md", "a/deep/er/y.txt", "b/x.txt", "absent.txt", "photo.jpg"].map(at);
        assert_eq!(found, Found { files: expected.to_vec(), more: false });
        let few = files_in(&given, 2, &skip);
        assert_eq!(few, Found { files: expected[..2].to_vec(), more: true });
    }

    #[cfg(unix)]
    #[test]
    fn folders_in_circles_and_without_end_are_left() {
        let home = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(home.path(), home.path().join("again")).unwrap();
        let mut deep = home.path().to_owned();
        for _ in 0..30 {
            deep.push("d");
        }
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("x.md"), "words").unwrap();
        assert_eq!(files_in(&[home.path().to_owned()], 100, &|_| false), Found { files: vec![], more: true });
    }
}
