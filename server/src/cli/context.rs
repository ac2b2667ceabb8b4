use std::path::PathBuf;

use clap::Args;
use rand_chacha::ChaCha20Rng;

use super::CliError;
use crate::clock::{Clock, SystemClock, unix_ms};
use crate::organisation::the_tenant;
use crate::random;
use crate::store::sqlite::Options;
use crate::store::{SqliteStore, Store, TenantRow};

/// Where the server's data is.
#[derive(Debug, Args)]
pub(super) struct Data {
    /// The data folder, as made by `fieldbook init`
    #[arg(long = "data", value_name = "DIR")]
    pub(super) folder: PathBuf,
}

/// What a short command works with: an open store, the organisation, the time and randomness.
pub(super) struct Context {
    pub(super) store: SqliteStore,
    pub(super) tenant: TenantRow,
    pub(super) now_ms: u64,
    pub(super) rng: ChaCha20Rng,
}

impl Data {
    /// Opens the store for one short command.
    pub(super) fn open(&self) -> Result<Context, CliError> {
        let store = SqliteStore::open(
            &self.folder,
            Options {
                durable: true,
                inline: true,
            },
        )?;
        let tenant = store.read(|reader| Ok(the_tenant(reader)))??;
        Ok(Context {
            store,
            tenant,
            now_ms: unix_ms(SystemClock.now()),
            rng: random::from_machine()?,
        })
    }
}
