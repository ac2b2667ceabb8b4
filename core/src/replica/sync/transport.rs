use std::time::Duration;

use futures_util::StreamExt;
use reqwest::{Client, Response, StatusCode};
use serde::{Deserialize, Serialize};

use crate::model::{DeviceId, PersonId, ServerId, TenantId};
use crate::replica::Identity;
use crate::trust::{self, Claim};

/// The media type of an exchange's bodies.
const SYNC_BODY: &str = "application/vnd.fieldbook+cbor-zstd";
/// How long a whole exchange may take.
const EXCHANGE_TIMEOUT: Duration = Duration::from_secs(120);

/// A problem as the server describes it (RFC 9457), as far as a phone reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Problem {
    /// A stable name of the problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is wrong, in a few words.
    pub title: String,
    /// The same in 简体中文.
    pub title_zh: String,
    /// What is wrong, in detail.
    pub detail: String,
    /// What to do.
    pub fix: String,
    /// The same in 简体中文.
    pub fix_zh: String,
    /// The epoch of a server that was restored, when that is why it does not know a token.
    pub epoch: Option<u32>,
}

impl Problem {
    /// The problem's name without what all of them begin with, for example `code-used`.
    pub fn name(&self) -> &str {
        self.kind.rsplit(':').next().unwrap_or_default()
    }
}

/// Why an HTTP call had no good answer.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// No network, no server, or an answer that was cut off.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The server answers that it is busy or stopping.
    #[error("the server asks to come back in {retry_after_ms} ms")]
    Busy {
        /// After how many milliseconds.
        retry_after_ms: u64,
    },
    /// The server knows this phone as a copy of another one.
    #[error("{}: {}", .0.title, .0.fix)]
    Copied(Problem),
    /// The access token is no longer good; a new one is asked for by itself.
    #[error("{}: {}", .0.title, .0.fix)]
    Unauthorised(Problem),
    /// The server refuses, and trying again changes nothing.
    #[error("{} ({status}): {} {}", .problem.title, .problem.detail, .problem.fix)]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's words.
        problem: Problem,
    },
    /// The server's answer does not read.
    #[error("the server's answer does not read: {0}")]
    Answer(String),
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        Self::Unreachable(error.without_url().to_string())
    }
}

/// What enrolment answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The server.
    pub server: ServerId,
    /// The organisation.
    pub tenant: TenantId,
    /// The person.
    pub person: PersonId,
    /// The person's name, to be shown back.
    pub person_name: String,
    /// The device.
    pub device: DeviceId,
    /// The epoch of its actors.
    pub epoch: u32,
    /// The public key that the server signs receipts with; 64 hexadecimal digits in JSON.
    #[serde(with = "key")]
    pub server_key: [u8; 32],
    /// The tokens.
    #[serde(flatten)]
    pub tokens: Tokens,
}

/// A short-lived access token and the token that renews it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Goes with every exchange.
    pub access_token: String,
    /// Good for one renewal.
    pub refresh_token: String,
}

impl std::fmt::Debug for Tokens {
    /// Never prints a token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens")
    }
}

/// A public key as hexadecimal digits.
mod key {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(key: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(key))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let mut key = [0; 32];
        hex::decode_to_slice(String::deserialize(from)?, &mut key).map_err(D::Error::custom)?;
        Ok(key)
    }
}

/// The wish to listen for news, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listening {
    after: u64,
    number: u64,
    signature: [u8; 64],
}

impl Listening {
    /// News after this sequence of the log, asked for by this installation with a number that it never used before.
    pub fn signed(by: &Identity, number: u64, after: u64) -> Self {
        let claim = Claim::Events {
            server: by.server,
            tenant: by.tenant,
            number,
            after,
        };
        Self {
            after,
            number,
            signature: trust::sign(&by.secret, &claim.message(&by.public_key())),
        }
    }
}

/// HTTP to one server.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: Client,
    base: String,
}

