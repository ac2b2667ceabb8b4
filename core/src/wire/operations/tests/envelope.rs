use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::vectors;
use crate::model::form::{
    Approver, Category, Chain, Condition, Duplicates, Field, FieldType, Form, LineRule, Mode, OverLimit, Step,
};
use crate::model::{DocumentId, InstallationKey, Kind, PersonId, Role, ServerId, TenantId, UnitId, Words};
use crate::trust::{self, LogPoint, Receipt, SignedBy};
use crate::wire::{
    Answer, Blocker, Cursor, Heard, Lane, News, Origin, PROTOCOL_VERSION, Person, Policy, Reference,
    Rejection, Request, ScopeMark, Seal, Section, SectionVerdict, Segment, Testimony, Unit, Verdict,
    VisitCycle,
};

const SERVER: &str = "0195f3a0-0000-7000-8000-000000000001";
const DOCUMENT: &str = "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6b";
const OTHER: &str = "0195f3a0-7c1e-7a52-9f3b-2c8d1e4f5a6c";
const PERSON: &str = "0195f3a0-0000-7000-8000-0000000000aa";
const UNIT: &str = "0195f3a0-0000-7000-8000-0000000000bb";
/// The secrets of a phone and of a server.
pub(super) const PHONE: [u8; 32] = [7; 32];
pub(super) const SERVER_SECRET: [u8; 32] = [9; 32];
const TENANT: &str = "0195f3a0-0000-7000-8000-0000000000cc";

fn uuid(text: &str) -> Uuid {
    text.parse().unwrap()
}

/// A vector of a value that reads back as it was written.
fn vector<T>(name: &str, description: &str, value: &T, fields: &Value) -> Value
where
    T: Encode<()> + for<'b> Decode<'b, ()> + PartialEq + std::fmt::Debug,
{
    let bytes = minicbor::to_vec(value).unwrap();
    assert_eq!(&minicbor::decode::<T>(&bytes).unwrap(), value);
    json!({ "name": name, "description": description, "value": fields, "cbor": hex::encode(bytes) })
}

fn first_request() -> Value {
    let request = Request {
        protocol: PROTOCOL_VERSION,
        schema: 1,
        cursor: None,
        reference: 0,
        budget: 98_304,
        upload: vec![],
        waiting: 0,
        testimony: None,
        number: 1,
        ruling: None,
        signature: None,
    };
    let fields = json!({
        "protocol": 1, "schema": 1, "cursor": null, "reference": 0, "budget": 98304, "upload": [], "waiting": 0, "number": 1,
        "ruling": null, "signature": null,
    });
    vector(
        "first request",
        "A Request of a phone that has nothing and sends nothing.",
        &request,
        &fields,
    )
}

/// The request of the vectors, signed.
pub(super) fn signed_request() -> Request {
    let lane = Lane {
        people: [2; 8],
        sequence: 40,
        until: 1_000,
    };
    let cursor = Cursor {
        server: ServerId(uuid(SERVER)),
        epoch: 1,
        sequence: 1_000,
        log_hash: [3; 8],
        scope: ScopeMark {
            people: [1; 8],
            lane: Some(lane),
        },
    };
    let section = Section {
        document: DocumentId(uuid(DOCUMENT)),
        kind: Kind::Visit,
        rebase: 0,
        base: 2,
        count: 1,
        check: [9; 4],
        operations: ByteVec::from(vec![0x02, 0x00, 0x00]),
        former: false,
    };
    let mut request = Request {
        protocol: PROTOCOL_VERSION,
        schema: 1,
        cursor: Some(cursor),
        reference: 7,
        budget: 1 << 20,
        upload: vec![section],
        waiting: 3,
        testimony: None,
        number: 42,
        ruling: Some(17),
        signature: None,
    };
    request.sign(&signed_by(), &PHONE).unwrap();
    request
}

