use std::cmp::Ordering;

use automerge::legacy::OpId;
use automerge::{ActorId, ChangeHash};
use smol_str::{SmolStr, format_smolstr};

use super::id::Id;

/// The actors of a document, each with a small number, and the hashes of their changes in sequence.
///
/// Actors are few (one for each phone and rebase), so a sorted row of positions is searched.
#[derive(Clone, Debug, Default)]
pub(super) struct Actors {
    authors: Vec<Author>,
    sorted: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Author {
    actor: ActorId,
    /// In hexadecimal digits, as names of operations have it: a list asks for the names of all its elements.
    digits: SmolStr,
    hashes: Vec<ChangeHash>,
}

impl Actors {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.authors.len()
    }

    /// The number of a known actor.
    pub(super) fn find(&self, actor: &ActorId) -> Option<u32> {
        self.search(actor)
            .ok()
            .and_then(|at| self.sorted.get(at).copied())
    }

    /// The number of an actor, known or not.
    pub(super) fn intern(&mut self, actor: &ActorId) -> u32 {
        match self.search(actor) {
            Ok(at) => self.sorted[at],
            Err(at) => {
                let number = self.authors.len() as u32;
                self.authors.push(Author {
                    actor: actor.clone(),
                    digits: actor.to_hex_string().into(),
                    hashes: Vec::new(),
                });
                self.sorted.insert(at, number);
                number
            }
        }
    }

    fn search(&self, actor: &ActorId) -> Result<usize, usize> {
        self.sorted
            .binary_search_by(|number| self.authors[*number as usize].actor.cmp(actor))
    }

    /// Which of two operations is stronger: the higher counter, then the higher actor by its bytes.
    pub(super) fn compare(&self, one: Id, other: Id) -> Ordering {
        let bytes = |id: Id| {
            self.authors
                .get(id.actor as usize)
                .map(|author| author.actor.to_bytes())
        };
        one.counter
            .cmp(&other.counter)
            .then_with(|| bytes(one).cmp(&bytes(other)))
    }

    /// The operation's name outside the index: `counter@actor-hex`.
    pub(super) fn name(&self, id: Id) -> SmolStr {
        match self.authors.get(id.actor as usize) {
            Some(author) => format_smolstr!("{}@{}", id.counter, author.digits),
            None => SmolStr::default(),
        }
    }

    /// The operation as changes name it.
    pub(super) fn operation(&self, id: Id) -> Option<OpId> {
        let author = self.authors.get(id.actor as usize)?;
        Some(OpId::new(u64::from(id.counter), &author.actor))
    }

    /// The hashes of an actor's changes; the first has the sequence number 1.
    pub(super) fn hashes(&self, number: u32) -> &[ChangeHash] {
        self.authors
            .get(number as usize)
            .map_or(&[], |author| &author.hashes)
    }

    /// Adds the hash of the actor's next change.
    pub(super) fn append(&mut self, number: u32, hash: ChangeHash) {
        if let Some(author) = self.authors.get_mut(number as usize) {
            author.hashes.push(hash);
        }
    }
}
