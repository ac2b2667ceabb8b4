//! How the domain's values stand in columns: identifiers as 16 bytes, enums as small numbers.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use serde::de::DeserializeOwned;

use crate::geo::Position;
use crate::model::{DocumentId, Kind, Money, PersonId};
use crate::time::from_unix_ms;
use crate::wire::Seal;

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

impl ToSql for Seal {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Seal {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 8]>::column_result(value).map(Seal)
    }
}

impl ToSql for Kind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(kind_number(*self)))
    }
}

impl FromSql for Kind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        Kind::ALL
            .into_iter()
            .find(|kind| kind_number(*kind) == number)
            .ok_or(FromSqlError::OutOfRange(number))
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
pub(in crate::replica::store) use numbered;

/// Unsigned milliseconds or counters as SQLite's signed number.
pub(in crate::replica::store) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// SQLite's signed number as a counter.
pub(in crate::replica::store) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// The minutes east of an instant's offset.
pub(in crate::replica::store) fn offset_min(at: &DateTime<FixedOffset>) -> i32 {
    at.offset().local_minus_utc() / 60
}

/// An instant from two columns: milliseconds since 1970, and the minutes east of its offset beside them.
pub(in crate::replica::store) fn column_instant(
    row: &Row<'_>,
    at: usize,
) -> rusqlite::Result<DateTime<FixedOffset>> {
    let ms: i64 = row.get(at)?;
    from_unix_ms(ms, row.get(at + 1)?)
        .ok_or_else(|| unreadable(at, Type::Integer, format!("{ms} ms is no instant")))
}

/// An instant that may be absent.
pub(in crate::replica::store) fn optional_instant(
    row: &Row<'_>,
    at: usize,
) -> rusqlite::Result<Option<DateTime<FixedOffset>>> {
    match row.get_ref(at)? {
        ValueRef::Null => Ok(None),
        _ => column_instant(row, at).map(Some),
    }
}

/// A position from two columns, latitude first; absent when the first is.
pub(in crate::replica::store) fn column_position(
    row: &Row<'_>,
    at: usize,
) -> rusqlite::Result<Option<Position>> {
    let Some(lat) = row.get(at)? else { return Ok(None) };
    Position::new(lat, row.get(at + 1)?)
        .map(Some)
        .map_err(|error| unreadable(at, Type::Real, error))
}

/// A day from its column.
pub(in crate::replica::store) fn column_date(row: &Row<'_>, at: usize) -> rusqlite::Result<NaiveDate> {
    let text = row.get_ref(at)?.as_str()?;
    text.parse().map_err(|error| unreadable(at, Type::Text, error))
}

/// An amount from two columns, the currency second.
pub(in crate::replica::store) fn column_money(row: &Row<'_>, at: usize) -> rusqlite::Result<Money> {
    let currency = row.get_ref(at + 1)?.as_str()?;
    let currency = currency
        .parse()
        .map_err(|error| unreadable(at + 1, Type::Text, error))?;
    Money::parse(row.get_ref(at)?.as_str()?, currency).map_err(|error| unreadable(at, Type::Text, error))
}

/// A value kept as JSON.
pub(in crate::replica::store) fn column_json<T: DeserializeOwned>(
    row: &Row<'_>,
    at: usize,
) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(at)?.as_str()?).map_err(|error| unreadable(at, Type::Text, error))
}

fn unreadable(
    at: usize,
    found: Type,
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, found, error.into())
}
