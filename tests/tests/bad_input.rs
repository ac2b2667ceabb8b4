//! Bad input through a real door: what its sender gets, and that a second phone that works meanwhile notices nothing.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{ExpandedChange, ObjType};
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, Kind, derive_actor};
use fieldbook_core::replica::sync::Edge;
use fieldbook_core::wire::{
    ANSWER_LEVEL, Blocker, Rejection, Request, Section, SectionVerdict, Verdict, deflate,
};
use fieldbook_server::http::SYNC_BODY;
use fieldbook_server::store::Store;
use fieldbook_tests::process::{Door, Outcome, Reply};
use fieldbook_tests::stories::{pack, request};
use uuid::Uuid;

/// The sender.
const LI: usize = 0;
/// Who works beside.
const WANG: usize = 1;

const PATIENCE: Duration = Duration::from_millis(500);

fn id(number: u128) -> DocumentId {
    DocumentId(Uuid::from_u128(
        0x0195_f3a0_7c1e_7a52_8f3b_0000_0000_0000 + number,
    ))
}

fn packed(document: DocumentId, change: ExpandedChange) -> Outcome<Section> {
    pack(&DocumentIndex::new(), document, Kind::Customer, 0, change)
}

fn now_ms(door: &Door) -> i64 {
    door.edge().now().at.timestamp_millis()
}

/// Sends sections in Li's name while Wang works; answers their verdicts.
fn send(door: &Door, sections: Vec<Section>) -> Outcome<Vec<SectionVerdict>> {
    let sent = door.beside(WANG, || door.ask(LI, &request(sections)))?;
    Ok(sent.answer()?.verdicts)
}

/// Why the first operation that is not stored was refused; the words must be there in both languages.
fn rejection(verdict: &SectionVerdict) -> Outcome<&Rejection> {
    let Some(Verdict::Rejected(rejection)) = verdict.rest.first() else {
        return Err(format!("not rejected: {verdict:?}").into());
    };
    for words in [
        &rejection.expected.en,
        &rejection.expected.zh,
        &rejection.actual,
        &rejection.suggestion.en,
        &rejection.suggestion.zh,
    ] {
        assert!(!words.is_empty(), "{rejection:?}");
    }
    Ok(rejection)
}

/// How many operations of a document are stored.
fn stored(door: &Door, document: DocumentId) -> Outcome<u32> {
    let tenant = door.town().tenant;
    let rows = door.store().read(|reader| reader.segments(tenant, document, 0))?;
    Ok(rows.iter().map(|row| row.count).sum())
}

#[test]
fn an_unknown_kind_does_not_read_and_another_kind_is_refused() -> Outcome<()> {
    let door = Door::open(2, PATIENCE)?;
    let section = packed(id(1), door.new_customer(LI, id(1), now_ms(&door))?)?;
    let mut body = minicbor::to_vec(request(vec![section.clone()]))?;
    let name = [[0x50].as_slice(), id(1).as_bytes().as_slice()].concat();
    let at = body
        .windows(17)
        .position(|window| window == name)
        .ok_or("no id")?;
    body[at + 17] = 9;
    let token = door.phone(LI)?.access_token.clone();
    let reply = door.beside(WANG, || door.post(&token, deflate(&body, ANSWER_LEVEL)))?;
    assert_eq!(reply.problem()?, (400, "body-malformed".to_owned()));
    assert_eq!(stored(&door, id(1))?, 0);
    assert_eq!(send(&door, vec![section.clone()])?[0].stored, 1);
    let mut other = packed(id(1), door.new_customer(LI, id(1), now_ms(&door))?)?;
    (other.kind, other.rebase) = (Kind::Visit, 1);
    assert_eq!(rejection(&send(&door, vec![other])?[0])?.rule, "gate.kind");
    assert_eq!(stored(&door, id(1))?, 1);
    Ok(())
}

#[test]
fn a_date_in_the_future_is_taken_and_noted_and_one_that_breaks_readers_is_refused() -> Outcome<()> {
    let door = Door::open(2, PATIENCE)?;
    let three_days = now_ms(&door) + 3 * 24 * 3_600_000;
    let year_2100 = 4_102_444_800_000;
    for (number, time) in [(1, three_days), (2, year_2100)] {
        let section = packed(id(number), door.new_customer(LI, id(number), time)?)?;
        let verdicts = send(&door, vec![section])?;
        assert_eq!(verdicts[0].stored, 1, "a wrong clock is no reason: {verdicts:?}");
    }
    let mut beyond = door.new_customer(LI, id(3), year_2100)?;
    beyond.time = 1 << 42;
    let verdicts = send(&door, vec![packed(id(3), beyond)?])?;
    assert_eq!(rejection(&verdicts[0])?.rule, "gate.time");
    assert_eq!(stored(&door, id(3))?, 0);
    // What a clock strays by is no news; neither is what comes again.
    let soon = packed(id(4), door.new_customer(LI, id(4), now_ms(&door) + 60_000)?)?;
    assert_eq!(send(&door, vec![soon])?[0].stored, 1);
    let again = packed(id(1), door.new_customer(LI, id(1), three_days)?)?;
    assert_eq!(send(&door, vec![again])?[0].duplicate, 1);
    let tenant = door.town().tenant;
    let noted = door.store().read(|reader| reader.future_dated(tenant, 10))?;
    let dates: Vec<_> = noted.iter().map(|row| (row.document, row.written_ms)).collect();
    assert_eq!(
        dates,
        [
            (id(1), u64::try_from(three_days)?),
            (id(2), u64::try_from(year_2100)?)
        ]
    );
    let device = door.phone(LI)?.replica.identity()?.device;
    assert!(noted.iter().all(|row| row.device == device));
    Ok(())
}

