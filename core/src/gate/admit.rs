use automerge::{ChangeHash, ExpandedChange};

use super::caps;
use super::clock::{Clock, Past};
use super::id::Id;
use super::index::DocumentIndex;
use super::operation::Admission;
use super::refusal::{Check, Refusal};
use super::write::Write;

/// A change that passed all checks and waits for its hash.
#[derive(Clone, Debug)]
pub(super) struct Admitted {
    pub(super) actor: u32,
    pub(super) clock: Clock,
    pub(super) dependencies: Vec<ChangeHash>,
}

/// Checks a change from its head to its last operation and takes it into the index.
pub(super) fn admit(
    index: &mut DocumentIndex,
    change: &ExpandedChange,
) -> Result<(Admitted, Vec<Write>), Refusal> {
    check_size(index, change)?;
    check_dependencies(index, change)?;
    check_margin(change)?;
    let actor = index.actors.intern(&change.actor_id);
    let past = past_of(index, change, actor);
    check_effort(index)?;
    let sequence = check_sequence(index, change, actor, &past)?;
    let start = check_start(change, &past)?;
    let max_op = start + change.operations.len() as u32 - 1;
    let mut admission = Admission::new(
        index,
        past,
        Id {
            counter: start,
            actor,
        },
        &change.actor_id,
    );
    for operation in &change.operations {
        admission.take(operation)?;
    }
    let (past, writes) = admission.finish();
    index.operations += change.operations.len();
    index.carry(32 * change.deps.len() + change.message.as_ref().map_or(0, String::len))?;
    let clock = past.then(sequence, max_op, change.time);
    Ok((
        Admitted {
            actor,
            clock,
            dependencies: change.deps.clone(),
        },
        writes,
    ))
}

fn check_size(index: &DocumentIndex, change: &ExpandedChange) -> Result<(), Refusal> {
    let actor_bytes = change.actor_id.to_bytes().len();
    if actor_bytes == 0 || actor_bytes > caps::ACTOR_BYTES {
        return Refusal::err(Check::Size, format!("an actor id of {actor_bytes} bytes"));
    }
    if index.actors.len() >= caps::ACTORS && index.actors.find(&change.actor_id).is_none() {
        return Refusal::err(Check::Full, format!("more than {} actors", caps::ACTORS));
    }
    if change.operations.len() > caps::OPERATIONS {
        return Refusal::err(Check::Size, format!("{} operations", change.operations.len()));
    }
    if index.operations + change.operations.len() > caps::DOCUMENT_OPERATIONS {
        return Refusal::err(
            Check::Full,
            format!("more than {} operations in a document", caps::DOCUMENT_OPERATIONS),
        );
    }
    if change.deps.len() > caps::DEPENDENCIES {
        return Refusal::err(Check::Size, format!("{} dependencies", change.deps.len()));
    }
    let message = change.message.as_ref().map(String::len);
    if message.is_some_and(|bytes| bytes == 0 || bytes > caps::MESSAGE_BYTES) {
        return Refusal::err(Check::Size, "an empty or too long message");
    }
    Ok(())
}

fn check_dependencies(index: &DocumentIndex, change: &ExpandedChange) -> Result<(), Refusal> {
    if !change.deps.is_sorted_by(|one, next| one < next) {
        return Refusal::err(Check::Dependency, "dependencies are not unique and sorted");
    }
    match change.deps.iter().find(|hash| !index.knows(hash)) {
        Some(unknown) => Refusal::err(Check::Dependency, format!("unknown dependency {unknown}")),
        None => Ok(()),
    }
}

/// The fields around the operations that could smuggle something in or overflow Automerge's columns.
fn check_margin(change: &ExpandedChange) -> Result<(), Refusal> {
    if !(0..caps::TIME).contains(&change.time) {
        return Refusal::err(Check::Time, format!("time {}", change.time));
    }
    if !change.extra_bytes.is_empty() || change.author.is_some() {
        return Refusal::err(Check::Extra, "extra bytes or an author");
    }
    Ok(())
}

/// Has the change not cost too much so far?
pub(super) fn check_effort(index: &DocumentIndex) -> Result<(), Refusal> {
    if index.effort.is_over() {
        return Refusal::err(Check::Effort, "checking the change takes too long");
    }
    Ok(())
}

fn past_of(index: &mut DocumentIndex, change: &ExpandedChange, actor: u32) -> Past {
    let dependencies: Vec<&Clock> = change
        .deps
        .iter()
        .filter_map(|hash| index.clocks.get(hash))
        .collect();
    index
        .effort
        .reaches(dependencies.iter().map(|clock| clock.width()).sum());
    Past::of(actor, &dependencies)
}

fn check_sequence(
    index: &DocumentIndex,
    change: &ExpandedChange,
    actor: u32,
    past: &Past,
) -> Result<u32, Refusal> {
    let last = index.actors.hashes(actor).len() as u64;
    if change.seq != last + 1 {
        return Refusal::err(Check::Sequence, format!("sequence {} after {last}", change.seq));
    }
    if u64::from(past.sequence()) != last {
        return Refusal::err(
            Check::Sequence,
            "the actor's previous change is not among the dependencies",
        );
    }
    u32::try_from(change.seq).map_err(|_| Refusal::new(Check::Full, "the sequence number is too high"))
}

fn check_start(change: &ExpandedChange, past: &Past) -> Result<u32, Refusal> {
    let start = change.start_op.get();
    let expected = u64::from(past.max_op) + 1;
    if start != expected {
        return Refusal::err(
            Check::Start,
            format!("starts at {start}, the past asks for {expected}"),
        );
    }
    if start + change.operations.len() as u64 > caps::COUNTER {
        return Refusal::err(Check::Full, "the counters are used up");
    }
    u32::try_from(start).map_err(|_| Refusal::new(Check::Full, "the counters are used up"))
}
