use std::time::Duration;

use fieldbook_core::model::{DeviceId, DocumentId, Kind};
use fieldbook_core::wire::{Origin, Seal};
use futures_util::StreamExt;
use reqwest::Response;
use tokio::time::timeout;

use super::rig::{Rig, problem};
use crate::http::events::missed;
use crate::http::news::Moved;
use crate::http::sync::signed_in;
use crate::store::{NewSegment, Store, Writer};

async fn listen(rig: &Rig, token: &str) -> Response {
    rig.client
        .get(rig.events(&rig.secret(token), 0))
        .bearer_auth(token)
        .send()
        .await
        .unwrap()
}

/// The next event, or `None` at the end of the stream.
async fn event(response: &mut Response) -> Option<String> {
    let chunk = timeout(Duration::from_secs(20), response.chunk())
        .await
        .expect("an event")
        .unwrap();
    chunk.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

fn moved(rig: &Rig, sequence: u64, owner: usize) -> Moved {
    let owners = Some([rig.people[owner]].into());
    Moved {
        tenant: rig.tenant.id,
        sequence,
        owners,
        by: None,
    }
}

/// A segment of a customer of somebody's, by a device or by nobody's.
fn append(rig: &Rig, owner: usize, device: Option<DeviceId>) {
    let (tenant, person) = (rig.tenant.id, rig.people[owner]);
    let write = move |w: &mut dyn Writer| {
        let segment = NewSegment {
            device,
            origin: Origin {
                public_key: [1; 32],
                epoch: 0,
            },
            rebase: 0,
            base: 0,
            count: 1,
            operations: b"x",
            received_ms: 1,
            seal: Seal([0; 8]),
            proof: None,
        };
        let document = DocumentId(uuid::Uuid::from_u128(5 + owner as u128));
        w.append(tenant, document, Kind::Customer, person, &segment)
    };
    rig.app.store().write(write).unwrap();
}

/// The device of somebody's phone.
fn device_of(rig: &Rig, person: usize) -> DeviceId {
    let devices = rig.app.store().read(|r| r.devices(rig.tenant.id)).unwrap();
    let own = devices.iter().find(|device| device.person == rig.people[person]);
    own.unwrap().id
}

#[tokio::test]
async fn a_phone_is_told_at_once_only_of_what_it_lacks() {
    let rig = Rig::start().await;
    let li = rig.token(0, 7).await;
    let own = device_of(&rig, 0);
    let caller = signed_in(&rig.app, &li).unwrap().caller;
    let missed = |after| {
        rig.app
            .store()
            .read(|reader| missed(reader, &caller, after))
            .unwrap()
    };
    append(&rig, 0, Some(own));
    append(&rig, 1, None);
    assert_eq!(missed(0), None, "its own work, and Wang's");
    append(&rig, 0, None);
    assert_eq!((missed(0), missed(2), missed(3)), (Some(3), Some(3), None));
    let mut heard = rig
        .client
        .get(rig.events(&rig.secret(&li), 2))
        .bearer_auth(&li)
        .send()
        .await
        .unwrap();
    assert_eq!(event(&mut heard).await.unwrap(), "event: news\ndata: 3\n\n");
    drop(heard);
    rig.stop().await;
}

#[tokio::test]
async fn phones_hear_of_what_they_may_see() {
    let rig = Rig::start().await;
    let (li, boss) = (rig.token(0, 7).await, rig.token(2, 8).await);
    let (mut li, mut boss) = (listen(&rig, &li).await, listen(&rig, &boss).await);
    assert_eq!(li.headers()["content-type"], "text/event-stream");
    let news = rig.app.news();
    // Wang's work concerns the supervisor only; the author's own phone is not told.
    news.tell(moved(&rig, 1, 1));
    let device = device_of(&rig, 0);
    news.tell(Moved {
        by: Some(device),
        ..moved(&rig, 2, 0)
    });
    news.tell(moved(&rig, 3, 0));
    assert_eq!(event(&mut li).await.unwrap(), "event: news\ndata: 3\n\n");
    assert_eq!(event(&mut boss).await.unwrap(), "event: news\ndata: 1\n\n");
    drop((li, boss));
    rig.stop().await;
}

#[tokio::test]
async fn an_import_beside_the_server_is_heard_of() {
    let rig = Rig::start().await;
    let mut li = listen(&rig, &rig.token(0, 7).await).await;
    // The server has looked once and knows where the log was.
    rig.app.news().look(rig.app.store()).unwrap();
    append(&rig, 0, None);
    assert_eq!(event(&mut li).await.unwrap(), "event: news\ndata: 1\n\n");
    drop(li);
    rig.stop().await;
}

#[tokio::test]
async fn the_stream_ends_with_the_server_and_needs_a_token() {
    let rig = Rig::start().await;
    let stranger = rig
        .client
        .get(format!("{}/v1/events", rig.base))
        .send()
        .await
        .unwrap();
    assert_eq!(
        problem(stranger).await["type"],
        "urn:fieldbook:problem:token-missing"
    );
    let response = listen(&rig, &rig.token(0, 7).await).await;
    rig.stop().await;
    let rest: Vec<_> = timeout(Duration::from_secs(5), response.bytes_stream().collect())
        .await
        .unwrap();
    assert!(rest.iter().all(Result::is_ok), "ended in order: {rest:?}");
}

#[tokio::test]
async fn a_position_that_does_not_read_is_named_as_a_problem() {
    let rig = Rig::start().await;
    let token = rig.token(0, 7).await;
    for query in ["after=abc", "after=-1", "number=1.5", "after=1&after=2"] {
        let address = format!("{}/v1/events?{query}", rig.base);
        let refused = rig.client.get(address).bearer_auth(&token).send().await.unwrap();
        assert_eq!(refused.status(), 400, "{query}");
        let problem = problem(refused).await;
        assert_eq!(problem["type"], "urn:fieldbook:problem:field", "{query}");
        assert_eq!(problem["field"], "query");
        assert!(problem["fix_zh"].as_str().is_some_and(|fix| !fix.is_empty()));
    }
    rig.stop().await;
}
