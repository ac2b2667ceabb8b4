//! Why the exchange itself refuses an operation, before the rules are asked or beside them; in the form of the rules.

use fieldbook_core::gate::{Check, Refusal};
use fieldbook_core::model::{Kind, Words};
use fieldbook_core::wire::operations::OperationsError;
use fieldbook_core::wire::{Rejection, SCHEMA_VERSION};

/// The reasons, with what there is to say about this very case.
#[derive(Clone, Debug, PartialEq)]
enum Reason {
    /// A check of the gate; what was wrong.
    Gate(Check, String),
    /// The operations do not read; where.
    Operations(String),
    /// Too few or too many operations in a section, and how many there may be.
    Count(u32, u32),
    /// The last operation has another hash than its sender says.
    HeadCheck,
    /// Another operation stands under this sequence.
    Equivocation(u64),
    /// The document is of another kind: the stored one, and the sent one.
    Kind(Kind, Kind),
    /// There is no such document that the person may write.
    Unknown(Kind),
    /// A document for somebody the person does not lead.
    Owner,
    /// The customer has somebody else now, by name when the person may know it.
    Taken(Option<String>),
}

impl Reason {
    fn rejection(&self) -> Rejection {
        let (expected, actual) = self.difference();
        Rejection {
            rule: self.rule(),
            path: self.path().to_owned(),
            expected,
            actual,
            suggestion: self.suggestion(),
        }
    }

    fn rule(&self) -> String {
        match self {
            Self::Gate(check, _) => format!("gate.{check}"),
            Self::Operations(_) => "gate.operations".to_owned(),
            Self::Count(..) => "gate.count".to_owned(),
            Self::HeadCheck => "gate.head_check".to_owned(),
            Self::Equivocation(_) => Rejection::EQUIVOCATION.to_owned(),
            Self::Kind(..) => "gate.kind".to_owned(),
            Self::Unknown(_) => "document.unknown".to_owned(),
            Self::Owner => "creation.owner".to_owned(),
            Self::Taken(_) => "customer.taken".to_owned(),
        }
    }

    fn path(&self) -> &'static str {
        match self {
            Self::Owner | Self::Taken(_) => "owner",
            Self::Kind(..) => "kind",
            _ => Rejection::WHOLE,
        }
    }

    /// What was expected, and what came.
    fn difference(&self) -> (Words, String) {
        let texts = |en: &str, zh: &str, actual: &str| (Words::new(en, zh), actual.to_owned());
        match self {
            Self::Gate(Check::Full, detail) => texts("a record with room for more", "尚有余量的记录", detail),
            Self::Gate(_, detail) => texts(
                "a change that refers to what is there",
                "只引用已有内容的修改",
                detail,
            ),
            Self::Operations(detail) => texts(
                "operations as the protocol writes them",
                "符合协议格式的操作",
                detail,
            ),
            Self::Count(count, limit) => (
                Words::new(
                    format!("1 to {limit} operations in a section"),
                    format!("每段 1 至 {limit} 项操作"),
                ),
                count.to_string(),
            ),
            Self::HeadCheck => texts(
                "the hash of the last operation",
                "最后一项操作的哈希",
                "another one",
            ),
            Self::Equivocation(sequence) => texts(
                "the operation that was accepted under this sequence",
                "此序号下已被接受的那项操作",
                &format!("another operation with sequence {sequence}"),
            ),
            Self::Kind(stored, sent) => (Words::same(stored), sent.to_string()),
            Self::Unknown(kind) => texts(
                &format!("a {kind} that you may write"),
                "您有权修改的记录",
                "none under this id",
            ),
            Self::Owner => texts(
                "yourself or somebody of your team",
                "您本人或本团队成员",
                "somebody else",
            ),
            Self::Taken(holder) => texts(
                "a customer of yours, or in your pool",
                "您负责的客户或您的公海客户",
                holder.as_deref().unwrap_or(ANOTHER_POOL),
            ),
        }
    }

    fn suggestion(&self) -> Words {
        match self {
            Self::Gate(Check::Full, _) => Words::new(
                "This record is full: it holds as much as a record may. Your text is kept; put it into a new record.",
                "此记录已满，无法继续写入。您的内容已保留；请新建一条记录后填入。",
            ),
            Self::Gate(..)
            | Self::Operations(_)
            | Self::Count(..)
            | Self::HeadCheck
            | Self::Equivocation(_)
            | Self::Kind(..) => Words::new(
                "This phone sent something that does not read. Your text is kept; update the app and send it again.",
                "本机发送的内容无法识别。您的内容已保留；请更新应用后重新发送。",
            ),
            Self::Unknown(_) => Words::new(
                "This record is not (or no longer) yours to change. Your text is kept; ask your supervisor.",
                "您没有（或已不再有）修改此记录的权限。您的内容已保留，请联系主管。",
            ),
            Self::Owner => Words::new(
                "Make the record for yourself or for somebody of your team.",
                "请为自己或本团队成员创建记录。",
            ),
            Self::Taken(Some(holder)) => Words::new(
                format!(
                    "{holder} has this customer now. Your text is kept; talk to them or to your supervisor."
                ),
                format!("该客户现由 {holder} 负责。您的内容已保留，请与其或您的主管联系。"),
            ),
            Self::Taken(None) => Words::new(
                "Another team's pool has this customer now. Your text is kept; talk to your supervisor.",
                "该客户现在其他团队的公海中。您的内容已保留，请联系您的主管。",
            ),
        }
    }
}

