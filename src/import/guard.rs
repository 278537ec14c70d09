//! Readers at work: their panics are caught, and are that file's fault and not the program's.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Bytes, Choices, Content, Importer, Problem, Watch};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a reader is at work on this thread: a panic now is caught and told in a sentence, so nobody needs its trace.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Reads with an importer; where it panics, it gave up.
pub(super) fn guarded(
    importer: &Importer,
    bytes: &Bytes,
    choices: &Choices,
    watch: &mut dyn Watch,
) -> Result<Content, Problem> {
    caught(importer.name, || (importer.read)(bytes, choices, watch))
}

/// The result of a reader of the format with this name; where it panics, it gave up.
pub(super) fn caught<T>(name: &'static str, read: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(before);
    result.unwrap_or(Err(Problem::Fault(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_the_fault_of_the_file() {
        let check = |read, expected: Result<Content, Problem>| {
            let importer = Importer { name: "Test", extensions: &[], looks_like: |_| true, read };
            assert_eq!(guarded(&importer, &Bytes::default(), &Choices::default(), &mut ()), expected);
            assert!(!is_guarded());
        };
        check(|_, _, _| Err(Problem::Damaged(is_guarded().to_string())), Err(Problem::Damaged("true".to_owned())));
        check(|_, _, _| panic!("as a reader might"), Err(Problem::Fault("Test")));
    }
}
