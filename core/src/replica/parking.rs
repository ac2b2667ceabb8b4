use super::store::documents::DocumentState;
use crate::model::{DocumentId, Words};
use crate::wire::Rejection;

/// Why the phone itself puts something of a person's aside, without a word from the server about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Parking {
    /// Another version of the app wrote the command.
    UnknownCommand,
    /// An older version of the app wrote it, and it cannot be carried over; what it holds.
    Older(&'static str),
    /// An operation that it builds on was not accepted; what is missing now.
    DependsOnRejected(String),
    /// It names a record that is not accepted.
    DependsOnRecord(DocumentId),
    /// It comes from a damaged file; how far it was there.
    Salvaged(Option<DocumentState>),
}

impl Parking {
    /// What the person is told, in the form in which the server refuses.
    pub(super) fn rejection(&self) -> Rejection {
        let (rule, expected) = self.rule();
        Rejection {
            rule: rule.to_owned(),
            path: Rejection::WHOLE.to_owned(),
            expected: expected.into(),
            actual: self.actual(),
            suggestion: self.suggestion(),
        }
    }

    fn rule(&self) -> (&'static str, (&'static str, &'static str)) {
        match self {
            Parking::UnknownCommand => (
                "command.unknown",
                (
                    "a command that this version of the app knows",
                    "本版本应用能识别的操作",
                ),
            ),
            Parking::Older(_) => (
                "command.older",
                ("what this version of the app writes", "本版本应用写入的格式"),
            ),
            Parking::DependsOnRejected(_) => (
                "depends.on_rejected",
                ("the operation before it to be accepted", "前一项操作先被接受"),
            ),
            Parking::DependsOnRecord(_) => (
                "depends.on_document",
                (
                    "the record that it names to be accepted first",
                    "所属记录先被接受",
                ),
            ),
            Parking::Salvaged(_) => ("replica.damaged", ("a file that reads", "可读取的文件")),
        }
    }

    fn actual(&self) -> String {
        match self {
            Parking::UnknownCommand => "one of another version".to_owned(),
            Parking::Older(what) => (*what).to_owned(),
            Parking::DependsOnRejected(detail) => detail.clone(),
            Parking::DependsOnRecord(document) => format!("{document} needs attention"),
            Parking::Salvaged(Some(state)) => format!("a damaged file in which it was {}", state.name()),
            Parking::Salvaged(None) => "a damaged file; it may have been sent long ago".to_owned(),
        }
    }

    fn suggestion(&self) -> Words {
        match self {
            Parking::UnknownCommand => Words::new(
                "Update the app, then send this item again. Your text is kept.",
                "请更新应用后重新发送本项。您的内容已保留。",
            ),
            Parking::Older(_) => Words::new(
                "The app was updated and cannot take this over as it was written. Look at the record, do this again there, then discard this copy.",
                "应用已更新，无法沿用这条旧记录。请打开该记录重新操作一次，然后放弃这份副本。",
            ),
            Parking::DependsOnRejected(_) => Words::new(
                "Correct the item that was not accepted; this one follows it.",
                "请先修改未被接受的那一项，本项会随之恢复。",
            ),
            Parking::DependsOnRecord(_) => Words::new(
                "Correct the record that this belongs to and send it again; this one follows by itself.",
                "请先修改它所属的记录并重新发送，本项会随之自动发送。",
            ),
            Parking::Salvaged(_) => Words::new(
                "This was saved from a damaged file. See whether it is there; if not, send it again, else discard it.",
                "此内容从损坏的文件中恢复。请先核对是否已存在：没有则重新发送，已有则放弃。",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every reason, one after the other: a new one has to find its place here.
    fn after(reason: Option<&Parking>) -> Option<Parking> {
        Some(match reason {
            None => Parking::UnknownCommand,
            Some(Parking::UnknownCommand) => Parking::Older("a revision"),
            Some(Parking::Older(_)) => Parking::DependsOnRejected("no such line".to_owned()),
            Some(Parking::DependsOnRejected(_)) => {
                Parking::DependsOnRecord(DocumentId(uuid::Uuid::from_u128(7)))
            }
            Some(Parking::DependsOnRecord(_)) => Parking::Salvaged(None),
            Some(Parking::Salvaged(None)) => Parking::Salvaged(Some(DocumentState::Sent)),
            Some(Parking::Salvaged(Some(_))) => return None,
        })
    }

    #[test]
    fn whatever_is_put_aside_says_why_and_what_to_do_in_both_languages() {
        let mut reason = after(None);
        while let Some(now) = reason {
            now.rejection().assert_says_everything();
            reason = after(Some(&now));
        }
    }
}
