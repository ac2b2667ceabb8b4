mod approval;
mod deciding;
mod difference;
mod drafting;
mod field;
mod form;
mod line;
mod page;
mod spent;
mod warnings;

use std::sync::Arc;

pub use approval::{Approval, ApprovalStatus, InboxItem};
pub use deciding::{Deciding, Decision, Handing};
pub use difference::{ApprovalDifference, FieldDifference, LineDifference};
pub use drafting::NewExpense;
pub use field::{FilledField, FormValue};
pub use form::{ChainStep, FieldType, FormField, LineCategory, LineRule, RequestForm, StepMode};
pub use line::{ExpenseLine, LineChange, NewLine};
pub use page::ApprovalPage;
pub use spent::Spent;
pub use warnings::{ApprovalWarnings, DuplicateReceipt, Missing, OverCategory};

use crate::shared::Shared;
use crate::{ApprovalId, FieldbookError};

/// Requests and decisions.
#[derive(Debug, uniffi::Object)]
pub struct Approvals(pub(crate) Arc<Shared>);

#[uniffi::export]
impl Approvals {
    /// One's own requests, the latest first.
    pub fn mine(&self, limit: u32) -> Result<Vec<Approval>, FieldbookError> {
        let rows = self.0.replica().my_approvals(limit as usize)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// What waits for a decision: those to look at first, then the ordinary ones, then those decided and not yet
    /// confirmed by the server.
    pub fn inbox(&self) -> Result<Vec<InboxItem>, FieldbookError> {
        Ok(self.0.replica().inbox()?.into_iter().map(Into::into).collect())
    }

    /// A request's page; nothing when it is not on this phone.
    pub fn page(&self, approval: ApprovalId) -> Result<Option<ApprovalPage>, FieldbookError> {
        let Some(detail) = self.0.replica().approval_page(approval.into())? else {
            return Ok(None);
        };
        let paper = self.0.replica().paper(approval.into())?;
        Ok(Some(ApprovalPage::of(detail, paper)))
    }

    /// The forms of the house with their chains: what can be asked for.
    pub fn forms(&self) -> Result<Vec<RequestForm>, FieldbookError> {
        let reference = self.0.replica().reference().unwrap_or_default();
        let forms = reference.forms.iter().cloned();
        Ok(forms
            .map(|form| {
                let chain = reference.chain_of(&form);
                RequestForm::of(form, chain)
            })
            .collect())
    }

    /// What to look at before a request is handed in.
    pub fn warnings(&self, approval: ApprovalId) -> Result<ApprovalWarnings, FieldbookError> {
        let warnings = self.0.replica().approval_warnings(approval.into())?;
        let paper = self.0.replica().paper(approval.into())?;
        Ok(ApprovalWarnings::of(warnings, &paper))
    }

    /// What changed in a request since a revision that was handed in, for example [`ApprovalPage::saw`]; nothing when that
    /// revision never was.
    pub fn difference_since(
        &self,
        approval: ApprovalId,
        revision: &str,
    ) -> Result<Option<ApprovalDifference>, FieldbookError> {
        let difference = self.0.replica().difference_since(approval.into(), revision)?;
        Ok(difference.map(Into::into))
    }
}
