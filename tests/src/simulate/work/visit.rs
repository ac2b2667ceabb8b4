use chrono::{DateTime, Duration, FixedOffset};
use fieldbook_core::document::view::{VisitStatus, VisitView};
use fieldbook_core::geo::{Position, Reading, Source};
use fieldbook_core::model::{DocumentId, Kind, PersonId, Role};
use fieldbook_core::replica::NewPlan;
use serde_json::Value;

use super::{Doing, Tried, short, tried};
use crate::simulate::Failure;
use crate::simulate::dice::Dice;

pub(super) fn plan(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some(customer) = doing.any(Kind::Customer)? else {
        return Ok(Tried::Nothing);
    };
    let plan = NewPlan {
        customer,
        rep: a_rep(doing, dice),
        start: later(doing, dice),
        purpose: doing.short_text(dice),
    };
    let made = doing.replica.plan_visit(&doing.now, dice.rng(), plan);
    let words = made.as_ref().map_or("plans a visit".to_owned(), |visit| {
        format!("plans visit {}", short(*visit))
    });
    tried(words, made.map(|visit| vec![visit]))
}

pub(super) fn move_plan(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some((visit, status)) = doing.choose(Kind::Visit, status)? else {
        return Ok(Tried::Nothing);
    };
    let words = format!(
        "moves the plan of visit {}, which is {}",
        short(visit),
        status.name()
    );
    let start = later(doing, dice);
    let purpose = doing.short_text(dice);
    tried(
        words,
        doing
            .replica
            .move_visit(&doing.now, visit, start, Some(purpose))
            .map(|()| vec![visit]),
    )
}

pub(super) fn start(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let ready = |status| matches!(status, VisitStatus::Planned | VisitStatus::Cancelled);
    let Some(visit) = own_visit(doing, ready)? else {
        return Ok(Tried::Nothing);
    };
    let (reading, reason) = (reading(dice), doing.text(dice));
    let started = doing
        .replica
        .start_visit(&doing.now, dice.rng(), visit, reading, Some(reason));
    tried(
        format!("starts visit {}", short(visit)),
        started.map(|judged| vec![visit, judged.check_in]),
    )
}

pub(super) fn step(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some(visit) = own_visit(doing, |status| status == VisitStatus::Started)? else {
        return Ok(Tried::Nothing);
    };
    let step = dice
        .pick(&["stock", "display", "order"])
        .copied()
        .unwrap_or("stock");
    let value = if dice.one_in(2) {
        Value::from(dice.below(100))
    } else {
        Value::from(true)
    };
    let note = Some(doing.short_text(dice));
    let recorded = doing.replica.record_step(&doing.now, visit, step, value, note);
    tried(
        format!("records {step} in visit {}", short(visit)),
        recorded.map(|()| vec![visit]),
    )
}

pub(super) fn note(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some((visit, length)) = doing.choose(Kind::Visit, notes)? else {
        return Ok(Tried::Nothing);
    };
    let position = dice.index(length + 1);
    let edited = doing
        .replica
        .edit_note(&doing.now, visit, position, 0, &doing.text(dice));
    tried(
        format!("notes something in visit {}", short(visit)),
        edited.map(|()| vec![visit]),
    )
}

pub(super) fn shorten(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some((visit, length)) = doing.choose(Kind::Visit, notes)? else {
        return Ok(Tried::Nothing);
    };
    let (position, delete) = (dice.index(length + 1), dice.index(20));
    // A piece goes and the mark comes in its place.
    let edited = doing
        .replica
        .edit_note(&doing.now, visit, position, delete, &doing.mark);
    tried(
        format!("shortens the notes of visit {}", short(visit)),
        edited.map(|()| vec![visit]),
    )
}

pub(super) fn next_step(doing: &Doing<'_>) -> Result<Tried, Failure> {
    let Some(visit) = doing.any(Kind::Visit)? else {
        return Ok(Tried::Nothing);
    };
    let said = doing.replica.set_next_step(&doing.now, visit, doing.mark.clone());
    tried(
        format!("says what follows visit {}", short(visit)),
        said.map(|()| vec![visit]),
    )
}

