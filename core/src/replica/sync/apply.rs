use super::machine::Report;
use crate::model::Kind;
use crate::replica::execute::Author;
use crate::replica::live::Changed;
use crate::replica::settle::{SentSection, settle};
use crate::replica::store::{outbox, pending};
use crate::replica::{Now, Replica, ReplicaError, contact, leaving, principal, receive};
use crate::wire::{self, Answer};

/// What taking an answer did.
pub(super) struct Applied {
    pub(super) report: Report,
    pub(super) more: bool,
    pub(super) retry_after_ms: Option<u64>,
}

/// Takes a whole answer in one transaction; the cursor goes last.
pub(super) fn apply(
    replica: &Replica,
    sent: &[SentSection],
    body: &[u8],
    now: &Now,
) -> Result<Applied, ReplicaError> {
    let answer = read(body)?;
    let now_ms = now.unix_ms();
    let identity = replica.identity()?;
    if answer.server != identity.server || answer.cursor.server != identity.server {
        return Err(ReplicaError::WrongServer {
            ours: identity.server,
            theirs: answer.server,
        });
    }
    if answer.verdicts.len() != sent.len() {
        return Err(ReplicaError::Answer(format!(
            "{} sections were sent and {} have a verdict",
            sent.len(),
            answer.verdicts.len()
        )));
    }
    let reference = answer.reference.as_ref();
    let known = replica.reference();
    let principal = principal::principal(&identity, reference.or(known.as_ref()));
    let author = Author {
        installation: replica.installation()?,
        principal: &principal,
        at_ms: now_ms,
    };
    let mut documents = replica.lock_documents();
    let mut changed = Changed {
        status: true,
        ..Changed::default()
    };
    let mut touched = Vec::new();
    let applied = replica.store().write(|tx| -> Result<Applied, ReplicaError> {
        let mut report = Report {
            rewound: answer.rewind,
            ..Report::default()
        };
        let mut retry_after_ms = None;
        for (section, verdict) in sent.iter().zip(&answer.verdicts) {
            touched.push(section.document);
            let settled = settle(tx, &mut documents, &author, section, verdict, &mut changed)?;
            report.accepted += settled.accepted;
            report.duplicate += settled.duplicate;
            report.parked += settled.parked;
            retry_after_ms = retry_after_ms.max(settled.retry_after_ms);
        }
        for news in &answer.news {
            touched.push(news.document);
            leaving::returned(tx, news.document)?;
            receive::take(tx, &mut documents, &answer.origins, news, now_ms, &mut changed)?;
            report.news += 1;
        }
        for document in leaving::sweep(tx)? {
            touched.push(document);
            changed.documents.extend(Kind::ALL.map(|kind| (kind, document)));
        }
        for document in &answer.forget {
            touched.push(*document);
            report.forgotten += u64::from(leaving::forget(tx, *document)?);
        }
        if answer.rewind {
            outbox::offer_all_again(tx)?;
        }
        if let Some(reference) = reference {
            principal::put_reference(tx, reference)?;
        }
        contact::put(tx, now, answer.now_ms)?;
        principal::put_cursor(tx, &answer.cursor)?;
        let more = answer.more || answer.rewind || (retry_after_ms.is_none() && pending::count(tx)? > 0);
        Ok(Applied {
            report,
            more,
            retry_after_ms,
        })
    });
    match applied {
        Ok(applied) => {
            for document in &answer.forget {
                documents.evict(*document);
                changed.documents.extend(Kind::ALL.map(|kind| (kind, *document)));
            }
            drop(documents);
            if let Some(reference) = answer.reference {
                replica.set_reference(reference);
            }
            replica.live().notify(&changed);
            Ok(applied)
        }
        Err(error) => {
            // What was taken into memory is not in the store.
            for document in touched {
                documents.evict(document);
            }
            Err(error)
        }
    }
}

fn read(body: &[u8]) -> Result<Answer, ReplicaError> {
    let bytes = wire::inflate(body, 64 << 20)?;
    minicbor::decode(&bytes).map_err(|error| ReplicaError::Answer(error.to_string()))
}
