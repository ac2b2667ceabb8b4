use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::DriverError;
use super::driver::blocking;

/// How many calls may be at the disk at once; more than a driver ever has.
const LANES: u32 = 64;

/// The driver's door to the disk. A phone that is about to be suspended closes it: iOS ends an app that sleeps with a lock on a
/// file (0xdead10cc), and a call that was begun on a blocking thread ends by itself only.
#[derive(Clone, Debug)]
pub(super) struct AtDisk(Arc<Semaphore>);

impl AtDisk {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(LANES as usize)))
    }

    /// Runs `work` on a blocking thread, as soon as the door is open.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, DriverError> {
        let lane = Arc::clone(&self.0).acquire_owned().await;
        let lane = lane.map_err(|_| DriverError::Interrupted)?;
        blocking(move || {
            let done = work();
            // Not with the future: that may be dropped while this runs.
            drop(lane);
            done
        })
        .await
    }

    /// Waits until nothing is at the disk and keeps the door closed for as long as the result lives.
    pub(super) async fn close(&self) -> Result<Rest, DriverError> {
        let all = Arc::clone(&self.0).acquire_many_owned(LANES).await;
        all.map(Rest).map_err(|_| DriverError::Interrupted)
    }
}

/// No transaction of a driver is open and none begins until this is dropped.
#[derive(Debug)]
pub struct Rest(#[expect(dead_code, reason = "held for what its end does")] OwnedSemaphorePermit);

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;
    use std::sync::mpsc;
    use std::task::Poll;

    use super::*;

    /// Is it done the first time somebody looks?
    async fn is_ready<T>(future: impl Future<Output = T>) -> bool {
        let mut future = pin!(future);
        poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx).is_ready())).await
    }

    #[tokio::test]
    async fn the_door_closes_behind_the_last_call_although_nobody_waits_for_that_any_more() {
        let (disk, (go_on, wait)) = (AtDisk::new(), mpsc::channel::<()>());
        let (entered, inside) = tokio::sync::oneshot::channel();
        let call = tokio::spawn({
            let disk = disk.clone();
            async move {
                disk.run(move || {
                    entered.send(()).unwrap();
                    wait.recv().unwrap();
                })
                .await
            }
        });
        inside.await.unwrap();
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
        assert!(!is_ready(disk.close()).await, "the call is still at the disk");
        go_on.send(()).unwrap();
        let rest = disk.close().await.unwrap();
        assert!(
            !is_ready(disk.run(|| ())).await,
            "nothing begins while the door is closed"
        );
        drop(rest);
        disk.run(|| ()).await.unwrap();
    }
}
