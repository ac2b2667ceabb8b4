use std::cmp::Ordering;

use super::effort::Walk;
use super::id::Id;

/// The elements of a list or a text, deleted ones included, in Automerge's order.
///
/// Elements lie in the order of their arrival and are linked in the order of the document, so an insertion
/// moves nothing; ids are found through runs of consecutive insertions.
#[derive(Clone, Debug)]
pub(super) struct Sequence<T> {
    nodes: Vec<Node<T>>,
    first: u32,
    runs: Vec<Run>,
}

#[derive(Clone, Debug)]
struct Node<T> {
    id: Id,
    next: u32,
    item: T,
}

/// Consecutive counters of one actor at consecutive places.
#[derive(Clone, Debug)]
struct Run {
    start: Id,
    length: u32,
    place: u32,
}

const END: u32 = u32::MAX;

impl<T> Default for Sequence<T> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            first: END,
            runs: Vec::new(),
        }
    }
}

impl<T> Sequence<T> {
    /// Where an element lies, for [`Self::insert`] and [`Self::item`].
    pub(super) fn place(&self, id: Id) -> Option<u32> {
        let run = self.runs.get(self.runs_up_to(id).checked_sub(1)?)?;
        let offset = id.counter.checked_sub(run.start.counter)?;
        (run.start.actor == id.actor && offset < run.length).then_some(run.place + offset)
    }

    /// The element at a place.
    pub(super) fn item(&mut self, place: u32) -> Option<&mut T> {
        self.nodes.get_mut(place as usize).map(|node| &mut node.item)
    }

    /// The element at a place, to look at.
    pub(super) fn get(&self, place: u32) -> Option<&T> {
        self.nodes.get(place as usize).map(|node| &node.item)
    }

    /// Inserts behind a place, or in front of all with `None`. Of elements inserted behind the same one, the
    /// stronger comes first; whatever was inserted behind a stronger one is stronger still and stays with it. Answers how far it had to go.
    pub(super) fn insert(
        &mut self,
        after: Option<u32>,
        id: Id,
        item: T,
        compare: impl Fn(Id, Id) -> Ordering,
    ) -> Walk {
        let mut passed = 0;
        let mut before = after;
        let mut next = self.next_of(before);
        while let Some(node) = self.nodes.get(next as usize)
            && compare(node.id, id) == Ordering::Greater
        {
            before = Some(next);
            next = node.next;
            passed += 1;
        }
        let place = self.nodes.len() as u32;
        self.nodes.push(Node { id, next, item });
        match before.and_then(|before| self.nodes.get_mut(before as usize)) {
            Some(node) => node.next = place,
            None => self.first = place,
        }
        let moved = self.remember(id, place);
        Walk { passed, moved }
    }

    /// The elements in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Id, &T)> {
        let mut at = self.first;
        std::iter::from_fn(move || {
            let node = self.nodes.get(at as usize)?;
            at = node.next;
            Some((node.id, &node.item))
        })
    }

    fn next_of(&self, before: Option<u32>) -> u32 {
        match before {
            Some(before) => self.nodes.get(before as usize).map_or(END, |node| node.next),
            None => self.first,
        }
    }

    /// How many runs start at or before this id.
    fn runs_up_to(&self, id: Id) -> usize {
        self.runs
            .partition_point(|run| (run.start.actor, run.start.counter) <= (id.actor, id.counter))
    }

    /// Adds an element to its run, or a run for it; answers how many runs made room.
    fn remember(&mut self, id: Id, place: u32) -> usize {
        let at = self.runs_up_to(id);
        if let Some(run) = at.checked_sub(1).and_then(|before| self.runs.get_mut(before))
            && run.start.actor == id.actor
            && run.start.counter + run.length == id.counter
            && run.place + run.length == place
        {
            run.length += 1;
            0
        } else {
            self.runs.insert(
                at,
                Run {
                    start: id,
                    length: 1,
                    place,
                },
            );
            self.runs.len() - at
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(counter: u32, actor: u32) -> Id {
        Id { counter, actor }
    }

    fn insert(sequence: &mut Sequence<char>, after: Option<Id>, new: Id, item: char) {
        let place = after.map(|after| sequence.place(after).unwrap());
        sequence.insert(place, new, item, |one, other| one.cmp(&other));
    }

    fn text(sequence: &Sequence<char>) -> String {
        sequence.iter().map(|(_, item)| *item).collect()
    }

    #[test]
    fn what_was_typed_together_stays_together() {
        let mut sequence = Sequence::default();
        insert(&mut sequence, None, id(1, 0), 'a');
        insert(&mut sequence, Some(id(1, 0)), id(2, 0), 'b');
        insert(&mut sequence, Some(id(1, 0)), id(2, 1), 'x');
        insert(&mut sequence, Some(id(2, 1)), id(3, 1), 'y');
        insert(&mut sequence, Some(id(2, 0)), id(3, 0), 'c');
        assert_eq!(text(&sequence), "axybc");
    }

    #[test]
    fn an_element_is_found_only_under_its_own_id() {
        let mut sequence = Sequence::default();
        insert(&mut sequence, None, id(5, 1), 'a');
        insert(&mut sequence, Some(id(5, 1)), id(6, 1), 'b');
        insert(&mut sequence, None, id(9, 1), 'c');
        assert_eq!(sequence.place(id(6, 1)), Some(1));
        for absent in [id(4, 1), id(7, 1), id(5, 0), id(5, 2), id(10, 1)] {
            assert_eq!(sequence.place(absent), None);
        }
    }
}
