use fieldbook_core::model::DocumentId;
use fieldbook_core::wire::{Origin, Seal};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::store::SegmentRow;

/// A document to be made, with everything that is stored of it.
#[derive(Clone, Debug, Encode, Decode)]
pub(super) struct Job {
    #[n(0)]
    pub(super) document: DocumentId,
    #[n(1)]
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, Encode, Decode)]
struct Segment {
    #[n(0)]
    origin: Origin,
    #[n(1)]
    rebase: u32,
    #[n(2)]
    base: u64,
    #[n(3)]
    count: u32,
    #[n(4)]
    operations: ByteVec,
}

/// What the worker made of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) enum Made {
    /// The document is sound and shows this, as JSON.
    #[n(0)]
    Sound(#[n(0)] String),
    /// It is not, and why.
    #[n(1)]
    Unsound(#[n(0)] String),
}

impl Job {
    pub(super) fn new(document: DocumentId, rows: Vec<SegmentRow>) -> Self {
        let segments = rows.into_iter().map(|row| Segment {
            origin: row.origin,
            rebase: row.rebase,
            base: row.base,
            count: row.count,
            operations: row.operations.into(),
        });
        Self {
            document,
            segments: segments.collect(),
        }
    }

    /// The segments as the store had them; only what a reader of operations needs.
    pub(super) fn rows(self) -> Vec<SegmentRow> {
        let rows = self.segments.into_iter().map(|segment| SegmentRow {
            sequence: 0,
            device: None,
            received_ms: 0,
            seal: Seal([0; 8]),
            origin: segment.origin,
            rebase: segment.rebase,
            base: segment.base,
            count: segment.count,
            operations: segment.operations.into(),
        });
        rows.collect()
    }
}
