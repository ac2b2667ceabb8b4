use super::sabotage::Sabotage;
use super::story::{Step, Story};
use super::world::Template;
use super::{Failure, play};

/// A short story that fails like a longer one did.
#[derive(Clone, Debug)]
pub struct Short {
    /// The story.
    pub story: Story,
    /// How it fails.
    pub failure: Failure,
    /// How many stories were played to find it.
    pub runs: u32,
}

/// Leaves out steps as long as the story still breaks the same property: first large pieces, then single steps. Plays at
/// most `most_runs` stories.
pub fn shrink(
    template: &Template,
    story: &Story,
    failure: &Failure,
    sabotage: Option<Sabotage>,
    most_runs: u32,
) -> Short {
    let mut short = Short {
        story: story.clone(),
        failure: failure.clone(),
        runs: 0,
    };
    let mut piece = (story.steps.len() / 2).max(1);
    loop {
        let removed = remove_pieces(template, &mut short, piece, sabotage, most_runs);
        if short.runs >= most_runs || (piece == 1 && !removed) {
            return short;
        }
        if !removed {
            piece = (piece / 2).max(1);
        }
    }
}

/// Tries to leave out every piece of this size once. True when one could go.
fn remove_pieces(
    template: &Template,
    short: &mut Short,
    piece: usize,
    sabotage: Option<Sabotage>,
    most_runs: u32,
) -> bool {
    let mut removed = false;
    // From the end: what comes late depends on what came before, seldom the other way round.
    let mut end = short.story.steps.len();
    while end > 0 && short.runs < most_runs {
        let start = end.saturating_sub(piece);
        let steps: Vec<Step> = [&short.story.steps[..start], &short.story.steps[end..]]
            .into_iter()
            .flatten()
            .copied()
            .collect();
        let candidate = short.story.with(steps);
        short.runs += 1;
        let failure = play(template, &candidate, sabotage, false).failure;
        if let Some(failure) = failure.filter(|failure| failure.property == short.failure.property) {
            short.story = candidate;
            short.failure = failure;
            removed = true;
        }
        end = start;
    }
    removed
}
