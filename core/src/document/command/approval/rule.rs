use automerge::ObjType;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::Decision;
use crate::document::command::writing::{append, container, put_some};
use crate::document::command::{Apply, CommandError};
use crate::document::draft::Draft;
use crate::model::form::Mode;
use crate::model::{DocumentId, Kind, PersonId};
use crate::time::format_timestamp;

/// One ruling of the server on an approval: what follows from one request, or from a change of the organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleApproval {
    /// The approval.
    pub document: DocumentId,
    /// The server's clock.
    pub at: DateTime<FixedOffset>,
    /// The number of the ruling in the organisation's ruling log.
    pub ruling: u64,
    /// What it says, in order.
    pub entries: Vec<Entry>,
    /// The outcome, when it ends the round.
    pub outcome: Option<Outcome>,
}

/// One thing that a ruling says. Requests are named by their element in the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum Entry {
    /// A round begins with this submission.
    Open {
        /// The submission.
        request: String,
        /// The revision that all decisions of the round have to name.
        revision: String,
        /// The version of the chain that the round keeps.
        chain: String,
        /// The numbers of the steps that apply.
        plan: Vec<u32>,
        /// By how much it is over the limit of the house, a decimal.
        excess: Option<String>,
    },
    /// A line is over the limit of its category, by this decimal.
    OverLimit {
        /// The category.
        category: String,
        /// By how much.
        excess: String,
    },
    /// The receipt of a line was handed in before.
    Duplicate {
        /// The line.
        line: String,
        /// The approval that has it already; this one for two lines of the same.
        other: DocumentId,
    },
    /// A step begins, for the first time or again.
    Step {
        /// Its number.
        step: u32,
        /// How its approvers decide together.
        mode: Mode,
    },
    /// A step passes because those who would be asked have agreed before.
    Passed {
        /// Its number.
        step: u32,
    },
    /// Somebody is asked in the step that goes on.
    Seat {
        /// Who.
        person: PersonId,
    },
    /// An approver had somebody added, who has to agree too.
    Added {
        /// The handover; absent for whoever steps in for one who left.
        request: Option<String>,
        /// Who.
        person: PersonId,
    },
    /// Somebody may decide in the stead of an approver of this step.
    Delegated {
        /// The handover; absent when the organisation said so for a period.
        request: Option<String>,
        /// In whose stead.
        seat: PersonId,
        /// Who may.
        person: PersonId,
    },
    /// They may no longer.
    Recalled {
        /// In whose stead.
        seat: PersonId,
        /// Who may not.
        person: PersonId,
    },
    /// Somebody is no longer asked.
    Unseated {
        /// Who.
        person: PersonId,
    },
    /// Somebody gets a copy.
    Copied {
        /// Who.
        person: PersonId,
    },
    /// A decision counts.
    Counted {
        /// The decision.
        request: String,
        /// The step it counts for.
        step: u32,
        /// Whose seat it fills.
        seat: PersonId,
        /// Who decided.
        by: PersonId,
        /// What.
        decision: Decision,
    },
    /// A request changes nothing.
    Refused {
        /// Which.
        request: String,
        /// Why.
        answer: Answer,
        /// Who was first, when somebody was.
        by: Option<PersonId>,
    },
    /// The applicant took it back.
    Withdrawn {
        /// The withdrawal.
        request: String,
    },
    /// It was changed after it was handed in: what was decided no longer counts.
    Void {},
}

/// Why a request changes nothing; the person's note stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is on a revision that has been changed since: look at the difference and decide anew.
    Stale,
    /// Somebody was first and said the same.
    Late,
    /// Somebody was first and said something else; it is kept as dissent.
    Dissent,
    /// The request was taken back or changed before.
    NotOpen,
    /// It is the person's own request, whichever account they used.
    Own,
    /// The person is not asked in this step, or no longer.
    NotAsked,
    /// Somebody else comes first in this step.
    NotYet,
    /// The step that it should go back to is none that came before.
    NoSuchStep,
    /// The person who should be asked left, is the applicant, or is asked already.
    CannotAsk,
}

/// How a round ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The revision ruled on.
    pub revision: String,
    /// What was ruled.
    pub outcome: Decision,
    /// Whose decision it was; nobody's when the form or the policy says so.
    pub by: Option<PersonId>,
    /// Why, when nobody decided it: as [`crate::rulings::Complaint`] writes it.
    pub reason: Option<String>,
}

impl Answer {
    /// All answers.
    pub const ALL: [Answer; 9] = [
        Answer::Stale,
        Answer::Late,
        Answer::Dissent,
        Answer::NotOpen,
        Answer::Own,
        Answer::NotAsked,
        Answer::NotYet,
        Answer::NoSuchStep,
        Answer::CannotAsk,
    ];

    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Answer::Stale => "stale",
            Answer::Late => "late",
            Answer::Dissent => "dissent",
            Answer::NotOpen => "not_open",
            Answer::Own => "own",
            Answer::NotAsked => "not_asked",
            Answer::NotYet => "not_yet",
            Answer::NoSuchStep => "no_such_step",
            Answer::CannotAsk => "cannot_ask",
        }
    }

    /// The answer of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }
}

