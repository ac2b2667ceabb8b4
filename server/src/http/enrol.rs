use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;

use super::fields::Fields;
use super::token::TokensBody;
use super::{App, Problem};
use crate::clock::unix_ms;
use crate::identity::{Enrolled, Enrolment, IdentityError, enrol as enrol_device};
use crate::store::Store;

/// How long the answer to a wrong code takes.
const WRONG_CODE: Duration = Duration::from_millis(250);

/// What a phone is from now on.
#[derive(Debug, Serialize)]
pub(super) struct EnrolledBody {
    server: String,
    tenant: String,
    tenant_name: String,
    person: String,
    person_name: String,
    role: &'static str,
    device: String,
    epoch: u32,
    server_key: String,
    #[serde(flatten)]
    tokens: TokensBody,
}

/// `POST /v1/enrol`: a one-time code and a device key for an identity and tokens.
pub(super) async fn enrol<S: Store>(
    State(app): State<App<S>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<EnrolledBody>, Problem> {
    let fields = Fields::read(&app, &headers, body).await?;
    let request = Enrolment {
        code: fields.text("code", 20)?,
        public_key: fields.bytes("public_key")?,
        epoch: fields.number("epoch")?,
        device_name: fields.text("name", 100)?,
        signature: fields.bytes("signature")?,
    };
    let enrolled = app
        .work(move |app| {
            let (now_ms, mut rng) = (unix_ms(app.clock().now()), app.rng());
            let work = app
                .store()
                .transact(move |writer| enrol_device(writer, &request, now_ms, &mut rng));
            // The refusal is not a failure of the work: it is judged below.
            Ok(work)
        })
        .await?;
    match enrolled {
        Ok(enrolled) => Ok(Json(enrolled.into())),
        Err(error) => {
            if error == IdentityError::UnknownCode {
                let _turn = app.wrong_codes().acquire().await;
                tokio::time::sleep(WRONG_CODE).await;
            }
            Err(error.into())
        }
    }
}

impl From<Enrolled> for EnrolledBody {
    fn from(enrolled: Enrolled) -> Self {
        Self {
            server: enrolled.server.to_string(),
            tenant: enrolled.tenant.id.to_string(),
            tenant_name: enrolled.tenant.name,
            person: enrolled.person.id.to_string(),
            person_name: enrolled.person.name,
            role: enrolled.person.role.name(),
            device: enrolled.device.to_string(),
            epoch: enrolled.epoch,
            server_key: hex::encode(enrolled.server_key),
            tokens: enrolled.tokens.into(),
        }
    }
}
