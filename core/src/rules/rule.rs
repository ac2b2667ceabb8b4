use std::fmt::{self, Display};

use crate::model::Words;
use crate::wire::Rejection;

/// The rules by name. A name travels to phones, operators and tests, and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The path is not in the table.
    UnknownPath,
    /// Something the document or a part of it cannot do without was not written.
    CreationMissing,
    /// The document would belong to somebody the writer may not act for.
    CreationOwner,
    /// The document is of another kind.
    CreationKind,
    /// A fact would be changed, deleted or added to.
    FactRewritten,
    /// Only the server writes this.
    ServerOnly,
    /// Somebody else may write this, not this person.
    WriterNotAllowed,
    /// A name that must be the writer's own.
    WriterBy,
    /// Not the type or form of the table.
    ValueType,
    /// Longer than the table allows.
    ValueTooLong,
    /// A number outside its range.
    ValueRange,
    /// Empty or deleted where something must stand.
    ValueRequired,
    /// A key that the table does not allow.
    ValueKey,
    /// The plan of a visit that has started.
    PlanStarted,
    /// A cancel of a visit that has started, by somebody who is not there.
    VisitStarted,
    /// Something that needs a started visit.
    VisitNotStarted,
    /// The visit is over.
    VisitClosed,
    /// Another visit of the same person is under way.
    AnotherOpen,
    /// A day has passed since the entry was written.
    EntryClosed,
    /// The person looks after as many customers as the house allows.
    PoolQuota,
    /// A decision on the person's own request.
    SelfApproval,
    /// A decision by somebody who is not asked, or not now.
    NotAsked,
    /// The request is approved or rejected.
    ApprovalClosed,
    /// More than one submission or decision in one operation.
    ApprovalOnce,
    /// The submission names another revision than the draft's.
    SubmissionRevision,
    /// The submission's total is not the sum of the lines.
    SubmissionTotal,
    /// There is nothing to hand in.
    SubmissionEmpty,
    /// The revision was returned and is handed in as it was.
    SubmissionUnchanged,
    /// A decision before anything was handed in.
    NotSubmitted,
    /// A decision on a revision that was never handed in.
    UnknownRevision,
    /// A rejection or a return without a word why.
    NoteMissing,
    /// A handover to the applicant or to oneself.
    HandoverTo,
    /// A withdrawal of something that was not handed in.
    WithdrawnDraft,
}

impl Rule {
    /// All rules.
    pub const ALL: [Rule; 33] = [
        Rule::UnknownPath,
        Rule::CreationMissing,
        Rule::CreationOwner,
        Rule::CreationKind,
        Rule::FactRewritten,
        Rule::ServerOnly,
        Rule::WriterNotAllowed,
        Rule::WriterBy,
        Rule::ValueType,
        Rule::ValueTooLong,
        Rule::ValueRange,
        Rule::ValueRequired,
        Rule::ValueKey,
        Rule::PlanStarted,
        Rule::VisitStarted,
        Rule::VisitNotStarted,
        Rule::VisitClosed,
        Rule::AnotherOpen,
        Rule::PoolQuota,
        Rule::EntryClosed,
        Rule::SelfApproval,
        Rule::NotAsked,
        Rule::ApprovalClosed,
        Rule::ApprovalOnce,
        Rule::SubmissionRevision,
        Rule::SubmissionTotal,
        Rule::SubmissionEmpty,
        Rule::SubmissionUnchanged,
        Rule::NotSubmitted,
        Rule::UnknownRevision,
        Rule::NoteMissing,
        Rule::HandoverTo,
        Rule::WithdrawnDraft,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Rule::UnknownPath => "schema.unknown_path",
            Rule::CreationMissing => "creation.missing",
            Rule::CreationOwner => "creation.owner",
            Rule::CreationKind => "creation.kind",
            Rule::FactRewritten => "fact.rewritten",
            Rule::ServerOnly => "ruling.server_only",
            Rule::WriterNotAllowed => "writer.not_allowed",
            Rule::WriterBy => "writer.by",
            Rule::ValueType => "value.type",
            Rule::ValueTooLong => "value.too_long",
            Rule::ValueRange => "value.range",
            Rule::ValueRequired => "value.required",
            Rule::ValueKey => "value.key",
            Rule::PlanStarted => "plan.started",
            Rule::VisitStarted => "visit.started",
            Rule::VisitNotStarted => "visit.not_started",
            Rule::VisitClosed => "visit.closed",
            Rule::AnotherOpen => "visit.another_open",
            Rule::EntryClosed => "entry.closed",
            Rule::PoolQuota => "pool.quota",
            Rule::SelfApproval => "self_approval",
            Rule::NotAsked => "approval.not_asked",
            Rule::ApprovalClosed => "approval.closed",
            Rule::ApprovalOnce => "approval.once",
            Rule::SubmissionRevision => "submission.revision",
            Rule::SubmissionTotal => "submission.total",
            Rule::SubmissionEmpty => "submission.empty",
            Rule::SubmissionUnchanged => "submission.unchanged",
            Rule::NotSubmitted => "decision.not_submitted",
            Rule::UnknownRevision => "decision.unknown_revision",
            Rule::NoteMissing => "decision.note_missing",
            Rule::HandoverTo => "handover.to",
            Rule::WithdrawnDraft => "withdrawal.not_submitted",
        }
    }

    /// This rule, broken at `path`.
    pub(super) fn at(self, path: &str, expected: impl Into<Words>, actual: impl Display) -> Refused {
        Refused {
            rule: self,
            path: path.to_owned(),
            expected: expected.into(),
            actual: shorten(&actual.to_string()),
        }
    }
}

impl Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A rule and where it was broken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refused {
    pub(super) rule: Rule,
    path: String,
    expected: Words,
    actual: String,
}

impl From<Refused> for Rejection {
    fn from(refused: Refused) -> Self {
        Self {
            rule: refused.rule.name().to_owned(),
            path: refused.path,
            expected: refused.expected,
            actual: refused.actual,
            suggestion: refused.rule.words(),
        }
    }
}

/// Long values are cut: the person's own text is kept with the parked operation anyway.
fn shorten(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
