use super::machine::Report;
use super::taking::Taking;
use crate::model::InstallationKey;
use crate::replica::documents::Documents;
use crate::replica::execute::Author;
use crate::replica::live::Changed;
use crate::replica::recovery::Said;
use crate::replica::settle::SentSection;
use crate::replica::store::outbox;
use crate::replica::{Identity, Now, Replica, ReplicaError, copied, principal};
use crate::trust;
use crate::wire::{self, Answer, Verdict};

/// What taking an answer did.
pub(super) struct Applied {
    pub(super) report: Report,
    pub(super) more: bool,
    pub(super) retry_after_ms: Option<u64>,
}

/// Takes a whole answer in one transaction; the cursor goes last.
pub(super) fn apply(
    replica: &Replica,
    (sent, said): (&[SentSection], &[Said]),
    body: &[u8],
    now: &Now,
    rng: &mut impl rand::Rng,
) -> Result<Applied, ReplicaError> {
    let answer = read(body)?;
    let identity = replica.identity()?;
    check(&answer, &identity, (sent, said))?;
    // Another phone goes on under this one's name: the verdicts are taken under a new one.
    let fork = tells_of_a_copy(&answer, sent, replica)?.then(|| {
        let mut fresh = [0; 32];
        rng.fill_bytes(&mut fresh);
        fresh
    });
    let writer = fork.map_or(replica.installation()?, |fresh| InstallationKey {
        public_key: trust::public_key(&fresh),
        epoch: 0,
    });
    let known = replica.reference();
    let principal = principal::principal(&identity, answer.reference.as_ref().or(known.as_ref()));
    let author = Author {
        installation: writer,
        principal: &principal,
        at_ms: now.unix_ms(),
    };
    let mut documents = replica.lock_documents();
    let mut changed = Changed {
        status: true,
        ..Changed::default()
    };
    let applied = replica.store().write(|tx| -> Result<Applied, ReplicaError> {
        let mut taking = Taking {
            tx,
            identity: &identity,
            author,
            documents: &mut documents,
            changed: &mut changed,
        };
        if let Some(fresh) = fork {
            copied::take_own_key(tx, fresh)?;
        }
        let applied = taking.answer(&answer, (sent, said), now)?;
        if fork.is_some() {
            // As a device of its own it reads everything again.
            principal::forget_cursor(tx)?;
            return Ok(Applied {
                more: true,
                ..applied
            });
        }
        Ok(applied)
    });
    if applied.is_err() {
        // What was taken into memory is not in the store.
        *documents = Documents::default();
    }
    drop(documents);
    let applied = applied?;
    if fork.is_some() {
        replica.read_identity()?;
    }
    if let Some(reference) = answer.reference {
        replica.set_reference(reference);
    }
    replica.live().notify(&changed);
    Ok(applied)
}

/// Is this installation a copy of another one, or another one of this? The server has other operations under the name
/// that it writes with now.
fn tells_of_a_copy(answer: &Answer, sent: &[SentSection], replica: &Replica) -> Result<bool, ReplicaError> {
    let own = replica.installation()?;
    let forked = sent.iter().zip(&answer.verdicts).filter(
        |(_, verdict)| matches!(verdict.rest.first(), Some(Verdict::Rejected(why)) if why.is_of_a_copy()),
    );
    for (section, _) in forked {
        let origin = replica
            .store()
            .read(|conn| outbox::origin(conn, section.document, section.rebase))?;
        if origin == Some(own) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn check(
    answer: &Answer,
    identity: &Identity,
    (sent, said): (&[SentSection], &[Said]),
) -> Result<(), ReplicaError> {
    if answer.server != identity.server || answer.cursor.server != identity.server {
        return Err(ReplicaError::WrongServer {
            ours: identity.server,
            theirs: answer.server,
        });
    }
    if answer.verdicts.len() != sent.len() {
        let (sent, judged) = (sent.len(), answer.verdicts.len());
        return Err(ReplicaError::Answer(format!(
            "{sent} sections were sent and {judged} have a verdict"
        )));
    }
    let heard = answer.heard.as_ref().map_or(0, Vec::len);
    if heard != said.len() {
        let said = said.len();
        return Err(ReplicaError::Answer(format!(
            "{said} pieces were handed back and {heard} are answered"
        )));
    }
    Ok(())
}

fn read(body: &[u8]) -> Result<Answer, ReplicaError> {
    let bytes = wire::inflate(body, 64 << 20)?;
    let answer: Answer = minicbor::decode(&bytes).map_err(|error| ReplicaError::Answer(error.to_string()))?;
    if answer.protocol != wire::PROTOCOL_VERSION {
        let (got, known) = (answer.protocol, wire::PROTOCOL_VERSION);
        return Err(ReplicaError::Answer(format!(
            "it speaks version {got}, this app speaks {known}: update the app"
        )));
    }
    Ok(answer)
}
