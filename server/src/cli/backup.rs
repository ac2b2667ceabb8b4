use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::CliError;
use super::context::Data;
use crate::store::sqlite::backup;
use crate::store::{SqliteStore, Store};

#[derive(Debug, Args)]
pub(super) struct Backup {
    #[command(flatten)]
    data: Data,
    /// The file to write; it holds the server's key, so keep it as safe as the data folder
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

impl Backup {
    pub(super) fn run(self) -> Result<String, CliError> {
        let started = Instant::now();
        let problem = |problem: String| CliError::Backup {
            file: self.to.display().to_string(),
            problem,
        };
        if self.to.exists() && !self.force {
            return Err(problem(
                "it exists already; choose another --to or replace it with --force".to_owned(),
            ));
        }
        if self.to.is_dir() {
            return Err(problem("it is a folder; name a file in it".to_owned()));
        }
        let folder = match self.to.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => Path::new("."),
        };
        if !folder.is_dir() {
            return Err(problem(format!(
                "there is no folder {}; make it first",
                folder.display()
            )));
        }
        let mut draft = self.to.clone().into_os_string();
        draft.push(format!(".draft-{}", std::process::id()));
        let draft = PathBuf::from(draft);
        let written = backup::copy(&self.data.folder, &draft)
            .map_err(CliError::from)
            .and_then(|()| place(&draft, &self.to, self.force).map_err(|error| problem(error.to_string())));
        // It has its other name by now, or is of no use.
        let _ = std::fs::remove_file(&draft);
        written?;
        sync_folder(folder).map_err(|error| problem(error.to_string()))?;
        said(&self.to, started)
    }
}

/// Gives the draft its name; without `force` never in place of another file.
fn place(draft: &Path, to: &Path, force: bool) -> std::io::Result<()> {
    if force {
        std::fs::rename(draft, to)
    } else {
        std::fs::hard_link(draft, to)
    }
}

/// The name of a new file is on the disk too.
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

fn said(file: &Path, started: Instant) -> Result<String, CliError> {
    let bytes = std::fs::metadata(file).map_or(0, |found| found.len());
    let store = SqliteStore::open_file(file)?;
    let mut text = format!(
        "wrote {} ({bytes} bytes, read through and good) in {} ms",
        file.display(),
        started.elapsed().as_millis()
    );
    let heads = store.read(|reader| {
        let heads = reader.tenants()?.into_iter().map(|tenant| {
            let head = reader.head(tenant.id)?;
            let rulings = reader.next_ruling(tenant.id)? - 1;
            Ok((tenant.name, head, rulings))
        });
        heads.collect::<crate::store::Result<Vec<_>>>()
    })?;
    for (name, head, rulings) in heads {
        text.push_str(&format!(
            "\n  {name}: log at {} ({}), {rulings} rulings",
            head.sequence,
            hex::encode(&head.hash[..8])
        ));
    }
    text.push_str(
        "\nit holds all that a restore needs, the server's secret key too; what phones have not sent is on the phones",
    );
    Ok(text)
}
