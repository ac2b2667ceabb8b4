//! Simulated stories: phones and a server in one process, under one seed.
//!
//! A [`Story`] is made from its seed: who is there and a list of steps. A [`World`](world::World) performs it with the
//! real replica, the real sync machine, the real exchange and the real stores; only the network, the clocks and the
//! crashes are played. When the steps are over everything is healed, the phones sync by themselves until nobody has
//! anything to say, and every [`Property`] is checked.
//!
//! The same seed gives the same trace, to the byte. Of a story that fails, [`shrink`] finds a short one that fails in the
//! same way.

mod check;
mod dice;
mod failure;
mod hostile;
mod people;
mod run;
mod sabotage;
mod shrink;
mod story;
mod summary;
mod trace;
mod work;
mod world;

pub use dice::Dice;
pub use failure::{Failure, Property};
pub use run::{Outcome, play, play_seed};
pub use sabotage::Sabotage;
pub use shrink::{Short, shrink};
pub use story::{Action, Cast, Deed, Seat, Step, Story, Way};
pub use summary::{Failed, Summary, run_seeds};
pub use trace::Trace;
pub use world::{Counts, Template};

/// When every story begins: Monday, 23 November 2026, 08:00 in Shanghai, in milliseconds since 1970.
pub const START_MS: u64 = 1_795_392_000_000;
