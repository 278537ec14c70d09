//! The rows of a comparison as they are set: each clause laid out once it is on screen, with the words above it that say
//! what became of it.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use eframe::egui::Context;

use crate::model::{Direction, Draft, TextRange};
use crate::ui::bars::count;
use crate::ui::reader::{ClauseLook, SetClause, Sheet};
use crate::ui::scene::Scene;
use crate::workspace::{Change, ComparedRow, Pair, Stroke};

/// The height of the line of words above a clause, in points.
pub const CAPTION: f32 = 18.0;
/// Rows that are kept laid out; beyond twice as many the older half is let go.
const KEPT: usize = 300;

/// Words above a clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    /// What they say.
    pub words: String,
    /// The row they lead to.
    pub leads: Option<usize>,
}

/// A row laid out.
pub struct SetRow {
    /// The clause of the older draft; none in a redline.
    pub old: Option<SetClause>,
    /// The clause of the newer draft, or the redline of both.
    pub new: Option<SetClause>,
    /// Above the older and above the newer one.
    pub captions: [Vec<Caption>; 2],
    /// All of it, in points.
    pub height: f32,
}

/// How rows are set.
#[derive(Clone, PartialEq)]
pub struct Looks {
    /// Whether the clauses stand beside each other, or in one text.
    pub beside: bool,
    /// Of the older draft.
    pub old: ClauseLook,
    /// Of the newer one.
    pub new: ClauseLook,
}

/// All rows of a comparison.
pub struct Cells {
    pair: Arc<Pair>,
    sheets: [Sheet; 2],
    /// Where moved clauses are shown at the place they left, by their start in the older draft.
    left: HashMap<usize, usize>,
    /// Where they are shown now, by their start in the newer draft.
    came: HashMap<usize, usize>,
    looks: Option<Looks>,
    set: HashMap<usize, (u64, Rc<SetRow>)>,
    tick: u64,
}

impl Cells {
    /// Reads the outlines of both drafts once; lays out nothing.
    pub fn new(pair: &Arc<Pair>, old: &Draft, new: &Draft) -> Self {
        let rows = &pair.comparison.rows;
        let clauses = |own: fn(&ComparedRow) -> Option<TextRange>| {
            let mut all: Vec<TextRange> = rows.iter().filter_map(own).collect();
            all.sort_by_key(|r| (r.start, r.end));
            all.dedup();
            all
        };
        let of = |change: Change, own: fn(&ComparedRow) -> Option<TextRange>| {
            let rows = rows.iter().enumerate().filter(|(_, row)| row.change == change);
            rows.filter_map(|(at, row)| Some((own(row)?.start, at))).collect()
        };
        let sheets = [
            Sheet::new(&old.text, &old.outline, &old.printed, clauses(|row| row.old)),
            Sheet::new(&new.text, &new.outline, &new.printed, clauses(|row| row.new)),
        ];
        Self {
            sheets,
            left: of(Change::MovedAway, |row| row.old),
            came: of(Change::MovedHere, |row| row.new),
            pair: Arc::clone(pair),
            looks: None,
            set: HashMap::new(),
            tick: 0,
        }
    }

    /// Whether these are the rows of that comparison.
    pub fn is_of(&self, pair: &Arc<Pair>) -> bool {
        Arc::ptr_eq(&self.pair, pair)
    }

    /// To be called every frame before anything is laid out. Says whether all rows are set anew.
    pub fn begin(&mut self, looks: &Looks) -> bool {
        self.tick += 1;
        if self.set.len() > 2 * KEPT {
            let mut ticks: Vec<u64> = self.set.values().map(|(tick, _)| *tick).collect();
            let (_, oldest_kept, _) = ticks.select_nth_unstable(KEPT);
            let oldest_kept = *oldest_kept;
            self.set.retain(|_, (tick, _)| *tick >= oldest_kept);
        }
        let changed = self.looks.as_ref() != Some(looks);
        if changed {
            self.set.clear();
            self.looks = Some(looks.clone());
        }
        changed
    }

    /// What a row is expected to be high, in points.
    pub fn estimate(&self, row: usize) -> f32 {
        let (Some(row), Some(looks)) = (self.pair.comparison.rows.get(row), &self.looks) else { return 0.0 };
        let old = row.old.map_or(0.0, |r| looks.old.estimate(&self.sheets[0], r));
        let new = row.new.map_or(0.0, |r| looks.new.estimate(&self.sheets[1], r));
        let said = row.renumbered || matches!(row.change, Change::MovedHere | Change::MovedAway);
        let caption = if said { CAPTION } else { 0.0 };
        caption + if row.change == Change::MovedAway && !looks.beside { old } else { old.max(new) }
    }

    /// A row laid out.
    pub fn set(&mut self, ctx: &Context, scene: &Scene<'_>, at: usize) -> Rc<SetRow> {
        if let Some((tick, row)) = self.set.get_mut(&at) {
            *tick = self.tick;
            return Rc::clone(row);
        }
        let row = Rc::new(self.lay_out(ctx, scene, at));
        self.set.insert(at, (self.tick, Rc::clone(&row)));
        row
    }

