use std::time::{Duration, SystemTime};

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use fieldbook_core::model;
use rust_decimal::Decimal;

use crate::FieldbookError;

/// A moment with the offset of the place where it was: what a clock on the wall there said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub(crate) DateTime<FixedOffset>);

uniffi::custom_type!(Timestamp, String, {
    try_lift: |text| {
        let read = DateTime::parse_from_rfc3339(&text);
        read.map(Timestamp).map_err(|_| FieldbookError::malformed("time", &text).into())
    },
    lower: |moment| moment.0.to_rfc3339_opts(SecondsFormat::Millis, false),
});

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub(crate) NaiveDate);

uniffi::custom_type!(Day, String, {
    try_lift: |text| {
        let read: Result<NaiveDate, _> = text.parse();
        read.map(Day).map_err(|_| FieldbookError::malformed("day", &text).into())
    },
    lower: |day| day.0.to_string(),
});

/// A decimal number, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub(crate) Decimal);

uniffi::custom_type!(Amount, String, {
    try_lift: |text| {
        let read = Decimal::from_str_exact(&text);
        read.map(Amount).map_err(|_| FieldbookError::malformed("amount", &text).into())
    },
    lower: |amount| amount.0.to_string(),
});

impl Amount {
    /// A decimal as core writes it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        Decimal::from_str_exact(text).ok().map(Self)
    }
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Money {
    /// How much, in units of the currency.
    pub amount: Amount,
    /// The currency as ISO 4217 names it, for example `CNY`.
    pub currency: String,
}

impl From<model::Money> for Money {
    fn from(money: model::Money) -> Self {
        Self {
            amount: Amount(money.amount),
            currency: money.currency.to_string(),
        }
    }
}

/// A moment of which only the instant matters.
pub(crate) fn instant(ms: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(ms)
}

/// The same for a column that may be from before 1970, which no phone means.
pub(crate) fn signed_instant(ms: i64) -> SystemTime {
    instant(u64::try_from(ms).unwrap_or(0))
}

/// A count of a list as numbers travel.
pub(crate) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
