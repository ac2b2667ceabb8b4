//! How the domain's values stand in columns: identifiers as 16 bytes, enums as small numbers.

use chrono::{DateTime, FixedOffset};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use super::StoreError;
use crate::model::{DocumentId, Kind, PersonId};
use crate::time::from_unix_ms;

macro_rules! blob_id {
    ($($name:ident),+) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.as_bytes())))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let bytes = value.as_blob()?;
                $name::from_slice(bytes)
                    .ok_or(FromSqlError::InvalidBlobSize { expected_size: 16, blob_size: bytes.len() })
            }
        }
    )+};
}
blob_id!(DocumentId, PersonId);

impl ToSql for Kind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(kind_number(*self)))
    }
}

impl FromSql for Kind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        Kind::ALL.into_iter().find(|kind| kind_number(*kind) == number).ok_or(FromSqlError::OutOfRange(number))
    }
}

/// The number of the wire.
fn kind_number(kind: Kind) -> i64 {
    match kind {
        Kind::Customer => 1,
        Kind::Visit => 2,
        Kind::CheckIn => 3,
        Kind::Activity => 4,
        Kind::Approval => 5,
    }
}

/// Gives an enum of names a column of small numbers that never change.
macro_rules! numbered {
    ($name:ty { $($variant:path = $number:literal),+ $(,)? }) => {
        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                let number: i64 = match self { $($variant => $number),+ };
                Ok(number.into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                match value.as_i64()? {
                    $($number => Ok($variant),)+
                    other => Err(rusqlite::types::FromSqlError::OutOfRange(other)),
                }
            }
        }
    };
}
pub(super) use numbered;

/// Unsigned milliseconds or counters as SQLite's signed number.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// SQLite's signed number as a counter.
pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// The minutes east of an instant's offset.
pub(super) fn offset_min(at: &DateTime<FixedOffset>) -> i32 {
    at.offset().local_minus_utc() / 60
}

/// An instant from its two columns.
pub(super) fn instant(ms: i64, offset_min: i32) -> Result<DateTime<FixedOffset>, StoreError> {
    from_unix_ms(ms, offset_min).ok_or_else(|| StoreError::Row {
        table: "timeline",
        column: "at_ms",
        detail: format!("{ms} ms at offset {offset_min} min is no instant"),
    })
}
