//! Bodies that come slowly, or never to their end, and connections that say nothing: rights may have ended meanwhile, and
//! everybody else is served.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, Kind, Role};
use fieldbook_core::replica::sync::Edge;
use fieldbook_core::wire::{
    ANSWER_LEVEL, Answer, Ending, MAX_INFLATED, Rejection, Request, Section, Verdict, deflate, inflate,
};
use fieldbook_server::exchange::{Caller, exchange};
use fieldbook_server::http::{Limits, SYNC_BODY};
use fieldbook_server::organisation::{move_person, set_role};
use fieldbook_server::store::{Store, StoreError};
use fieldbook_tests::process::{Door, Outcome};
use fieldbook_tests::stories::{pack, request};
use uuid::Uuid;

/// The sender.
const LI: usize = 0;
/// Who works beside.
const WANG: usize = 1;

const PATIENCE: Duration = Duration::from_secs(30);
const SHOP: DocumentId = DocumentId(Uuid::from_u128(0x0195_f3a0_7c1e_7a52_8f3b_0000_0000_0001));

/// A customer that a rep makes a minute from now, as far as the server believes that: now.
fn section(door: &Door, rep: usize) -> Outcome<Section> {
    let time_ms = door.edge().now().at.timestamp_millis() + 60_000;
    let change = door.new_customer(rep, SHOP, time_ms)?;
    pack(&DocumentIndex::new(), SHOP, Kind::Customer, 0, change)
}

/// A request of Li's of which the server has read the head and waits for the body.
struct Half {
    line: TcpStream,
    body: Vec<u8>,
}

impl Half {
    fn send(door: &Door, request: &Request) -> Outcome<Self> {
        let phone = door.phone(LI)?;
        let (identity, mut request) = (phone.replica.identity()?, request.clone());
        request.number = 2_000_000;
        request.sign(&identity.signed_by(), &identity.secret)?;
        let body = deflate(&minicbor::to_vec(&request)?, ANSWER_LEVEL);
        let mut line = unfinished(door, &phone.access_token, body.len())?;
        // Said when the server begins to read the body: by then it has looked at the token.
        assert_eq!(heard(&mut line, b"\r\n\r\n")?, b"HTTP/1.1 100 Continue\r\n\r\n");
        line.write_all(&body[..10])?;
        Ok(Self { line, body })
    }

    fn finish(mut self) -> Outcome<Answer> {
        self.line.write_all(&self.body[10..])?;
        let head = String::from_utf8(heard(&mut self.line, b"\r\n\r\n")?)?.to_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let (_, length) = head.split_once("content-length: ").ok_or("no length")?;
        let mut body = vec![0; length.split("\r\n").next().unwrap_or_default().parse()?];
        self.line.read_exact(&mut body)?;
        Ok(minicbor::decode(&inflate(&body, MAX_INFLATED)?)?)
    }
}

/// Opens an exchange of which only the head is sent.
fn unfinished(door: &Door, token: &str, length: usize) -> Outcome<TcpStream> {
    let mut line = TcpStream::connect(door.address())?;
    line.set_read_timeout(Some(PATIENCE))?;
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: {SYNC_BODY}\r\n\
         content-length: {length}\r\nexpect: 100-continue\r\n\r\n"
    );
    line.write_all(head.as_bytes())?;
    Ok(line)
}

/// What comes, up to and with `end`.
fn heard(line: &mut TcpStream, end: &[u8]) -> Outcome<Vec<u8>> {
    let (mut bytes, mut byte) = (Vec::new(), [0]);
    while !bytes.ends_with(end) {
        line.read_exact(&mut byte)?;
        bytes.push(byte[0]);
    }
    Ok(bytes)
}

fn rejection(answer: &Answer) -> Outcome<&Rejection> {
    match answer.verdicts.first().and_then(|verdict| verdict.rest.first()) {
        Some(Verdict::Rejected(rejection)) => Ok(rejection),
        other => Err(format!("not rejected: {other:?}").into()),
    }
}

#[test]
fn a_phone_that_is_revoked_while_its_body_comes_is_answered_as_a_revoked_one() -> Outcome<()> {
    let door = Door::open(2, PATIENCE)?;
    let half = Half::send(&door, &request(vec![section(&door, LI)?]))?;
    let (tenant, device) = (door.town().tenant, door.phone(LI)?.replica.identity()?.device);
    let now_ms = door.edge().now().unix_ms();
    door.store()
        .write(move |writer| writer.revoke_device(tenant, device, now_ms))?;
    let answer = half.finish()?;
    assert_eq!(answer.ended.map(|ended| ended.how), Some(Ending::Revoked));
    assert_eq!(rejection(&answer)?.rule, "rights.revoked");
    assert!(
        door.store()
            .read(|reader| reader.document(tenant, SHOP))?
            .is_none()
    );
    assert_eq!(door.sync(WANG)?.parked, 0);
    Ok(())
}

