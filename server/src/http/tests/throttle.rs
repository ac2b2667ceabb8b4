use chrono::TimeDelta;
use reqwest::Response;

use super::rig::{Rig, answer, idle, parsed, problem};

/// Five bodies that no honest phone sends.
async fn misbehave(rig: &Rig, token: &str, times: usize) {
    for _ in 0..times {
        let refused = rig.sync_bytes(token, b"no frame at all".to_vec()).await;
        assert_eq!(refused.status(), 400);
    }
}

/// How long a phone is told to wait, in seconds.
async fn told_to_wait(refused: Response) -> i64 {
    assert_eq!(refused.status(), 429);
    let seconds = refused.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    let problem = parsed(refused).await;
    assert_eq!(problem["type"], "urn:fieldbook:problem:throttled");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains(&format!("{seconds} s"))
    );
    seconds
}

#[tokio::test]
async fn a_copy_of_a_phone_that_has_to_wait_waits_too_and_there_are_not_many() {
    let rig = Rig::start().await;
    let (li, wang) = (rig.token(0, 7).await, rig.token(1, 8).await);
    misbehave(&rig, &li, 5).await;
    for own in 20..25 {
        let copy = parsed(rig.post("/v1/device", &rig.copy(7, own)).await).await;
        let token = copy["access_token"].as_str().unwrap();
        assert_eq!(told_to_wait(rig.sync_bytes(token, Vec::new()).await).await, 60);
    }
    let refused = problem(rig.post("/v1/device", &rig.copy(7, 25)).await).await;
    assert_eq!(refused["type"], "urn:fieldbook:problem:copies-too-many");
    assert_eq!(refused["field"], "former");
    drop(answer(rig.sync(&wang, &idle(None)).await).await);
    // Once it is heard again, so are they: what a copy sends counts for all of them.
    rig.pass(TimeDelta::minutes(30));
    drop(answer(rig.sync(&li, &idle(None)).await).await);
    let copy = parsed(rig.post("/v1/device", &rig.copy(7, 20)).await).await;
    misbehave(&rig, copy["access_token"].as_str().unwrap(), 5).await;
    assert_eq!(told_to_wait(rig.sync(&li, &idle(None)).await).await, 60);
    drop(answer(rig.sync(&wang, &idle(None)).await).await);
    rig.stop().await;
}

#[tokio::test]
async fn a_hostile_sender_is_heard_again_when_the_wait_is_over() {
    let rig = Rig::start().await;
    let (li, wang) = (rig.token(0, 7).await, rig.token(1, 8).await);
    misbehave(&rig, &li, 5).await;
    let wait = told_to_wait(rig.sync(&li, &idle(None)).await).await;
    assert_eq!(wait, 60);
    // Nobody else waits.
    drop(answer(rig.sync(&wang, &idle(None)).await).await);
    rig.pass(TimeDelta::seconds(wait) - TimeDelta::milliseconds(1));
    assert_eq!(told_to_wait(rig.sync(&li, &idle(None)).await).await, 1);
    rig.pass(TimeDelta::milliseconds(1));
    drop(answer(rig.sync(&li, &idle(None)).await).await);
    // One more of them costs another minute; an hour without forgives all.
    misbehave(&rig, &li, 1).await;
    assert_eq!(told_to_wait(rig.sync(&li, &idle(None)).await).await, 60);
    rig.pass(TimeDelta::minutes(30));
    misbehave(&rig, &li, 4).await;
    drop(answer(rig.sync(&li, &idle(None)).await).await);
    rig.stop().await;
}
