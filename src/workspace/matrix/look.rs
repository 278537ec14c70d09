//! What is counted against what, and how it is shown.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::agreement::AgreementUnit;
use super::super::curating::Accord;
use crate::model::{AnalystId, AnnotationKind, ConcernId, DraftId, Status};

/// An enum of choices with their names on screen and in files.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident $id:literal $words:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$of])* $variant),+ }

        impl $name {
            /// All of them, in the order they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name on screen.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $words),+ }
            }

            /// The word for it on the command line.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The one with this word.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word().eq_ignore_ascii_case(word.trim()))
            }
        }
    };
}

choices! {
    /// A page of the place.
    MatrixPage {
        /// Rows against columns.
        #[default]
        Matrix "matrix" "Matrix",
        /// Which concerns come together.
        Together "together" "Together",
        /// What has been looked at.
        Coverage "coverage" "Coverage",
        /// Where expected safeguards are.
        Safeguards "safeguards" "Safeguards",
        /// Remarks over the drafts.
        TimeLine "timeline" "Time line",
        /// What several analysts say of the same provisions.
        Curation "curation" "Curation",
        /// How far they agree.
        Agreement "agreement" "Agreement",
    }
}

choices! {
    /// What stands along a side of the matrix.
    Axis {
        /// The concerns of the codebook.
        #[default]
        Concern "concern" "Concerns",
        /// Articles, recitals, annexes of a draft.
        Article "article" "Articles",
        /// Chapters of a draft.
        Chapter "chapter" "Chapters",
        /// The drafts.
        Draft "draft" "Drafts",
        /// Who remarked.
        Analyst "analyst" "Analysts",
        /// How far remarks have come.
        Status "status" "Statuses",
        /// How bad.
        Severity "severity" "Severities",
    }
}

choices! {
    /// What a cell says.
    Shade {
        /// How many remarks.
        #[default]
        Count "count" "Number of remarks",
        /// The worst of them.
        Severity "severity" "Highest severity",
    }
}

choices! {
    /// How the tree of concerns is counted.
    Levels {
        /// A concern with those below it.
        #[default]
        Below "below" "With those below",
        /// Each by itself.
        Each "each" "Each by itself",
        /// The topmost only, with all below them.
        Top "top" "Topmost only",
    }
}

choices! {
    /// Which annotations count.
    Kinds {
        /// Remarks and absences: what raises a concern.
        #[default]
        Raised "raised" "Remarks and absences",
        /// Remarks on what is there.
        Remarks "remarks" "Remarks",
        /// Remarks on what is missing.
        Absences "absences" "Absences",
        /// What is said of safeguards as well.
        All "all" "All, with safeguards",
    }
}

choices! {
    /// When concerns come together.
    Beside {
        /// In one remark.
        #[default]
        Remark "remark" "In the same remark",
        /// In one provision, be it in several remarks.
        Provision "provision" "In the same provision",
    }
}

impl Axis {
    /// Whether it stands on the outline of one draft.
    pub fn needs_draft(self) -> bool {
        matches!(self, Self::Article | Self::Chapter)
    }

    /// Whether it may stand against another: never against itself, and the articles of one draft are not those of another.
    pub fn fits(self, other: Self) -> bool {
        self != other
            && !(self.needs_draft() && matches!(other, Self::Draft))
            && !(other.needs_draft() && matches!(self, Self::Draft))
    }
}

impl Kinds {
    /// Whether an annotation of a kind counts.
    pub fn holds(self, kind: AnnotationKind) -> bool {
        match self {
            Self::Raised => kind.is_raised(),
            Self::Remarks => kind == AnnotationKind::Remark,
            Self::Absences => kind == AnnotationKind::Absence,
            Self::All => true,
        }
    }
}

