//! The hot path: one exchange, in its order admit → decode → gate → rules → append → answer.
//!
//! [`exchange`] is a function of (store, caller, request, now), so a test runs a thousand phones and a server in
//! one process with a seed and no sockets. Nothing here loads an Automerge document: the gate's index gives
//! the rules what they need, and what is appended are the sender's own bytes.

mod admit;
mod budget;
mod cache;
mod caller;
mod news;
mod refused;
mod rejection;
mod scope;
mod seal;
mod section;
mod stored;
mod testimony;
mod upload;
mod verdicts;

pub use cache::IndexCache;
pub use caller::Caller;
pub use refused::Refused;
pub(crate) use seal::seal;
pub use stored::read_index;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use fieldbook_core::wire::{Answer, PROTOCOL_VERSION, Request, SCHEMA_VERSION, Section, Testimony};

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
    let Request {
        protocol,
        schema,
        cursor,
        reference,
        budget,
        upload,
        waiting: _,
        testimony,
    } = request;
    if protocol != PROTOCOL_VERSION {
        return Err(Refused::Protocol {
            got: protocol,
            known: PROTOCOL_VERSION,
        });
    }
    if schema == 0 || schema > SCHEMA_VERSION {
        return Err(Refused::Schema {
            got: schema,
            known: SCHEMA_VERSION,
        });
    }
    let recovers = testimony.is_some();
    let testimony = testimony.unwrap_or_default();
    check_size(&upload, &testimony)?;
    let server = store.read(|reader| reader.server())?;
    if let Some(cursor) = cursor.as_ref().filter(|cursor| cursor.server != server.id) {
        return Err(Refused::WrongServer {
            phone: cursor.server,
            ours: server.id,
        });
    }
    let brought = Brought {
        sections: upload,
        testimony,
    };
    let hold = recovery::look(store, &server, now)?;
    let tenant = caller.principal.tenant;
    let due = |reader: &dyn Reader| rulings::is_due(reader, tenant, now);
    // After a restore, what a phone may still hand back is not ruled on again.
    if hold == Hold::Over && store.read(due)? {
        store.write(move |writer| rulings::keep_up(writer, tenant, now))?;
    }
    let taken = upload::take(store, cache, (caller, &server, hold), schema, brought, now)?;
    let mut plan = scope::plan(store, &server, caller, cursor.as_ref())?;
    plan.whole |= recovers;
    if let Hold::On(epoch) = hold
        && !recovers
        && !plan.rewind
    {
        recovery::note_caught_up(store, caller, epoch)?;
    }
    let news = store.read(|reader| news::collect(reader, caller, &plan, budget, reference, now))?;
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
    })
}

/// Is the upload small enough to be answered operation by operation?
fn check_size(upload: &[Section], testimony: &[Testimony]) -> Result<(), Refused> {
    let too_many = |what, count, limit| Err(Refused::TooMany { what, count, limit });
    let sections = upload.len() + testimony.len();
    if sections > MAX_SECTIONS {
        return too_many("sections", sections as u64, MAX_SECTIONS as u64);
    }
    let uploaded = upload.iter().map(|section| section.base);
    let bases = uploaded.chain(testimony.iter().map(|piece| piece.base));
    if let Some(base) = bases.max().filter(|base| *base > MAX_BASE) {
        return too_many("operations of one actor", base, MAX_BASE);
    }
    // One section that claims more than a section may have is refused for itself.
    let uploaded = upload.iter().map(|section| section.count);
    let counts = uploaded.chain(testimony.iter().map(|piece| piece.count));
    let counts = counts.map(|count| u64::from(count.min(verdicts::MAX_COUNT)));
    match counts.sum() {
        operations if operations > MAX_OPERATIONS => too_many("operations", operations, MAX_OPERATIONS),
        _ => Ok(()),
    }
}
