//! What a person can say of annotations on their way.

use crate::model::{Outcome, Reach, TextRange};
use crate::workspace::view::Focus;

use super::{CarriedAs, Way};

/// Commands about carrying annotations from draft to draft. Nothing is taken away from the old draft, and nothing that
/// a person has looked at is changed but by what they say themselves.
#[derive(Clone, Debug, PartialEq)]
pub enum CarryCommand {
    /// Finds every annotation of a draft in another one and puts it there to be looked at, in one step.
    Carry(Way),
    /// Offers no more to carry so.
    Decline(Way),
    /// Says that annotations stand where they were carried to, or stand nowhere any more, in one step.
    Accept {
        /// From which draft to which.
        way: Way,
        /// Which.
        of: Vec<Focus>,
    },
    /// The same for all of one verdict that nobody has looked at.
    AcceptAll {
        /// From which draft to which.
        way: Way,
        /// Which verdict.
        verdict: CarriedAs,
    },
    /// Puts an annotation on other words or another provision of the new draft.
    Put {
        /// From which draft to which.
        way: Way,
        /// Which.
        of: Focus,
        /// The words, in bytes of the new draft's text.
        range: TextRange,
        /// Words or a whole provision.
        reach: Reach,
    },
    /// Keeps an annotation without a place in the new draft.
    KeepLost {
        /// From which draft to which.
        way: Way,
        /// Which.
        of: Focus,
    },
    /// Says what became of a concern in the new draft; saying the same again takes it back.
    SetOutcome {
        /// From which draft to which.
        way: Way,
        /// Which annotation; one's own.
        of: Focus,
        /// What became of it.
        outcome: Outcome,
    },
    /// Has what a recommendation cites follow the numbers of the new draft, as offered.
    Renumber {
        /// From which draft to which.
        way: Way,
        /// Which annotation; one's own.
        of: Focus,
    },
}
