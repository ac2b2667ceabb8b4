use axum::extract::State;

use super::{App, Problem, problems};
use crate::store::Store;

/// `GET /healthz`: the process runs.
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// `GET /readyz`: the store answers, and the server is not stopping.
pub(super) async fn readyz<S: Store>(State(app): State<App<S>>) -> Result<&'static str, Problem> {
    if *app.stopping().borrow() {
        return Err(problems::stopping());
    }
    app.work(|app| Ok(app.store().read(|reader| reader.server().map(|_| ()))?))
        .await?;
    Ok("ready")
}
