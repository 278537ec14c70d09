//! Analysts under other names, so that whoever has the file cannot tell who they are, and the next file continues it.
//!
//! An analyst's and an annotation's identity become HMAC-SHA256 values of the old ones under the sender's secret: the same
//! in every file of this sender about this project, and nobody's without the secret. Of times the day is kept. The time of
//! day becomes another one, again by the secret, such that what came later comes later still: an annotation that was
//! changed twice on a day is known to be newer, and nobody learns when its author works.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use crate::model::{Analyst, AnalystId, Annotation, AnnotationId, ProjectId, ReadMark, Reply, ReplyId};
use crate::storage::{PseudonymBook, SharedSet};

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Microseconds of a day: room to put every second of it elsewhere.
const ROOM: u64 = 86_400_000_000;

/// Puts pseudonyms in the place of names and identities, in all sets; the sets come in the order of their pseudonyms,
/// which says nothing.
pub(super) fn masked(sets: &mut [SharedSet], project: ProjectId, book: &mut PseudonymBook) {
    let mask = Mask { secret: *book.secret(), project };
    for shared in sets.iter_mut() {
        let set = &mut shared.set;
        set.analyst = Analyst { id: mask.analyst(set.analyst.id), name: String::new() };
        let annotations = std::mem::take(&mut set.annotations).into_values().map(|a| mask.annotation(a));
        set.annotations = annotations.map(|a| (a.id, a)).collect();
        let replies = std::mem::take(&mut set.replies).into_values().map(|r| mask.reply(r));
        set.replies = replies.map(|r| (r.id, r)).collect();
        for marks in set.read.values_mut() {
            for ReadMark { citation: _, when } in marks.values_mut() {
                *when = mask.time(*when);
            }
        }
    }
    sets.sort_by_key(|s| s.set.analyst.id);
    for shared in sets {
        let number = book.number(project, shared.set.analyst.id);
        shared.set.analyst.name = format!("Analyst {}", letters(number));
    }
}

struct Mask {
    secret: [u8; 32],
    project: ProjectId,
}

impl Mask {
    fn annotation(&self, annotation: Annotation) -> Annotation {
        // Spelled out, so that whoever adds something to an annotation says here whether it tells who wrote it.
        let Annotation {
            id,
            kind,
            concerns,
            severity,
            note,
            recommendation,
            status,
            source,
            created,
            changed,
            placements,
            outcomes,
            numbering,
            seen,
            made_of,
        } = annotation;
        Annotation {
            id: self.which(id),
            kind,
            concerns,
            severity,
            note,
            recommendation,
            status,
            source,
            created: self.time(created),
            changed: self.time(changed),
            placements,
            outcomes,
            numbering,
            seen: seen.into_iter().map(|(draft, when)| (draft, self.time(when))).collect(),
            made_of: made_of
                .into_iter()
                .map(|((whose, which), when)| ((self.analyst(whose), self.which(which)), self.time(when)))
                .collect(),
        }
    }

    fn reply(&self, reply: Reply) -> Reply {
        let Reply { id, whose, about, text, created, changed } = reply;
        Reply {
            id: ReplyId(self.identity("reply", id.0)),
            whose: self.analyst(whose),
            about: self.which(about),
            text,
            created: self.time(created),
            changed: self.time(changed),
        }
    }

    fn analyst(&self, id: AnalystId) -> AnalystId {
        AnalystId(self.identity("analyst", id.0))
    }

    fn which(&self, id: AnnotationId) -> AnnotationId {
        AnnotationId(self.identity("annotation", id.0))
    }

    fn identity(&self, what: &str, id: u128) -> u128 {
        let digest = self.digest(&[what.as_bytes(), &self.project.0.to_be_bytes(), &id.to_be_bytes()]);
        digest.iter().take(16).fold(0, |id, byte| id << 8 | u128::from(*byte))
    }

    /// Another time of the same day (UTC), later for later seconds. The day's seconds are halved again and again, and each
    /// time the room for them is cut at a place that only the secret tells.
    fn time(&self, time: Timestamp) -> Timestamp {
        let (day, second) = (seconds(time).div_euclid(DAY), seconds(time).rem_euclid(DAY).unsigned_abs());
        let (mut from, mut to) = (0_u64, DAY.unsigned_abs());
        let (mut start, mut end) = (0_u64, ROOM);
        while to - from > 1 {
            let middle = (from + to) / 2;
            // Each second keeps a place of its own.
            let (first, last) = (start + (middle - from), end - (to - middle));
            let digest = self.digest(&[b"time", &day.to_be_bytes(), &from.to_be_bytes(), &to.to_be_bytes()]);
            let chance = digest.iter().take(8).fold(0_u64, |n, byte| n << 8 | u64::from(*byte));
            let cut = first + chance % (last - first + 1);
            (from, to, start, end) = if second < middle { (from, middle, start, cut) } else { (middle, to, cut, end) };
        }
        let micros = i128::from(day) * i128::from(ROOM) + i128::from(start);
        // The first days there are may lie before the beginning of the calendar.
        Timestamp::from_nanosecond(micros * 1000).unwrap_or(Timestamp::MIN)
    }

