use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::geo::Position;
use crate::replica::store::lists::{self, FoundCustomer};
use crate::replica::store::{StoreError, search_text};

/// How many hits are looked at more closely. A search that finds more is answered from the first ones: nobody
/// reads on, and the next letter narrows it down.
const CANDIDATES: usize = 300;

/// Customers whose name, address, contacts, tags, sort of shop or outside number hold all the words, at most
/// `limit`.
///
/// Hits in the name come first: the name itself, then names that begin with the text, then the others; among
/// equals the nearest when a position is given.
pub fn search_customers(
    conn: &Connection,
    text: &str,
    limit: usize,
    near: Option<Position>,
) -> Result<Vec<FoundCustomer>, StoreError> {
    let Some(query) = search_text::query(text) else {
        return Ok(Vec::new());
    };
    let mut found = lists::matching(conn, &format!("name : ({query})"), CANDIDATES)?;
    let named: BTreeSet<_> = found.iter().map(|customer| customer.document).collect();
    if found.len() < CANDIDATES {
        let anywhere = lists::matching(conn, &query, CANDIDATES)?;
        found.extend(
            anywhere
                .into_iter()
                .filter(|customer| !named.contains(&customer.document)),
        );
    }
    if let Some(near) = near {
        for customer in &mut found {
            customer.seen_from(near);
        }
    }
    let wanted = text.trim().to_lowercase();
    found.sort_by_cached_key(|customer| {
        let name = customer.name.to_lowercase();
        let rank = match () {
            () if name == wanted => 0,
            () if name.starts_with(&wanted) => 1,
            () if named.contains(&customer.document) => 2,
            () => 3,
        };
        // Whole metres order as numbers do; without a distance a customer comes after those with one.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "distances are positive and small"
        )]
        let metres = customer.distance_m.map_or(u64::MAX, |distance| distance as u64);
        (rank, metres, name, customer.document)
    });
    found.truncate(limit);
    Ok(found)
}
