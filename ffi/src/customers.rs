use std::sync::Arc;
use std::time::SystemTime;

use fieldbook_core::document::command;
use fieldbook_core::replica::{self, query};

use crate::shared::Shared;
use crate::values::signed_instant;
use crate::{ContactId, CustomerId, FieldbookError, PersonId, Position, RecordState, TimelineItem};

/// A customer.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Who looks after it.
    pub owner: PersonId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its grade; decides how often it is visited.
    pub grade: Option<String>,
    /// The number it has in another system.
    pub external_id: Option<String>,
    /// What sort of shop it is.
    pub store_type: Option<String>,
    /// Where it is.
    pub position: Option<Position>,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Important fields that two people set at once.
    pub conflicts: Vec<Conflict>,
    /// When its last valid visit ended.
    pub last_valid_visit: Option<SystemTime>,
    /// Which truth it is.
    pub state: RecordState,
}

/// A field that two people set at once: both values are kept and one shows.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Conflict {
    /// The field.
    pub field: String,
    /// The values that do not show.
    pub others: Vec<String>,
}

/// A contact of a customer.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their address for mail.
    pub email: Option<String>,
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

/// A customer as a search finds it.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct FoundCustomer {
    /// Its id.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Where it is.
    pub position: Option<Position>,
    /// Its grade.
    pub grade: Option<String>,
    /// When its last valid visit ended.
    pub last_valid_visit: Option<SystemTime>,
    /// Which truth it is.
    pub state: RecordState,
    /// How far it is in metres, when a position was given and it has one.
    pub distance_m: Option<f64>,
}

/// A customer whose next visit is due.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct DueCustomer {
    /// The customer.
    pub customer: FoundCustomer,
    /// Since when; nothing when there was never a valid visit.
    pub since: Option<SystemTime>,
}

/// Everything on a customer's page.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CustomerPage {
    /// The customer.
    pub customer: Customer,
    /// When the next visit is due; nothing without a cycle or a visit.
    pub due: Option<SystemTime>,
    /// Its contacts.
    pub contacts: Vec<Contact>,
    /// What happened with it, the latest thing first.
    pub timeline: Vec<TimelineItem>,
}

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

/// Customers: find, read, edit.
#[derive(Debug, uniffi::Object)]
pub struct Customers(pub(crate) Arc<Shared>);

#[uniffi::export]
impl Customers {
    /// Customers by name, `limit` of them after the first `skip`.
    pub fn list(&self, skip: u32, limit: u32) -> Result<Vec<Customer>, FieldbookError> {
        let rows = self.0.replica().customers(skip as usize, limit as usize)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// Customers whose name, address, contacts or tags hold all the words, the best hits first; for typing.
    pub fn search(
        &self,
        text: &str,
        near: Option<Position>,
        limit: u32,
    ) -> Result<Vec<FoundCustomer>, FieldbookError> {
        let near = near.map(TryInto::try_into).transpose()?;
        let found = self.0.replica().search_customers(text, limit as usize, near)?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// Customers at most `radius_m` metres away, the nearest first.
    pub fn nearby(
        &self,
        position: Position,
        radius_m: f64,
        limit: u32,
    ) -> Result<Vec<FoundCustomer>, FieldbookError> {
        let found = self
            .0
            .replica()
            .nearby(position.try_into()?, radius_m, limit as usize)?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// Customers whose next visit is due, the longest overdue first, then those never visited.
    pub fn due(&self, limit: u32) -> Result<Vec<DueCustomer>, FieldbookError> {
        let due = self.0.replica().due(&self.0.now()?, limit as usize)?;
        Ok(due.into_iter().map(Into::into).collect())
    }

    /// A customer's page; nothing when it is not on this phone.
    pub fn page(&self, customer: CustomerId) -> Result<Option<CustomerPage>, FieldbookError> {
        let page = self.0.replica().customer_page(customer.into())?;
        Ok(page.map(Into::into))
    }

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

impl From<query::CustomerRow> for Customer {
    fn from(row: query::CustomerRow) -> Self {
        let conflicts = row.conflicts.into_iter();
        Self {
            id: row.document.into(),
            owner: row.owner.into(),
            name: row.name,
            address: row.address,
            grade: row.grade,
            external_id: row.external_id,
            store_type: row.store_type,
            position: row.position.map(Into::into),
            tags: row.tags,
            conflicts: conflicts
                .map(|(field, others)| Conflict { field, others })
                .collect(),
            last_valid_visit: row.last_valid_visit_ms.map(signed_instant),
            state: row.state.into(),
        }
    }
}

impl From<query::ContactRow> for Contact {
    fn from(row: query::ContactRow) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            role: row.role,
            phone: row.phone,
            email: row.email,
        }
    }
}

impl From<query::FoundCustomer> for FoundCustomer {
    fn from(row: query::FoundCustomer) -> Self {
        Self {
            id: row.document.into(),
            name: row.name,
            address: row.address,
            position: row.position.map(Into::into),
            grade: row.grade,
            last_valid_visit: row.last_valid_visit_ms.map(signed_instant),
            state: row.state.into(),
            distance_m: row.distance_m,
        }
    }
}

impl From<query::DueCustomer> for DueCustomer {
    fn from(row: query::DueCustomer) -> Self {
        Self {
            customer: row.customer.into(),
            since: row.due_ms.map(signed_instant),
        }
    }
}

impl From<query::CustomerDetail> for CustomerPage {
    fn from(detail: query::CustomerDetail) -> Self {
        Self {
            customer: detail.customer.into(),
            due: detail.due_ms.map(signed_instant),
            contacts: detail.contacts.into_iter().map(Into::into).collect(),
            timeline: detail.timeline.into_iter().map(Into::into).collect(),
        }
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
