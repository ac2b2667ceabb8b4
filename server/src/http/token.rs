use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;

use super::fields::Fields;
use super::{App, Problem};
use crate::clock::unix_ms;
use crate::identity::{IdentityError, Tokens, refresh};
use crate::store::Store;

/// A pair of tokens.
#[derive(Debug, Serialize)]
pub(super) struct TokensBody {
    access_token: String,
    access_expires_ms: u64,
    refresh_token: String,
}

/// `POST /v1/token`: a refresh token for the next pair.
pub(super) async fn token<S: Store>(
    State(app): State<App<S>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<TokensBody>, Problem> {
    let fields = Fields::read(&app, &headers, body).await?;
    let text = fields.text("refresh_token", 200)?;
    let signature = fields.bytes("signature")?;
    app.work(move |app| {
        let (now_ms, mut rng) = (unix_ms(app.clock().now()), app.rng());
        let tokens = app
            .store()
            .transact(move |writer| refresh(writer, &text, &signature, now_ms, &mut rng));
        match tokens {
            Ok(tokens) => Ok(Json(tokens.into())),
            Err(error @ IdentityError::UnknownToken) => Err(lost(app, error)),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

/// A token that this server does not know. After a restore it may be one that the backup does not have yet.
fn lost<S: Store>(app: &App<S>, error: IdentityError) -> Problem {
    match app.store().read(|reader| reader.restored()) {
        Ok(Some(restored)) => Problem::from(error).restored(restored.epoch),
        Ok(None) => error.into(),
        Err(error) => error.into(),
    }
}

impl From<Tokens> for TokensBody {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access,
            access_expires_ms: tokens.access_expires_ms,
            refresh_token: tokens.refresh,
        }
    }
}
