use std::fmt;

use sha2::{Digest, Sha256};

/// Everything that happened in a story: always as a hash, and in words when somebody wants to read it.
#[derive(Clone)]
pub struct Trace {
    hash: Sha256,
    lines: Option<Vec<String>>,
}

impl Trace {
    /// An empty trace; `in_words` keeps the lines.
    pub fn new(in_words: bool) -> Self {
        Self {
            hash: Sha256::new(),
            lines: in_words.then(Vec::new),
        }
    }

    /// Adds one event.
    pub fn event(&mut self, line: String) {
        self.hash.update((line.len() as u64).to_be_bytes());
        self.hash.update(line.as_bytes());
        if let Some(lines) = &mut self.lines {
            lines.push(line);
        }
    }

    /// Adds bytes that nobody reads: a message, the heads of a document.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.hash.update((bytes.len() as u64).to_be_bytes());
        self.hash.update(bytes);
    }

    /// The hash over all of it.
    pub fn hash(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    /// The lines; empty when they were not kept.
    pub fn lines(&self) -> &[String] {
        self.lines.as_deref().unwrap_or_default()
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace")
            .field("hash", &hex::encode(self.hash()))
            .finish_non_exhaustive()
    }
}