    fn digest(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut key = [0; 64];
        key[..32].copy_from_slice(&self.secret);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&key.into());
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Whole seconds since 1970, before it too: [`Timestamp::as_second`] leaves fractions out towards it.
fn seconds(time: Timestamp) -> i64 {
    time.as_second() - i64::from(time.subsec_nanosecond() < 0)
}

/// A, B, … Z, AA, AB, …
fn letters(number: usize) -> String {
    let mut rest = number;
    let mut word = Vec::new();
    loop {
        word.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
        if rest == 0 {
            break;
        }
        rest -= 1;
    }
    word.iter().rev().collect()
}

/// Names of analysts that stand in words that leave, whole or by one of their words, each with the number of annotations
/// and replies.
pub(super) fn names_in_words<'n>(sets: &[SharedSet], names: impl Iterator<Item = &'n str>) -> Vec<(String, usize)> {
    let parts = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2);
        words.map(str::to_lowercase).collect()
    };
    let names: Vec<(&str, String, BTreeSet<String>)> = names
        .map(str::trim)
        .filter(|name| name.len() > 2)
        .map(|name| (name, name.to_lowercase(), parts(name)))
        .collect();
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let mut look_in = |said: &str| {
        let said = said.to_lowercase();
        let words = parts(&said);
        for (name, whole, in_parts) in &names {
            if said.contains(whole) || in_parts.iter().any(|part| words.contains(part)) {
                *found.entry(name).or_default() += 1;
            }
        }
    };
    for a in sets.iter().flat_map(|s| s.set.annotations.values()) {
        let recommended = a.recommendation.iter().flat_map(|r| r.targets.iter().chain([&r.proposed, &r.supports]));
        let source = a.source.iter().flat_map(|s| [&s.title, &s.author, &s.heading]);
        let said: Vec<&str> = std::iter::once(&a.note).chain(recommended).chain(source).map(String::as_str).collect();
        look_in(&said.join("\n"));
    }
    for reply in sets.iter().flat_map(|s| s.set.replies.values()) {
        look_in(&reply.text);
    }
    found.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(secret: u8) -> Mask {
        Mask { secret: [secret; 32], project: ProjectId(7) }
    }

    #[test]
    fn digests_are_those_of_hmac_sha256() {
        // RFC 4231 has no such parts; this was worked out with Python's `hmac`.
        let parts: [&[u8]; 2] = [b"analyst", &7_u128.to_be_bytes()];
        let digest = mask(1).digest(&parts);
        let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "13c996d32af11d2c9e976bf84a15441d372c906adc03e3a2eea5d898ecbc7575");
    }

    #[test]
    fn identities_are_the_same_again_and_others_under_another_secret() {
        assert_eq!(mask(1).identity("analyst", 5), mask(1).identity("analyst", 5));
        let others = [
            mask(1).identity("analyst", 5),
            mask(1).identity("annotation", 5),
            mask(1).identity("analyst", 6),
            mask(2).identity("analyst", 5),
            Mask { secret: [1; 32], project: ProjectId(8) }.identity("analyst", 5),
        ];
        for (n, one) in others.iter().enumerate() {
            assert!(others[n + 1..].iter().all(|other| other != one));
        }
    }

    #[test]
    fn times_keep_their_day_and_their_order_and_nothing_else() {
        let mask = mask(3);
        for start in ["2026-05-03T00:00:00Z", "1951-12-31T00:00:00Z", "1970-01-01T00:00:00Z"] {
            let start: Timestamp = start.parse().unwrap();
            let day = seconds(start).div_euclid(DAY);
            let mut last = None;
            for second in (0..DAY).step_by(61).chain([DAY - 1]) {
                let time = Timestamp::from_second(seconds(start) + second).unwrap();
                let masked = mask.time(time);
                assert_eq!(seconds(masked).div_euclid(DAY), day, "{time}");
                assert!(last < Some(masked), "{time}");
                last = Some(masked);
            }
        }
        // At noon it is any time.
        let noon: Timestamp = "2026-05-03T12:00:00Z".parse().unwrap();
        let hours: BTreeSet<i64> =
            (0..100).map(|n| self::mask(n).time(noon).as_second().rem_euclid(DAY) / 3600).collect();
        assert!(hours.len() > 15, "{hours:?}");
        for edge in [Timestamp::MIN, Timestamp::MAX] {
            let _ = mask.time(edge);
        }
    }

    #[test]
    fn letters_go_on_after_the_last() {
        assert_eq!(
            [0, 1, 25, 26, 27, 51, 52, 701, 702].map(letters),
            ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]
        );
    }
}
