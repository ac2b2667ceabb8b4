use super::driver::DriverError;
use super::transport::{Problem, TransportError};
use crate::model::Words;
use crate::replica::ReplicaError;

/// What went wrong between a phone and its server, as far as somebody acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// No network, no server: it goes on by itself.
    Unreachable,
    /// The server asked to come back later.
    Busy {
        /// After how many milliseconds.
        retry_after_ms: u64,
    },
    /// The enrolment code is unknown, used or expired.
    Code,
    /// The key of this phone is another person's: another replica has to sign in.
    KeyTaken,
    /// The sign-in was ended or the device revoked: sign in again.
    SignInEnded,
    /// Another server or another organisation answered.
    WrongServer,
    /// One of the two is too old for the other.
    Version,
    /// The answer does not read; a sign-in page of the network may have answered.
    Answer,
    /// The server refuses the request as a whole.
    Refused,
    /// The replica does not read or write.
    Replica,
}

/// What went wrong, and what it means for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What.
    pub kind: TroubleKind,
    /// What to say.
    pub words: Words,
}

impl Trouble {
    /// What an error means.
    pub fn of(error: &DriverError) -> Self {
        match error {
            DriverError::Transport(error) => of_transport(error),
            DriverError::Replica(ReplicaError::Answer(_)) => unreadable(),
            DriverError::Replica(
                error @ (ReplicaError::WrongServer { .. } | ReplicaError::AnotherPerson),
            ) => Self {
                kind: TroubleKind::WrongServer,
                words: error.words(),
            },
            DriverError::Replica(ReplicaError::NotEnrolled) => Self {
                kind: TroubleKind::SignInEnded,
                words: ReplicaError::NotEnrolled.words(),
            },
            DriverError::Replica(error) => Self {
                kind: TroubleKind::Replica,
                words: error.words(),
            },
            DriverError::Interrupted => Self {
                kind: TroubleKind::Unreachable,
                words: Words::new(
                    "Syncing was interrupted. Nothing is lost; try again.",
                    "同步被中断。内容没有丢失，请重试。",
                ),
            },
        }
    }
}

fn of_transport(error: &TransportError) -> Trouble {
    match error {
        TransportError::Unreachable(_) => Trouble {
            kind: TroubleKind::Unreachable,
            words: Words::new(
                "The server cannot be reached. Your work is safe on this phone and goes out by itself.",
                "暂时连不上服务器。您的内容已保存在本机，恢复连接后会自动发送。",
            ),
        },
        TransportError::Busy { retry_after_ms } => Trouble {
            kind: TroubleKind::Busy {
                retry_after_ms: *retry_after_ms,
            },
            words: Words::new(
                "The server is busy. Your work is safe on this phone and goes out by itself.",
                "服务器繁忙。您的内容已保存在本机，稍后会自动发送。",
            ),
        },
        TransportError::Unauthorised(problem) => of_problem(problem, TroubleKind::SignInEnded),
        TransportError::Copied(problem) => of_problem(problem, TroubleKind::Refused),
        TransportError::Refused { problem, .. } => of_problem(problem, TroubleKind::Refused),
        TransportError::Answer(_) => unreadable(),
    }
}

/// The server's own words, when it has some.
fn of_problem(problem: &Problem, otherwise: TroubleKind) -> Trouble {
    let kind = match problem.name() {
        // The server's words about tokens are for programs.
        "token-expired" | "token-unknown" | "token-malformed" => return signed_out(),
        "code-unknown" | "code-used" | "code-expired" => TroubleKind::Code,
        "key-taken" => TroubleKind::KeyTaken,
        "device-revoked" => TroubleKind::SignInEnded,
        "wrong-server" | "other-organisation" => TroubleKind::WrongServer,
        "protocol-version" | "schema-unknown" => TroubleKind::Version,
        _ => otherwise,
    };
    if problem.title.is_empty() {
        // No problem of ours: whatever answered, it was not a Fieldbook server.
        return Trouble {
            kind: TroubleKind::Answer,
            ..unreadable()
        };
    }
    Trouble {
        kind,
        words: Words::new(
            format!("{}. {}", problem.title, problem.fix),
            format!("{}。{}", problem.title_zh, problem.fix_zh),
        ),
    }
}

fn signed_out() -> Trouble {
    Trouble {
        kind: TroubleKind::SignInEnded,
        words: Words::new(
            "You are not signed in on this phone any more. Ask your administrator for a new code and sign in again; unsent \
             work stays on the phone.",
            "本机的登录已失效。请向管理员索取新的登录码并重新登录；未发送的内容仍保留在本机。",
        ),
    }
}

fn unreadable() -> Trouble {
    Trouble {
        kind: TroubleKind::Answer,
        words: Words::new(
            "Something else answered in place of the server. Is there a sign-in page of this network? Open it, or use \
             another network; your work is safe on this phone.",
            "收到的不是服务器的答复。当前网络可能需要先登录，请打开登录页面或更换网络；您的内容已保存在本机。",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: &str, title: &str) -> DriverError {
        let problem = Problem {
            kind: format!("urn:fieldbook:problem:{kind}"),
            title: title.to_owned(),
            title_zh: "登录码已被使用".to_owned(),
            fix: "Ask for a new one.".to_owned(),
            fix_zh: "请索取新的登录码。".to_owned(),
            ..Problem::default()
        };
        DriverError::Transport(TransportError::Refused { status: 409, problem })
    }

    #[test]
    fn a_used_code_is_said_in_the_servers_words() {
        let trouble = Trouble::of(&refused("code-used", "This code was used already"));
        assert_eq!(trouble.kind, TroubleKind::Code);
        assert_eq!(trouble.words.en, "This code was used already. Ask for a new one.");
        assert_eq!(trouble.words.zh, "登录码已被使用。请索取新的登录码。");
    }

    #[test]
    fn an_expired_sign_in_is_said_without_tokens() {
        for kind in ["token-expired", "token-unknown", "token-malformed"] {
            let problem = Problem {
                kind: format!("urn:fieldbook:problem:{kind}"),
                title: "This token has expired".to_owned(),
                fix: "Get a new one with the refresh token.".to_owned(),
                ..Problem::default()
            };
            let trouble = Trouble::of(&DriverError::Transport(TransportError::Unauthorised(problem)));
            assert_eq!(trouble.kind, TroubleKind::SignInEnded);
            assert!(!trouble.words.en.contains("token") && trouble.words.en.contains("unsent work stays"));
            assert!(!trouble.words.zh.contains("令牌") && trouble.words.zh.contains("重新登录"));
        }
    }

    #[test]
    fn a_portal_that_answers_for_the_server_is_named() {
        let portal = DriverError::Transport(TransportError::Refused {
            status: 403,
            problem: Problem::default(),
        });
        assert_eq!(Trouble::of(&portal).kind, TroubleKind::Answer);
        let page = DriverError::Replica(ReplicaError::Answer("not zstd".to_owned()));
        assert_eq!(Trouble::of(&page), Trouble::of(&portal));
    }
}
