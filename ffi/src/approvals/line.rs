use fieldbook_core::document::view;
use fieldbook_core::replica::{self, query};

use crate::{Amount, Day, Money};

/// One line of an expense or another request.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ExpenseLine {
    /// Its name within the request.
    pub id: String,
    /// The day of the receipt.
    pub date: Day,
    /// For example `meals`.
    pub category: String,
    /// The amount.
    pub amount: Money,
    /// A remark.
    pub note: Option<String>,
    /// The number on the receipt.
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo, 64 hexadecimal digits.
    pub photo: Option<String>,
}

/// A line to be added.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewLine {
    /// The day of the receipt.
    pub date: Day,
    /// For example `meals`.
    pub category: String,
    /// The amount, above zero, at most four places.
    pub amount: Amount,
    /// A remark.
    #[uniffi(default = None)]
    pub note: Option<String>,
    /// The number on the receipt.
    #[uniffi(default = None)]
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo, 64 hexadecimal digits.
    #[uniffi(default = None)]
    pub photo: Option<String>,
}

/// What changes in a line; what is absent stays as it is, and an empty note, receipt or photo takes it away.
#[derive(Clone, Debug, Default, PartialEq, uniffi::Record)]
pub struct LineChange {
    /// The day of the receipt.
    #[uniffi(default = None)]
    pub date: Option<Day>,
    /// For example `meals`.
    #[uniffi(default = None)]
    pub category: Option<String>,
    /// The amount, above zero, at most four places.
    #[uniffi(default = None)]
    pub amount: Option<Amount>,
    /// A remark.
    #[uniffi(default = None)]
    pub note: Option<String>,
    /// The number on the receipt.
    #[uniffi(default = None)]
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo, 64 hexadecimal digits.
    #[uniffi(default = None)]
    pub photo: Option<String>,
}

impl From<query::ApprovalLine> for ExpenseLine {
    fn from(line: query::ApprovalLine) -> Self {
        Self {
            id: line.item,
            date: Day(line.date),
            category: line.category,
            amount: line.amount.into(),
            note: line.note,
            receipt: line.receipt,
            photo: line.photo,
        }
    }
}

impl From<view::LineView> for ExpenseLine {
    fn from(line: view::LineView) -> Self {
        Self {
            id: line.id,
            date: Day(line.date),
            category: line.category,
            amount: line.amount.into(),
            note: line.note,
            receipt: line.receipt,
            photo: line.photo,
        }
    }
}

impl From<NewLine> for replica::NewExpenseLine {
    fn from(line: NewLine) -> Self {
        Self {
            date: line.date.0,
            category: line.category,
            amount: line.amount.0.to_string(),
            note: line.note,
            receipt: line.receipt,
            photo: line.photo,
        }
    }
}

impl From<LineChange> for replica::LineChange {
    fn from(change: LineChange) -> Self {
        Self {
            date: change.date.map(|date| date.0),
            category: change.category,
            amount: change.amount.map(|amount| amount.0.to_string()),
            note: change.note,
            receipt: change.receipt,
            photo: change.photo,
        }
    }
}
