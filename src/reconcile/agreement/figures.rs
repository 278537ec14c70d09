//! The figures of agreement over units that several raters gave one value each, or none.

use std::collections::BTreeMap;

/// What raters said of units. Units that all were rated alike can be put in as one with a weight, so that single
/// characters of a long text cost no more than the stretches between which something changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    raters: usize,
    /// How many units were rated so: a value for each rater, or nothing where it is missing.
    units: BTreeMap<Vec<Option<u16>>, u64>,
}

/// How far the raters agree. A figure is missing where it is not defined: nobody to compare, or only one value given, so
/// that there is nothing to agree about beyond chance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Units that at least two raters rated.
    pub units: u64,
    /// Of all pairs of ratings of one unit, the part that is equal, from 0 to 1.
    pub percentage: Option<f64>,
    /// Krippendorff's alpha for nominal values, at most 1; 0 is what chance would give.
    ///
    /// `1 - (n - 1) * sum(o_ck) / sum(n_c * n_k)` over all pairs of different values c and k, where `o_ck` adds up, unit
    /// by unit, the ordered pairs of ratings (c, k) divided by the number of the unit's ratings less one, `n_c` is the sum
    /// of `o_ck` over k, and n the sum of all `n_c`. Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability"
    /// (2011), section D; raters may be many and ratings missing.
    pub alpha: Option<f64>,
    /// Each two raters, in order.
    pub pairs: Vec<Pair>,
}

/// How far two raters agree, over the units that both rated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The two, by position among the raters.
    pub raters: (usize, usize),
    /// Units that both rated.
    pub units: u64,
    /// The part of them that they rated alike, from 0 to 1.
    pub percentage: Option<f64>,
    /// Cohen's kappa, at most 1; 0 is what chance would give.
    ///
    /// `(p_o - p_e) / (1 - p_e)`, where `p_o` is the percentage and `p_e` the sum over all values of the part of the units
    /// the one rater gave it times the part the other did. Jacob Cohen, "A coefficient of agreement for nominal scales",
    /// Educational and Psychological Measurement 20 (1960), 37-46.
    pub kappa: Option<f64>,
}

impl Ratings {
    /// None yet, by so many raters.
    pub fn by(raters: usize) -> Self {
        Self { raters, units: BTreeMap::new() }
    }

    /// Adds units that were all rated so. Values beyond the number of raters are left out; missing ones are missing.
    pub fn add(&mut self, units: u64, mut values: Vec<Option<u16>>) {
        values.resize(self.raters, None);
        if units > 0 && values.iter().any(Option::is_some) {
            *self.units.entry(values).or_default() += units;
        }
    }

    /// Adds all that others hold; what they say of more raters is left out.
    pub fn extend(&mut self, others: &Self) {
        for (values, units) in &others.units {
            self.add(*units, values.clone());
        }
    }

    /// Each way in which units were rated, with their number.
    pub fn units(&self) -> impl Iterator<Item = (&[Option<u16>], u64)> {
        self.units.iter().map(|(values, units)| (values.as_slice(), *units))
    }

    /// How far the raters agree.
    pub fn figures(&self) -> Figures {
        let mut figures = Figures::default();
        // Ordered pairs of ratings of one unit, each unit with the weight of its number of ratings.
        let mut coincidences: BTreeMap<(u16, u16), f64> = BTreeMap::new();
        let (mut equal, mut all) = (0.0, 0.0);
        for (values, units) in self.units() {
            let weight = units as f64;
            let mut counts: BTreeMap<u16, f64> = BTreeMap::new();
            values.iter().flatten().for_each(|v| *counts.entry(*v).or_default() += 1.0);
            let ratings: f64 = counts.values().sum();
            if ratings < 2.0 {
                continue;
            }
            figures.units += units;
            for (c, of_c) in &counts {
                for (k, of_k) in &counts {
                    let pairs = if c == k { of_c * (of_c - 1.0) } else { of_c * of_k };
                    *coincidences.entry((*c, *k)).or_default() += weight * pairs / (ratings - 1.0);
                    all += weight * pairs;
                    equal += if c == k { weight * pairs } else { 0.0 };
                }
            }
        }
        figures.percentage = (all > 0.0).then(|| equal / all);
        figures.alpha = alpha(&coincidences);
        for a in 0..self.raters {
            for b in a + 1..self.raters {
                figures.pairs.push(self.pair(a, b));
            }
        }
        figures
    }