impl Entry {
    /// The name of the entry in documents.
    fn name(&self) -> &'static str {
        match self {
            Entry::Open { .. } => "open",
            Entry::OverLimit { .. } => "over_limit",
            Entry::Duplicate { .. } => "duplicate",
            Entry::Step { .. } => "step",
            Entry::Passed { .. } => "passed",
            Entry::Seat { .. } => "seat",
            Entry::Added { .. } => "added",
            Entry::Delegated { .. } => "delegated",
            Entry::Recalled { .. } => "recalled",
            Entry::Unseated { .. } => "unseated",
            Entry::Copied { .. } => "copied",
            Entry::Counted { .. } => "counted",
            Entry::Refused { .. } => "refused",
            Entry::Withdrawn { .. } => "withdrawn",
            Entry::Void {} => "void",
        }
    }

    fn write(&self, ruling: &RuleApproval, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        let map = append(draft, "rulings")?;
        draft.put(&map, "entry", self.name());
        draft.put(&map, "at", format_timestamp(&ruling.at));
        draft.put(&map, "ruling", ruling.ruling);
        let mut put = |key: &str, value: Option<String>| put_some(draft, &map, key, value);
        put("request", self.request().map(str::to_owned));
        put("person", self.person().map(|id| id.to_string()));
        put("seat", self.seat().map(|id| id.to_string()));
        match self {
            Entry::Open {
                revision,
                chain,
                plan,
                excess,
                ..
            } => {
                let plan: Vec<String> = plan.iter().map(u32::to_string).collect();
                put("revision", Some(revision.clone()));
                put("chain", Some(chain.clone()));
                put("plan", Some(plan.join(" ")));
                put("excess", excess.clone());
            }
            Entry::OverLimit { category, excess } => {
                put("category", Some(category.clone()));
                put("excess", Some(excess.clone()));
            }
            Entry::Duplicate { line, other } => {
                put("line", Some(line.clone()));
                put("other", Some(other.to_string()));
            }
            Entry::Step { mode, .. } => put("mode", Some(mode.name().to_owned())),
            Entry::Counted { decision, .. } => put("decision", Some(decision.name().to_owned())),
            Entry::Refused { answer, .. } => put("answer", Some(answer.name().to_owned())),
            _ => {}
        }
        put_some(draft, &map, "step", self.step().map(u64::from));
        Ok(())
    }

    /// The request that it answers, by its element.
    pub fn request(&self) -> Option<&str> {
        match self {
            Entry::Open { request, .. }
            | Entry::Counted { request, .. }
            | Entry::Refused { request, .. }
            | Entry::Withdrawn { request } => Some(request),
            Entry::Added { request, .. } | Entry::Delegated { request, .. } => request.as_deref(),
            _ => None,
        }
    }

    fn person(&self) -> Option<PersonId> {
        match self {
            Entry::Seat { person }
            | Entry::Added { person, .. }
            | Entry::Delegated { person, .. }
            | Entry::Recalled { person, .. }
            | Entry::Unseated { person }
            | Entry::Copied { person } => Some(*person),
            Entry::Counted { by, .. } => Some(*by),
            Entry::Refused { by, .. } => *by,
            _ => None,
        }
    }

    fn seat(&self) -> Option<PersonId> {
        match self {
            Entry::Delegated { seat, .. } | Entry::Recalled { seat, .. } | Entry::Counted { seat, .. } => {
                Some(*seat)
            }
            _ => None,
        }
    }

    fn step(&self) -> Option<u32> {
        match self {
            Entry::Step { step, .. } | Entry::Passed { step } | Entry::Counted { step, .. } => Some(*step),
            _ => None,
        }
    }
}

impl Apply for RuleApproval {
    const KIND: Kind = Kind::Approval;
    fn document(&self) -> DocumentId {
        self.document
    }
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        for entry in &self.entries {
            entry.write(self, draft)?;
        }
        let Some(ruled) = &self.outcome else {
            return Ok(());
        };
        let outcome = container(draft, "outcome", ObjType::Map);
        draft.put(&outcome, "revision", ruled.revision.as_str());
        draft.put(&outcome, "outcome", ruled.outcome.name());
        put_some(draft, &outcome, "by", ruled.by.map(|id| id.to_string()));
        put_some(draft, &outcome, "reason", ruled.reason.as_deref());
        draft.put(&outcome, "at", format_timestamp(&self.at));
        draft.put(&outcome, "ruling", self.ruling);
        Ok(())
    }
}
