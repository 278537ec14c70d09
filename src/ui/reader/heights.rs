//! Where every block of a long page stands, without laying the page out: a Fenwick tree of block heights, estimated
//! first and corrected one by one.

/// Heights of blocks in points, in order, with sums in logarithmic time.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    each: Vec<f32>,
    /// `sums[i]` is the sum of the `lowest_bit(i + 1)` heights that end with block `i`; doubles, since a hundred
    /// thousand corrections of single precision would drift by whole lines.
    sums: Vec<f64>,
}

impl Heights {
    /// A tree over the given heights, in linear time.
    pub fn new(each: Vec<f32>) -> Self {
        let mut sums: Vec<f64> = each.iter().map(|&h| f64::from(h)).collect();
        for i in 0..sums.len() {
            let parent = i | (i + 1);
            if parent < sums.len() {
                sums[parent] += sums[i];
            }
        }
        Self { each, sums }
    }

    /// How many blocks there are.
    pub fn len(&self) -> usize {
        self.each.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// The height of a block, in points; 0 past the end.
    pub fn get(&self, block: usize) -> f32 {
        self.each.get(block).copied().unwrap_or(0.0)
    }

    /// Corrects the height of a block; a block past the end is ignored.
    pub fn set(&mut self, block: usize, height: f32) {
        let Some(old) = self.each.get_mut(block) else { return };
        let change = f64::from(height) - f64::from(*old);
        if change == 0.0 {
            return;
        }
        *old = height;
        let mut i = block;
        while i < self.sums.len() {
            self.sums[i] += change;
            i |= i + 1;
        }
    }

    /// The height of everything before a block: its top, in points from the top of the first.
    pub fn before(&self, block: usize) -> f64 {
        let mut sum = 0.0;
        let mut i = block.min(self.sums.len());
        while i > 0 {
            sum += self.sums[i - 1];
            i &= i - 1;
        }
        sum
    }

    /// The height of everything, in points.
    pub fn total(&self) -> f64 {
        self.before(self.len())
    }

    /// The block that stands at `y` points from the top, and how far below its top that is. Above the first block is
    /// the first, below the last the end of the last.
    pub fn at(&self, y: f64) -> (usize, f32) {
        if self.is_empty() || y <= 0.0 {
            return (0, 0.0);
        }
        let (mut block, mut rest) = (0, y);
        let mut step = self.len().next_power_of_two();
        while step > 0 {
            let next = block + step;
            if next <= self.len() && self.sums[next - 1] <= rest {
                rest -= self.sums[next - 1];
                block = next;
            }
            step /= 2;
        }
        if block == self.len() {
            return (block - 1, self.get(block - 1));
        }
        (block, rest as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_look_ups_agree_with_adding_up() {
        for count in [1, 2, 3, 7, 8, 9, 100] {
            let mut each: Vec<f32> = (0..count).map(|i| 10.0 + (i * 7 % 13) as f32).collect();
            let mut heights = Heights::new(each.clone());
            for (block, height) in [(0, 3.0), (count - 1, 50.0), (count / 2, 1.0), (count + 5, 9.0)] {
                heights.set(block, height);
                if let Some(h) = each.get_mut(block) {
                    *h = height;
                }
            }
            let mut top = 0.0;
            for (block, &height) in each.iter().enumerate() {
                assert_eq!(heights.before(block), top);
                assert_eq!(heights.at(top), (block, 0.0));
                assert_eq!(heights.at(top + 0.5), (block, 0.5));
                top += f64::from(height);
            }
            assert_eq!(heights.total(), top);
            assert_eq!(heights.at(top + 100.0), (count - 1, each[count - 1]));
            assert_eq!(heights.at(-5.0), (0, 0.0));
        }
        assert_eq!(Heights::default().at(7.0), (0, 0.0));
    }
}
