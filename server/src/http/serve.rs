use std::convert::Infallible;
use std::future::Future;
use std::io::ErrorKind;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::places::{Answering, Places, Seat};
use super::{App, router};
use crate::store::Store;

/// How long the head of a request may take, and how long an idle connection is kept for the next one.
const HEAD: Duration = Duration::from_secs(60);
/// What a connection may hold of a head, and of a body before it is taken, in bytes.
const BUFFER: usize = 16 << 10;
/// How long requests may take to finish once the server stops.
const LAST_REQUESTS: Duration = Duration::from_secs(20);
/// How often the log is looked at for writes of other processes.
const LOOK: Duration = Duration::from_secs(2);

/// Why the server does not serve.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServeError {
    /// The address is no address.
    #[error(
        "{address:?} is not an address to listen on ({problem}); use ADDRESS:PORT such as 127.0.0.1:7878"
    )]
    Address {
        /// What was given.
        address: String,
        /// What the system says.
        problem: String,
    },
    /// The port is taken.
    #[error(
        "{address} is in use by another program; stop it, or choose another address with --listen \
         (port 0 takes a free one)"
    )]
    InUse {
        /// The address.
        address: String,
    },
    /// The runtime failed.
    #[error("the server could not run: {0}")]
    Runtime(String),
}

/// Opens the address.
///
/// # Errors
/// An address that is none, is not this machine's, or is in use.
pub async fn bind(address: &str) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => ServeError::InUse {
                address: address.to_owned(),
            },
            _ => ServeError::Address {
                address: address.to_owned(),
                problem: error.to_string(),
            },
        })
}

/// Resolves when the process is asked to stop: SIGTERM or Ctrl-C. Must be called inside a runtime.
///
/// # Errors
/// When the system does not let us listen for signals.
pub fn stop_signal() -> Result<impl Future<Output = ()>, ServeError> {
    let failed = |error: std::io::Error| ServeError::Runtime(error.to_string());
    #[cfg(unix)]
    let mut terminate =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).map_err(failed)?;
    #[cfg(not(unix))]
    let _ = failed;
    Ok(async move {
        let interrupt = tokio::signal::ctrl_c();
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt => {}
        }
        #[cfg(not(unix))]
        let _ = interrupt.await;
    })
}

/// Serves until `stop` resolves, then takes no more connections, finishes the requests under way and returns.
///
/// # Errors
/// None today; kept for stores whose end can fail.
pub async fn serve<S: Store>(
    listener: TcpListener,
    app: App<S>,
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let routes = router(app.clone());
    let places = Places::new(app.limits().connections);
    let mut stop = pin!(stop);
    let watcher = tokio::spawn(watch_log(app.clone()));
    loop {
        tokio::select! {
            () = &mut stop => break,
            (connection, seat) = accept(&listener, &places) => {
                let silence = app.limits().silence;
                tokio::spawn(converse(connection, routes.clone(), app.stopping(), (seat, silence)));
            }
        }
    }
    drop(listener);
    watcher.abort();
    app.stop();
    // Every connection has a seat: when all are free, all requests are finished.
    if timeout(LAST_REQUESTS, places.empty()).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
    Ok(())
}

async fn accept(listener: &TcpListener, places: &Arc<Places>) -> (TcpStream, Seat) {
    loop {
        match listener.accept().await {
            Ok((connection, _)) => return (connection, places.take().await),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                // Out of file descriptors: closing connections frees them.
                places.make_room();
                sleep(Duration::from_millis(10)).await;
            }
        }
    }
}

/// One connection, request after request.
async fn converse(
    connection: TcpStream,
    routes: Router,
    mut stopping: watch::Receiver<bool>,
    (seat, silence): (Seat, Duration),
) {
    // Answers are written whole: waiting for more to send with them only adds delay.
    let _ = connection.set_nodelay(true);
    let mut first = [0];
    let speaks = tokio::select! {
        biased;
        speaks = timeout(silence, connection.peek(&mut first)) => speaks.is_ok(),
        () = seat.asked_to_leave() => false,
        () = stopped(&mut stopping) => false,
    };
    if !speaks {
        return;
    }
    let (router, begin) = (TowerToHyperService::new(routes), seat.requests());
    let service = service_fn(move |request: Request<Incoming>| {
        let under_way = begin();
        let answer = router.call(request);
        async move { Ok::<_, Infallible>(answer.await?.map(|body| Answering::body(body, under_way))) }
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(BUFFER);
    let mut conversation = pin!(builder.serve_connection(TokioIo::new(connection), service));
    let end = tokio::select! {
        end = conversation.as_mut() => end,
        () = seat.asked_to_leave() => return,
        () = stopped(&mut stopping) => {
            conversation.as_mut().graceful_shutdown();
            conversation.await
        }
    };
    if let Err(error) = end {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Resolves when the server is asked to stop.
pub(super) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An app that is gone has stopped too.
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

/// Looks at the log for writes of other processes, for ever.
async fn watch_log<S: Store>(app: App<S>) {
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        look.tick().await;
        if let Err(problem) = app.work(|app| Ok(app.news().look(app.store())?)).await {
            tracing::warn!(problem = problem.kind(), "the log could not be looked at");
        }
    }
}
