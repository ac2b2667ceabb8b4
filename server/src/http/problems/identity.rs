use axum::http::StatusCode;

use super::{Problem, problem, signature_wrong};
use crate::identity::IdentityError;

type Texts = (&'static str, &'static str);

const NEW_CODE: Texts = (
    "Ask whoever runs the server for a new enrolment code.",
    "请向管理员索取新的登录码。",
);
const SIGN_IN: Texts = (
    "Ask for a new enrolment code; unsent work stays on the phone.",
    "请索取新的登录码；未发送的内容仍保留在手机上。",
);
const ASK: Texts = (
    "Ask whoever runs the server; unsent work stays on the phone.",
    "请联系管理员；未发送的内容仍保留在手机上。",
);

impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        let detail = error.to_string();
        match error {
            IdentityError::UnknownCode | IdentityError::UsedCode | IdentityError::ExpiredCode => {
                of_code(&error).field("code").detail(detail)
            }
            IdentityError::UnknownKey => of_key(&error).field("former").detail(detail),
            IdentityError::BadKey | IdentityError::KeyTaken => {
                of_key(&error).field("public_key").detail(detail)
            }
            IdentityError::WrongSignature => signature_wrong(detail),
            IdentityError::TooManyCopies(_) => too_many_copies().field("former").detail(detail),
            IdentityError::Copied => copied().field("number").detail(detail),
            IdentityError::Store(error) => error.into(),
            error => of_token(&error).detail(detail),
        }
    }
}

fn copied() -> Problem {
    let title = ("This phone is a copy of another", "此手机是另一台手机的副本");
    let fix = (
        "The app takes an identity of its own and sends again by itself; nothing is lost on either phone.",
        "应用会自动获取新的身份并重新发送；两台手机上的内容都不会丢失。",
    );
    problem("device-copied", StatusCode::CONFLICT, title, fix)
}

fn too_many_copies() -> Problem {
    let title = ("This phone was copied too often", "此手机被复制的次数过多");
    let fix = (
        "Ask whoever runs the server for a new enrolment code, and sign this phone in with it; unsent work stays on the phone.",
        "请向管理员索取新的登录码，并用它登录此手机；未发送的内容仍保留在手机上。",
    );
    problem("copies-too-many", StatusCode::FORBIDDEN, title, fix)
}

fn of_code(error: &IdentityError) -> Problem {
    match error {
        IdentityError::UsedCode => {
            let title = ("This code was used already", "登录码已被使用");
            problem("code-used", StatusCode::CONFLICT, title, NEW_CODE)
        }
        IdentityError::ExpiredCode => {
            let title = ("This code has expired", "登录码已过期");
            problem("code-expired", StatusCode::GONE, title, NEW_CODE)
        }
        _ => {
            let fix = (
                "Check the code: 8 letters and digits, for example 7K3M-Q8RT.",
                "请核对登录码：8 位字母和数字，例如 7K3M-Q8RT。",
            );
            problem(
                "code-unknown",
                StatusCode::FORBIDDEN,
                ("This code is not known", "登录码无效"),
                fix,
            )
        }
    }
}

fn of_key(error: &IdentityError) -> Problem {
    if *error == IdentityError::KeyTaken {
        let title = ("This device key is somebody else's", "该设备密钥属于他人");
        let fix = (
            "Make a new device key for this person.",
            "请为此人生成新的设备密钥。",
        );
        return problem("key-taken", StatusCode::CONFLICT, title, fix);
    }
    if *error == IdentityError::UnknownKey {
        let title = ("No device has this key", "没有使用该密钥的设备");
        return problem("key-unknown", StatusCode::FORBIDDEN, title, SIGN_IN);
    }
    let title = ("The device's key is not usable", "设备密钥不可用");
    let fix = (
        "Send an Ed25519 public key of this device as 64 hexadecimal digits.",
        "请提供本设备的 Ed25519 公钥（64 位十六进制）。",
    );
    problem("key-unusable", StatusCode::BAD_REQUEST, title, fix)
}

fn of_token(error: &IdentityError) -> Problem {
    match error {
        IdentityError::DeviceRevoked => {
            let title = ("This device was revoked", "此设备已被停用");
            problem("device-revoked", StatusCode::FORBIDDEN, title, ASK)
        }
        IdentityError::OtherTenant(_) => {
            let title = (
                "This phone is signed in to another organisation",
                "此手机登录的是另一家组织",
            );
            let fix = (
                "Check the server's address, or sign in here with a new enrolment code; unsent work stays on the phone.",
                "请检查服务器地址，或用新的登录码登录本服务器；未发送的内容仍保留在手机上。",
            );
            problem("other-organisation", StatusCode::FORBIDDEN, title, fix)
        }
        IdentityError::ExpiredToken => {
            let fix = (
                "Get a new one with the refresh token.",
                "请用刷新令牌换取新令牌。",
            );
            let title = ("This token has expired", "令牌已过期");
            problem("token-expired", StatusCode::UNAUTHORIZED, title, fix)
        }
        IdentityError::UnknownToken => {
            let title = ("This token is not known", "令牌无效");
            problem("token-unknown", StatusCode::UNAUTHORIZED, title, SIGN_IN)
        }
        IdentityError::NothingToResume => {
            let title = ("This sign-in cannot be taken up again", "此登录无法恢复");
            problem("nothing-to-resume", StatusCode::FORBIDDEN, title, SIGN_IN)
        }
        IdentityError::Revoked => {
            let title = ("This sign-in was ended", "登录已终止");
            problem("signed-out", StatusCode::UNAUTHORIZED, title, SIGN_IN)
        }
        _ => {
            let title = ("This is not a token of Fieldbook", "令牌格式有误");
            problem("token-malformed", StatusCode::UNAUTHORIZED, title, SIGN_IN)
        }
    }
}
