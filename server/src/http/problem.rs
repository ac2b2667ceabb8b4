use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use fieldbook_core::model::Words;
use serde::Serialize;

/// What is wrong with a request, for programs and for people in two languages (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Problem(Box<Body>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Body {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    title_zh: String,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    epoch: Option<u32>,
    fix: String,
    fix_zh: String,
    #[serde(skip)]
    retry_after_s: Option<u32>,
}

impl Problem {
    /// A problem by its stable name: what is wrong and what to do, in a few words each.
    pub fn new(name: &str, status: StatusCode, title: Words, fix: Words) -> Self {
        Self(Box::new(Body {
            kind: format!("urn:fieldbook:problem:{name}"),
            detail: title.en.clone(),
            title: title.en,
            title_zh: title.zh,
            status: status.as_u16(),
            field: None,
            epoch: None,
            fix: fix.en,
            fix_zh: fix.zh,
            retry_after_s: None,
        }))
    }

    /// The stable name with its prefix: `urn:fieldbook:problem:…`.
    pub fn kind(&self) -> &str {
        &self.0.kind
    }

    /// What is wrong with this very request.
    pub(super) fn what(&self) -> &str {
        &self.0.detail
    }

    /// Says what is wrong with this very request.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = detail.into();
        self
    }

    /// Names the field or header.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// Names the epoch of a server that was restored: the phone can take its sign-in up again by its key.
    #[must_use]
    pub fn restored(mut self, epoch: u32) -> Self {
        self.0.epoch = Some(epoch);
        self
    }

    /// Asks to try again after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after_s = Some(seconds);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<axum::body::Body> {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = Response::new(body.into());
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.0.retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