/// What is looked at in the place Matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MatrixLook {
    /// The page.
    pub page: MatrixPage,
    /// Down the side.
    pub rows: Axis,
    /// Along the top.
    pub columns: Axis,
    /// What a cell says.
    pub shade: Shade,
    /// How concerns are counted.
    pub levels: Levels,
    /// Which annotations count.
    pub kinds: Kinds,
    /// When concerns come together.
    pub beside: Beside,
    /// Of this draft; of the one that is read where one is needed, of all where none is.
    pub draft: Option<DraftId>,
    /// Of this analyst; of all that are shown.
    pub analyst: Option<AnalystId>,
    /// With this status.
    pub status: Option<Status>,
    /// Rows and columns without anything are left out.
    pub without_empty: bool,
    /// What analysts are asked about one by one, where their remarks are laid beside each other.
    pub unit: AgreementUnit,
    /// Only what goes together so.
    pub accord: Option<Accord>,
    /// Only this concern.
    pub concern: Option<ConcernId>,
    /// Only what was flagged or marked as read counts as looked at.
    pub only_marked: bool,
    /// Analysts whose agreement is not asked for.
    pub without: BTreeSet<AnalystId>,
}

impl Default for MatrixLook {
    fn default() -> Self {
        Self {
            page: MatrixPage::Matrix,
            rows: Axis::Concern,
            columns: Axis::Article,
            shade: Shade::Count,
            levels: Levels::Below,
            kinds: Kinds::Raised,
            beside: Beside::Remark,
            draft: None,
            analyst: None,
            status: None,
            without_empty: false,
            unit: AgreementUnit::default(),
            accord: None,
            concern: None,
            only_marked: false,
            without: BTreeSet::new(),
        }
    }
}

impl MatrixLook {
    /// What stands down the side and along the top of the page.
    pub fn axes(&self) -> (Axis, Axis) {
        match self.page {
            MatrixPage::Matrix => (self.rows, self.columns),
            MatrixPage::Together => (Axis::Concern, Axis::Concern),
            MatrixPage::Coverage | MatrixPage::Safeguards | MatrixPage::Curation => (Axis::Article, Axis::Concern),
            MatrixPage::TimeLine => (Axis::Concern, Axis::Draft),
            MatrixPage::Agreement => (Axis::Concern, Axis::Analyst),
        }
    }

    /// Whether what is shown stands on the outline of one draft.
    pub fn needs_draft(&self) -> bool {
        let (rows, columns) = self.axes();
        rows.needs_draft() || columns.needs_draft() || self.counts_provisions()
    }

    /// Whether a cell counts provisions instead of remarks.
    pub fn counts_provisions(&self) -> bool {
        self.page == MatrixPage::Together && self.beside == Beside::Provision
    }

    /// What a cell says, in words.
    pub fn said(&self) -> &'static str {
        match self.shade {
            Shade::Count if self.counts_provisions() => "Number of provisions",
            shade => shade.name(),
        }
    }

    /// The same with another axis down the side or along the top; the other side gives way where they do not fit.
    pub fn with_axis(mut self, rows: bool, axis: Axis) -> Self {
        let was = (self.rows, self.columns);
        let (own, other) = if rows { (&mut self.rows, &mut self.columns) } else { (&mut self.columns, &mut self.rows) };
        *own = axis;
        if !axis.fits(*other) {
            let mine = if rows { was.0 } else { was.1 };
            *other = if axis.fits(mine) { mine } else { Axis::Concern };
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_axes_always_fit() {
        for &rows in Axis::ALL {
            for &columns in Axis::ALL.iter().filter(|c| rows.fits(**c)) {
                for &axis in Axis::ALL {
                    for side in [true, false] {
                        let look = MatrixLook { rows, columns, ..MatrixLook::default() }.with_axis(side, axis);
                        assert!(look.rows.fits(look.columns), "{rows:?} x {columns:?}, {axis:?}: {look:?}");
                        assert_eq!(if side { look.rows } else { look.columns }, axis);
                    }
                }
            }
        }
        assert_eq!(Axis::named(" Article"), Some(Axis::Article));
        assert_eq!(Axis::named("sentence"), None);
    }
}
