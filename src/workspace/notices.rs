//! Where every error ends, once: as a sentence for a person, the path last.

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// Something was done.
    Done,
    /// Something should be looked at.
    Caution,
    /// Something did not work.
    Failure,
}

/// One sentence for the analyst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Tells notices apart, ascending.
    pub number: u64,
    /// How much it matters.
    pub gravity: Gravity,
    /// The sentence.
    pub text: String,
}

/// The latest notices, newest last. Failures stay until dismissed.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    count: u64,
}

/// More than this many are not kept; the oldest go first.
const KEPT: usize = 50;

impl Notices {
    /// All that are kept, oldest first.
    pub fn all(&self) -> &[Notice] {
        &self.list
    }

    /// The newest, if any.
    pub fn latest(&self) -> Option<&Notice> {
        self.list.last()
    }

    /// Says that something was done.
    pub fn done(&mut self, text: impl Into<String>) {
        self.add(Gravity::Done, text.into());
    }

    /// Says that something should be looked at.
    pub fn caution(&mut self, text: impl Into<String>) {
        self.add(Gravity::Caution, text.into());
    }

    /// Says that something did not work.
    pub fn failure(&mut self, error: impl std::fmt::Display) {
        self.add(Gravity::Failure, error.to_string());
    }

    /// Says that something did not work with a file whose name the sentence begins with, and keeps the name as it is.
    pub fn failure_of_file(&mut self, sentence: impl Into<String>) {
        self.push(Gravity::Failure, sentence.into());
    }

    /// Says that something should be looked at about a file whose name the sentence begins with.
    pub fn caution_of_file(&mut self, sentence: impl Into<String>) {
        self.push(Gravity::Caution, sentence.into());
    }

    /// Puts one away.
    pub fn dismiss(&mut self, number: u64) {
        self.list.retain(|n| n.number != number);
    }

    /// Puts those away that say this.
    pub fn dismiss_text(&mut self, text: &str) {
        self.list.retain(|n| n.text != text);
    }

    /// Puts all away.
    pub fn clear(&mut self) {
        self.list.clear();
    }

    fn add(&mut self, gravity: Gravity, mut text: String) {
        if let Some(first) = text.chars().next() {
            // Library errors start in lower case; on screen a sentence starts with a capital.
            text.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        }
        self.push(gravity, text);
    }

    fn push(&mut self, gravity: Gravity, text: String) {
        match gravity {
            Gravity::Failure => log::error!("{text}"),
            Gravity::Caution => log::warn!("{text}"),
            Gravity::Done => log::info!("{text}"),
        }
        self.count += 1;
        self.list.push(Notice { number: self.count, gravity, text });
        if self.list.len() > KEPT {
            self.list.remove(0);
        }
    }
}
