use arbitrary::{Arbitrary, Unstructured};
use automerge::ExpandedChange;

use crate::Escape;
use crate::crafted::Crafted;
use crate::scene::Scene;
use crate::story::story;
use crate::tweak::Tweak;
use crate::wide::widen;

/// Steps of one attack at most.
const MAX_STEPS: usize = 12;

/// An honest history, and what somebody adds to it.
#[derive(Arbitrary, Clone, Debug)]
struct Attack {
    story: u8,
    steps: Vec<Step>,
}

#[derive(Arbitrary, Clone, Debug)]
enum Step {
    /// The next honest change, as it is or spoilt.
    Pending(Vec<Tweak>),
    /// A change made from nothing.
    Crafted(Crafted),
    /// A change made from nothing and then spoilt.
    Spoilt(Crafted, Vec<Tweak>),
}

/// Takes bytes as a recipe for an attack on a document: honest changes, spoilt ones and such as nobody honest makes.
/// Answers how many the gate let pass and how many it refused.
///
/// # Errors
/// When something that the gate let pass does not travel, apply, save, load and show alike.
pub fn gate(bytes: &[u8]) -> Result<(usize, usize), Escape> {
    let Ok(attack) = Attack::arbitrary_take_rest(Unstructured::new(bytes)) else {
        return Ok((0, 0));
    };
    let told = story(attack.story)?;
    let mut scene = told.scene.clone();
    let mut pending = told.pending.iter();
    let (mut passed, mut refused) = (0, 0);
    let width = width(attack.story);
    for step in attack.steps.iter().take(MAX_STEPS) {
        let (change, tweaks) = match step {
            Step::Pending(tweaks) => match pending.next() {
                Some(next) => (next.decode(), tweaks.as_slice()),
                None => continue,
            },
            Step::Crafted(crafted) => (crafted.make(&scene), [].as_slice()),
            Step::Spoilt(crafted, tweaks) => (crafted.make(&scene), tweaks.as_slice()),
        };
        let mut change = spoil(change, tweaks, &scene);
        widen(&mut change, width);
        match scene.take(&change)? {
            Ok(()) => passed += 1,
            Err(_) => refused += 1,
        }
    }
    if passed > 0 {
        scene.check_end()?;
    }
    Ok((passed, refused))
}

fn spoil(mut change: ExpandedChange, tweaks: &[Tweak], scene: &Scene) -> ExpandedChange {
    // A change as it comes from Automerge names its own hash; what travels does not.
    change.hash = None;
    for tweak in tweaks.iter().take(4) {
        tweak.apply(&mut change, scene);
    }
    change
}

/// Every tenth attack or so is a wide one: a few bytes that stand for very much.
fn width(story: u8) -> u64 {
    if story >= 230 { 5_000 } else { 1 }
}
