use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::{Stream, stream};
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
    news: Receiver<Moved>,
    stopping: watch::Receiver<bool>,
    /// The token ends here; the phone listens again with its next one.
    until: Instant,
}

/// `GET /v1/events`: an event `news` (its data: the log's sequence) whenever there is something for this
/// phone to fetch. The stream ends with the token or the server.
pub(super) async fn events<S: Store>(
    State(app): State<App<S>>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let token = body::bearer(&headers)?;
    let signed_in = app.work(move |app| signed_in(app, &token)).await?;
    let left = signed_in.expires_ms.saturating_sub(unix_ms(app.clock().now()));
    let listener = Listener {
        caller: signed_in.caller,
        news: app.news().listen(),
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
