use chrono::NaiveDate;

use crate::document::Command;
use crate::document::command::{Belongs, EditDraft, EditLine};
use crate::model::DocumentId;
use crate::replica::{Now, Replica, ReplicaError};

/// What changes in a line; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineChange {
    /// The day of the receipt.
    pub date: Option<NaiveDate>,
    /// For example `meals`.
    pub category: Option<String>,
    /// A decimal such as `128.50`, above zero.
    pub amount: Option<String>,
    /// A remark; an empty one takes it away.
    pub note: Option<String>,
    /// The number on the receipt; an empty one takes it away.
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo, 64 hexadecimal digits; an empty one takes it away.
    pub photo: Option<String>,
}

impl Replica {
    /// Gives a request another title.
    ///
    /// # Errors
    /// An empty title, or a request that is closed or not one's own.
    pub fn rename_approval(
        &self,
        now: &Now,
        approval: DocumentId,
        title: String,
    ) -> Result<(), ReplicaError> {
        let command = EditDraft {
            document: approval,
            title: Some(title),
            belongs: None,
        };
        self.execute(now, &[Command::EditDraft(command)])
    }

    /// Says which customer and which visit a request belongs to; what is absent there, it belongs to none.
    ///
    /// # Errors
    /// A request that is closed or not one's own.
    pub fn link_approval(
        &self,
        now: &Now,
        approval: DocumentId,
        belongs: Belongs,
    ) -> Result<(), ReplicaError> {
        let command = EditDraft {
            document: approval,
            title: None,
            belongs: Some(belongs),
        };
        self.execute(now, &[Command::EditDraft(command)])
    }

    /// Changes a line of a request; it stays the same line for whoever decided on it before.
    ///
    /// # Errors
    /// A line that is not there, an amount that is none, or a request that is closed or not one's own.
    pub fn edit_expense_line(
        &self,
        now: &Now,
        expense: DocumentId,
        line: &str,
        change: LineChange,
    ) -> Result<(), ReplicaError> {
        let command = EditLine {
            document: expense,
            line: line.to_owned(),
            date: change.date,
            category: change.category,
            amount: change.amount,
            note: change.note,
            receipt: change.receipt,
            photo: change.photo,
        };
        self.execute(now, &[Command::EditLine(command)])
    }
}
