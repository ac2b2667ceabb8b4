use serde::Serialize;

/// The day in figures, as `--json` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// What replays the day.
    pub seed: u64,
    /// How many phones took part.
    pub replicas: u64,
    /// Documents on the server in the end.
    pub documents: u64,
    /// Operations that people made on their phones.
    pub operations: u64,
    /// Bytes from all phones to the server, headers and lost attempts included.
    pub bytes_up: u64,
    /// Bytes from the server to all phones.
    pub bytes_down: u64,
    /// Requests of all syncs, lost ones included.
    pub round_trips: u64,
    /// Operations that the server stored and said so.
    pub accepted: u64,
    /// Operations that the server had already: the answer before was lost.
    pub duplicate: u64,
    /// Operations that came back to the person with a reason.
    pub parked: u64,
    /// Do all phones and the server hold the same?
    pub agree: bool,
    /// SHA-256 over all documents of the server: the same for the same seed.
    pub state_hash: String,
}
