use std::path::Path;
use std::sync::Arc;

use fieldbook_core::replica::{self, Options};

use crate::FieldbookError;

/// One person's data on one phone.
#[derive(Debug, uniffi::Object)]
pub struct Replica(replica::Replica);

/// How much of the person's work is where.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Totals {
    /// Documents on this phone.
    pub documents: u64,
    /// Operations only on this phone.
    pub on_phone: u64,
    /// Operations on their way.
    pub sent: u64,
    /// Operations that the server has.
    pub accepted: u64,
    /// Parked operations that need the person.
    pub attention: u64,
}

#[uniffi::export]
impl Replica {
    /// Opens the replica in the file at `path`, or makes an empty one.
    #[uniffi::constructor]
    pub fn open(path: &str) -> Result<Arc<Self>, FieldbookError> {
        Ok(Arc::new(Self(replica::Replica::open(
            Path::new(path),
            Options::default(),
        )?)))
    }

    /// How much of the person's work is where.
    pub fn totals(&self) -> Result<Totals, FieldbookError> {
        Ok(self.0.totals()?.into())
    }
}

impl From<replica::Totals> for Totals {
    fn from(totals: replica::Totals) -> Self {
        let replica::Totals {
            documents,
            on_phone,
            sent,
            accepted,
            attention,
            ..
        } = totals;
        Self {
            documents,
            on_phone,
            sent,
            accepted,
            attention,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_replica_opens_and_a_foreign_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("replica.db");
        let replica = Replica::open(&path.display().to_string()).unwrap();
        assert_eq!(replica.totals().unwrap().documents, 0);
        let foreign = folder.path().join("photo.jpg");
        std::fs::write(&foreign, vec![0xffu8; 4096]).unwrap();
        let refused = Replica::open(&foreign.display().to_string()).unwrap_err();
        assert!(matches!(refused, FieldbookError::Unreadable { .. }), "{refused}");
        assert_eq!(
            std::fs::read(&foreign).unwrap(),
            vec![0xffu8; 4096],
            "the file stays as it is"
        );
    }
}
