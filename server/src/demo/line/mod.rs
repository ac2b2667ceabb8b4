//! A phone's connection: a relay on a loopback port between one phone and the server, which can be absent or break.
//!
//! Nothing is pretended: a phone without a connection gets none, and a broken upload is a TCP connection that ends
//! after half of the body.

mod relay;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the phone's display would show as bars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// No network.
    None,
    /// All is well.
    Good,
    /// The next upload ends after half of its body.
    BreaksMidUpload,
    /// The next upload arrives, and its answer is lost on the way back.
    LosesAnswer,
}

/// Where an upload broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// Bytes of the body that had left the phone.
    pub(super) sent: u64,
    /// Bytes of the whole body.
    pub(super) of: u64,
}

/// A phone's connection to the server.
#[derive(Debug)]
pub(super) struct Line {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    server: SocketAddr,
    signal: watch::Sender<Signal>,
    broken: watch::Sender<Option<Break>>,
    up: AtomicU64,
    down: AtomicU64,
}

impl Line {
    /// A connection to `server` with a good signal.
    pub(super) async fn open(server: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            server,
            signal: watch::Sender::new(Signal::Good),
            broken: watch::Sender::new(None),
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            accepting,
        })
    }

    /// The address that the phone knows as its server.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Changes the signal; connections that are open end.
    pub(super) fn set(&self, signal: Signal) {
        self.shared.broken.send_replace(None);
        self.shared.signal.send_replace(signal);
    }

    /// Is there any network?
    pub(super) fn is_up(&self) -> bool {
        *self.shared.signal.borrow() != Signal::None
    }

    /// Where the last upload broke, since the signal was set.
    pub(super) fn broke_at(&self) -> Option<Break> {
        *self.shared.broken.borrow()
    }

    /// Bytes that went to the server and came from it so far, headers included.
    pub(super) fn bytes(&self) -> (u64, u64) {
        (
            self.shared.up.load(Ordering::SeqCst),
            self.shared.down.load(Ordering::SeqCst),
        )
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.accepting.abort();
        self.shared.signal.send_replace(Signal::None);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((phone, _)) = listener.accept().await {
        let mut signal = shared.signal.subscribe();
        if *signal.borrow_and_update() == Signal::None {
            // Dropped at once: the phone finds nobody at the other end.
            continue;
        }
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            tokio::select! {
                _ = relay::carry(phone, &shared) => {}
                _ = signal.changed() => {}
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    const UPLOAD: &[u8] = b"POST /v1/sync HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789";
    const RENEWAL: &[u8] = b"POST /v1/token HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}";
    const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes";

    /// A server that answers every request of known length, and tells what it got in the end.
    async fn server(requests: Vec<usize>) -> (SocketAddr, JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let got = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut got = Vec::new();
            for length in requests {
                let mut request = vec![0; length];
                if stream.read_exact(&mut request).await.is_err() {
                    break;
                }
                got.extend_from_slice(&request);
                let _ = stream.write_all(ANSWER).await;
            }
            let _ = stream.read_to_end(&mut got).await;
            got
        });
        (address, got)
    }

    async fn ask(phone: &mut TcpStream, request: &[u8]) -> Vec<u8> {
        let mut answer = vec![0; ANSWER.len()];
        if phone.write_all(request).await.is_err() {
            return Vec::new();
        }
        phone
            .read_exact(&mut answer)
            .await
            .map_or_else(|_| Vec::new(), |_| answer)
    }

    #[tokio::test]
    async fn a_good_line_carries_and_counts() {
        let (address, got) = server(vec![UPLOAD.len(), UPLOAD.len()]).await;
        let line = Line::open(address).await.unwrap();
        let mut phone = TcpStream::connect(line.address).await.unwrap();
        assert_eq!(ask(&mut phone, UPLOAD).await, ANSWER);
        assert_eq!(ask(&mut phone, UPLOAD).await, ANSWER);
        drop(phone);
        assert_eq!(got.await.unwrap(), [UPLOAD, UPLOAD].concat());
        assert_eq!(line.bytes(), (2 * UPLOAD.len() as u64, 2 * ANSWER.len() as u64));
    }

    #[tokio::test]
    async fn an_upload_breaks_in_the_middle() {
        let (address, got) = server(vec![RENEWAL.len(), UPLOAD.len()]).await;
        let line = Line::open(address).await.unwrap();
        line.set(Signal::BreaksMidUpload);
        let mut phone = TcpStream::connect(line.address).await.unwrap();
        assert_eq!(ask(&mut phone, RENEWAL).await, ANSWER, "only uploads break");
        assert_eq!(ask(&mut phone, UPLOAD).await, b"");
        let half = &UPLOAD[..UPLOAD.len() - 5];
        assert!(got.await.unwrap().len() <= RENEWAL.len() + half.len());
        assert_eq!(line.broke_at(), Some(Break { sent: 5, of: 10 }));
        assert!(!line.is_up());
    }

    #[tokio::test]
    async fn an_answer_is_lost() {
        let (address, got) = server(vec![UPLOAD.len()]).await;
        let line = Line::open(address).await.unwrap();
        line.set(Signal::LosesAnswer);
        let mut phone = TcpStream::connect(line.address).await.unwrap();
        assert_eq!(ask(&mut phone, UPLOAD).await, b"");
        assert_eq!(got.await.unwrap(), UPLOAD, "the server has it all");
        assert_eq!(
            (line.broke_at(), line.bytes().1),
            (Some(Break { sent: 10, of: 10 }), 0)
        );
    }

    #[tokio::test]
    async fn without_a_signal_nobody_answers() {
        let (address, _) = server(vec![UPLOAD.len()]).await;
        let line = Line::open(address).await.unwrap();
        line.set(Signal::None);
        let mut phone = TcpStream::connect(line.address).await.unwrap();
        assert_eq!(ask(&mut phone, UPLOAD).await, b"");
        assert_eq!(line.bytes(), (0, 0));
    }
}