fn request() -> Value {
    let request = signed_request();
    let fields = json!({
        "protocol": 1,
        "schema": 1,
        "cursor": {
            "server": SERVER, "epoch": 1, "sequence": 1000, "log_hash": "0303030303030303",
            "scope": {
                "people": "0101010101010101",
                "lane": { "people": "0202020202020202", "sequence": 40, "until": 1000 },
            },
        },
        "reference": 7,
        "budget": 1_048_576,
        "upload": [{
            "document": DOCUMENT, "kind": "visit (2)", "rebase": 0, "base": 2, "count": 1,
            "check": "09090909", "operations": "020000", "former": false,
        }],
        "waiting": 3,
        "number": 42,
        "ruling": 17,
        "signature": hex::encode(*request.signature.unwrap()),
    });
    vector(
        "request",
        "A Request with a cursor, an open lane and one section.",
        &request,
        &fields,
    )
}

fn recovering_request() -> Value {
    let testimony = Testimony {
        document: DocumentId(uuid(DOCUMENT)),
        kind: Kind::Visit,
        origin: Origin {
            public_key: [0x11; 32],
            epoch: 0,
        },
        rebase: 0,
        base: 2,
        count: 1,
        operations: ByteVec::from(vec![0x02, 0x00, 0x00]),
        seal: Seal([7; 8]),
    };
    let request = Request {
        protocol: PROTOCOL_VERSION,
        schema: 1,
        cursor: Some(cursor()),
        reference: 7,
        budget: 1 << 20,
        upload: vec![],
        waiting: 3,
        testimony: Some(vec![testimony]),
        number: 43,
        ruling: None,
        signature: None,
    };
    let fields = json!({
        "protocol": 1,
        "schema": 1,
        "cursor": cursor_fields(),
        "reference": 7,
        "budget": 1_048_576,
        "upload": [],
        "waiting": 3,
        "testimony": [{
            "document": DOCUMENT, "kind": "visit (2)", "origin": { "public_key": "11".repeat(32), "epoch": 0 },
            "rebase": 0, "base": 2, "count": 1, "operations": "020000", "seal": "07".repeat(8),
        }],
        "number": 43, "ruling": null, "signature": null,
    });
    vector(
        "recovering request",
        "A Request that hands back what the server once stored.",
        &request,
        &fields,
    )
}

/// Between whom the vectors are exchanged.
pub(super) fn signed_by() -> SignedBy {
    SignedBy {
        server: ServerId(uuid(SERVER)),
        tenant: TenantId(uuid(TENANT)),
        installation: InstallationKey {
            public_key: trust::public_key(&PHONE),
            epoch: 0,
        },
    }
}

pub(super) fn receipt() -> Receipt {
    let point = |number, byte| LogPoint {
        number,
        hash: [byte; 32],
    };
    let plain = Receipt {
        at_ms: 1_795_500_000_000,
        epoch: 1,
        stored: 212,
        refused: 1,
        log: point(1_000, 3),
        rulings: point(17, 6),
        signature: [0; 64],
    };
    let by = signed_by();
    plain.signed(by.server, by.tenant, &by.installation, &SERVER_SECRET)
}

fn idle_answer() -> Value {
    let answer = Answer {
        protocol: PROTOCOL_VERSION,
        server: ServerId(uuid(SERVER)),
        now_ms: 1_795_500_000_000,
        verdicts: vec![],
        origins: vec![],
        news: vec![],
        forget: vec![],
        reference: None,
        cursor: cursor(),
        more: false,
        rewind: false,
        heard: None,
        receipt: None,
        ended: None,
        head: None,
    };
    let fields = json!({
        "protocol": 1, "server": SERVER, "now_ms": 1_795_500_000_000_u64, "verdicts": [], "origins": [], "news": [],
        "forget": [], "reference": null, "cursor": cursor_fields(), "more": false, "rewind": false,
        "receipt": null,
    });
    vector(
        "idle answer",
        "An Answer when there is nothing new; a scope without a lane.",
        &answer,
        &fields,
    )
}

fn cursor() -> Cursor {
    Cursor {
        server: ServerId(uuid(SERVER)),
        epoch: 1,
        sequence: 1_002,
        log_hash: [4; 8],
        scope: ScopeMark {
            people: [1; 8],
            lane: None,
        },
    }
}

fn cursor_fields() -> Value {
    json!({
        "server": SERVER, "epoch": 1, "sequence": 1002, "log_hash": "0404040404040404",
        "scope": { "people": "0101010101010101", "lane": null },
    })
}

