use std::error::Error;

use automerge::ChangeHash;
use chrono::{DateTime, Utc};
use fieldbook_core::document::{self, Command, Written, view};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, InstallationKey, Kind, PersonId, TenantId, derive_actor};
use fieldbook_core::rulings::{self, Ruling, Scene, Unruled};
use fieldbook_core::wire::{Origin, operations};

use super::approvals::{self, Came};
use super::office::{Memory, StoreOffice};
use crate::exchange::{read_index, seal};
use crate::store::{NewSegment, StoreError, Writer};

/// Rulings that one append may cause at most. No honest document comes near it; a function that never falls
/// silent ends here.
const MOST: usize = 64;

/// A document with something in it that may have to be ruled on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    /// The organisation.
    pub(crate) tenant: TenantId,
    /// The document.
    pub(crate) document: DocumentId,
    /// Its kind.
    pub(crate) kind: Kind,
    /// Whose it is.
    pub(crate) owner: PersonId,
}

/// Asks the ruled fields of this kind until none answers, and appends each ruling to the document and to the ruling
/// log. A ruling that changes the owner moves the document. Returns the sequence of the last appended segment, or
/// `None` when there was nothing to rule.
///
/// A document that does not read or has no room for a ruling gets none, and an operator is told: it must not keep the
/// person who asks from sending anything else.
///
/// # Errors
/// When the store does not read or write; nothing of the request is kept then.
pub(crate) fn rule(
    writer: &mut dyn Writer,
    mut case: Case,
    index: &mut DocumentIndex,
    memory: &Memory,
    now: DateTime<Utc>,
) -> Result<Option<u64>, StoreError> {
    let mut last = None;
    for _ in 0..MOST {
        let Some(ruling) = case.ask(writer, index, memory, now)? else {
            if case.kind == Kind::Approval && last.is_none() {
                approvals::changed(writer, case.tenant, case.document, index)?;
            }
            return Ok(last);
        };
        match case.append(writer, &ruling, index, now)? {
            Some(sequence) => last = Some(sequence),
            None => return Ok(last),
        }
        if case.kind == Kind::Approval {
            approvals::settle(writer, case.tenant, case.document, index, Came::Now)?;
        }
    }
    tracing::error!(document = %case.document, "the rulings on this document do not come to an end");
    Ok(last)
}

impl Case {
    /// The next ruling, if there is one.
    fn ask(
        &self,
        writer: &mut dyn Writer,
        index: &DocumentIndex,
        memory: &Memory,
        now: DateTime<Utc>,
    ) -> Result<Option<Ruling>, StoreError> {
        let number = writer.next_ruling(self.tenant)?;
        let office = StoreOffice {
            memory,
            reader: &*writer,
            tenant: self.tenant,
        };
        let scene = Scene {
            document: self.document,
            index,
            now: now.fixed_offset(),
            number,
            office: &office,
        };
        match rulings::next(self.kind, &scene) {
            Ok(ruling) => Ok(ruling),
            Err(Unruled::Office(error)) => Err(match error.downcast::<StoreError>() {
                Ok(error) => *error,
                Err(error) => StoreError::damaged_document(self.document, error.to_string()),
            }),
            Err(problem) => {
                self.unruled(&problem);
                Ok(None)
            }
        }
    }

    /// Appends a ruling; `None` when the document has no room for it.
    pub(super) fn append(
        &mut self,
        writer: &mut dyn Writer,
        ruling: &Ruling,
        index: &mut DocumentIndex,
        now: DateTime<Utc>,
    ) -> Result<Option<u64>, StoreError> {
        let Case {
            tenant,
            document,
            kind,
            owner,
        } = *self;
        let server = writer.server()?;
        let origin = Origin {
            public_key: server.public_key,
            epoch: server.epoch,
        };
        let (base, operations, hash) = match write(origin, &ruling.command, index, now) {
            Ok(written) => written,
            Err(problem) => {
                // What did not fit may have spoilt the index.
                *index = read_index(writer, tenant, document)?;
                self.unruled(&*problem);
                return Ok(None);
            }
        };
        let at_ms = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        let segment = NewSegment {
            device: None,
            origin,
            rebase: 0,
            base,
            count: 1,
            operations: &operations,
            received_ms: at_ms,
            seal: seal(&server, tenant, document, &hash),
            proof: None,
        };
        let sequence = writer.append(tenant, document, kind, owner, &segment)?;
        if let Some(new) = view::owner(kind, index).filter(|new| *new != owner) {
            writer.set_owner(tenant, document, new)?;
            self.owner = new;
        }
        let json = serde_json::to_string(&ruling.command)
            .map_err(|error| StoreError::damaged_document(document, error.to_string()))?;
        writer.append_ruling(tenant, document, at_ms, &json)?;
        if let Command::RuleCustomer(ruled) = &ruling.command
            && ruled.grants_a_claim()
        {
            writer.add_claim(tenant, ruled.by, at_ms, document)?;
        }
        Ok(Some(sequence))
    }

    fn unruled(&self, problem: &dyn Error) {
        tracing::error!(document = %self.document, %problem, "a request got no ruling");
    }
}

/// Writes the ruling into the index; its operations, and how many of the server's came before.
fn write(
    origin: Origin,
    command: &Command,
    index: &mut DocumentIndex,
    now: DateTime<Utc>,
) -> Result<(u64, Vec<u8>, ChangeHash), Box<dyn Error>> {
    let Origin { public_key, epoch } = origin;
    let actor = derive_actor(&InstallationKey { public_key, epoch }, command.document(), 0);
    let (base, before) = (index.sequence(&actor), index.last_of(&actor));
    let Written { change, hash, .. } = document::write(index, &actor, command, now.timestamp_millis())?;
    index.admit(&change)?;
    index.seal(hash);
    let operations = operations::encode(&[change], &[hash], before, &|hash| index.max_op(hash))?;
    Ok((base, operations, hash))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::store::{SqliteStore, Store};

    #[test]
    fn a_request_that_does_not_read_gets_no_ruling_and_is_no_error() {
        let store = SqliteStore::open_in_memory().unwrap();
        let ruled = store.write(move |writer| {
            let tenant = TenantId(Uuid::from_u128(2));
            writer.add_tenant(&crate::store::TenantRow {
                id: tenant,
                name: "Sunrise".to_owned(),
            })?;
            let case = Case {
                tenant,
                document: DocumentId(Uuid::from_u128(5)),
                kind: Kind::Approval,
                owner: PersonId(Uuid::from_u128(1)),
            };
            rule(
                writer,
                case,
                &mut DocumentIndex::new(),
                &Memory::default(),
                DateTime::UNIX_EPOCH,
            )
        });
        assert_eq!(ruled.unwrap(), None);
    }
}
