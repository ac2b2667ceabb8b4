use std::time::Duration;

use chrono::TimeDelta;
use fieldbook_core::model::{DocumentId, Kind, ServerId};
use fieldbook_core::wire::{
    ANSWER_LEVEL, MAX_BODY, PROTOCOL_VERSION, Request, SCHEMA_VERSION, Section, Verdict, deflate,
};
use futures_util::stream;
use tokio::time::timeout;
use uuid::Uuid;

use super::rig::{Rig, answer, idle, problem, start_time};
use crate::http::SYNC_BODY;
use crate::store::Store;

#[tokio::test]
async fn an_idle_exchange_is_small() {
    let rig = Rig::start().await;
    let token = rig.token(0, 7).await;
    let first = answer(rig.sync(&token, &idle(None)).await).await;
    let server = rig.app.store().read(|r| r.server()).unwrap();
    assert_eq!((first.protocol, first.server), (PROTOCOL_VERSION, server.id));
    assert_eq!(
        first.now_ms,
        u64::try_from(start_time().timestamp_millis()).unwrap()
    );
    let reference = first.reference.unwrap();
    let names: Vec<&str> = reference
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(names, ["Boss", "Li"]);

    let request = Request {
        reference: reference.version,
        ..idle(Some(first.cursor))
    };
    let response = rig.sync(&token, &request).await;
    let headers: usize = response
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    assert!(headers <= 130, "{headers} bytes: {:?}", response.headers());
    let second = answer(response).await;
    assert!(second.reference.is_none() && second.news.is_empty() && !second.more);
    rig.stop().await;
}

#[tokio::test]
async fn what_was_put_off_still_waits_on_the_phone() {
    let rig = Rig::start().await;
    let token = rig.token(0, 7).await;
    let tenant = rig.tenant.id;
    let device = || rig.app.store().read(|r| r.devices(tenant)).unwrap().remove(0);
    rig.pass(TimeDelta::minutes(11));
    let first = answer(rig.sync(&token, &idle(None)).await).await;
    let drained_ms = first.now_ms;
    assert_eq!((device().waiting, device().drained_ms), (0, drained_ms));

    // Two operations that build on one that is not here. The phone carries all that it has.
    rig.pass(TimeDelta::minutes(11));
    let section = Section {
        document: DocumentId(Uuid::from_u128(1)),
        kind: Kind::Customer,
        rebase: 0,
        base: 1,
        count: 2,
        check: [0; 4],
        operations: vec![0].into(),
        former: false,
    };
    let request = Request {
        upload: vec![section],
        ..idle(Some(first.cursor))
    };
    let told = answer(rig.sync(&token, &request).await).await;
    assert!(
        matches!(
            told.verdicts[0].rest[..],
            [Verdict::WaitsOn(_), Verdict::WaitsOn(_)]
        ),
        "{:?}",
        told.verdicts
    );
    assert_eq!((device().waiting, device().drained_ms), (2, drained_ms));
    rig.stop().await;
}

#[tokio::test]
async fn who_may_not_ask_is_told_why() {
    let rig = Rig::start().await;
    let token = rig.token(0, 7).await;
    let bare = rig
        .client
        .post(format!("{}/v1/sync", rig.base))
        .header("content-type", SYNC_BODY);
    let missing = bare.send().await.unwrap();
    assert_eq!(missing.headers()["www-authenticate"], "Bearer");
    insta::assert_json_snapshot!("token_missing", problem(missing).await);
    let malformed = rig.sync("secret", &idle(None)).await;
    insta::assert_json_snapshot!("token_malformed", problem(malformed).await);
    let mut unknown = token.clone();
    unknown.replace_range(unknown.len() - 4.., "AAAA");
    insta::assert_json_snapshot!(
        "token_unknown",
        problem(rig.sync(&unknown, &idle(None)).await).await
    );

    let elsewhere = Rig::start_with(2).await;
    let other = problem(elsewhere.sync(&token, &idle(None)).await).await;
    insta::assert_json_snapshot!("other_organisation", other);
    elsewhere.stop().await;

    rig.pass(TimeDelta::hours(1));
    insta::assert_json_snapshot!(
        "token_expired",
        problem(rig.sync(&token, &idle(None)).await).await
    );
    let (tenant, now) = (rig.tenant.id, 5);
    let device = rig.app.store().read(|r| r.devices(tenant)).unwrap()[0].id;
    rig.app
        .store()
        .write(move |w| w.revoke_device(tenant, device, now))
        .unwrap();
    rig.app
        .store()
        .write(move |w| w.close_device(tenant, device, now))
        .unwrap();
    insta::assert_json_snapshot!(
        "device_revoked",
        problem(rig.sync(&token, &idle(None)).await).await
    );
    rig.stop().await;
}