#[test]
fn rights_that_end_while_a_request_waits_for_its_turn_to_be_written_have_ended() -> Outcome<()> {
    let door = Door::open(1, PATIENCE)?;
    let (identity, store, now) = (
        door.phone(LI)?.replica.identity()?,
        door.store(),
        door.edge().now(),
    );
    let (tenant, id) = (identity.tenant, identity.device);
    let before = store.read(|reader| {
        let device = reader.device(tenant, id)?.ok_or(StoreError::Stopped)?;
        Caller::on(reader, &device)
    })?;
    store.write(move |writer| writer.revoke_device(tenant, id, now.unix_ms()))?;
    let mut request = request(vec![section(&door, LI)?]);
    request.sign(&identity.signed_by(), &identity.secret)?;
    let answer = exchange(
        store,
        &Arc::default(),
        &before,
        request,
        door.edge().now().at.to_utc(),
    )?;
    assert_eq!(answer.ended.map(|ended| ended.how), Some(Ending::Revoked));
    assert_eq!(rejection(&answer)?.rule, "rights.revoked");
    Ok(())
}

#[test]
fn a_supervisor_who_is_moved_while_the_body_comes_gets_nothing_of_the_team_of_before() -> Outcome<()> {
    let door = Door::open(2, PATIENCE)?;
    let (tenant, li) = (door.town().tenant, door.town().reps[LI].person.to_string());
    let now_ms = door.edge().now().unix_ms();
    let name = li.clone();
    door.store()
        .transact(move |writer| set_role(writer, tenant, &name, Role::Supervisor, now_ms))?;
    let shop = door.ask(WANG, &request(vec![section(&door, WANG)?]))?.answer()?;
    assert_eq!(shop.verdicts[0].stored, 1);
    let half = Half::send(&door, &request(Vec::new()))?;
    door.store()
        .transact(move |writer| move_person(writer, tenant, &li, "Depot", now_ms))?;
    assert!(half.finish()?.news.is_empty());
    Ok(())
}

#[test]
fn of_many_bodies_that_do_not_end_the_oldest_do_and_the_phone_itself_is_heard() -> Outcome<()> {
    let door = Door::open(2, PATIENCE)?;
    let token = &door.phone(LI)?.access_token;
    door.beside(WANG, || {
        let mut lines = Vec::new();
        for _ in 0..40 {
            let mut line = unfinished(&door, token, 1 << 20)?;
            assert!(heard(&mut line, b"\r\n\r\n")?.starts_with(b"HTTP/1.1 100"));
            line.write_all(&[7; 20_000])?;
            lines.push(line);
        }
        for line in &mut lines[..36] {
            let head = String::from_utf8(heard(line, b"\r\n\r\n")?)?;
            assert!(
                head.starts_with("HTTP/1.1 429") && head.contains("retry-after: 5"),
                "{head}"
            );
            assert!(String::from_utf8(heard(line, b"}")?)?.contains("too-many-at-once"));
        }
        // Whoever holds the token does not lock out the phone that it was stolen from.
        door.ask(LI, &request(Vec::new()))?.answer()?;
        Ok(())
    })
}

#[test]
fn connections_without_a_request_keep_nobody_out_and_cut_nobody_off() -> Outcome<()> {
    let limits = Limits {
        connections: 8,
        silence: PATIENCE,
        ..Limits::default()
    };
    let mut door = Door::limited(2, limits)?;
    let under_way = Half::send(&door, &request(vec![section(&door, LI)?]))?;
    let health = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    for said in ["", "POST /v1/sync HTT", health] {
        let mut lines = Vec::new();
        for _ in 0..20 {
            let mut line = TcpStream::connect(door.address())?;
            line.set_read_timeout(Some(PATIENCE))?;
            line.write_all(said.as_bytes())?;
            if said == health {
                assert!(heard(&mut line, b"\r\n\r\nok")?.starts_with(b"HTTP/1.1 200"));
            }
            lines.push(line);
        }
        door.reconnect()?;
        assert_eq!(door.sync(WANG)?.parked, 0, "after {said:?}");
        let mut line = TcpStream::connect(door.address())?;
        line.set_read_timeout(Some(PATIENCE))?;
        line.write_all(health.as_bytes())?;
        assert!(heard(&mut line, b"\r\n\r\nok")?.starts_with(b"HTTP/1.1 200"));
    }
    assert_eq!(under_way.finish()?.verdicts[0].stored, 1);
    Ok(())
}

#[test]
fn a_connection_that_says_nothing_is_closed() -> Outcome<()> {
    let limits = Limits {
        silence: Duration::from_millis(50),
        ..Limits::default()
    };
    let door = Door::limited(1, limits)?;
    let mut line = TcpStream::connect(door.address())?;
    line.set_read_timeout(Some(PATIENCE))?;
    assert_eq!(line.read(&mut [0])?, 0);
    Ok(())
}
