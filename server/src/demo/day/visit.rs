use fieldbook_core::geo::{Reading, Verdict};
use serde_json::json;

use super::Stop;
use crate::demo::error::DemoError;
use crate::demo::phone::Phone;
use crate::demo::{chance, phrases, place};

/// What the phone knows of its place at a store.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fix {
    /// A usual one.
    Good,
    /// None; the rep says why.
    None(&'static str),
    /// So many metres from the address on file; the rep says why.
    Away(f64, &'static str),
}

/// What a visit came to, for the story.
#[derive(Clone, Debug)]
pub(in crate::demo) struct Seen {
    pub(in crate::demo) distance_m: Option<f64>,
    pub(in crate::demo) verdict: Verdict,
    pub(in crate::demo) reason: Option<&'static str>,
    pub(in crate::demo) cases: i64,
}

/// A rep makes a visit from the check-in to the check-out; takes about twenty-five minutes.
pub(super) fn make(phone: &mut Phone, stop: &Stop, fix: Fix) -> Result<Seen, DemoError> {
    let late = chance::between(&mut phone.rng, 2, 11);
    phone.pass_to(stop.start);
    phone.pass_minutes(late);
    phone.enter_zone(stop.store.offset_min);
    let (now, reason) = (phone.now(), fix.reason());
    let reading = fix.reading(stop, phone);
    let why = reason.map(str::to_owned);
    let arrived = phone
        .replica
        .start_visit(&now, &mut phone.rng, stop.visit, reading, why.clone())?;
    let cases = work_through(phone, stop)?;
    phone.pass_minutes(4);
    let now = phone.now();
    let reading = fix.reading(stop, phone);
    let outcome = Some((*chance::pick(&mut phone.rng, phrases::OUTCOMES)).to_owned());
    phone
        .replica
        .finish_visit(&now, &mut phone.rng, stop.visit, reading, why, outcome)?;
    Ok(Seen {
        distance_m: arrived.distance_m,
        verdict: arrived.verdict,
        reason,
        cases,
    })
}

/// Counts the stock, looks at the display, writes a note and what comes next. Returns the cases counted.
fn work_through(phone: &mut Phone, stop: &Stop) -> Result<i64, DemoError> {
    let cases = chance::between(&mut phone.rng, 0, 48);
    phone.pass_minutes(4);
    let short = (cases < 6).then(|| "Nearly out".to_owned());
    phone
        .replica
        .record_step(&phone.now(), stop.visit, "stock", json!(cases), short)?;
    phone.pass_minutes(3);
    phone
        .replica
        .record_step(&phone.now(), stop.visit, "display", json!(true), None)?;
    phone.pass_minutes(5);
    let note = *chance::pick(&mut phone.rng, phrases::NOTES);
    phone.replica.edit_note(&phone.now(), stop.visit, 0, 0, note)?;
    if chance::below(&mut phone.rng, 2) == 0 {
        let next = *chance::pick(&mut phone.rng, phrases::NEXT_STEPS);
        phone
            .replica
            .set_next_step(&phone.now(), stop.visit, next.to_owned())?;
    }
    Ok(cases)
}

impl Fix {
    fn reason(self) -> Option<&'static str> {
        match self {
            Fix::Good => None,
            Fix::None(reason) | Fix::Away(_, reason) => Some(reason),
        }
    }

    fn reading(self, stop: &Stop, phone: &mut Phone) -> Option<Reading> {
        match self {
            Fix::Good => Some(place::at_the_counter(stop.store.position, &mut phone.rng)),
            Fix::None(_) => None,
            Fix::Away(metres, _) => Some(place::away(stop.store.position, metres, &mut phone.rng)),
        }
    }
}