pub(super) fn finish(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some(visit) = own_visit(doing, |status| status == VisitStatus::Started)? else {
        return Ok(Tried::Nothing);
    };
    let (reading, reason) = (reading(dice), doing.text(dice));
    let outcome = Some(doing.short_text(dice));
    let finished = doing
        .replica
        .finish_visit(&doing.now, dice.rng(), visit, reading, Some(reason), outcome);
    tried(
        format!("finishes visit {}", short(visit)),
        finished.map(|judged| vec![visit, judged.check_in]),
    )
}

pub(super) fn cancel(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some((visit, status)) = doing.choose(Kind::Visit, status)? else {
        return Ok(Tried::Nothing);
    };
    let words = format!("cancels visit {}, which is {}", short(visit), status.name());
    let (reason, reading) = (doing.short_text(dice), reading(dice));
    let before = check_in_of(doing, visit)?;
    let cancelled = doing
        .replica
        .cancel_visit(&doing.now, dice.rng(), visit, reason, reading);
    if cancelled.is_err() {
        return tried(words, cancelled.map(|()| Vec::new()));
    }
    // A visit that had started ends with a reading of its own.
    let after = check_in_of(doing, visit)?;
    let reading = after.filter(|_| after != before);
    tried(words, Ok([Some(visit), reading].into_iter().flatten().collect()))
}

/// The reading of the last event.
fn check_in_of(doing: &Doing<'_>, visit: DocumentId) -> Result<Option<DocumentId>, Failure> {
    let index = doing
        .replica
        .document(visit)
        .map_err(|error| Failure::step("a visit does not read", &error))?;
    let view = index.as_ref().and_then(|index| VisitView::read(index).ok());
    let cancels = view.into_iter().flat_map(|view| view.events);
    Ok(cancels
        .filter(|event| {
            event.event == VisitStatus::Cancelled
                && event.reason.as_ref().is_some_and(|r| r.contains(&doing.mark))
        })
        .find_map(|event| event.check_in))
}

fn own_visit(doing: &Doing<'_>, fits: impl Fn(VisitStatus) -> bool) -> Result<Option<DocumentId>, Failure> {
    let me = me(doing)?;
    let own = |index: &_| {
        let view = VisitView::read(index).ok()?;
        (view.rep == me && fits(view.status)).then_some(())
    };
    Ok(doing.choose(Kind::Visit, own)?.map(|(visit, ())| visit))
}

pub(super) fn me(doing: &Doing<'_>) -> Result<PersonId, Failure> {
    let identity = doing
        .replica
        .identity()
        .map_err(|error| Failure::step("a phone without identity", &error))?;
    Ok(identity.person)
}

fn status(index: &fieldbook_core::gate::DocumentIndex) -> Option<VisitStatus> {
    VisitView::read(index).ok().map(|view| view.status)
}

fn notes(index: &fieldbook_core::gate::DocumentIndex) -> Option<usize> {
    VisitView::read(index).ok().map(|view| view.notes.chars().count())
}

/// Oneself, or for a supervisor one of the reps they know.
fn a_rep(doing: &Doing<'_>, dice: &mut Dice) -> Option<PersonId> {
    let reference = doing.replica.reference()?;
    let me = doing.replica.identity().ok()?.person;
    let leads = reference
        .people
        .iter()
        .any(|person| person.id == me && person.role == Role::Supervisor);
    if !leads {
        return None;
    }
    let reps: Vec<PersonId> = reference
        .people
        .iter()
        .filter(|person| person.visible && person.role == Role::Rep)
        .map(|person| person.id)
        .collect();
    dice.pick(&reps).copied()
}

fn later(doing: &Doing<'_>, dice: &mut Dice) -> DateTime<FixedOffset> {
    let minutes = i64::try_from(dice.between(5, 3 * 24 * 60)).unwrap_or(5);
    doing.now.at + Duration::minutes(minutes)
}

/// Somewhere in town, or no fix at all.
fn reading(dice: &mut Dice) -> Option<Reading> {
    if dice.one_in(5) {
        return None;
    }
    let offset = |dice: &mut Dice| f64::from(u32::try_from(dice.below(2000)).unwrap_or(0)) / 100_000.0;
    let (lat, lon) = (31.22 + offset(dice), 121.46 + offset(dice));
    Some(Reading {
        position: Position::new(lat, lon).ok()?,
        accuracy_m: f64::from(u32::try_from(dice.between(5, 80)).unwrap_or(5)),
        source: Source::Fused,
        fix_age_ms: dice.below(5000),
        mock: dice.one_in(20),
        speed_mps: None,
    })
}
