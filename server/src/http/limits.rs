use std::time::Duration;

/// How much a server takes on at one time, whoever sends it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections; a newcomer gets the place of whoever has been without a request for longest.
    pub connections: usize,
    /// How long a connection may be open before the first byte of its first request.
    pub silence: Duration,
    /// How long the body of an exchange may take.
    pub patience: Duration,
    /// Bytes of all bodies together that came and are not answered.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            silence: Duration::from_secs(10),
            patience: Duration::from_secs(30),
            body_bytes: 256 << 20,
        }
    }
}
