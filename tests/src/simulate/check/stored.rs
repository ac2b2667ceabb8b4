use std::collections::BTreeMap;

use super::history::Shelf;
use super::{Failure, Property};

/// No operation is stored twice: what one actor wrote into one document is there without gap or overlap, from its
/// first operation on.
pub(super) fn once(shelf: &Shelf) -> Result<(), Failure> {
    for (document, history) in &shelf.documents {
        let mut next: BTreeMap<([u8; 32], u32, u32), u64> = BTreeMap::new();
        for span in &history.spans {
            let actor = (span.origin.public_key, span.origin.epoch, span.rebase);
            let expected = next.entry(actor).or_default();
            if span.base != *expected {
                let detail = format!(
                    "{} {document}: an actor's operations from {} on are stored after its first {expected}",
                    history.kind,
                    span.base + 1
                );
                return Err(Failure::new(Property::StoredOnce, detail));
            }
            *expected += u64::from(span.count);
        }
        let stored: u64 = history.spans.iter().map(|span| u64::from(span.count)).sum();
        if stored != history.hashes.len() as u64 {
            let detail = format!(
                "{document}: {stored} operations are {} different ones",
                history.hashes.len()
            );
            return Err(Failure::new(Property::StoredOnce, detail));
        }
    }
    Ok(())
}
