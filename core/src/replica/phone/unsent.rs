use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use uuid::Uuid;

use super::PhoneError;
use crate::model::{Kind, Words};
use crate::replica::{Replica, Subscription, Unsent};

impl Unsent {
    /// Does the server have everything?
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.parked == 0
    }

    /// As a sentence.
    pub fn words(&self) -> Words {
        if self.is_empty() {
            return Words::new("Everything in it is on the server.", "其中内容都已送达服务器。");
        }
        let list = |name: fn(Kind) -> &'static str, between: &str| {
            let parts = self
                .records
                .iter()
                .map(|(kind, count)| format!("{count} {}", name(*kind)));
            parts.collect::<Vec<_>>().join(between)
        };
        let (mut en, mut zh) = (list(english, ", "), list(chinese, "、"));
        if self.parked > 0 {
            let (en_between, zh_between) = if en.is_empty() { ("", "") } else { (", ", "、") };
            en.push_str(&format!("{en_between}{} needing attention", self.parked));
            zh.push_str(&format!("{zh_between}{} 项需要处理", self.parked));
        }
        Words::new(
            format!("Not on the server yet: {en}."),
            format!("尚未送达服务器：{zh}。"),
        )
    }
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

fn english(kind: Kind) -> &'static str {
    match kind {
        Kind::Customer => "customer(s)",
        Kind::Visit => "visit(s)",
        Kind::CheckIn => "check-in(s)",
        Kind::Activity => "day(s) of the log",
        Kind::Approval => "request(s)",
    }
}

fn chinese(kind: Kind) -> &'static str {
    match kind {
        Kind::Customer => "个客户",
        Kind::Visit => "次拜访",
        Kind::CheckIn => "次签到",
        Kind::Activity => "天活动记录",
        Kind::Approval => "份申请",
    }
}

fn path(folder: &Path, id: Uuid) -> PathBuf {
    folder.join(format!("{id}.unsent"))
}

/// What was noted last; nothing when nothing was.
pub(super) fn noted(folder: &Path, id: Uuid) -> Unsent {
    let bytes = fs::read(path(folder, id)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Notes it beside the replica. A note that a power cut takes is made again with the next command, so it does not wait
/// for the disk.
pub(super) fn note(folder: &Path, id: Uuid, unsent: &Unsent) -> Result<(), PhoneError> {
    let path = path(folder, id);
    let draft = path.with_extension("unsent.new");
    let bytes = serde_json::to_vec(unsent).unwrap_or_default();
    fs::write(&draft, bytes)
        .and_then(|()| fs::rename(&draft, &path))
        .map_err(|error| PhoneError::file("write", &path, error))
}

/// Keeps the note up to date while the replica is open.
pub(super) fn follow(folder: &Path, id: Uuid, replica: &Arc<Replica>) -> Subscription {
    let (folder, weak): (PathBuf, Weak<Replica>) = (folder.to_owned(), Arc::downgrade(replica));
    let last = Mutex::new(noted(&folder, id));
    replica.live().subscribe(move |changed| {
        let Some(replica) = weak.upgrade().filter(|_| changed.status) else {
            return;
        };
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        match replica.unsent() {
            Ok(unsent) if unsent != *last => {
                if let Err(error) = note(&folder, id, &unsent) {
                    tracing::warn!(%error, "what is unsent could not be noted");
                }
                *last = unsent;
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "what is unsent does not read"),
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_is_unsent_is_named_in_both_languages() {
        let unsent = Unsent {
            records: BTreeMap::from([(Kind::Visit, 3), (Kind::Approval, 1)]),
            parked: 2,
            latest_ms: None,
        };
        let words = unsent.words();
        assert_eq!(
            words.en,
            "Not on the server yet: 3 visit(s), 1 request(s), 2 needing attention."
        );
        assert_eq!(words.zh, "尚未送达服务器：3 次拜访、1 份申请、2 项需要处理。");
        assert!(Unsent::default().words().en.starts_with("Everything"));
    }
}
