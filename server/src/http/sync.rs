use std::collections::BTreeSet;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Response};
use fieldbook_core::model::{DeviceId, DocumentId, Kind, PersonId};
use fieldbook_core::wire::{
    ANSWER_LEVEL, CompressError, EnvelopeError, MAX_BODY, MAX_INFLATED, PROTOCOL_VERSION, Request, deflate,
    inflate, read_request,
};

use super::bodies::{Held, Turn};
use super::news::Moved;
use super::{App, Problem, body, hostile, problems};
use crate::clock::unix_ms;
use crate::exchange::{Caller, Refused, answer as answer_to, verify};
use crate::identity::{IdentityError, SignedIn, authenticate};
use crate::store::{Store, StoreError};

/// The media type of an exchange's bodies: the envelope in CBOR, in one zstd frame.
pub const SYNC_BODY: &str = "application/vnd.fieldbook+cbor-zstd";

/// `POST /v1/sync`: one exchange.
pub(super) async fn sync<S: Store>(
    State(app): State<App<S>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Problem> {
    let token = body::bearer(&headers)?;
    body::check_type(&headers, SYNC_BODY)?;
    let presented = token.clone();
    let signed_in = match app.work(move |app| heard(app, &presented)).await {
        Ok(signed_in) => signed_in,
        Err(problem) => {
            // What a stranger sends is not looked at; but who does not get to the end of it may not get to read why.
            body::throw_away(app.bodies(), body).await;
            return Err(problem);
        }
    };
    let (turn, held) = receive(&app, signed_in.caller.device, &headers, body).await?;
    // The body took its time: rights, or all access, may have ended meanwhile.
    let answer = app
        .work(move |app| {
            let _turn = turn;
            answer(app, &heard(app, &token)?, held.bytes())
        })
        .await?;
    let mut response = Response::new(Body::from(answer));
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(SYNC_BODY));
    Ok(response)
}

/// Reads the body of a device's exchange, unless it sends many at once.
async fn receive<S: Store>(
    app: &App<S>,
    device: DeviceId,
    headers: &HeaderMap,
    body: Body,
) -> Result<(Turn, Held), Problem> {
    let crowded = |problem| {
        tracing::info!(event = "crowded", %device, "a device sends too many requests at once");
        problem
    };
    let turn = app.bodies().turn(device).map_err(crowded)?;
    let reading = body::read(app.bodies(), headers, body, MAX_BODY, app.limits().patience);
    let held = tokio::select! {
        held = reading => held?,
        () = turn.ended() => return Err(crowded(problems::crowded())),
    };
    turn.is_whole().map_err(crowded)?;
    Ok((turn, held))
}

fn answer<S: Store>(app: &App<S>, signed_in: &SignedIn, bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let now = app.clock().now();
    let request = decode(bytes).map_err(|refused| refused.problem(app, signed_in))?;
    let (waiting, number, uploaded) = (request.waiting, request.number, documents(&request));
    let before = customers_owners(app, &signed_in.caller, &request);
    let server = app.store().read(|reader| reader.server())?;
    let refused = |refused| Unread::from(refused).problem(app, signed_in);
    let verified = verify(&server, &signed_in.caller, request).map_err(refused)?;
    signed_in.take_number(app.numbers(), number)?;
    let answer = answer_to(app.store(), app.cache(), &signed_in.caller, verified, now).map_err(refused)?;
    hostile::note_verdicts(app, signed_in, &answer);
    if !uploaded.is_empty() {
        app.nudge().stored();
        announce(app, &signed_in.caller, &uploaded, before);
    }
    let waiting = waiting.saturating_add(answer.not_stored());
    if let Err(error) = signed_in.note_contact(app.store(), waiting, number, unix_ms(now)) {
        tracing::warn!(%error, "a device's contact could not be noted");
    }
    let encoded = minicbor::to_vec(&answer).map_err(|error| {
        tracing::error!(%error, "an answer could not be encoded");
        problems::internal()
    })?;
    Ok(deflate(&encoded, ANSWER_LEVEL))
}

/// Who presents the token, and does not have to wait.
fn heard<S: Store>(app: &App<S>, token: &str) -> Result<SignedIn, Problem> {
    let signed_in = signed_in(app, token)?;
    hostile::check(app, &signed_in)?;
    Ok(signed_in)
}

