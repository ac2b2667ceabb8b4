use chrono::TimeDelta;
use reqwest::Response;

use super::rig::{Rig, answer, idle, parsed};

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
