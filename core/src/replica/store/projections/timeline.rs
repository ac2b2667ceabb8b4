use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};
use serde::Deserialize;

use super::StoreError;
use crate::document::command::Answer;
use crate::model::{DocumentId, PersonId};
use crate::replica::store::values::{numbered, offset_min};
use crate::time::parse_timestamp;

/// What an item of a timeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimelineKind {
    /// A visit began.
    Started,
    /// A visit was finished.
    Finished,
    /// A visit was cancelled.
    Cancelled,
    /// A step of a visit has a result.
    Step,
    /// An entry of a day's log.
    Entry,
    /// A remark on a log.
    Comment,
    /// An approval was handed in.
    Submitted,
    /// Somebody decided about an approval.
    Decided,
    /// The server ruled on an approval.
    Ruled,
    /// The plan of a visit was moved.
    Moved,
    /// A change of a plan that came too late: the rep was there already.
    Remark,
    /// An approver brought somebody in.
    HandedOver,
    /// The applicant took an approval back.
    Withdrawn,
}
numbered!(TimelineKind {
    TimelineKind::Started = 1,
    TimelineKind::Finished = 2,
    TimelineKind::Cancelled = 3,
    TimelineKind::Step = 4,
    TimelineKind::Entry = 5,
    TimelineKind::Comment = 6,
    TimelineKind::Submitted = 7,
    TimelineKind::Decided = 8,
    TimelineKind::Ruled = 9,
    TimelineKind::Moved = 10,
    TimelineKind::Remark = 11,
    TimelineKind::HandedOver = 12,
    TimelineKind::Withdrawn = 13,
});

/// One thing that happened, as a timeline shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineItem {
    /// The document it is in.
    pub document: DocumentId,
    /// Its element in the document.
    pub item: String,
    /// What it is.
    pub kind: TimelineKind,
    /// When, by the phone that wrote it.
    pub at: DateTime<FixedOffset>,
    /// Who did it.
    pub person: PersonId,
    /// The customer on whose page it belongs.
    pub customer: Option<DocumentId>,
    /// The visit on whose page it belongs, when that is another document.
    pub visit: Option<DocumentId>,
    /// In the person's words: the reason, the outcome, the entry, the remark.
    pub text: Option<String>,
    /// A key word: the step, the entry a comment is about, the decision, the total handed in, what a remark was meant to be.
    pub detail: Option<String>,
    /// As JSON: the result of a step, the new time of a plan, the server's answer to a request about an approval.
    pub value: Option<String>,
}

/// What the server said to something that a person did about an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It holds: handed in, taken back, brought in.
    Taken,
    /// The decision counts.
    Counted {
        /// The step that it counts for.
        step: u32,
        /// Whose seat it fills.
        seat: PersonId,
    },
    /// It changes nothing.
    Refused {
        /// Why.
        answer: Answer,
        /// Who was first, when somebody was.
        by: Option<PersonId>,
    },
}

impl TimelineItem {
    /// What the server said to it; `None` while it has said nothing, and for what it does not answer.
    pub fn answered(&self) -> Option<Answered> {
        #[derive(Deserialize)]
        struct Said {
            answer: String,
            step: Option<u32>,
            seat: Option<PersonId>,
            by: Option<PersonId>,
        }
        let said: Said = serde_json::from_str(self.value.as_deref()?).ok()?;
        match (said.answer.as_str(), said.step, said.seat) {
            ("taken", ..) => Some(Answered::Taken),
            ("counted", Some(step), Some(seat)) => Some(Answered::Counted { step, seat }),
            (name, ..) => Some(Answered::Refused {
                answer: Answer::from_name(name)?,
                by: said.by,
            }),
        }
    }
}

impl TimelineItem {
    /// Whom an approver brought in; `None` for any other item.
    pub fn handed_to(&self) -> Option<PersonId> {
        let (_, to) = self.detail.as_deref()?.split_once(' ')?;
        (self.kind == TimelineKind::HandedOver).then(|| to.parse().ok())?
    }

    /// The new time of a plan; `None` for any other item.
    pub fn moved_to(&self) -> Option<DateTime<FixedOffset>> {
        if !matches!(self.kind, TimelineKind::Moved | TimelineKind::Remark) {
            return None;
        }
        let time: String = serde_json::from_str(self.value.as_deref()?).ok()?;
        parse_timestamp(&time).ok()
    }
}

/// Writes one item in place of what stood there.
pub(super) fn put(conn: &Connection, item: &TimelineItem) -> Result<(), StoreError> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO timeline
             (document, item, kind, at_ms, offset_min, person, customer, visit, text, detail, value)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        item.document,
        item.item,
        item.kind,
        item.at.timestamp_millis(),
        offset_min(&item.at),
        item.person,
        item.customer,
        item.visit,
        item.text,
        item.detail,
        item.value
    ])?;
    Ok(())
}

/// Removes the items of a document.
pub(super) fn remove(conn: &Connection, document: DocumentId) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM timeline WHERE document = ?1")?
        .execute([document])?;
    Ok(())
}
