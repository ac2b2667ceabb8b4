use uuid::Uuid;

use crate::geo::Position;
use crate::model::PersonId;

/// A customer as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerView {
    /// Who looks after it.
    pub owner: PersonId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its position.
    pub position: Option<Position>,
    /// Its grade; decides how often it is visited.
    pub grade: Option<String>,
    /// The number it has in another system.
    pub external_id: Option<String>,
    /// What sort of shop it is.
    pub store_type: Option<String>,
    /// Its contacts, by id.
    pub contacts: Vec<ContactView>,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Important fields with more than one value set at once, and the values that do not show.
    pub conflicts: Vec<(String, Vec<String>)>,
}

/// One contact.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactView {
    /// Its id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their address for mail.
    pub email: Option<String>,
}
