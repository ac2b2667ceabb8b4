use serde_json::{Value, json};

use super::envelope::{PHONE, SERVER_SECRET, receipt, signed_by, signed_request};
use super::vectors;
use crate::trust::{self, Claim, section_digest};

fn request() -> Value {
    let (request, by) = (signed_request(), signed_by());
    let head = request.head_digest().unwrap();
    let sections: Vec<[u8; 32]> = request.upload.iter().map(section_digest).collect();
    assert!(request.is_signed(&by));
    json!({
        "name": "request",
        "description": "The envelope of the same name, as the phone signs it.",
        "head": hex::encode(head),
        "sections": sections.iter().map(hex::encode).collect::<Vec<_>>(),
        "message": hex::encode(by.message(&head, &sections)),
        "signature": hex::encode(*request.signature.unwrap()),
    })
}

fn signed(name: &str, fields: &Value, message: &[u8]) -> Value {
    let signature = trust::sign(&PHONE, message);
    json!({
        "name": name, "fields": fields, "message": hex::encode(message), "signature": hex::encode(signature),
    })
}

fn claims() -> Vec<Value> {
    let (by, key) = (signed_by(), trust::public_key(&PHONE));
    let (code, epoch, name, refresh_token) = ("7K3M-Q8RT", 0, "Li's phone", "fr1.organisation.secret");
    let (number, after) = (43, 1_000);
    let events = Claim::Events {
        server: by.server,
        tenant: by.tenant,
        number,
        after,
    };
    let renewal = Claim::Renewal {
        server: by.server,
        refresh_token,
    };
    let resumption = Claim::Resumption {
        server: by.server,
        tenant: by.tenant,
        epoch: 1_795_500_000,
        number,
    };
    vec![
        signed(
            "enrolment",
            &json!({ "code": code, "epoch": epoch, "name": name }),
            &Claim::Enrolment { code, epoch, name }.message(&key),
        ),
        signed(
            "renewal",
            &json!({ "refresh_token": refresh_token }),
            &renewal.message(&key),
        ),
        signed(
            "resumption",
            &json!({ "epoch": 1_795_500_000, "number": number }),
            &resumption.message(&key),
        ),
        signed(
            "events",
            &json!({ "number": number, "after": after }),
            &events.message(&key),
        ),
        signed(
            "copy",
            &json!({ "former": hex::encode([0x22; 32]) }),
            &trust::copy_message(by.server, &[0x22; 32], &key),
        ),
    ]
}

#[test]
fn signatures_are_as_in_the_vectors() {
    let (by, receipt) = (signed_by(), receipt());
    let server_key = trust::public_key(&SERVER_SECRET);
    assert!(receipt.is_signed(by.server, by.tenant, &by.installation, &server_key));
    let mut all = vec![
        json!({
            "name": "keys",
            "server": by.server, "tenant": by.tenant, "epoch": by.installation.epoch,
            "secret": hex::encode(PHONE), "public_key": hex::encode(by.installation.public_key),
            "server_secret": hex::encode(SERVER_SECRET), "server_key": hex::encode(server_key),
        }),
        request(),
    ];
    all.extend(claims());
    all.push(json!({
        "name": "receipt",
        "description": "The receipt of the envelope \"answer\", as the server signs it.",
        "receipt": receipt,
        "message": hex::encode(receipt.message(by.server, by.tenant, &by.installation)),
    }));
    vectors::check("signatures.json", &all.into());
}
