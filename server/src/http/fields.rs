use std::time::Duration;

use axum::body::Body;
use axum::http::HeaderMap;
use serde_json::{Map, Value};

use super::{App, Problem, body, problems};
use crate::store::{Store, StoreError};

/// The largest JSON body, in bytes.
const LARGEST: usize = 16 << 10;
/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The fields of a JSON body; what is wrong is named by field.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) async fn read<S: Store>(
        app: &App<S>,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<Self, Problem> {
        body::check_type(headers, "application/json")?;
        let _turn = app.bodies().of_stranger().ok_or(StoreError::Busy)?;
        let held = body::read(app.bodies(), headers, body, LARGEST, PATIENCE).await?;
        match serde_json::from_slice(held.bytes()) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err(problems::body_malformed("the body is not a JSON object")),
            Err(error) => Err(problems::body_malformed(format!("the body is not JSON: {error}"))),
        }
    }

    /// A string of 1 to `longest` characters.
    pub(super) fn text(&self, field: &str, longest: usize) -> Result<String, Problem> {
        let text = match self.0.get(field) {
            Some(Value::String(text)) => text.trim(),
            Some(_) => return Err(problems::bad_field(field, format!("{field} must be a string"))),
            None => return Err(problems::bad_field(field, format!("{field} is missing"))),
        };
        if text.is_empty() || text.chars().count() > longest || text.chars().any(char::is_control) {
            return Err(problems::bad_field(
                field,
                format!("{field} must have 1 to {longest} printable characters"),
            ));
        }
        Ok(text.to_owned())
    }

    /// N bytes as twice as many hexadecimal digits.
    pub(super) fn bytes<const N: usize>(&self, field: &str) -> Result<[u8; N], Problem> {
        digits(field, &self.text(field, 2 * N)?)
    }

    /// A whole number, 0 when it is left out.
    pub(super) fn number<N: TryFrom<u64> + Default>(&self, field: &str) -> Result<N, Problem> {
        let Some(value) = self.0.get(field) else {
            return Ok(N::default());
        };
        let number = value.as_u64().and_then(|number| N::try_from(number).ok());
        number.ok_or_else(|| problems::bad_field(field, format!("{field} must be a whole number from 0")))
    }
}

/// Reads N bytes that are written as twice as many hexadecimal digits.
pub(super) fn digits<const N: usize>(field: &str, text: &str) -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes)
        .map_err(|_| problems::bad_field(field, format!("{field} must have {} hexadecimal digits", 2 * N)))?;
    Ok(bytes)
}
