use std::panic::{AssertUnwindSafe, catch_unwind};

use super::sabotage::Sabotage;
use super::story::Story;
use super::trace::Trace;
use super::world::{Counts, Template, World};
use super::{Failure, Property, check};

/// How one story went.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The first property that did not hold; `None` when all did.
    pub failure: Option<Failure>,
    /// How much happened.
    pub counts: Counts,
    /// What happened.
    pub trace: Trace,
}

/// Plays the story of a seed.
pub fn play_seed(template: &Template, seed: u64, sabotage: Option<Sabotage>) -> Outcome {
    play(template, &Story::generate(seed), sabotage, false)
}

/// Plays a story from beginning to end and checks every property; `in_words` keeps a trace for people.
pub fn play(template: &Template, story: &Story, sabotage: Option<Sabotage>, in_words: bool) -> Outcome {
    let trace = Trace::new(in_words);
    let mut world = match World::open(template, story, sabotage, trace.clone()) {
        Ok(world) => world,
        Err(failure) => {
            return Outcome {
                failure: Some(failure),
                counts: Counts::default(),
                trace,
            };
        }
    };
    // The world is not used again after a panic but for its trace.
    let ended = catch_unwind(AssertUnwindSafe(|| to_the_end(&mut world, story)));
    let failure = ended
        .unwrap_or_else(|panic| Err(Failure::new(Property::NoPanic, panic_words(&*panic))))
        .err();
    let mut trace = world.trace;
    if let Some(failure) = &failure {
        trace.event(failure.to_string());
    }
    Outcome {
        failure,
        counts: world.counts,
        trace,
    }
}

fn to_the_end(world: &mut World, story: &Story) -> Result<(), Failure> {
    for step in &story.steps {
        world.perform(step)?;
    }
    world.come_to_rest()?;
    check::all(world)
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without words".to_owned())
}
