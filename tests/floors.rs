//! The floors of the house, checked over the text of `src/`.
//!
//! One package has no crate walls, so this test stands in for them: imports go downward only; the window, the index,
//! the disk, threads and the clock each stay in their place; every folder says what it is for. The rules are tables,
//! and each is itself tried on snippets that break it. Out of reach: what macros expand to, and the methods of types.

#[path = "floors/source.rs"]
mod source;

use source::{Path, Standing, Token};
use std::collections::BTreeSet;

/// The folders of `src/` and the floor each stands on. A folder may import from lower floors only.
const FLOORS: &[(&str, u8)] = &[
    ("model", 0),
    ("outline", 1),
    ("citation", 1),
    ("reconcile", 1),
    ("lens", 1),
    ("search", 1),
    ("import", 1),
    ("export", 1),
    ("storage", 1),
    ("workspace", 2),
    ("cli", 3),
    ("ui", 3),
];

/// Something that only a few places may name. `tests` says whether `#[cfg(test)]` code is held to it too.
struct Confined {
    paths: &'static [&'static str],
    places: &'static [&'static str],
    tests: bool,
    why: &'static str,
}

const CONFINED: &[Confined] = &[
    Confined {
        paths: &["egui", "eframe", "ecolor", "emath", "epaint", "egui_extras", "egui_kittest"],
        places: &["ui/", "main.rs"],
        tests: true,
        why: "only the window knows egui",
    },
    Confined {
        paths: &["tantivy"],
        places: &["search/"],
        tests: true,
        why: "the index is a disposable cache that only `search` knows",
    },
    Confined {
        paths: &["typst", "typst_layout", "typst_pdf", "typst_render", "fontdb"],
        places: &["export/paper/pdf/"],
        tests: true,
        why: "the typesetter can be left out of the program, and only `export/paper/pdf` knows it",
    },
    Confined {
        paths: &["rfd"],
        places: &["ui/desktop.rs"],
        tests: true,
        why: "the desktop's dialogs have one seam, `ui/desktop.rs`",
    },
    Confined {
        paths: &["age"],
        places: &["storage/"],
        tests: false,
        why: "encryption has one seam, `storage/sealed.rs`",
    },
    Confined {
        paths: &["opener"],
        places: &["ui/desktop.rs"],
        tests: true,
        why: "other programs are started in one place, `ui/desktop.rs`",
    },
    Confined {
        paths: &["std::fs", "std::os::unix::fs", "std::os::windows::fs", "tempfile"],
        places: &["import/", "export/", "storage/", "ui/desktop.rs"],
        tests: false,
        why: "only `import`, `export`, `storage` and `ui/desktop.rs` touch the disk",
    },
    Confined {
        paths: &["std::thread", "rayon"],
        places: &["workspace/tasks.rs", "workspace/tasks/"],
        tests: false,
        why: "threads live in `workspace/tasks.rs`, so that tests can run every task inline",
    },
    Confined {
        paths: &["getrandom", "rand", "fastrand", "uuid"],
        places: &["workspace/surroundings.rs", "main.rs"],
        tests: false,
        why: "new ids are handed in through `Surroundings`",
    },
];

/// Types whose `now()` reads the clock.
const CLOCKS: &[&str] = &["SystemTime", "Instant", "Timestamp", "Zoned", "Utc", "Local"];
const CLOCK_PLACES: &[&str] = &["workspace/surroundings.rs", "main.rs"];

/// Methods that start a thread or a process, and methods of paths that ask the disk.
const SPAWNING: &[&str] = &["spawn", "spawn_scoped"];
const ASKING_THE_DISK: &[&str] =
    &["exists", "try_exists", "is_file", "is_dir", "is_symlink", "read_dir", "canonicalize"];

/// How much of a floor-1 folder the screen and the command line may name.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    /// Not even its types: the workspace answers for it.
    Nothing,
    /// Its result types and constants, no function: work is started by a command.
    Results,
}

const REACH_OF_THE_TOP_FLOOR: &[(&str, Reach)] = &[
    ("storage", Reach::Nothing),
    ("import", Reach::Results),
    ("export", Reach::Results),
    ("outline", Reach::Results),
    ("reconcile", Reach::Results),
    ("lens", Reach::Results),
    ("search", Reach::Results),
];

/// Names that say what kind of thing lies inside, never what it is about.
const KINDS_NOT_IDEAS: &[&str] = &["utils", "util", "helpers", "helper", "types", "common", "misc"];
/// Refused for folders only: a file `shared.rs` may be about the file that is shared.
const KINDS_NOT_IDEAS_AS_FOLDERS: &[&str] = &["shared", "core"];

