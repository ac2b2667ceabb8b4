use clap::Args;
use tracing_subscriber::EnvFilter;

use super::context::Data;
use super::{CliError, say};
use crate::clock::SystemClock;
use crate::http::{App, ServeError, bind, serve, stop_signal};
use crate::materialise::{Materialiser, Program};
use crate::random;
use crate::store::SqliteStore;
use crate::store::sqlite::{FolderLock, Options};

/// Requests that wait for the store or the processor at one time: what memory they may take stays bounded.
const BLOCKING_THREADS: usize = 16;

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    data: Data,
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7878")]
    listen: String,
}

impl Serve {
    pub(super) fn run(self) -> Result<String, CliError> {
        start_log();
        if !self.data.folder.is_dir() {
            return Err(crate::store::StoreError::Missing(self.data.folder).into());
        }
        let lock = FolderLock::acquire(&self.data.folder)?;
        let store = SqliteStore::open(&self.data.folder, Options::default())?;
        let app = App::new(store.clone(), SystemClock, random::from_machine()?);
        let program = Program::this().map_err(|error| ServeError::Runtime(error.to_string()))?;
        let materialiser = Materialiser::start(store.clone(), program, SystemClock, app.nudge().clone());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(BLOCKING_THREADS)
            .enable_all()
            .build()
            .map_err(|error| ServeError::Runtime(error.to_string()))?;
        runtime.block_on(async {
            // Before anybody is told that it runs: whoever hears that may ask it to stop.
            let stop = stop_signal()?;
            let listener = bind(&self.listen).await?;
            let address = listener
                .local_addr()
                .map_err(|error| ServeError::Runtime(error.to_string()))?;
            // Whoever started it may have closed the pipe; it serves all the same.
            let _ = say(&format!("listening on http://{address}"));
            serve(listener, app, stop).await
        })?;
        drop(runtime);
        drop(materialiser);
        // What was accepted is on disk; the file is closed before another server may take the folder.
        drop(store);
        drop(lock);
        Ok("stopped".to_owned())
    }
}

/// Logs to standard error, as `RUST_LOG` says; warnings and the server's own news without it.
fn start_log() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,fieldbook_server=info"));
    // A second server in one process (tests) keeps the first one's log.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}
