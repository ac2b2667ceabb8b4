use crate::gate::DocumentIndex;
use crate::model::{Kind, PersonId};

/// Whose document it is: who looks after the customer, made the visit, the check-in or the log, or applied.
///
/// The owner decides who sees the document. `None` when the document does not say.
pub fn owner(kind: Kind, index: &DocumentIndex) -> Option<PersonId> {
    index.root().str(owner_field(kind))?.parse().ok()
}

/// The field of the root that names the owner.
pub(crate) fn owner_field(kind: Kind) -> &'static str {
    match kind {
        Kind::Customer => "owner",
        Kind::Visit | Kind::CheckIn | Kind::Activity => "rep",
        Kind::Approval => "applicant",
    }
}
