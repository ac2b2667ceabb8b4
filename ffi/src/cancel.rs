use std::sync::Arc;

use tokio::sync::watch;

use crate::FieldbookError;

/// Ends long work from outside. One object for one call; cancelling twice is fine, and so is cancelling too late.
#[derive(Debug, uniffi::Object)]
pub struct Cancel(watch::Sender<bool>);

#[uniffi::export]
impl Cancel {
    /// One that nobody has cancelled yet.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(watch::Sender::new(false)))
    }

    /// Ends the work it was given to.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }
}

/// Runs work until it is done or cancelled. What a cancelled exchange had sent is sent again later; nothing is lost.
pub(crate) async fn or_cancelled<T, E: Into<FieldbookError>>(
    cancel: Option<Arc<Cancel>>,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, FieldbookError> {
    let Some(cancel) = cancel else {
        return work.await.map_err(Into::into);
    };
    let mut cancelled = cancel.0.subscribe();
    tokio::select! {
        biased;
        _ = cancelled.wait_for(|cancelled| *cancelled) => Err(FieldbookError::Cancelled),
        done = work => done.map_err(Into::into),
    }
}
