use std::collections::{BTreeMap, BTreeSet};

use super::bench::Bench;
use super::{Complaint, Limits, complaints, limits, receipt_keys};
use crate::document::command::{Answer, Decision, Entry};
use crate::document::view::{End, SubmissionView, WithdrawalView};
use crate::model::DocumentId;
use crate::model::form::{Asked, Chain, Duplicates, Form, OverLimit};
use crate::rulings::Unruled;
use crate::wire::Policy;

impl Bench<'_> {
    /// A round begins, unless the draft has changed since or the same is under way already.
    pub(super) fn submitted(&mut self, submission: &SubmissionView) -> Result<(), Unruled> {
        if submission.revision != self.view.revision {
            self.refuse(&submission.id, Answer::Stale, None);
        } else if self.course.is_open() && self.course.revision == submission.revision {
            self.refuse(&submission.id, Answer::Late, None);
        } else {
            self.begin(submission)?;
        }
        Ok(())
    }

    /// The applicant takes it back; whoever decided first stands.
    pub(super) fn withdrawn(&mut self, withdrawal: &WithdrawalView) {
        if self.course.is_open() && withdrawal.revision == self.course.revision {
            self.push(Entry::Withdrawn {
                request: withdrawal.id.clone(),
            });
            return;
        }
        let answer = match self.course.end {
            Some(End::Decided(_)) => Answer::Late,
            Some(End::Withdrawn | End::Void) => Answer::NotOpen,
            None => Answer::Stale,
        };
        let by = self.ended_by().filter(|_| answer == Answer::Late);
        self.refuse(&withdrawal.id, answer, by);
    }

    fn begin(&mut self, submission: &SubmissionView) -> Result<(), Unruled> {
        let office = self.scene.office;
        let form = office.form(&self.view.form)?;
        let chain = match &form {
            // The chain that is in force now: what the submission names is what the phone last heard of.
            Some(form) => office.chain(&form.chain, None)?,
            None => None,
        };
        let (Some(form), Some(chain)) = (form, chain) else {
            self.open(submission, "none@0".to_owned(), Vec::new(), &Limits::default());
            self.send_back(&Complaint::NoForm);
            return Ok(());
        };
        let policy = office.policy()?;
        let limits = limits(Some(&form), &policy, self.view);
        let plan = self.plan(&chain, &policy, &limits);
        let has_steps = !plan.is_empty();
        self.open(submission, chain.id(), plan, &limits);
        let doubles = self.flag_duplicates()?;
        self.copy(&chain);
        if let Some(complaint) = self.objection(&form, &limits, &doubles) {
            self.send_back(&complaint);
        } else if has_steps {
            self.advance(&chain, 0)?;
        } else {
            self.end(Decision::Approve, None, Some(Complaint::NoStep.to_string()));
        }
        Ok(())
    }

    fn plan(&self, chain: &Chain, policy: &Policy, limits: &Limits) -> Vec<u32> {
        let categories: BTreeSet<&String> = self.view.lines.iter().map(|line| &line.category).collect();
        let categories: Vec<String> = categories.into_iter().cloned().collect();
        chain.plan(&Asked {
            form: &self.view.form,
            total: self.view.total,
            currency: &policy.currency,
            categories: &categories,
            over_limit: limits.is_over(),
        })
    }

    fn open(&mut self, submission: &SubmissionView, chain: String, plan: Vec<u32>, limits: &Limits) {
        self.push(Entry::Open {
            request: submission.id.clone(),
            revision: submission.revision.clone(),
            chain,
            plan,
            excess: limits.excess.map(|excess| excess.to_string()),
        });
        for (category, excess) in &limits.categories {
            self.push(Entry::OverLimit {
                category: category.clone(),
                excess: excess.to_string(),
            });
        }
    }

    /// Flags each line whose receipt another approval has, or another line of this one; answers the lines.
    fn flag_duplicates(&mut self) -> Result<Vec<String>, Unruled> {
        let keys = receipt_keys(self.view);
        let asked: Vec<String> = keys.iter().map(|(_, key)| key.clone()).collect();
        let known = self.scene.office.receipts(self.scene.document, &asked)?;
        let mut seen: BTreeSet<&String> = BTreeSet::new();
        let mut doubles: BTreeMap<&String, DocumentId> = BTreeMap::new();
        for (line, key) in &keys {
            if let Some(other) = known.get(key) {
                doubles.insert(line, *other);
            } else if !seen.insert(key) {
                doubles.entry(line).or_insert(self.scene.document);
            }
        }
        let lines: Vec<String> = doubles.keys().map(|line| (*line).clone()).collect();
        for (line, other) in doubles {
            self.push(Entry::Duplicate {
                line: line.clone(),
                other,
            });
        }
        Ok(lines)
    }

    fn copy(&mut self, chain: &Chain) {
        let mut copied = BTreeSet::new();
        for approver in &chain.copies {
            copied.extend(self.roster.resolve(approver, self.view.applicant).0);
        }
        for person in copied {
            self.push(Entry::Copied { person });
        }
    }

    /// What sends the request back before anybody is asked.
    fn objection(&self, form: &Form, limits: &Limits, doubles: &[String]) -> Option<Complaint> {
        if let Some(complaint) = complaints(form, self.view).into_iter().next() {
            return Some(complaint);
        }
        let lines = form.lines.as_ref()?;
        if let Some(line) = doubles.first().filter(|_| lines.duplicates == Duplicates::Return) {
            return Some(Complaint::Duplicate(format!("lines/{line}")));
        }
        (limits.is_over() && lines.over_limit == OverLimit::Return)
            .then(|| Complaint::TooMuch("lines".to_owned()))
    }

    fn send_back(&mut self, complaint: &Complaint) {
        self.end(Decision::Return, None, Some(complaint.to_string()));
    }
}
