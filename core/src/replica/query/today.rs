use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use rusqlite::Connection;

use crate::document::view::VisitStatus;
use crate::model::PersonId;
use crate::replica::store::StoreError;
use crate::replica::store::lists::{self, VisitRow};

/// One day of a place: from its midnight up to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The first millisecond, since 1970.
    pub from_ms: i64,
    /// The first millisecond after it.
    pub until_ms: i64,
}

impl Day {
    /// A day of the calendar, where clocks are so far ahead of UTC.
    pub fn on(day: NaiveDate, offset: FixedOffset) -> Self {
        const DAY_MS: i64 = 86_400_000;
        let midnight = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        let from_ms = midnight - i64::from(offset.local_minus_utc()) * 1000;
        Self {
            from_ms,
            until_ms: from_ms + DAY_MS,
        }
    }

    /// The day that holds this moment, by the moment's own offset.
    pub fn of(moment: DateTime<FixedOffset>) -> Self {
        Self::on(moment.date_naive(), *moment.offset())
    }
}

/// A person's day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Today {
    /// The visits of the day in the order of the plan, and the one still open from before.
    pub visits: Vec<VisitRow>,
    /// How many of them are finished.
    pub done: usize,
    /// How many were to be made: all but the cancelled ones.
    pub planned: usize,
}

impl Today {
    /// The visit to open first: the one begun, else the earliest one planned.
    pub fn next(&self) -> Option<&VisitRow> {
        let with = |status| self.visits.iter().find(move |visit| visit.status == status);
        with(VisitStatus::Started).or_else(|| with(VisitStatus::Planned))
    }
}

/// The visits of these people on a day: one's own, or a team's.
pub fn today(conn: &Connection, people: &[PersonId], day: Day) -> Result<Today, StoreError> {
    let mut visits = Vec::new();
    for person in people {
        visits.extend(lists::visits_planned(conn, *person, day.from_ms, day.until_ms)?);
    }
    visits.sort_by_key(|visit| (visit.plan_start, visit.document));
    let with = |status| visits.iter().filter(|visit| visit.status == status).count();
    let (done, cancelled) = (with(VisitStatus::Finished), with(VisitStatus::Cancelled));
    Ok(Today {
        done,
        planned: visits.len() - cancelled,
        visits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_its_own_midnight() {
        let morning = DateTime::parse_from_rfc3339("2026-11-24T00:30:00+08:00").unwrap();
        let evening = DateTime::parse_from_rfc3339("2026-11-24T23:59:59+08:00").unwrap();
        assert_eq!(Day::of(morning), Day::of(evening));
        let midnight = DateTime::parse_from_rfc3339("2026-11-24T00:00:00+08:00").unwrap();
        assert_eq!(Day::of(morning).from_ms, midnight.timestamp_millis());
    }
}
