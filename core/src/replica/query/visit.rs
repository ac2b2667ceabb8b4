use rusqlite::Connection;

use crate::model::DocumentId;
use crate::replica::store::StoreError;
use crate::replica::store::lists::{self, CheckInRow, ContactRow, VisitRow};
use crate::replica::store::projections::{TimelineItem, TimelineKind};

/// Everything on a visit's page.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitDetail {
    /// The visit.
    pub visit: VisitRow,
    /// The current result of each step: the latest one, in the order in which steps were first done.
    pub steps: Vec<TimelineItem>,
    /// What happened in it and around it, the first thing first: every step result, entries and expenses too.
    pub timeline: Vec<TimelineItem>,
    /// Its check-ins: coming, then leaving.
    pub check_ins: Vec<CheckInRow>,
    /// The customer's contacts.
    pub contacts: Vec<ContactRow>,
    /// The customer's last finished visit before this one.
    pub last: Option<VisitRow>,
}

/// A visit's page; `None` when the visit is not on this phone.
pub fn visit_detail(conn: &Connection, document: DocumentId) -> Result<Option<VisitDetail>, StoreError> {
    let Some(visit) = lists::visit(conn, document)? else {
        return Ok(None);
    };
    let timeline = lists::of_visit(conn, document)?;
    Ok(Some(VisitDetail {
        steps: current_steps(&timeline),
        check_ins: lists::check_ins_of(conn, document)?,
        contacts: lists::contacts(conn, visit.customer)?,
        last: lists::last_finished(conn, visit.customer, document)?,
        timeline,
        visit,
    }))
}

/// Of the results of one step the latest one is current.
fn current_steps(timeline: &[TimelineItem]) -> Vec<TimelineItem> {
    let mut steps: Vec<TimelineItem> = Vec::new();
    for item in timeline.iter().filter(|item| item.kind == TimelineKind::Step) {
        match steps.iter_mut().find(|step| step.detail == item.detail) {
            Some(step) => *step = item.clone(),
            None => steps.push(item.clone()),
        }
    }
    steps
}
