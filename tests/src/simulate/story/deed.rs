use fieldbook_core::model::Role;

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
    /// Begins an expense.
    Draft,
    /// Adds a line to it.
    Line,
    /// Removes a line.
    RemoveLine,
    /// Hands it in.
    Submit,
    /// Decides one.
    Decide,
}

const REP: &[(u64, Deed)] = &[
    (6, Deed::Plan),
    (3, Deed::MovePlan),
    (8, Deed::Start),
    (5, Deed::Step),
    (8, Deed::Note),
    (2, Deed::Shorten),
    (1, Deed::NextStep),
    (5, Deed::Finish),
    (3, Deed::Cancel),
    (4, Deed::Log),
    (2, Deed::EditEntry),
    (2, Deed::Comment),
    (2, Deed::AddCustomer),
    (6, Deed::EditCustomer),
    (3, Deed::AddContact),
    (2, Deed::EditContact),
    (2, Deed::RemoveContact),
    (2, Deed::Tag),
    (2, Deed::Untag),
    (4, Deed::Draft),
    (4, Deed::Line),
    (2, Deed::RemoveLine),
    (5, Deed::Submit),
    (1, Deed::Decide),
];

const SUPERVISOR: &[(u64, Deed)] = &[
    (8, Deed::Plan),
    (8, Deed::MovePlan),
    (1, Deed::Start),
    (6, Deed::Note),
    (2, Deed::Shorten),
    (3, Deed::NextStep),
    (4, Deed::Cancel),
    (1, Deed::Log),
    (4, Deed::Comment),
    (1, Deed::AddCustomer),
    (6, Deed::EditCustomer),
    (2, Deed::AddContact),
    (2, Deed::EditContact),
    (2, Deed::RemoveContact),
    (2, Deed::Tag),
    (2, Deed::Untag),
    (1, Deed::Draft),
    (1, Deed::Submit),
    (12, Deed::Decide),
];

impl Deed {
    /// What somebody of this role does, by chance.
    pub fn by_chance(role: Role, dice: &mut Dice) -> Self {
        let deeds = match role {
            Role::Rep => REP,
            Role::Supervisor => SUPERVISOR,
        };
        dice.weighted(deeds).copied().unwrap_or(Deed::Note)
    }
}
