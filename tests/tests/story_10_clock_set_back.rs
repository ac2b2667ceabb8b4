//! Story 10: a rep sets the phone's clock back two days before a check-in. The visit is kept as it was written, the order of
//! what happened stays, and the supervisor sees that the clock jumped.

use fieldbook_core::document::command::CheckIn;
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::{ClockOff, query};
use fieldbook_core::time::{ClockJudgement, judge_clock};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

const TWO_DAYS_MS: i64 = 2 * 24 * 3600 * 1000;

/// The readings of a visit as they reach its supervisor, in their order, each with the minutes that its page says the clock was off.
fn seen_by_grace(team: &mut Team, visit: DocumentId) -> Outcome<Vec<(Option<i64>, CheckIn)>> {
    team.sync("Grace", &minute(96))?;
    let grace = team.phone("Grace");
    let rows = grace
        .store()
        .read(|conn| query::visit_detail(conn, visit))?
        .ok_or("no visit")?;
    let mut seen = Vec::new();
    for row in &rows.check_ins {
        let index = grace.document(row.document)?.ok_or("no check-in")?;
        let reading = CheckIn::read(row.document, &index)?;
        seen.push((row.clock_off().map(ClockOff::minutes), reading));
    }
    seen.sort_by_key(|(_, reading)| reading.time.mono_ms);
    Ok(seen)
}

#[test]
fn a_visit_wholly_on_a_wrong_clock_is_kept_in_its_order() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 60)?;
    team.sync("Dana", &minute(3))?;

    // Without network she sets the clock back two days and only then arrives.
    let mut rng = team.rng().clone();
    let dana = team.phone("Dana");
    let why = || Some("no fix in the basement".to_owned());
    let back = |at: i64| {
        let mut now = minute(at);
        now.at -= chrono::TimeDelta::milliseconds(TWO_DAYS_MS);
        now
    };
    dana.start_visit(&back(61), &mut rng, visit, None, why())?;
    dana.finish_visit(&back(90), &mut rng, visit, None, why(), None)?;
    assert_eq!(
        team.sync("Dana", &minute(95))?.parked,
        0,
        "nothing is refused for it"
    );

    let [(came_off, came), (went_off, went)] = &seen_by_grace(&mut team, visit)?[..] else {
        return Err("not two check-ins".into());
    };
    assert_eq!(
        (*came_off, *went_off),
        (Some(-2 * 24 * 60), Some(-2 * 24 * 60)),
        "marked"
    );
    let (came, went) = (&came.time, &went.time);
    assert_eq!(came.best_ms(), minute(61).at.timestamp_millis(), "as it was");
    assert_eq!(went.best_ms() - came.best_ms(), 29 * 60_000);
    assert_eq!(
        judge_clock(came, went),
        ClockJudgement::Steady,
        "between them nothing jumped"
    );
    Ok(())
}

#[test]
fn a_check_in_with_the_clock_set_back_is_kept_and_marked() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 60)?;
    team.sync("Dana", &minute(3))?;

    // Offline, she starts the visit with the right time, sets the clock back and finishes.
    let mut rng = team.rng().clone();
    let dana = team.phone("Dana");
    let why = || Some("no fix in the basement".to_owned());
    dana.start_visit(&minute(61), &mut rng, visit, None, why())?;
    let mut later = minute(90);
    later.at -= chrono::TimeDelta::milliseconds(TWO_DAYS_MS);
    dana.finish_visit(&later, &mut rng, visit, None, why(), None)?;
    assert_eq!(
        team.sync("Dana", &minute(95))?.parked,
        0,
        "nothing is refused for it"
    );

    // Grace has both readings with their evidence: two days back by the wall clock, 29 minutes on by every other.
    let [(came_off, came), (went_off, went)] = &seen_by_grace(&mut team, visit)?[..] else {
        return Err("not two check-ins".into());
    };
    assert_eq!(
        (*came_off, *went_off),
        (None, Some(-2 * 24 * 60)),
        "the page says which"
    );
    let (came, went) = (&came.time, &went.time);
    assert_eq!(
        judge_clock(came, went),
        ClockJudgement::Jumped { by_ms: -TWO_DAYS_MS }
    );
    assert_eq!(went.best_ms() - came.best_ms(), 29 * 60_000, "the order stands");
    assert_eq!(went.skew_ms(), Some(-TWO_DAYS_MS), "and she sees by how much");
    Ok(())
}