const ANOTHER_POOL: &str = "another team's pool";

pub(super) fn gate(refusal: &Refusal) -> Rejection {
    Reason::Gate(refusal.check, refusal.detail.clone()).rejection()
}

pub(super) fn operations(error: &OperationsError) -> Rejection {
    Reason::Operations(error.to_string()).rejection()
}

pub(super) fn count(count: u32, limit: u32) -> Rejection {
    Reason::Count(count, limit).rejection()
}

pub(super) fn head_check() -> Rejection {
    Reason::HeadCheck.rejection()
}

pub(super) fn equivocation(sequence: u64) -> Rejection {
    Reason::Equivocation(sequence).rejection()
}

pub(super) fn unknown(kind: Kind) -> Rejection {
    Reason::Unknown(kind).rejection()
}

pub(super) fn kind(stored: Kind, sent: Kind) -> Rejection {
    Reason::Kind(stored, sent).rejection()
}

pub(super) fn owner() -> Rejection {
    Reason::Owner.rejection()
}

/// A customer that the person had in sight, in their pool or as their own, has somebody else now.
pub(super) fn taken(holder: Option<String>) -> Rejection {
    Reason::Taken(holder).rejection()
}

/// What is refused for its shape, as an app hears it that speaks an older schema: no rewording helps there, an update does.
pub(super) fn for_app(schema: u32, rejection: Rejection) -> Rejection {
    let of_shape = ["creation.missing", "schema.unknown_path", "value.type"];
    if schema >= SCHEMA_VERSION || !of_shape.contains(&rejection.rule.as_str()) {
        return rejection;
    }
    Rejection {
        suggestion: Words::new(
            "The app on this phone is older than what the server takes. Your text is kept; update the app, then send it again.",
            "本机应用版本过旧，服务器已不接受这种旧格式。您的内容已保留；请更新应用后重新发送。",
        ),
        ..rejection
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_app_is_told_to_update_where_only_that_helps() {
        let of = |rule: &str| Rejection {
            rule: rule.to_owned(),
            ..owner()
        };
        for rule in ["creation.missing", "schema.unknown_path", "value.type"] {
            let told = for_app(SCHEMA_VERSION - 1, of(rule)).suggestion;
            assert!(
                told.en.contains("update the app") && told.zh.contains("更新应用"),
                "{told:?}"
            );
            assert_eq!(for_app(SCHEMA_VERSION, of(rule)), of(rule));
        }
        let other = of("plan.started");
        assert_eq!(for_app(1, other.clone()), other);
    }

    #[test]
    fn only_what_no_honest_phone_sends_counts_against_a_device() {
        for check in Check::ALL {
            let refused = Reason::Gate(check, "too much".to_owned()).rejection();
            assert_eq!(refused.is_hostile(), check != Check::Full, "{check}");
        }
        assert!(count(0, 1).is_hostile() && head_check().is_hostile());
        assert!(!equivocation(4).is_hostile() && !owner().is_hostile());
    }

    /// Every reason, one after the other: a new one has to find its place here.
    fn after(reason: Option<&Reason>) -> Option<Reason> {
        Some(match reason {
            None => Reason::Gate(Check::Actor, "no such actor".to_owned()),
            Some(Reason::Gate(check, detail)) => {
                let next = Check::ALL.into_iter().skip_while(|known| known != check).nth(1);
                next.map_or_else(
                    || Reason::Operations("the operations end too early".to_owned()),
                    |next| Reason::Gate(next, detail.clone()),
                )
            }
            Some(Reason::Operations(_)) => Reason::Count(0, 10_000),
            Some(Reason::Count(..)) => Reason::HeadCheck,
            Some(Reason::HeadCheck) => Reason::Equivocation(4),
            Some(Reason::Equivocation(_)) => Reason::Kind(Kind::Visit, Kind::Customer),
            Some(Reason::Kind(..)) => Reason::Unknown(Kind::Visit),
            Some(Reason::Unknown(_)) => Reason::Owner,
            Some(Reason::Owner) => Reason::Taken(None),
            Some(Reason::Taken(None)) => Reason::Taken(Some("王敏".to_owned())),
            Some(Reason::Taken(Some(_))) => return None,
        })
    }

    #[test]
    fn every_rejection_names_rule_path_and_what_to_do_in_both_languages() {
        let mut count = 0;
        for reason in std::iter::successors(after(None), |reason| after(Some(reason))) {
            let said = reason.rejection();
            let Words { en, zh } = &said.expected;
            let parts = [&said.rule, &said.path, en, zh, &said.actual];
            assert!(parts.into_iter().all(|part| !part.is_empty()), "{said:?}");
            let Words { en, zh } = &said.suggestion;
            let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert!(en.ends_with('.') && zh.ends_with('。'), "{said:?}");
            assert!(zh.chars().filter(|c| is_chinese(*c)).count() > 5, "{said:?}");
            count += 1;
        }
        assert_eq!(count, Check::ALL.len() + 9);
    }
}
