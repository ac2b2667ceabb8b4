use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::store::settings;
use super::{Now, ReplicaError};
use crate::model::BootId;
use crate::time::TimeEvidence;

const CONTACT: &str = "contact";

/// The last time this phone and its server spoke, by both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The phone's wall clock in milliseconds since 1970.
    pub at_ms: u64,
    /// The phone's monotonic clock.
    pub mono_ms: u64,
    /// The boot that clock counts from.
    pub boot: BootId,
    /// The server's clock in milliseconds since 1970.
    pub server_ms: u64,
}

/// The last contact, `None` before the first.
pub(super) fn get(conn: &Connection) -> Result<Option<Contact>, ReplicaError> {
    let Some(bytes) = settings::get(conn, CONTACT)? else {
        return Ok(None);
    };
    let read = serde_json::from_slice(&bytes);
    read.map(Some).map_err(|error| ReplicaError::Record {
        what: "the last contact",
        detail: error.to_string(),
    })
}

pub(super) fn put(conn: &Connection, now: &Now, server_ms: u64) -> Result<(), ReplicaError> {
    let contact = Contact {
        at_ms: now.unix_ms(),
        mono_ms: now.mono_ms,
        boot: now.boot,
        server_ms,
    };
    let bytes = serde_json::to_vec(&contact).map_err(|error| ReplicaError::Record {
        what: "the last contact",
        detail: error.to_string(),
    })?;
    Ok(settings::put(conn, CONTACT, &bytes)?)
}

/// The best that is known of the present moment, in milliseconds since 1970, and what an operation is dated with: the
/// server's time carried forward; after a restart the wall clock, which is not before the last contact.
///
/// What a person may still do, and what they could do once their rights ended, goes by it: setting the wall clock back
/// changes nothing.
pub(super) fn best_ms(contact: Option<&Contact>, now: &Now) -> u64 {
    let known = contact.map_or(0, |contact| contact.server_ms);
    let anchored = evidence(contact, now).server_ms;
    anchored.unwrap_or_else(|| now.unix_ms().max(known))
}

/// The evidence for the present moment: the server's last time is carried forward by the monotonic clock as long
/// as the phone has not been rebooted since.
pub(super) fn evidence(contact: Option<&Contact>, now: &Now) -> TimeEvidence {
    let server_ms = contact
        .filter(|contact| contact.boot == now.boot && contact.mono_ms <= now.mono_ms)
        .map(|contact| contact.server_ms + (now.mono_ms - contact.mono_ms));
    TimeEvidence {
        at: now.at,
        mono_ms: now.mono_ms,
        boot: now.boot,
        server_ms,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn the_anchor_is_carried_within_a_boot_only() {
        let boot = BootId(uuid::Uuid::from_u128(1));
        let at = DateTime::parse_from_rfc3339("2026-11-24T14:05:00+08:00").unwrap();
        let contact = Contact {
            at_ms: 0,
            mono_ms: 1_000,
            boot,
            server_ms: 500_000,
        };
        let now = Now {
            at,
            mono_ms: 4_000,
            boot,
        };
        assert_eq!(evidence(Some(&contact), &now).server_ms, Some(503_000));
        let rebooted = Now {
            boot: BootId(uuid::Uuid::from_u128(2)),
            ..now
        };
        assert_eq!(evidence(Some(&contact), &rebooted).server_ms, None);
        assert_eq!(evidence(None, &now).server_ms, None);
    }

    #[test]
    fn setting_the_wall_clock_back_dates_nothing_back() {
        let boot = BootId(uuid::Uuid::from_u128(1));
        let at = DateTime::parse_from_rfc3339("2026-11-24T14:05:00+08:00").unwrap();
        let wall = u64::try_from(at.timestamp_millis()).unwrap();
        let contact = Contact {
            at_ms: 0,
            mono_ms: 1_000,
            boot,
            server_ms: wall + 60_000,
        };
        let now = Now {
            at,
            mono_ms: 4_000,
            boot,
        };
        assert_eq!(best_ms(Some(&contact), &now), wall + 63_000, "carried forward");
        let rebooted = Now {
            boot: BootId(uuid::Uuid::from_u128(2)),
            ..now
        };
        assert_eq!(
            best_ms(Some(&contact), &rebooted),
            wall + 60_000,
            "not before the contact"
        );
        assert_eq!(best_ms(None, &now), wall, "nothing else is known");
    }
}