const LONGEST_FILE: usize = 600;
const UNFINISHED: &[&str] = &["todo", "unimplemented", "dbg"];
/// Split, so that a search for the words finds only real leftovers.
const LEFTOVERS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];
/// Constants that are no color of their own: nothing, "to be filled in", and the tint that changes nothing.
const COLORLESS: &[&str] = &["TRANSPARENT", "PLACEHOLDER", "WHITE"];

/// One file of `src/`, read once.
struct File {
    /// Relative to `src/`, with forward slashes.
    path: String,
    text: String,
    tokens: Vec<Token>,
    paths: Vec<Path>,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        let tokens = source::tokens(text);
        let paths = source::paths(&tokens, &module_of(path));
        Self { path: path.to_owned(), text: text.to_owned(), tokens, paths }
    }

    /// The folder of `src/` it lies in; `main.rs` and `lib.rs` lie in none.
    fn folder(&self) -> Option<&str> {
        self.path.split_once('/').map(|(folder, _)| folder)
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| if place.ends_with('/') { self.path.starts_with(place) } else { self.path == *place })
    }

    /// Calls of a method with one of these names and no arguments spelled out of a path: `x.name(`.
    fn method_calls(&self, names: &'static [&'static str]) -> impl Iterator<Item = &Token> {
        let is_call = move |w: &&[Token]| w[0].text == "." && names.contains(&w[1].text.as_str()) && w[2].text == "(";
        self.tokens.windows(3).filter(is_call).map(|w| &w[1])
    }
}

/// The files of `src/`, and the module path of each (`["ui", "reader"]` for `ui/reader/mod.rs`).
struct Tree {
    files: Vec<File>,
    modules: BTreeSet<Vec<String>>,
}

impl Tree {
    fn new(sources: Vec<(String, String)>) -> Self {
        let modules = sources.iter().map(|(path, _)| module_of(path)).collect();
        let mut files: Vec<File> = sources.iter().map(|(path, text)| File::new(path, text)).collect();
        let declared: Vec<Vec<String>> = files
            .iter()
            .flat_map(|file| source::test_modules(&file.tokens).into_iter().map(|name| (module_of(&file.path), name)))
            .map(|(mut module, name)| {
                module.push(name);
                module
            })
            .collect();
        for file in &mut files {
            let module = module_of(&file.path);
            if declared.iter().any(|test| module.starts_with(test)) {
                file.tokens.iter_mut().for_each(|token| token.test = true);
                file.paths.iter_mut().for_each(|path| path.test = true);
            }
        }
        Self { files, modules }
    }

    fn of_this_package() -> Self {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (mut folders, mut sources) = (vec![root.clone()], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("src/ can be listed") {
                let path = entry.expect("src/ can be listed").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let name = path.strip_prefix(&root).expect("it lies in src/");
                    let name = name.to_string_lossy().replace('\\', "/");
                    sources.push((name, std::fs::read_to_string(&path).expect("source is UTF-8")));
                }
            }
        }
        sources.sort();
        Self::new(sources)
    }
}

fn module_of(path: &str) -> Vec<String> {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if matches!(stem, "lib" | "main") { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
}

fn floor_of(folder: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == folder).map(|(_, floor)| *floor)
}

/// What a rule has to say: the line, and a sentence.
type Complaints = Vec<(usize, String)>;

struct Rule {
    name: &'static str,
    check: fn(&File, &Tree) -> Complaints,
}

const RULES: &[Rule] = &[
    Rule { name: "every folder has its floor", check: placing },
    Rule { name: "imports go downward only", check: direction },
    Rule { name: "each crate keeps to its folder", check: confinement },
    Rule { name: "the clock is read in one place", check: clock },
    Rule { name: "threads and the disk are not reached by method", check: methods },
    Rule { name: "the top floor calls no work", check: top_floor },
    Rule { name: "every folder says what it is for and what it must not know", check: folder_docs },
    Rule { name: "folders are ideas, never kinds", check: names },
    Rule { name: "imports are spelled out", check: globs },
    Rule { name: "a file is one idea", check: length },
    Rule { name: "nothing is left unfinished", check: leftovers },
    Rule { name: "colors come from the theme", check: colors },
];

fn placing(file: &File, _: &Tree) -> Complaints {
    let top = file.folder().unwrap_or(&file.path);
    if floor_of(top).is_some() || matches!(top, "main.rs" | "lib.rs") {
        return Vec::new();
    }
    vec![(
        1,
        format!("`src/{top}` stands on no floor; give it one in FLOORS of tests/floors.rs or put it where it belongs"),
    )]
}

