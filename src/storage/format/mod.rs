//! The structs that stand in files, apart from the model so that either can change without the other.
//!
//! Every file begins with the number of its format. A change that an older program would misread makes a new number, new
//! structs beside the old ones and a conversion; the old ones stay, so that old files open for ever. Unknown fields are
//! faults: passing over them would lose them at the next save.
//!
//! Must not know: files and folders. Text in, values out.

pub(super) mod annotations;
pub(super) mod codebook;
pub(super) mod commentaries;
pub(super) mod drafts;
pub(super) mod outline;
pub(super) mod printed;
pub(super) mod project;
pub(super) mod recommendation;
pub(super) mod replies;
pub(super) mod searches;
pub(super) mod steps;
pub(super) mod submissions;

/// The newest format of every file, written by this version of the program.
pub(super) const FORMAT: u32 = 1;

/// An enum of words on disk that stands for an enum of the model, with conversions both ways.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident for $model:ty { $($(#[$of:meta])* $word:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(in crate::storage) enum $name { $($(#[$of])* $word),+ }

        impl From<$model> for $name {
            fn from(value: $model) -> Self {
                match value { $(<$model>::$word => Self::$word),+ }
            }
        }

        impl From<$name> for $model {
            fn from(value: $name) -> Self {
                match value { $($name::$word => Self::$word),+ }
            }
        }
    };
}

pub(in crate::storage) use words;

/// Start and end of a stretch of text, in bytes.
pub(super) type Span = (usize, usize);

/// A stretch as it stands on disk.
pub(super) fn span(range: crate::model::TextRange) -> Span {
    (range.start, range.end)
}

/// A stretch from disk; ends in the wrong order are put right.
pub(super) fn range(span: Span) -> crate::model::TextRange {
    crate::model::TextRange::new(span.0, span.1)
}
