use std::time::Duration;

use fieldbook_core::model::{DocumentId, Kind};
use fieldbook_core::wire::Origin;
use futures_util::StreamExt;
use reqwest::Response;
use tokio::time::timeout;

use super::rig::{Rig, problem};
use crate::http::news::Moved;
use crate::store::{NewSegment, Store};

async fn listen(rig: &Rig, token: &str) -> Response {
    rig.client
        .get(format!("{}/v1/events", rig.base))
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

#[tokio::test]
async fn phones_hear_of_what_they_may_see() {
    let rig = Rig::start().await;
    let (li, boss) = (rig.token(0, 7).await, rig.token(2, 8).await);
    let (mut li, mut boss) = (listen(&rig, &li).await, listen(&rig, &boss).await);
    assert_eq!(li.headers()["content-type"], "text/event-stream");
    let news = rig.app.news();
    // Wang's work concerns the supervisor only; the author's own phone is not told.
    news.tell(moved(&rig, 1, 1));
    let devices = rig.app.store().read(|r| r.devices(rig.tenant.id)).unwrap();
    let device = devices
        .iter()
        .find(|device| device.person == rig.people[0])
        .unwrap()
        .id;
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
    let (tenant, owner) = (rig.tenant.id, rig.people[0]);
    rig.app
        .store()
        .write(move |w| {
            let origin = Origin {
                public_key: [1; 32],
                epoch: 0,
            };
            let segment = NewSegment {
                device: None,
                origin,
                rebase: 0,
                base: 0,
                count: 1,
                operations: b"x",
                received_ms: 1,
            };
            w.append(
                tenant,
                DocumentId(uuid::Uuid::from_u128(5)),
                Kind::Customer,
                owner,
                &segment,
            )
        })
        .unwrap();
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
