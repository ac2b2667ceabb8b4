//! The schema table: for every kind and path its class, its type, who may write it and when.
//!
//! The rules judge by it on the phone and on the server, and `docs/schema.md` is printed from it.

mod activity;
mod approval;
mod check_in;
mod customer;
mod markdown;
mod row;
mod visit;

pub use markdown::markdown;
pub use row::{Class, Row, State, Type, Writer};

use super::Kind;

/// The rows of a kind, in the order in which people read them.
pub fn rows(kind: Kind) -> &'static [Row] {
    match kind {
        Kind::Customer => customer::ROWS,
        Kind::Visit => visit::ROWS,
        Kind::CheckIn => check_in::ROWS,
        Kind::Activity => activity::ROWS,
        Kind::Approval => approval::ROWS,
    }
}

/// The row of a path as the gate names it, such as `contacts/018f…/name` or `lines/[]/amount`.
pub fn find(kind: Kind, path: &str) -> Option<&'static Row> {
    rows(kind).iter().find(|row| row.matches(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_finds_its_row() {
        let found = |kind, path| find(kind, path).map(|row| row.path);
        assert_eq!(found(Kind::Customer, "name"), Some("name"));
        assert_eq!(
            found(Kind::Customer, "contacts/018f/name"),
            Some("contacts/<uuid>/name")
        );
        assert_eq!(found(Kind::Customer, "tags/重点"), Some("tags/<tag>"));
        assert_eq!(found(Kind::Approval, "lines/[]/amount"), Some("lines/[]/amount"));
        for path in [
            "",
            "nam",
            "name/x",
            "contacts//name",
            "contacts/018f/age",
            "lines/[]/amount",
            "tags/a/b",
        ] {
            assert_eq!(found(Kind::Customer, path), None, "{path}");
        }
    }

    #[test]
    fn every_row_has_its_parent_and_stands_once() {
        for kind in Kind::ALL {
            for (at, row) in rows(kind).iter().enumerate() {
                assert!(
                    !rows(kind)[..at].iter().any(|other| other.path == row.path),
                    "{kind} {}",
                    row.path
                );
                if let Some(parent) = row.parent() {
                    assert!(
                        rows(kind)[..at].iter().any(|other| other.path == parent),
                        "{kind} {}",
                        row.path
                    );
                }
            }
        }
    }

    #[test]
    fn only_the_server_writes_rulings() {
        for row in Kind::ALL
            .into_iter()
            .flat_map(rows)
            .filter(|row| row.class == Class::Ruling)
        {
            assert_eq!(row.writers, [Writer::Server], "{}", row.path);
        }
    }
}