fn direction(file: &File, _: &Tree) -> Complaints {
    let Some((folder, floor)) = file.folder().and_then(|folder| Some((folder, floor_of(folder)?))) else {
        return Vec::new();
    };
    let complain = |path: &Path| {
        let target = match path.segments.as_slice() {
            [head, target, ..] if head == "crate" && target != folder => target,
            _ => return None,
        };
        let sentence = match floor_of(target) {
            None => format!("`crate::{target}` is no folder of the tree; name the folder that defines it"),
            Some(other) if other < floor => return None,
            Some(other) if other == floor => {
                format!("`{folder}` imports `{target}` of its own floor {floor}; the floor above ties them together")
            }
            Some(other) => {
                format!("`{folder}` on floor {floor} imports `{target}` on floor {other}; imports go downward only")
            }
        };
        Some((path.line, sentence))
    };
    file.paths.iter().filter_map(complain).collect()
}

fn confinement(file: &File, _: &Tree) -> Complaints {
    let breaks = |confined: &Confined, path: &Path| {
        let names =
            |what: &&str| what.split("::").eq(path.segments.iter().map(String::as_str).take(what.split("::").count()));
        let what = confined.paths.iter().find(|what| names(what))?;
        (confined.tests || !path.test).then(|| (path.line, format!("`{what}` is named here, but {}", confined.why)))
    };
    let barred = CONFINED.iter().filter(|confined| !file.is_in(confined.places));
    barred.flat_map(|confined| file.paths.iter().filter_map(move |path| breaks(confined, path))).collect()
}

fn clock(file: &File, _: &Tree) -> Complaints {
    let reads = |path: &&Path| match path.segments.as_slice() {
        [.., clock, now] => now == "now" && CLOCKS.contains(&clock.as_str()),
        _ => false,
    };
    if file.is_in(CLOCK_PLACES) {
        return Vec::new();
    }
    let found = file.paths.iter().filter(|path| !path.test).filter(reads);
    found
        .map(|path| (path.line, "the clock is read here; times are handed in through `Surroundings`".to_owned()))
        .collect()
}

fn methods(file: &File, _: &Tree) -> Complaints {
    let mut complaints = Vec::new();
    if !file.is_in(&["workspace/tasks.rs", "workspace/tasks/"]) {
        for call in file.method_calls(SPAWNING).filter(|call| !call.test) {
            let sentence =
                format!("`.{}()` starts something beside this thread; only `workspace/tasks.rs` may", call.text);
            complaints.push((call.line, sentence));
        }
    }
    if !file.is_in(&["import/", "export/", "storage/", "ui/desktop.rs"]) {
        for call in file.method_calls(ASKING_THE_DISK).filter(|call| !call.test) {
            let sentence =
                format!("`.{}()` asks the disk; only `import`, `export`, `storage` and `ui/desktop.rs` may", call.text);
            complaints.push((call.line, sentence));
        }
    }
    complaints
}

fn top_floor(file: &File, tree: &Tree) -> Complaints {
    if !file.is_in(&["ui/", "cli/"]) {
        return Vec::new();
    }
    let complain = |path: &Path| {
        let [head, folder, rest @ ..] = path.segments.as_slice() else { return None };
        let (folder, reach) = REACH_OF_THE_TOP_FLOOR.iter().find(|(name, _)| head == "crate" && name == folder)?;
        let written = path.segments[1..].join("::");
        if *reach == Reach::Nothing {
            return Some((
                path.line,
                format!("`{written}` is named above the workspace; ask the workspace, which speaks for `{folder}`"),
            ));
        }
        let lower_case = rest.iter().all(|segment| segment.starts_with(|c: char| c.is_lowercase()));
        let is_function = match path.standing {
            Standing::Called => lower_case,
            Standing::Imported => lower_case && !tree.modules.contains(&path.segments[1..]),
            Standing::Named | Standing::Glob => false,
        };
        is_function.then(|| {
            (
                path.line,
                format!("`{written}` is work of `{folder}`; the top floor pushes a command and reads the result"),
            )
        })
    };
    file.paths.iter().filter(|path| !path.test).filter_map(complain).collect()
}

fn folder_docs(file: &File, tree: &Tree) -> Complaints {
    let is_folder = file.path.ends_with("/mod.rs");
    if !is_folder && file.path != "lib.rs" {
        let folder = file.path.rsplit_once('/').map(|(folder, _)| module_of(folder));
        let homeless = folder.filter(|folder| !tree.modules.contains(folder));
        return homeless
            .map_or_else(Vec::new, |_| vec![(1, "its folder has no `mod.rs` that says what it is for".to_owned())]);
    }
    let doc: Vec<&str> = file.text.lines().map_while(|line| line.trim_start().strip_prefix("//!")).collect();
    let doc = doc.join(" ");
    let (negative, purpose): (Vec<&str>, Vec<&str>) =
        doc.split_terminator(['.', ';', '!']).partition(|sentence| sentence.to_lowercase().contains("must not know"));
    let mut complaints = Vec::new();
    if purpose.iter().flat_map(|sentence| sentence.split_whitespace()).count() < 5 {
        complaints.push((1, "it must open with `//!` and say in a sentence what the folder is for".to_owned()));
    }
    let says = |sentence: &&str| {
        sentence.to_lowercase().split("must not know").nth(1).is_some_and(|what| what.trim().len() > 3)
    };
    if is_folder && !negative.iter().any(says) {
        complaints.push((1, "its `//!` must say what the folder must not know (\"Must not know: …\")".to_owned()));
    }
    complaints
}

