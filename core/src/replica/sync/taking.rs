use rusqlite::Connection;

use super::apply::Applied;
use super::machine::{Arriving, Report};
use crate::model::{DocumentId, Kind};
use crate::replica::documents::Documents;
use crate::replica::execute::{Author, refresh_state};
use crate::replica::live::Changed;
use crate::replica::recovery::Said;
use crate::replica::settle::{Refusal, SentSection, park_from, settle};
use crate::replica::store::{Savepoint, outbox, pending};
use crate::replica::{
    Identity, Now, ReplicaError, contact, damaged, dependents, ended, leaving, principal, receipt, receive,
    recovery, refetch,
};
use crate::wire::Answer;

/// How long to wait when the server could take none of what was sent and refused none of it.
const NO_PROGRESS_MS: u64 = 10_000;

/// An answer being taken inside one transaction.
pub(super) struct Taking<'a> {
    pub(super) tx: &'a Connection,
    pub(super) identity: &'a Identity,
    pub(super) author: Author<'a>,
    pub(super) documents: &'a mut Documents,
    pub(super) changed: &'a mut Changed,
}

impl Taking<'_> {
    /// The whole answer; the cursor goes last.
    ///
    /// # Errors
    /// When the store does not write, or something in it does not read that is not one document's.
    pub(super) fn answer(
        &mut self,
        answer: &Answer,
        (sent, said): (&[SentSection], &[Said]),
        now: &Now,
    ) -> Result<Applied, ReplicaError> {
        let tx = self.tx;
        let mut report = Report {
            rewound: answer.rewind,
            arriving: answer.head.map(|of| Arriving {
                read: answer.cursor.sequence.min(of),
                of,
            }),
            ..Report::default()
        };
        if answer.rewind {
            recovery::begin(tx)?;
        }
        let mut retry_after_ms = self.verdicts(answer, sent, &mut report)?;
        let heard = recovery::heard(tx, said, answer.heard.as_deref().unwrap_or_default())?;
        report.handed_back = heard.handed_back;
        if recovery::phase(tx)?.is_some() {
            recovery::shown(tx, answer)?;
        }
        self.news(answer, &mut report)?;
        self.dependents(&mut report)?;
        let mut left = heard.left;
        left.extend(recovery::go_on(tx, answer)?);
        // What was handed back first was out of sight, until the last of it told who was asked.
        left.retain(|left| !answer.news.iter().any(|news| news.document == *left));
        self.leaving(answer, &left, &mut report)?;
        if let Some(reference) = &answer.reference {
            principal::put_reference(tx, reference)?;
        }
        if let Some(receipt) = &answer.receipt {
            receipt::take(tx, self.identity, receipt)?;
        }
        contact::put(tx, now, answer.now_ms)?;
        principal::put_cursor(tx, &answer.cursor)?;
        let refetches = refetch::ask(tx)?;
        if !refetches && !answer.more && !answer.rewind {
            report.parked += refetch::finish(tx, self.documents, &self.author, self.changed)?;
        }
        let waiting = pending::count(tx)? > 0;
        let recovers = recovery::phase(tx)?.is_some();
        let moved =
            report.accepted + report.duplicate + report.parked + report.offered_again + heard.looked_at;
        let is_stuck =
            (waiting && !recovers && (!sent.is_empty() || !damaged::all(tx)?.is_empty())) || !said.is_empty();
        if is_stuck && moved == 0 && !answer.rewind && !refetches {
            // Asking again at once would get the same answer.
            retry_after_ms = retry_after_ms.max(Some(NO_PROGRESS_MS));
        }
        let more =
            answer.more || answer.rewind || refetches || (retry_after_ms.is_none() && (waiting || recovers));
        if !more {
            outbox::forget_accepted(tx, answer.now_ms.saturating_sub(outbox::KEPT_MS))?;
        }
        Ok(Applied {
            report,
            more,
            retry_after_ms,
        })
    }

    fn verdicts(
        &mut self,
        answer: &Answer,
        sent: &[SentSection],
        report: &mut Report,
    ) -> Result<Option<u64>, ReplicaError> {
        let mut retry_after_ms = None;
        for (section, verdict) in sent.iter().zip(&answer.verdicts) {
            let tx = self.tx;
            let settled = self.alone(section.document, |taking| {
                settle(
                    tx,
                    taking.documents,
                    &taking.author,
                    section,
                    (verdict, answer.now_ms),
                    taking.changed,
                )
            })?;
            let Some(settled) = settled else { continue };
            report.accepted += settled.accepted;
            report.duplicate += settled.duplicate;
            report.parked += settled.parked;
            report.offered_again += settled.offered_again;
            retry_after_ms = retry_after_ms.max(settled.retry_after_ms);
        }
        Ok(retry_after_ms)
    }

    fn news(&mut self, answer: &Answer, report: &mut Report) -> Result<(), ReplicaError> {
        for news in &answer.news {
            let tx = self.tx;
            leaving::returned(tx, news.document)?;
            let taken = self.alone(news.document, |taking| {
                let at_ms = taking.author.at_ms;
                refetch::make_room(tx, taking.documents, news.document)?;
                receive::take(tx, taking.documents, &answer.origins, news, at_ms, taking.changed)
            })?;
            if taken.is_none() {
                refetch::came_in_vain(tx, news.document)?;
            }
            report.news += u64::from(taken.is_some());
        }
        Ok(())
    }

    /// What names a document that could not be made is parked with it, whether it was sent or not.
    fn dependents(&mut self, report: &mut Report) -> Result<(), ReplicaError> {
        while let Some(dependent) = dependents::next(self.tx)? {
            let (tx, row) = (self.tx, &dependent.row);
            let refusal = Refusal {
                document: row.document,
                kind: row.kind,
                rebase: row.rebase,
                sequence: row.sequence,
                rejection: &dependent.rejection,
                depends_on: Some(dependent.depends_on),
            };
            let parked = self.alone(row.document, |taking| {
                park_from(tx, taking.documents, &taking.author, &refusal)
            })?;
            self.changed.documents.insert((row.kind, row.document));
            refresh_state(tx, row.document)?;
            match parked {
                Some(parked) if parked > 0 => report.parked += parked,
                // It does not read: what is noted as damaged waits for support.
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    fn leaving(
        &mut self,
        answer: &Answer,
        left: &[DocumentId],
        report: &mut Report,
    ) -> Result<(), ReplicaError> {
        let mut gone = leaving::sweep(self.tx)?;
        for document in answer.forget.iter().chain(left) {
            if leaving::forget(self.tx, *document)? {
                gone.push(*document);
                report.forgotten += 1;
            }
        }
        if let Some(ended) = &answer.ended {
            let removed = ended::take(self.tx, ended)?;
            report.forgotten += removed.len() as u64;
            gone.extend(removed);
        }
        for document in gone {
            self.documents.evict(document);
            self.changed
                .documents
                .extend(Kind::ALL.map(|kind| (kind, document)));
        }
        Ok(())
    }

    /// Does something to one document. When that document does not read, only its part of the answer is taken back and
    /// the document is noted as damaged: one bad document stops nothing else.
    fn alone<T>(
        &mut self,
        document: DocumentId,
        take: impl FnOnce(&mut Self) -> Result<T, ReplicaError>,
    ) -> Result<Option<T>, ReplicaError> {
        let savepoint = Savepoint::begin(self.tx)?;
        match take(self) {
            Ok(taken) => {
                savepoint.keep()?;
                Ok(Some(taken))
            }
            Err(ReplicaError::Damaged {
                document: damaged,
                detail,
            }) => {
                savepoint.take_back()?;
                self.documents.evict(document);
                tracing::error!(document = %damaged, detail, "a document does not read; the others go on");
                damaged::note(self.tx, damaged)?;
                self.changed.status = true;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
