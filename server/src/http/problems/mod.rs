//! Every problem the server answers with; each has a name that never changes.

mod exchange;
mod identity;

pub(in crate::http) use exchange::{signature_missing, signature_wrong};

use axum::http::StatusCode;
use fieldbook_core::model::Words;
use fieldbook_core::wire::MAX_BODY;

use super::Problem;

/// A problem with its title and fix in English and 简体中文.
fn problem(name: &str, status: StatusCode, title: (&str, &str), fix: (&str, &str)) -> Problem {
    Problem::new(
        name,
        status,
        Words::new(title.0, title.1),
        Words::new(fix.0, fix.1),
    )
}

pub(in crate::http) fn not_found(path: &str) -> Problem {
    let title = ("There is nothing at this address", "此地址没有内容");
    let fix = (
        "Check the server's address and the app's version.",
        "请检查服务器地址和应用版本。",
    );
    problem("not-found", StatusCode::NOT_FOUND, title, fix).detail(format!("nothing is at {path}"))
}

pub(in crate::http) fn wrong_method(path: &str) -> Problem {
    let title = ("This address takes another method", "此地址不接受该请求方法");
    let fix = (
        "Use the method that docs/protocol.md names.",
        "请使用协议文档规定的请求方法。",
    );
    problem("wrong-method", StatusCode::METHOD_NOT_ALLOWED, title, fix)
        .detail(format!("{path} takes another method"))
}

pub(in crate::http) fn body_too_large() -> Problem {
    let title = ("The body is too large", "请求内容过大");
    let fix = ("Send less at a time.", "请分批发送。");
    problem("body-too-large", StatusCode::PAYLOAD_TOO_LARGE, title, fix)
        .detail(format!("at most {MAX_BODY} bytes are taken"))
}

pub(in crate::http) fn throttled(seconds: u32) -> Problem {
    let title = (
        "This phone sent too much that was refused",
        "此手机发送的无效内容过多",
    );
    let fix = (
        "Wait as long as Retry-After says and update the app; unsent work stays on the phone.",
        "请按 Retry-After 的时间等待，并更新应用；未发送的内容仍保留在手机上。",
    );
    problem("throttled", StatusCode::TOO_MANY_REQUESTS, title, fix)
        .detail(format!("it is heard again in {seconds} s"))
        .retry_after(seconds)
}

pub(in crate::http) fn crowded() -> Problem {
    let title = (
        "This phone sends too many requests at once",
        "此手机同时发送的请求过多",
    );
    let fix = (
        "Send one after the other, after as long as Retry-After says. If the phone sends nothing, somebody may use its sign-in: \
         ask whoever runs the server to revoke it. Unsent work stays on the phone.",
        "请按 Retry-After 的时间等待后逐个发送。若手机并未发送，可能有人盗用其登录，请联系管理员停用此设备。未发送的内容仍保留在手机上。",
    );
    problem("too-many-at-once", StatusCode::TOO_MANY_REQUESTS, title, fix).retry_after(5)
}

pub(in crate::http) fn body_slow() -> Problem {
    let title = ("The body took too long", "请求内容传输超时");
    let fix = ("Try again with a better connection.", "请在网络较好时重试。");
    problem("body-slow", StatusCode::REQUEST_TIMEOUT, title, fix)
}

pub(in crate::http) fn body_truncated(detail: impl Into<String>) -> Problem {
    let title = ("The body is cut off or damaged", "请求内容不完整或已损坏");
    let fix = (
        "Send it again; nothing was stored.",
        "请重新发送；服务器未保存任何内容。",
    );
    problem("body-truncated", StatusCode::BAD_REQUEST, title, fix).detail(detail)
}

pub(in crate::http) fn body_malformed(detail: impl Into<String>) -> Problem {
    let title = ("The body does not read", "无法识别请求内容");
    let fix = (
        "Write it as docs/protocol.md says; nothing was stored.",
        "请按协议文档编写；服务器未保存任何内容。",
    );
    problem("body-malformed", StatusCode::BAD_REQUEST, title, fix).detail(detail)
}

