use fieldbook_core::model::DocumentId;

use super::dice::mix;

/// A world that is broken on purpose, to show that the checks can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sabotage {
    /// Some uploads are acknowledged and never reach the server.
    DropAcknowledged,
    /// News of some documents never reaches a phone, though its cursor moves on.
    LoseNews,
    /// After everything is healed the server answers nobody.
    Deaf,
    /// What is parked disappears from the phones.
    LoseParked,
    /// The checks are shown a history in which an operation is stored a second time.
    StoreTwice,
    /// A phone's list misses what its documents say.
    StaleList,
    /// Phones hand nothing back to a server that was restored from a backup.
    HandNothingBack,
}

impl Sabotage {
    /// All of them.
    pub const ALL: [Sabotage; 7] = [
        Sabotage::DropAcknowledged,
        Sabotage::LoseNews,
        Sabotage::Deaf,
        Sabotage::LoseParked,
        Sabotage::StoreTwice,
        Sabotage::StaleList,
        Sabotage::HandNothingBack,
    ];

    /// Does it hit this document? Always the same ones, about one in three.
    pub(super) fn hits(document: DocumentId) -> bool {
        mix(7, document.as_bytes()).is_multiple_of(3)
    }
}