fn verdicts() -> Vec<SectionVerdict> {
    let rejection = Rejection {
        rule: "plan.started".to_owned(),
        path: "plan/start".to_owned(),
        expected: Words::new("a visit that has not started", "尚未开始的拜访"),
        actual: "started".to_owned(),
        suggestion: Words::new("Log a new visit.", "请新建拜访。"),
    };
    let blocker = Blocker {
        document: DocumentId(uuid(DOCUMENT)),
        sequence: 3,
    };
    vec![
        SectionVerdict {
            stored: 2,
            duplicate: 1,
            rest: vec![],
            seal: Some(Seal([7; 8])),
        },
        SectionVerdict {
            stored: 0,
            duplicate: 0,
            rest: vec![
                Verdict::Rejected(rejection),
                Verdict::WaitsOn(blocker),
                Verdict::Transient {
                    retry_after_ms: 5_000,
                },
                Verdict::Accepted,
                Verdict::Duplicate,
            ],
            seal: None,
        },
    ]
}

fn verdict_fields() -> Value {
    json!([
        { "stored": 2, "duplicate": 1, "rest": [], "seal": "07".repeat(8) },
        {
            "stored": 0,
            "duplicate": 0,
            "rest": [
                { "rejected": {
                    "rule": "plan.started", "path": "plan/start", "expected": "a visit that has not started",
                    "actual": "started", "suggestion": { "en": "Log a new visit.", "zh": "请新建拜访。" },
                } },
                { "waits_on": { "document": DOCUMENT, "sequence": 3 } },
                { "transient": { "retry_after_ms": 5000 } },
                "accepted",
                "duplicate",
            ],
        },
    ])
}

fn reference() -> Reference {
    Reference {
        version: 8,
        tenant: Some(TenantId(uuid(TENANT))),
        units: vec![Unit {
            id: UnitId(uuid(UNIT)),
            parent: None,
            name: "East".to_owned(),
        }],
        people: vec![Person {
            id: PersonId(uuid(PERSON)),
            unit: UnitId(uuid(UNIT)),
            name: "Li Na".to_owned(),
            role: Role::Rep,
            visible: true,
            left: false,
        }],
        policy: Policy {
            holding_limit: 500,
            claims_a_day: 20,
            fence_version: 1,
            fence_radius_m: 500.0,
            expense_limit: "1000".to_owned(),
            currency: "CNY".to_owned(),
            cycles: vec![VisitCycle {
                grade: "A".to_owned(),
                days: 7,
            }],
            template: "store-visit@1".to_owned(),
            steps: vec!["stock".to_owned()],
        },
        forms: vec![form()],
        chains: vec![chain()],
    }
}

fn form() -> Form {
    Form {
        name: "gift".to_owned(),
        version: 2,
        label: Words::new("Gift", "礼品"),
        fields: vec![Field {
            name: "why".to_owned(),
            label: Words::new("Why", "事由"),
            holds: FieldType::Choice,
            required: true,
            most: None,
            choices: vec!["fair".to_owned()],
        }],
        lines: Some(LineRule {
            required: true,
            receipt: false,
            categories: vec![Category {
                name: "gifts".to_owned(),
                label: Words::new("Gifts", "礼品"),
                limit: Some("200".to_owned()),
                currency: Some("CNY".to_owned()),
            }],
            duplicates: Duplicates::Return,
            over_limit: OverLimit::Show,
        }),
        chain: "gift".to_owned(),
    }
}

fn chain() -> Chain {
    Chain {
        name: "gift".to_owned(),
        version: 3,
        steps: vec![Step {
            label: Words::new("Both", "会签"),
            mode: Mode::All,
            approvers: vec![
                Approver::Superior,
                Approver::Head(Some(UnitId(uuid(UNIT)))),
                Approver::Duty("finance".to_owned()),
                Approver::Person(PersonId(uuid(PERSON))),
            ],
            when: Some(Condition {
                above: Some("100".to_owned()),
                currency: Some("CNY".to_owned()),
                forms: vec!["gift".to_owned()],
                categories: vec!["gifts".to_owned()],
                over_limit: true,
            }),
        }],
        copies: vec![Approver::Head(None)],
    }
}

