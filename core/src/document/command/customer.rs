use automerge::AutoCommit;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Apply, CommandError};
use crate::geo::Position;
use crate::model::{DocumentId, Kind, PersonId};

/// A new customer; complete enough to be visited at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddCustomer {
    /// The new customer.
    pub document: DocumentId,
    /// Who looks after it.
    pub owner: PersonId,
    /// Its name, 1 to 200 characters.
    pub name: String,
    /// Its address, may be empty.
    pub address: String,
    /// Its position when known.
    pub position: Option<Position>,
    /// Its grade; only the server may set one (an import), phones leave it out.
    pub grade: Option<String>,
    /// The number it has in another system.
    pub external_id: Option<String>,
    /// What sort of shop it is.
    pub store_type: Option<String>,
}

/// Changes fields of a customer in one operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditCustomer {
    /// The customer.
    pub document: DocumentId,
    /// The new values.
    pub fields: Vec<CustomerField>,
}

/// One field of a customer that people edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerField {
    /// The name.
    Name(String),
    /// The address.
    Address(String),
    /// The position, replaced as a whole.
    Position(Position),
    /// What sort of shop it is.
    StoreType(String),
    /// A field of the organisation's own, by key.
    Custom(String, String),
}

/// Adds a contact or changes fields of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PutContact {
    /// The customer.
    pub document: DocumentId,
    /// The contact.
    pub contact: Uuid,
    /// The fields to set; those absent stay as they are.
    pub fields: ContactFields,
}

/// What is known of a contact.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactFields {
    /// Their name.
    pub name: Option<String>,
    /// Their role, for example owner.
    pub role: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their address for mail.
    pub email: Option<String>,
}

/// Removes a contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoveContact {
    /// The customer.
    pub document: DocumentId,
    /// The contact.
    pub contact: Uuid,
}

/// Sets or clears a tag; a tag that one sets while another clears it stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetTag {
    /// The customer.
    pub document: DocumentId,
    /// The tag, 1 to 50 characters.
    pub tag: String,
    /// Set or clear.
    pub set: bool,
}
