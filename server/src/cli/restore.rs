use std::path::{Path, PathBuf};

use clap::Args;

use super::CliError;
use super::backup::sync_folder;
use super::context::Data;
use crate::clock::{Clock, SystemClock, unix_ms};
use crate::recovery::{Restored, begin_epoch};
use crate::store::sqlite::{FILE, FolderLock, Options, backup};
use crate::store::{SqliteStore, Store};

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup, as `fieldbook backup` wrote it
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Move what is in the data folder aside; it is kept
    #[arg(long)]
    force: bool,
    /// How many hours new decisions wait at most for phones that may hold a lost one; they wait no longer than until
    /// every phone was here
    #[arg(long, value_name = "HOURS", default_value_t = 24)]
    hold: u64,
}

impl Restore {
    pub(super) fn run(self) -> Result<String, CliError> {
        let now_ms = unix_ms(SystemClock.now());
        backup::check(&self.file)?;
        let folder = &self.data.folder;
        let aside = self.vacate(now_ms)?;
        let draft = beside(folder, &format!("restoring-{}", std::process::id()));
        let restored = self.build(&draft, now_ms).and_then(|restored| {
            std::fs::rename(&draft, folder).map_err(|error| refused(folder, &error))?;
            Ok(restored)
        });
        let restored = match restored {
            Ok(restored) => restored,
            Err(error) => {
                let _ = std::fs::remove_dir_all(&draft);
                if let Some(aside) = &aside {
                    // What was there serves again.
                    let _ = std::fs::rename(aside, folder);
                }
                return Err(error);
            }
        };
        sync_folder(parent(folder)).map_err(|error| refused(folder, &error))?;
        outlast_second(now_ms);
        Ok(self.said(&restored, aside.as_deref()))
    }

    /// Makes sure that nothing is where the restored server goes; what is there is moved aside, never deleted.
    fn vacate(&self, now_ms: u64) -> Result<Option<PathBuf>, CliError> {
        let folder = &self.data.folder;
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries.count(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(refused(folder, &error)),
        };
        if entries == 0 {
            std::fs::remove_dir(folder).map_err(|error| refused(folder, &error))?;
            return Ok(None);
        }
        if !self.force {
            return Err(CliError::Restore {
                folder: folder.display().to_string(),
                problem: "it is not empty; choose another --data, or move what is there aside with --force"
                    .to_owned(),
            });
        }
        // A server that still serves this folder would go on writing to what was moved.
        let lock = FolderLock::acquire(folder)?;
        let aside = beside(folder, &format!("before-restore-{}", now_ms / 1000));
        if aside.exists() {
            return Err(CliError::Restore {
                folder: aside.display().to_string(),
                problem: "it exists already; try again in a second".to_owned(),
            });
        }
        std::fs::rename(folder, &aside).map_err(|error| refused(folder, &error))?;
        drop(lock);
        Ok(Some(aside))
    }

    /// The restored server in a folder of its own, in its new epoch.
    fn build(&self, draft: &Path, now_ms: u64) -> Result<Restored, CliError> {
        let failed = |error: std::io::Error| refused(draft, &error);
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(draft).map_err(failed)?;
        backup::copy_file(&self.file, &draft.join(FILE))?;
        let store = SqliteStore::open(
            draft,
            Options {
                durable: true,
                inline: true,
            },
        )?;
        let hold_ms = self.hold.saturating_mul(3600 * 1000);
        let restored = store.write(move |writer| begin_epoch(writer, now_ms, hold_ms))?;
        drop(store);
        sync_folder(draft).map_err(failed)?;
        Ok(restored)
    }

    fn said(&self, restored: &Restored, aside: Option<&Path>) -> String {
        let folder = self.data.folder.display();
        let mut text = format!(
            "restored {} to {folder}\nepoch {} (before: {}), the log goes on behind {} ({})",
            self.file.display(),
            restored.epoch,
            restored.before,
            restored.head.sequence,
            hex::encode(&restored.head.hash[..8]),
        );
        if let Some(aside) = aside {
            text.push_str(&format!("\nwhat was there before is in {}", aside.display()));
        }
        text.push_str(&format!(
            "\nphones hand back by themselves what the backup lacks; new decisions wait until all were here, {} h at most\
             \nnext: fieldbook serve --data {folder}",
            self.hold
        ));
        text
    }
}

fn refused(folder: &Path, error: &std::io::Error) -> CliError {
    CliError::Restore {
        folder: folder.display().to_string(),
        problem: error.to_string(),
    }
}

fn parent(folder: &Path) -> &Path {
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A folder beside this one.
fn beside(folder: &Path, suffix: &str) -> PathBuf {
    let mut name = folder.components().as_path().as_os_str().to_owned();
    name.push(format!(".{suffix}"));
    PathBuf::from(name)
}

/// Epochs are seconds, and the same backup knows of no restore that came after it: the next one has to find another second.
#[expect(
    clippy::disallowed_methods,
    reason = "a command and no worker of a server, and what it waits for is the clock itself"
)]
fn outlast_second(now_ms: u64) {
    let over = (now_ms / 1000 + 1) * 1000;
    let rest = over.saturating_sub(unix_ms(SystemClock.now()));
    // A clock that was set back meanwhile is not waited for.
    std::thread::sleep(std::time::Duration::from_millis(rest.min(1000)));
}
