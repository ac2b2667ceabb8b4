use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::Outcome;

/// Stands between phones and a server and counts what goes over the sockets.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    counted: Arc<Counted>,
}

#[derive(Debug, Default)]
struct Counted {
    up: AtomicU64,
    down: AtomicU64,
    ended: AtomicBool,
}

impl Proxy {
    /// Listens on a free port and hands every connection on to the server at `upstream`.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(upstream: &str) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let proxy = Self {
            address: listener.local_addr()?,
            counted: Arc::default(),
        };
        let (counted, upstream) = (Arc::clone(&proxy.counted), upstream.to_owned());
        std::thread::Builder::new()
            .name("proxy".to_owned())
            .spawn(move || {
                for phone in listener.incoming() {
                    if counted.ended.load(Ordering::SeqCst) {
                        return;
                    }
                    if let Ok(phone) = phone {
                        // A server that is down looks to the phone like a connection that was closed.
                        let _ = join(phone, &upstream, &counted);
                    }
                }
            })?;
        Ok(proxy)
    }

    /// Its address as phones name it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The bytes that went up to the server and down to the phones so far.
    pub fn bytes(&self) -> (u64, u64) {
        (
            self.counted.up.load(Ordering::SeqCst),
            self.counted.down.load(Ordering::SeqCst),
        )
    }
}

impl Drop for Proxy {
    /// Ends the listening thread; open connections end with their phones.
    fn drop(&mut self) {
        self.counted.ended.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn join(phone: TcpStream, upstream: &str, counted: &Arc<Counted>) -> std::io::Result<()> {
    let server = TcpStream::connect(upstream)?;
    phone.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let ways = [
        (phone.try_clone()?, server.try_clone()?, true),
        (server, phone, false),
    ];
    for (from, to, is_up) in ways {
        let counted = Arc::clone(counted);
        std::thread::Builder::new()
            .name("proxy-way".to_owned())
            .spawn(move || {
                let counter = if is_up { &counted.up } else { &counted.down };
                carry(from, to, counter);
            })?;
    }
    Ok(())
}

fn carry(mut from: TcpStream, mut to: TcpStream, counter: &AtomicU64) {
    let mut buffer = vec![0_u8; 64 << 10];
    while let Ok(read) = from.read(&mut buffer) {
        // Counted before it is handed on: whoever has the answer finds it counted.
        counter.fetch_add(read as u64, Ordering::SeqCst);
        if read == 0 || to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
    let _ = from.shutdown(Shutdown::Read);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_counted_each_way() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy::start(&server.local_addr().unwrap().to_string()).unwrap();
        let mut phone = TcpStream::connect(proxy.address).unwrap();
        let (mut accepted, _) = server.accept().unwrap();
        phone.write_all(b"hello").unwrap();
        phone.shutdown(Shutdown::Write).unwrap();
        let mut heard = String::new();
        accepted.read_to_string(&mut heard).unwrap();
        assert_eq!(heard, "hello");
        accepted.write_all(b"good morning").unwrap();
        drop(accepted);
        heard.clear();
        phone.read_to_string(&mut heard).unwrap();
        assert_eq!((heard.as_str(), proxy.bytes()), ("good morning", (5, 12)));
    }
}
