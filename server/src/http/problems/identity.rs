impl From<IdentityError> for Problem {
    fn from(error: IdentityError) -> Self {
        let detail = error.to_string();
        let new_code = (
            "Ask whoever runs the server for a new enrolment code.",
            "请向管理员索取新的登录码。",
        );
        let sign_in = (
            "Ask for a new enrolment code; unsent work stays on the phone.",
            "请索取新的登录码；未发送的内容仍保留在手机上。",
        );
        let (name, status, title, fix, field) = match &error {
            IdentityError::UnknownCode => {
                let fix = (
                    "Check the code: 8 letters and digits, for example 7K3M-Q8RT.",
                    "请核对登录码：8 位字母和数字，例如 7K3M-Q8RT。",
                );
                (
                    "code-unknown",
                    StatusCode::FORBIDDEN,
                    ("This code is not known", "登录码无效"),
                    fix,
                    Some("code"),
                )
            }
            IdentityError::UsedCode => (
                "code-used",
                StatusCode::CONFLICT,
                ("This code was used already", "登录码已被使用"),
                new_code,
                Some("code"),
            ),
            IdentityError::ExpiredCode => (
                "code-expired",
                StatusCode::GONE,
                ("This code has expired", "登录码已过期"),
                new_code,
                Some("code"),
            ),
            IdentityError::BadKey => {
                let fix = (
                    "Send an Ed25519 public key as 64 hexadecimal digits.",
                    "请提供 64 位十六进制的 Ed25519 公钥。",
                );
                (
                    "key-unusable",
                    StatusCode::BAD_REQUEST,
                    ("The device's key is not usable", "设备密钥不可用"),
                    fix,
                    Some("public_key"),
                )
            }
            IdentityError::KeyTaken => {
                let fix = (
                    "Make a new device key for this person.",
                    "请为此人生成新的设备密钥。",
                );
                (
                    "key-taken",
                    StatusCode::CONFLICT,
                    ("This device key is somebody else's", "该设备密钥属于他人"),
                    fix,
                    Some("public_key"),
                )
            }
            IdentityError::DeviceRevoked => {
                let fix = (
                    "Ask whoever runs the server; unsent work stays on the phone.",
                    "请联系管理员；未发送的内容仍保留在手机上。",
                );
                (
                    "device-revoked",
                    StatusCode::FORBIDDEN,
                    ("This device was revoked", "此设备已被停用"),
                    fix,
                    None,
                )
            }
            IdentityError::Malformed => (
                "token-malformed",
                StatusCode::UNAUTHORIZED,
                ("This is not a token of Fieldbook", "令牌格式有误"),
                sign_in,
                None,
            ),
            IdentityError::OtherTenant(_) => {
                let fix = (
                    "Check the server's address, or sign in here with a new enrolment code; unsent work stays on the phone.",
                    "请检查服务器地址，或用新的登录码登录本服务器；未发送的内容仍保留在手机上。",
                );
                (
                    "other-organisation",
                    StatusCode::FORBIDDEN,
                    (
                        "This phone is signed in to another organisation",
                        "此手机登录的是另一家组织",
                    ),
                    fix,
                    Some("authorization"),
                )
            }
            IdentityError::UnknownToken => (
                "token-unknown",
                StatusCode::UNAUTHORIZED,
                ("This token is not known", "令牌无效"),
                sign_in,
                None,
            ),
            IdentityError::ExpiredToken => {
                let fix = (
                    "Get a new one with the refresh token.",
                    "请用刷新令牌换取新令牌。",
                );
                (
                    "token-expired",
                    StatusCode::UNAUTHORIZED,
                    ("This token has expired", "令牌已过期"),
                    fix,
                    None,
                )
            }
            IdentityError::Revoked => (
                "signed-out",
                StatusCode::UNAUTHORIZED,
                ("This sign-in was ended", "登录已终止"),
                sign_in,
                None,
            ),
            IdentityError::Store(error) => return error.clone().into(),
        };
        let problem = problem(name, status, title, fix).detail(detail);
        match field {
            Some(field) => problem.field(field),
            None => problem,
        }
    }
}
