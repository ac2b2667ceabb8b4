use fieldbook_core::replica::query;

use super::{Approval, Approvals};
use crate::{CustomerId, FieldbookError, Money};

/// What was spent on a customer, as far as this phone knows.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Spent {
    /// The expenses for it, the latest first.
    pub expenses: Vec<Approval>,
    /// What the approved ones come to, one sum for each currency.
    pub approved: Vec<Money>,
    /// What those come to that wait for a decision or for the server.
    pub waiting: Vec<Money>,
}

#[uniffi::export]
impl Approvals {
    /// The expenses for a customer and what they come to, from the latest `limit` of its requests.
    pub fn spent_on(&self, customer: CustomerId, limit: u32) -> Result<Spent, FieldbookError> {
        let spent = self.0.replica().spent_on(customer.into(), limit as usize)?;
        Ok(spent.into())
    }
}

impl From<query::Spent> for Spent {
    fn from(spent: query::Spent) -> Self {
        Self {
            expenses: spent.expenses.into_iter().map(Into::into).collect(),
            approved: spent.approved.into_iter().map(Into::into).collect(),
            waiting: spent.waiting.into_iter().map(Into::into).collect(),
        }
    }
}
