use fieldbook_core::model::{Kind, Role};

use crate::simulate::dice::Dice;

/// What a person does on a phone; on which record, the step's own seed says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// Plans a visit of one's own, or as a supervisor one of a rep's.
    Plan,
    /// Moves a plan, started or not as far as this phone knows.
    MovePlan,
    /// Checks in.
    Start,
    /// Records a step's result.
    Step,
    /// Writes into the notes.
    Note,
    /// Takes a piece out of the notes.
    Shorten,
    /// Says what comes next.
    NextStep,
    /// Checks out.
    Finish,
    /// Cancels a visit.
    Cancel,
    /// Writes into the day's log.
    Log,
    /// Changes an entry of one's own.
    EditEntry,
    /// Comments on a log.
    Comment,
    /// Adds a customer.
    AddCustomer,
    /// Edits fields of a customer.
    EditCustomer,
    /// Adds a contact.
    AddContact,
    /// Changes a contact.
    EditContact,
    /// Removes a contact.
    RemoveContact,
    /// Sets a tag.
    Tag,
    /// Clears a tag.
    Untag,
    /// Asks for a customer of the pool.
    Claim,
    /// Gives a customer back to the pool.
    Release,
    /// Asks that somebody else looks after a customer.
    AskOwner,
    /// Asks for another grade.
    AskGrade,
    /// Begins an expense.
    Draft,
    /// Adds a line to it.
    Line,
    /// Removes a line.
    RemoveLine,
    /// Hands it in.
    Submit,
    /// Takes it back.
    Withdraw,
    /// Decides one.
    Decide,
}

const REP: &[(u64, Deed)] = &[
    (4, Deed::Plan),
    (3, Deed::MovePlan),
    (14, Deed::Start),
    (6, Deed::Step),
    (7, Deed::Note),
    (2, Deed::Shorten),
    (1, Deed::NextStep),
    (7, Deed::Finish),
    (4, Deed::Cancel),
    (3, Deed::Log),
    (2, Deed::EditEntry),
    (2, Deed::Comment),
    (1, Deed::AddCustomer),
    (4, Deed::EditCustomer),
    (2, Deed::AddContact),
    (2, Deed::EditContact),
    (2, Deed::RemoveContact),
    (1, Deed::Tag),
    (2, Deed::Untag),
    (5, Deed::Claim),
    (3, Deed::Release),
    (2, Deed::AskGrade),
    (2, Deed::Draft),
    (8, Deed::Line),
    (2, Deed::RemoveLine),
    (12, Deed::Submit),
    (3, Deed::Withdraw),
    (1, Deed::Decide),
];

const SUPERVISOR: &[(u64, Deed)] = &[
    (5, Deed::Plan),
    (10, Deed::MovePlan),
    (1, Deed::Start),
    (5, Deed::Note),
    (2, Deed::Shorten),
    (2, Deed::NextStep),
    (5, Deed::Cancel),
    (1, Deed::Log),
    (3, Deed::Comment),
    (1, Deed::AddCustomer),
    (4, Deed::EditCustomer),
    (1, Deed::AddContact),
    (2, Deed::EditContact),
    (2, Deed::RemoveContact),
    (1, Deed::Tag),
    (2, Deed::Untag),
    (2, Deed::Claim),
    (3, Deed::Release),
    (4, Deed::AskOwner),
    (2, Deed::AskGrade),
    (1, Deed::Draft),
    (1, Deed::Submit),
    (24, Deed::Decide),
];

/// How often somebody thinks again when a deed is not what the story is about.
const INSISTENCE: u32 = 4;

impl Deed {
    /// What somebody of this role does, by chance; mostly with the kind of record that the story is about, if there is
    /// one.
    pub fn by_chance(role: Role, theme: Option<Kind>, dice: &mut Dice) -> Self {
        let deeds = match role {
            Role::Rep => REP,
            Role::Supervisor => SUPERVISOR,
        };
        let mut deed = dice.weighted(deeds).copied().unwrap_or(Deed::Note);
        for _ in 0..INSISTENCE {
            if theme.is_none_or(|theme| theme == deed.kind()) {
                break;
            }
            deed = dice.weighted(deeds).copied().unwrap_or(Deed::Note);
        }
        deed
    }

    /// The kind of record it writes.
    fn kind(self) -> Kind {
        match self {
            Deed::Plan
            | Deed::MovePlan
            | Deed::Start
            | Deed::Step
            | Deed::Note
            | Deed::Shorten
            | Deed::NextStep
            | Deed::Finish
            | Deed::Cancel => Kind::Visit,
            Deed::Log | Deed::EditEntry | Deed::Comment => Kind::Activity,
            Deed::AddCustomer
            | Deed::EditCustomer
            | Deed::AddContact
            | Deed::EditContact
            | Deed::RemoveContact
            | Deed::Tag
            | Deed::Untag
            | Deed::Claim
            | Deed::Release
            | Deed::AskOwner
            | Deed::AskGrade => Kind::Customer,
            Deed::Draft | Deed::Line | Deed::RemoveLine | Deed::Submit | Deed::Withdraw | Deed::Decide => {
                Kind::Approval
            }
        }
    }
}
