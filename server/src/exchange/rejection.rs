//! The rejections of the gate, in the same form as those of the rules.

use fieldbook_core::gate::Refusal;
use fieldbook_core::model::{Kind, Words};
use fieldbook_core::wire::Rejection;
use fieldbook_core::wire::operations::OperationsError;

/// What a person can do about bytes that no app of ours writes.
fn update() -> Words {
    Words::new(
        "This phone sent something that does not read. Your text is kept; update the app and send it again.",
        "本机发送的内容无法识别。您的内容已保留；请更新应用后重新发送。",
    )
}

fn gate_rule(check: &str, expected: &str, actual: String) -> Rejection {
    Rejection {
        rule: format!("gate.{check}"),
        path: String::new(),
        expected: expected.to_owned(),
        actual,
        suggestion: update(),
    }
}

pub(super) fn gate(refusal: &Refusal) -> Rejection {
    gate_rule(
        refusal.check,
        "a change that refers to what is there",
        refusal.detail.clone(),
    )
}

pub(super) fn operations(error: &OperationsError) -> Rejection {
    gate_rule(
        "operations",
        "operations as the protocol writes them",
        error.to_string(),
    )
}

pub(super) fn count(count: u32, limit: u32) -> Rejection {
    gate_rule(
        "count",
        &format!("1 to {limit} operations in a section"),
        count.to_string(),
    )
}

pub(super) fn head_check() -> Rejection {
    gate_rule(
        "head_check",
        "the hash of the last operation",
        "another one".to_owned(),
    )
}

pub(super) fn equivocation(sequence: u64) -> Rejection {
    gate_rule(
        "equivocation",
        "the operation that was accepted under this sequence",
        format!("another operation with sequence {sequence}"),
    )
}

pub(super) fn unknown(kind: Kind) -> Rejection {
    Rejection {
        rule: "document.unknown".to_owned(),
        path: String::new(),
        expected: format!("a {kind} that you may write"),
        actual: "none under this id".to_owned(),
        suggestion: Words::new(
            "This record is not (or no longer) yours to change. Your text is kept; ask your supervisor.",
            "您没有（或已不再有）修改此记录的权限。您的内容已保留，请联系主管。",
        ),
    }
}

pub(super) fn kind(stored: Kind, sent: Kind) -> Rejection {
    gate_rule("kind", stored.name(), sent.name().to_owned())
}

pub(super) fn owner() -> Rejection {
    Rejection {
        rule: "creation.owner".to_owned(),
        path: "owner".to_owned(),
        expected: "yourself or somebody of your team".to_owned(),
        actual: "somebody else".to_owned(),
        suggestion: Words::new(
            "Make the record for yourself or for somebody of your team.",
            "请为自己或本团队成员创建记录。",
        ),
    }
}

/// A customer that the person had in sight, in their pool or as their own, has somebody else now.
pub(super) fn taken(holder: Option<String>) -> Rejection {
    let holder = holder.unwrap_or_else(|| "another team's pool".to_owned());
    Rejection {
        rule: "customer.taken".to_owned(),
        path: "owner".to_owned(),
        expected: "a customer of yours, or in your pool".to_owned(),
        suggestion: Words::new(
            format!("{holder} has this customer now. Your text is kept; talk to them or to your supervisor."),
            format!("该客户现由 {holder} 负责。您的内容已保留，请与其或您的主管联系。"),
        ),
        actual: holder,
    }
}
