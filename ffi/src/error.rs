use fieldbook_core::document::CommandError;
use fieldbook_core::model;
use fieldbook_core::replica::phone::PhoneError;
use fieldbook_core::replica::sync::{DriverError, Trouble, TroubleKind};
use fieldbook_core::replica::{ReplicaError, StoreError};

use crate::{PlatformError, Unsent};

/// A message in both languages, each written on its own.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Words {
    /// English.
    pub en: String,
    /// 简体中文.
    pub zh: String,
}

/// What an app acts on. `words` say what happened, what is safe and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum FieldbookError {
    /// A rule or the record forbids it: show why. Nothing was written.
    #[error("{rule} {path}: {}", .words.en)]
    Refused {
        /// The rule's stable name, for example `plan.started`.
        rule: String,
        /// The field it is about, may be empty.
        path: String,
        /// What to say.
        words: Words,
    },
    /// The record, line or parked item is not on this phone (any more): look at the list again.
    #[error("{}", .words.en)]
    Missing {
        /// What to say.
        words: Words,
    },
    /// Nobody is signed in: show the sign-in.
    #[error("{}", .words.en)]
    NotSignedIn {
        /// What to say.
        words: Words,
    },
    /// The server ended this sign-in or revoked the device: sign in again. Unsent work stays.
    #[error("{}", .words.en)]
    SignInEnded {
        /// What to say.
        words: Words,
    },
    /// The code is unknown, used or expired, or the link is none: ask for a new one.
    #[error("{}", .words.en)]
    Code {
        /// What to say.
        words: Words,
    },
    /// No network, no server: goes on by itself.
    #[error("{}", .words.en)]
    Unreachable {
        /// What to say.
        words: Words,
    },
    /// The server asks to come back later: goes on by itself.
    #[error("{}", .words.en)]
    Busy {
        /// After how many milliseconds.
        retry_after_ms: u64,
        /// What to say.
        words: Words,
    },
    /// Something else answered for the server, such as a network's sign-in page: open it, or change the network.
    #[error("{}", .words.en)]
    Portal {
        /// What to say.
        words: Words,
    },
    /// Another server, organisation or person than this replica's: check the address. Nothing was changed.
    #[error("{}", .words.en)]
    WrongServer {
        /// What to say.
        words: Words,
    },
    /// The app, the server or the file is of another version: update. Nothing was changed.
    #[error("{}", .words.en)]
    Update {
        /// What to say.
        words: Words,
    },
    /// The replica's file is damaged: offer to recover it, never delete it.
    #[error("{}", .words.en)]
    FileDamaged {
        /// What to say.
        words: Words,
    },
    /// One record does not read; all others do.
    #[error("{}", .words.en)]
    RecordDamaged {
        /// What to say.
        words: Words,
    },
    /// The key of the replica is gone. The file was set aside and nobody is signed in: show this, then the sign-in.
    #[error("{}", .words.en)]
    KeyLost {
        /// Where the file is now.
        path: String,
        /// What the server does not have of it.
        unsent: Unsent,
        /// What to say.
        words: Words,
    },
    /// The phone could not store or read it. Nothing was written.
    #[error("{detail}")]
    Storage {
        /// True when the disk is full.
        full: bool,
        /// For the log.
        detail: String,
        /// What to say.
        words: Words,
    },
    /// The caller's [`Cancel`](crate::Cancel) ended it.
    #[error("cancelled")]
    Cancelled,
    /// What the app gave (a clock, a key store, a place, an identifier) failed: a defect of the app, or a locked phone.
    #[error("{detail}")]
    Platform {
        /// For the log.
        detail: String,
        /// What to say.
        words: Words,
    },
    /// A defect of this library. What was saved before is safe; offer the report for support.
    #[error("{detail}")]
    Defect {
        /// For the log.
        detail: String,
        /// What to say.
        words: Words,
    },
}

/// What to throw when a call into this library ended in a panic: an SDK makes it from uniffi's own exception, so that an app
/// has one kind of error.
#[uniffi::export]
pub fn defect(detail: String) -> FieldbookError {
    let words = Words {
        en: "Something went wrong inside the app. What was saved before is safe. Try again; if it comes back, export for \
             support and send it to your administrator."
            .to_owned(),
        zh: "应用内部出错，之前保存的内容不受影响。请重试；如再次出现，请导出支持信息发给管理员。".to_owned(),
    };
    FieldbookError::Defect { detail, words }
}

