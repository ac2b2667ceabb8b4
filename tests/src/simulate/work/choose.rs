use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{DocumentId, Kind};
use fieldbook_core::replica::store::documents;

use super::Doing;
use crate::simulate::Failure;
use crate::simulate::dice::mix;

/// How many records are looked at before giving up.
const PATIENCE: usize = 8;

impl Doing<'_> {
    /// A record of a kind on this phone that `fits`, by this step's taste: the order of liking depends on nothing but
    /// the taste and the record, so a record that is not there changes no other choice.
    pub(super) fn choose<T>(
        &self,
        kind: Kind,
        fits: impl Fn(&DocumentIndex) -> Option<T>,
    ) -> Result<Option<(DocumentId, T)>, Failure> {
        for document in self.liked(kind)?.into_iter().take(PATIENCE) {
            let index = self.replica.document(document);
            let index = index.map_err(|error| Failure::step("a document does not read", &error))?;
            if let Some(found) = index.as_ref().and_then(&fits) {
                return Ok(Some((document, found)));
            }
        }
        Ok(None)
    }

    /// Any record of a kind on this phone.
    pub(super) fn any(&self, kind: Kind) -> Result<Option<DocumentId>, Failure> {
        Ok(self.liked(kind)?.first().copied())
    }

    fn liked(&self, kind: Kind) -> Result<Vec<DocumentId>, Failure> {
        let rows = self.replica.store().read(documents::all);
        let rows = rows.map_err(|error| Failure::step("the documents do not read", &error))?;
        let mut liked: Vec<DocumentId> = rows
            .into_iter()
            .filter(|row| row.kind == kind)
            .map(|row| row.document)
            .collect();
        liked.sort_by_key(|document| mix(self.taste, document.as_bytes()));
        Ok(liked)
    }
}
