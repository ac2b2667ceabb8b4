use crate::document::Command;
use crate::document::command::{Answer, Decision, Entry, Outcome, RuleApproval};
use crate::document::view::{ApprovalView, Course};
use crate::model::{PersonId, Roster};
use crate::rulings::{Ruling, Scene, Unruled};

/// One ruling in the making: each entry is taken into the course at once, so that the next one sees it.
pub(super) struct Bench<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) view: &'a ApprovalView,
    pub(super) roster: Roster,
    pub(super) course: Course,
    pub(super) now_ms: u64,
    entries: Vec<Entry>,
    outcome: Option<Outcome>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, view: &'a ApprovalView) -> Result<Self, Unruled> {
        Ok(Self {
            scene,
            view,
            roster: scene.office.roster()?,
            course: view.course.clone(),
            now_ms: u64::try_from(scene.now.timestamp_millis()).unwrap_or(0),
            entries: Vec::new(),
            outcome: None,
        })
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.course.apply(self.scene.number, &entry);
        self.entries.push(entry);
    }

    pub(super) fn refuse(&mut self, request: &str, answer: Answer, by: Option<PersonId>) {
        self.push(Entry::Refused {
            request: request.to_owned(),
            answer,
            by,
        });
    }

    /// The round ends.
    pub(super) fn end(&mut self, outcome: Decision, by: Option<PersonId>, reason: Option<String>) {
        self.course.decide(self.scene.number, Some(outcome));
        self.outcome = Some(Outcome {
            revision: self.course.revision.clone(),
            outcome,
            by,
            reason,
        });
    }

    pub(super) fn is_applicant(&self, person: PersonId) -> bool {
        self.roster.same_human(person, self.view.applicant)
    }

    /// Whose decision ended the last round, when one did.
    pub(super) fn ended_by(&self) -> Option<PersonId> {
        self.view.outcome.as_ref().and_then(|outcome| outcome.by)
    }

    /// Is there nothing to say so far?
    pub(super) fn is_silent(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn finish(self) -> Option<Ruling> {
        if self.is_silent() {
            return None;
        }
        Some(Ruling::new(Command::RuleApproval(RuleApproval {
            document: self.scene.document,
            at: self.scene.now,
            ruling: self.scene.number,
            entries: self.entries,
            outcome: self.outcome,
        })))
    }
}
