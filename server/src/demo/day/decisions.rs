use fieldbook_core::document::command::Decision;
use fieldbook_core::document::view::{ApprovalStatus, ApprovalView};
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::ReplicaError;
use fieldbook_core::replica::query::{InboxItem, inbox, my_approvals};

use super::Day;
use super::money::applicants;
use crate::demo::cast::{GRACE, Member, WANG};
use crate::demo::error::DemoError;
use crate::demo::moment::Moment;
use crate::demo::phone::Phone;
use crate::demo::{phrases, words};

impl Day<'_> {
    /// The supervisors decide on their phones; it counts once the server has ruled, and the applicants see it.
    pub(super) async fn decide(&mut self) -> Result<(), DemoError> {
        self.narrator.heading(Moment::at(18, 0), words::DECIDING);
        for supervisor in [&GRACE, &WANG] {
            let (phone, narrator) = self.with(supervisor)?;
            phone.pass_to(Moment::at(18, 0));
            let policy = phone.replica.policy();
            let waiting = phone
                .replica
                .store()
                .read(|conn| inbox(conn, phone.person, &policy))?;
            narrator.line(&words::inbox(supervisor, &waiting));
            for item in waiting {
                let (decision, note) = judge(&item);
                phone.pass_minutes(2);
                let (document, revision) = (item.approval.document, &item.approval.revision);
                let note = note.map(str::to_owned);
                phone
                    .replica
                    .decide(&phone.now(), document, revision, decision, note)?;
                expect(phone, document, ApprovalStatus::Provisional)?;
            }
            phone.sync().await?;
        }
        self.narrator.line(words::DECIDED);
        for supervisor in [&GRACE, &WANG] {
            for applicant in applicants(supervisor) {
                self.learn(applicant, supervisor).await?;
            }
        }
        Ok(())
    }

    /// The applicant's phone fetches the ruling and shows it.
    async fn learn(&mut self, applicant: &'static Member, supervisor: &Member) -> Result<(), DemoError> {
        let (phone, narrator) = self.with(applicant)?;
        phone.pass_to(Moment::at(18, 10));
        phone.sync().await?;
        let mine = phone
            .replica
            .store()
            .read(|conn| my_approvals(conn, phone.person, 10))?;
        for approval in mine {
            let view = approval_on(phone, approval.document)?;
            if !matches!(view.status, ApprovalStatus::Approved | ApprovalStatus::Returned) {
                return Err(DemoError::Story(format!(
                    "{} is still {}",
                    view.title,
                    view.status.name()
                )));
            }
            let note = view
                .decisions
                .last()
                .and_then(|decision| decision.note.as_deref());
            narrator.line(&words::learns(
                applicant,
                supervisor,
                &view.title,
                view.status,
                note,
            ));
        }
        Ok(())
    }
}

/// Over the limit goes back with a question; the rest is fine.
fn judge(item: &InboxItem) -> (Decision, Option<&'static str>) {
    match item.over_limit_by {
        Some(_) => (Decision::Return, Some(phrases::RETURNED)),
        None => (Decision::Approve, None),
    }
}

pub(super) fn approval_on(phone: &Phone, approval: DocumentId) -> Result<ApprovalView, DemoError> {
    let index = phone
        .replica
        .document(approval)?
        .ok_or(ReplicaError::Unknown(approval))?;
    Ok(ApprovalView::read(&index)?)
}

fn expect(phone: &Phone, approval: DocumentId, status: ApprovalStatus) -> Result<(), DemoError> {
    let view = approval_on(phone, approval)?;
    if view.status == status {
        return Ok(());
    }
    Err(DemoError::Story(format!(
        "{} is {}, not {}",
        view.title,
        view.status.name(),
        status.name()
    )))
}
