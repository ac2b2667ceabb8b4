use std::collections::BTreeMap;

use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::store::parked;
use fieldbook_core::wire::Rejection;

use super::history::Shelf;
use super::{Failure, Property};
use crate::simulate::world::{Ledger, Phone, World, WrittenOperation};

/// What was acknowledged is in the server's history, by its hash.
pub(super) fn acknowledged_kept(ledger: &Ledger, shelf: &Shelf) -> Result<(), Failure> {
    for (operation, command) in &ledger.acknowledged {
        let known = shelf.documents.get(&operation.document);
        if !known.is_some_and(|history| history.hashes.contains(&operation.hash)) {
            let detail = format!(
                "phone {} was told that {} is stored in {}; the server does not have it: {command}",
                operation.phone,
                hex::encode(&operation.hash[..4]),
                operation.document
            );
            return Err(Failure::new(Property::AcknowledgedKept, detail));
        }
    }
    Ok(())
}

/// The recorded command, the phone and the document tell operations apart; the same one may have been given twice.
type Key<'a> = (usize, DocumentId, &'a str);

/// What a person did was acknowledged or is parked on their phone with its text, and what is not parked can be found in
/// the history.
pub(super) fn nothing_lost(world: &World, shelf: &Shelf) -> Result<(), Failure> {
    let mut parked_rows = Vec::new();
    for (place, phone) in world.phones.iter().enumerate() {
        let rows = phone.replica()?.store().read(parked::all);
        let rows = rows.map_err(|error| Failure::step("parked operations do not read", &error))?;
        parked_rows.extend(rows.into_iter().map(|row| (place, row)));
    }
    let mut parked: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    for (place, row) in &parked_rows {
        *parked
            .entry((*place, row.document, row.command.as_str()))
            .or_default() += 1;
    }
    let mut settled = parked.clone();
    for (operation, command) in &world.ledger.acknowledged {
        *settled
            .entry((operation.phone, operation.document, command.as_str()))
            .or_default() += 1;
    }
    for operation in &world.ledger.written {
        let key = (operation.phone, operation.document, operation.command.as_str());
        let lost = |what: &str| {
            let name = &world.phones[operation.phone].name;
            let detail = format!(
                "what {name} did in step {} to {} {what}: {}",
                operation.step, operation.document, operation.command
            );
            Err(Failure::new(Property::NothingLost, detail))
        };
        let Some(left) = settled.get_mut(&key).filter(|left| **left > 0) else {
            return lost("was neither acknowledged nor parked");
        };
        *left -= 1;
        let Some(mark) = &operation.mark else { continue };
        let found = shelf
            .documents
            .get(&operation.document)
            .is_some_and(|known| known.texts.contains(mark));
        match (found, parked.contains_key(&key)) {
            (false, false) => return lost(&format!("is not in the server's history ({mark})")),
            (true, true) => return both(world, operation),
            (true, false) | (false, true) => {}
        }
    }
    Ok(())
}

/// Whoever sends it again would do it twice.
fn both(world: &World, operation: &WrittenOperation) -> Result<(), Failure> {
    let WrittenOperation {
        phone,
        step,
        document,
        command,
        ..
    } = operation;
    let name = &world.phones[*phone].name;
    let detail = format!("what {name} did in step {step} to {document} is stored and parked: {command}");
    Err(Failure::new(Property::ParkedOnly, detail))
}

/// Nothing is parked for a reason that only a damaged or hostile phone can give.
pub(super) fn honest_trusted(phone: &Phone) -> Result<(), Failure> {
    let rows = phone.replica()?.store().read(parked::all);
    for row in rows.map_err(|error| Failure::step("parked operations do not read", &error))? {
        let rejection: Rejection = serde_json::from_str(&row.rejection)
            .map_err(|error| Failure::step("a rejection does not read", &error))?;
        if rejection.rule.starts_with("gate.") {
            let detail = format!(
                "{} {} of {}: {rejection}: {}",
                row.kind, row.document, phone.name, row.command
            );
            return Err(Failure::new(Property::HonestTrusted, detail));
        }
    }
    Ok(())
}
