//! The field day: one command that shows reps and supervisors working offline on real stores, and coming back.

use std::process::ExitCode;

/// How the day is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Replays a day; another seed is another day.
    pub seed: u64,
    /// Prints one object at the end instead of the story.
    pub json: bool,
    /// Keeps the server up afterwards.
    pub serve: bool,
}

/// Plays the day. Succeeds only if every replica and the server agree in the end.
pub fn run(_options: Options) -> ExitCode {
    ExitCode::FAILURE
}
