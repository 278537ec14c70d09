//! Fields: what Word computes. Their results are words of the document, their instructions are not.

/// The fields that are open.
#[derive(Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// Whether a table of contents began in this paragraph.
    met_contents: bool,
}

#[derive(Default)]
struct Field {
    instruction: String,
    /// Whether what follows is its result.
    result: bool,
    contents: bool,
}

/// Fields in each other go no deeper than any document has them.
const DEEPEST: usize = 100;

impl Fields {
    /// `w:fldChar`: a field begins, its result begins, it ends.
    pub fn character(&mut self, kind: &str) {
        match kind {
            "begin" if self.open.len() < DEEPEST => self.open.push(Field::default()),
            "separate" => {
                if let Some(field) = self.open.last_mut() {
                    field.result = true;
                    let name = field.instruction.split_whitespace().next().unwrap_or_default().to_uppercase();
                    field.contents = matches!(name.as_str(), "TOC" | "INDEX" | "TOA");
                    self.met_contents |= field.contents;
                }
            }
            "end" => {
                self.open.pop();
            }
            _ => {}
        }
    }

    /// `w:fldSimple`: a field whose instruction is an attribute.
    pub fn simple(&mut self, instruction: &str) {
        self.character("begin");
        self.instruction(instruction);
        self.character("separate");
    }

    /// More of the instruction of the innermost field.
    pub fn instruction(&mut self, words: &str) {
        if let Some(field) = self.open.last_mut()
            && !field.result
            && field.instruction.len() < 400
        {
            field.instruction.push_str(words);
        }
    }

    /// Whether what stands here is no result.
    pub fn hides(&self) -> bool {
        self.open.iter().any(|f| !f.result)
    }

    /// Whether this is in a table of contents.
    pub fn in_contents(&self) -> bool {
        self.open.iter().any(|f| f.contents)
    }

    /// Whether a table of contents began since this was last asked.
    pub fn take_met_contents(&mut self) -> bool {
        std::mem::take(&mut self.met_contents)
    }

    /// The paragraph ends; an instruction does not go on in the next, so a field without a result is over.
    pub fn end_paragraph(&mut self) {
        self.open.retain(|f| f.result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_results_are_shown() {
        let mut fields = Fields::default();
        fields.character("begin");
        fields.instruction(" TOC \\o ");
        assert!(fields.hides());
        fields.character("separate");
        assert!(!fields.hides() && fields.in_contents() && fields.take_met_contents());
        fields.character("begin");
        fields.instruction("PAGEREF _Toc1");
        assert!(fields.hides());
        fields.character("separate");
        fields.character("end");
        assert!(!fields.hides() && fields.in_contents());
        fields.character("end");
        assert!(!fields.in_contents());
        fields.character("begin");
        fields.end_paragraph();
        assert!(!fields.hides(), "a broken field hides no more than its paragraph");
        fields.character("end");
    }
}
