use rusqlite::Connection;

use crate::document::view::ApprovalStatus;
use crate::geo::Verdict;
use crate::model::{DocumentId, Money, PersonId};
use crate::replica::store::StoreError;
use crate::replica::store::lists::{self, ApprovalLine, ApprovalRow, TurnRow};
use crate::replica::store::projections::TimelineItem;
use crate::rulings::over_house;
use crate::wire::Policy;

/// An approval that waits for a decision, and what is odd about it.
#[derive(Clone, Debug, PartialEq)]
pub struct InboxItem {
    /// The approval.
    pub approval: ApprovalRow,
    /// In whose stead, when it is not one's own turn.
    pub acting_for: Option<PersonId>,
    /// One decided on this revision before, and it is another one by now:
    /// [`crate::replica::Replica::difference_since`] says what changed.
    pub saw: Option<String>,
    /// How much it is over the limit of the house; all of it when it is in another currency.
    pub over_limit_by: Option<Money>,
    /// Belongs to no visit.
    pub unlinked: bool,
    /// The check-in of its visit was not known to be on site.
    pub doubtful_place: bool,
}

impl InboxItem {
    /// Is there a reason to look first?
    pub fn is_odd(&self) -> bool {
        self.over_limit_by.is_some()
            || self.unlinked
            || self.doubtful_place
            || self.saw.is_some()
            || self.approval.duplicates > 0
            || self.approval.over_limits > 0
    }
}

/// Everything on an approval's page.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovalDetail {
    /// The approval.
    pub approval: ApprovalRow,
    /// Its lines in its own order.
    pub lines: Vec<ApprovalLine>,
    /// Submissions, decisions and the ruling, the first thing first.
    pub timeline: Vec<TimelineItem>,
    /// For whom it waits now.
    pub waits_for: Vec<PersonId>,
    /// The seats that this person may decide for now: their own first, then those they stand in for.
    pub seats: Vec<PersonId>,
    /// They decided on this revision before, and it is another one by now.
    pub saw: Option<String>,
}

/// Approvals that wait for this person now, by step and chain, also in another's stead: those to look at first, then the
/// ordinary ones, then those that somebody has decided and the server has not ruled on; each the oldest first.
pub fn inbox(conn: &Connection, person: PersonId, policy: &Policy) -> Result<Vec<InboxItem>, StoreError> {
    let turns = lists::turns_of(conn, person)?;
    let mut items: Vec<InboxItem> = turns
        .into_iter()
        .map(|TurnRow { approval, seat, saw }| InboxItem {
            acting_for: Some(seat).filter(|seat| *seat != person),
            saw,
            over_limit_by: approval.excess.or_else(|| over_limit_by(&approval, policy)),
            unlinked: approval.form == "expense" && approval.visit.is_none(),
            doubtful_place: approval.visit.is_some() && approval.verdict != Some(Verdict::Inside),
            approval,
        })
        .collect();
    items.sort_by_key(|item| {
        (
            item.approval.status == ApprovalStatus::Provisional,
            !item.is_odd(),
        )
    });
    Ok(items)
}

/// A person's own approvals, the latest first, at most `limit`.
pub fn my_approvals(
    conn: &Connection,
    person: PersonId,
    limit: usize,
) -> Result<Vec<ApprovalRow>, StoreError> {
    lists::approvals_of(conn, person, limit)
}

/// An approval's page; `None` when the approval is not on this phone.
pub fn approval_detail(
    conn: &Connection,
    document: DocumentId,
    person: PersonId,
) -> Result<Option<ApprovalDetail>, StoreError> {
    let Some(approval) = lists::approval(conn, document)? else {
        return Ok(None);
    };
    let turns = lists::turns_at(conn, document, person)?;
    let mut seats: Vec<PersonId> = turns.iter().map(|(seat, _)| *seat).collect();
    seats.sort_by_key(|seat| *seat != person);
    Ok(Some(ApprovalDetail {
        saw: turns.into_iter().find_map(|(_, saw)| saw),
        seats,
        lines: lists::approval_lines(conn, document)?,
        timeline: lists::of_document(conn, document)?,
        waits_for: lists::waits_for(conn, document)?,
        approval,
    }))
}

/// The limit that this phone knows, until the server has said.
fn over_limit_by(approval: &ApprovalRow, policy: &Policy) -> Option<Money> {
    let currency = approval.total.currency;
    over_house(&approval.form, approval.total, policy).map(|amount| Money { amount, currency })
}
