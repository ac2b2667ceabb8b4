use std::collections::{BTreeMap, BTreeSet};

use fieldbook_core::model::form::{Chain, Form};
use fieldbook_core::model::{Delegation, DocumentId, PersonId, Roster, TenantId};

use super::Result;

/// How far the open approvals have been ruled on again since the organisation changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Upkeep {
    /// The version of the reference rows that all open approvals have been ruled on with.
    pub version: u64,
    /// When a delegation begins or ends next, in milliseconds since 1970; 0 for never.
    pub again_ms: u64,
    /// The last document of the round that goes on; `None` when none does.
    pub reached: Option<DocumentId>,
}

/// Reading what approvals need beyond their documents.
pub trait ApprovalReader {
    /// Everybody with their units, duties, second accounts and delegations.
    fn roster(&self, tenant: TenantId) -> Result<Roster>;
    /// The delegations that are not over at `now_ms`, by when they begin.
    fn delegations(&self, tenant: TenantId, now_ms: u64) -> Result<Vec<Delegation>>;
    /// The forms that are in force, by name.
    fn forms(&self, tenant: TenantId) -> Result<Vec<Form>>;
    /// The chains that are in force, by name.
    fn chains(&self, tenant: TenantId) -> Result<Vec<Chain>>;
    /// A version of a form; without a version the one in force.
    fn form(&self, tenant: TenantId, name: &str, version: Option<u32>) -> Result<Option<Form>>;
    /// A version of a chain; without a version the one in force.
    fn chain(&self, tenant: TenantId, name: &str, version: Option<u32>) -> Result<Option<Chain>>;
    /// Which of these receipts an approval other than `document` claimed before it, and the first one that did.
    fn receipts(
        &self,
        tenant: TenantId,
        document: DocumentId,
        keys: &[String],
    ) -> Result<BTreeMap<String, DocumentId>>;
    /// All documents that are shared with a person, sorted.
    fn documents_shared(&self, tenant: TenantId, person: PersonId) -> Result<Vec<DocumentId>>;
    /// Approvals with a round that goes on, behind `after` in the order of their ids.
    fn open_approvals(
        &self,
        tenant: TenantId,
        after: Option<DocumentId>,
        limit: usize,
    ) -> Result<Vec<DocumentId>>;
    /// How far they have been ruled on again.
    fn upkeep(&self, tenant: TenantId) -> Result<Upkeep>;
}

/// Writing what approvals need beyond their documents.
pub trait ApprovalWriter {
    /// Puts a form in force; its version must be new, or that of the same form.
    fn put_form(&mut self, tenant: TenantId, form: &Form) -> Result<()>;
    /// Puts a chain in force; its version must be new, or that of the same chain.
    fn put_chain(&mut self, tenant: TenantId, chain: &Chain) -> Result<()>;
    /// Takes every form of another name out of force.
    fn keep_forms(&mut self, tenant: TenantId, names: &BTreeSet<String>) -> Result<()>;
    /// Gives a person a duty.
    fn add_duty(&mut self, tenant: TenantId, person: PersonId, duty: &str) -> Result<()>;
    /// Takes a duty from a person; one that they do not have changes nothing.
    fn remove_duty(&mut self, tenant: TenantId, person: PersonId, duty: &str) -> Result<()>;
    /// Says that two accounts are of one human, and with them all that were said to be the same as one of the two.
    fn set_same(&mut self, tenant: TenantId, person: PersonId, human: PersonId) -> Result<()>;
    /// Somebody decides in another's stead for a while.
    fn add_delegation(&mut self, tenant: TenantId, delegation: &Delegation) -> Result<()>;
    /// Ends the delegations of a person at `now_ms`; answers how many.
    fn end_delegations(&mut self, tenant: TenantId, from: PersonId, now_ms: u64) -> Result<usize>;
    /// Remembers the receipts of an approval that was handed in, behind all who claimed them before; what phones hand back
    /// after a restore gets the `place` that it had. A receipt that it has keeps its place.
    fn put_receipts(
        &mut self,
        tenant: TenantId,
        document: DocumentId,
        keys: &[String],
        place: Option<u64>,
    ) -> Result<()>;
    /// Forgets the receipts of an approval but for these.
    fn keep_receipts(&mut self, tenant: TenantId, document: DocumentId, keys: &[String]) -> Result<()>;
    /// Shares a document with exactly these people, as of the log's last sequence.
    fn share(&mut self, tenant: TenantId, document: DocumentId, people: &BTreeSet<PersonId>) -> Result<()>;
    /// Says whether a round of an approval goes on.
    fn set_open(&mut self, tenant: TenantId, document: DocumentId, open: bool) -> Result<()>;
    /// Remembers how far the open approvals have been ruled on again.
    fn set_upkeep(&mut self, tenant: TenantId, upkeep: &Upkeep) -> Result<()>;
}
