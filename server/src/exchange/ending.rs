use chrono::{DateTime, Utc};
use fieldbook_core::wire::{Answer, Cursor, Ended, Ending, PROTOCOL_VERSION, ScopeMark};

use super::admit::Stop;
use super::upload::Taken;
use super::{Caller, scope};
use crate::store::{ServerRow, Store, StoreError};

/// What becomes of an operation that was written at `moment_ms` on a phone that no longer works for the organisation;
/// `None` when it is judged like any other.
pub(super) fn stop(ended: &Ended, moment_ms: u64) -> Option<Stop> {
    let in_time = moment_ms < ended.at_ms;
    let rejection = ended.rejection();
    match (ended.how, in_time) {
        (Ending::Left, true) => None,
        (Ending::Left, false) | (Ending::Revoked, true) => Some(Stop::Quarantined(rejection)),
        (Ending::Revoked, false) => Some(Stop::Rejected(rejection)),
    }
}

/// The answer to such a phone: it is to remove everything that it has handed in. When it comes back with nothing left it
/// has done so, and is locked.
pub(super) fn answer<S: Store>(
    store: &S,
    (server, caller, ended): (&ServerRow, &Caller, Ended),
    (cursor, has_nothing): (Option<&Cursor>, bool),
    taken: Taken,
    now: DateTime<Utc>,
) -> Result<Answer, StoreError> {
    let now_ms = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    let nothing = scope::mark(server, caller, &[]);
    let knows = cursor.is_some_and(|cursor| cursor.scope.people == nothing && cursor.scope.lane.is_none());
    if knows && has_nothing {
        let (tenant, device) = (caller.principal.tenant, caller.device);
        store.write(move |writer| writer.close_device(tenant, device, now_ms))?;
    }
    Ok(Answer {
        protocol: PROTOCOL_VERSION,
        server: server.id,
        now_ms,
        verdicts: taken.verdicts,
        origins: Vec::new(),
        news: Vec::new(),
        forget: Vec::new(),
        reference: None,
        cursor: Cursor {
            server: server.id,
            epoch: server.epoch,
            sequence: 0,
            log_hash: [0; 8],
            scope: ScopeMark {
                people: nothing,
                lane: None,
            },
        },
        // Once more, to say that it has done so.
        more: !knows,
        rewind: false,
        receipt: None,
        heard: (!taken.heard.is_empty()).then_some(taken.heard),
        ended: Some(ended),
        head: None,
    })
}
