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

/// The identity that these words always give, for what has a name and no number.
pub fn derived(words: &[&str]) -> u128 {
    // The lengths keep `ab`, `c` apart from `a`, `bc`.
    let joined: String = words.iter().map(|w| format!("{}:{w}", w.len())).collect();
    let hash = super::text::sha256(joined.as_bytes());
    hash.get(..32).and_then(|h| u128::from_str_radix(h, 16).ok()).unwrap_or_default()
}

/// An identity as other programs write it: in groups of 8, 4, 4, 4 and 12 digits.
pub fn guid(id: u128) -> String {
    let h = format!("{id:032x}");
    format!("{}-{}-{}-{}-{}", &h[..8], &h[8..12], &h[12..16], &h[16..20], &h[20..])
}

/// The identity in a GUID, with or without braces, hyphens or `urn:uuid:` in front.
pub fn from_guid(text: &str) -> Option<u128> {
    let text = text.trim();
    let text = text.get(..9).filter(|t| t.eq_ignore_ascii_case("urn:uuid:")).map_or(text, |_| &text[9..]);
    let digits: String = text.trim_matches(['{', '}']).chars().filter(|c| *c != '-').collect();
    let hexadecimal = digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    hexadecimal.then(|| u128::from_str_radix(&digits, 16).ok()).flatten()
}

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
    /// Which reply to an annotation.
    ReplyId
);
id!(
    /// Which commentary on a draft.
    CommentaryId
);
id!(
    /// Which search of those kept with the project.
    SearchId
);
id!(
    /// Which submission of those kept with the project.
    SubmissionId
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

    #[test]
    fn an_id_survives_being_written_for_others() {
        for id in [0, 42, u128::MAX] {
            assert_eq!(from_guid(&guid(id)), Some(id));
            assert_eq!(from_guid(&format!("urn:uuid:{}", guid(id))), Some(id));
            assert_eq!(from_guid(&format!("{{{}}}", guid(id).to_uppercase())), Some(id));
        }
        for wrong in ["", "urn:uuid:", "é23456789", "12", "urn:uuid:0000000000000000000000000000000g"] {
            assert_eq!(from_guid(wrong), None, "{wrong}");
        }
        assert_ne!(derived(&["ab", "c"]), derived(&["a", "bc"]));
    }
}
