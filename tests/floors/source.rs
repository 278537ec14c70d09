//! Reads Rust source as far as the floors need it: words without comments and literals, and the paths they name.
//!
//! This is a small lexer, not a parser. It follows `use` trees, `super` chains, inline modules and renames; it does not
//! expand macros and does not know types.

use std::collections::BTreeMap;

/// One word or punctuation mark of the code. Comments and the insides of literals never become tokens.
#[derive(Debug, Clone)]
pub struct Token {
    pub text: String,
    /// Counted from 1.
    pub line: usize,
    /// Inside an item marked `#[cfg(test)]` or `#[test]`.
    pub test: bool,
}

/// How a path stands in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A leaf of a `use` tree.
    Imported,
    /// A `use` tree's `*`.
    Glob,
    /// Followed by `(`.
    Called,
    /// Anything else: a type, a constant, a pattern.
    Named,
}

/// A path, made absolute where it leads into this crate: its first segment is then `crate`.
#[derive(Debug, Clone)]
pub struct Path {
    pub segments: Vec<String>,
    pub line: usize,
    pub test: bool,
    pub standing: Standing,
    /// The inline modules around it, outermost first.
    pub inside: Vec<String>,
}

/// The tokens of a file, with test code marked.
pub fn tokens(source: &str) -> Vec<Token> {
    let blanked = blank_comments_and_literals(source);
    let mut tokens = Vec::new();
    for (number, line) in blanked.lines().enumerate() {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let length = if is_word(first) {
                rest.find(|c| !is_word(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (text, after) = rest.split_at(length);
            if !first.is_whitespace() {
                tokens.push(Token { text: text.to_owned(), line: number + 1, test: false });
            }
            rest = after;
        }
    }
    mark_tests(&mut tokens);
    tokens
}

/// Every path of a file whose module path inside the crate is `module`.
pub fn paths(tokens: &[Token], module: &[String]) -> Vec<Path> {
    let mut walk = Walk { tokens, module, blocks: Vec::new(), found: Vec::new(), names: BTreeMap::new() };
    walk.run();
    let Walk { mut found, names, .. } = walk;
    for path in &mut found {
        if let Some(meant) = path.segments.first().and_then(|head| names.get(head)) {
            let rest = path.segments.split_off(1);
            path.segments = meant.iter().cloned().chain(rest).collect();
        }
    }
    found
}

/// The names of modules declared as `#[cfg(test)] mod name;`: their files are test code.
pub fn test_modules(tokens: &[Token]) -> Vec<String> {
    let declares = |w: &&[Token]| w[0].text == "mod" && w[0].test && w[2].text == ";";
    tokens.windows(3).filter(declares).map(|w| w[1].text.clone()).collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Replaces comments and the insides of strings and characters by spaces; lines stay where they were.
fn blank_comments_and_literals(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut out = String::with_capacity(source.len());
    let mut i = 0;
    while i < chars.len() {
        let end = match at(i) {
            '/' if at(i + 1) == '/' => end_of_line(&chars, i),
            '/' if at(i + 1) == '*' => end_of_block_comment(&chars, i),
            '"' => end_of_quoted(&chars, i, '"'),
            '\'' if at(i + 1) == '\\' || at(i + 2) == '\'' => end_of_quoted(&chars, i, '\''),
            'r' if i == 0 || !is_word(at(i - 1)) || matches!(at(i - 1), 'b' | 'c') => {
                let hashes = chars[i + 1..].iter().take_while(|&&c| c == '#').count();
                if at(i + 1 + hashes) == '"' {
                    end_of_raw_string(&chars, i + 2 + hashes, hashes)
                } else {
                    // `r#type`: the bare word is what matters.
                    if hashes == 1 { i + 2 } else { i }
                }
            }
            _ => i,
        };
        if end == i {
            out.push(at(i));
            i += 1;
        } else {
            out.extend(chars[i..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            i = end;
        }
    }
    out
}

fn end_of_line(chars: &[char], from: usize) -> usize {
    chars[from..].iter().position(|&c| c == '\n').map_or(chars.len(), |length| from + length)
}

fn end_of_block_comment(chars: &[char], from: usize) -> usize {
    let (mut depth, mut i) = (0, from);
    while i < chars.len() {
        match chars[i..] {
            ['/', '*', ..] => (depth, i) = (depth + 1, i + 2),
            ['*', '/', ..] => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            break;
        }
    }
    i
}

fn end_of_quoted(chars: &[char], from: usize, quote: char) -> usize {
    let mut i = from + 1;
    while i < chars.len() && chars[i] != quote {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    (i + 1).min(chars.len())
}

fn end_of_raw_string(chars: &[char], from: usize, hashes: usize) -> usize {
    let closes = |i: usize| chars[i] == '"' && chars[i + 1..].iter().take_while(|&&c| c == '#').count() >= hashes;
    (from..chars.len()).find(|&i| closes(i)).map_or(chars.len(), |i| i + 1 + hashes)
}

/// Marks the items that `#[cfg(test)]` and `#[test]` stand on.
fn mark_tests(tokens: &mut [Token]) {
    let mut i = 0;
    while i < tokens.len() {
        if tokens[i].text != "#" {
            i += 1;
            continue;
        }
        let inner = text(tokens, i + 1) == "!";
        let open = i + 1 + usize::from(inner);
        if text(tokens, open) != "[" {
            i += 1;
            continue;
        }
        let close = matching(tokens, open);
        let words: Vec<&str> = tokens[open + 1..close].iter().map(|t| t.text.as_str()).collect();
        let is_test = match words.as_slice() {
            ["test"] | ["cfg", "(", "test", ")"] => true,
            ["cfg", "(", "all", inside @ ..] => inside.contains(&"test") && !inside.contains(&"not"),
            _ => false,
        };
        let end = match (is_test, inner) {
            (false, _) => close + 1,
            (true, true) => tokens.len(),
            (true, false) => end_of_item(tokens, close + 1),
        };
        if is_test {
            tokens[i..end].iter_mut().for_each(|token| token.test = true);
        }
        i = end;
    }
}

/// One past the last token of the item that starts at `from`, its other attributes included.
fn end_of_item(tokens: &[Token], from: usize) -> usize {
    let mut i = from;
    while i < tokens.len() {
        match text(tokens, i) {
            "#" if text(tokens, i + 1) == "[" => i = matching(tokens, i + 1) + 1,
            "(" | "[" => i = matching(tokens, i) + 1,
            "{" => return (matching(tokens, i) + 1).min(tokens.len()),
            ";" => return i + 1,
            "}" => return i,
            _ => i += 1,
        }
    }
    tokens.len()
}

/// The index of the bracket that closes the one at `open`, or the last index of a broken file.
fn matching(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return i;
        }
    }
    tokens.len() - 1
}

fn text(tokens: &[Token], i: usize) -> &str {
    tokens.get(i).map_or("", |token| token.text.as_str())
}

/// Keywords after which a leading `::` starts a path.
const BEFORE_A_PATH: &[&str] =
    &["mut", "dyn", "impl", "in", "as", "return", "for", "const", "where", "else", "match", "if"];

fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

struct Walk<'a> {
    tokens: &'a [Token],
    module: &'a [String],
    /// The open braces; a name where the brace is an inline module's.
    blocks: Vec<Option<String>>,
    found: Vec<Path>,
    /// What `use` makes a bare name mean in this file.
    names: BTreeMap<String, Vec<String>>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let tokens = self.tokens;
        let mut i = 0;
        while i < tokens.len() {
            let previous = if i == 0 { "" } else { text(tokens, i - 1) };
            match text(tokens, i) {
                "mod" if text(tokens, i + 2) == "{" => {
                    self.blocks.push(Some(tokens[i + 1].text.clone()));
                    i += 3;
                }
                "{" => {
                    self.blocks.push(None);
                    i += 1;
                }
                "}" => {
                    self.blocks.pop();
                    i += 1;
                }
                // `impl Trait + use<'a>` is no import.
                "use" if text(tokens, i + 1) != "<" => i = self.use_tree(i + 1, &[]),
                "extern" if text(tokens, i + 1) == "crate" => {
                    self.keep(i, vec![text(tokens, i + 2).to_owned()], Standing::Imported);
                    i += 3;
                }
                word if BEFORE_A_PATH.contains(&word) => i += 1,
                word if is_name(word) && !self.is_member(i) && !(previous == "::" && self.goes_on(i)) => {
                    i = self.expression(i);
                }
                _ => i += 1,
            }
        }
    }

    /// Whether `i` follows a single dot, as a field or method does; after `..` a path may start.
    fn is_member(&self, i: usize) -> bool {
        i >= 1 && text(self.tokens, i - 1) == "." && (i < 2 || text(self.tokens, i - 2) != ".")
    }

    /// Whether the `::` before `i` continues something, as in `Vec::<u8>::new`; a leading `::` starts a path.
    fn goes_on(&self, i: usize) -> bool {
        let before = if i < 2 { "" } else { text(self.tokens, i - 2) };
        before == ">" || (is_name(before) && !BEFORE_A_PATH.contains(&before))
    }

    fn expression(&mut self, start: usize) -> usize {
        let mut segments = vec![text(self.tokens, start).to_owned()];
        let mut i = start + 1;
        while text(self.tokens, i) == "::" && is_name(text(self.tokens, i + 1)) {
            segments.push(text(self.tokens, i + 1).to_owned());
            i += 2;
        }
        if segments.len() > 1 {
            let called =
                text(self.tokens, i) == "(" || (text(self.tokens, i) == "::" && text(self.tokens, i + 1) == "<");
            self.keep(start, segments, if called { Standing::Called } else { Standing::Named });
        }
        i
    }

    /// Reads one tree of a `use` from `i` under `prefix`; returns the index after it.
    fn use_tree(&mut self, mut i: usize, prefix: &[String]) -> usize {
        let mut segments = prefix.to_vec();
        loop {
            match text(self.tokens, i) {
                "::" => i += 1,
                "{" => {
                    i += 1;
                    while i < self.tokens.len() && text(self.tokens, i) != "}" {
                        i = if text(self.tokens, i) == "," { i + 1 } else { self.use_tree(i, &segments) };
                    }
                    return i + 1;
                }
                "*" => {
                    self.keep(i, segments, Standing::Glob);
                    return i + 1;
                }
                word if is_name(word) => {
                    segments.push(word.to_owned());
                    i += 1;
                    if text(self.tokens, i) == "::" {
                        continue;
                    }
                    if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
                        segments.pop();
                    }
                    let mut name = segments.last().cloned().unwrap_or_default();
                    let leaf = i - 1;
                    if text(self.tokens, i) == "as" {
                        name = text(self.tokens, i + 1).to_owned();
                        i += 2;
                    }
                    let meant = self.keep(leaf, segments, Standing::Imported);
                    self.names.insert(name, meant);
                    return i;
                }
                _ => return i + 1,
            }
        }
    }

    /// Keeps a path and returns it as resolved from where it stands.
    fn keep(&mut self, i: usize, segments: Vec<String>, standing: Standing) -> Vec<String> {
        let inside: Vec<String> = self.blocks.iter().flatten().cloned().collect();
        let here: Vec<&String> = self.module.iter().chain(&inside).collect();
        let ups = segments.iter().skip_while(|s| *s == "self").take_while(|s| *s == "super").count();
        let resolved = match segments.first().map(String::as_str) {
            Some("crate" | "travaux") => with_crate(&[], &segments[1..]),
            Some("self" | "super") if ups <= here.len() => {
                let rest: Vec<String> =
                    segments.iter().skip_while(|s| *s == "self" || *s == "super").cloned().collect();
                with_crate(&here[..here.len() - ups], &rest)
            }
            _ => segments,
        };
        let Token { line, test, .. } = self.tokens[i];
        self.found.push(Path { segments: resolved.clone(), line, test, standing, inside });
        resolved
    }
}

fn with_crate(module: &[&String], rest: &[String]) -> Vec<String> {
    let module = module.iter().map(|segment| (*segment).clone());
    std::iter::once("crate".to_owned()).chain(module).chain(rest.iter().cloned()).collect()
}
