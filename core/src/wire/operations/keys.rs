use std::collections::HashMap;

use smol_str::{SmolStr, ToSmolStr};
use uuid::Uuid;

use super::stream::{Input, Output};
use super::{OperationsError, words};
use crate::gate::caps;

/// The keys that every reader knows; the first has the number 1. Part of the protocol: append only, with a new
/// version of the protocol.
#[rustfmt::skip]
pub(super) const KEYS: [&str; 72] = [
    "kind", "schema", "owner", "name", "address", "grade", "external_id", "store_type", "position", "lat",
    "lon", "contacts", "role", "phone", "email", "tags", "custom", "rep", "customer", "template",
    "plan", "start", "purpose", "events", "event", "at", "check_in", "reason", "results", "step",
    "value", "note", "notes", "next_step", "outcome", "visit", "moment", "reading", "accuracy", "source",
    "age_ms", "mock", "speed", "time", "mono_ms", "boot", "server_ms", "fence", "version", "radius",
    "distance", "verdict", "day", "entries", "text", "comments", "entry", "by", "form", "applicant",
    "title", "currency", "lines", "date", "category", "amount", "submissions", "revision", "total", "decisions",
    "decision", "ruling",
];

/// Numbers the keys of a segment: the known ones, then new ones in the order they appear.
#[derive(Debug)]
pub(super) struct KeyNumbers(HashMap<SmolStr, u64>);

impl KeyNumbers {
    /// The known keys.
    pub(super) fn new() -> Self {
        Self(KEYS.iter().map(|key| SmolStr::new_static(key)).zip(1..).collect())
    }

    /// Writes a key: its number, or 0 and the key, which has the next number from then on. A UUID is written
    /// as length 0 and 16 bytes, for no key is empty.
    pub(super) fn write(&mut self, key: &SmolStr, output: &mut Output) {
        if let Some(number) = self.0.get(key) {
            return output.unsigned(*number);
        }
        self.0.insert(key.clone(), self.0.len() as u64 + 1);
        output.byte(0);
        match words::exact_uuid(key) {
            Some(uuid) => {
                output.byte(0);
                output.strings.extend(uuid.as_bytes());
            }
            None => {
                output.unsigned(key.len() as u64);
                output.strings.extend(key.as_bytes());
            }
        }
    }
}

/// The keys of a segment by number.
#[derive(Debug)]
pub(super) struct Keys(Vec<SmolStr>);

impl Keys {
    /// The known keys.
    pub(super) fn new() -> Self {
        Self(KEYS.iter().map(|key| SmolStr::new_static(key)).collect())
    }

    /// Reads a key.
    pub(super) fn read(&mut self, input: &mut Input<'_>) -> Result<SmolStr, OperationsError> {
        if let Some(position) = input.count()?.checked_sub(1) {
            return self
                .0
                .get(position)
                .cloned()
                .ok_or(OperationsError::Malformed("the number of no key"));
        }
        let key = match input.count()? {
            0 => Uuid::from_bytes(input.array()?).to_smolstr(),
            length if length > caps::KEY_BYTES => {
                return Err(OperationsError::Limit {
                    what: "bytes of a key",
                    limit: caps::KEY_BYTES,
                });
            }
            length => input.string(length)?.into(),
        };
        self.0.push(key.clone());
        Ok(key)
    }
}