fn names(file: &File, _: &Tree) -> Complaints {
    let module = module_of(&file.path);
    let folders = if file.path.ends_with("/mod.rs") { module.len() } else { module.len().saturating_sub(1) };
    let bad = module.iter().enumerate().find(|(depth, name)| {
        KINDS_NOT_IDEAS.contains(&name.as_str())
            || (*depth < folders && KINDS_NOT_IDEAS_AS_FOLDERS.contains(&name.as_str()))
    });
    bad.map_or_else(Vec::new, |(_, name)| {
        vec![(1, format!("`{name}` names a kind of thing; put a helper beside its only user"))]
    })
}

fn globs(file: &File, _: &Tree) -> Complaints {
    let in_tests = |path: &Path| {
        let module = module_of(&file.path);
        let here: Vec<&String> = module.iter().chain(&path.inside).collect();
        let parent: Vec<&String> = path.segments.iter().skip(1).collect();
        here.last().is_some_and(|name| *name == "tests") && path.test && parent == here[..here.len() - 1]
    };
    let found = file.paths.iter().filter(|path| path.standing == Standing::Glob && !in_tests(path));
    found
        .map(|path| {
            (path.line, "a `*` import hides where names come from; only `mod tests` may `use super::*`".to_owned())
        })
        .collect()
}

fn length(file: &File, _: &Tree) -> Complaints {
    let lines = file.text.lines().count();
    if lines <= LONGEST_FILE {
        return Vec::new();
    }
    vec![(LONGEST_FILE + 1, format!("the file has {lines} lines; above {LONGEST_FILE} it holds more than one idea"))]
}

fn leftovers(file: &File, _: &Tree) -> Complaints {
    let is_macro = |w: &&[Token]| UNFINISHED.contains(&w[0].text.as_str()) && w[1].text == "!";
    let macros = file.tokens.windows(2).filter(is_macro);
    let mut complaints: Complaints =
        macros.map(|w| (w[0].line, format!("`{}!` is left in the code", w[0].text))).collect();
    for (number, line) in file.text.lines().enumerate() {
        let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        for word in words.filter(|word| LEFTOVERS.contains(word)) {
            complaints.push((number + 1, format!("`{word}` is left in the file; finish it or drop it")));
        }
    }
    complaints
}

fn colors(file: &File, _: &Tree) -> Complaints {
    if file.is_in(&["ui/theme.rs", "ui/theme/"]) {
        return Vec::new();
    }
    let literal = |path: &&Path| match path.segments.as_slice() {
        [.., kind, name] => {
            matches!(kind.as_str(), "Color32" | "Rgba")
                && name.chars().all(|c| c.is_uppercase() || c == '_')
                && !COLORLESS.contains(&name.as_str())
        }
        _ => false,
    };
    let found = file.paths.iter().filter(|path| !path.test).filter(literal);
    found
        .map(|path| {
            (path.line, format!("`{}` is a literal color; take a token of the theme", path.segments.join("::")))
        })
        .collect()
}

/// Every complaint of one rule, one line each, as `src/file:line: sentence`.
fn complaints_of(rule: &Rule, tree: &Tree) -> Vec<String> {
    let speak = |file: &File| -> Vec<String> {
        (rule.check)(file, tree).into_iter().map(|(line, why)| format!("src/{}:{line}: {why}", file.path)).collect()
    };
    tree.files.iter().flat_map(speak).collect()
}

#[test]
fn the_tree_keeps_every_rule() {
    let tree = Tree::of_this_package();
    let broken: Vec<String> = RULES
        .iter()
        .map(|rule| (rule, complaints_of(rule, &tree)))
        .filter(|(_, complaints)| !complaints.is_empty())
        .map(|(rule, complaints)| format!("{}:\n  {}", rule.name, complaints.join("\n  ")))
        .collect();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n\n"));
}

#[test]
fn every_floor_stands() {
    let tree = Tree::of_this_package();
    for (folder, floor) in FLOORS {
        let module = vec![(*folder).to_owned()];
        assert!(tree.modules.contains(&module), "floor {floor} names `{folder}`, but there is no src/{folder}/mod.rs");
    }
}

#[path = "floors/trials.rs"]
mod trials;
