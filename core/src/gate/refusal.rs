/// Why the gate refused a change: it would break the document or lie about its history.
///
/// An honest client never meets one; the check's name is stable so that an operator can count them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused by the check `{check}`: {detail}")]
pub struct Refusal {
    /// The check's stable name, for example `sequence`, `dependency` or `predecessor`.
    pub check: &'static str,
    /// What was wrong, for the log.
    pub detail: String,
}

impl Refusal {
    /// A refusal by `check`.
    pub(super) fn new(check: &'static str, detail: impl Into<String>) -> Self {
        Self {
            check,
            detail: detail.into(),
        }
    }

    /// A refusal as a result, for `return refuse(…)`.
    pub(super) fn err<T>(check: &'static str, detail: impl Into<String>) -> Result<T, Self> {
        Err(Self::new(check, detail))
    }
}

/// The checks by their stable names, in the order of `docs/protocol.md`.
pub(super) mod check {
    /// Every actor that an operation names has written to this document.
    pub(crate) const ACTOR: &str = "actor";
    /// The sequence number follows the actor's last one, which is in the past of the dependencies.
    pub(crate) const SEQUENCE: &str = "sequence";
    /// Dependencies are known, unique and sorted.
    pub(crate) const DEPENDENCY: &str = "dependency";
    /// The first operation's counter is one more than the highest in the past.
    pub(crate) const START: &str = "start";
    /// The time is between 0 and 2^42.
    pub(crate) const TIME: &str = "time";
    /// There are no extra bytes and there is no author.
    pub(crate) const EXTRA: &str = "extra";
    /// The object exists and the key is of its sort.
    pub(crate) const OBJECT: &str = "object";
    /// The list element was inserted into this object.
    pub(crate) const ELEMENT: &str = "element";
    /// Predecessors are unique and were put at the same key or element.
    pub(crate) const PREDECESSOR: &str = "predecessor";
    /// Everything that is named lies in the past of the dependencies.
    pub(crate) const CAUSALITY: &str = "causality";
    /// A delete has a predecessor, an insert has none, nothing overwrites the head.
    pub(crate) const SHAPE: &str = "shape";
    /// The value or action is one that documents have.
    pub(crate) const VALUE: &str = "value";
    /// Nothing is larger than the caps.
    pub(crate) const SIZE: &str = "size";
}