#[tokio::test]
async fn a_revoked_phone_may_hand_in_and_hears_no_news() {
    let rig = Rig::start().await;
    let token = rig.token(0, 7).await;
    let tenant = rig.tenant.id;
    let device = rig.app.store().read(|r| r.devices(tenant)).unwrap()[0].id;
    rig.app
        .store()
        .write(move |w| w.revoke_device(tenant, device, 1))
        .unwrap();
    assert_eq!(rig.sync(&token, &idle(None)).await.status(), 200);
    let events = rig
        .client
        .get(format!("{}/v1/events", rig.base))
        .bearer_auth(&token);
    assert_eq!(events.send().await.unwrap().status(), 403);
    rig.stop().await;
}

#[tokio::test]
async fn what_a_stranger_sends_is_not_read() {
    let rig = Rig::start().await;
    let mut token = rig.token(0, 7).await;
    token.replace_range(token.len() - 4.., "AAAA");
    // A body that never comes: whoever waited for it would not answer.
    let never = stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let request = rig
        .client
        .post(format!("{}/v1/sync", rig.base))
        .bearer_auth(&token)
        .header("content-type", SYNC_BODY)
        .body(reqwest::Body::wrap_stream(never));
    let answer = timeout(Duration::from_secs(10), request.send()).await;
    assert_eq!(
        problem(answer.unwrap().unwrap()).await["type"],
        "urn:fieldbook:problem:token-unknown"
    );
    rig.stop().await;
}

#[tokio::test]
async fn bodies_that_do_not_read_are_told_apart() {
    let rig = Rig::start().await;
    let token = rig.token(0, 7).await;
    let whole = deflate(&minicbor::to_vec(idle(None)).unwrap(), ANSWER_LEVEL);
    let cut = rig.sync_bytes(&token, whole[..whole.len() - 3].to_vec()).await;
    let cut = problem(cut).await;
    assert_eq!(
        (cut["status"].as_u64(), &cut["type"]),
        (Some(400), &"urn:fieldbook:problem:body-truncated".into())
    );
    for not_a_request in [
        deflate(b"hello", ANSWER_LEVEL),
        deflate(&[], ANSWER_LEVEL),
        deflate(&[0x81, 0x01], ANSWER_LEVEL),
    ] {
        let problem = problem(rig.sync_bytes(&token, not_a_request).await).await;
        assert_eq!(problem["status"], 400, "{problem}");
    }
    let mut longer = minicbor::to_vec(idle(None)).unwrap();
    longer.push(0);
    let longer = problem(rig.sync_bytes(&token, deflate(&longer, ANSWER_LEVEL)).await).await;
    insta::assert_json_snapshot!("bytes_after", longer);
    let json = rig
        .client
        .post(format!("{}/v1/sync", rig.base))
        .bearer_auth(&token);
    let json = json
        .header("content-type", "application/json")
        .body("{}")
        .send()
        .await
        .unwrap();
    insta::assert_json_snapshot!("sync_content_type", problem(json).await);
    rig.stop().await;
}

#[tokio::test]
async fn other_versions_and_servers_are_told_apart() {
    let rig = Rig::start().await;
    let token = rig.token(0, 7).await;
    // A version from the future need not read as ours at all.
    let future = deflate(&[0x82, 0x18, 0x63, 0x61, 0x78], ANSWER_LEVEL);
    insta::assert_json_snapshot!(
        "protocol_version",
        problem(rig.sync_bytes(&token, future).await).await
    );
    let schema = rig
        .sync(
            &token,
            &Request {
                schema: SCHEMA_VERSION + 1,
                ..idle(None)
            },
        )
        .await;
    insta::assert_json_snapshot!("schema_unknown", problem(schema).await);
    let mut cursor = answer(rig.sync(&token, &idle(None)).await).await.cursor;
    cursor.server = ServerId(Uuid::from_u128(7));
    insta::assert_json_snapshot!(
        "wrong_server",
        problem(rig.sync(&token, &idle(Some(cursor))).await).await
    );
    rig.stop().await;
}

#[tokio::test]
async fn large_bodies_and_bombs_stop_at_the_door() {
    let rig = Rig::start().await;
    let token = rig.token(0, 7).await;
    for size in [MAX_BODY + 1, 100 << 20] {
        let large = rig.sync_bytes(&token, vec![7; size]).await;
        insta::assert_json_snapshot!("body_too_large", problem(large).await);
    }
    let bomb = rig
        .sync_bytes(&token, deflate(&vec![0; 64 << 20], ANSWER_LEVEL))
        .await;
    insta::assert_json_snapshot!("bomb", problem(bomb).await);
    assert_eq!(
        rig.sync(&token, &idle(None)).await.status(),
        200,
        "the connection and the server go on"
    );
    rig.stop().await;
}
