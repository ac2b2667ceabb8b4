use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::rig::Rig;
use crate::http::{ServeError, bind};

#[tokio::test]
async fn a_request_under_way_is_finished_before_the_server_stops() {
    let mut rig = Rig::start().await;
    let address = rig.base.trim_start_matches("http://").to_owned();
    let mut half = TcpStream::connect(&address).await.unwrap();
    let signature = "0".repeat(128);
    let body = format!(r#"{{"refresh_token":"fr1.nothing","signature":"{signature}"}}"#);
    let head = format!(
        "POST /v1/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    half.write_all(head.as_bytes()).await.unwrap();
    half.write_all(&body.as_bytes()[..5]).await.unwrap();
    // The server has taken up the request once it has answered another one that came later.
    rig.client
        .get(format!("{}/healthz", rig.base))
        .send()
        .await
        .unwrap();
    rig.ask_to_stop();
    // No new connections: the port is closed.
    timeout(Duration::from_secs(5), async {
        while TcpStream::connect(&address).await.is_ok() {}
    })
    .await
    .unwrap();
    half.write_all(&body.as_bytes()[5..]).await.unwrap();
    let mut answer = String::new();
    half.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert!(answer.contains("token-malformed"), "{answer}");
    timeout(Duration::from_secs(5), rig.stopped()).await.unwrap();
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let first = bind("127.0.0.1:0").await.unwrap();
    let address = first.local_addr().unwrap().to_string();
    let error = bind(&address).await.unwrap_err();
    assert_eq!(
        error,
        ServeError::InUse {
            address: address.clone()
        }
    );
    assert!(
        error.to_string().contains(&address) && error.to_string().contains("--listen"),
        "{error}"
    );
    let nonsense = bind("not an address").await.unwrap_err();
    assert!(nonsense.to_string().contains("127.0.0.1:7878"), "{nonsense}");
}
