use chrono::{DateTime, FixedOffset};

use crate::document::Command;
use crate::document::command::{MovePlan, PlanVisit};
use crate::model::{DocumentId, PersonId};
use crate::replica::{Now, Replica, ReplicaError};

/// A visit to be planned.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPlan {
    /// Whom to visit.
    pub customer: DocumentId,
    /// Who visits; oneself when absent.
    pub rep: Option<PersonId>,
    /// When, with the offset of the place.
    pub start: DateTime<FixedOffset>,
    /// What for, at most 200 characters.
    pub purpose: String,
}

impl Replica {
    /// Plans a visit, or makes one on the spot, and returns its id.
    ///
    /// # Errors
    /// A rule that forbids it; nothing is written then.
    pub fn plan_visit(
        &self,
        now: &Now,
        rng: &mut impl rand::Rng,
        plan: NewPlan,
    ) -> Result<DocumentId, ReplicaError> {
        let document = DocumentId::generate(now.unix_ms(), rng);
        let rep = match plan.rep {
            Some(rep) => rep,
            None => self.identity()?.person,
        };
        let command = PlanVisit {
            document,
            customer: plan.customer,
            rep,
            start: plan.start,
            purpose: plan.purpose,
            template: self.policy().template,
        };
        self.execute(now, &[Command::PlanVisit(command)])?;
        Ok(document)
    }

    /// Moves a planned visit to another time. Should the rep have checked in meanwhile, without this phone knowing, the
    /// server makes it a remark.
    ///
    /// # Errors
    /// A visit that started already as far as this phone knows, or is somebody else's.
    pub fn move_visit(
        &self,
        now: &Now,
        visit: DocumentId,
        start: DateTime<FixedOffset>,
        purpose: Option<String>,
    ) -> Result<(), ReplicaError> {
        let command = MovePlan {
            document: visit,
            by: self.identity()?.person,
            at: now.at,
            start,
            purpose,
        };
        self.execute(now, &[Command::MovePlan(command)])
    }
}
