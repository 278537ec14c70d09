//! RTF cut into tokens.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\b0`: a control word and its number.
    Word(&'b str, Option<i32>),
    /// `\~`: a control sign.
    Sign(u8),
    /// `\'e9`: a byte of text.
    Hex(u8),
    /// Bytes of text; line ends in it mean nothing.
    Text(&'b [u8]),
}

/// The tokens of a file in order.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

/// The longest name of a control word; more is text that went astray.
const LONGEST_WORD: usize = 32;

impl<'b> Tokens<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes were read.
    pub fn done(&self) -> usize {
        self.at
    }

    fn take(&mut self, take: impl Fn(&u8) -> bool) -> &'b [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|b| !take(b)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let &first = self.bytes.get(self.at)?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first != b'\'' {
                return Some(Token::Sign(first));
            }
            let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
            let (high, low) = (digit(self.bytes.get(self.at)), digit(self.bytes.get(self.at + 1)));
            let (Some(high), Some(low)) = (high, low) else { return Some(Token::Text(&[])) };
            self.at += 2;
            return Some(Token::Hex((high << 4 | low) as u8));
        }
        let name = self.take(u8::is_ascii_alphabetic);
        let name = std::str::from_utf8(&name[..name.len().min(LONGEST_WORD)]).unwrap_or_default();
        let negative =
            self.bytes.get(self.at) == Some(&b'-') && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit);
        self.at += usize::from(negative);
        let digits = self.take(u8::is_ascii_digit);
        let number = digits.iter().fold(0_i32, |n, d| n.saturating_mul(10).saturating_add(i32::from(d - b'0')));
        let number = (!digits.is_empty()).then_some(if negative { -number } else { number });
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if name == "bin" {
            // Bytes that are no RTF at all.
            let count = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = self.at.saturating_add(count).min(self.bytes.len());
            return Some(Token::Text(&[]));
        }
        Some(Token::Word(name, number))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        let &first = self.bytes.get(self.at)?;
        match first {
            b'{' | b'}' => {
                self.at += 1;
                Some(if first == b'{' { Token::Open } else { Token::Close })
            }
            b'\\' => {
                self.at += 1;
                self.control()
            }
            _ => Some(Token::Text(self.take(|b| !matches!(b, b'{' | b'}' | b'\\')))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_tokens() {
        let tokens: Vec<Token<'_>> = Tokens::new(br"{\b0 a\'e9\~\u-10?\bin3 }{\x\'z\*").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Text(b"a"),
                Token::Hex(0xe9),
                Token::Sign(b'~'),
                Token::Word("u", Some(-10)),
                Token::Text(b"?"),
                Token::Text(b""),
                Token::Text(b"x"),
                Token::Text(b""),
                Token::Text(b"z"),
                Token::Sign(b'*'),
            ]
        );
        assert_eq!(Tokens::new(br"\f99999999999 \bin99999 x").count(), 2);
        assert_eq!(Tokens::new(br"a\").count(), 1);
    }
}
