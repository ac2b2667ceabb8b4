use serde_json::{Value, json};

use super::{Now, Replica, ReplicaError};

impl Replica {
    /// What support needs to help, as JSON: how much is where, what was not accepted with the person's own words, which
    /// records do not read. No secret, and nothing of other people's records.
    ///
    /// # Errors
    /// When the store or a record does not read.
    pub fn support_report(&self, now: &Now) -> Result<Value, ReplicaError> {
        let identity = self.identity().ok();
        let (totals, contact, delivery) = (self.totals()?, self.last_contact()?, self.receipt().ok());
        Ok(json!({
            "fieldbook": env!("CARGO_PKG_VERSION"),
            "sqlite": rusqlite::version(),
            "encrypts": super::CAN_ENCRYPT,
            "at": now.at.to_rfc3339(),
            "server": identity.as_ref().map(|it| it.server),
            "tenant": identity.as_ref().map(|it| it.tenant),
            "person": identity.as_ref().map(|it| it.person),
            "device": identity.as_ref().map(|it| it.device),
            "reference_version": self.reference().map(|it| it.version),
            "last_contact_ms": contact.map(|it| it.at_ms),
            "records": totals.documents,
            "on_phone": totals.on_phone,
            "sent": totals.sent,
            "accepted": totals.accepted,
            "attention": totals.attention,
            "oldest_pending_ms": totals.oldest_pending_ms,
            "delivered": delivery.as_ref().map(|it| it.delivered),
            "signed_for": delivery.and_then(|it| it.receipt).map(|it| it.stored),
            "bytes": self.store().bytes()?,
            "damaged": self.damaged()?,
            "parked": self.export_parked()?,
        }))
    }
}
