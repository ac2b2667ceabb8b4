use std::convert::Infallible;
use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use fieldbook_core::model::PersonId;
use fieldbook_core::trust::Claim;
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::fields::digits;
use super::news::Moved;
use super::serve::stopped;
use super::sync::signed_in;
use super::{App, Problem, body, problems};
use crate::clock::unix_ms;
use crate::exchange::Caller;
use crate::identity::IdentityError;
use crate::store::{Reader, Store, StoreError, Viewer};

/// A comment keeps connections through proxies and phone networks open.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

/// One phone that listens.
struct Listener {
    caller: Caller,
    /// Something came for this phone before it listened.
    missed: Option<u64>,
    news: Receiver<Moved>,
    stopping: watch::Receiver<bool>,
    /// Nothing comes after what came last.
    is_last: bool,
    /// The token ends here; the phone listens again with its next one.
    until: Instant,
}

/// Where the phone that listens stands in the log, signed.
#[derive(Debug, Deserialize)]
pub(super) struct Position {
    /// The sequence of its cursor; what came after it, before it listened, is news at once.
    after: Option<u64>,
    /// The number of this wish, from the same count as the requests'.
    number: Option<u64>,
    /// The device's signature over both.
    signature: Option<String>,
}

/// `GET /v1/events?after=N`: an event `news` (its data: the log's sequence) whenever there is something for this
/// phone to fetch, at once when that came after `after`. The stream ends with the token or the server.
pub(super) async fn events<S: Store>(
    State(app): State<App<S>>,
    position: Result<Query<Position>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let Query(position) = position.map_err(|error| problems::bad_field("query", error.body_text()))?;
    let token = body::bearer(&headers)?;
    let (Some(number), Some(signature)) = (position.number, &position.signature) else {
        return Err(problems::signature_missing());
    };
    let signature = digits("signature", signature)?;
    // Listening begins before the look at the log, so that nothing falls in between.
    let news = app.news().listen();
    let (signed_in, missed) = app
        .work(move |app| {
            let signed_in = signed_in(app, &token)?;
            let claim = Claim::Events {
                server: app.store().read(|reader| Ok(reader.server()?.id))?,
                tenant: signed_in.caller.principal.tenant,
                number,
                after: position.after.unwrap_or(0),
            };
            signed_in.check(&claim, &signature)?;
            signed_in.take_number(app.numbers(), number)?;
            if signed_in.caller.ended.is_some() {
                // It is to sync, hand in what it has and hear what it is to do; there is no news for it.
                return Err(IdentityError::DeviceRevoked.into());
            }
            let missed = match position.after {
                Some(after) => app
                    .store()
                    .read(|reader| missed(reader, &signed_in.caller, after))?,
                None => None,
            };
            Ok((signed_in, missed))
        })
        .await?;
    let left = signed_in.expires_ms.saturating_sub(unix_ms(app.clock().now()));
    let listener = Listener {
        caller: signed_in.caller,
        missed,
        news,
        is_last: false,
        stopping: app.stopping(),
        until: Instant::now() + Duration::from_millis(left),
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let sequence = listener.next().await?;
        let event = Event::default().event("news").data(sequence.to_string());
        Some((Ok(event), listener))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

/// Where the log is when something behind `after` is for this phone to fetch: of somebody it sees, and not its own work.
pub(super) fn missed(reader: &dyn Reader, caller: &Caller, after: u64) -> Result<Option<u64>, StoreError> {
    let tenant = caller.principal.tenant;
    let people: Vec<PersonId> = caller.principal.subtree.iter().copied().collect();
    let viewer = Viewer {
        person: caller.principal.person,
        people: &people,
        but: Some(caller.device),
    };
    let head = reader.head(tenant)?.sequence;
    // Any row will do: one byte is enough for the first.
    let rows = reader.log_seen(tenant, &viewer, after, head, 1)?;
    Ok((!rows.is_empty()).then_some(head))
}

impl Listener {
    /// The next sequence worth fetching; `None` at the end.
    async fn next(&mut self) -> Option<u64> {
        if self.is_last {
            return None;
        }
        if let Some(head) = self.missed.take() {
            return Some(head);
        }
        loop {
            let moved = tokio::select! {
                moved = self.news.recv() => moved,
                () = stopped(&mut self.stopping) => return None,
                () = sleep_until(self.until) => return None,
            };
            match moved {
                Ok(moved) if moved.concerns(&self.caller) => {
                    // Rights may have changed: the phone listens again with those it has now.
                    self.is_last = moved.owners.is_none();
                    return Some(moved.sequence);
                }
                Ok(_) => {}
                // What was missed may have been for this phone.
                Err(RecvError::Lagged(_)) => return Some(0),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
