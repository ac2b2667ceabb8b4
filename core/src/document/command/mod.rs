//! What a person can do, one use case a file. A command is recorded as it was given, so that it can be
//! made anew when the operation before it was refused.

mod activity;
mod approval;
mod check_in;
mod customer;
mod request;
mod visit;
mod writing;

use serde::{Deserialize, Serialize};

pub use activity::{AddComment, EditEntry, LogEntry};
pub use approval::{
    AddLine, Answer, Belongs, Decide, Decision, DraftApproval, EditDraft, EditLine, Entry, FieldValue,
    HandOver, Handing, Outcome, RemoveLine, RuleApproval, SetField, Submit, Withdraw,
};
pub use check_in::{CheckIn, Moment};
pub use customer::{
    AddCustomer, ContactFields, CustomerField, EditCustomer, PutContact, RemoveContact, SetTag,
};
pub use request::{AskCustomer, Change, Reply, RuleCustomer, Want};
pub use visit::{
    CancelVisit, EditNote, FinishVisit, MovePlan, PlanVisit, RecordStep, RuleRemark, SetNextStep, StartVisit,
};

use crate::document::draft::Draft;
use crate::model::{DocumentId, Kind};

/// One command of a person: one Automerge change on one document, one operation on the wire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// A new customer.
    AddCustomer(AddCustomer),
    /// Changes fields of a customer.
    EditCustomer(EditCustomer),
    /// Adds a contact or changes one.
    PutContact(PutContact),
    /// Removes a contact.
    RemoveContact(RemoveContact),
    /// Sets or clears a tag.
    SetTag(SetTag),
    /// Asks for what only the server decides: a claim, a release, another owner or grade.
    AskCustomer(AskCustomer),
    /// The server's answer to that; no phone may write it.
    RuleCustomer(RuleCustomer),
    /// Plans a visit (or makes one on the spot).
    PlanVisit(PlanVisit),
    /// Moves a planned visit, unless it has begun.
    MovePlan(MovePlan),
    /// The rep is at the door.
    StartVisit(StartVisit),
    /// One result of a step.
    RecordStep(RecordStep),
    /// Edits the notes.
    EditNote(EditNote),
    /// Says what comes next.
    SetNextStep(SetNextStep),
    /// The rep leaves.
    FinishVisit(FinishVisit),
    /// The visit does not take place, or not to its end.
    CancelVisit(CancelVisit),
    /// The server's ruling on a plan change against a started visit; no phone may write it.
    RuleRemark(RuleRemark),
    /// A reading with its evidence.
    CheckIn(CheckIn),
    /// One entry of a day's log; makes the log when it is the first.
    LogEntry(LogEntry),
    /// The author changes an entry's text.
    EditEntry(EditEntry),
    /// A remark on an entry, or on the whole day.
    AddComment(AddComment),
    /// A new request of some form.
    DraftApproval(DraftApproval),
    /// Fills in a field of its form.
    SetField(SetField),
    /// One line of it.
    AddLine(AddLine),
    /// Removes a line.
    RemoveLine(RemoveLine),
    /// Its author changes what it is for.
    EditDraft(EditDraft),
    /// Its author changes a line.
    EditLine(EditLine),
    /// Hands it in: freezes the revision.
    Submit(Submit),
    /// Takes it back.
    Withdraw(Withdraw),
    /// What an approver decided; counts once the server has ruled.
    Decide(Decide),
    /// An approver asks somebody else.
    HandOver(HandOver),
    /// The server's ruling; no phone may write it.
    RuleApproval(RuleApproval),
}

/// Why a command cannot be written into this document.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CommandError {
    /// The document does not exist (yet) on this replica.
    #[error("{kind} {document} is not on this phone; sync or open it first")]
    NoSuchDocument {
        /// What was looked for.
        kind: Kind,
        /// Its id.
        document: DocumentId,
    },
    /// The document exists already.
    #[error("{kind} {document} exists already; edit it instead")]
    Exists {
        /// What exists.
        kind: Kind,
        /// Its id.
        document: DocumentId,
    },
    /// A line, entry or contact that the command names is not there.
    #[error("{field} {id} is not in this document; it may have been removed")]
    NoSuchElement {
        /// Which list or map.
        field: &'static str,
        /// The element's id.
        id: String,
    },
    /// A value that no document can hold, whatever the rules.
    #[error("{field} cannot be written: {problem}")]
    Unwritable {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// Automerge refused the change.
    #[error("the document could not be changed: {0}")]
    Document(String),
}

