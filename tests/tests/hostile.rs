//! What a phone of somebody's own making sends, and what the server makes of it.

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ObjType, ScalarValue};
use fieldbook_core::document::view::{VisitStatus, VisitView};
use fieldbook_core::model::{DocumentId, Kind};
use fieldbook_core::wire::{Blocker, Cursor, Request, Section, SectionVerdict, Verdict};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, craft, minute};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const AT: &str = "2026-11-24T14:05:00.000+08:00";

fn request(cursor: Option<Cursor>, upload: Vec<Section>) -> Request {
    Request {
        protocol: 1,
        schema: 1,
        cursor,
        reference: 0,
        budget: 1 << 20,
        upload,
        waiting: 0,
        testimony: None,
        number: 0,
        ruling: None,
        signature: None,
    }
}

fn op(action: OpType, obj: ObjectId, key: Key, pred: Vec<OpId>, insert: bool) -> Op {
    Op {
        action,
        obj,
        key,
        pred: SortedVec::from(pred),
        insert,
    }
}

fn put(map: &OpId, key: &str, value: &str) -> Op {
    let action = OpType::Put(ScalarValue::Str(value.into()));
    op(
        action,
        ObjectId::Id(map.clone()),
        Key::Map(key.into()),
        Vec::new(),
        false,
    )
}

/// The rule that refuses the first operation that is not stored.
fn rule(verdict: &SectionVerdict) -> Option<&str> {
    match verdict.rest.first() {
        Some(Verdict::Rejected(rejection)) => Some(&rejection.rule),
        _ => None,
    }
}

/// A section that does not read, and unfolds to so many deletes all the same.
fn junk(number: u128, deletes: u64) -> Section {
    let mut records = vec![0, 1 << 3, 7 | 0b1000, 2];
    let mut left = deletes;
    while left >= 0x80 {
        records.push((left as u8) | 0x80);
        left >>= 7;
    }
    records.push(left as u8);
    let mut bytes = vec![records.len() as u8];
    bytes.extend(records);
    Section {
        document: DocumentId(Uuid::from_u128(number)),
        kind: Kind::Visit,
        rebase: 0,
        base: 0,
        count: 1,
        check: [0; 4],
        operations: bytes.into(),
        former: false,
    }
}

#[test]
fn an_event_that_is_replaced_as_it_is_made_is_refused() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 30)?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(3))?;
    let section = craft(&team, "Grace", visit, 0, |start, actor, index| {
        let Some((list, _)) = index.object_at(&ObjectId::Root, "events") else {
            return Vec::new();
        };
        let id = OpId::new(start, actor);
        let map = OpType::Make(ObjType::Map);
        let at = Key::Seq(ElementId::Id(id.clone()));
        vec![
            op(
                map.clone(),
                list.clone(),
                Key::Seq(ElementId::Head),
                Vec::new(),
                true,
            ),
            put(&id, "event", "cancelled"),
            put(&id, "at", AT),
            put(&id, "reason", "no"),
            op(map, list, at, vec![id], false),
        ]
    })?;
    let answer = team.ask("Grace", request(None, vec![section]), &minute(6))?;
    assert_eq!(rule(&answer.verdicts[0]), Some("fact.rewritten"));
    team.sync("Dana", &minute(7))?;
    let seen = VisitView::read(&team.phone("Dana").document(visit)?.ok_or("the visit is gone")?)?;
    assert_eq!(seen.status, VisitStatus::Planned);
    Ok(())
}

#[test]
fn refused_sections_cost_what_they_cost() -> Outcome<()> {
    let team = Team::new()?;
    let sections: Vec<Section> = (1..=500).map(|number| junk(number, 16_000)).collect();
    let answer = team.ask("Marcus", request(None, sections), &minute(5))?;
    let judged = answer
        .verdicts
        .iter()
        .filter(|verdict| rule(verdict).is_some())
        .count();
    assert!((1..40).contains(&judged), "{judged} were read");
    for verdict in &answer.verdicts[judged..] {
        assert_eq!(
            verdict.rest,
            [Verdict::Transient {
                retry_after_ms: 30_000
            }]
        );
    }
    // Put off is not refused: the same come again and are judged then.
    let again = team.ask("Marcus", request(None, vec![junk(400, 16_000)]), &minute(6))?;
    assert_eq!(rule(&again.verdicts[0]), Some("gate.causality"));
    Ok(())
}