#[test]
fn ten_thousand_orphans_wait_and_are_not_kept() -> Outcome<()> {
    let door = Door::open(2, PATIENCE)?;
    let orphan = |number: u128| {
        // One change without records that builds on a change nobody has.
        let mut operations = vec![3, 0, 1, 1];
        operations.extend([0x5a; 16]);
        operations.extend(id(number).as_bytes());
        Section {
            document: id(number),
            operations: operations.into(),
            ..empty(number)
        }
    };
    let mut waiting = 0;
    for part in 0..4 {
        let sections = (1..=2_500).map(|number| orphan(part * 2_500 + number)).collect();
        for (verdict, number) in send(&door, sections)?.iter().zip(1..) {
            let document = id(part * 2_500 + number);
            let blocker = Blocker {
                document,
                sequence: 0,
            };
            assert_eq!(
                (verdict.stored, &verdict.rest),
                (0, &vec![Verdict::WaitsOn(blocker)])
            );
            waiting += 1;
        }
    }
    assert_eq!(waiting, 10_000);
    let (tenant, person) = (door.town().tenant, door.town().reps[LI].person);
    let kept = door
        .store()
        .read(|reader| reader.documents_of(tenant, &[person]))?;
    assert!(kept.is_empty(), "{} documents", kept.len());
    Ok(())
}

fn empty(number: u128) -> Section {
    Section {
        document: id(number),
        kind: Kind::Customer,
        rebase: 0,
        base: 0,
        count: 1,
        check: [0; 4],
        operations: Vec::new().into(),
        former: false,
    }
}

#[test]
fn a_bomb_is_not_inflated_and_who_sends_more_of_them_has_to_wait() -> Outcome<()> {
    let door = Door::open(2, PATIENCE)?;
    let bomb = deflate(&vec![0; 64 << 20], ANSWER_LEVEL);
    assert!(bomb.len() < 10_000);
    let token = door.phone(LI)?.access_token.clone();
    let replies = door.beside(WANG, || {
        (0..6)
            .map(|_| door.post(&token, bomb.clone()))
            .collect::<Outcome<Vec<Reply>>>()
    })?;
    let mut told = Vec::new();
    for reply in replies {
        if let Reply::Problem {
            retry_after_s: Some(wait),
            ..
        } = reply
        {
            assert!((1..=60).contains(&wait), "{wait}");
        }
        told.push(reply.problem()?);
    }
    let too_large = (413, "body-too-large".to_owned());
    assert_eq!(told[..5], vec![too_large; 5]);
    assert_eq!(told[5], (429, "throttled".to_owned()));
    // What is honest has to wait, too, and is not lost.
    assert!(door.sync(LI).is_err());
    assert_eq!(door.sync(WANG)?.parked, 0);
    Ok(())
}

#[test]
fn a_body_that_never_ends_is_cut_off() -> Outcome<()> {
    let door = Door::open(2, PATIENCE)?;
    let token = &door.phone(LI)?.access_token;
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: {SYNC_BODY}\r\n"
    );
    // One that comes to a halt.
    let slow = door.beside(WANG, || {
        let mut line = TcpStream::connect(door.address())?;
        line.write_all(format!("{head}content-length: 1000\r\n\r\nabc").as_bytes())?;
        heard(&mut line)
    })?;
    assert!(slow.starts_with("HTTP/1.1 408"), "{slow}");
    assert!(slow.contains("body-slow"), "{slow}");
    // One that goes on and on.
    let endless = door.beside(WANG, || {
        let mut line = TcpStream::connect(door.address())?;
        line.write_all(format!("{head}transfer-encoding: chunked\r\n\r\n").as_bytes())?;
        let chunk = [b"10000\r\n".as_slice(), &[7; 0x10000], b"\r\n"].concat();
        // Somebody listens while it goes on: what the server says before it hangs up is heard.
        let mut answers = line.try_clone()?;
        std::thread::scope(|scope| {
            let listening = scope.spawn(move || heard(&mut answers).map_err(|error| error.to_string()));
            while !listening.is_finished() && line.write_all(&chunk).is_ok() {}
            let said = listening.join().map_err(|_| "nobody listened")?;
            Ok(said?)
        })
    })?;
    let (head, body) = endless.split_once("\r\n\r\n").ok_or("no answer")?;
    assert!(head.starts_with("HTTP/1.1 413"), "{head}");
    assert!(head.contains("application/problem+json"), "{head}");
    let problem: serde_json::Value = serde_json::from_str(body)?;
    assert_eq!(problem["type"], "urn:fieldbook:problem:body-too-large");
    for word in ["title", "title_zh", "detail", "fix", "fix_zh"] {
        assert!(
            !problem[word].as_str().unwrap_or_default().is_empty(),
            "{word} in {problem}"
        );
    }
    Ok(())
}

