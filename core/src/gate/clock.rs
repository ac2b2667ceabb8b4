use std::collections::BTreeMap;
use std::sync::Arc;

use super::id::Id;

/// How far the past of a change reaches into one actor's changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// The last sequence number.
    pub(super) sequence: u32,
    /// The highest operation counter.
    pub(super) max_op: u32,
}

/// The past of a change, itself included: a reach for every actor in it.
///
/// A row of changes by one actor shares what it has seen of the others, so a clock costs a few bytes.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    actor: u32,
    own: Reach,
    others: Arc<[(u32, Reach)]>,
    time_ms: i64,
}

impl Clock {
    /// The highest counter in this past; start operations are derived, so it is the change's own last one.
    pub(super) fn max_op(&self) -> u32 {
        self.own.max_op
    }

    /// When the change was made, as its writer says.
    pub(super) fn time_ms(&self) -> i64 {
        self.time_ms
    }

    /// Is the operation in this past?
    pub(super) fn contains(&self, operation: Id) -> bool {
        if operation.actor == self.actor {
            return operation.counter <= self.own.max_op;
        }
        match self
            .others
            .binary_search_by_key(&operation.actor, |(who, _)| *who)
        {
            Ok(at) => operation.counter <= self.others[at].1.max_op,
            Err(_) => false,
        }
    }

    /// How many other actors are in this past.
    pub(super) fn width(&self) -> usize {
        self.others.len()
    }
}

/// What an actor has seen when it makes a change: the pasts of the dependencies together.
#[derive(Clone, Debug)]
pub(super) struct Past {
    actor: u32,
    own: Reach,
    others: Arc<[(u32, Reach)]>,
    /// The highest counter seen, 0 for none.
    pub(super) max_op: u32,
}

impl Past {
    /// The past of a change of `actor` with these dependencies.
    pub(super) fn of(actor: u32, dependencies: &[&Clock]) -> Self {
        let max_op = dependencies.iter().map(|clock| clock.max_op()).max().unwrap_or(0);
        if let [only] = dependencies
            && only.actor == actor
        {
            return Self {
                actor,
                own: only.own,
                others: Arc::clone(&only.others),
                max_op,
            };
        }
        let mut reaches: BTreeMap<u32, Reach> = BTreeMap::new();
        for clock in dependencies {
            for (who, reach) in clock.others.iter().copied().chain([(clock.actor, clock.own)]) {
                let seen = reaches.entry(who).or_default();
                seen.sequence = seen.sequence.max(reach.sequence);
                seen.max_op = seen.max_op.max(reach.max_op);
            }
        }
        let own = reaches.remove(&actor).unwrap_or_default();
        Self {
            actor,
            own,
            others: reaches.into_iter().collect(),
            max_op,
        }
    }

    /// The actor's last sequence number in this past, 0 for none.
    pub(super) fn sequence(&self) -> u32 {
        self.own.sequence
    }

    /// Does this past contain the operation with this counter of this actor, if there is one?
    pub(super) fn contains(&self, actor: u32, counter: u32) -> bool {
        if actor == self.actor {
            return counter <= self.own.max_op;
        }
        match self.others.binary_search_by_key(&actor, |(who, _)| *who) {
            Ok(at) => counter <= self.others[at].1.max_op,
            Err(_) => false,
        }
    }

    /// The clock of the change that was made on this past at `time_ms`.
    pub(super) fn then(self, sequence: u32, max_op: u32, time_ms: i64) -> Clock {
        Clock {
            actor: self.actor,
            own: Reach { sequence, max_op },
            others: self.others,
            time_ms,
        }
    }
}
