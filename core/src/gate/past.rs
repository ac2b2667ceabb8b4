use super::DocumentIndex;
use super::clock::Clock;
use super::id::Id;

/// What the writer of one list element knew of another.
impl DocumentIndex {
    /// Did whoever inserted the list element `later` have the element `earlier` before them? Both as
    /// `counter@actor-hex`; false when one of them is not known. An element of the change admitted last counts
    /// before it is sealed, too.
    pub fn knew(&self, later: &str, earlier: &str) -> bool {
        let (Some(later), Some(earlier)) = (self.id_of(later), self.id_of(earlier)) else {
            return false;
        };
        self.clock_of(later).is_some_and(|clock| {
            // Within one change nobody knew of anything but what stands before it.
            let same_actor = later.actor == earlier.actor;
            clock.contains(earlier) && !(same_actor && earlier.counter >= later.counter)
        })
    }

    /// The clock of the change that an operation is in.
    fn clock_of(&self, operation: Id) -> Option<&Clock> {
        let hashes = self.actors.hashes(operation.actor);
        let after = hashes.partition_point(|hash| {
            let last = self.clocks.get(hash).map_or(0, Clock::max_op);
            last < operation.counter
        });
        match hashes.get(after) {
            Some(hash) => self.clocks.get(hash),
            None => self.unsealed_clock(operation.actor),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::fixture::*;

    #[test]
    fn what_is_made_apart_knows_nothing_of_each_other() {
        let mut rep = Desk::with(&[plan_visit(), cancel_visit(None)]);
        let mut supervisor = Desk::with(&[plan_visit()]);
        let events = |desk: &Desk| -> Vec<String> {
            let list = desk.index.root().list("events").unwrap();
            list.iter().map(|(id, _)| id.to_string()).collect()
        };
        let known = events(&rep);
        supervisor.run(3, &cancel_visit(None)).unwrap();
        let apart = events(&supervisor);
        rep.merge(&supervisor);
        rep.run(1, &start_visit()).unwrap();
        let all = events(&rep);
        let start = all
            .iter()
            .find(|id| **id != known[0] && **id != apart[0])
            .unwrap();
        assert!(rep.index.knew(start, &known[0]) && rep.index.knew(start, &apart[0]));
        assert!(!rep.index.knew(&known[0], &apart[0]) && !rep.index.knew(&apart[0], &known[0]));
        assert!(!rep.index.knew(&known[0], start), "not the future");
        assert!(!rep.index.knew(start, start), "not itself");
        assert!(!rep.index.knew(start, "9@00ff"), "nor what nobody wrote");
    }
}
