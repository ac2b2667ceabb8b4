use std::collections::BTreeMap;

use super::Unruled;
use crate::model::form::{Chain, Form};
use crate::model::{DocumentId, PersonId, Principal, Roster};
use crate::wire::Policy;

/// What the server knows beyond the document that it rules on, as of this moment. Reads only.
///
/// # Errors
/// [`Unruled::Office`] when it cannot say; then nothing is ruled and the operation is not stored either.
pub trait Office {
    /// A person as the rules see them now; `None` when there is nobody of that id.
    fn principal(&self, person: PersonId) -> Result<Option<Principal>, Unruled>;
    /// How many customers a person looks after.
    fn held(&self, person: PersonId) -> Result<u64, Unruled>;
    /// How many claims of a person on customers of the pool were granted at `since_ms`, milliseconds since 1970, or later.
    fn claimed(&self, person: PersonId, since_ms: u64) -> Result<u64, Unruled>;
    /// Everybody of the organisation, with its units and delegations.
    fn roster(&self) -> Result<Roster, Unruled>;
    /// The rules of the house.
    fn policy(&self) -> Result<Policy, Unruled>;
    /// The form of that name that is in force.
    fn form(&self, name: &str) -> Result<Option<Form>, Unruled>;
    /// A version of the chain of that name; without a version the one in force.
    fn chain(&self, name: &str, version: Option<u32>) -> Result<Option<Chain>, Unruled>;
    /// Which of these receipts ([`super::receipt_keys`]) an approval other than `document` has, handed in before.
    fn receipts(
        &self,
        document: DocumentId,
        keys: &[String],
    ) -> Result<BTreeMap<String, DocumentId>, Unruled>;
}
