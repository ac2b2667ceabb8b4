use fieldbook_core::document::command;
use fieldbook_core::replica;

use super::Customers;
use crate::{ContactId, CustomerId, FieldbookError, Position};

/// A customer made at the counter.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewCustomer {
    /// Its name, 1 to 200 characters.
    pub name: String,
    /// Its address, may be empty.
    pub address: String,
    /// Where it is, when known.
    #[uniffi(default = None)]
    pub position: Option<Position>,
    /// What sort of shop it is.
    #[uniffi(default = None)]
    pub store_type: Option<String>,
}

/// A change to one field of a customer.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum CustomerChange {
    /// Another name.
    Name {
        /// Which.
        name: String,
    },
    /// Another address.
    Address {
        /// Which.
        address: String,
    },
    /// Another place.
    Place {
        /// Where.
        position: Position,
    },
    /// Another sort of shop.
    StoreType {
        /// Which.
        store_type: String,
    },
    /// A field of the organisation's own.
    Custom {
        /// Its key.
        key: String,
        /// Its value.
        value: String,
    },
}

/// What is known of a contact; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct ContactFields {
    /// Their name.
    #[uniffi(default = None)]
    pub name: Option<String>,
    /// Their role, for example owner.
    #[uniffi(default = None)]
    pub role: Option<String>,
    /// Their telephone.
    #[uniffi(default = None)]
    pub phone: Option<String>,
    /// Their address for mail.
    #[uniffi(default = None)]
    pub email: Option<String>,
}

#[uniffi::export]
impl Customers {
    /// Adds a customer of one's own; it can be visited at once.
    pub fn add(&self, customer: NewCustomer) -> Result<CustomerId, FieldbookError> {
        let (now, mut rng) = (self.0.now()?, self.0.rng());
        Ok(self
            .0
            .replica()
            .add_customer(&now, &mut rng, customer.try_into()?)?
            .into())
    }

    /// Changes fields of a customer in one operation. Where two people set one field at once both values are kept.
    pub fn edit(&self, customer: CustomerId, changes: Vec<CustomerChange>) -> Result<(), FieldbookError> {
        let fields: Result<Vec<_>, FieldbookError> = changes.into_iter().map(TryInto::try_into).collect();
        Ok(self
            .0
            .replica()
            .edit_customer(&self.0.now()?, customer.into(), fields?)?)
    }

    /// Adds a contact.
    pub fn add_contact(
        &self,
        customer: CustomerId,
        fields: ContactFields,
    ) -> Result<ContactId, FieldbookError> {
        let (now, mut rng) = (self.0.now()?, self.0.rng());
        let contact = self
            .0
            .replica()
            .add_contact(&now, &mut rng, customer.into(), fields.into())?;
        Ok(contact.into())
    }

    /// Changes fields of a contact.
    pub fn edit_contact(
        &self,
        customer: CustomerId,
        contact: ContactId,
        fields: ContactFields,
    ) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self
            .0
            .replica()
            .edit_contact(&now, customer.into(), contact.into(), fields.into())?)
    }

    /// Removes a contact.
    pub fn remove_contact(&self, customer: CustomerId, contact: ContactId) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .remove_contact(&self.0.now()?, customer.into(), contact.into())?)
    }

    /// Sets or clears a tag.
    pub fn set_tag(&self, customer: CustomerId, tag: &str, set: bool) -> Result<(), FieldbookError> {
        Ok(self
            .0
            .replica()
            .set_tag(&self.0.now()?, customer.into(), tag, set)?)
    }
}

impl From<ContactFields> for command::ContactFields {
    fn from(fields: ContactFields) -> Self {
        Self {
            name: fields.name,
            role: fields.role,
            phone: fields.phone,
            email: fields.email,
        }
    }
}

impl TryFrom<NewCustomer> for replica::NewCustomer {
    type Error = FieldbookError;
    fn try_from(customer: NewCustomer) -> Result<Self, FieldbookError> {
        Ok(Self {
            name: customer.name,
            address: customer.address,
            position: customer.position.map(TryInto::try_into).transpose()?,
            store_type: customer.store_type,
        })
    }
}

impl TryFrom<CustomerChange> for command::CustomerField {
    type Error = FieldbookError;
    fn try_from(change: CustomerChange) -> Result<Self, FieldbookError> {
        Ok(match change {
            CustomerChange::Name { name } => Self::Name(name),
            CustomerChange::Address { address } => Self::Address(address),
            CustomerChange::Place { position } => Self::Position(position.try_into()?),
            CustomerChange::StoreType { store_type } => Self::StoreType(store_type),
            CustomerChange::Custom { key, value } => Self::Custom(key, value),
        })
    }
}
