//! Reading rows that several tables share.

use fieldbook_core::model::{DeviceId, Kind, PersonId};
use fieldbook_core::wire::{Origin, Seal};
use rusqlite::Row;
use rusqlite::types::Type;
use uuid::Uuid;

use super::session::unsigned;
use crate::store::{DocumentRow, SegmentRow};

/// The number of a kind, the same as on the wire.
pub(super) fn kind_number(kind: Kind) -> i64 {
    match kind {
        Kind::Customer => 1,
        Kind::Visit => 2,
        Kind::CheckIn => 3,
        Kind::Activity => 4,
        Kind::Approval => 5,
    }
}

pub(super) fn kind_numbered(number: i64) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind_number(*kind) == number)
}

pub(super) fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    row.get(column).map(Uuid::from_bytes)
}

pub(super) fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<Kind> {
    let number: i64 = row.get(column)?;
    kind_numbered(number).ok_or_else(|| {
        let problem = format!("table document, column kind: {number} is no kind that this program knows");
        rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, problem.into())
    })
}

/// Reads `id, kind, owner, first, last, moved`.
pub(super) fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        kind: kind(row, 1)?,
        owner: PersonId(id(row, 2)?),
        first: unsigned(row.get(3)?),
        last: unsigned(row.get(4)?),
        moved: unsigned(row.get(5)?),
    })
}

pub(super) fn segment_row(row: &Row<'_>) -> rusqlite::Result<SegmentRow> {
    let device: Option<[u8; 16]> = row.get(1)?;
    Ok(SegmentRow {
        sequence: unsigned(row.get(0)?),
        device: device.map(|bytes| DeviceId(Uuid::from_bytes(bytes))),
        origin: Origin {
            public_key: row.get(2)?,
            epoch: row.get(3)?,
        },
        rebase: row.get(4)?,
        base: unsigned(row.get(5)?),
        count: row.get(6)?,
        operations: row.get(7)?,
        received_ms: unsigned(row.get(8)?),
        seal: Seal(row.get(9)?),
    })
}