/// Everything that comes until the other side hangs up.
fn heard(line: &mut TcpStream) -> Outcome<String> {
    line.set_read_timeout(Some(Duration::from_secs(30)))?;
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        match line.read(&mut part)? {
            0 => break,
            count => bytes.extend_from_slice(&part[..count]),
        }
        if bytes.ends_with(b"}") {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn nobody_writes_as_a_colleague() -> Outcome<()> {
    let door = Door::open(3, PATIENCE)?;
    let theirs = packed(id(1), door.new_customer(2, id(1), now_ms(&door))?)?;
    // Before the colleague has sent it: whoever sends it is its author, and it is not theirs.
    let verdicts = send(&door, vec![theirs.clone()])?;
    assert!(
        rejection(&verdicts[0])?.rule.starts_with("creation."),
        "{verdicts:?}"
    );
    assert_eq!(stored(&door, id(1))?, 0);
    let own = door.ask(2, &request(vec![theirs.clone()]))?.answer()?;
    assert_eq!(own.verdicts[0].stored, 1, "the colleague is unaffected");
    // After: what was refused once stays refused, and under another name it is a document that does not exist.
    for (rebase, rule) in [(0, "creation."), (1, "document.unknown")] {
        let again = Section {
            rebase,
            ..theirs.clone()
        };
        assert!(rejection(&send(&door, vec![again])?[0])?.rule.starts_with(rule));
    }
    // A name of the colleague's inside one's own document.
    let mut change = door.new_customer(LI, id(2), now_ms(&door))?;
    let colleague = derive_actor(&door.phone(2)?.replica.installation()?, id(2), 0);
    change.operations.push(Op {
        action: OpType::Make(ObjType::Map),
        obj: ObjectId::Id(OpId::new(1, &colleague)),
        key: Key::Map("custom".into()),
        pred: Vec::new().into(),
        insert: false,
    });
    let verdicts = send(&door, vec![packed(id(2), change)?])?;
    assert_eq!(rejection(&verdicts[0])?.rule, "gate.actor");
    assert_eq!((stored(&door, id(1))?, stored(&door, id(2))?), (1, 0));
    Ok(())
}

#[test]
fn a_document_that_two_people_make_belongs_to_the_first() -> Outcome<()> {
    let door = Door::open(3, PATIENCE)?;
    let first = packed(id(1), door.new_customer(2, id(1), now_ms(&door))?)?;
    let second = packed(id(1), door.new_customer(LI, id(1), now_ms(&door))?)?;
    assert_eq!(
        door.ask(2, &request(vec![first]))?.answer()?.verdicts[0].stored,
        1
    );
    let verdicts = send(&door, vec![second])?;
    let why = rejection(&verdicts[0])?;
    assert_eq!(
        why.rule, "document.unknown",
        "the same as for one that does not exist"
    );
    let tenant = door.town().tenant;
    let row = door.store().read(|reader| reader.document(tenant, id(1)))?;
    assert_eq!(row.ok_or("gone")?.owner, door.town().reps[2].person);
    assert_eq!(stored(&door, id(1))?, 1);
    Ok(())
}

#[test]
fn ids_of_another_organisation_say_nothing() -> Outcome<()> {
    let (door, other) = (Door::open(2, PATIENCE)?, Door::open(1, PATIENCE)?);
    let theirs = packed(id(1), other.new_customer(LI, id(1), now_ms(&other))?)?;
    assert_eq!(
        other.ask(LI, &request(vec![theirs]))?.answer()?.verdicts[0].stored,
        1
    );
    // Their token, here.
    let token = other.phone(LI)?.access_token.clone();
    let body = deflate(&minicbor::to_vec(request(Vec::new()))?, ANSWER_LEVEL);
    let reply = door.beside(WANG, || door.post(&token, body))?;
    assert_eq!(reply.problem()?, (403, "other-organisation".to_owned()));
    // Their document, here: a later operation waits for what nobody here has, like that on any id.
    for number in [1, 2] {
        let section = Section {
            base: 1,
            operations: vec![1, 0].into(),
            ..empty(number)
        };
        let verdicts = send(&door, vec![section])?;
        let document = id(number);
        let blocker = Blocker {
            document,
            sequence: 1,
        };
        assert_eq!(verdicts[0].rest, [Verdict::WaitsOn(blocker)]);
    }
    // Their cursor, here.
    let cursor = other.ask(LI, &request(Vec::new()))?.answer()?.cursor;
    let foreign = Request {
        cursor: Some(cursor),
        ..request(Vec::new())
    };
    let reply = door.beside(WANG, || door.ask(LI, &foreign))?;
    assert_eq!(reply.problem()?, (409, "wrong-server".to_owned()));
    assert_eq!((stored(&door, id(1))?, stored(&other, id(1))?), (0, 1));
    Ok(())
}
