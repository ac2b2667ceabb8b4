use crate::document::Command;
use crate::document::command::{Submit, Withdraw};
use crate::document::view::{ApprovalView, total};
use crate::gate::DocumentIndex;
use crate::model::DocumentId;
use crate::model::form::Chain;
use crate::replica::{Now, Replica, ReplicaError};
use crate::rulings::complaints;

impl Replica {
    /// Hands a request in as it stands now and returns the revision that approvers decide on.
    ///
    /// # Errors
    /// [`ReplicaError::Incomplete`] when the form asks for more, or a request that is closed or not one's own.
    pub fn submit(&self, now: &Now, approval: DocumentId) -> Result<String, ReplicaError> {
        let read = |index: &DocumentIndex| Ok((ApprovalView::read(index)?, total(index)));
        let (view, total) = self
            .with_document(approval, read)?
            .ok_or(ReplicaError::Unknown(approval))?;
        let reference = self.reference().unwrap_or_default();
        let form = reference.form(&view.form);
        let complaint = form.and_then(|form| Some((form, complaints(form, &view).into_iter().next()?)));
        if let Some((form, complaint)) = complaint {
            let words = complaint.words(Some(form));
            return Err(ReplicaError::Incomplete { complaint, words });
        }
        let chain = form.and_then(|form| reference.chain_of(form));
        let command = Submit {
            document: approval,
            at: now.at,
            revision: view.revision.clone(),
            total: total.map(|total| total.to_string()),
            chain: chain.map(Chain::id),
        };
        self.execute(now, &[Command::Submit(command)])?;
        Ok(view.revision)
    }

    /// Takes a request back that was handed in. Whatever arrives at the server first stands: this, or a decision.
    ///
    /// # Errors
    /// A request that was not handed in, is closed, or is not one's own.
    pub fn withdraw(
        &self,
        now: &Now,
        approval: DocumentId,
        note: Option<String>,
    ) -> Result<(), ReplicaError> {
        let view = self.approval(approval)?;
        let last = view.submissions.last().map(|last| last.revision.clone());
        let command = Withdraw {
            document: approval,
            revision: last.unwrap_or(view.revision),
            at: now.at,
            note,
        };
        self.execute(now, &[Command::Withdraw(command)])
    }
}