/// Who presents the token.
pub(super) fn signed_in<S: Store>(app: &App<S>, token: &str) -> Result<SignedIn, Problem> {
    let now_ms = unix_ms(app.clock().now());
    let checked: Result<SignedIn, IdentityError> = app
        .store()
        .read(|reader| Ok(authenticate(reader, token, now_ms)))?;
    Ok(checked?)
}

/// Why a body is not answered: it is of another version, or no honest phone sends it.
enum Unread {
    Differs(Problem),
    Hostile(Problem),
}

impl Unread {
    fn problem<S: Store>(self, app: &App<S>, sender: &SignedIn) -> Problem {
        match self {
            Self::Differs(problem) => problem,
            Self::Hostile(problem) => {
                hostile::note(app, sender, problem.kind(), problem.what());
                problem
            }
        }
    }
}

impl From<Refused> for Unread {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::TooMany { .. } => Self::Hostile(refused.into()),
            other => Self::Differs(other.into()),
        }
    }
}

fn decode(bytes: &[u8]) -> Result<Request, Unread> {
    let plain = inflate(bytes, MAX_INFLATED).map_err(|error| {
        Unread::Hostile(match &error {
            CompressError::Damaged(_) => problems::body_truncated(error.to_string()),
            CompressError::TooLarge { .. } => problems::body_too_large().detail(error.to_string()),
        })
    })?;
    // Another version may not read as this one at all: its number is looked at first.
    let got = first_number(&plain).map_err(|error| malformed(&error))?;
    if got != PROTOCOL_VERSION {
        return Err(Refused::Protocol {
            got,
            known: PROTOCOL_VERSION,
        }
        .into());
    }
    read_request(&plain).map_err(|error| match error {
        EnvelopeError::Malformed(error) => malformed(&error),
        EnvelopeError::Trailing(_) => {
            Unread::Hostile(problems::body_malformed("there are bytes after the request"))
        }
        EnvelopeError::Limit { .. } => Unread::Hostile(problems::body_malformed(error.to_string())),
    })
}

fn malformed(error: &minicbor::decode::Error) -> Unread {
    Unread::Hostile(problems::body_malformed(format!(
        "the body is not a request in CBOR: {error}"
    )))
}

fn first_number(plain: &[u8]) -> Result<u32, minicbor::decode::Error> {
    let mut decoder = minicbor::Decoder::new(plain);
    decoder.array()?;
    decoder.u32()
}

fn documents(request: &Request) -> BTreeSet<DocumentId> {
    let recovery = request.testimony.iter().flatten();
    let uploaded = request.upload.iter().map(|section| section.document);
    uploaded.chain(recovery.map(|piece| piece.document)).collect()
}

/// Whose the uploaded customers are before the exchange: a ruling may give them to somebody else, and those who lose them
/// hear of it as well.
fn customers_owners<S: Store>(app: &App<S>, caller: &Caller, request: &Request) -> BTreeSet<PersonId> {
    let tenant = caller.principal.tenant;
    let customers: Vec<DocumentId> = request
        .upload
        .iter()
        .filter(|section| section.kind == Kind::Customer)
        .map(|section| section.document)
        .collect();
    if customers.is_empty() {
        return BTreeSet::new();
    }
    let owners = app.store().read(|reader| reader.audience(tenant, &customers));
    owners.unwrap_or_default()
}

/// Tells the phones that may see the uploaded documents, or saw them `before`. A failure costs nothing but time: phones also poll.
fn announce<S: Store>(
    app: &App<S>,
    caller: &Caller,
    uploaded: &BTreeSet<DocumentId>,
    before: BTreeSet<PersonId>,
) {
    let tenant = caller.principal.tenant;
    let uploaded: Vec<DocumentId> = uploaded.iter().copied().collect();
    let seen = app.store().read(|reader| {
        let mut people = before;
        people.extend(reader.audience(tenant, &uploaded)?);
        Ok((reader.head(tenant)?.sequence, people))
    });
    let moved: Result<(u64, BTreeSet<PersonId>), StoreError> = seen;
    if let Ok((sequence, owners)) = moved {
        app.news().tell(Moved {
            tenant,
            sequence,
            owners: Some(owners),
            by: Some(caller.device),
        });
    }
}
