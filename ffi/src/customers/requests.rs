use fieldbook_core::document::command::{Reply, Want};
use fieldbook_core::document::view::{ReplyView, RequestView};
use fieldbook_core::replica::query;

use super::{AskedFor, Customer, Customers};
use crate::{CustomerId, FieldbookError, PersonId, Timestamp, Words};

/// Something that a person asked the server to decide about a customer.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CustomerRequest {
    /// What for.
    pub asked: AskedFor,
    /// With [`AskedFor::Owner`]: who.
    pub new_owner: Option<PersonId>,
    /// With [`AskedFor::Grade`]: which.
    pub new_grade: Option<String>,
    /// Who asked.
    pub by: PersonId,
    /// When, by the phone.
    pub at: Timestamp,
    /// Why.
    pub note: Option<String>,
    /// What the server replied; until then it is provisional.
    pub reply: Option<CustomerReply>,
}

/// What the server replied.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CustomerReply {
    /// Was it granted?
    pub granted: bool,
    /// When, by the server.
    pub at: Timestamp,
    /// What to say to whoever asked.
    pub words: Words,
}

/// How many customers a person has and may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Holdings {
    /// Customers that they look after.
    pub held: u64,
    /// Claims that the server has not answered.
    pub asked: u64,
    /// How many the house allows.
    pub limit: u64,
}

#[uniffi::export]
impl Customers {
    /// The customers of the pool, whom nobody looks after, by name, `limit` of them after the first `skip`.
    pub fn pool(&self, skip: u32, limit: u32) -> Result<Vec<Customer>, FieldbookError> {
        let rows = self.0.replica().pool(skip as usize, limit as usize)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// How many customers one has and may have.
    pub fn holdings(&self) -> Result<Holdings, FieldbookError> {
        Ok(self.0.replica().holdings()?.into())
    }

    /// Asks to look after a customer of the pool. Whoever asks first gets it; the server says who that was.
    pub fn claim(&self, customer: CustomerId, note: Option<String>) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self.0.replica().claim_customer(&now, customer.into(), note)?)
    }

    /// Asks to put a customer back into the pool.
    pub fn release(&self, customer: CustomerId, note: Option<String>) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self.0.replica().release_customer(&now, customer.into(), note)?)
    }

    /// Asks, as a supervisor, that somebody else looks after a customer.
    pub fn ask_owner(
        &self,
        customer: CustomerId,
        to: PersonId,
        note: Option<String>,
    ) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self
            .0
            .replica()
            .ask_owner(&now, customer.into(), to.into(), note)?)
    }

    /// Asks for another grade, one of those with a visit cycle.
    pub fn ask_grade(
        &self,
        customer: CustomerId,
        grade: &str,
        note: Option<String>,
    ) -> Result<(), FieldbookError> {
        let now = self.0.now()?;
        Ok(self.0.replica().ask_grade(&now, customer.into(), grade, note)?)
    }
}

impl From<RequestView> for CustomerRequest {
    fn from(request: RequestView) -> Self {
        let (asked, new_owner, new_grade) = match request.want {
            Want::Claim => (AskedFor::Claim, None, None),
            Want::Release { .. } => (AskedFor::Release, None, None),
            Want::Owner { to, .. } => (AskedFor::Owner, Some(to.into()), None),
            Want::Grade { to, .. } => (AskedFor::Grade, None, Some(to)),
        };
        Self {
            asked,
            new_owner,
            new_grade,
            by: request.by.into(),
            at: Timestamp(request.at),
            note: request.note,
            reply: request.reply.map(Into::into),
        }
    }
}

impl From<ReplyView> for CustomerReply {
    fn from(reply: ReplyView) -> Self {
        Self {
            granted: reply.reply == Reply::Granted,
            at: Timestamp(reply.at),
            words: reply.reply.words().into(),
        }
    }
}

impl From<query::Holdings> for Holdings {
    fn from(holdings: query::Holdings) -> Self {
        Self {
            held: holdings.held,
            asked: holdings.asked,
            limit: holdings.limit,
        }
    }
}
