use uuid::Uuid;

use super::ViewError;
use super::fields::Fields;
use super::request::{RequestView, requests};
use crate::gate::DocumentIndex;
use crate::geo::Position;
use crate::model::PersonId;

/// A customer as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerView {
    /// Who looks after it; in the pool, the unit whose pool it is.
    pub owner: PersonId,
    /// True when nobody looks after it and it can be claimed.
    pub pool: bool,
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
    /// The organisation's own fields, sorted by key.
    pub custom: Vec<(String, String)>,
    /// Important fields with more than one value set at once, and the values that do not show.
    pub conflicts: Vec<(String, Vec<String>)>,
    /// What people asked the server to decide, and what it answered.
    pub requests: Vec<RequestView>,
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

/// The fields whose losing values are kept for the owner to choose from.
const IMPORTANT: [&str; 3] = ["name", "address", "grade"];

impl CustomerView {
    /// Reads a customer.
    ///
    /// # Errors
    /// A field of the table that must be there is missing or holds something else.
    pub fn read(index: &DocumentIndex) -> Result<Self, ViewError> {
        let root = Fields::root(index.root());
        let position = root
            .optional_map("position", "position/")
            .map(|map| map.position())
            .transpose()?;
        Ok(Self {
            owner: root.parse("owner")?,
            pool: root.map.bool("pool") == Some(true),
            name: root.string("name")?,
            address: root.string("address")?,
            position,
            grade: root.optional("grade"),
            external_id: root.optional("external_id"),
            store_type: root.optional("store_type"),
            contacts: contacts(root)?,
            tags: tags(root)?,
            custom: custom(root)?,
            conflicts: conflicts(root),
            requests: requests(root)?,
        })
    }
}

fn contacts(root: Fields<'_>) -> Result<Vec<ContactView>, ViewError> {
    let contacts = root.map("contacts", "contacts/")?;
    let mut found = Vec::new();
    for key in contacts.map.keys() {
        let Some(contact) = contacts.optional_map(key, "contacts/*/") else {
            continue;
        };
        found.push(ContactView {
            id: key.parse().map_err(|error| contacts.wrong(key, error))?,
            name: contact.optional("name").unwrap_or_default(),
            role: contact.optional("role"),
            phone: contact.optional("phone"),
            email: contact.optional("email"),
        });
    }
    Ok(found)
}

fn tags(root: Fields<'_>) -> Result<Vec<String>, ViewError> {
    let tags = root.map("tags", "tags/")?.map;
    Ok(tags
        .keys()
        .into_iter()
        .filter(|tag| tags.bool(tag) == Some(true))
        .map(str::to_owned)
        .collect())
}

fn custom(root: Fields<'_>) -> Result<Vec<(String, String)>, ViewError> {
    let custom = root.map("custom", "custom/")?.map;
    let value = |key: &str| Some((key.to_owned(), custom.str(key)?.to_owned()));
    Ok(custom.keys().into_iter().filter_map(value).collect())
}

fn conflicts(root: Fields<'_>) -> Vec<(String, Vec<String>)> {
    let losers = |key: &str| -> Vec<String> {
        root.map
            .conflicts(key)
            .into_iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    };
    let with_losers =
        |key: &str| Some((key.to_owned(), losers(key))).filter(|(_, values)| !values.is_empty());
    let places = root.map.lost_maps("position").into_iter().filter_map(|map| {
        let place = Fields::below(map, "position/").position().ok()?;
        Some(format!("{},{}", place.lat(), place.lon()))
    });
    let places = Some(("position".to_owned(), places.collect()))
        .filter(|(_, places): &(_, Vec<_>)| !places.is_empty());
    IMPORTANT
        .into_iter()
        .filter_map(with_losers)
        .chain(places)
        .collect()
}
