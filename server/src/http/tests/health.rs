use super::rig::{Rig, problem};

#[tokio::test]
async fn the_server_says_how_it_is() {
    let rig = Rig::start().await;
    for path in ["/healthz", "/readyz"] {
        let response = rig
            .client
            .get(format!("{}{path}", rig.base))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{path}");
    }
    rig.stop().await;
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() {
    let rig = Rig::start().await;
    let nowhere = rig
        .client
        .get(format!("{}/v2/sync", rig.base))
        .send()
        .await
        .unwrap();
    insta::assert_json_snapshot!("not_found", problem(nowhere).await);
    let wrong_method = rig
        .client
        .get(format!("{}/v1/sync", rig.base))
        .send()
        .await
        .unwrap();
    insta::assert_json_snapshot!("wrong_method", problem(wrong_method).await);
    rig.stop().await;
}
