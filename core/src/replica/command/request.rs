use crate::document::Command;
use crate::document::command::{AskCustomer, Want};
use crate::document::view::CustomerView;
use crate::gate::DocumentIndex;
use crate::model::{DocumentId, PersonId};
use crate::replica::{Now, Replica, ReplicaError, query};
use crate::rules;

impl Replica {
    /// Asks to look after a customer of the pool. Who asks first gets it, by the server's order of arrival; until it has
    /// answered, the customer stays in the pool and shows that it was asked for. Whoever comes later is told who has it.
    ///
    /// # Errors
    /// A customer that is not on this phone, or a person who looks after as many as the house allows, those asked for
    /// included; nothing is written then.
    pub fn claim_customer(
        &self,
        now: &Now,
        customer: DocumentId,
        note: Option<String>,
    ) -> Result<(), ReplicaError> {
        let (person, policy) = (self.identity()?.person, self.policy());
        let holdings = self.store().read(|conn| query::holdings(conn, person, &policy))?;
        rules::check_holdings(holdings.held + holdings.asked, holdings.limit)?;
        self.ask(now, customer, note, |_| Want::Claim)
    }

    /// Asks to put a customer back into the pool of its owner's unit.
    ///
    /// # Errors
    /// A customer that is neither one's own nor one's team's.
    pub fn release_customer(
        &self,
        now: &Now,
        customer: DocumentId,
        note: Option<String>,
    ) -> Result<(), ReplicaError> {
        self.ask(now, customer, note, |view| Want::Release { saw: view.owner })
    }

    /// Asks, as a supervisor, that somebody else looks after a customer.
    ///
    /// # Errors
    /// A customer that is not one's team's.
    pub fn ask_owner(
        &self,
        now: &Now,
        customer: DocumentId,
        to: PersonId,
        note: Option<String>,
    ) -> Result<(), ReplicaError> {
        self.ask(now, customer, note, |view| Want::Owner { to, saw: view.owner })
    }

    /// Asks for another grade of a customer.
    ///
    /// # Errors
    /// A customer that is neither one's own nor one's team's.
    pub fn ask_grade(
        &self,
        now: &Now,
        customer: DocumentId,
        to: &str,
        note: Option<String>,
    ) -> Result<(), ReplicaError> {
        self.ask(now, customer, note, |view| Want::Grade {
            to: to.to_owned(),
            saw: view.grade.clone(),
        })
    }

    fn ask(
        &self,
        now: &Now,
        customer: DocumentId,
        note: Option<String>,
        want: impl FnOnce(&CustomerView) -> Want,
    ) -> Result<(), ReplicaError> {
        let read = |index: &DocumentIndex| Ok(CustomerView::read(index)?);
        let view = self
            .with_document(customer, read)?
            .ok_or(ReplicaError::Unknown(customer))?;
        let command = AskCustomer {
            document: customer,
            by: self.identity()?.person,
            at: now.at,
            want: want(&view),
            note,
        };
        self.execute(now, &[Command::AskCustomer(command)])
    }
}
