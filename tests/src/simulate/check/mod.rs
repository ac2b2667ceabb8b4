//! What must hold when a story has come to rest, a property a file.

mod audit;
mod documents;
mod history;
mod ledger;
mod lists;
mod rulings;
mod stored;
mod values;

use super::dice::mix;
use super::sabotage::Sabotage;
use super::world::World;
use super::{Failure, Property};
use history::Shelf;

/// Checks everything and adds the final state to the trace.
///
/// # Errors
/// The first property that does not hold.
pub(crate) fn all(world: &mut World) -> Result<(), Failure> {
    let mut shelf = Shelf::read(
        &world.server,
        world.intruder.as_ref().map(|it| it.identity.public_key()),
    )?;
    if world.sabotage == Some(Sabotage::StoreTwice) {
        shelf.store_twice();
    }
    stored::once(&shelf)?;
    rulings::only_by_the_server(&shelf)?;
    ledger::acknowledged_kept(&world.ledger, &shelf)?;
    ledger::nothing_lost(world, &shelf)?;
    for phone in &world.phones {
        ledger::honest_trusted(phone)?;
        documents::nothing_pending(phone)?;
        let held = documents::same_documents(phone, &world.server, &shelf)?;
        world.counts.compared += held.len() as u64;
        for document in &held {
            documents::same_history(phone, *document, &shelf)?;
            // Automerge is slow to load: one record in four, chosen by nothing but the record.
            if mix(3, document.as_bytes()).is_multiple_of(4) {
                values::automerge_agrees(phone, *document, &shelf)?;
            }
        }
        if world.sabotage == Some(Sabotage::StaleList) {
            lists::spoil(phone)?;
        }
        lists::agree(phone)?;
    }
    audit::rulings_agree(world)?;
    shelf.note(&mut world.trace);
    Ok(())
}
