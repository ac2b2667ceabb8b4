//! A small budget of simulated stories, and proof that the checks can fail.

use fieldbook_tests::simulate::{Property, Sabotage, Story, Template, play, play_seed, run_seeds, shrink};

/// Stories in this test; `simulate --seeds N` plays as many as anybody has time for.
const SEEDS: u64 = 60;
/// Stories that a broken world may need before it shows.
const PATIENCE: u64 = 12;

fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

#[test]
fn phones_and_server_agree_after_every_story() {
    let template = Template::build().unwrap();
    let summary = run_seeds(&template, 1, SEEDS, workers(), None, &|_| {});
    let failures: Vec<String> = summary
        .failures
        .iter()
        .map(|failed| format!("seed {}: {}", failed.seed, failed.failure))
        .collect();
    assert!(
        failures.is_empty(),
        "{}\nsee `simulate --seed N --trace`",
        failures.join("\n")
    );
    // Stories in which nothing happens would agree too.
    assert!(
        summary.operations > 10 * SEEDS,
        "only {} operations",
        summary.operations
    );
    assert!(
        summary.rejected > SEEDS / 6,
        "only {} rejections",
        summary.rejected
    );
    assert!(summary.crashes > SEEDS, "only {} crashes", summary.crashes);
    assert!(
        summary.compared > 10 * SEEDS,
        "only {} comparisons",
        summary.compared
    );
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let template = Template::build().unwrap();
    // The template itself must replay as well, and the number of threads must not show.
    let again = Template::build().unwrap();
    let (first, second) = (
        run_seeds(&template, 900, 8, 1, None, &|_| {}),
        run_seeds(&again, 900, 8, 3, None, &|_| {}),
    );
    assert_eq!(first.trace_hash, second.trace_hash);
    assert_eq!(first.operations, second.operations);
    let other = run_seeds(&template, 908, 8, 2, None, &|_| {});
    assert_ne!(first.trace_hash, other.trace_hash);
}

/// The first seed under which a broken world is found out, and by which property.
fn found_out(template: &Template, sabotage: Sabotage) -> Option<(u64, Property)> {
    (1..=PATIENCE).find_map(|seed| {
        let failure = play_seed(template, seed, Some(sabotage)).failure?;
        Some((seed, failure.property))
    })
}

#[test]
fn a_world_that_is_broken_on_purpose_is_found_out() {
    let template = Template::build().unwrap();
    let expected = [
        (Sabotage::DropAcknowledged, Property::AcknowledgedKept),
        (Sabotage::LoseNews, Property::SameDocuments),
        (Sabotage::Deaf, Property::ComesToRest),
        (Sabotage::LoseParked, Property::NothingLost),
        (Sabotage::StoreTwice, Property::StoredOnce),
        (Sabotage::StaleList, Property::ListsAgree),
        (Sabotage::HandNothingBack, Property::ComesToRest),
    ];
    assert_eq!(expected.map(|(sabotage, _)| sabotage), Sabotage::ALL);
    for (sabotage, property) in expected {
        let found = found_out(&template, sabotage).map(|(_, property)| property);
        assert_eq!(found, Some(property), "{sabotage:?}");
    }
}

#[test]
fn a_failing_story_is_told_as_a_short_one() {
    let template = Template::build().unwrap();
    let sabotage = Sabotage::DropAcknowledged;
    let (seed, _) = found_out(&template, sabotage).unwrap();
    let story = Story::generate(seed);
    let failure = play(&template, &story, Some(sabotage), false).failure.unwrap();
    let short = shrink(&template, &story, &failure, Some(sabotage), 300);
    // One deed that is acknowledged and dropped is all it takes.
    assert!(short.story.steps.len() <= 2, "{:#?}", short.story.steps);
    assert_eq!(short.failure.property, failure.property);
    let told = play(&template, &short.story, Some(sabotage), true);
    assert!(told.trace.lines().last().unwrap().contains("acknowledged-kept"));
}