    fn lay_out(&self, ctx: &Context, scene: &Scene<'_>, at: usize) -> SetRow {
        let empty = SetRow { old: None, new: None, captions: [Vec::new(), Vec::new()], height: 0.0 };
        let (Some(row), Some(looks)) = (self.pair.comparison.rows.get(at), &self.looks) else { return empty };
        let whole = |range: TextRange, stroke: Stroke| vec![(range, stroke)];
        let clause = |side: usize, range: TextRange, strokes: Vec<(TextRange, Stroke)>, quiet: bool| {
            let look = if side == 0 { &looks.old } else { &looks.new };
            let look = if quiet { look.quiet() } else { look.clone() };
            SetClause::of(ctx, &look, &self.sheets[side], range, strokes)
        };
        let strokes = |stroke: Stroke| -> Vec<(TextRange, Stroke)> {
            let own = |run: &crate::workspace::RedlineRun| if stroke == Stroke::Struck { run.old } else { run.new };
            row.runs.iter().filter(|r| r.stroke == stroke).map(|r| (own(r), stroke)).collect()
        };
        let (old, new) = match (row.change, row.old, row.new) {
            (Change::New, _, Some(new)) => (None, Some(clause(1, new, whole(new, Stroke::PutIn), false))),
            (Change::Deleted, Some(old), _) if looks.beside => {
                (Some(clause(0, old, whole(old, Stroke::Struck), false)), None)
            }
            (Change::Deleted, Some(old), _) => (None, Some(clause(0, old, whole(old, Stroke::Struck), false))),
            (Change::MovedAway, Some(old), _) if looks.beside => (Some(clause(0, old, Vec::new(), true)), None),
            (Change::MovedAway, Some(old), _) => (None, Some(clause(0, old, Vec::new(), true))),
            (change, Some(old), Some(new)) if looks.beside => {
                let quiet = change == Change::MovedHere;
                let old = clause(0, old, strokes(Stroke::Struck), quiet);
                (Some(old), Some(clause(1, new, strokes(Stroke::PutIn), false)))
            }
            (_, Some(old), Some(new)) => {
                let sheets = [&self.sheets[0], &self.sheets[1]];
                (None, Some(SetClause::redlined(ctx, &looks.new, sheets, [old, new], &row.runs)))
            }
            _ => return empty,
        };
        let mut captions = self.captions(scene, row);
        if !looks.beside {
            let [mut first, mut second] = captions;
            // One text says once where a clause came from.
            first.retain(|_| row.change != Change::MovedHere);
            first.append(&mut second);
            captions = [Vec::new(), first];
        }
        let caption = if captions.iter().all(Vec::is_empty) { 0.0 } else { CAPTION };
        let height = |set: &Option<SetClause>| set.as_ref().map_or(0.0, SetClause::height);
        SetRow { height: caption + height(&old).max(height(&new)), old, new, captions }
    }

    /// Whether a row shows the older draft's clause where the redline shows that of the newer one.
    pub fn side_of_redline(&self, at: usize) -> usize {
        let old = |row: &ComparedRow| matches!(row.change, Change::Deleted | Change::MovedAway);
        usize::from(!self.pair.comparison.rows.get(at).is_some_and(old))
    }

    /// What became of a clause, in words above it: above the older one and above the newer.
    fn captions(&self, scene: &Scene<'_>, row: &ComparedRow) -> [Vec<Caption>; 2] {
        let outlines = self.pair.outlines();
        let plain = |words: &str| Caption { words: words.to_owned(), leads: None };
        let cited = |side: usize, provision| match provision {
            Some(p) => scene.w.cited_within(&outlines[side].citation(p)),
            None => "outside the articles".to_owned(),
        };
        let (mut old, mut new) = (Vec::new(), Vec::new());
        match row.change {
            Change::MovedAway => {
                let leads = row.new.and_then(|r| self.came.get(&r.start)).copied();
                let edited = leads.and_then(|at| self.pair.comparison.rows.get(at)).is_some_and(|r| r.edited);
                let words = format!("moved to {}", cited(1, row.new_provision));
                old.push(Caption { words, leads });
                if edited {
                    old.push(plain("and edited there"));
                }
            }
            Change::MovedHere => {
                let leads = row.old.and_then(|r| self.left.get(&r.start)).copied();
                let from = cited(0, row.old_provision);
                old.push(plain(&format!("from {from}")));
                new.push(Caption { words: format!("moved from {from}"), leads });
                if row.edited {
                    new.push(plain("edited"));
                }
            }
            Change::New | Change::Deleted | Change::Edited | Change::Same => {}
        }
        if row.renumbered && !matches!(row.change, Change::MovedHere | Change::MovedAway) {
            new.push(plain(&format!("renumbered, was {}", cited(0, row.old_provision))));
        }
        let (lifted, added) = row.brackets;
        for (n, one, many) in
            [(lifted, "bracket lifted", "brackets lifted"), (added, "bracket added", "brackets added")]
        {
            match n {
                0 => {}
                1 => new.push(plain(one)),
                n => new.push(plain(&count(n as usize, one, many))),
            }
        }
        if row.agreed {
            new.push(plain("agreed ad referendum"));
        }
        [old, new]
    }
}

/// What became of a clause in one word and what is said above it, for a list and for a screen reader.
pub fn said(row: &ComparedRow, captions: &[Vec<Caption>; 2]) -> String {
    let mut words: Vec<&str> = match row.change {
        Change::New | Change::Deleted | Change::Edited => vec![row.change.word()],
        Change::Same | Change::MovedHere | Change::MovedAway => Vec::new(),
    };
    let own = captions.iter().flatten().map(|c| c.words.as_str());
    words.extend(own.filter(|w| !w.starts_with("from ")));
    words.join(", ")
}

/// Which way the lines of both drafts run.
pub fn directions(old: &Draft, new: &Draft) -> [Direction; 2] {
    [old.details.direction, new.details.direction]
}
