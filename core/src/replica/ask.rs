use super::query::{
    self, ApprovalDetail, ApprovalRow, CustomerDetail, CustomerRow, Day, DueCustomer, FoundCustomer,
    Holdings, InboxItem, LogDay, Remark, Spent, Today, VisitDetail, VisitRow,
};
use super::{Now, Replica, ReplicaError};
use crate::document::view::CustomerView;
use crate::geo::Position;
use crate::model::{DocumentId, PersonId};

/// What screens ask, each with one call. The questions themselves are in [`query`], where several can be asked of one
/// unchanging picture.
impl Replica {
    /// One's own visits of a day.
    ///
    /// # Errors
    /// When nobody is signed in, or the store does not read; so it is with all of these.
    pub fn own_day(&self, day: Day) -> Result<Today, ReplicaError> {
        let me = self.identity()?.person;
        Ok(self.store().read(|conn| query::today(conn, &[me], day))?)
    }

    /// The visits of a day of everybody whose records this person sees.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn team_day(&self, day: Day) -> Result<Today, ReplicaError> {
        let people: Vec<PersonId> = self.principal()?.subtree.into_iter().collect();
        Ok(self.store().read(|conn| query::today(conn, &people, day))?)
    }

    /// A visit's page; `None` when it is not on this phone.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn visit_page(&self, visit: DocumentId) -> Result<Option<VisitDetail>, ReplicaError> {
        Ok(self.store().read(|conn| query::visit_detail(conn, visit))?)
    }

    /// One's own changes of plans of the last days that became remarks, see [`query::remarks`].
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn my_remarks(&self, now: &Now, days: u32) -> Result<Vec<Remark>, ReplicaError> {
        let me = self.identity()?.person;
        let since_ms = now.at.timestamp_millis() - i64::from(days) * 86_400_000;
        Ok(self.store().read(|conn| query::remarks(conn, me, since_ms))?)
    }

    /// Customers by name, `limit` of them after the first `skip`.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn customers(&self, skip: usize, limit: usize) -> Result<Vec<CustomerRow>, ReplicaError> {
        Ok(self.store().read(|conn| query::customers(conn, skip, limit))?)
    }

    /// Customers that hold all the words, see [`query::search_customers`].
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn search_customers(
        &self,
        text: &str,
        limit: usize,
        near: Option<Position>,
    ) -> Result<Vec<FoundCustomer>, ReplicaError> {
        let found = self
            .store()
            .read(|conn| query::search_customers(conn, text, limit, near))?;
        Ok(found)
    }

    /// Customers at most `radius_m` metres away, the nearest first.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn nearby(
        &self,
        position: Position,
        radius_m: f64,
        limit: usize,
    ) -> Result<Vec<FoundCustomer>, ReplicaError> {
        let found = self
            .store()
            .read(|conn| query::nearby(conn, position, radius_m, limit))?;
        Ok(found)
    }

    /// Customers whose next visit is due, see [`query::due`].
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn due(&self, now: &Now, limit: usize) -> Result<Vec<DueCustomer>, ReplicaError> {
        let policy = self.policy();
        let now_ms = now.at.timestamp_millis();
        Ok(self
            .store()
            .read(|conn| query::due(conn, now_ms, &policy, limit))?)
    }

    /// A customer's page; `None` when it is not on this phone.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn customer_page(&self, customer: DocumentId) -> Result<Option<CustomerDetail>, ReplicaError> {
        let policy = self.policy();
        let page = self
            .store()
            .read(|conn| query::customer_detail(conn, customer, &policy))?;
        Ok(page)
    }

    /// A customer with what people asked for and what the server replied, and the organisation's own fields.
    ///
    /// # Errors
    /// A customer that is not on this phone, or one that does not read.
    pub fn customer(&self, customer: DocumentId) -> Result<CustomerView, ReplicaError> {
        self.with_document(customer, |index| Ok(CustomerView::read(index)?))?
            .ok_or(ReplicaError::Unknown(customer))
    }

    /// A customer's visits whoever made them, the latest plan first.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn visits_to(&self, customer: DocumentId, limit: usize) -> Result<Vec<VisitRow>, ReplicaError> {
        Ok(self
            .store()
            .read(|conn| query::visits_to(conn, customer, limit))?)
    }

    /// The expenses for a customer and what they come to, see [`query::spent_on`].
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn spent_on(&self, customer: DocumentId, limit: usize) -> Result<Spent, ReplicaError> {
        Ok(self.store().read(|conn| query::spent_on(conn, customer, limit))?)
    }

    /// Customers that nobody looks after, by name, `limit` of them after the first `skip`.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn pool(&self, skip: usize, limit: usize) -> Result<Vec<CustomerRow>, ReplicaError> {
        Ok(self.store().read(|conn| query::pool(conn, skip, limit))?)
    }

    /// How many customers one has and may have.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn holdings(&self) -> Result<Holdings, ReplicaError> {
        let (me, policy) = (self.identity()?.person, self.policy());
        Ok(self.store().read(|conn| query::holdings(conn, me, &policy))?)
    }

    /// The latest days of a person that have a log, the last one first; one's own without a person.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn log_days(&self, person: Option<PersonId>, limit: usize) -> Result<Vec<LogDay>, ReplicaError> {
        let person = match person {
            Some(person) => person,
            None => self.identity()?.person,
        };
        Ok(self.store().read(|conn| query::log_days(conn, person, limit))?)
    }

    /// A day's log; `None` when it is not on this phone.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn log_page(&self, log: DocumentId) -> Result<Option<LogDay>, ReplicaError> {
        Ok(self.store().read(|conn| query::log_day(conn, log))?)
    }

    /// One's own approvals, the latest first.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn my_approvals(&self, limit: usize) -> Result<Vec<ApprovalRow>, ReplicaError> {
        let me = self.identity()?.person;
        Ok(self.store().read(|conn| query::my_approvals(conn, me, limit))?)
    }

    /// What waits for a decision, see [`query::inbox`].
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn inbox(&self) -> Result<Vec<InboxItem>, ReplicaError> {
        let (me, policy) = (self.identity()?.person, self.policy());
        Ok(self.store().read(|conn| query::inbox(conn, me, &policy))?)
    }

    /// An approval's page; `None` when it is not on this phone.
    ///
    /// # Errors
    /// As [`Replica::own_day`].
    pub fn approval_page(&self, approval: DocumentId) -> Result<Option<ApprovalDetail>, ReplicaError> {
        let me = self.identity()?.person;
        let page = self
            .store()
            .read(|conn| query::approval_detail(conn, approval, me))?;
        Ok(page)
    }
}
