//! HTTP at the edge: one endpoint a file, every error a problem (RFC 9457) that names what is wrong and what to do.

mod app;
mod bodies;
mod body;
mod counters;
mod device;
mod enrol;
mod events;
mod fields;
mod health;
mod hostile;
mod limits;
mod news;
mod places;
mod problem;
mod problems;
mod resume;
mod serve;
mod sync;
#[cfg(test)]
mod tests;
mod token;

use axum::Router;
use axum::http::Uri;
use axum::routing::{get, post};

pub use app::App;
pub use counters::{Counters, Counts};
pub use limits::Limits;
pub use problem::Problem;
pub use serve::{ServeError, bind, serve, stop_signal};
pub use sync::SYNC_BODY;

use crate::store::Store;

/// All endpoints of a server.
pub fn router<S: Store>(app: App<S>) -> Router {
    Router::new()
        .route("/v1/enrol", post(enrol::enrol::<S>))
        .route("/v1/device", post(device::device::<S>))
        .route("/v1/token", post(token::token::<S>))
        .route("/v1/resume", post(resume::resumption::<S>))
        .route("/v1/sync", post(sync::sync::<S>))
        .route("/v1/events", get(events::events::<S>))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz::<S>))
        .fallback(|uri: Uri| async move { problems::not_found(uri.path()) })
        .method_not_allowed_fallback(|uri: Uri| async move { problems::wrong_method(uri.path()) })
        .with_state(app)
}
