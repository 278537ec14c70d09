//! Citations in Chinese, which has no spaces and names the unit after its number: `第二十三条第二款(c)项`, `第七条至第十一条`,
//! `本条第二款`, `附件三`. Source: the Chinese texts of the UN treaty collection.

use super::grammar::{Base, Item, Labels, List, Reader};
use super::scan::{Kind, digit, is_digit};
use super::words::{ALL, Level, Unit};

/// A numbered component: `第二款`.
enum Component {
    Unit(Unit, String),
    Paragraph(String),
    Point(String),
}

impl Reader<'_> {
    fn han(&self, at: usize, one_of: &str) -> bool {
        self.goes_on(at) && self.begins(at, one_of)
    }

    fn begins(&self, at: usize, one_of: &str) -> bool {
        self.kind(at) == Some(Kind::Han) && one_of.contains(self.word(at))
    }

    /// The citation that begins with `第`, `本`, `附件`, `序言`.
    pub fn chinese(&self, at: usize) -> Option<List> {
        if self.kind(at) != Some(Kind::Han) {
            return None;
        }
        let this = self.begins(at, "本该此") && self.han(at + 1, "条條款项");
        let (base, mut next) = if this {
            (Base::Here(if self.han(at + 1, "条條") { Level::Paragraph } else { Level::Point }), at + 2)
        } else if self.begins(at, "序") && self.han(at + 1, "言文") {
            (Base::Preamble, at + 2)
        } else if self.begins(at, "附") && self.han(at + 1, "件錄录") {
            let (number, next) = self.chinese_number(at + 2).or_else(|| self.roman_number(at + 2))?;
            (Base::Unit(Unit::Annex, number), next)
        } else {
            match self.component(at)? {
                (Component::Unit(unit, number), next) => (Base::Unit(unit, number), next),
                (Component::Paragraph(number), next) => {
                    return Some(self.chinese_list(at, Level::Paragraph, number, next));
                }
                (Component::Point(_), _) => return None,
            }
        };
        let whole = !matches!(base, Base::Here(_) | Base::Preamble);
        let mut labels = Labels { within: Vec::new(), base, points: Vec::new() };
        let mut list = List { items: Vec::new(), next: at, tongues: ALL };
        let mut first = at;
        loop {
            next = self.chinese_points(next, &mut labels);
            let mut item = Item { from: labels.clone(), to: None, first, last: next };
            if let Some((to, after)) = self.han(next, "至到").then(|| self.chinese_item(next + 1, &labels)).flatten()
            {
                item.to = Some(to.clone());
                item.last = after;
                (labels, next) = (to, after);
            }
            list.next = next;
            if whole || !item.from.points.is_empty() {
                list.items.push(item);
            }
            let joined = matches!(self.sign(next), Some('、' | '，' | ',')) || self.han(next, "和及与或");
            if !joined || list.items.len() >= 64 {
                break;
            }
            let Some((item, after)) = self.chinese_item(next + 1, &labels) else { break };
            (labels, first, next) = (item, next + 1, after);
        }
        (!list.items.is_empty()).then_some(list)
    }

    fn chinese_list(&self, at: usize, level: Level, number: String, mut next: usize) -> List {
        let mut labels = Labels { within: Vec::new(), base: Base::Here(level), points: vec![number] };
        next = self.chinese_points(next, &mut labels);
        let item = Item { from: labels, to: None, first: at, last: next };
        List { items: vec![item], next, tongues: ALL }
    }

    /// A further item of a list or the end of a run: `第十一条`, `第三款`, and `11` of `第7至11条`.
    fn chinese_item(&self, at: usize, before: &Labels) -> Option<(Labels, usize)> {
        if !self.goes_on(at) {
            return None;
        }
        let mut labels = before.clone();
        let next = match self.component(at)? {
            (Component::Unit(unit, number), next) => {
                labels.base = Base::Unit(unit, number);
                labels.points.clear();
                next
            }
            (Component::Paragraph(number), next) => {
                labels.points.clear();
                labels.points.push(number);
                next
            }
            (Component::Point(label), next) => {
                labels.points.truncate(1);
                labels.points.push(label);
                next
            }
        };
        let next = self.chinese_points(next, &mut labels);
        Some((labels, next))
    }

    fn chinese_points(&self, mut at: usize, labels: &mut Labels) -> usize {
        while labels.points.len() < 8 && self.goes_on(at) {
            match self.component(at) {
                Some((Component::Paragraph(label), next)) if labels.points.is_empty() => {
                    labels.points.push(label);
                    at = next;
                }
                Some((Component::Point(label), next)) => {
                    labels.points.push(label);
                    at = next;
                }
                _ => break,
            }
        }
        at
    }

    fn component(&self, at: usize) -> Option<(Component, usize)> {
        if matches!(self.sign(at), Some('(' | '（')) {
            let label = self.word(at + 1);
            let short = label.chars().count() <= 3 && label.chars().all(char::is_alphanumeric);
            if !short || !matches!(self.sign(at + 2), Some(')' | '）')) {
                return None;
            }
            return Some((Component::Point(label.to_owned()), at + 3 + usize::from(self.han(at + 3, "项項目"))));
        }
        let said = self.begins(at, "第");
        let (number, next) = self.chinese_number(at + usize::from(said))?;
        if !said && self.kind(at) != Some(Kind::Number) {
            return None;
        }
        let component = if self.han(next, "条條") {
            Component::Unit(Unit::Article, number)
        } else if self.han(next, "章") {
            Component::Unit(Unit::Chapter, number)
        } else if self.han(next, "节節") {
            Component::Unit(Unit::Section, number)
        } else if self.han(next, "编編") {
            Component::Unit(Unit::Title, number)
        } else if self.han(next, "部") && self.han(next + 1, "分") {
            return Some((Component::Unit(Unit::Part, number), next + 2));
        } else if self.han(next, "款段") {
            Component::Paragraph(number)
        } else if self.han(next, "项項") {
            Component::Point(number)
        } else if said && self.han(next, "至到") {
            // `第7至11条`: the unit stands at the end.
            let (_, last) = self.chinese_number(next + 1)?;
            if !self.han(last, "条條") {
                return None;
            }
            return Some((Component::Unit(Unit::Article, number), next));
        } else {
            return None;
        };
        Some((component, next + 1))
    }

    /// A number in Chinese numerals or digits, printed in digits.
    fn chinese_number(&self, at: usize) -> Option<(String, usize)> {
        if !self.goes_on(at) {
            return None;
        }
        if self.kind(at) == Some(Kind::Number) {
            let word = self.word(at);
            let fits = word.chars().count() <= 4 && word.chars().all(is_digit);
            let number = word.chars().filter_map(digit).filter_map(|d| char::from_digit(d, 10)).collect();
            return fits.then_some((number, at + 1));
        }
        let mut numeral = String::new();
        let mut next = at;
        while self.kind(next) == Some(Kind::Han)
            && numeral.chars().count() < 8
            && chinese_value(self.word(next)).is_some()
        {
            numeral.push_str(self.word(next));
            next += 1;
        }
        Some((chinese_value(&numeral)?.to_string(), next))
    }

    fn roman_number(&self, at: usize) -> Option<(String, usize)> {
        (self.goes_on(at) && super::grammar::is_roman(self.word(at))).then(|| (self.word(at).to_owned(), at + 1))
    }
}

