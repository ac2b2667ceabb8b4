use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;

use super::enrol::EnrolledBody;
use super::fields::Fields;
use super::{App, Problem};
use crate::clock::unix_ms;
use crate::identity::{Copied, register_copy};
use crate::store::Store;

/// `POST /v1/device`: a phone whose data was copied, with its key, takes a key of its own. Both keys sign; a token is not
/// asked for, because the phone that it was copied from may have replaced it.
pub(super) async fn device<S: Store>(
    State(app): State<App<S>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<EnrolledBody>, Problem> {
    let fields = Fields::read(&app, &headers, body).await?;
    let request = Copied {
        former: fields.bytes("former")?,
        public_key: fields.bytes("public_key")?,
        former_signature: fields.bytes("former_signature")?,
        signature: fields.bytes("signature")?,
    };
    app.work(move |app| {
        let (now_ms, mut rng) = (unix_ms(app.clock().now()), app.rng());
        let registered = app
            .store()
            .transact(move |writer| register_copy(writer, &request, now_ms, &mut rng))?;
        Ok(Json(registered.into()))
    })
    .await
}
