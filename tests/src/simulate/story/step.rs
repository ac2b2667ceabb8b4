use super::Deed;

/// One step, with chance of its own: leaving out another step changes nothing in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number in the whole story.
    pub number: u32,
    /// Where its chance comes from.
    pub seed: u64,
    /// How many seconds pass before it.
    pub wait_s: u64,
    /// What happens.
    pub action: Action,
}

/// What happens. Phones are named by their place in the cast, messages are chosen by the step's seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Somebody does something on their phone.
    Do {
        /// On which phone.
        phone: usize,
        /// What.
        deed: Deed,
    },
    /// A phone begins an exchange.
    Begin(usize),
    /// A phone exchanges until it and the server know the same, and the network behaves.
    Exchange(usize),
    /// A message arrives; any of those under way, so that they overtake one another.
    Deliver(Way),
    /// A message is lost.
    Lose(Way),
    /// A message arrives and stays under way, to arrive again.
    Repeat(Way),
    /// Only the first part of a message arrives.
    CutShort(Way),
    /// A phone gives up on the answer it waits for.
    TimeOut(usize),
    /// A phone has no network from now on.
    Offline(usize),
    /// It has network again.
    Online(usize),
    /// A phone is killed and started again; with `reboot` its monotonic clock starts over.
    CrashPhone {
        /// Which.
        phone: usize,
        /// The whole phone, not only the app.
        reboot: bool,
    },
    /// The server is killed and started again; its connections break.
    CrashServer,
    /// The server takes a request and is killed before it answers.
    CrashServerUnanswered,
    /// A copy of the server's database is put away.
    BackUp,
    /// The server's disk is lost; the last copy is restored and serves.
    Restore,
    /// A phone's wall clock is set to something else.
    Clock {
        /// Which phone.
        phone: usize,
        /// By how many seconds.
        by_s: i64,
    },
    /// A modified app on an enrolled phone sends what it likes.
    Attack,
    /// A phone is lost: the operator takes its access away. Whoever has it goes on.
    Revoke(usize),
    /// A person leaves the organisation; their phones go on.
    Leave {
        /// Place in the list of people.
        person: usize,
    },
    /// The operator gives the customers of one person to another.
    HandOver {
        /// Place in the list of people.
        from: usize,
        /// Place in the list of people.
        to: usize,
    },
    /// A person goes to another unit.
    Transfer {
        /// Place in the list of people.
        person: usize,
        /// Place in the list of units.
        unit: usize,
    },
}

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// A request, from a phone to the server.
    Up,
    /// An answer, from the server to a phone.
    Down,
}

impl Way {
    /// What a message this way is called.
    pub fn name(self) -> &'static str {
        match self {
            Way::Up => "request",
            Way::Down => "answer",
        }
    }
}
