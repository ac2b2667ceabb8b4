use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjType, ROOT, ReadDoc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::writing::{begin, container, map_in, object, put_position, put_some};
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

impl Apply for AddCustomer {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn creates(&self) -> bool {
        true
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        begin(doc, Kind::Customer)?;
        doc.put(ROOT, "owner", self.owner.to_string())?;
        doc.put(ROOT, "name", self.name.as_str())?;
        doc.put(ROOT, "address", self.address.as_str())?;
        put_some(doc, &ROOT, "grade", self.grade.as_deref())?;
        put_some(doc, &ROOT, "external_id", self.external_id.as_deref())?;
        put_some(doc, &ROOT, "store_type", self.store_type.as_deref())?;
        if let Some(position) = self.position {
            let map = container(doc, "position", ObjType::Map)?;
            put_position(doc, &map, position)?;
        }
        for key in ["contacts", "tags", "custom"] {
            container(doc, key, ObjType::Map)?;
        }
        Ok(())
    }
}

impl Apply for EditCustomer {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        for field in &self.fields {
            match field {
                CustomerField::Name(name) => doc.put(ROOT, "name", name.as_str())?,
                CustomerField::Address(address) => doc.put(ROOT, "address", address.as_str())?,
                CustomerField::StoreType(store_type) => doc.put(ROOT, "store_type", store_type.as_str())?,
                CustomerField::Position(position) => {
                    let map = container(doc, "position", ObjType::Map)?;
                    put_position(doc, &map, *position)?;
                }
                CustomerField::Custom(key, value) => {
                    check_key("custom", key)?;
                    let custom = object(doc, "custom")?;
                    doc.put(&custom, key.as_str(), value.as_str())?;
                }
            }
        }
        Ok(())
    }
}

impl Apply for PutContact {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        let contacts = object(doc, "contacts")?;
        let contact = map_in(doc, &contacts, &self.contact.to_string())?;
        put_some(doc, &contact, "name", self.fields.name.as_deref())?;
        put_some(doc, &contact, "role", self.fields.role.as_deref())?;
        put_some(doc, &contact, "phone", self.fields.phone.as_deref())?;
        put_some(doc, &contact, "email", self.fields.email.as_deref())
    }
}

impl Apply for RemoveContact {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        let contacts = object(doc, "contacts")?;
        let id = self.contact.to_string();
        if doc.get(&contacts, id.as_str())?.is_none() {
            return Err(CommandError::NoSuchElement {
                field: "contacts",
                id,
            });
        }
        Ok(doc.delete(&contacts, id)?)
    }
}

impl Apply for SetTag {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, doc: &mut AutoCommit, _: bool) -> Result<(), CommandError> {
        check_key("tags", &self.tag)?;
        let tags = object(doc, "tags")?;
        if self.set {
            return Ok(doc.put(&tags, self.tag.as_str(), true)?);
        }
        Ok(doc.delete(&tags, self.tag.as_str())?)
    }
}

/// Automerge has no empty keys.
fn check_key(field: &'static str, key: &str) -> Result<(), CommandError> {
    if key.is_empty() {
        return Err(CommandError::Unwritable {
            field,
            problem: "an empty name".to_owned(),
        });
    }
    Ok(())
}
