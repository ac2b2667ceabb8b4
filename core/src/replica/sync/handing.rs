use crate::gate::DocumentIndex;
use crate::replica::recovery::{self, Said};
use crate::replica::store::testimony as rows;
use crate::replica::testimony::{by_document, pieces};
use crate::replica::{Replica, ReplicaError, damaged};
use crate::wire::Testimony;

/// How many rows go into one request at most, and how many bytes of them.
const MAX_ROWS: usize = 1_000;
const MAX_BYTES: usize = 400 << 10;

/// What one request hands back.
#[derive(Debug, Default)]
pub(super) struct Handing {
    pub(super) testimony: Vec<Testimony>,
    pub(super) said: Vec<Said>,
}

/// Collects what is to be handed back next; `None` when this phone has nothing to recover.
pub(super) fn collect(replica: &Replica) -> Result<Option<Handing>, ReplicaError> {
    let (phase, found) = replica.store().read(|conn| -> Result<_, ReplicaError> {
        let phase = recovery::phase(conn)?;
        let found = match phase {
            Some(recovery::Phase::HandingBack) => rows::next(conn, MAX_ROWS, MAX_BYTES)?,
            _ => Vec::new(),
        };
        Ok((phase, found))
    })?;
    if phase.is_none() {
        return Ok(None);
    }
    let installation = replica.installation()?;
    let mut handing = Handing::default();
    let all: Vec<rows::Place> = found.iter().map(|row| row.place).collect();
    for (document, group) in by_document(found) {
        let places: Vec<rows::Place> = group.iter().map(|row| row.place).collect();
        let index = replica.document(document).map(Option::unwrap_or_default);
        match index.and_then(|index: DocumentIndex| pieces(group, &index)) {
            Ok(made) => {
                for piece in made {
                    handing.said.push(Said {
                        document,
                        rebase: piece.testimony.rebase,
                        base: piece.testimony.base,
                        count: piece.testimony.count,
                        is_own: piece.testimony.origin.public_key == installation.public_key,
                        places: piece.places,
                    });
                    handing.testimony.push(piece.testimony);
                }
            }
            Err(ReplicaError::Damaged { document, detail }) => {
                tracing::error!(%document, detail, "a document does not read; the others are handed back");
                replica.store().write(|tx| -> Result<(), ReplicaError> {
                    damaged::note(tx, document)?;
                    Ok(rows::heard(tx, &places, None)?)
                })?;
            }
            Err(error) => return Err(error),
        }
    }
    if handing.said.is_empty() && !all.is_empty() {
        // Nothing of it can be handed back: the next exchange goes on behind it.
        replica.store().write(|tx| rows::heard(tx, &all, None))?;
    }
    Ok(Some(handing))
}