impl FieldbookError {
    /// An argument that is not what its type says.
    pub(crate) fn malformed(what: &str, text: &str) -> Self {
        PlatformError::Failed {
            reason: format!("{text:?} is no {what}"),
        }
        .into()
    }
}

impl From<model::Words> for Words {
    fn from(words: model::Words) -> Self {
        Self {
            en: words.en,
            zh: words.zh,
        }
    }
}

impl From<ReplicaError> for FieldbookError {
    fn from(error: ReplicaError) -> Self {
        let words = error.words().into();
        match error {
            ReplicaError::Refused(rejection) => Self::Refused {
                rule: rejection.rule,
                path: rejection.path,
                words,
            },
            ReplicaError::Command(
                CommandError::NoSuchDocument { .. } | CommandError::NoSuchElement { .. },
            )
            | ReplicaError::Unknown(_)
            | ReplicaError::NotParked(_) => Self::Missing { words },
            ReplicaError::Command(error) => Self::Refused {
                rule: "command.unfit".to_owned(),
                path: error.to_string(),
                words,
            },
            ReplicaError::Store(error) => error.into(),
            ReplicaError::NotEnrolled => Self::NotSignedIn { words },
            ReplicaError::Damaged { .. } | ReplicaError::Record { .. } => Self::RecordDamaged { words },
            ReplicaError::WrongServer { .. } | ReplicaError::AnotherPerson => Self::WrongServer { words },
            ReplicaError::Answer(_) => Self::Portal { words },
            ReplicaError::Incomplete { complaint, .. } => Self::Refused {
                rule: "document.incomplete".to_owned(),
                path: complaint.path().to_owned(),
                words,
            },
        }
    }
}

impl From<StoreError> for FieldbookError {
    fn from(error: StoreError) -> Self {
        let words = error.words().into();
        match error {
            StoreError::NewerVersion { .. } => Self::Update { words },
            StoreError::NotAReplica { .. } => Self::FileDamaged { words },
            error if error.is_corruption() => Self::FileDamaged { words },
            error => Self::Storage {
                full: error.is_disk_full(),
                detail: error.to_string(),
                words,
            },
        }
    }
}

impl From<Trouble> for FieldbookError {
    fn from(trouble: Trouble) -> Self {
        let words: Words = trouble.words.into();
        match trouble.kind {
            TroubleKind::Unreachable => Self::Unreachable { words },
            TroubleKind::Busy { retry_after_ms } => Self::Busy {
                retry_after_ms,
                words,
            },
            TroubleKind::Code => Self::Code { words },
            TroubleKind::SignInEnded => Self::SignInEnded { words },
            TroubleKind::WrongServer | TroubleKind::KeyTaken => Self::WrongServer { words },
            TroubleKind::Version => Self::Update { words },
            TroubleKind::Answer => Self::Portal { words },
            TroubleKind::Refused => Self::Refused {
                rule: "server.refused".to_owned(),
                path: String::new(),
                words,
            },
            TroubleKind::Replica => Self::Storage {
                full: false,
                detail: words.en.clone(),
                words,
            },
        }
    }
}

impl From<DriverError> for FieldbookError {
    fn from(error: DriverError) -> Self {
        match error {
            DriverError::Replica(error @ (ReplicaError::Store(_) | ReplicaError::NotEnrolled)) => {
                error.into()
            }
            error => Trouble::of(&error).into(),
        }
    }
}

impl From<PhoneError> for FieldbookError {
    fn from(error: PhoneError) -> Self {
        let (words, detail) = (error.words().into(), error.to_string());
        match error {
            PhoneError::Replica(error) => error.into(),
            PhoneError::Driver(error) => error.into(),
            PhoneError::KeyStore(_) | PhoneError::KeyGone => Self::Platform { detail, words },
            PhoneError::KeyLost { aside, unsent, .. } => Self::KeyLost {
                path: aside.path.display().to_string(),
                unsent: unsent.into(),
                words,
            },
            PhoneError::Address(_) => Self::Code { words },
            PhoneError::File { source, .. } => Self::Storage {
                full: source.kind() == std::io::ErrorKind::StorageFull,
                detail,
                words,
            },
        }
    }
}

impl From<PlatformError> for FieldbookError {
    fn from(error: PlatformError) -> Self {
        Self::Platform {
            detail: error.to_string(),
            words: Words {
                en: "The app did not get what it needs from the phone. Unlock the phone, then try again."
                    .to_owned(),
                zh: "应用未能从手机获得所需信息。请解锁手机后重试。".to_owned(),
            },
        }
    }
}
