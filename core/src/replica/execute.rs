use automerge::ActorId;
use rusqlite::Connection;

use super::documents::Documents;
use super::error::ReplicaError;
use super::live::Changed;
use super::store::outbox::Recorded;
use super::store::segments::{Format, NewSegment};
use super::store::{documents as document_rows, outbox, projections};
use super::{Now, Replica, contact, ended};
use crate::document::view::owner;
use crate::document::{Command, write};
use crate::model::{DocumentId, InstallationKey, Principal, derive_actor};
use crate::rules::{self, Attempt};
use crate::wire::SCHEMA_VERSION;

/// What a command is written with: who, as which installation, when.
pub(super) struct Author<'a> {
    pub(super) installation: InstallationKey,
    pub(super) principal: &'a Principal,
    /// The best that is known of the time, in milliseconds since 1970.
    pub(super) at_ms: u64,
}

impl Replica {
    /// Writes commands in one transaction: all or none. When this returns, what was written survives power loss.
    ///
    /// # Errors
    /// A rule or a precondition that forbids one of them, or the store; nothing is written then.
    pub fn execute(&self, now: &Now, commands: &[Command]) -> Result<(), ReplicaError> {
        let installation = self.installation()?;
        let principal = self.principal()?;
        let mut documents = self.lock_documents();
        let written = self.store().write(|tx| -> Result<Changed, ReplicaError> {
            ended::check(tx)?;
            let author = Author {
                installation,
                principal: &principal,
                at_ms: contact::best_ms(contact::get(tx)?.as_ref(), now),
            };
            let mut changed = Changed {
                status: true,
                own: true,
                ..Changed::default()
            };
            for command in commands {
                apply(tx, &mut documents, &author, command)?;
                changed.documents.insert((command.kind(), command.document()));
            }
            Ok(changed)
        });
        match written {
            Ok(changed) => {
                drop(documents);
                self.live().notify(&changed);
                Ok(())
            }
            Err(error) => {
                for command in commands {
                    documents.evict(command.document());
                }
                Err(error)
            }
        }
    }
}

/// Writes one command inside an open transaction: the change, the recorded command and the projections.
///
/// On an error the document must be evicted and the transaction rolled back to before.
pub(super) fn apply(
    tx: &Connection,
    documents: &mut Documents,
    author: &Author<'_>,
    command: &Command,
) -> Result<(), ReplicaError> {
    let (document, kind) = (command.document(), command.kind());
    let rebase = document_rows::rebase(tx, document)?;
    let installation = &author.installation;
    let actor: ActorId = derive_actor(installation, document, rebase);
    let index = documents.index(tx, document)?;
    let before = rules::Before::of(kind, index);
    let time_ms = i64::try_from(author.at_ms).unwrap_or(i64::MAX);
    let written = write(index, &actor, command, time_ms)?;
    let writes = index
        .admit(&written.change)
        .map_err(|refusal| ReplicaError::Damaged {
            document,
            detail: format!("our own change does not pass the gate: {refusal}"),
        })?;
    let attempt = Attempt {
        principal: author.principal,
        kind,
        schema: SCHEMA_VERSION,
        at_ms: author.at_ms,
    };
    rules::judge(&attempt, &before, index, &writes)?;
    index.seal(written.hash);
    let text = serde_json::to_string(command).map_err(|error| ReplicaError::Record {
        what: "the command",
        detail: error.to_string(),
    })?;
    outbox::append(
        tx,
        &NewSegment {
            document,
            format: Format::Change,
            origin_key: installation.public_key,
            origin_epoch: installation.epoch,
            rebase,
            base: written.change.seq - 1,
            count: 1,
            body: &written.raw,
        },
        &Recorded {
            kind,
            hash: written.hash.0,
            command: &text,
            written_ms: author.at_ms,
        },
    )?;
    let owner = owner(kind, index).unwrap_or(author.principal.person);
    document_rows::written(tx, document, kind, owner, author.at_ms)?;
    projections::project(tx, kind, document, index, &writes)?;
    Ok(())
}

/// The document's state after something about its operations changed.
pub(super) fn refresh_state(tx: &Connection, document: DocumentId) -> Result<(), ReplicaError> {
    document_rows::refresh_state(tx, document)?;
    Ok(())
}