fn form_fields() -> Value {
    json!({
        "name": "gift", "version": 2, "label": { "en": "Gift", "zh": "礼品" },
        "fields": [{
            "name": "why", "label": { "en": "Why", "zh": "事由" }, "holds": "choice (4)", "required": true,
            "most": null, "choices": ["fair"],
        }],
        "lines": {
            "required": true, "receipt": false,
            "categories": [{
                "name": "gifts", "label": { "en": "Gifts", "zh": "礼品" }, "limit": "200", "currency": "CNY",
            }],
            "duplicates": "return (1)", "over_limit": "show (0)",
        },
        "chain": "gift",
    })
}

fn chain_fields() -> Value {
    json!({
        "name": "gift", "version": 3,
        "steps": [{
            "label": { "en": "Both", "zh": "会签" }, "mode": "all (1)",
            "approvers": ["superior", { "head": UNIT }, { "duty": "finance" }, { "person": PERSON }],
            "when": {
                "above": "100", "currency": "CNY", "forms": ["gift"], "categories": ["gifts"], "over_limit": true,
            },
        }],
        "copies": [{ "head": null }],
    })
}

fn reference_fields() -> Value {
    json!({
        "version": 8,
        "tenant": TENANT,
        "units": [{ "id": UNIT, "parent": null, "name": "East" }],
        "people": [{ "id": PERSON, "unit": UNIT, "name": "Li Na", "role": "rep (1)", "visible": true, "left": false }],
        "policy": {
            "fence_version": 1, "fence_radius_m": 500.0, "expense_limit": "1000", "currency": "CNY",
            "cycles": [{ "grade": "A", "days": 7 }], "template": "store-visit@1", "steps": ["stock"],
        },
        "forms": [form_fields()],
        "chains": [chain_fields()],
    })
}

fn full_answer() -> Value {
    let segment = Segment {
        origin: 0,
        rebase: 0,
        base: 0,
        count: 1,
        operations: ByteVec::from(vec![0x02, 0x00, 0x00]),
        seal: Some(Seal([8; 8])),
    };
    let news = News {
        document: DocumentId(uuid(OTHER)),
        kind: Kind::Customer,
        segments: vec![segment],
    };
    let answer = Answer {
        protocol: PROTOCOL_VERSION,
        server: ServerId(uuid(SERVER)),
        now_ms: 1_795_500_000_000,
        verdicts: verdicts(),
        origins: vec![Origin {
            public_key: [0x11; 32],
            epoch: 0,
        }],
        news: vec![news],
        forget: vec![DocumentId(uuid(DOCUMENT))],
        reference: Some(reference()),
        cursor: cursor(),
        more: true,
        rewind: false,
        heard: Some(vec![
            Heard::Stored,
            Heard::Elsewhere,
            Heard::Waits,
            Heard::Later,
            Heard::Unproven,
        ]),
        receipt: Some(receipt()),
        ended: None,
        head: Some(9000),
    };
    let fields = json!({
        "protocol": 1,
        "server": SERVER,
        "now_ms": 1_795_500_000_000_u64,
        "verdicts": verdict_fields(),
        "origins": [{ "public_key": "11".repeat(32), "epoch": 0 }],
        "news": [{
            "document": OTHER, "kind": "customer (1)",
            "segments": [{ "origin": 0, "rebase": 0, "base": 0, "count": 1, "operations": "020000",
                "seal": "08".repeat(8) }],
        }],
        "forget": [DOCUMENT],
        "reference": reference_fields(),
        "cursor": cursor_fields(),
        "more": true,
        "rewind": false,
        "heard": ["stored (0)", "elsewhere (1)", "waits (2)", "later (3)", "unproven (4)"],
        "receipt": serde_json::to_value(receipt()).unwrap(),
        "head": 9000,
    });
    vector(
        "answer",
        "An Answer with every sort of verdict, news and reference rows.",
        &answer,
        &fields,
    )
}

#[test]
fn the_envelope_is_written_as_in_the_vectors() {
    let made = [
        first_request(),
        request(),
        recovering_request(),
        idle_answer(),
        full_answer(),
    ];
    vectors::check("envelope.json", &made.to_vec().into());
}
