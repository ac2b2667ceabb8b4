use std::fmt;

/// Why the gate refused a change: it would break the document or lie about its history.
///
/// An honest client never meets one but [`Check::Full`]; the check's name is stable so that an operator can count them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused by the check `{check}`: {detail}")]
pub struct Refusal {
    /// The check that it did not pass.
    pub check: Check,
    /// What was wrong, for the log.
    pub detail: String,
}

impl Refusal {
    /// A refusal by `check`.
    pub(super) fn new(check: Check, detail: impl Into<String>) -> Self {
        Self {
            check,
            detail: detail.into(),
        }
    }

    /// A refusal as a result, for `return refuse(…)`.
    pub(super) fn err<T>(check: Check, detail: impl Into<String>) -> Result<T, Self> {
        Err(Self::new(check, detail))
    }
}

/// The checks of the gate, in the order of `docs/protocol.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Every actor that an operation names has written to this document.
    Actor,
    /// The sequence number follows the actor's last one, which is in the past of the dependencies.
    Sequence,
    /// Dependencies are known, unique and sorted.
    Dependency,
    /// The first operation's counter is one more than the highest in the past.
    Start,
    /// The time is between 0 and 2^42.
    Time,
    /// There are no extra bytes and there is no author.
    Extra,
    /// The object exists and the key is of its sort.
    Object,
    /// The list element was inserted into this object.
    Element,
    /// Predecessors are unique and were put at the same key or element.
    Predecessor,
    /// Everything that is named lies in the past of the dependencies.
    Causality,
    /// A delete has a predecessor, an insert has none, nothing overwrites the head.
    Shape,
    /// The value or action is one that documents have.
    Value,
    /// Nothing is larger than the caps.
    Size,
    /// Checking it costs no more than its sender may ask for.
    Effort,
    /// The change before this one was taken in to its end.
    Seal,
    /// The document has room for the change: for its actor, its operations, its numbers.
    Full,
}

impl Check {
    /// All checks.
    pub const ALL: [Check; 16] = [
        Check::Actor,
        Check::Sequence,
        Check::Dependency,
        Check::Start,
        Check::Time,
        Check::Extra,
        Check::Object,
        Check::Element,
        Check::Predecessor,
        Check::Causality,
        Check::Shape,
        Check::Value,
        Check::Size,
        Check::Effort,
        Check::Seal,
        Check::Full,
    ];

    /// The stable name: `sequence`, for example.
    pub fn name(self) -> &'static str {
        match self {
            Check::Actor => "actor",
            Check::Sequence => "sequence",
            Check::Dependency => "dependency",
            Check::Start => "start",
            Check::Time => "time",
            Check::Extra => "extra",
            Check::Object => "object",
            Check::Element => "element",
            Check::Predecessor => "predecessor",
            Check::Causality => "causality",
            Check::Shape => "shape",
            Check::Value => "value",
            Check::Size => "size",
            Check::Effort => "effort",
            Check::Seal => "seal",
            Check::Full => "full",
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_is_listed_once_under_its_name() {
        for (place, check) in Check::ALL.into_iter().enumerate() {
            assert_eq!(check as usize, place, "{check}");
            let named = Check::ALL
                .into_iter()
                .filter(|other| other.name() == check.name());
            assert_eq!(named.count(), 1, "{check}");
        }
    }
}
