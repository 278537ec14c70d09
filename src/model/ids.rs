//! 128-bit identities, written as 32 lower-case hexadecimal digits.
//!
//! The interchange formats (REFI-QDA, W3C) need identities of this size; making one is left to whoever owns a source
//! of randomness, through [`Ids`].

use std::fmt;
use std::str::FromStr;

/// A source of fresh identities, given from outside so that tests are repeatable.
pub trait Ids {
    /// A number never given before.
    fn fresh(&mut self) -> u128;
}

/// Why a text is no identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is 32 hexadecimal digits")
    }
}

impl std::error::Error for NotAnId {}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u128);

        impl $name {
            /// A fresh one.
            pub fn fresh(ids: &mut dyn Ids) -> Self {
                Self(ids.fresh())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:032x})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(s: &str) -> Result<Self, NotAnId> {
                if s.len() != 32 || !s.bytes().all(|b| b.is_ascii_hexdigit()) {
                    return Err(NotAnId);
                }
                u128::from_str_radix(s, 16).map(Self).map_err(|_| NotAnId)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// Which project: the same in every colleague's copy.
    ProjectId
);
id!(
    /// Which draft of the instrument.
    DraftId
);
id!(
    /// Which concern of the codebook.
    ConcernId
);
id!(
    /// Which analyst, the author of one annotation set.
    AnalystId
);
id!(
    /// Which annotation.
    AnnotationId
);
id!(
    /// Which commentary on a draft.
    CommentaryId
);
id!(
    /// Which search of those kept with the project.
    SearchId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_being_written() {
        for id in [DraftId(0), DraftId(42), DraftId(u128::MAX)] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        for wrong in ["", "12", "0000000000000000000000000000000g", "+0000000000000000000000000000000"] {
            assert_eq!(wrong.parse::<DraftId>(), Err(NotAnId), "{wrong}");
        }
    }
}
