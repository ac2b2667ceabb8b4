use serde_json::Value;

use crate::document::Command;
use crate::document::command::{RecordStep, SetNextStep};
use crate::model::DocumentId;
use crate::replica::{Now, Replica, ReplicaError};

impl Replica {
    /// Records a result of a step of the template, for example a stock count.
    ///
    /// # Errors
    /// A visit that is not under way; nothing is written then.
    pub fn record_step(
        &self,
        now: &Now,
        visit: DocumentId,
        step: &str,
        value: Value,
        note: Option<String>,
    ) -> Result<(), ReplicaError> {
        let command = RecordStep {
            document: visit,
            step: step.to_owned(),
            at: now.at,
            value,
            note,
        };
        self.execute(now, &[Command::RecordStep(command)])
    }

    /// Says what comes next with this customer.
    ///
    /// # Errors
    /// A visit that is not one's own or one's team's.
    pub fn set_next_step(&self, now: &Now, visit: DocumentId, text: String) -> Result<(), ReplicaError> {
        let command = SetNextStep {
            document: visit,
            text,
        };
        self.execute(now, &[Command::SetNextStep(command)])
    }
}
