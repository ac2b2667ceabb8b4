use super::Unruled;
use crate::model::{PersonId, Principal};

/// What the server knows beyond the document that it rules on, as of this moment. Reads only.
///
/// # Errors
/// [`Unruled::Office`] when it cannot say; then nothing is ruled and the operation is not stored either.
pub trait Office {
    /// A person as the rules see them now; `None` when there is nobody of that id.
    fn principal(&self, person: PersonId) -> Result<Option<Principal>, Unruled>;
}
