//! A rep's day on one phone, without any server: what was written reads back, survives a restart, and rules hold.

#![expect(clippy::unwrap_used, reason = "helpers of tests are not seen as tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Duration};
use fieldbook_core::document::command::{ContactFields, CustomerField, Decision};
use fieldbook_core::document::view::{ApprovalStatus, ApprovalView, VisitStatus, VisitView};
use fieldbook_core::geo::{Position, Reading, Source, Verdict};
use fieldbook_core::model::{BootId, DeviceId, PersonId, ServerId, TenantId};
use fieldbook_core::replica::{
    Identity, NewCustomer, NewExpenseLine, NewLogEntry, NewPlan, Now, Options, Replica, ReplicaError,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::json;
use uuid::Uuid;

fn now(minute: i64) -> Now {
    let at = DateTime::parse_from_rfc3339("2026-11-24T09:00:00.000+08:00").unwrap();
    Now {
        at: at + Duration::minutes(minute),
        mono_ms: 60_000 * u64::try_from(minute).unwrap(),
        boot: BootId(Uuid::nil()),
    }
}

fn identity() -> Identity {
    Identity {
        server: ServerId(Uuid::from_u128(1)),
        tenant: TenantId(Uuid::from_u128(2)),
        person: PersonId(Uuid::from_u128(3)),
        device: DeviceId(Uuid::from_u128(4)),
        secret: [7; 32],
        epoch: 0,
        server_key: [0; 32],
    }
}

fn reading(lat: f64, lon: f64, accuracy_m: f64) -> Reading {
    Reading {
        position: Position::new(lat, lon).unwrap(),
        accuracy_m,
        source: Source::Gps,
        fix_age_ms: 900,
        mock: false,
        speed_mps: None,
    }
}

#[test]
fn a_visit_from_the_plan_to_the_door_and_out_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.db");
    let rng = &mut ChaCha8Rng::seed_from_u64(1);
    let (customer, visit);
    {
        let replica = Replica::open(&path, Options::default()).unwrap();
        replica.enrol(&identity()).unwrap();
        customer = replica
            .add_customer(
                &now(0),
                rng,
                NewCustomer {
                    name: "华东轴承".to_owned(),
                    address: "上海市".to_owned(),
                    position: Some(Position::new(31.2304, 121.4737).unwrap()),
                    store_type: None,
                },
            )
            .unwrap();
        let plan = NewPlan {
            customer,
            rep: None,
            start: now(30).at,
            purpose: "count stock".to_owned(),
        };
        visit = replica.plan_visit(&now(1), rng, plan).unwrap();
        let inside = replica
            .start_visit(&now(31), rng, visit, Some(reading(31.2305, 121.4738, 12.0)), None)
            .unwrap();
        assert_eq!(inside.verdict, Verdict::Inside);
        assert!(inside.distance_m.unwrap() < 20.0);
        replica
            .record_step(&now(35), visit, "stock", json!(12), None)
            .unwrap();
        replica.edit_note(&now(36), visit, 0, 0, "老板周五回来").unwrap();
        replica.edit_note(&now(37), visit, 2, 2, "星期五").unwrap();
        let unknown = replica
            .finish_visit(
                &now(50),
                rng,
                visit,
                None,
                Some("no fix in the basement".to_owned()),
                None,
            )
            .unwrap();
        assert_eq!((unknown.verdict, unknown.distance_m), (Verdict::Unknown, None));
    }
    let replica = Replica::open(&path, Options::default()).unwrap();
    let view = VisitView::read(&replica.document(visit).unwrap().unwrap()).unwrap();
    assert_eq!(view.status, VisitStatus::Finished);
    assert_eq!(view.notes, "老板星期五回来");
    assert_eq!(view.results[0].value, json!(12));
    assert_eq!(
        replica.totals().unwrap().on_phone,
        9,
        "nine operations wait for the server"
    );
    let written = fieldbook_core::document::to_json(&replica.materialise(visit).unwrap().unwrap());
    assert_eq!(written["notes"], "老板星期五回来", "Automerge reads the same");
}

#[test]
fn a_restored_server_may_call_an_installation_by_another_name_and_nobody_else_gets_its_replica() {
    let replica = Replica::in_memory().unwrap();
    replica.enrol(&identity()).unwrap();
    let renamed = Identity {
        device: DeviceId(Uuid::from_u128(5)),
        ..identity()
    };
    replica.enrol(&renamed).unwrap();
    assert_eq!(replica.identity().unwrap(), renamed);
    let person = PersonId(Uuid::from_u128(6));
    for other in [
        Identity { person, ..identity() },
        Identity {
            secret: [8; 32],
            ..identity()
        },
        Identity {
            epoch: 1,
            ..identity()
        },
    ] {
        let refused = replica.enrol(&other);
        assert!(matches!(refused, Err(ReplicaError::AnotherPerson)), "{refused:?}");
    }
    assert_eq!(replica.identity().unwrap(), renamed, "nothing changed then");
}

