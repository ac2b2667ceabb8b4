use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::document::view::ApprovalStatus;
use crate::model::{DocumentId, Money};
use crate::replica::store::StoreError;
use crate::replica::store::lists::{self, ApprovalRow};

/// What was spent on a customer, as far as this phone knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spent {
    /// The expenses for it, the latest first.
    pub expenses: Vec<ApprovalRow>,
    /// What the approved ones come to, one sum for each currency.
    pub approved: Vec<Money>,
    /// What those come to that wait for a decision or for the server.
    pub waiting: Vec<Money>,
}

/// The expenses for a customer and their sums, from the latest `limit` of its approvals.
pub fn spent_on(conn: &Connection, customer: DocumentId, limit: usize) -> Result<Spent, StoreError> {
    let mut expenses = lists::approvals_for(conn, customer, limit)?;
    expenses.retain(|row| row.form == "expense");
    Ok(Spent {
        approved: sums(&expenses, &[ApprovalStatus::Approved]),
        waiting: sums(
            &expenses,
            &[
                ApprovalStatus::Submitted,
                ApprovalStatus::Provisional,
                ApprovalStatus::Withdrawing,
            ],
        ),
        expenses,
    })
}

fn sums(expenses: &[ApprovalRow], of: &[ApprovalStatus]) -> Vec<Money> {
    let mut sums = BTreeMap::new();
    for row in expenses.iter().filter(|row| of.contains(&row.status)) {
        let sum = sums.entry(row.total.currency.to_string()).or_insert(Money {
            amount: rust_decimal::Decimal::ZERO,
            currency: row.total.currency,
        });
        sum.amount += row.total.amount;
    }
    sums.into_values().collect()
}
