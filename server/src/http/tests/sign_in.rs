use chrono::TimeDelta;
use serde_json::json;

use super::rig::{Rig, enrolment, idle, parsed, problem, start_time};
use crate::clock::unix_ms;
use crate::recovery::begin_epoch;
use crate::store::Store;

const KEY: &str = "d04ab232742bb4ab3a1368bd4615e4e6d0224ab71a016baf8520a332c9778737";

#[tokio::test]
async fn a_code_gives_an_identity_and_tokens() {
    let rig = Rig::start().await;
    let enrolled = rig.enrol(0, 7).await;
    let mut shown = enrolled.clone();
    for secret in ["access_token", "refresh_token"] {
        shown[secret] = "…".into();
    }
    insta::assert_json_snapshot!("enrolled", shown);
    let token = enrolled["access_token"].as_str().unwrap();
    assert!(
        token.starts_with(&format!("fb1.{}.", rig.tenant.id.0.simple())),
        "{token}"
    );
    let next = parsed(
        rig.post(
            "/v1/token",
            &rig.renewal(7, enrolled["refresh_token"].as_str().unwrap()),
        )
        .await,
    )
    .await;
    assert_ne!(next["refresh_token"], enrolled["refresh_token"]);
    for token in [&enrolled["access_token"], &next["access_token"]] {
        let response = rig.sync(token.as_str().unwrap(), &idle(None)).await;
        assert_eq!(response.status(), 200);
    }
    rig.stop().await;
}

#[tokio::test]
async fn codes_have_their_problems() {
    let rig = Rig::start().await;
    let body = |code: &str| enrolment(code, 9);
    let unknown = rig.post("/v1/enrol", &body("0000-0000")).await;
    insta::assert_json_snapshot!("code_unknown", problem(unknown).await);
    let used = rig.code(0, 1);
    assert_eq!(rig.post("/v1/enrol", &body(&used)).await.status(), 200);
    let by_another = rig.post("/v1/enrol", &enrolment(&used, 10)).await;
    insta::assert_json_snapshot!("code_used", problem(by_another).await);
    let taken = rig.post("/v1/enrol", &body(&rig.code(1, 2))).await;
    insta::assert_json_snapshot!("key_taken", problem(taken).await);
    let old = rig.code(0, 3);
    rig.pass(TimeDelta::days(7));
    insta::assert_json_snapshot!(
        "code_expired",
        problem(rig.post("/v1/enrol", &body(&old)).await).await
    );
    rig.stop().await;
}

#[tokio::test]
async fn a_phone_whose_answer_was_lost_enrols_again_with_its_code() {
    let rig = Rig::start().await;
    let body = enrolment(&rig.code(0, 1), 9);
    let lost = parsed(rig.post("/v1/enrol", &body).await).await;
    rig.pass(TimeDelta::minutes(59));
    let again = parsed(rig.post("/v1/enrol", &body).await).await;
    for same in ["device", "person", "tenant", "epoch", "server_key"] {
        assert_eq!(again[same], lost[same], "{same}");
    }
    let token = |body: &serde_json::Value| body["access_token"].as_str().unwrap().to_owned();
    let heard = rig.signed(&[9; 32], &idle(None));
    assert_eq!(rig.send(&token(&again), &heard).await.status(), 200);
    // Nobody had the lost tokens, and they are of no use.
    let stale = rig.send(&token(&lost), &rig.signed(&[9; 32], &idle(None))).await;
    assert_eq!(problem(stale).await["type"], "urn:fieldbook:problem:signed-out");
    rig.pass(TimeDelta::minutes(2));
    let late = problem(rig.post("/v1/enrol", &body).await).await;
    assert_eq!(late["type"], "urn:fieldbook:problem:code-used");
    rig.stop().await;
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let rig = Rig::start().await;
    let wrong = [
        (json!({ "public_key": KEY, "name": "P" }), "code"),
        (json!({ "code": 7, "public_key": KEY, "name": "P" }), "code"),
        (
            json!({ "code": "0000-0000", "public_key": "abc", "name": "P" }),
            "public_key",
        ),
        (
            json!({ "code": "0000-0000", "public_key": KEY, "name": "" }),
            "name",
        ),
        (
            json!({ "code": "0000-0000", "public_key": KEY, "name": "x".repeat(101) }),
            "name",
        ),
        (
            json!({ "code": "0000-0000", "public_key": KEY, "name": "P", "epoch": -1 }),
            "epoch",
        ),
    ];
    for (body, field) in wrong {
        let problem = problem(rig.post("/v1/enrol", &body).await).await;
        assert_eq!(
            (&problem["status"], &problem["field"]),
            (&json!(400), &json!(field)),
            "{problem}"
        );
    }
    let missing = rig.post("/v1/token", &json!({})).await;
    insta::assert_json_snapshot!("field_missing", problem(missing).await);
    let list = rig.post("/v1/token", &json!([1])).await;
    assert_eq!(
        problem(list).await["type"],
        "urn:fieldbook:problem:body-malformed"
    );
    let text = rig
        .client
        .post(format!("{}/v1/token", rig.base))
        .body("{}")
        .send()
        .await
        .unwrap();
    insta::assert_json_snapshot!("content_type", problem(text).await);
    rig.stop().await;
}

