//! What the fuzz targets share: the floors of the program that read files, and what must hold of whatever they read.
//!
//! The floors are compiled from their own sources, without the window. `fuzz/README.md` says how to run a target.

#![allow(dead_code, unused_imports, missing_docs)]

#[path = "../../src/import/mod.rs"]
pub mod import;
#[path = "../../src/model/mod.rs"]
pub mod model;
#[path = "../../src/outline/mod.rs"]
pub mod outline;
#[path = "../../src/storage/mod.rs"]
pub mod storage;

pub mod package;

use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::path::Path;
use std::sync::Once;

use import::{Choices, Imported, read_bytes_named};
use model::{TextRange, Wording};

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Reads an input under a name and checks all that must hold of what comes out.
pub fn check(name: &str, data: &[u8]) {
    hear_panics();
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.extend_from_slice(data);
    });
    // The choices follow from the input, so that a find can be repeated.
    let sum = data.iter().fold(data.len(), |sum, &b| sum.wrapping_mul(31).wrapping_add(usize::from(b)));
    let choices = Choices {
        wording: [None, Some(Wording::Original), Some(Wording::Proposed), Some(Wording::Printed)][sum % 4],
        column: [None, None, Some(0), Some(1)][sum / 4 % 4],
        password: None,
    };
    match read_bytes_named(name, data.to_vec(), &choices, &mut ()) {
        Ok(imported) => check_sound(&imported),
        Err(error) => {
            let sentence = error.to_string();
            assert!(sentence.contains(name) && !sentence.contains('\n') && sentence.len() < 1500, "{sentence}");
        }
    }
}

/// Reads the annotations of an input under a name; what cannot be read must end in a sentence.
pub fn check_annotations(name: &str, data: &[u8]) {
    hear_panics();
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.extend_from_slice(data);
    });
    match import::annotations::read_annotations_named(name, data) {
        Ok(foreign) => {
            let said = foreign.left.iter();
            said.for_each(|s| assert!(!s.contains('\n') && s.len() < 2000, "{s}"));
        }
        Err(error) => {
            let sentence = error.to_string();
            assert!(sentence.contains(name) && !sentence.contains('\n') && sentence.len() < 1500, "{sentence}");
        }
    }
}

/// Reads an input as a file that a colleague has sent, encrypted or not; what is read must come back when it is written.
pub fn check_shared_file(data: &[u8]) {
    hear_panics();
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.extend_from_slice(data);
    });
    let passphrase = storage::Passphrase::new("x".to_owned());
    match storage::read_shared_bytes(Path::new("a.ron"), data.to_vec(), passphrase.as_ref()) {
        Ok(sets) => {
            let text = storage::write_shared_file(&sets);
            let again = storage::read_shared_file("a.ron", &text).unwrap_or_else(|e| panic!("{e}: {text}"));
            assert_eq!(again.len(), sets.len());
            // Not the sets themselves: a similarity may be no number, and equals nothing then.
            let same = |(a, b): (&storage::SharedSet, &storage::SharedSet)| {
                a.set.analyst == b.set.analyst && a.set.annotations.keys().eq(b.set.annotations.keys())
            };
            assert!(again.iter().zip(&sets).all(same), "{text}");
        }
        Err(error) => {
            let sentence = error.to_string();
            assert!(sentence.contains("a.ron") && !sentence.contains('\n') && sentence.len() < 1500, "{sentence}");
        }
    }
}

fn check_sound(imported: &Imported) {
    let text = &imported.text;
    let normal = model::text::normalize(text);
    if let Some(((at, _), _)) = text.char_indices().zip(normal.chars()).find(|((_, a), b)| a != b) {
        panic!("the text is not in its one form at byte {at}: {:?}", text[at..].chars().take(6).collect::<String>());
    }
    assert_eq!(normal.len(), text.len(), "the text is not in its one form");
    assert!(!text.contains('\0'), "the text has a NUL");
    let fits = |r: TextRange| r.start <= r.end && r.of(text).is_some();
    assert_eq!(imported.printed.fault(text), None);
    assert!(imported.hints.iter().all(|h| fits(h.range)), "a hint outside the text");
    assert!(imported.comments.iter().all(|c| fits(c.range)), "a comment outside the text");
    let reading = outline::recognize(text, &imported.hints);
    assert_eq!(reading.outline.fault(text), None);
    let shown: usize = reading.outline.blocks.iter().map(|b| letters(b.of(text).unwrap_or(""))).sum();
    assert_eq!(shown, letters(text), "words that are in no block");
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A panic in another's reader is caught by the importer and is that file's fault: it is kept in `fuzz/faults`, once for
/// each place, and the run goes on. Any other ends the run.
fn hear_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let crash = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let Some(place) = info.location() else { return crash(info) };
            let is_ours = place.file().ends_with("src/lib.rs") && !place.file().contains("/registry/src/");
            if is_ours || !place.file().contains("/registry/src/") && !raised_by_others() {
                return crash(info);
            }
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults");
            let name: String = format!("{}-{}", place.file().rsplit("/src/").take(2).collect::<Vec<_>>().join("-"), place.line());
            let name: String = name.chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { '-' }).collect();
            let file = folder.join(name);
            if !file.exists() {
                eprintln!("caught: {info}");
                let _ = std::fs::create_dir_all(folder);
                INPUT.with_borrow(|input| drop(std::fs::write(file, input)));
            }
        }));
    });
}

/// Whether the innermost function outside the standard library is none of ours.
fn raised_by_others() -> bool {
    let trace = Backtrace::force_capture().to_string();
    let places = trace.lines().map(str::trim).filter_map(|l| l.strip_prefix("at "));
    let mut places = places.filter(|p| !p.contains("/rustc/") && !p.contains("hear_panics"));
    places.next().is_some_and(|p| p.contains("/registry/src/") && !p.contains("/libfuzzer-sys"))
}
