use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::news::Moved;
use super::serve::stopped;
use super::sync::signed_in;
use super::{App, Problem, body};
use crate::clock::unix_ms;
use crate::exchange::Caller;
use crate::store::Store;

/// A comment keeps connections through proxies and phone networks open.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

/// One phone that listens.
struct Listener {
    caller: Caller,
    /// The log moved before this phone listened.
    missed: Option<u64>,
    news: Receiver<Moved>,
    stopping: watch::Receiver<bool>,
    /// The token ends here; the phone listens again with its next one.
    until: Instant,
}

/// Where the phone that listens stands in the log.
#[derive(Debug, Deserialize)]
pub(super) struct Position {
    /// The sequence of its cursor; what came after it, before it listened, is news at once.
    after: Option<u64>,
}

/// `GET /v1/events?after=N`: an event `news` (its data: the log's sequence) whenever there is something for this
/// phone to fetch, at once when the log has moved beyond `after`. The stream ends with the token or the server.
pub(super) async fn events<S: Store>(
    State(app): State<App<S>>,
    Query(position): Query<Position>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let token = body::bearer(&headers)?;
    // Listening begins before the look at the log, so that nothing falls in between.
    let news = app.news().listen();
    let (signed_in, head) = app
        .work(move |app| {
            let signed_in = signed_in(app, &token)?;
            let tenant = signed_in.caller.principal.tenant;
            let head = app.store().read(|reader| reader.head(tenant))?;
            Ok((signed_in, head.sequence))
        })
        .await?;
    let left = signed_in.expires_ms.saturating_sub(unix_ms(app.clock().now()));
    let listener = Listener {
        caller: signed_in.caller,
        missed: position.after.is_some_and(|after| head > after).then_some(head),
        news,
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

impl Listener {
    /// The next sequence worth fetching; `None` at the end.
    async fn next(&mut self) -> Option<u64> {
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
                Ok(moved) if moved.concerns(&self.caller) => return Some(moved.sequence),
                Ok(_) => {}
                // What was missed may have been for this phone.
                Err(RecvError::Lagged(_)) => return Some(0),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
