use chrono::NaiveDate;

use crate::document::Command;
use crate::document::command::{AddLine, DraftExpense, RemoveLine, Submit};
use crate::document::view::ApprovalView;
use crate::gate::DocumentIndex;
use crate::model::{Currency, DocumentId};
use crate::replica::{Now, Replica, ReplicaError};

/// A line of an expense.
#[derive(Clone, Debug, PartialEq)]
pub struct NewExpenseLine {
    /// The day of the receipt.
    pub date: NaiveDate,
    /// For example `meals`.
    pub category: String,
    /// A decimal such as `128.50`, above zero.
    pub amount: String,
    /// A remark.
    pub note: Option<String>,
}

impl Replica {
    /// Begins an expense, as a draft that only its author sees, and returns its id.
    ///
    /// # Errors
    /// A rule that forbids it, such as an empty title; nothing is written then.
    pub fn draft_expense(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        title: &str,
        currency: Currency,
        customer: Option<DocumentId>,
        visit: Option<DocumentId>,
    ) -> Result<DocumentId, ReplicaError> {
        let document = DocumentId::generate(now.unix_ms(), rng);
        let applicant = self.identity()?.person;
        let command = DraftExpense {
            document,
            applicant,
            title: title.to_owned(),
            currency,
            customer,
            visit,
        };
        self.execute(now, &[Command::DraftExpense(command)])?;
        Ok(document)
    }

    /// Adds a line to an expense.
    ///
    /// # Errors
    /// An amount that is none, or an expense that is closed.
    pub fn add_expense_line(
        &self,
        now: &Now,
        expense: DocumentId,
        line: NewExpenseLine,
    ) -> Result<(), ReplicaError> {
        let NewExpenseLine {
            date,
            category,
            amount,
            note,
        } = line;
        let command = AddLine {
            document: expense,
            date,
            category,
            amount,
            note,
        };
        self.execute(now, &[Command::AddLine(command)])
    }

    /// Removes a line of an expense.
    ///
    /// # Errors
    /// A line that is not there, or an expense that is closed.
    pub fn remove_expense_line(
        &self,
        now: &Now,
        expense: DocumentId,
        line: &str,
    ) -> Result<(), ReplicaError> {
        let command = RemoveLine {
            document: expense,
            line: line.to_owned(),
        };
        self.execute(now, &[Command::RemoveLine(command)])
    }

    /// Hands an expense in as it stands now and returns the revision that approvers decide on.
    ///
    /// # Errors
    /// An expense that is closed or not one's own.
    pub fn submit(&self, now: &Now, expense: DocumentId) -> Result<String, ReplicaError> {
        let read = |index: &DocumentIndex| Ok(ApprovalView::read(index)?);
        let view = self
            .with_document(expense, read)?
            .ok_or(ReplicaError::Unknown(expense))?;
        let command = Submit {
            document: expense,
            at: now.at,
            revision: view.revision.clone(),
            total: view.total.amount.to_string(),
        };
        self.execute(now, &[Command::Submit(command)])?;
        Ok(view.revision)
    }
}