#[test]
fn what_a_rule_forbids_is_not_written() {
    let replica = Replica::in_memory().unwrap();
    replica.enrol(&identity()).unwrap();
    let rng = &mut ChaCha8Rng::seed_from_u64(2);
    let customer = replica
        .add_customer(
            &now(0),
            rng,
            NewCustomer {
                name: "Sunrise".to_owned(),
                ..NewCustomer::default()
            },
        )
        .unwrap();
    let plan = |purpose: &str| NewPlan {
        customer,
        rep: None,
        start: now(30).at,
        purpose: purpose.to_owned(),
    };
    let first = replica.plan_visit(&now(1), rng, plan("first")).unwrap();
    let second = replica.plan_visit(&now(1), rng, plan("second")).unwrap();
    let before = replica.totals().unwrap();

    let rule = |result: Result<(), ReplicaError>| match result.unwrap_err() {
        ReplicaError::Refused(rejection) => {
            assert!(!rejection.suggestion.en.is_empty() && !rejection.suggestion.zh.is_empty());
            rejection.rule
        }
        other => panic!("{other}"),
    };
    assert_eq!(
        rule(
            replica
                .finish_visit(&now(2), rng, first, None, None, None)
                .map(drop)
        ),
        "visit.not_started"
    );
    replica
        .start_visit(&now(3), rng, first, None, Some("underground".to_owned()))
        .unwrap();
    assert_eq!(
        rule(replica.start_visit(&now(4), rng, second, None, None).map(drop)),
        "visit.another_open"
    );
    assert_eq!(
        rule(replica.move_visit(&now(5), first, now(60).at, None)),
        "plan.started"
    );
    let long = "x".repeat(3_000);
    assert_eq!(
        rule(replica.edit_customer(&now(6), customer, vec![CustomerField::Name(long)])),
        "value.too_long"
    );
    assert_eq!(
        replica.totals().unwrap().on_phone,
        before.on_phone + 2,
        "only the start and its check-in"
    );
}

#[test]
fn an_expense_is_handed_in_and_nobody_decides_on_their_own() {
    let replica = Replica::in_memory().unwrap();
    replica.enrol(&identity()).unwrap();
    let rng = &mut ChaCha8Rng::seed_from_u64(3);
    let expense = replica
        .draft_expense(&now(0), rng, "lunch", "CNY".parse().unwrap(), None, None)
        .unwrap();
    for amount in ["128.50", "71.50"] {
        let line = NewExpenseLine {
            date: now(0).at.date_naive(),
            category: "meals".to_owned(),
            amount: amount.to_owned(),
            ..NewExpenseLine::default()
        };
        replica.add_expense_line(&now(1), expense, line).unwrap();
    }
    let revision = replica.submit(&now(2), expense).unwrap();
    let view = ApprovalView::read(&replica.document(expense).unwrap().unwrap()).unwrap();
    assert_eq!(
        (view.status, view.total.to_string().as_str()),
        (ApprovalStatus::Submitted, "CNY 200.00")
    );
    let refused = replica
        .decide(&now(3), expense, &revision, Decision::Approve, None)
        .unwrap_err();
    assert!(
        matches!(refused, ReplicaError::Refused(ref rejection) if rejection.rule == "self_approval"),
        "{refused}"
    );
}

#[test]
fn a_subscriber_hears_after_the_commit_and_may_ask_the_replica() {
    let replica = Arc::new(Replica::in_memory().unwrap());
    replica.enrol(&identity()).unwrap();
    let rng = &mut ChaCha8Rng::seed_from_u64(4);
    let heard = Arc::new(AtomicUsize::new(0));
    let (asked, counter) = (Arc::clone(&replica), Arc::clone(&heard));
    let subscription = replica.live().subscribe(move |changed| {
        let (_, document) = changed.documents.iter().next().unwrap();
        assert!(
            asked.document(*document).unwrap().is_some(),
            "the commit is visible"
        );
        counter.fetch_add(1, Ordering::SeqCst);
    });
    let customer = replica
        .add_customer(
            &now(0),
            rng,
            NewCustomer {
                name: "Sunrise".to_owned(),
                ..NewCustomer::default()
            },
        )
        .unwrap();
    let fields = ContactFields {
        name: Some("Ms Li".to_owned()),
        ..ContactFields::default()
    };
    replica.add_contact(&now(1), rng, customer, fields).unwrap();
    replica
        .log(
            &now(2),
            rng,
            NewLogEntry {
                text: "called".to_owned(),
                ..NewLogEntry::default()
            },
        )
        .unwrap();
    drop(subscription);
    replica.set_tag(&now(3), customer, "vip", true).unwrap();
    assert_eq!(heard.load(Ordering::SeqCst), 3);
}
