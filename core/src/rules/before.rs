use std::collections::BTreeSet;

use crate::document::command::Decision;
use crate::document::view::{self, Course, VisitStatus};
use crate::gate::{DocumentIndex, MapView};
use crate::model::{Kind, PersonId};

/// What the rules need to know of a document before an operation; cheap to make, whatever the document's size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Before {
    /// Is there a document yet?
    pub exists: bool,
    /// What it says it is.
    pub kind: Option<Kind>,
    /// Whose it is.
    pub owner: Option<PersonId>,
    /// A visit's status.
    pub visit: Option<VisitStatus>,
    /// Did the visit ever start? A cancelled plan can still be visited, a visit broken off cannot.
    pub started: bool,
    /// An approval's course so far.
    pub approval: ApprovalBefore,
}

/// How far an approval has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApprovalBefore {
    /// Was it ever handed in?
    pub submitted: bool,
    /// Approved or rejected for good?
    pub closed: Option<Decision>,
    /// The revision that somebody gave back to the applicant last. What the form sent back may be handed in as it is once the
    /// form is mended.
    pub returned: Option<String>,
    /// Everybody whom the server asked, told or let stand in: they see it.
    pub reach: BTreeSet<PersonId>,
    /// Everybody whom the server ever asked or let stand in: what they decide gets a ruling, as long as they
    /// see it.
    pub approvers: BTreeSet<PersonId>,
}

impl Before {
    /// Reads it from the index.
    pub fn of(kind: Kind, index: &DocumentIndex) -> Self {
        if index.is_empty() {
            return Self::default();
        }
        let root = index.root();
        let mut before = Self {
            exists: true,
            kind: root.str("kind").and_then(|name| name.parse().ok()),
            owner: view::owner(kind, index),
            ..Self::default()
        };
        match kind {
            Kind::Visit => before.read_events(root),
            Kind::Approval => before.read_course(index),
            Kind::Customer | Kind::CheckIn | Kind::Activity => {}
        }
        before
    }

    fn read_events(&mut self, root: MapView<'_>) {
        let events: Vec<(VisitStatus, bool)> = root
            .list("events")
            .into_iter()
            .flat_map(|events| events.iter())
            .filter_map(|(_, event)| {
                let status = event.str("event").and_then(VisitStatus::from_event)?;
                Some((status, event.str("check_in").is_some()))
            })
            .collect();
        self.started = events.iter().any(|(status, _)| *status == VisitStatus::Started);
        self.visit = Some(VisitStatus::of_events(events));
    }

    fn read_course(&mut self, index: &DocumentIndex) {
        let root = index.root();
        // Rulings are the server's own and read; where they do not, nobody was asked.
        let course = Course::read(index).unwrap_or_default();
        (self.approval.reach, self.approval.approvers) = (course.reach, course.approvers);
        self.approval.submitted = root.list("submissions").is_some_and(|list| !list.is_empty());
        let Some(outcome) = root.map("outcome") else {
            return;
        };
        match outcome.str("outcome").and_then(Decision::from_name) {
            Some(Decision::Return) if outcome.str("by").is_none() => {}
            Some(Decision::Return) => self.approval.returned = outcome.str("revision").map(str::to_owned),
            closed => self.approval.closed = closed,
        }
    }
}