impl From<automerge::AutomergeError> for CommandError {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Document(error.to_string())
    }
}

/// Runs `$body` with the payload of any command.
macro_rules! each {
    ($command:expr, $payload:ident => $body:expr) => {
        match $command {
            Command::AddCustomer($payload) => $body,
            Command::EditCustomer($payload) => $body,
            Command::PutContact($payload) => $body,
            Command::RemoveContact($payload) => $body,
            Command::SetTag($payload) => $body,
            Command::AskCustomer($payload) => $body,
            Command::RuleCustomer($payload) => $body,
            Command::PlanVisit($payload) => $body,
            Command::MovePlan($payload) => $body,
            Command::StartVisit($payload) => $body,
            Command::RecordStep($payload) => $body,
            Command::EditNote($payload) => $body,
            Command::SetNextStep($payload) => $body,
            Command::FinishVisit($payload) => $body,
            Command::CancelVisit($payload) => $body,
            Command::RuleRemark($payload) => $body,
            Command::CheckIn($payload) => $body,
            Command::LogEntry($payload) => $body,
            Command::EditEntry($payload) => $body,
            Command::AddComment($payload) => $body,
            Command::DraftApproval($payload) => $body,
            Command::SetField($payload) => $body,
            Command::AddLine($payload) => $body,
            Command::RemoveLine($payload) => $body,
            Command::EditDraft($payload) => $body,
            Command::EditLine($payload) => $body,
            Command::Submit($payload) => $body,
            Command::Withdraw($payload) => $body,
            Command::Decide($payload) => $body,
            Command::HandOver($payload) => $body,
            Command::RuleApproval($payload) => $body,
        }
    };
}

/// What every payload offers.
pub(crate) trait Apply {
    /// The kind of document it writes.
    const KIND: Kind;
    /// True when a command that makes a document also writes into one that is there already.
    const JOINS: bool = false;
    /// The document it writes.
    fn document(&self) -> DocumentId;
    /// Can it make a new document?
    fn creates(&self) -> bool {
        false
    }
    /// The other documents that have to be there first.
    fn refers_to(&self) -> Vec<DocumentId> {
        Vec::new()
    }
    /// Adds its operations to the draft of one change.
    fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError>;
}

/// Does the document have to be there, or must it not?
fn check_existence<T: Apply>(payload: &T, fresh: bool) -> Result<(), CommandError> {
    let (kind, document) = (T::KIND, payload.document());
    match (fresh, payload.creates()) {
        (true, false) => Err(CommandError::NoSuchDocument { kind, document }),
        (false, true) if !T::JOINS => Err(CommandError::Exists { kind, document }),
        _ => Ok(()),
    }
}

impl Command {
    /// The document it writes.
    pub fn document(&self) -> DocumentId {
        each!(self, payload => payload.document())
    }

    /// The kind of that document.
    pub fn kind(&self) -> Kind {
        fn kind_of<T: Apply>(_: &T) -> Kind {
            T::KIND
        }
        each!(self, payload => kind_of(payload))
    }

    /// True when the command makes a new document. `LogEntry` does so only when there is none yet.
    pub fn creates(&self) -> bool {
        each!(self, payload => payload.creates())
    }

    /// The other documents that it names and that have to be there first.
    pub fn refers_to(&self) -> Vec<DocumentId> {
        each!(self, payload => payload.refers_to())
    }

    /// Adds the command's operations to the draft of one change.
    pub(crate) fn apply(&self, draft: &mut Draft<'_>) -> Result<(), CommandError> {
        each!(self, payload => {
            check_existence(payload, draft.is_fresh())?;
            payload.apply(draft)
        })
    }
}
