use fieldbook_core::document::command;
use fieldbook_core::replica;

use super::Approvals;
use crate::{ApprovalId, FieldbookError, PersonId};

/// The three things an approver can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Decision {
    /// Yes.
    Approve,
    /// No; asks for a note.
    Reject,
    /// Back, to be changed and handed in again; asks for a note.
    Return,
}

/// How an approver brings somebody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Handing {
    /// Beside oneself (加签).
    Add,
    /// In one's stead (委办).
    Delegate,
}

/// What an approver says about a revision.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Deciding {
    /// [`Approval::revision`](super::Approval::revision) of what was on the screen.
    pub revision: String,
    /// What.
    pub decision: Decision,
    /// Asked for with a rejection or a return.
    #[uniffi(default = None)]
    pub note: Option<String>,
    /// In whose stead, one of [`ApprovalPage::seats`](super::ApprovalPage::seats); when absent for one's own seat, or for the
    /// one that the person stands in for when they have none.
    #[uniffi(default = None)]
    pub acting_for: Option<PersonId>,
    /// With a return, the number of the step it goes back to; to the applicant when absent.
    #[uniffi(default = None)]
    pub back_to: Option<u32>,
}

#[uniffi::export]
impl Approvals {
    /// Decides on the revision that the person saw. It counts when the server confirms; until then it is provisional.
    pub fn decide(&self, approval: ApprovalId, deciding: Deciding) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self
            .0
            .replica()
            .decide_as(&now, approval.into(), deciding.into())?)
    }

    /// Brings somebody in: beside oneself or in one's stead, on this request only.
    pub fn hand_over(
        &self,
        approval: ApprovalId,
        handing: Handing,
        to: PersonId,
        note: Option<String>,
    ) -> Result<(), FieldbookError> {
        let (now, handing) = (self.0.now()?, handing.into());
        Ok(self
            .0
            .replica()
            .hand_over(&now, approval.into(), handing, to.into(), note)?)
    }
}

impl From<Decision> for command::Decision {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Approve => Self::Approve,
            Decision::Reject => Self::Reject,
            Decision::Return => Self::Return,
        }
    }
}

impl From<Handing> for command::Handing {
    fn from(handing: Handing) -> Self {
        match handing {
            Handing::Add => Self::Add,
            Handing::Delegate => Self::Delegate,
        }
    }
}

impl From<Deciding> for replica::Deciding {
    fn from(deciding: Deciding) -> Self {
        Self {
            revision: deciding.revision,
            decision: deciding.decision.into(),
            step: deciding.back_to,
            acted_for: deciding.acting_for.map(Into::into),
            note: deciding.note,
        }
    }
}
