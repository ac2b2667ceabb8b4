//! Do all hold the same? Every document of every phone is compared with the server's, as Automerge reads it: its heads
//! and its values.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use automerge::{AutoCommit, Change};
use fieldbook_core::document::{materialise, rebuild, to_json};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, PersonId, TenantId, derive_actor};
use fieldbook_core::replica::store::documents;
use fieldbook_core::replica::{Replica, ReplicaError};
use fieldbook_core::wire::operations::{self, Limits};
use sha2::{Digest, Sha256};

use super::error::DemoError;
use crate::store::{Reader, Store, StoreError};

/// One document as somebody holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Copy {
    /// The hashes that nothing builds on yet, sorted.
    heads: Vec<String>,
    /// Its values as JSON with sorted keys.
    values: String,
}

/// All documents that somebody holds.
pub(super) type Holding = BTreeMap<DocumentId, Copy>;

/// One way in which a phone and the server are not the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// The phone lacks a document that it may see.
    Missing(DocumentId),
    /// The phone holds a document that it may not see, or that the server does not know.
    Extra(DocumentId),
    /// The histories end differently.
    Heads(DocumentId),
    /// The histories are the same and the values are not.
    Values(DocumentId),
    /// So many items were not confirmed by the server.
    Pending(u64),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(document) => write!(f, "record {document} has not arrived"),
            Self::Extra(document) => write!(f, "record {document} is only here"),
            Self::Heads(document) => write!(f, "record {document} has another history than on the server"),
            Self::Values(document) => write!(f, "record {document} reads otherwise than on the server"),
            Self::Pending(count) => write!(f, "{count} items were not confirmed by the server"),
        }
    }
}

/// What a phone that may see `visible` holds otherwise than the server.
pub(super) fn compare(server: &Holding, visible: &BTreeSet<DocumentId>, phone: &Holding) -> Vec<Difference> {
    let mut differences = Vec::new();
    for document in visible {
        match (server.get(document), phone.get(document)) {
            (Some(theirs), Some(ours)) if theirs.heads != ours.heads => {
                differences.push(Difference::Heads(*document));
            }
            (Some(theirs), Some(ours)) if theirs.values != ours.values => {
                differences.push(Difference::Values(*document));
            }
            (Some(_), Some(_)) => {}
            _ => differences.push(Difference::Missing(*document)),
        }
    }
    let extra = phone.keys().filter(|document| !visible.contains(document));
    differences.extend(extra.map(|document| Difference::Extra(*document)));
    differences
}

/// The server's documents that this person may see: of the people they lead, and those that they are asked about.
pub(super) fn visible<S: Store>(
    store: &S,
    tenant: TenantId,
    person: PersonId,
) -> Result<BTreeSet<DocumentId>, DemoError> {
    let documents = store.read(|reader| {
        let principal = reader.principal(tenant, person)?;
        let people: Vec<PersonId> = principal.into_iter().flat_map(|who| who.subtree).collect();
        let mut seen: BTreeSet<DocumentId> = reader.documents_of(tenant, &people)?.into_iter().collect();
        seen.extend(reader.documents_shared(tenant, person)?);
        Ok(seen)
    })?;
    Ok(documents)
}

/// Everything that the server holds.
pub(super) fn of_server<S: Store>(store: &S, tenant: TenantId) -> Result<Holding, DemoError> {
    let histories = store.read(|reader| {
        let people: Vec<PersonId> = reader
            .people(tenant)?
            .into_iter()
            .map(|person| person.id)
            .collect();
        let documents = reader.documents_of(tenant, &people)?;
        documents
            .into_iter()
            .map(|document| Ok((document, history(reader, tenant, document)?)))
            .collect()
    });
    let histories: Vec<(DocumentId, Vec<Change>)> = histories?;
    histories
        .into_iter()
        .map(|(document, changes)| Ok((document, copy(materialise(changes)?))))
        .collect()
}

/// Everything that a phone holds.
pub(super) fn of_phone(replica: &Replica) -> Result<Holding, DemoError> {
    let rows = replica.store().read(documents::all)?;
    rows.into_iter()
        .map(|row| {
            let document = replica.materialise(row.document)?;
            Ok((
                row.document,
                copy(document.ok_or(ReplicaError::Unknown(row.document))?),
            ))
        })
        .collect()
}

/// SHA-256 over all documents in the order of their ids, in hex: the same for the same state.
pub(super) fn state_hash(server: &Holding) -> String {
    let mut hash = Sha256::new();
    for (document, copy) in server {
        hash.update(document.as_bytes());
        hash.update((copy.values.len() as u64).to_be_bytes());
        hash.update(&copy.values);
        for head in &copy.heads {
            hash.update(head);
        }
    }
    hex::encode(hash.finalize())
}

fn copy(mut doc: AutoCommit) -> Copy {
    let mut heads: Vec<String> = doc.get_heads().iter().map(ToString::to_string).collect();
    heads.sort_unstable();
    // Maps of JSON are sorted by key.
    Copy {
        heads,
        values: to_json(&doc).to_string(),
    }
}

