//! Every problem the server answers with, in one list.

use axum::http::StatusCode;
use fieldbook_core::model::Words;
use fieldbook_core::wire::MAX_BODY;

use super::Problem;
use crate::exchange::Refused;
use crate::identity::IdentityError;
use crate::store::StoreError;

fn problem(name: &str, status: StatusCode, title: (&str, &str), fix: (&str, &str)) -> Problem {
    Problem::new(name, status, Words::new(title.0, title.1), Words::new(fix.0, fix.1))
}

pub(super) fn not_found(path: &str) -> Problem {
    let title = ("There is nothing at this address", "此地址没有内容");
    let fix = ("Check the server's address and the app's version.", "请检查服务器地址和应用版本。");
    problem("not-found", StatusCode::NOT_FOUND, title, fix).detail(format!("nothing is at {path}"))
}

pub(super) fn wrong_method(path: &str) -> Problem {
    let title = ("This address takes another method", "此地址不接受该请求方法");
    let fix = ("Use the method that docs/protocol.md names.", "请使用协议文档规定的请求方法。");
    problem("wrong-method", StatusCode::METHOD_NOT_ALLOWED, title, fix)
        .detail(format!("{path} takes another method"))
}

pub(super) fn body_too_large() -> Problem {
    let title = ("The body is too large", "请求内容过大");
    let fix = ("Send less at a time.", "请分批发送。");
    problem("body-too-large", StatusCode::PAYLOAD_TOO_LARGE, title, fix)
        .detail(format!("at most {MAX_BODY} bytes are taken"))
}

pub(super) fn body_slow() -> Problem {
    let title = ("The body took too long", "请求内容传输超时");
    let fix = ("Try again with a better connection.", "请在网络较好时重试。");
    problem("body-slow", StatusCode::REQUEST_TIMEOUT, title, fix)
}

pub(super) fn body_truncated(detail: impl Into<String>) -> Problem {
    let title = ("The body is cut off or damaged", "请求内容不完整或已损坏");
    let fix = ("Send it again; nothing was stored.", "请重新发送；服务器未保存任何内容。");
    problem("body-truncated", StatusCode::BAD_REQUEST, title, fix).detail(detail)
}

pub(super) fn body_malformed(detail: impl Into<String>) -> Problem {
    let title = ("The body does not read", "无法识别请求内容");
    let fix = ("Write it as docs/protocol.md says; nothing was stored.", "请按协议文档编写；服务器未保存任何内容。");
    problem("body-malformed", StatusCode::BAD_REQUEST, title, fix).detail(detail)
}

