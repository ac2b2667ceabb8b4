use std::net::SocketAddr;

use rand_chacha::ChaCha20Rng;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::clock::StoryClock;
use super::error::DemoError;
use crate::http::{App, ServeError, bind, serve};
use crate::store::SqliteStore;

/// A real server on a loopback port, by the story's clock.
#[derive(Debug)]
pub(super) struct Office {
    pub(super) address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), ServeError>>,
}

impl Office {
    pub(super) async fn open(
        store: SqliteStore,
        clock: StoryClock,
        rng: ChaCha20Rng,
    ) -> Result<Self, DemoError> {
        let listener = bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(async move {
            let app = App::new(store, clock, rng);
            serve(listener, app, async {
                // An office that was dropped has closed too.
                let _ = stopped.await;
            })
            .await
        });
        Ok(Self {
            address,
            stop,
            serving,
        })
    }

    /// Stops as a server does: what is under way is finished.
    pub(super) async fn close(self) -> Result<(), DemoError> {
        let _ = self.stop.send(());
        match self.serving.await {
            Ok(served) => Ok(served?),
            Err(failed) => Err(DemoError::Story(format!("the server ended early: {failed}"))),
        }
    }
}
