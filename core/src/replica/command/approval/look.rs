use std::collections::{BTreeMap, BTreeSet};

use automerge::{Change, ChangeHash};

use crate::document::view::{ApprovalView, Difference, difference, revision};
use crate::gate::DocumentIndex;
use crate::model::DocumentId;
use crate::model::form::{Chain, Form};
use crate::replica::store::lists;
use crate::replica::{Replica, ReplicaError, documents};
use crate::rulings::{Complaint, Limits, complaints, limits, receipt_keys};

/// What a phone can say about a request without the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Warnings {
    /// What the form still asks for.
    pub complaints: Vec<Complaint>,
    /// What is over which limit.
    pub limits: Limits,
    /// Lines whose receipt another approval on this phone has.
    pub duplicates: BTreeMap<String, DocumentId>,
    /// An expense that belongs to no visit.
    pub unlinked: bool,
}

/// An approval beside the form and the chain that it follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// The approval.
    pub view: ApprovalView,
    /// Its form, as far as this phone knows it.
    pub form: Option<Form>,
    /// The chain of its last round, before the first one that of the form; absent when this phone knows another version.
    pub chain: Option<Chain>,
}

impl Replica {
    /// An approval with all that was done about it.
    ///
    /// # Errors
    /// An approval that is not on this phone or does not read.
    pub fn approval(&self, approval: DocumentId) -> Result<ApprovalView, ReplicaError> {
        self.with_document(approval, |index| Ok(ApprovalView::read(index)?))?
            .ok_or(ReplicaError::Unknown(approval))
    }

    /// An approval beside the form and the chain that it follows.
    ///
    /// # Errors
    /// As [`Replica::approval`].
    pub fn paper(&self, approval: DocumentId) -> Result<Paper, ReplicaError> {
        let view = self.approval(approval)?;
        let reference = self.reference().unwrap_or_default();
        let form = reference.form(&view.form);
        let chain = form.and_then(|form| reference.chain_of(form));
        let of_round = |chain: &&Chain| view.course.chain.is_empty() || chain.id() == view.course.chain;
        Ok(Paper {
            chain: chain.filter(of_round).cloned(),
            form: form.cloned(),
            view,
        })
    }

    /// What to look at before a request is handed in, from what this phone holds.
    ///
    /// # Errors
    /// An approval that is not on this phone or does not read.
    pub fn approval_warnings(&self, approval: DocumentId) -> Result<Warnings, ReplicaError> {
        let view = self.approval(approval)?;
        let reference = self.reference().unwrap_or_default();
        let form = reference.form(&view.form);
        let mut duplicates = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (line, key) in receipt_keys(&view) {
            let other = self
                .store()
                .read(|conn| lists::receipt_elsewhere(conn, approval, &key))?;
            match other {
                Some(other) => {
                    duplicates.insert(line, other);
                }
                None if !seen.insert(key) => {
                    duplicates.entry(line).or_insert(approval);
                }
                None => {}
            }
        }
        Ok(Warnings {
            complaints: form.map(|form| complaints(form, &view)).unwrap_or_default(),
            limits: limits(form, &self.policy(), &view),
            unlinked: view.form == "expense" && view.visit.is_none(),
            duplicates,
        })
    }

    /// What changed in a request since a revision that was handed in; `None` when that revision never was.
    ///
    /// # Errors
    /// An approval that is not on this phone or does not read.
    pub fn difference_since(
        &self,
        approval: DocumentId,
        seen: &str,
    ) -> Result<Option<Difference>, ReplicaError> {
        let now = self.approval(approval)?;
        let Some(submission) = now.submissions.iter().find(|it| it.revision == seen) else {
            return Ok(None);
        };
        let changes = self.store().read(|conn| documents::changes(conn, approval))?;
        let Some(then) = as_of(&changes, &submission.id, seen) else {
            return Ok(None);
        };
        Ok(Some(difference(&ApprovalView::read(&then)?, &now)))
    }
}

/// The document as its writer had it when the element `id` was written, if it then was of this revision.
fn as_of(changes: &[Change], id: &str, seen: &str) -> Option<DocumentIndex> {
    let by_hash: BTreeMap<ChangeHash, &Change> =
        changes.iter().map(|change| (change.hash(), change)).collect();
    let (counter, actor) = id.split_once('@')?;
    let counter: u64 = counter.parse().ok()?;
    let holds = |change: &&Change| {
        let first = change.start_op().get();
        let count = u64::try_from(change.len()).unwrap_or(u64::MAX);
        change.actor_id().to_hex_string() == actor && (first..first.saturating_add(count)).contains(&counter)
    };
    let made = changes.iter().find(holds)?;
    let mut known = BTreeSet::new();
    let mut open = vec![made.hash()];
    while let Some(hash) = open.pop() {
        if known.insert(hash) {
            open.extend(by_hash.get(&hash)?.deps());
        }
    }
    let mut index = DocumentIndex::new();
    for change in changes.iter().filter(|change| known.contains(&change.hash())) {
        index.admit(&change.decode()).ok()?;
        index.seal(change.hash());
    }
    (revision(&index) == seen).then_some(index)
}
