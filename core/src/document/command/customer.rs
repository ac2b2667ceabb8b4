use automerge::ObjType;
use automerge::legacy::ObjectId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::writing::{begin, container, map_in, object, put_position, put_some};
use super::{Apply, CommandError};
use crate::document::draft::Draft;
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
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        begin(draft, Kind::Customer);
        draft.put(&ObjectId::Root, "owner", self.owner.to_string());
        draft.put(&ObjectId::Root, "name", self.name.as_str());
        draft.put(&ObjectId::Root, "address", self.address.as_str());
        put_some(draft, &ObjectId::Root, "grade", self.grade.as_deref());
        put_some(draft, &ObjectId::Root, "external_id", self.external_id.as_deref());
        put_some(draft, &ObjectId::Root, "store_type", self.store_type.as_deref());
        if let Some(position) = self.position {
            let map = container(draft, "position", ObjType::Map);
            put_position(draft, &map, position);
        }
        for key in ["contacts", "tags", "custom"] {
            container(draft, key, ObjType::Map);
        }
        container(draft, "requests", ObjType::List);
        Ok(())
    }
}

impl Apply for EditCustomer {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        for field in &self.fields {
            match field {
                CustomerField::Name(name) => draft.put(&ObjectId::Root, "name", name.as_str()),
                CustomerField::Address(address) => draft.put(&ObjectId::Root, "address", address.as_str()),
                CustomerField::StoreType(store_type) => {
                    draft.put(&ObjectId::Root, "store_type", store_type.as_str());
                }
                CustomerField::Position(position) => {
                    let map = container(draft, "position", ObjType::Map);
                    put_position(draft, &map, *position);
                }
                CustomerField::Custom(key, value) => {
                    check_key("custom", key)?;
                    let custom = object(draft, "custom")?;
                    draft.put(&custom, key.as_str(), value.as_str());
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
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let contacts = object(draft, "contacts")?;
        let contact = map_in(draft, &contacts, &self.contact.to_string());
        put_some(draft, &contact, "name", self.fields.name.as_deref());
        put_some(draft, &contact, "role", self.fields.role.as_deref());
        put_some(draft, &contact, "phone", self.fields.phone.as_deref());
        put_some(draft, &contact, "email", self.fields.email.as_deref());
        Ok(())
    }
}

impl Apply for RemoveContact {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let contacts = object(draft, "contacts")?;
        let id = self.contact.to_string();
        if !draft.has(&contacts, &id) {
            return Err(CommandError::NoSuchElement {
                field: "contacts",
                id,
            });
        }
        draft.delete(&contacts, &id);
        Ok(())
    }
}

impl Apply for SetTag {
    const KIND: Kind = Kind::Customer;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        check_key("tags", &self.tag)?;
        let tags = object(draft, "tags")?;
        if self.set {
            draft.put(&tags, self.tag.as_str(), true);
            return Ok(());
        }
        draft.delete(&tags, &self.tag);
        Ok(())
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