pub(super) fn content_type(wanted: &str, got: Option<&str>) -> Problem {
    let title = ("This content type is not taken here", "不支持此内容类型");
    let fix = ("Send the content type that docs/protocol.md names.", "请使用协议文档规定的内容类型。");
    let got = got.unwrap_or("none");
    problem("content-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, title, fix)
        .field("content-type")
        .detail(format!("{wanted} is taken, {got} came"))
}

pub(super) fn bad_field(field: &str, detail: impl Into<String>) -> Problem {
    let title = ("A field is missing or wrong", "缺少字段或字段有误");
    let fix = ("Correct the field that is named.", "请更正指出的字段。");
    problem("field", StatusCode::BAD_REQUEST, title, fix).field(field).detail(detail)
}

pub(super) fn token_missing() -> Problem {
    let title = ("No access token came with the request", "请求未附带访问令牌");
    let fix = ("Send `Authorization: Bearer TOKEN`; sign the phone in if it has none.", "请附带访问令牌；若没有，请先登录。");
    problem("token-missing", StatusCode::UNAUTHORIZED, title, fix).field("authorization")
}

pub(super) fn token_stolen() -> Problem {
    let title = ("This sign-in was ended because its token was used twice", "登录令牌被重复使用，登录已终止");
    let fix = (
        "Ask for a new enrolment code. If you did not copy the phone's data, tell whoever runs the server. Unsent work stays on the phone.",
        "请索取新的登录码。若您没有复制过手机数据，请告知管理员。未发送的内容仍保留在手机上。",
    );
    problem("token-stolen", StatusCode::UNAUTHORIZED, title, fix)
}

pub(super) fn stopping() -> Problem {
    let title = ("The server is stopping", "服务器正在停止");
    let fix = ("Try again in a moment; unsent work stays on the phone.", "请稍后重试；未发送的内容仍保留在手机上。");
    problem("stopping", StatusCode::SERVICE_UNAVAILABLE, title, fix).retry_after(2)
}

pub(super) fn internal() -> Problem {
    let title = ("The server failed", "服务器出错");
    let fix = ("Try again later; unsent work stays on the phone. The server's log has the reason.", "请稍后重试；未发送的内容仍保留在手机上。原因见服务器日志。");
    problem("internal", StatusCode::INTERNAL_SERVER_ERROR, title, fix)
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let fix = ("Nothing is lost; the phone tries again by itself.", "不会丢失任何内容；手机会自动重试。");
        match &error {
            StoreError::Full => {
                let title = ("The server's disk is full", "服务器磁盘已满");
                tracing::error!(%error, "the disk is full");
                problem("disk-full", StatusCode::SERVICE_UNAVAILABLE, title, fix).retry_after(60)
            }
            StoreError::Busy => {
                let title = ("The server is busy", "服务器繁忙");
                problem("busy", StatusCode::SERVICE_UNAVAILABLE, title, fix).retry_after(2)
            }
            StoreError::Stopped => stopping(),
            // The text may name files: it is for the log, not for strangers.
            _ => {
                tracing::error!(%error, "the store failed");
                internal()
            }
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let detail = refused.to_string();
        match refused {
            Refused::Protocol { .. } => protocol(detail),
            Refused::Schema { .. } => {
                let title = ("The app's data format is newer than the server's", "应用的数据格式比服务器新");
                let fix = ("Update the server; unsent work stays on the phone.", "请升级服务器；未发送的内容仍保留在手机上。");
                problem("schema-unknown", StatusCode::BAD_REQUEST, title, fix).field("schema").detail(detail)
            }
            Refused::WrongServer { .. } => {
                let title = ("This phone belongs to another server", "此手机属于另一台服务器");
                let fix = ("Check the server's address; nothing on the phone was changed.", "请检查服务器地址；手机上的内容未被改动。");
                problem("wrong-server", StatusCode::CONFLICT, title, fix).field("cursor.server").detail(detail)
            }
            Refused::TooMany { .. } => {
                let fix = ("Send less at a time.", "请分批发送。");
                let title = ("Too much in one request", "单次请求内容过多");
                problem("too-many", StatusCode::BAD_REQUEST, title, fix).field("upload").detail(detail)
            }
            Refused::Store(error) => error.into(),
        }
    }
}

/// An envelope of a version that this server does not speak.
pub(super) fn protocol(detail: impl Into<String>) -> Problem {
    let title = ("The app and the server speak different versions", "应用与服务器的协议版本不同");
    let fix = ("Update the older of the two; unsent work stays on the phone.", "请升级较旧的一方；未发送的内容仍保留在手机上。");
    problem("protocol-version", StatusCode::BAD_REQUEST, title, fix).field("protocol").detail(detail)
}

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        let detail = error.to_string();
        let new_code = ("Ask whoever runs the server for a new enrolment code.", "请向管理员索取新的登录码。");
        let sign_in = ("Ask for a new enrolment code; unsent work stays on the phone.", "请索取新的登录码；未发送的内容仍保留在手机上。");
        let (name, status, title, fix, field) = match &error {
            IdentityError::UnknownCode => {
                let fix = ("Check the code: 8 letters and digits, for example 7K3M-Q8RT.", "请核对登录码：8 位字母和数字，例如 7K3M-Q8RT。");
                ("code-unknown", StatusCode::FORBIDDEN, ("This code is not known", "登录码无效"), fix, Some("code"))
            }
            IdentityError::UsedCode => {
                ("code-used", StatusCode::CONFLICT, ("This code was used already", "登录码已被使用"), new_code, Some("code"))
            }
            IdentityError::ExpiredCode => {
                ("code-expired", StatusCode::GONE, ("This code has expired", "登录码已过期"), new_code, Some("code"))
            }
            IdentityError::BadKey => {
                let fix = ("Send an Ed25519 public key as 64 hexadecimal digits.", "请提供 64 位十六进制的 Ed25519 公钥。");
                ("key-unusable", StatusCode::BAD_REQUEST, ("The device's key is not usable", "设备密钥不可用"), fix, Some("public_key"))
            }
            IdentityError::KeyTaken => {
                let fix = ("Make a new device key for this person.", "请为此人生成新的设备密钥。");
                ("key-taken", StatusCode::CONFLICT, ("This device key is somebody else's", "该设备密钥属于他人"), fix, Some("public_key"))
            }
            IdentityError::DeviceRevoked => {
                let fix = ("Ask whoever runs the server; unsent work stays on the phone.", "请联系管理员；未发送的内容仍保留在手机上。");
                ("device-revoked", StatusCode::FORBIDDEN, ("This device was revoked", "此设备已被停用"), fix, None)
            }
            IdentityError::Malformed => {
                ("token-malformed", StatusCode::UNAUTHORIZED, ("This is not a token of Fieldbook", "令牌格式有误"), sign_in, None)
            }
            IdentityError::OtherTenant { here, .. } => return other_tenant(&detail, here),
            IdentityError::UnknownToken => {
                ("token-unknown", StatusCode::UNAUTHORIZED, ("This token is not known", "令牌无效"), sign_in, None)
            }
            IdentityError::ExpiredToken => {
                let fix = ("Get a new one with the refresh token.", "请用刷新令牌换取新令牌。");
                ("token-expired", StatusCode::UNAUTHORIZED, ("This token has expired", "令牌已过期"), fix, None)
            }
            IdentityError::Revoked => {
                ("signed-out", StatusCode::UNAUTHORIZED, ("This sign-in was ended", "登录已终止"), sign_in, None)
            }
            IdentityError::Store(error) => return error.clone().into(),
        };
        let problem = problem(name, status, title, fix).detail(detail);
        match field {
            Some(field) => problem.field(field),
            None => problem,
        }
    }
}

fn other_tenant(detail: &str, here: &[String]) -> Problem {
    let title = ("This phone is signed in to another organisation", "此手机登录的是另一家组织");
    let fix = (
        "Check the server's address, or sign in here with a new enrolment code; unsent work stays on the phone.",
        "请检查服务器地址，或用新的登录码登录本服务器；未发送的内容仍保留在手机上。",
    );
    problem("other-organisation", StatusCode::FORBIDDEN, title, fix)
        .field("authorization")
        .detail(format!("{detail}; here is: {}", here.join(", ")))
}
