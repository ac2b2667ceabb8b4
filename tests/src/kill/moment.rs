use std::time::Duration;

use rand::{Rng, RngExt};

/// Who is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Server,
    Phone,
    Both,
}

/// When and who, drawn under the seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) target: Target,
    /// The phone that is watched, and killed when a phone is.
    pub(super) phone: usize,
    /// After how many more of its lines.
    pub(super) lines: u32,
    /// Then wait for a line that says that an upload begins.
    pub(super) at_upload: bool,
    /// And then this long.
    pub(super) delay: Duration,
}

impl Moment {
    pub(super) fn draw(rng: &mut impl Rng, phones: usize) -> Self {
        let target = match rng.random_range(0..10) {
            0..=3 => Target::Server,
            4..=8 => Target::Phone,
            _ => Target::Both,
        };
        // Now and then right after the start, while the file is opened and recovered.
        let lines = if rng.random_range(0..6) == 0 {
            0
        } else {
            rng.random_range(1..50)
        };
        Self {
            target,
            phone: rng.random_range(0..phones),
            lines,
            at_upload: rng.random_range(0..2) == 0,
            delay: Duration::from_micros(rng.random_range(0..6_000)),
        }
    }

    pub(super) fn kills_server(&self) -> bool {
        self.target != Target::Phone
    }

    pub(super) fn kills_phone(&self) -> bool {
        self.target != Target::Server
    }
}
