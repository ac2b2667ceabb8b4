//! What a person reads when something did not work: what happened, what is safe, what to do, in both languages. The
//! errors' own texts say more and are for logs.

use super::error::ReplicaError;
use super::store::StoreError;
use crate::document::CommandError;
use crate::model::Words;

impl ReplicaError {
    /// What to say to the person.
    pub fn words(&self) -> Words {
        match self {
            ReplicaError::Refused(rejection) => rejection.suggestion.clone(),
            ReplicaError::Command(error) => error.words(),
            ReplicaError::Store(error) => error.words(),
            ReplicaError::Incomplete { words, .. } => words.clone(),
            ReplicaError::Unknown(_) => not_here(),
            ReplicaError::NotEnrolled => Words::new(
                "Nobody is signed in on this phone. Sign in with a code from your administrator; unsent work stays here.",
                "本机尚未登录。请用管理员给的登录码登录；未发送的内容仍保留在本机。",
            ),
            ReplicaError::WrongServer { .. } => Words::new(
                "Another server answered than the one you signed in to. Check the address; nothing here was changed.",
                "答复来自另一台服务器。请检查服务器地址；本机内容没有改动。",
            ),
            ReplicaError::AnotherPerson => Words::new(
                "These records were made by another person or another sign-in. Their unsent work stays in them.",
                "这些记录属于他人或另一次登录。其中未发送的内容仍然保留。",
            ),
            ReplicaError::NotParked(_) => Words::new(
                "This was sent again or discarded already. Look at the list again.",
                "此项已重新发送或已丢弃，请刷新列表。",
            ),
            ReplicaError::Damaged { .. } | ReplicaError::Record { .. } => Words::new(
                "One record cannot be read on this phone. Everything else works; export it and ask your administrator.",
                "本机有一条记录无法读取，其余不受影响。请导出后联系管理员。",
            ),
            ReplicaError::Answer(_) => Words::new(
                "The server's answer cannot be read. Nothing is lost; update the app or try another network.",
                "无法读取服务器的答复。内容没有丢失，请更新应用或更换网络。",
            ),
        }
    }
}

impl StoreError {
    /// What to say to the person.
    pub fn words(&self) -> Words {
        if self.is_disk_full() {
            return Words::new(
                "The phone's storage is full, so this was not saved. Free some space and try again; all before it is safe.",
                "手机存储空间已满，本次未能保存。请清理空间后重试；之前的内容都已保存。",
            );
        }
        if self.is_corruption() {
            return Words::new(
                "The file with your records is damaged. It is kept; set it aside to save what was not sent, then sync anew.",
                "记录文件已损坏，文件会保留。请将其移开以挽救未发送的内容，然后重新同步。",
            );
        }
        match self {
            StoreError::NotAReplica { .. } => Words::new(
                "This file holds no Fieldbook records. It was not changed.",
                "该文件不是 Fieldbook 的记录文件，没有改动。",
            ),
            StoreError::NewerVersion { .. } => Words::new(
                "Your records were written by a newer version of the app. Update the app; nothing was changed.",
                "记录由更新版本的应用写入。请更新应用；内容没有改动。",
            ),
            StoreError::OldSqlite { .. } | StoreError::NoCipher => Words::new(
                "This build of the app cannot keep your records safely. Install the app anew from its store.",
                "当前版本的应用无法安全保存记录，请从应用商店重新安装。",
            ),
            _ => Words::new(
                "The phone could not save or read this. Nothing before it is lost; try again.",
                "手机未能保存或读取此项。之前的内容没有丢失，请重试。",
            ),
        }
    }
}

impl CommandError {
    /// What to say to the person.
    pub fn words(&self) -> Words {
        match self {
            CommandError::NoSuchDocument { .. } => not_here(),
            CommandError::Exists { .. } => Words::new(
                "This is there already. Open it and change it instead.",
                "该记录已存在，请打开后修改。",
            ),
            CommandError::NoSuchElement { .. } => Words::new(
                "Somebody removed this in the meantime. Look again.",
                "此项已被移除，请刷新后查看。",
            ),
            CommandError::Unwritable { .. } | CommandError::Document(_) => Words::new(
                "This cannot be saved in this form. Check what you entered and correct it.",
                "所填内容无法保存，请核对后改正。",
            ),
        }
    }
}

fn not_here() -> Words {
    Words::new(
        "This record is not on this phone. Sync and try again.",
        "该记录不在本机，请同步后重试。",
    )
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::model::DocumentId;

    #[test]
    fn every_error_says_what_to_do_in_both_languages() {
        let path = PathBuf::from("replica.db");
        let errors = [
            ReplicaError::Unknown(DocumentId(uuid::Uuid::nil())),
            ReplicaError::NotEnrolled,
            ReplicaError::AnotherPerson,
            ReplicaError::NotParked(1),
            ReplicaError::Answer(String::new()),
            StoreError::NewerVersion {
                path: path.clone(),
                found: 9,
                supported: 1,
            }
            .into(),
            StoreError::NotAReplica { path }.into(),
            StoreError::NoCipher.into(),
            CommandError::Document(String::new()).into(),
        ];
        for error in errors {
            let words = error.words();
            assert!(words.en.is_ascii() && words.en.ends_with('.'), "{}", words.en);
            assert!(words.zh.ends_with('。') && words.en.len() <= 140, "{}", words.zh);
        }
    }

    #[test]
    fn a_full_disk_is_named() {
        let full = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(13), None);
        assert!(StoreError::from(full).words().en.contains("storage is full"));
    }
}