pub(in crate::http) fn content_type(wanted: &str, got: Option<&str>) -> Problem {
    let title = ("This content type is not taken here", "不支持此内容类型");
    let fix = (
        "Send the content type that docs/protocol.md names.",
        "请使用协议文档规定的内容类型。",
    );
    let got = got.unwrap_or("none");
    problem("content-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, title, fix)
        .field("content-type")
        .detail(format!("{wanted} is taken, {got} came"))
}

pub(in crate::http) fn bad_field(field: &str, detail: impl Into<String>) -> Problem {
    let title = ("A field is missing or wrong", "缺少字段或字段有误");
    let fix = ("Correct the field that is named.", "请更正指出的字段。");
    problem("field", StatusCode::BAD_REQUEST, title, fix)
        .field(field)
        .detail(detail)
}

pub(in crate::http) fn token_missing() -> Problem {
    let title = ("No access token came with the request", "请求未附带访问令牌");
    let fix = (
        "Send `Authorization: Bearer TOKEN`; sign the phone in if it has none.",
        "请附带访问令牌；若没有，请先登录。",
    );
    problem("token-missing", StatusCode::UNAUTHORIZED, title, fix).field("authorization")
}

pub(in crate::http) fn stopping() -> Problem {
    let title = ("The server is stopping", "服务器正在停止");
    let fix = (
        "Try again in a moment; unsent work stays on the phone.",
        "请稍后重试；未发送的内容仍保留在手机上。",
    );
    problem("stopping", StatusCode::SERVICE_UNAVAILABLE, title, fix).retry_after(2)
}

pub(in crate::http) fn internal() -> Problem {
    let title = ("The server failed", "服务器出错");
    let fix = (
        "Try again later; unsent work stays on the phone. The server's log has the reason.",
        "请稍后重试；未发送的内容仍保留在手机上。原因见服务器日志。",
    );
    problem("internal", StatusCode::INTERNAL_SERVER_ERROR, title, fix)
}

#[cfg(test)]
mod tests {
    use fieldbook_core::model::{ServerId, TenantId};
    use uuid::Uuid;

    use super::*;
    use crate::exchange::Refused;
    use crate::identity::IdentityError;
    use crate::store::StoreError;

    /// Every reason that a request as a whole is refused for, one after the other; a new one has to find its place.
    fn after_refused(reason: Option<&Refused>) -> Option<Refused> {
        let server = |number| ServerId(Uuid::from_u128(number));
        Some(match reason {
            None => Refused::Protocol { got: 9, known: 1 },
            Some(Refused::Protocol { .. }) => Refused::Schema { got: 9, known: 1 },
            Some(Refused::Schema { .. }) => Refused::WrongServer {
                phone: server(1),
                ours: server(2),
            },
            Some(Refused::WrongServer { .. }) => Refused::Unsigned,
            Some(Refused::Unsigned) => Refused::WrongSignature,
            Some(Refused::WrongSignature) => Refused::TooMany {
                what: "sections",
                count: 9,
                limit: 1,
            },
            Some(Refused::TooMany { .. }) => Refused::Store(StoreError::Full),
            Some(Refused::Store(StoreError::Full)) => Refused::Store(StoreError::Disk("it fails".to_owned())),
            Some(Refused::Store(StoreError::Disk(_))) => Refused::Store(StoreError::Busy),
            Some(Refused::Store(StoreError::Busy)) => Refused::Store(StoreError::Stopped),
            Some(Refused::Store(StoreError::Stopped)) => Refused::Store(StoreError::Panicked),
            Some(Refused::Store(_)) => return None,
        })
    }

    /// The same for sign-ins.
    fn after_identity(reason: Option<&IdentityError>) -> Option<IdentityError> {
        Some(match reason {
            None => IdentityError::UnknownCode,
            Some(IdentityError::UnknownCode) => IdentityError::UsedCode,
            Some(IdentityError::UsedCode) => IdentityError::ExpiredCode,
            Some(IdentityError::ExpiredCode) => IdentityError::BadKey,
            Some(IdentityError::BadKey) => IdentityError::KeyTaken,
            Some(IdentityError::KeyTaken) => IdentityError::UnknownKey,
            Some(IdentityError::UnknownKey) => IdentityError::WrongSignature,
            Some(IdentityError::WrongSignature) => IdentityError::Copied,
            Some(IdentityError::Copied) => IdentityError::TooManyCopies("too often".to_owned()),
            Some(IdentityError::TooManyCopies(_)) => IdentityError::DeviceRevoked,
            Some(IdentityError::DeviceRevoked) => IdentityError::Malformed,
            Some(IdentityError::Malformed) => IdentityError::OtherTenant(TenantId(Uuid::from_u128(1))),
            Some(IdentityError::OtherTenant(_)) => IdentityError::UnknownToken,
            Some(IdentityError::UnknownToken) => IdentityError::ExpiredToken,
            Some(IdentityError::ExpiredToken) => IdentityError::NothingToResume,
            Some(IdentityError::NothingToResume) => IdentityError::Revoked,
            Some(IdentityError::Revoked) => IdentityError::Store(StoreError::Busy),
            Some(IdentityError::Store(_)) => return None,
        })
    }

    fn says_everything(problem: &Problem) {
        let body = serde_json::to_value(problem).unwrap();
        for name in ["type", "title", "title_zh", "detail", "fix", "fix_zh"] {
            assert!(
                body[name].as_str().is_some_and(|text| !text.is_empty()),
                "{name} in {body}"
            );
        }
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for name in ["title_zh", "fix_zh"] {
            assert!(
                body[name].as_str().unwrap().chars().any(is_chinese),
                "{name} in {body}"
            );
        }
    }

    #[test]
    fn every_problem_says_what_is_wrong_and_what_to_do_in_both_languages() {
        let refused = std::iter::successors(after_refused(None), |reason| after_refused(Some(reason)));
        let identity = std::iter::successors(after_identity(None), |reason| after_identity(Some(reason)));
        let of_the_door = [
            not_found("/x"),
            wrong_method("/x"),
            body_too_large(),
            throttled(7),
            crowded(),
            body_slow(),
            body_truncated("it ends too early"),
            body_malformed("no array"),
            content_type("a", None),
            bad_field("code", "it is missing"),
            token_missing(),
            stopping(),
            internal(),
        ];
        let all = refused
            .map(Problem::from)
            .chain(identity.map(Problem::from))
            .chain(of_the_door);
        let mut kinds = std::collections::BTreeSet::new();
        for problem in all {
            says_everything(&problem);
            kinds.insert(problem.kind().to_owned());
        }
        assert!(kinds.len() >= 30, "{} kinds: {kinds:?}", kinds.len());
    }
}
