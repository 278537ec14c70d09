//! What the program takes from the world: the time and fresh identities. Tests hand in their own.

use jiff::Timestamp;

use crate::model::Ids;

/// The clock and the source of identities.
pub trait Surroundings: Ids {
    /// The present moment, UTC.
    fn now(&self) -> Timestamp;
}

/// The machine's clock and its random numbers.
#[derive(Debug, Default)]
pub struct Machine;

impl Ids for Machine {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    fn fresh(&mut self) -> u128 {
        let mut bytes = [0; 16];
        if getrandom::fill(&mut bytes).is_err() {
            // No random source at all: the time and a counter still never repeat on one machine.
            use std::sync::atomic::{AtomicU64, Ordering};
            static COUNT: AtomicU64 = AtomicU64::new(0);
            let nanos = Timestamp::now().as_nanosecond() as u128;
            return (nanos << 40) ^ u128::from(COUNT.fetch_add(1, Ordering::Relaxed));
        }
        u128::from_be_bytes(bytes)
    }
}

impl Surroundings for Machine {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that moves one millisecond at each look, and identities counted from one: for tests.
#[derive(Debug, Default)]
pub struct Rehearsal {
    count: u128,
    looks: std::cell::Cell<i64>,
}

impl Ids for Rehearsal {
    fn fresh(&mut self) -> u128 {
        self.count += 1;
        self.count
    }
}

impl Surroundings for Rehearsal {
    fn now(&self) -> Timestamp {
        self.looks.set(self.looks.get() + 1);
        Timestamp::from_millisecond(1_750_000_000_000 + self.looks.get()).unwrap_or_default()
    }
}