/// A number in Chinese numerals up to 9999: `四`, `十二`, `一百零三`, and digits side by side, `一二`.
pub(super) fn chinese_value(numeral: &str) -> Option<u32> {
    let count = numeral.chars().take(9).count();
    if count == 0 || count > 8 {
        return None;
    }
    let (mut total, mut pending) = (0, None::<u32>);
    for c in numeral.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let value = "〇一二三四五六七八九".chars().position(|x| x == c).or(match c {
                    '零' => Some(0),
                    '两' | '兩' => Some(2),
                    _ => None,
                })? as u32;
                pending = Some(match pending {
                    Some(before) if total == 0 => (before * 10 + value).min(9999),
                    _ => value,
                });
                continue;
            }
        };
        total += pending.take().unwrap_or(1).max(1) * unit;
    }
    Some((total + pending.unwrap_or(0)).min(9999))
}

#[cfg(test)]
mod tests {
    use super::chinese_value;

    #[test]
    fn numerals_have_values() {
        for (numeral, value) in [("四", 4), ("十", 10), ("十二", 12), ("二十三", 23), ("一百零三", 103), ("一二", 12)]
        {
            assert_eq!(chinese_value(numeral), Some(value), "{numeral}");
        }
        assert_eq!(chinese_value("条"), None);
    }
}
