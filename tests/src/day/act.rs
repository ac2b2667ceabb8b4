use fieldbook_core::geo::Reading;
use fieldbook_core::replica::NewExpenseLine;
use serde_json::Value;

/// One thing that a rep does; one operation of a person. Visits and expenses go by their number in the day.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Plans a visit.
    Plan {
        /// The visit, which is also the number of the stop.
        visit: usize,
        /// Minutes after the start of the day.
        start_min: i64,
        /// What for.
        purpose: String,
    },
    /// Is at the door.
    Start {
        /// The visit.
        visit: usize,
        /// The reading; `None` underground.
        reading: Option<Reading>,
        /// Why there is none.
        reason: Option<String>,
    },
    /// Ticks a step off.
    Step {
        /// The visit.
        visit: usize,
        /// The step's key.
        step: &'static str,
        /// The result.
        value: Value,
    },
    /// Types a part of the note.
    Note {
        /// The visit.
        visit: usize,
        /// Inserted after the first part instead of at the end.
        between: bool,
        /// What is typed.
        insert: String,
    },
    /// Leaves.
    Finish {
        /// The visit.
        visit: usize,
        /// The reading; `None` underground.
        reading: Option<Reading>,
        /// Why there is none.
        reason: Option<String>,
        /// How it went.
        outcome: String,
    },
    /// Writes an entry into the day's log.
    Log {
        /// The visit it belongs to.
        visit: usize,
        /// What happened.
        text: String,
    },
    /// Begins an expense.
    Draft {
        /// The expense.
        expense: usize,
        /// The visit it belongs to.
        visit: usize,
        /// What for.
        title: String,
    },
    /// Adds a line to it.
    Line {
        /// The expense.
        expense: usize,
        /// The line.
        line: NewExpenseLine,
    },
    /// Hands it in.
    Submit {
        /// The expense.
        expense: usize,
    },
}
