//! The concerns.

use crate::model::{Codebook, Concern, ConcernId, Edit, Swatch};

use super::super::Workspace;
use super::super::command::CodebookCommand;
use super::super::history::Look;

impl Workspace {
    pub(in super::super) fn run_codebook(&mut self, command: CodebookCommand) {
        match command {
            CodebookCommand::Add { name, parent } => self.add_concern(&name, parent),
            CodebookCommand::Put(concern) => self.put_concern(concern),
            CodebookCommand::Move { id, parent, at } => self.move_concern(id, parent, at),
            CodebookCommand::Merge { from, into } => self.merge_concerns(from, into),
            CodebookCommand::Retire { id, retired } => {
                let Some(old) = self.concern(id) else { return };
                let label = format!("{} {}", if retired { "retire" } else { "bring back" }, self.concern_name(id));
                if old.retired != retired {
                    self.write_concern(label, Concern { retired, key: old.key.filter(|_| !retired), ..old });
                }
            }
            CodebookCommand::Remove(id) => self.remove_concern(id),
            CodebookCommand::MarkSafeguards => self.mark_safeguards(),
        }
    }

    fn concern(&self, id: ConcernId) -> Option<Concern> {
        self.project()?.codebook.get(id).cloned()
    }

    fn add_concern(&mut self, name: &str, parent: Option<ConcernId>) {
        let name = name.trim();
        if name.is_empty() {
            self.notices.caution("A concern needs a name");
            return;
        }
        let Some(book) = self.project().map(|p| &p.codebook) else { return };
        if book.concerns.iter().any(|c| is_same_name(&c.name, name)) {
            self.notices.caution(format!("There is a concern named \u{201c}{name}\u{201d} already"));
            return;
        }
        let parent = parent.filter(|&p| book.get(p).is_some());
        let swatch = match parent.and_then(|p| book.get(p)) {
            Some(p) => p.swatch,
            None => Swatch::ALL[book.concerns.iter().filter(|c| c.parent.is_none()).count() % Swatch::ALL.len()],
        };
        let (tag, at) = (fresh_tag(book, name), book.concerns.len());
        let id = ConcernId::fresh(&mut *self.surroundings);
        let concern = Concern {
            id,
            tag,
            name: name.to_owned(),
            definition: String::new(),
            look_for: String::new(),
            swatch,
            key: None,
            parent,
            retired: false,
            safeguard: false,
            same_as: Default::default(),
        };
        let label = format!("add the concern \u{201c}{name}\u{201d}");
        self.commit(label, Look::default(), None, vec![Edit::PutConcern { id, concern: Some(concern), at }]);
    }

    fn put_concern(&mut self, mut concern: Concern) {
        let Some(old) = self.concern(concern.id) else { return };
        concern.name = concern.name.trim().to_owned();
        concern.tag = concern.tag.trim().to_uppercase();
        if let Some(fault) = self.concern_fault(&concern) {
            self.notices.caution(fault);
        } else if concern != old {
            let label = format!("change {}", self.concern_name(concern.id));
            self.write_concern(label, concern);
        }
    }

    /// Why a concern cannot be changed into this, in a sentence; nothing where it can.
    pub fn concern_fault(&self, concern: &Concern) -> Option<String> {
        let book = &self.project()?.codebook;
        let old = book.get(concern.id)?;
        let (name, tag) = (concern.name.trim(), concern.tag.trim().to_uppercase());
        if name.is_empty() || tag.is_empty() {
            return Some("A concern needs a name and a tag of one to three letters".to_owned());
        }
        if tag != old.tag && tag.chars().count() > 3 {
            return Some("A tag has one to three letters".to_owned());
        }
        let others = || book.concerns.iter().filter(|c| c.id != concern.id);
        if name != old.name && others().any(|c| is_same_name(&c.name, name)) {
            return Some(format!("There is a concern named \u{201c}{name}\u{201d} already"));
        }
        if let Some(other) = others().find(|c| c.tag == tag) {
            return Some(format!("The tag {tag} belongs to \u{201c}{}\u{201d} already", other.name));
        }
        if let Some(key) = concern.key
            && let Some(other) = others().find(|c| c.key == Some(key))
        {
            return Some(format!("The key {key} belongs to \u{201c}{}\u{201d} already", other.name));
        }
        let circle = concern.parent.is_some_and(|p| book.is_within(p, concern.id));
        circle.then(|| "A concern cannot be a part of itself".to_owned())
    }

    fn write_concern(&mut self, label: String, concern: Concern) {
        let Some(at) = self.project().and_then(|p| p.codebook.position(concern.id)) else { return };
        let edit = Edit::PutConcern { id: concern.id, concern: Some(concern), at };
        self.commit(label, Look::default(), None, vec![edit]);
    }