/// The changes of a document as the server stored them.
fn history(reader: &dyn Reader, tenant: TenantId, document: DocumentId) -> Result<Vec<Change>, StoreError> {
    let damaged = |detail: String| StoreError::damaged_document(document, detail);
    let mut index = DocumentIndex::new();
    let mut changes = Vec::new();
    for row in reader.segments(tenant, document, 0)? {
        let installation = InstallationKey {
            public_key: row.origin.public_key,
            epoch: row.origin.epoch,
        };
        let actor = derive_actor(&installation, document, row.rebase);
        let limits = Limits::default();
        let mut segment = operations::Reader::new(&row.operations, actor, row.base, row.count, &limits)
            .map_err(|error| damaged(error.to_string()))?;
        while let Some(expanded) = segment.next(&index).map_err(|error| damaged(error.to_string()))? {
            index
                .admit(&expanded)
                .map_err(|refusal| damaged(refusal.to_string()))?;
            let (change, hash) = rebuild(expanded);
            index.seal(hash);
            changes.push(change);
        }
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> DocumentId {
        DocumentId(Uuid::from_u128(number))
    }

    fn held(documents: &[(u128, &str, &str)]) -> Holding {
        let copy = |head: &str, values: &str| Copy {
            heads: vec![head.to_owned()],
            values: values.to_owned(),
        };
        documents
            .iter()
            .map(|(number, head, values)| (id(*number), copy(head, values)))
            .collect()
    }

    #[test]
    fn every_sort_of_difference_is_seen() {
        let server = held(&[
            (1, "a", "{}"),
            (2, "b", "{}"),
            (3, "c", "{}"),
            (4, "d", "{}"),
            (5, "e", "{}"),
        ]);
        let visible: BTreeSet<DocumentId> = (1..=4).map(id).collect();
        let same = held(&[(1, "a", "{}"), (2, "b", "{}"), (3, "c", "{}"), (4, "d", "{}")]);
        assert_eq!(compare(&server, &visible, &same), []);
        let other = held(&[
            (1, "a", "{}"),
            (2, "x", "{}"),
            (3, "c", "{1}"),
            (5, "e", "{}"),
            (9, "z", "{}"),
        ]);
        assert_eq!(
            compare(&server, &visible, &other),
            [
                Difference::Heads(id(2)),
                Difference::Values(id(3)),
                Difference::Missing(id(4)),
                Difference::Extra(id(5)),
                Difference::Extra(id(9)),
            ]
        );
    }

    #[test]
    fn the_hash_is_of_the_whole_state() {
        let states = [
            held(&[(1, "a", "{}"), (2, "b", "{}")]),
            held(&[(1, "a", "{}"), (2, "x", "{}")]),
            held(&[(1, "a", "{}"), (2, "b", "{1}")]),
            held(&[(1, "a", "{}"), (3, "b", "{}")]),
            held(&[(1, "a", "{}")]),
        ];
        let hashes: BTreeSet<String> = states.iter().map(state_hash).collect();
        assert_eq!(hashes.len(), states.len());
        assert_eq!(state_hash(&states[0]), state_hash(&states[0].clone()));
    }

    #[test]
    fn a_difference_between_two_real_replicas_is_seen() {
        use fieldbook_core::model::{DeviceId, ServerId};
        use fieldbook_core::replica::{Identity, NewCustomer, Now};
        use rand_chacha::ChaCha20Rng;
        use rand_chacha::rand_core::SeedableRng;

        let identity = Identity {
            server: ServerId(Uuid::from_u128(1)),
            tenant: TenantId(Uuid::from_u128(2)),
            person: PersonId(Uuid::from_u128(3)),
            device: DeviceId(Uuid::from_u128(4)),
            secret: [5; 32],
            epoch: 0,
            server_key: [0; 32],
        };
        let written = |name: &str| {
            let replica = Replica::in_memory().unwrap();
            replica.enrol(&identity).unwrap();
            let at = super::super::moment::Moment::at(9, 0).local(0);
            let boot = fieldbook_core::model::BootId(Uuid::from_u128(6));
            let customer = NewCustomer {
                name: name.to_owned(),
                ..NewCustomer::default()
            };
            let mut rng = ChaCha20Rng::seed_from_u64(1);
            replica
                .add_customer(&Now { at, mono_ms: 0, boot }, &mut rng, customer)
                .unwrap();
            of_phone(&replica).unwrap()
        };
        let (one, same, other) = (written("华东轴承"), written("华东轴承"), written("华东轴承厂"));
        let visible: BTreeSet<DocumentId> = one.keys().copied().collect();
        assert_eq!(compare(&one, &visible, &same), []);
        assert!(matches!(
            compare(&one, &visible, &other)[..],
            [Difference::Heads(_)]
        ));
    }
}
