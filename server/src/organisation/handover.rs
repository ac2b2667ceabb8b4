use chrono::{DateTime, Utc};
use fieldbook_core::model::{Kind, TenantId};

use super::change::present;
use super::{OrganisationError, find_person};
use crate::rulings::hand_over;
use crate::store::{PersonRow, Writer};

/// Customers that went to another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// Who has them now.
    pub to: PersonRow,
    /// How many.
    pub customers: usize,
    /// How many could not go: their documents have no room for another ruling.
    pub left_behind: usize,
}

/// All customers of a person go to another one, each by a ruling. The first one need not be there any more.
///
/// # Errors
/// Nobody of one of the names, twice the same person, or somebody who left and is to have them.
pub fn hand_over_customers(
    writer: &mut dyn Writer,
    tenant: TenantId,
    from: &str,
    to: &str,
    now: DateTime<Utc>,
) -> Result<HandedOver, OrganisationError> {
    let (from, to) = (find_person(writer, tenant, from)?, present(writer, tenant, to)?);
    if from.id == to.id {
        return Err(OrganisationError::Unchanged(format!(
            "the customers are {}'s already; name another person who is to have them",
            to.name
        )));
    }
    let mut done = HandedOver {
        to,
        customers: 0,
        left_behind: 0,
    };
    for document in writer.documents_of(tenant, &[from.id])? {
        let row = writer.document(tenant, document)?;
        if row.is_none_or(|row| row.kind != Kind::Customer) {
            continue;
        }
        if hand_over(writer, tenant, document, done.to.id, now)? {
            done.customers += 1;
        } else {
            done.left_behind += 1;
        }
    }
    Ok(done)
}
