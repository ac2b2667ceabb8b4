use clap::Args;

use super::CliError;
use super::context::Data;
use crate::clock::{Clock, SystemClock, unix_ms};
use crate::organisation::found;
use crate::random;
use crate::store::sqlite::Options;
use crate::store::{SqliteStore, Store};

#[derive(Debug, Args)]
pub(super) struct Init {
    #[command(flatten)]
    data: Data,
    /// The organisation's name
    #[arg(long, default_value = "My organisation")]
    name: String,
}

impl Init {
    pub(super) fn run(self) -> Result<String, CliError> {
        let folder = self.data.folder.display().to_string();
        let store = SqliteStore::create(
            &self.data.folder,
            Options {
                durable: true,
                inline: true,
            },
        )?;
        let (now_ms, mut rng) = (unix_ms(SystemClock.now()), random::from_machine()?);
        let founded = store.transact(move |writer| found(writer, &self.name, now_ms, &mut rng))?;
        Ok(format!(
            "made a server for {:?} in {folder}\nserver id {}\nnext: fieldbook unit add NAME --data {folder}",
            founded.tenant.name, founded.server.id
        ))
    }
}
