use uuid::Uuid;

use crate::document::Command;
use crate::document::command::{
    AddCustomer, ContactFields, CustomerField, EditCustomer, PutContact, RemoveContact, SetTag,
};
use crate::geo::Position;
use crate::model::{DocumentId, uuid_v7};
use crate::replica::{Now, Replica, ReplicaError};

/// A customer made at the counter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewCustomer {
    /// Its name, 1 to 200 characters.
    pub name: String,
    /// Its address, may be empty.
    pub address: String,
    /// Its position when known.
    pub position: Option<Position>,
    /// What sort of shop it is.
    pub store_type: Option<String>,
}

impl Replica {
    /// Adds a customer of one's own and returns its id; it can be visited at once.
    ///
    /// # Errors
    /// A rule that forbids it, such as an empty name; nothing is written then.
    pub fn add_customer(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        customer: NewCustomer,
    ) -> Result<DocumentId, ReplicaError> {
        let document = DocumentId::generate(now.unix_ms(), rng);
        let command = AddCustomer {
            document,
            owner: self.identity()?.person,
            name: customer.name,
            address: customer.address,
            position: customer.position,
            grade: None,
            external_id: None,
            store_type: customer.store_type,
        };
        self.execute(now, &[Command::AddCustomer(command)])?;
        Ok(document)
    }

    /// Changes fields of a customer in one operation. Where two people set one field at once both values are kept and
    /// one of them shows.
    ///
    /// # Errors
    /// A customer that is neither one's own nor one's team's, or a value over its limit.
    pub fn edit_customer(
        &self,
        now: &Now,
        customer: DocumentId,
        fields: Vec<CustomerField>,
    ) -> Result<(), ReplicaError> {
        let command = EditCustomer {
            document: customer,
            fields,
        };
        self.execute(now, &[Command::EditCustomer(command)])
    }

    /// Adds a contact to a customer and returns its id.
    ///
    /// # Errors
    /// As [`Replica::edit_customer`].
    pub fn add_contact(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        customer: DocumentId,
        fields: ContactFields,
    ) -> Result<Uuid, ReplicaError> {
        let contact = uuid_v7(now.unix_ms(), rng);
        self.edit_contact(now, customer, contact, fields)?;
        Ok(contact)
    }

    /// Changes fields of a contact; those left out stay as they are.
    ///
    /// # Errors
    /// As [`Replica::edit_customer`].
    pub fn edit_contact(
        &self,
        now: &Now,
        customer: DocumentId,
        contact: Uuid,
        fields: ContactFields,
    ) -> Result<(), ReplicaError> {
        let command = PutContact {
            document: customer,
            contact,
            fields,
        };
        self.execute(now, &[Command::PutContact(command)])
    }

    /// Removes a contact.
    ///
    /// # Errors
    /// A contact that is not there, or as [`Replica::edit_customer`].
    pub fn remove_contact(&self, now: &Now, customer: DocumentId, contact: Uuid) -> Result<(), ReplicaError> {
        let command = RemoveContact {
            document: customer,
            contact,
        };
        self.execute(now, &[Command::RemoveContact(command)])
    }

    /// Sets or clears a tag; a tag that one sets while another clears it stays.
    ///
    /// # Errors
    /// As [`Replica::edit_customer`].
    pub fn set_tag(&self, now: &Now, customer: DocumentId, tag: &str, set: bool) -> Result<(), ReplicaError> {
        let command = SetTag {
            document: customer,
            tag: tag.to_owned(),
            set,
        };
        self.execute(now, &[Command::SetTag(command)])
    }
}
