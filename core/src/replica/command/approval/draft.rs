use chrono::NaiveDate;

use crate::document::Command;
use crate::document::command::{AddLine, DraftApproval, FieldValue, RemoveLine, SetField};
use crate::model::{Currency, DocumentId};
use crate::replica::{Now, Replica, ReplicaError};

/// A new request.
#[derive(Clone, Debug, PartialEq)]
pub struct NewApproval {
    /// Which form, for example `contract`.
    pub form: String,
    /// What for, 1 to 200 characters.
    pub title: String,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// The customer it is for.
    pub customer: Option<DocumentId>,
    /// The visit it belongs to.
    pub visit: Option<DocumentId>,
}

/// A line of an expense or another request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewExpenseLine {
    /// The day of the receipt.
    pub date: NaiveDate,
    /// For example `meals`.
    pub category: String,
    /// A decimal such as `128.50`, above zero.
    pub amount: String,
    /// A remark.
    pub note: Option<String>,
    /// The number on the receipt.
    pub receipt: Option<String>,
    /// SHA-256 of the receipt's photo, 64 hexadecimal digits.
    pub photo: Option<String>,
}

impl Replica {
    /// Begins a request, as a draft, and returns its id.
    ///
    /// # Errors
    /// A rule that forbids it, such as an empty title; nothing is written then.
    pub fn draft_approval(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        approval: NewApproval,
    ) -> Result<DocumentId, ReplicaError> {
        let document = DocumentId::generate(now.unix_ms(), rng);
        let applicant = self.identity()?.person;
        let reference = self.reference();
        let form = reference
            .as_ref()
            .and_then(|reference| reference.form(&approval.form));
        let command = DraftApproval {
            document,
            // Without reference rows the first version is as good a guess as any: the server checks on its own.
            form_version: form.map_or(1, |form| form.version),
            form: approval.form,
            applicant,
            title: approval.title,
            currency: approval.currency,
            customer: approval.customer,
            visit: approval.visit,
        };
        self.execute(now, &[Command::DraftApproval(command)])?;
        Ok(document)
    }

    /// Begins an expense, as a draft, and returns its id.
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
        let approval = NewApproval {
            form: "expense".to_owned(),
            title: title.to_owned(),
            currency,
            customer,
            visit,
        };
        self.draft_approval(now, rng, approval)
    }

    /// Fills in a field of the form, or empties it.
    ///
    /// # Errors
    /// A request that is closed or not one's own.
    pub fn set_approval_field(
        &self,
        now: &Now,
        approval: DocumentId,
        field: &str,
        value: Option<FieldValue>,
    ) -> Result<(), ReplicaError> {
        let command = SetField {
            document: approval,
            field: field.to_owned(),
            value,
        };
        self.execute(now, &[Command::SetField(command)])
    }

    /// Adds a line to an expense or another request.
    ///
    /// # Errors
    /// An amount that is none, or a request that is closed.
    pub fn add_expense_line(
        &self,
        now: &Now,
        expense: DocumentId,
        line: NewExpenseLine,
    ) -> Result<(), ReplicaError> {
        let command = AddLine {
            document: expense,
            date: line.date,
            category: line.category,
            amount: line.amount,
            note: line.note,
            receipt: line.receipt,
            photo: line.photo,
        };
        self.execute(now, &[Command::AddLine(command)])
    }

    /// Removes a line.
    ///
    /// # Errors
    /// A line that is not there, or a request that is closed.
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
}