#[tokio::test]
async fn a_restored_server_tells_its_epoch_and_a_phone_goes_on_by_its_key() {
    let rig = Rig::start().await;
    rig.enrol(0, 7).await;
    let tenant = rig.tenant.id.0.simple();
    let lost = rig.renewal(7, &format!("fr1.{tenant}.{}", "x".repeat(43)));
    let before = problem(rig.post("/v1/token", &lost).await).await;
    assert_eq!(before["type"], "urn:fieldbook:problem:token-unknown");
    assert!(before.get("epoch").is_none(), "{before}");
    let epoch = rig
        .app
        .store()
        .write(|writer| begin_epoch(writer, unix_ms(start_time()), 0))
        .unwrap()
        .epoch;
    let after = problem(rig.post("/v1/token", &lost).await).await;
    assert_eq!(
        (&after["type"], &after["epoch"]),
        (&before["type"], &json!(epoch))
    );
    let wish = rig.resumption(7, epoch);
    let stolen = rig.resumption(8, epoch);
    let unknown = problem(rig.post("/v1/resume", &stolen).await).await;
    assert_eq!(
        (&unknown["type"], &unknown["field"]),
        (&json!("urn:fieldbook:problem:key-unknown"), &json!("public_key"))
    );
    let resumed = parsed(rig.post("/v1/resume", &wish).await).await;
    let access = resumed["access_token"].as_str().unwrap();
    assert_eq!(rig.sync(access, &idle(None)).await.status(), 200);
    let again = problem(rig.post("/v1/resume", &wish).await).await;
    assert_eq!(again["type"], "urn:fieldbook:problem:device-copied");
    rig.stop().await;
}

#[tokio::test]
async fn a_request_that_waited_for_the_sign_in_is_taken_after_it() {
    let rig = Rig::start().await;
    rig.enrol(0, 7).await;
    let waiting = rig.signed(&[7; 32], &idle(None));
    let epoch = rig
        .app
        .store()
        .write(|writer| begin_epoch(writer, unix_ms(start_time()), 0))
        .unwrap()
        .epoch;
    let resumed = parsed(rig.post("/v1/resume", &rig.resumption(7, epoch)).await).await;
    let access = resumed["access_token"].as_str().unwrap();
    assert_eq!(
        rig.send(access, &waiting).await.status(),
        200,
        "it has a lower number"
    );
    assert_eq!(rig.send(access, &waiting).await.status(), 409, "and is good once");
    rig.stop().await;
}

#[tokio::test]
async fn a_copy_is_told_so_and_the_other_phone_goes_on() {
    let rig = Rig::start().await;
    let first = rig.enrol(0, 7).await;
    let refresh = rig.renewal(7, first["refresh_token"].as_str().unwrap());
    rig.pass(TimeDelta::minutes(50));
    let second = parsed(rig.post("/v1/token", &refresh).await).await;
    let access = second["access_token"].as_str().unwrap();
    assert_eq!(rig.sync(access, &idle(None)).await.status(), 200);
    rig.pass(TimeDelta::minutes(10));
    insta::assert_json_snapshot!(
        "device_copied",
        problem(rig.post("/v1/token", &refresh).await).await
    );
    assert_eq!(
        rig.sync(access, &idle(None)).await.status(),
        200,
        "the other phone"
    );
    rig.stop().await;
}

#[tokio::test]
async fn a_newer_sign_in_of_the_same_phone_ends_the_one_before() {
    let rig = Rig::start().await;
    let first = rig.token(0, 7).await;
    let again = rig.post("/v1/enrol", &enrolment(&rig.code(0, 77), 7)).await;
    assert_eq!(again.status(), 200);
    insta::assert_json_snapshot!("signed_out", problem(rig.sync(&first, &idle(None)).await).await);
    rig.stop().await;
}
