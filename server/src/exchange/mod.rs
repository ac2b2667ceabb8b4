//! The hot path: one exchange, in its order verify → admit → decode → gate → rules → append → answer.
//!
//! [`exchange`] is a function of (store, caller, request, now), so a test runs a thousand phones and a server in
//! one process with a seed and no sockets. Nothing here loads an Automerge document: the gate's index gives
//! the rules what they need, and what is appended are the sender's own bytes.

mod admit;
mod budget;
mod cache;
mod caller;
mod damaged;
mod ending;
mod equivocation;
mod news;
mod proof;
mod quarantine;
mod receipt;
mod refused;
mod rejection;
mod scope;
mod seal;
mod section;
mod stored;
mod testimony;
mod upload;
mod verdicts;
mod verify;

pub use cache::IndexCache;
pub use caller::Caller;
pub(crate) use damaged::contain;
pub use quarantine::{named, read_quarantined};
pub use refused::Refused;
pub(crate) use seal::seal;
pub use stored::read_index;
pub(crate) use stored::read_segments;
pub use verify::{Verified, verify};

use std::sync::Arc;

use chrono::{DateTime, Utc};
use fieldbook_core::wire::{Answer, PROTOCOL_VERSION, Request};

use crate::recovery::{self, Hold};
use crate::rulings;
use crate::store::{Reader, Store};
use upload::Brought;

/// Sections in one request at most, before any is read.
const MAX_SECTIONS: usize = 4_000;
/// Operations that the sections of one request may have together: each gets a verdict. A phone sends 2,000.
const MAX_OPERATIONS: u64 = 40_000;
/// Operations of one actor on one document at most; counters beyond it have no meaning.
const MAX_BASE: u64 = 1 << 40;

/// Takes a phone's request and answers it. What the answer calls stored is durable.
///
/// # Errors
/// [`Refused`] when the request as a whole cannot be answered; a single operation that may not be written gets its
/// verdict inside the answer instead.
pub fn exchange<S: Store>(
    store: &S,
    cache: &Arc<IndexCache>,
    caller: &Caller,
    request: Request,
    now: DateTime<Utc>,
) -> Result<Answer, Refused> {
    let server = store.read(|reader| reader.server())?;
    answer(store, cache, caller, verify(&server, caller, request)?, now)
}

/// [`exchange`] from where the signature was checked.
///
/// # Errors
/// [`Refused`] when the store does not read or write.
pub fn answer<S: Store>(
    store: &S,
    cache: &Arc<IndexCache>,
    caller: &Caller,
    verified: Verified,
    now: DateTime<Utc>,
) -> Result<Answer, Refused> {
    let Verified { request, signature } = verified;
    let server = store.read(|reader| reader.server())?;
    let recovers = request.testimony.is_some();
    let brought = Brought {
        sections: request.upload,
        testimony: request.testimony.unwrap_or_default(),
        signature,
    };
    let brings = !brought.sections.is_empty() || recovers;
    let hold = recovery::look(store, &server, now)?;
    let tenant = caller.principal.tenant;
    let due = |reader: &dyn Reader| rulings::is_due(reader, tenant, now);
    // After a restore, what a phone may still hand back is not ruled on again.
    if hold == Hold::Over && store.read(due)? {
        store.write(move |writer| rulings::keep_up(writer, tenant, now))?;
    }
    let mut taken = upload::take(
        store,
        cache,
        (caller, &server, hold),
        request.schema,
        brought,
        now,
    )?;
    let by = taken.by.take();
    let caller = by.as_ref().unwrap_or(caller);
    if let Some(ended) = caller.ended {
        let has_nothing = request.waiting == 0 && taken.verdicts.is_empty();
        return Ok(ending::answer(
            store,
            (&server, caller, ended),
            (request.cursor.as_ref(), has_nothing),
            taken,
            now,
        )?);
    }
    let mut plan = scope::plan(store, &server, caller, request.cursor.as_ref())?;
    plan.whole |= recovers;
    if let Hold::On(epoch) = hold
        && !recovers
        && !plan.rewind
    {
        recovery::note_caught_up(store, caller, epoch)?;
    }
    let (budget, reference) = (request.budget, request.reference);
    let (news, receipt) = store.read(|reader| {
        let mut news = news::collect(reader, caller, &plan, budget, reference, now)?;
        news.forget(taken.unseen);
        let ruled = reader.ruling_head(caller.principal.tenant)?.sequence;
        // What another log's receipt said does not hold for this one.
        let receipt = if brings || plan.rewind || request.ruling != Some(ruled) {
            Some(receipt::receipt(reader, &server, caller, now)?)
        } else {
            None
        };
        Ok((news, receipt))
    })?;
    Ok(Answer {
        protocol: PROTOCOL_VERSION,
        server: server.id,
        now_ms: u64::try_from(now.timestamp_millis()).unwrap_or(0),
        verdicts: taken.verdicts,
        origins: news.origins,
        news: news.documents,
        forget: news.forget,
        reference: news.reference,
        cursor: news.cursor,
        more: news.more,
        rewind: plan.rewind,
        heard: (!taken.heard.is_empty()).then_some(taken.heard),
        receipt,
        ended: None,
        head: news.head,
    })
}
