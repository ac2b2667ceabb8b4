mod customer;
mod editing;
mod found;
mod page;
mod requests;

use std::sync::Arc;

pub use customer::{AskedFor, Conflict, Contact, Customer};
pub use editing::{ContactFields, CustomerChange, NewCustomer};
pub use found::{DueCustomer, FoundCustomer};
pub use page::{CustomField, CustomerPage};
pub use requests::{CustomerReply, CustomerRequest, Holdings};

use crate::shared::Shared;
use crate::{CustomerId, FieldbookError, Position};

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
        let Some(detail) = self.0.replica().customer_page(customer.into())? else {
            return Ok(None);
        };
        let view = self.0.replica().customer(customer.into())?;
        Ok(Some(CustomerPage::of(detail, view)))
    }
}
