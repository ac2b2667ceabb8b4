use axum::http::StatusCode;

use super::{Problem, internal, problem, stopping};
use crate::exchange::Refused;
use crate::store::StoreError;

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let fix = (
            "Nothing is lost; the phone tries again by itself.",
            "不会丢失任何内容；手机会自动重试。",
        );
        match &error {
            StoreError::Full => {
                let title = ("The server's disk is full", "服务器磁盘已满");
                tracing::error!(%error, "the disk is full");
                problem("disk-full", StatusCode::SERVICE_UNAVAILABLE, title, fix).retry_after(60)
            }
            StoreError::Disk(_) => {
                let title = ("The server's disk fails", "服务器磁盘故障");
                tracing::error!(%error, "the disk fails");
                problem("disk-failing", StatusCode::SERVICE_UNAVAILABLE, title, fix).retry_after(60)
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
                let title = (
                    "The app's data format is newer than the server's",
                    "应用的数据格式比服务器新",
                );
                let fix = (
                    "Update the server; unsent work stays on the phone.",
                    "请升级服务器；未发送的内容仍保留在手机上。",
                );
                problem("schema-unknown", StatusCode::BAD_REQUEST, title, fix)
                    .field("schema")
                    .detail(detail)
            }
            Refused::WrongServer { .. } => {
                let title = ("This phone belongs to another server", "此手机属于另一台服务器");
                let fix = (
                    "Check the server's address; nothing on the phone was changed.",
                    "请检查服务器地址；手机上的内容未被改动。",
                );
                problem("wrong-server", StatusCode::CONFLICT, title, fix)
                    .field("cursor.server")
                    .detail(detail)
            }
            Refused::Unsigned => signature_missing(),
            Refused::WrongSignature => signature_wrong(detail),
            Refused::TooMany { .. } => {
                let fix = ("Send less at a time.", "请分批发送。");
                let title = ("Too much in one request", "单次请求内容过多");
                problem("too-many", StatusCode::BAD_REQUEST, title, fix)
                    .field("upload")
                    .detail(detail)
            }
            Refused::Store(error) => error.into(),
        }
    }
}

/// A request without a signature.
pub(in crate::http) fn signature_missing() -> Problem {
    let title = ("The request is not signed", "请求缺少签名");
    let fix = (
        "Update the app: it signs each request with the phone's key. Unsent work stays on the phone.",
        "请更新应用：每个请求都须用手机密钥签名。未发送的内容仍保留在手机上。",
    );
    problem("signature-missing", StatusCode::FORBIDDEN, title, fix).field("signature")
}

/// A request that somebody else signed, or that was changed on the way.
pub(in crate::http) fn signature_wrong(detail: impl Into<String>) -> Problem {
    let title = ("The signature is not this phone's", "签名与此手机不符");
    let fix = (
        "Send it from the phone that is signed in. If this is that phone, sign it in again with a new enrolment code; \
         unsent work stays on it.",
        "请用已登录的手机发送。若本机就是该手机，请用新的登录码重新登录；未发送的内容仍保留在手机上。",
    );
    problem("signature-wrong", StatusCode::FORBIDDEN, title, fix)
        .field("signature")
        .detail(detail)
}

/// An envelope of a version that this server does not speak.
pub(in crate::http) fn protocol(detail: impl Into<String>) -> Problem {
    let title = (
        "The app and the server speak different versions",
        "应用与服务器的协议版本不同",
    );
    let fix = (
        "Update the older of the two; unsent work stays on the phone.",
        "请升级较旧的一方；未发送的内容仍保留在手机上。",
    );
    problem("protocol-version", StatusCode::BAD_REQUEST, title, fix)
        .field("protocol")
        .detail(detail)
}
