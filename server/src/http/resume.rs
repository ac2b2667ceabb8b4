use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;

use super::fields::Fields;
use super::token::TokensBody;
use super::{App, Problem};
use crate::clock::unix_ms;
use crate::identity::{IdentityError, Resumption, resume};
use crate::store::Store;

/// `POST /v1/resume`: a phone whose tokens a restored server does not know goes on by its key.
pub(super) async fn resumption<S: Store>(
    State(app): State<App<S>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<TokensBody>, Problem> {
    let fields = Fields::read(&app, &headers, body).await?;
    let request = Resumption {
        public_key: fields.bytes("public_key")?,
        epoch: fields.number("epoch")?,
        number: fields.number("number")?,
        signature: fields.bytes("signature")?,
    };
    app.work(move |app| {
        let (now_ms, mut rng, numbers) = (unix_ms(app.clock().now()), app.rng(), app.clone());
        let tokens = app
            .store()
            .transact(move |writer| resume(writer, numbers.numbers(), &request, now_ms, &mut rng));
        match tokens {
            Ok(tokens) => Ok(Json(tokens.into())),
            Err(error @ IdentityError::UnknownKey) => Err(Problem::from(error).field("public_key")),
            Err(error) => Err(error.into()),
        }
    })
    .await
}
