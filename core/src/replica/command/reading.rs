use crate::document::Command;
use crate::document::command::{CheckIn, Moment};
use crate::document::view::{CustomerView, VisitView};
use crate::gate::DocumentIndex;
use crate::geo::{self, FenceUsed, Reading, Verdict};
use crate::model::DocumentId;
use crate::replica::{Now, Replica, ReplicaError, contact};

/// What the screen says at once about a reading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckInOutcome {
    /// The new check-in document.
    pub check_in: DocumentId,
    /// Geodesic distance to the customer in metres; absent without a fix or a position on file.
    pub distance_m: Option<f64>,
    /// The phone's own verdict. Doubt never blocks: the person says why.
    pub verdict: Verdict,
}

impl Replica {
    /// What a check-in here would say, without writing anything: distance and verdict.
    ///
    /// # Errors
    /// When the customer is not on this phone.
    pub fn judge_position(
        &self,
        customer: DocumentId,
        reading: Option<&Reading>,
    ) -> Result<(Option<f64>, Verdict), ReplicaError> {
        let fence = self.fence(customer)?;
        Ok(geo::judge(reading, fence.as_ref()))
    }

    /// Judges a reading and makes the command that records it.
    pub(super) fn check_in(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        visit: DocumentId,
        moment: Moment,
        reading: Option<Reading>,
        reason: Option<String>,
    ) -> Result<(Command, CheckInOutcome), ReplicaError> {
        let read = |index: &DocumentIndex| Ok(VisitView::read(index)?.customer);
        let customer = self
            .with_document(visit, read)?
            .ok_or(ReplicaError::Unknown(visit))?;
        let fence = self.fence(customer)?;
        let (distance_m, verdict) = geo::judge(reading.as_ref(), fence.as_ref());
        // Half a metre is finer than any phone; fewer digits travel.
        let distance_m = distance_m.map(|distance| (distance * 10.0).round() / 10.0);
        let document = DocumentId::generate(now.unix_ms(), rng);
        let last_contact = self.store().read(contact::get)?;
        let command = CheckIn {
            document,
            visit,
            customer,
            rep: self.identity()?.person,
            moment,
            reading,
            time: contact::evidence(last_contact.as_ref(), now),
            fence,
            distance_m,
            verdict,
            reason,
        };
        let outcome = CheckInOutcome {
            check_in: document,
            distance_m,
            verdict,
        };
        Ok((Command::CheckIn(command), outcome))
    }

    /// The fence around a customer, as of now; `None` when it has no position or is not on this phone.
    fn fence(&self, customer: DocumentId) -> Result<Option<FenceUsed>, ReplicaError> {
        let read = |index: &DocumentIndex| Ok(CustomerView::read(index)?.position);
        let position = self.with_document(customer, read)?.flatten();
        let policy = self.policy();
        Ok(position.map(|centre| FenceUsed {
            version: policy.fence_version,
            radius_m: policy.fence_radius_m,
            centre,
        }))
    }
}
