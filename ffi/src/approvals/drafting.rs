use fieldbook_core::document::command::Belongs;
use fieldbook_core::model::Currency;
use fieldbook_core::replica;

use super::{Approvals, FormValue, LineChange, NewLine};
use crate::{ApprovalId, CustomerId, FieldbookError, VisitId};

/// A request to be drafted.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct NewExpense {
    /// What for, 1 to 200 characters.
    pub title: String,
    /// The currency of all its lines; the house's when absent.
    #[uniffi(default = None)]
    pub currency: Option<String>,
    /// The customer it is for.
    #[uniffi(default = None)]
    pub customer: Option<CustomerId>,
    /// The visit it belongs to.
    #[uniffi(default = None)]
    pub visit: Option<VisitId>,
}

#[uniffi::export]
impl Approvals {
    /// Begins an expense, as a draft that only its author sees.
    pub fn draft_expense(&self, expense: NewExpense) -> Result<ApprovalId, FieldbookError> {
        self.draft("expense".to_owned(), expense)
    }

    /// Begins a request of any form of the house, for example `contract`, as a draft that only its author sees.
    pub fn draft(&self, form: String, request: NewExpense) -> Result<ApprovalId, FieldbookError> {
        let (now, mut rng, currency) = (self.0.now()?, self.0.rng(), self.currency(request.currency)?);
        let approval = replica::NewApproval {
            form,
            title: request.title,
            currency,
            customer: request.customer.map(Into::into),
            visit: request.visit.map(Into::into),
        };
        Ok(self.0.replica().draft_approval(&now, &mut rng, approval)?.into())
    }

    /// Gives a draft another title.
    pub fn rename(&self, approval: ApprovalId, title: String) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self.0.replica().rename_approval(&now, approval.into(), title)?)
    }

    /// Says which customer and which visit a draft belongs to; what is absent, it belongs to none.
    pub fn link(
        &self,
        approval: ApprovalId,
        customer: Option<CustomerId>,
        visit: Option<VisitId>,
    ) -> Result<(), FieldbookError> {
        let belongs = Belongs {
            customer: customer.map(Into::into),
            visit: visit.map(Into::into),
        };
        let now = self.0.now()?;
        Ok(self.0.replica().link_approval(&now, approval.into(), belongs)?)
    }

    /// Adds a line.
    pub fn add_line(&self, expense: ApprovalId, line: NewLine) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self
            .0
            .replica()
            .add_expense_line(&now, expense.into(), line.into())?)
    }

    /// Changes a line; whoever decided on it before sees what changed.
    pub fn edit_line(
        &self,
        expense: ApprovalId,
        line: &str,
        change: LineChange,
    ) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self
            .0
            .replica()
            .edit_expense_line(&now, expense.into(), line, change.into())?)
    }

    /// Removes a line.
    pub fn remove_line(&self, expense: ApprovalId, line: &str) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self.0.replica().remove_expense_line(&now, expense.into(), line)?)
    }

    /// Fills in a field of the form, or empties it.
    pub fn set_field(
        &self,
        approval: ApprovalId,
        field: &str,
        value: Option<FormValue>,
    ) -> Result<(), FieldbookError> {
        let (now, value) = (self.0.now()?, value.map(Into::into));
        Ok(self
            .0
            .replica()
            .set_approval_field(&now, approval.into(), field, value)?)
    }

    /// Hands a request in as it stands now and returns the revision that approvers decide on. What the form still asks for
    /// is an error with the rule `document.incomplete` and the field as its path.
    pub fn submit(&self, approval: ApprovalId) -> Result<String, FieldbookError> {
        Ok(self.0.replica().submit(&self.0.now()?, approval.into())?)
    }

    /// Takes a request back. Whatever arrives at the server first stands: this, or a decision.
    pub fn withdraw(&self, approval: ApprovalId, note: Option<String>) -> Result<(), FieldbookError> {
        Ok(self.0.replica().withdraw(&self.0.now()?, approval.into(), note)?)
    }
}

impl Approvals {
    fn currency(&self, code: Option<String>) -> Result<Currency, FieldbookError> {
        let code = code.unwrap_or_else(|| self.0.replica().policy().currency);
        code.parse()
            .map_err(|_| FieldbookError::malformed("currency", &code))
    }
}
