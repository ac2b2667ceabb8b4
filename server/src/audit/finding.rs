use std::fmt;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// The log of rulings, by number.
    Rulings,
    /// The log of operations, by sequence.
    Operations,
    /// The requests that prove who wrote what, by number.
    Uploads,
    /// What follows from the log for one document, by the sequence of its last segment.
    Documents,
    /// A receipt from a phone, by its line in the file.
    Heads,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The organisation.
    pub organisation: String,
    /// What it is about.
    pub log: Log,
    /// Which row; 0 when it is about none alone.
    pub number: u64,
    /// What differs.
    pub what: String,
}

/// What an audit came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// What is wrong, in the order it was met; empty when all is as it was written.
    pub findings: Vec<Finding>,
    /// What is unusual and has a good explanation.
    pub notes: Vec<String>,
    /// Rulings that were checked.
    pub rulings: u64,
    /// Segments that were checked.
    pub segments: u64,
    /// Operations in them.
    pub operations: u64,
    /// Segments that phones handed back after a restore: this server's seal proves them.
    pub handed_back: u64,
    /// Signatures of uploads that were checked.
    pub signatures: u64,
    /// Documents that were read again.
    pub documents: u64,
    /// Receipts of phones that were checked.
    pub heads: u64,
}

impl Finding {
    pub(super) fn new(organisation: &str, log: Log, number: u64, what: String) -> Self {
        Self {
            organisation: organisation.to_owned(),
            log,
            number,
            what,
        }
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Log::Rulings => "rulings, row",
            Log::Operations => "log, row",
            Log::Uploads => "uploads, row",
            Log::Documents => "documents, up to log row",
            Log::Heads => "receipts, line",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            organisation,
            log,
            number,
            what,
        } = self;
        write!(f, "{organisation:?}, {log} {number}: {what}")
    }
}