impl HttpTransport {
    /// Speaks to the server at `base`, for example `https://sync.example.org`.
    ///
    /// # Errors
    /// When the TLS library cannot be set up.
    pub fn new(base: &str) -> Result<Self, TransportError> {
        // Installing twice is fine: another part of the app may have chosen a provider already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .pool_idle_timeout(Duration::from_secs(90))
            .tcp_nodelay(true)
            .build()?;
        Ok(Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
        })
    }

    /// Signs a device in with a one-time code, and shows that it holds the secret of its key.
    ///
    /// # Errors
    /// No network, or a code that is unknown, used or expired.
    pub async fn enrol(
        &self,
        code: &str,
        secret: &[u8; 32],
        epoch: u32,
        name: &str,
    ) -> Result<Enrolled, TransportError> {
        // Blanks around them mean nothing to the server, so they are not signed either.
        let (code, name) = (code.trim(), name.trim());
        let public_key = trust::public_key(secret);
        let claim = Claim::Enrolment { code, epoch, name };
        let body = serde_json::json!({
            "code": code,
            "public_key": hex::encode(public_key),
            "epoch": epoch,
            "name": name,
            "signature": hex::encode(trust::sign(secret, &claim.message(&public_key))),
        });
        self.post_json("/v1/enrol", &body).await
    }

    /// Registers a copied phone as a device of its own.
    ///
    /// # Errors
    /// No network, or a former key that is not (or no longer) good.
    pub async fn register_copy(&self, former: &Identity, own: &Identity) -> Result<Enrolled, TransportError> {
        let (former_key, own_key) = (former.public_key(), own.public_key());
        let message = trust::copy_message(own.server, &former_key, &own_key);
        let body = serde_json::json!({
            "former": hex::encode(former_key),
            "public_key": hex::encode(own_key),
            "former_signature": hex::encode(trust::sign(&former.secret, &message)),
            "signature": hex::encode(trust::sign(&own.secret, &message)),
        });
        self.post_json("/v1/device", &body).await
    }

    /// Renews the tokens.
    ///
    /// # Errors
    /// No network, or a refresh token that is no longer good.
    pub async fn refresh(&self, by: &Identity, refresh_token: &str) -> Result<Tokens, TransportError> {
        let claim = Claim::Renewal {
            server: by.server,
            refresh_token,
        };
        let signature = trust::sign(&by.secret, &claim.message(&by.public_key()));
        let body = serde_json::json!({
            "refresh_token": refresh_token,
            "signature": hex::encode(signature),
        });
        self.post_json("/v1/token", &body).await
    }

    /// Takes the sign-in up again on a restored server that does not know the phone's tokens: by the phone's key, with a
    /// number that it never used before.
    ///
    /// # Errors
    /// No network, or a server that was not restored, or knows this phone as revoked.
    pub async fn resume(&self, by: &Identity, epoch: u32, number: u64) -> Result<Tokens, TransportError> {
        let claim = Claim::Resumption {
            server: by.server,
            tenant: by.tenant,
            epoch,
            number,
        };
        let public_key = by.public_key();
        let signature = trust::sign(&by.secret, &claim.message(&public_key));
        let body = serde_json::json!({
            "public_key": hex::encode(public_key),
            "epoch": epoch,
            "number": number,
            "signature": hex::encode(signature),
        });
        self.post_json("/v1/resume", &body).await
    }

    /// One exchange: the request's body out, the answer's body back.
    ///
    /// # Errors
    /// No network, a server that is busy, or one that refuses.
    pub async fn sync(&self, access_token: &str, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let response = self
            .client
            .post(format!("{}/v1/sync", self.base))
            .bearer_auth(access_token)
            .header("content-type", SYNC_BODY)
            .timeout(EXCHANGE_TIMEOUT)
            .body(body)
            .send()
            .await?;
        let response = checked(response).await?;
        Ok(response.bytes().await?.to_vec())
    }

    /// Waits until the server says that there is news for who asks (server-sent events), or the connection ends.
    ///
    /// # Errors
    /// No network, or a server that refuses.
    pub async fn news(&self, access_token: &str, listening: &Listening) -> Result<(), TransportError> {
        let Listening {
            after,
            number,
            signature,
        } = listening;
        let signature = hex::encode(signature);
        let address = format!(
            "{}/v1/events?after={after}&number={number}&signature={signature}",
            self.base
        );
        let response = self.client.get(address).bearer_auth(access_token).send().await?;
        let mut stream = checked(response).await?.bytes_stream();
        let mut tail = Vec::new();
        while let Some(chunk) = stream.next().await {
            tail.extend_from_slice(&chunk?);
            if tail
                .windows(b"event: news".len())
                .any(|window| window == b"event: news")
            {
                return Ok(());
            }
            // Enough of the tail to see an event that two chunks share.
            let keep = tail.len().saturating_sub(16);
            tail.drain(..keep);
        }
        Err(TransportError::Unreachable(
            "the stream of events ended".to_owned(),
        ))
    }

    async fn post_json<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        body: &serde_json::Value,
    ) -> Result<T, TransportError> {
        let response = self
            .client
            .post(format!("{}{path}", self.base))
            .header("content-type", "application/json")
            .timeout(Duration::from_secs(30))
            .body(body.to_string())
            .send()
            .await?;
        let bytes = checked(response).await?.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|error| TransportError::Answer(error.to_string()))
    }
}

async fn checked(response: Response) -> Result<Response, TransportError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let retry_after = response
        .headers()
        .get("retry-after")
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<u64>().ok());
    let body = response.bytes().await.unwrap_or_default();
    let problem: Problem = serde_json::from_slice(&body).unwrap_or_default();
    Err(match status {
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => TransportError::Busy {
            retry_after_ms: retry_after.unwrap_or(1).saturating_mul(1_000),
        },
        StatusCode::CONFLICT if problem.kind.ends_with(":device-copied") => TransportError::Copied(problem),
        StatusCode::UNAUTHORIZED => TransportError::Unauthorised(problem),
        status if status.is_server_error() => TransportError::Unreachable(format!("it answered {status}")),
        status => TransportError::Refused {
            status: status.as_u16(),
            problem,
        },
    })
}