    fn move_concern(&mut self, id: ConcernId, parent: Option<ConcernId>, at: usize) {
        let Some(old) = self.concern(id) else { return };
        if parent.is_some_and(|p| self.project().is_some_and(|q| q.codebook.is_within(p, id))) {
            self.notices.caution("A concern cannot be a part of itself");
            return;
        }
        let Some(book) = self.project().map(|p| &p.codebook) else { return };
        let at = at.min(book.concerns.len() - 1);
        if parent == old.parent && book.position(id) == Some(at) {
            return;
        }
        let label = format!("move {}", self.concern_name(id));
        let edit = Edit::PutConcern { id, concern: Some(Concern { parent, ..old }), at };
        self.commit(label, Look::default(), None, vec![edit]);
    }

    /// Other analysts' sets are theirs: where one of them uses `from`, it is retired instead of taken away.
    fn merge_concerns(&mut self, from: ConcernId, into: ConcernId) {
        if from == into || self.concern(into).is_none() {
            return;
        }
        let Some(old) = self.concern(from) else { return };
        let own = self.analyst().map(|a| a.id);
        let Some(project) = self.project() else { return };
        let now = self.surroundings.now();
        let mut edits = Vec::new();
        let mut used_by_others = false;
        for (analyst, annotation) in project.annotations() {
            if !annotation.concerns.contains(&from) {
                continue;
            }
            if Some(analyst) != own {
                used_by_others = true;
                continue;
            }
            let mut new = annotation.clone();
            new.concerns.remove(&from);
            new.concerns.insert(into);
            new.changed = now;
            edits.push(Edit::PutAnnotation { analyst, id: new.id, annotation: Some(Box::new(new)) });
        }
        for child in project.codebook.concerns.iter().filter(|c| c.parent == Some(from)) {
            let at = project.codebook.position(child.id).unwrap_or_default();
            let parent = if project.codebook.is_within(into, child.id) { old.parent } else { Some(into) };
            let moved = Concern { parent, ..child.clone() };
            edits.push(Edit::PutConcern { id: child.id, concern: Some(moved), at });
        }
        let at = project.codebook.position(from).unwrap_or_default();
        let left = used_by_others.then_some(Concern { retired: true, key: None, ..old });
        edits.push(Edit::PutConcern { id: from, concern: left, at });
        let label = format!("merge {} into {}", self.concern_name(from), self.concern_name(into));
        if self.commit(label, Look::default(), None, edits) && used_by_others {
            self.notices
                .caution("Colleagues use the concern merged away, so it is kept as retired on their annotations");
        }
    }

    fn remove_concern(&mut self, id: ConcernId) {
        let Some(project) = self.project() else { return };
        if project.annotations().any(|(_, a)| a.concerns.contains(&id)) {
            let name = self.concern_name(id);
            self.notices.caution(format!("{name} is in use: retire it, or merge it into another"));
            return;
        }
        if project.codebook.concerns.iter().any(|c| c.parent == Some(id)) {
            let name = self.concern_name(id);
            self.notices.caution(format!("{name} has concerns below it: move them first"));
            return;
        }
        let Some(at) = project.codebook.position(id) else { return };
        let label = format!("remove {}", self.concern_name(id));
        self.commit(label, Look::default(), None, vec![Edit::PutConcern { id, concern: None, at }]);
    }
}

fn is_same_name(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Two capitals that no concern has yet: the initials, else the first letter with another of the name, else any.
pub(in super::super) fn fresh_tag(book: &Codebook, name: &str) -> String {
    let taken = |tag: &str| book.concerns.iter().any(|c| c.tag == tag);
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
    let initials: String = name
        .split_whitespace()
        .filter_map(|w| w.chars().find(|c| c.is_alphabetic()))
        .flat_map(char::to_uppercase)
        .collect();
    let first = letters.first().copied().unwrap_or('C');
    let by_initials = initials.chars().take(2).collect::<String>();
    let pairs = letters.iter().skip(1).map(|&second| format!("{first}{second}"));
    std::iter::once(by_initials)
        .filter(|t| t.chars().count() == 2)
        .chain(pairs)
        .chain(('A'..='Z').flat_map(|a| ('A'..='Z').map(move |b| format!("{a}{b}"))))
        .find(|tag| !taken(tag))
        .unwrap_or_else(|| format!("{first}{}", book.concerns.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_two_letters_and_never_double() {
        let mut book = Codebook::default();
        for name in ["Surveillance powers", "Secret police", "Sp", "Schools", "Überwachung", "…"] {
            let tag = fresh_tag(&book, name);
            assert_eq!(tag.chars().count(), 2, "{name}");
            assert!(book.concerns.iter().all(|c| c.tag != tag), "{name} got {tag} twice");
            let id = ConcernId(book.concerns.len() as u128);
            book.concerns.push(Concern {
                id,
                tag,
                name: name.into(),
                definition: String::new(),
                look_for: String::new(),
                swatch: Swatch::Red,
                key: None,
                parent: None,
                retired: false,
                safeguard: false,
                same_as: Default::default(),
            });
        }
        assert_eq!(book.concerns[0].tag, "SP");
    }
}
