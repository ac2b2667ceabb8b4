use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::store::receipts::{self, ReceiptRow};
use super::store::{parked, pending};
use super::{Identity, Replica, ReplicaError, recovery};
use crate::model::{InstallationKey, ServerId, TenantId};
use crate::trust::Receipt;

/// Are all items of this phone on the server? What the server vouches for, held against what the phone knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The newest receipt, its signature checked; absent before the first one.
    pub receipt: Option<Receipt>,
    /// How many operations this installation knows to be on the server, those of documents that left the phone included.
    pub delivered: u64,
    /// How many operations the server has not settled.
    pub waiting: u64,
    /// How many operations were not accepted and wait for the person.
    pub parked: u64,
    /// True while the server lacks a part of its log, as after a restore, and this phone has not handed back what it holds of
    /// that.
    pub recovers: bool,
}

impl Delivery {
    /// True when nothing waits here, nothing is to be handed back, and the server has signed that it holds at least everything that this
    /// installation delivered. Parked items are the person's to correct or discard; they are not on the server.
    pub fn all_on_server(&self) -> bool {
        self.waiting == 0
            && self.parked == 0
            && !self.recovers
            && self
                .receipt
                .is_some_and(|receipt| receipt.stored >= self.delivered)
    }
}

/// A receipt with what is needed to check it elsewhere: one line of the file that `fieldbook audit verify` takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The server that gave it.
    pub server: ServerId,
    /// The organisation.
    pub tenant: TenantId,
    /// The public key of the installation that it was given to, as hexadecimal digits.
    pub public_key: String,
    /// That installation's epoch.
    pub epoch: u32,
    /// What the server signed.
    pub receipt: Receipt,
}

impl Replica {
    /// Are all items of this phone on the server? The answer rests on a receipt that the server signed.
    ///
    /// # Errors
    /// When the store or a record does not read.
    pub fn receipt(&self) -> Result<Delivery, ReplicaError> {
        let installation = self.installation()?;
        self.store().read(|conn| {
            let row = receipts::last(conn, &installation)?;
            Ok(Delivery {
                receipt: row.as_ref().map(read).transpose()?,
                delivered: receipts::settled(conn, &installation)?,
                waiting: pending::count(conn)?,
                parked: parked::all(conn)?.len() as u64,
                recovers: recovery::phase(conn)?.is_some(),
            })
        })
    }

    /// Every receipt that this phone keeps, oldest first: with them anybody can show what the server once said.
    ///
    /// # Errors
    /// When the store or a record does not read.
    pub fn heads(&self) -> Result<Vec<Head>, ReplicaError> {
        let identity = self.identity()?;
        let rows = self.store().read(receipts::all)?;
        rows.iter()
            .map(|row| {
                Ok(Head {
                    server: identity.server,
                    tenant: identity.tenant,
                    public_key: hex::encode(row.origin.public_key),
                    epoch: row.origin.epoch,
                    receipt: read(row)?,
                })
            })
            .collect()
    }

    /// [`Replica::heads`] as a small file: one JSON object a line.
    ///
    /// # Errors
    /// As [`Replica::heads`].
    pub fn heads_file(&self) -> Result<String, ReplicaError> {
        let mut file = String::new();
        for head in self.heads()? {
            file.push_str(&serde_json::to_string(&head).map_err(|error| unreadable(&error))?);
            file.push('\n');
        }
        Ok(file)
    }

    /// The newest receipt of this installation.
    pub(super) fn last_receipt(&self) -> Result<Option<Receipt>, ReplicaError> {
        let installation = self.installation()?;
        let row = self.store().read(|conn| receipts::last(conn, &installation))?;
        row.as_ref().map(read).transpose()
    }
}

/// Keeps a receipt when the server that this replica belongs to signed it for this installation. Another one proves
/// nothing: it is left out, and the support is told.
pub(super) fn take(conn: &Connection, identity: &Identity, receipt: &Receipt) -> Result<(), ReplicaError> {
    let installation: InstallationKey = identity.installation();
    if !receipt.is_signed(
        identity.server,
        identity.tenant,
        &installation,
        &identity.server_key,
    ) {
        tracing::error!(
            "the server's receipt is not signed by the key that this phone knows; it is not kept"
        );
        return Ok(());
    }
    let body = minicbor::to_vec(receipt).map_err(|error| unreadable(&error))?;
    Ok(receipts::add(conn, &installation, &body)?)
}

fn read(row: &ReceiptRow) -> Result<Receipt, ReplicaError> {
    minicbor::decode(&row.body).map_err(|error| unreadable(&error))
}

fn unreadable(error: &dyn std::fmt::Display) -> ReplicaError {
    ReplicaError::Record {
        what: "a receipt",
        detail: error.to_string(),
    }
}
