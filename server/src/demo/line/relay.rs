//! One connection, request after request, as much of HTTP/1.1 as the phone and the server speak with one another.

use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Break, Shared, Signal};

const UPLOAD: &[u8] = b"POST /v1/sync ";
const RENEWAL: &[u8] = b"POST /v1/token ";
const LENGTH: &str = "content-length:";
/// The longest head of a message.
const LONGEST_HEAD: usize = 64 << 10;

/// One end of the line with what was read from it and not passed on.
struct End {
    stream: TcpStream,
    waiting: Vec<u8>,
}

/// The head of a message.
struct Head {
    bytes: Vec<u8>,
    /// The length of the body.
    length: u64,
}

/// Carries requests and answers until one side closes or the signal breaks.
pub(super) async fn carry(phone: TcpStream, shared: &Shared) -> io::Result<()> {
    let server = TcpStream::connect(shared.server).await?;
    server.set_nodelay(true)?;
    phone.set_nodelay(true)?;
    let (mut phone, mut server) = (End::new(phone), End::new(server));
    // An upload with an old token is refused whatever becomes of it: it breaks only once the token is fresh.
    let mut is_fresh = false;
    while let Some(request) = phone.head().await? {
        let signal = *shared.signal.borrow();
        let is_upload = request.bytes.starts_with(UPLOAD);
        is_fresh |= request.bytes.starts_with(RENEWAL);
        let breaks = is_upload && is_fresh && signal == Signal::BreaksMidUpload;
        let sent = if breaks {
            request.length / 2
        } else {
            request.length
        };
        server.write(&request.bytes, &shared.up).await?;
        phone.pass(&mut server, sent, &shared.up).await?;
        let lost = Break {
            sent,
            of: request.length,
        };
        if breaks {
            shared.lose_signal(lost);
            return Ok(());
        }
        let Some(answer) = server.head().await? else {
            return Ok(());
        };
        if is_upload && signal == Signal::LosesAnswer && answer.bytes.starts_with(b"HTTP/1.1 200") {
            shared.lose_signal(lost);
            return Ok(());
        }
        phone.write(&answer.bytes, &shared.down).await?;
        server.pass(&mut phone, answer.length, &shared.down).await?;
    }
    Ok(())
}

impl Shared {
    fn lose_signal(&self, lost: Break) {
        self.broken.send_replace(Some(lost));
        self.signal.send_replace(Signal::None);
    }
}

impl End {
    fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            waiting: Vec::new(),
        }
    }

    /// The head of the next message; `None` when the other side has closed.
    async fn head(&mut self) -> io::Result<Option<Head>> {
        const END: &[u8] = b"\r\n\r\n";
        loop {
            if let Some(at) = self.waiting.windows(END.len()).position(|window| window == END) {
                let bytes: Vec<u8> = self.waiting.drain(..at + END.len()).collect();
                return Ok(Some(Head {
                    length: length(&bytes),
                    bytes,
                }));
            }
            if self.waiting.len() > LONGEST_HEAD {
                return Err(ErrorKind::InvalidData.into());
            }
            if self.stream.read_buf(&mut self.waiting).await? == 0 {
                return Ok(None);
            }
        }
    }

    /// Passes on `length` bytes of a body.
    async fn pass(&mut self, to: &mut End, length: u64, count: &AtomicU64) -> io::Result<()> {
        let mut left = length;
        while left > 0 {
            if self.waiting.is_empty() && self.stream.read_buf(&mut self.waiting).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            let part = usize::try_from(left)
                .unwrap_or(usize::MAX)
                .min(self.waiting.len());
            let bytes: Vec<u8> = self.waiting.drain(..part).collect();
            to.write(&bytes, count).await?;
            left -= part as u64;
        }
        Ok(())
    }

    async fn write(&mut self, bytes: &[u8], count: &AtomicU64) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        count.fetch_add(bytes.len() as u64, Ordering::SeqCst);
        Ok(())
    }
}

/// The length of the body that follows this head; 0 when it names none.
fn length(head: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let named = text
        .lines()
        .find_map(|line| line.strip_prefix(LENGTH)?.trim().parse().ok());
    named.unwrap_or(0)
}
