//! Reading fields of a document, with an error that names the one that is missing or wrong.

use std::fmt;
use std::str::FromStr;

use automerge::ScalarValue;
use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::gate::{ListView, MapView};
use crate::geo::Position;
use crate::time::parse_timestamp;

/// A document does not read as its kind: a field is missing or holds something else.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct ViewError {
    /// Where in the document, for example `plan/start`.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

/// A map of the document and where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a> {
    pub(super) map: MapView<'a>,
    /// The path of the map with a slash at its end; empty for the root.
    at: &'static str,
}

impl<'a> Fields<'a> {
    pub(super) fn root(map: MapView<'a>) -> Self {
        Self { map, at: "" }
    }

    /// A map below the root; `at` is its path with a slash at its end.
    pub(super) fn below(map: MapView<'a>, at: &'static str) -> Self {
        Self { map, at }
    }

    pub(super) fn wrong(&self, key: &str, problem: impl fmt::Display) -> ViewError {
        ViewError {
            field: format!("{}{key}", self.at),
            problem: problem.to_string(),
        }
    }

    fn missing(&self, key: &str) -> ViewError {
        self.wrong(key, "missing, or of another type")
    }

    pub(super) fn str(&self, key: &str) -> Result<&'a str, ViewError> {
        self.map.str(key).ok_or_else(|| self.missing(key))
    }

    pub(super) fn string(&self, key: &str) -> Result<String, ViewError> {
        self.str(key).map(str::to_owned)
    }

    pub(super) fn optional(&self, key: &str) -> Option<String> {
        self.map.str(key).map(str::to_owned)
    }

    pub(super) fn uint(&self, key: &str) -> Result<u64, ViewError> {
        self.map.uint(key).ok_or_else(|| self.missing(key))
    }

    pub(super) fn f64(&self, key: &str) -> Result<f64, ViewError> {
        self.map.f64(key).ok_or_else(|| self.missing(key))
    }

    pub(super) fn scalar(&self, key: &str) -> Result<&'a ScalarValue, ViewError> {
        self.map.get(key).ok_or_else(|| self.missing(key))
    }

    /// A string that parses as an id, a currency or the like.
    pub(super) fn parse<T: FromStr<Err: fmt::Display>>(&self, key: &str) -> Result<T, ViewError> {
        self.str(key)?
            .parse()
            .map_err(|error: T::Err| self.wrong(key, error))
    }

    pub(super) fn parse_optional<T: FromStr<Err: fmt::Display>>(
        &self,
        key: &str,
    ) -> Result<Option<T>, ViewError> {
        self.map.str(key).map(|_| self.parse(key)).transpose()
    }

    /// A string that is one of a few names.
    pub(super) fn named<T>(&self, key: &str, of: impl FnOnce(&str) -> Option<T>) -> Result<T, ViewError> {
        let name = self.str(key)?;
        of(name).ok_or_else(|| self.wrong(key, format!("unknown value {name:?}")))
    }

    pub(super) fn timestamp(&self, key: &str) -> Result<DateTime<FixedOffset>, ViewError> {
        parse_timestamp(self.str(key)?).map_err(|error| self.wrong(key, error))
    }

    pub(super) fn date(&self, key: &str) -> Result<NaiveDate, ViewError> {
        let text = self.str(key)?;
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map_err(|_| self.wrong(key, format!("{text:?} is not a day")))
    }

    /// The two degrees of a position in this map.
    pub(super) fn position(&self) -> Result<Position, ViewError> {
        Position::new(self.f64("lat")?, self.f64("lon")?).map_err(|error| self.wrong("lat", error))
    }

    pub(super) fn map(&self, key: &'static str, at: &'static str) -> Result<Fields<'a>, ViewError> {
        self.optional_map(key, at).ok_or_else(|| self.missing(key))
    }

    pub(super) fn optional_map(&self, key: &str, at: &'static str) -> Option<Fields<'a>> {
        Some(Fields::below(self.map.map(key)?, at))
    }

    pub(super) fn list(&self, key: &str) -> Result<ListView<'a>, ViewError> {
        self.map.list(key).ok_or_else(|| self.missing(key))
    }
}
