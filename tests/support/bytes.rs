//! Bytes of files, changed as damage and malice change them.

use proptest::prelude::{Strategy, any};

/// What is to be changed: where, from where, with what, and how.
pub type Change = (u16, u16, u8, u8);

/// A few changes to some bytes: a byte, a stretch taken out, put in twice, or taken from elsewhere.
pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    proptest::collection::vec((any::<u16>(), any::<u16>(), any::<u8>(), 0..6_u8), 1..8)
}

/// Makes the changes, one after the other, as long as there are bytes.
pub fn change(bytes: &mut Vec<u8>, changes: &[Change]) {
    for &(at, from, byte, how) in changes {
        if bytes.is_empty() {
            return;
        }
        let place = |n: u16| usize::from(n) * bytes.len() / 65_536;
        let (at, from) = (place(at), place(from));
        let stretch = |start: usize| start..(start + usize::from(byte)).min(bytes.len());
        match how {
            0 => bytes[at] = byte,
            1 => bytes[at] ^= 1 << (byte % 8),
            2 => drop(bytes.drain(stretch(at))),
            3 => bytes.truncate(at),
            _ => {
                let copied = bytes[stretch(from)].to_vec();
                bytes.splice(at..at, copied);
            }
        }
    }
}
