//! A story is made from its seed before anything runs: who is there, and a list of steps that do not depend on one
//! another, so that any of them can be left out.

mod cast;
mod deed;
mod generate;
mod step;
mod weather;

pub use cast::{Cast, Seat};
pub use deed::Deed;
pub use step::{Action, Step, Way};

/// Who is there and what happens, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The seed it was made from.
    pub seed: u64,
    /// Who is there.
    pub cast: Cast,
    /// What happens.
    pub steps: Vec<Step>,
}

impl Story {
    /// The story of a seed.
    pub fn generate(seed: u64) -> Self {
        let cast = Cast::generate(seed);
        let steps = generate::steps(seed, &cast);
        Self { seed, cast, steps }
    }

    /// A story written by hand: these things happen, five seconds apart.
    pub fn written(seed: u64, cast: Cast, actions: impl IntoIterator<Item = Action>) -> Self {
        let step = |(number, action)| Step {
            number,
            seed: seed.wrapping_mul(1000).wrapping_add(u64::from(number)),
            wait_s: 5,
            action,
        };
        Self {
            seed,
            cast,
            steps: (1..).zip(actions).map(step).collect(),
        }
    }

    /// The same story with some of its steps.
    pub fn with(&self, steps: Vec<Step>) -> Self {
        Self {
            steps,
            ..self.clone()
        }
    }
}
