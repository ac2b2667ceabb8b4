use std::collections::BTreeSet;

use fieldbook_core::document::view::Course;
use fieldbook_core::model::{DocumentId, Kind, PersonId};
use fieldbook_core::replica::store::documents::DocumentState;
use fieldbook_core::replica::store::{documents, parked, pending};

use super::history::{History, Shelf};
use super::values;
use super::{Failure, Property};
use crate::simulate::world::{Phone, Server};

/// The phone has nothing left to send, and every record says so: accepted, or needing attention when something of it
/// is parked.
pub(super) fn nothing_pending(phone: &Phone) -> Result<(), Failure> {
    let store = phone.replica()?.store();
    let unreadable = |error: &dyn std::fmt::Display| Failure::step("the outbox does not read", error);
    let count = store.read(pending::count).map_err(|error| unreadable(&error))?;
    if count > 0 {
        let detail = format!("{} still has {count} operations to send", phone.name);
        return Err(Failure::new(Property::NothingPending, detail));
    }
    let parked = store.read(parked::all).map_err(|error| unreadable(&error))?;
    for row in store.read(documents::all).map_err(|error| unreadable(&error))? {
        let attention = parked.iter().any(|parked| parked.document == row.document);
        let expected = if attention {
            DocumentState::Attention
        } else {
            DocumentState::Accepted
        };
        if row.state != expected {
            let (shown, expected) = (row.state.name(), expected.name());
            let detail = format!(
                "{} shows {} {} as {shown}; it is {expected}",
                phone.name, row.kind, row.document
            );
            return Err(Failure::new(Property::NothingPending, detail));
        }
    }
    Ok(())
}

/// The phone holds what its person may see, and nothing once its access has ended; returns it. A document that was never accepted may be there without any
/// history, as long as what made it is parked.
pub(super) fn same_documents(
    phone: &Phone,
    server: &Server,
    shelf: &Shelf,
) -> Result<BTreeSet<DocumentId>, Failure> {
    let replica = phone.replica()?;
    let unreadable = |error: &dyn std::fmt::Display| Failure::step("the documents do not read", error);
    let rows = replica
        .store()
        .read(documents::all)
        .map_err(|error| unreadable(&error))?;
    let parked = replica
        .store()
        .read(parked::all)
        .map_err(|error| unreadable(&error))?;
    let person = phone.identity.person;
    let principal = server.read(|reader| reader.principal(server.tenant(), person))?;
    let principal = principal.ok_or_else(|| unreadable(&"the person is not in the organisation"))?;
    let has_ended = server.has_ended(phone.identity.device)?;
    let visible: BTreeSet<DocumentId> = shelf
        .documents
        .iter()
        .filter(|_| !has_ended)
        .filter(|(_, history)| principal.sees(history.owner) || is_asked(history, person))
        .map(|(document, _)| *document)
        .collect();
    let mut held = BTreeSet::new();
    for row in &rows {
        let index = replica
            .document(row.document)
            .map_err(|error| unreadable(&error))?;
        if index.is_some() {
            held.insert(row.document);
        } else if !parked.iter().any(|parked| parked.document == row.document) {
            let detail = format!(
                "{} lists {} {} without any history",
                phone.name, row.kind, row.document
            );
            return Err(Failure::new(Property::SameDocuments, detail));
        }
    }
    if let Some(missing) = visible.difference(&held).next() {
        let kind = shelf
            .documents
            .get(missing)
            .map_or("document", |history| history.kind.name());
        let detail = format!("{} may see {kind} {missing} and does not have it", phone.name);
        return Err(Failure::new(Property::SameDocuments, detail));
    }
    if let Some(surplus) = held.difference(&visible).next() {
        let known = if shelf.documents.contains_key(surplus) {
            "may not see it"
        } else {
            "the server never had it"
        };
        let detail = format!("{} has document {surplus}: {known}", phone.name);
        return Err(Failure::new(Property::SameDocuments, detail));
    }
    Ok(held)
}

/// Was this person asked about the approval, beyond the units?
fn is_asked(history: &History, person: PersonId) -> bool {
    let course = || Course::read(&history.index);
    history.kind == Kind::Approval && course().is_ok_and(|course| course.reach.contains(&person))
}

/// The document has the same history and values on both sides.
pub(super) fn same_history(phone: &Phone, document: DocumentId, shelf: &Shelf) -> Result<(), Failure> {
    let Some(theirs) = shelf.documents.get(&document) else {
        return Ok(());
    };
    let ours = phone.replica()?.document(document);
    let ours = ours
        .map_err(|error| Failure::step("a document does not read", &error))?
        .unwrap_or_default();
    let what = format!("{} {document} on the phone of {}", theirs.kind, phone.name);
    if ours.heads() != theirs.index.heads() {
        let (ours, theirs) = (heads(&ours.heads()), heads(&theirs.index.heads()));
        let detail = format!("{what} ends in {ours}, on the server in {theirs}");
        return Err(Failure::new(Property::SameHistory, detail));
    }
    let (ours, theirs) = (values::of(ours.root()), values::of(theirs.index.root()));
    if ours != theirs {
        return Err(Failure::new(
            Property::SameHistory,
            format!("{what} is {ours}, on the server {theirs}"),
        ));
    }
    Ok(())
}

fn heads(hashes: &[automerge::ChangeHash]) -> String {
    hashes
        .iter()
        .map(|hash| hex::encode(&hash.0[..4]))
        .collect::<Vec<_>>()
        .join("+")
}
