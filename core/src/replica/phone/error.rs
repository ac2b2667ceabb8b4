use std::path::{Path, PathBuf};

use super::vault::KeyStoreError;
use super::{Aside, Unsent};
use crate::model::Words;
use crate::replica::ReplicaError;
use crate::replica::sync::{DriverError, Trouble, TroubleKind};

/// What a phone could not do with its replicas.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// The replica.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
    /// The network, the server, or what it said.
    #[error(transparent)]
    Driver(#[from] DriverError),
    /// The platform's key store does not answer now; nothing was changed.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
    /// The key of a replica is not in the key store.
    #[error("the key of this replica is not in the key store")]
    KeyGone,
    /// The key of this person's replica is gone. The file was set aside as it is, nobody is signed in any more.
    #[error("the key of {name}'s replica is gone; it was set aside as {path}; not on the server: {unsent}", path = aside.path.display())]
    KeyLost {
        /// Whose.
        name: String,
        /// Where it is now.
        aside: Aside,
        /// What the server does not have of it.
        unsent: Unsent,
    },
    /// The text is neither an address of a server nor a link to sign in with.
    #[error("{0:?} is no address of a server; use one such as https://fieldbook.example")]
    Address(String),
    /// A file beside the replicas.
    #[error("cannot {action} {path}: {source}", path = path.display())]
    File {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl PhoneError {
    pub(super) fn file(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::File {
            action,
            path: path.to_owned(),
            source,
        }
    }

    /// What it means when it came from the network or the server.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Driver(error) => Some(Trouble::of(error)),
            _ => None,
        }
    }

    pub(super) fn is_key_taken(&self) -> bool {
        self.trouble()
            .is_some_and(|trouble| trouble.kind == TroubleKind::KeyTaken)
    }

    /// What to say to the person.
    pub fn words(&self) -> Words {
        match self {
            Self::Replica(error) => error.words(),
            Self::Driver(error) => Trouble::of(error).words,
            Self::KeyStore(_) => Words::new(
                "The phone's key store does not answer. Unlock the phone and try again; nothing was changed.",
                "手机密钥库暂不可用。请解锁手机后重试；内容没有改动。",
            ),
            Self::KeyGone => Words::new(
                "The key to these records is not on this phone.",
                "本机没有这些记录的密钥。",
            ),
            Self::KeyLost { name, unsent, .. } => key_lost(name, unsent),
            Self::Address(_) => Words::new(
                "This is no address of a server. Use the link from your administrator, or an address such as \
                 https://fieldbook.example.",
                "服务器地址有误。请使用管理员给的链接，或类似 https://fieldbook.example 的地址。",
            ),
            Self::File { .. } => Words::new(
                "The phone could not read or write its files. Free some space and try again; nothing is lost.",
                "手机无法读写文件。请清理空间后重试；内容没有丢失。",
            ),
        }
    }
}

fn key_lost(name: &str, unsent: &Unsent) -> Words {
    let (en, zh) = (unsent.words().en, unsent.words().zh);
    Words::new(
        format!(
            "The key to {name}'s records is gone, as after a reset of the phone's lock. The file is kept. {en} Sign in \
             again to go on, and show this to your administrator."
        ),
        format!("{name}的记录密钥已丢失（例如锁屏被重置）。文件仍然保留。{zh}请重新登录，并告知管理员。"),
    )
}
