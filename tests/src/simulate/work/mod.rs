//! What people do on their phones, through the commands that the app calls.

mod activity;
mod choose;
mod customer;
mod expense;
mod requests;
mod texts;
mod visit;

use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::store::outbox;
use fieldbook_core::replica::{Now, Replica, ReplicaError};

use super::Failure;
use super::dice::Dice;
use super::story::Deed;
use super::world::WrittenOperation;

/// Who does something, where and when.
#[derive(Debug)]
pub(crate) struct Doing<'a> {
    /// The phone.
    pub replica: &'a Replica,
    /// Its clocks.
    pub now: Now,
    /// A text that only this step writes; it goes into whatever takes a text.
    pub mark: String,
    /// What makes people choose the same record: those with equal taste do.
    pub taste: u64,
    /// People write a lot.
    pub long_texts: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    /// It is saved.
    Done {
        /// The documents it wrote.
        documents: Vec<DocumentId>,
        /// What was done, in words.
        words: String,
    },
    /// The phone's own rules refused; nothing was written.
    Refused {
        /// What was to be done, in words.
        words: String,
        /// Why not.
        why: String,
    },
    /// There was nothing to do it with.
    Nothing,
}

/// Does it, or finds that there is nothing to do it with.
///
/// # Errors
/// Anything but a refusal by the rules.
pub(crate) fn attempt(doing: &Doing<'_>, deed: Deed, dice: &mut Dice) -> Result<Tried, Failure> {
    match deed {
        Deed::Plan => visit::plan(doing, dice),
        Deed::MovePlan => visit::move_plan(doing, dice),
        Deed::Start => visit::start(doing, dice),
        Deed::Step => visit::step(doing, dice),
        Deed::Note => visit::note(doing, dice),
        Deed::Shorten => visit::shorten(doing, dice),
        Deed::NextStep => visit::next_step(doing),
        Deed::Finish => visit::finish(doing, dice),
        Deed::Cancel => visit::cancel(doing, dice),
        Deed::Log => activity::log(doing, dice),
        Deed::EditEntry => activity::edit_entry(doing, dice),
        Deed::Comment => activity::comment(doing, dice),
        Deed::AddCustomer => customer::add(doing, dice),
        Deed::EditCustomer => customer::edit(doing, dice),
        Deed::AddContact => customer::add_contact(doing, dice),
        Deed::EditContact => customer::edit_contact(doing, dice),
        Deed::RemoveContact => customer::remove_contact(doing, dice),
        Deed::Tag => customer::tag(doing),
        Deed::Untag => customer::untag(doing, dice),
        Deed::Claim => requests::claim(doing, dice),
        Deed::Release => requests::release(doing, dice),
        Deed::AskOwner => requests::owner(doing, dice),
        Deed::AskGrade => requests::grade(doing, dice),
        Deed::Draft => expense::draft(doing, dice),
        Deed::Line => expense::add_line(doing, dice),
        Deed::RemoveLine => expense::remove_line(doing, dice),
        Deed::Submit => expense::submit(doing),
        Deed::Withdraw => expense::withdraw(doing, dice),
        Deed::Decide => expense::decide(doing, dice),
    }
}

/// What a phone wrote into these documents and did not send yet, if it was this step that wrote it.
///
/// # Errors
/// When the outbox does not read.
pub(crate) fn written(
    doing: &Doing<'_>,
    phone: usize,
    step: u32,
    documents: &[DocumentId],
) -> Result<Vec<WrittenOperation>, Failure> {
    let mut found = Vec::new();
    for document in documents {
        let rows = doing
            .replica
            .store()
            .read(|conn| outbox::pending_of(conn, *document));
        let rows = rows.map_err(|error| Failure::step("the outbox does not read", &error))?;
        let Some(row) = rows.into_iter().last() else {
            let detail = format!("step {step} wrote into {document} and nothing is in the outbox");
            return Err(Failure::new(super::Property::NothingLost, detail));
        };
        let mark = mark_of(&row.command, &doing.mark);
        found.push(WrittenOperation {
            phone,
            step,
            document: *document,
            command: row.command,
            mark,
        });
    }
    Ok(found)
}

/// What of a recorded command can be found in a history: the step's own mark, or the reading it refers to.
fn mark_of(command: &str, mark: &str) -> Option<String> {
    if command.contains(mark) {
        return Some(mark.to_owned());
    }
    let (_, after) = command.split_once("\"check_in\":\"")?;
    after.get(..36).map(str::to_owned)
}

/// What a command came to: its documents and words, a refusal, or an error that ought not to be.
fn tried(words: String, result: Result<Vec<DocumentId>, ReplicaError>) -> Result<Tried, Failure> {
    match result {
        Ok(documents) => Ok(Tried::Done { documents, words }),
        Err(ReplicaError::Refused(rejection)) => Ok(Tried::Refused {
            words,
            why: rejection.rule,
        }),
        Err(ReplicaError::Command(error)) => Ok(Tried::Refused {
            words,
            why: error.to_string(),
        }),
        Err(error) => Err(Failure::step(&words, &error)),
    }
}

/// The last digits of an id, enough to tell records apart in a trace.
fn short(document: DocumentId) -> String {
    let text = document.to_string();
    text.get(text.len() - 4..).unwrap_or_default().to_owned()
}
