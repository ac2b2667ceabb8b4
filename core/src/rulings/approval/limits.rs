use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::document::view::ApprovalView;
use crate::model::Money;
use crate::model::form::{Category, Form};
use crate::wire::Policy;

/// What is over which limit. The phone warns with it, the server shows it to the approver.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// By how much an expense is over the limit of the house; all of it when it is in another currency.
    pub excess: Option<Decimal>,
    /// By how much the lines of a category are over its limit; all of it when they are in another currency.
    pub categories: BTreeMap<String, Decimal>,
}

impl Limits {
    /// Is anything over its limit?
    pub fn is_over(&self) -> bool {
        self.excess.is_some() || !self.categories.is_empty()
    }
}

/// Compares a request with the limits of its form and of the house. Where there is a limit, an amount in another currency cannot be
/// compared and is over with all that it comes to: otherwise another currency would be a way past every limit.
pub fn limits(form: Option<&Form>, policy: &Policy, view: &ApprovalView) -> Limits {
    let categories = form
        .and_then(|form| form.lines.as_ref())
        .map(|lines| &lines.categories);
    Limits {
        excess: over_house(&view.form, view.total, policy),
        categories: categories
            .into_iter()
            .flatten()
            .filter_map(|category| Some((category.name.clone(), category_excess(category, policy, view)?)))
            .collect(),
    }
}

/// By how much a request of this form is over the limit of the house, in its own currency.
pub fn over_house(form: &str, total: Money, policy: &Policy) -> Option<Decimal> {
    (form == "expense")
        .then(|| over(total, &policy.expense_limit, &policy.currency))
        .flatten()
}

fn category_excess(category: &Category, policy: &Policy, view: &ApprovalView) -> Option<Decimal> {
    let lines = view.lines.iter().filter(|line| line.category == category.name);
    let sum = Money {
        amount: lines.map(|line| line.amount.amount).sum(),
        currency: view.total.currency,
    };
    let currency = category.currency.as_ref().unwrap_or(&policy.currency);
    over(sum, category.limit.as_ref()?, currency)
}

fn over(money: Money, limit: &str, currency: &str) -> Option<Decimal> {
    let limit = Decimal::from_str_exact(limit).ok()?;
    let allowed = if money.currency.code() == currency {
        limit
    } else {
        Decimal::ZERO
    };
    let excess = money.amount - allowed;
    (excess > Decimal::ZERO).then_some(excess)
}

/// What makes the receipts of a request known again: line, and its number or the hash of its photo, one pair for each.
pub fn receipt_keys(view: &ApprovalView) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for line in &view.lines {
        // Blanks and capitals are how people type the same number.
        let number = line.receipt.as_deref().map(|number| {
            let plain = number.chars().filter(|c| c.is_alphanumeric());
            plain.flat_map(char::to_uppercase).collect::<String>()
        });
        let number = number
            .filter(|number| !number.is_empty())
            .map(|number| format!("n:{number}"));
        let photo = line.photo.as_deref().map(|hash| format!("p:{hash}"));
        keys.extend(number.into_iter().chain(photo).map(|key| (line.id.clone(), key)));
    }
    keys
}
