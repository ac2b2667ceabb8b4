use fieldbook_core::document::view::CustomerView;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, Kind, PersonId};
use fieldbook_core::replica::ReplicaError;

use super::{Doing, Tried, short, tried};
use crate::simulate::Failure;
use crate::simulate::dice::Dice;

/// Grades, the last of which is none of the house.
const GRADES: [&str; 4] = ["A", "B", "C", "Z"];

pub(super) fn claim(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let pooled = |index: &_| {
        CustomerView::read(index)
            .ok()
            .filter(|view| view.pool)
            .map(|_| ())
    };
    let Some((customer, ())) = doing.choose(Kind::Customer, pooled)? else {
        return Ok(Tried::Nothing);
    };
    let note = Some(doing.short_text(dice));
    asked(
        "claims",
        customer,
        doing.replica.claim_customer(&doing.now, customer, note),
    )
}

pub(super) fn release(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some((customer, ())) = doing.choose(Kind::Customer, looked_after)? else {
        return Ok(Tried::Nothing);
    };
    let note = Some(doing.short_text(dice));
    asked(
        "gives back",
        customer,
        doing.replica.release_customer(&doing.now, customer, note),
    )
}

pub(super) fn owner(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some((customer, ())) = doing.choose(Kind::Customer, looked_after)? else {
        return Ok(Tried::Nothing);
    };
    let people: Vec<PersonId> = doing
        .replica
        .reference()
        .map(|reference| reference.people.iter().map(|person| person.id).collect())
        .unwrap_or_default();
    let Some(to) = dice.pick(&people) else {
        return Ok(Tried::Nothing);
    };
    let note = Some(doing.short_text(dice));
    asked(
        "asks for somebody else to look after",
        customer,
        doing.replica.ask_owner(&doing.now, customer, *to, note),
    )
}

pub(super) fn grade(doing: &Doing<'_>, dice: &mut Dice) -> Result<Tried, Failure> {
    let Some(customer) = doing.any(Kind::Customer)? else {
        return Ok(Tried::Nothing);
    };
    let to = dice.pick(&GRADES).copied().unwrap_or("A");
    let note = Some(doing.short_text(dice));
    asked(
        "asks for another grade of",
        customer,
        doing.replica.ask_grade(&doing.now, customer, to, note),
    )
}

fn looked_after(index: &DocumentIndex) -> Option<()> {
    CustomerView::read(index)
        .ok()
        .filter(|view| !view.pool)
        .map(|_| ())
}

fn asked(what: &str, customer: DocumentId, result: Result<(), ReplicaError>) -> Result<Tried, Failure> {
    tried(
        format!("{what} customer {}", short(customer)),
        result.map(|()| vec![customer]),
    )
}
