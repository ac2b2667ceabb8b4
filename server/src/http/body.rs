use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use futures_util::StreamExt;
use tokio::time::timeout;

use super::bodies::{Bodies, Held};
use super::{Problem, problems};

/// How much of a body that is too large is thrown away, so that the sender gets to read why.
const THROWN_AWAY: usize = 128 << 20;
const THROWING_AWAY: Duration = Duration::from_secs(5);

/// Reads a body of at most `limit` bytes that takes no longer than `patience`.
pub(super) async fn read(
    bodies: &Bodies,
    headers: &HeaderMap,
    body: Body,
    limit: usize,
    patience: Duration,
) -> Result<Held, Problem> {
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        throw_away(bodies, body).await;
        return Err(problems::body_too_large());
    }
    let mut stream = body.into_data_stream();
    // What was announced may never come: nothing is reserved for it.
    let mut held = bodies.hold();
    let reading = async {
        while let Some(chunk) = stream.next().await {
            let chunk =
                chunk.map_err(|_| problems::body_truncated("the connection ended before the body did"))?;
            if held.bytes().len() + chunk.len() > limit {
                return Ok::<bool, Problem>(false);
            }
            held.add(&chunk, limit)?;
        }
        Ok(true)
    };
    let is_whole = timeout(patience, reading)
        .await
        .map_err(|_| problems::body_slow())??;
    if !is_whole {
        throw_away_rest(bodies, stream).await;
        return Err(problems::body_too_large());
    }
    Ok(held)
}

/// Reads a body without keeping it, for some seconds at most; not when many others come.
pub(super) async fn throw_away(bodies: &Bodies, body: Body) {
    throw_away_rest(bodies, body.into_data_stream()).await;
}

async fn throw_away_rest(bodies: &Bodies, mut stream: BodyDataStream) {
    let Some(_turn) = bodies.of_stranger() else { return };
    let mut left = THROWN_AWAY;
    let throwing = async {
        while let Some(Ok(chunk)) = stream.next().await {
            left = left.saturating_sub(chunk.len());
            if left == 0 {
                break;
            }
        }
    };
    // Who is slower than this does not read the answer either.
    let _ = timeout(THROWING_AWAY, throwing).await;
}

/// Checks the content type; parameters such as a charset are fine.
pub(super) fn check_type(headers: &HeaderMap, wanted: &'static str) -> Result<(), Problem> {
    let got = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media = got.and_then(|got| got.split(';').next()).map(str::trim);
    if media.is_some_and(|media| media.eq_ignore_ascii_case(wanted)) {
        return Ok(());
    }
    Err(problems::content_type(wanted, got))
}

/// The access token of a request.
pub(super) fn bearer(headers: &HeaderMap) -> Result<String, Problem> {
    let text = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = text
        .and_then(|text| text.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    match token {
        Some((_, token)) if !token.trim().is_empty() => Ok(token.trim().to_owned()),
        _ => Err(problems::token_missing()),
    }
}