#[test]
fn a_request_of_too_many_operations_is_not_answered_one_by_one() -> Outcome<()> {
    let team = Team::new()?;
    let sections: Vec<Section> = (1..=10)
        .map(|n| Section {
            count: 10_000,
            ..junk(n, 2)
        })
        .collect();
    let refused = team.ask("Marcus", request(None, sections), &minute(5));
    let words = refused.err().ok_or("it was answered")?.to_string();
    assert!(words.contains("100000 operations in one request"), "{words}");
    Ok(())
}

#[test]
fn a_forged_scope_mark_tells_nothing() -> Outcome<()> {
    let mut team = Team::new()?;
    team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(3))?;
    let own = team.phone("Marcus").cursor()?.ok_or("no cursor")?;
    let dana = team.phone("Dana").cursor()?.ok_or("no cursor")?;
    let mut hashed = [0; 8];
    hashed.copy_from_slice(&Sha256::digest(team.person("Dana").as_bytes())[..8]);
    for mark in [hashed, dana.scope.people] {
        let mut cursor = own.clone();
        cursor.scope.people = mark;
        let answer = team.ask("Marcus", request(Some(cursor), Vec::new()), &minute(4))?;
        assert!(answer.forget.is_empty() && answer.news.is_empty(), "{answer:?}");
    }
    Ok(())
}

#[test]
fn many_pieces_of_text_and_a_full_operation_are_judged_in_a_moment() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 30)?;
    team.sync("Dana", &minute(3))?;
    let pieces = |rebase: u32, count: u64| {
        craft(&team, "Dana", visit, rebase, |start, actor, index| {
            let Some((notes, _)) = index.object_at(&ObjectId::Root, "notes") else {
                return Vec::new();
            };
            let typed = (0..count).map(|_| {
                let action = OpType::Put(ScalarValue::Str("a".into()));
                op(action, notes.clone(), Key::Seq(ElementId::Head), Vec::new(), true)
            });
            let deleted = (0..count).map(|at| {
                let id = OpId::new(start + at, actor);
                op(
                    OpType::Delete,
                    notes.clone(),
                    Key::Seq(ElementId::Id(id.clone())),
                    vec![id],
                    false,
                )
            });
            typed.chain(deleted).collect()
        })
    };
    let fits = team.ask("Dana", request(None, vec![pieces(1, 8_000)?]), &minute(5))?;
    assert_eq!(fits.verdicts[0].stored, 1, "{:?}", fits.verdicts[0].rest.first());
    let over = team.ask("Dana", request(None, vec![pieces(2, 10_001)?]), &minute(6))?;
    assert_eq!(
        rule(&over.verdicts[0]),
        Some("gate.operations"),
        "more than one operation may have"
    );
    Ok(())
}

#[test]
fn what_builds_on_something_unknown_waits_for_it() -> Outcome<()> {
    let (mut team, mut restored) = (Team::new()?, Team::new()?);
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(2))?;
    team.phone("Dana").set_tag(&minute(3), shop, "regular", true)?;
    team.phone("Grace").set_tag(&minute(3), shop, "vip", true)?;
    let (_, dana) = team.request("Dana")?;
    let (_, grace) = team.request("Grace")?;
    // The server from before the shop: of Dana's it lacks her own operation before, of Grace's that of somebody else.
    team.swap_servers(&mut restored);
    for (name, body, sequence) in [("Dana", &dana, 1), ("Grace", &grace, 0)] {
        let sent: Request = minicbor::decode(&fieldbook_core::wire::inflate(body, 1 << 20)?)?;
        let answer = team.ask(name, sent, &minute(4))?;
        let waits = Verdict::WaitsOn(Blocker {
            document: shop,
            sequence,
        });
        assert_eq!(answer.verdicts[0].rest, [waits], "{name}");
    }
    // Nothing was remembered against it: once the shop is back, both tags are taken.
    team.swap_servers(&mut restored);
    for (name, body) in [("Dana", &dana), ("Grace", &grace)] {
        let sent: Request = minicbor::decode(&fieldbook_core::wire::inflate(body, 1 << 20)?)?;
        assert_eq!(team.ask(name, sent, &minute(5))?.verdicts[0].stored, 1, "{name}");
    }
    Ok(())
}