    fn pair(&self, a: usize, b: usize) -> Pair {
        let mut pair = Pair { raters: (a, b), units: 0, percentage: None, kappa: None };
        let mut equal = 0;
        let mut given: BTreeMap<u16, (f64, f64)> = BTreeMap::new();
        for (values, units) in self.units() {
            let (Some(of_a), Some(of_b)) = (values[a], values[b]) else { continue };
            pair.units += units;
            equal += if of_a == of_b { units } else { 0 };
            given.entry(of_a).or_default().0 += units as f64;
            given.entry(of_b).or_default().1 += units as f64;
        }
        if pair.units == 0 {
            return pair;
        }
        let all = pair.units as f64;
        let observed = equal as f64 / all;
        let expected: f64 = given.values().map(|(a, b)| a / all * (b / all)).sum();
        // Where both gave all units one same value, chance explains everything and nothing at all.
        let one_value = given.len() < 2;
        pair.percentage = Some(observed);
        pair.kappa = (!one_value && expected < 1.0).then(|| (observed - expected) / (1.0 - expected));
        pair
    }
}

fn alpha(coincidences: &BTreeMap<(u16, u16), f64>) -> Option<f64> {
    let mut totals: BTreeMap<u16, f64> = BTreeMap::new();
    for ((c, _), o) in coincidences {
        *totals.entry(*c).or_default() += o;
    }
    let n: f64 = totals.values().sum();
    let observed: f64 = coincidences.iter().filter(|((c, k), _)| c != k).map(|(_, o)| o).sum();
    // The sum of n_c * n_k over different values: all products less the squares.
    let expected = n * n - totals.values().map(|t| t * t).sum::<f64>();
    (totals.len() > 1 && expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row a rater, one character a unit; `.` is missing.
    fn ratings(rows: &[&str]) -> Ratings {
        let rows: Vec<Vec<char>> = rows.iter().map(|r| r.chars().filter(|c| *c != ' ').collect()).collect();
        let mut ratings = Ratings::by(rows.len());
        for unit in 0..rows[0].len() {
            ratings.add(1, rows.iter().map(|r| (r[unit] != '.').then(|| r[unit] as u16 - u16::from(b'0'))).collect());
        }
        ratings
    }

    fn check(figure: Option<f64>, published: f64) {
        let figure = figure.unwrap();
        assert!((figure - published).abs() < 0.0006, "{figure} is not {published}");
    }

    #[test]
    fn alpha_is_as_published() {
        // Krippendorff (2011), sections A to C: two observers and two values, several values, four observers with gaps.
        check(ratings(&["0100000010", "1110010000"]).figures().alpha, 0.095);
        check(ratings(&["aabbdcccedda", "babbbccceddd"]).figures().alpha, 0.692);
        let four = ratings(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."]).figures();
        check(four.alpha, 0.743);
        assert_eq!((four.units, four.pairs.len()), (11, 6));
    }

    #[test]
    fn kappa_is_as_published() {
        // Viera and Garrett, "Understanding interobserver agreement: the kappa statistic", Family Medicine 37 (2005).
        let mut ratings = Ratings::by(2);
        for (units, a, b) in [(15, 1, 1), (5, 1, 0), (10, 0, 1), (70, 0, 0)] {
            ratings.add(units, vec![Some(a), Some(b)]);
        }
        let figures = ratings.figures();
        assert_eq!((figures.units, figures.percentage, figures.pairs[0].percentage), (100, Some(0.85), Some(0.85)));
        assert!((figures.pairs[0].kappa.unwrap() - 0.2 / 0.35).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_defined_is_missing() {
        assert_eq!(Ratings::by(3).figures().alpha, None);
        let alone = ratings(&["1010", "...."]).figures();
        assert_eq!((alone.units, alone.percentage, alone.alpha, alone.pairs[0].kappa), (0, None, None, None));
        let one_value = ratings(&["0000", "0000"]).figures();
        assert_eq!((one_value.percentage, one_value.alpha, one_value.pairs[0].kappa), (Some(1.0), None, None));
        let same = ratings(&["0011", "0011"]).figures();
        assert_eq!((same.alpha, same.pairs[0].kappa), (Some(1.0), Some(1.0)));
    }

    #[test]
    fn a_weight_is_so_many_units() {
        let mut weighed = Ratings::by(2);
        weighed.add(3, vec![Some(1), Some(0)]);
        weighed.add(2, vec![Some(1), Some(1)]);
        weighed.add(4, vec![Some(0)]);
        assert_eq!(weighed, ratings(&["111110000", "00011...."]));
    }
}
