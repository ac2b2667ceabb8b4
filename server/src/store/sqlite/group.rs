use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::thread::JoinHandle;

use super::session::Session;
use crate::store::{Result, StoreError, Writer};

/// The most writes that share one commit.
const LARGEST_GROUP: usize = 64;

/// The one writer: a thread that takes what is queued, gives each write a savepoint, commits once and then
/// answers all.
pub(super) struct Group {
    /// Absent only while the group is being dropped.
    queue: Option<Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

/// One queued write.
trait Job: Send {
    /// Does the work in a savepoint.
    fn run(&mut self, session: &mut Session);
    /// Answers the caller; `failed` when the commit did not happen.
    fn answer(self: Box<Self>, failed: Option<StoreError>);
}

struct Pending<F, T, E> {
    work: Option<F>,
    outcome: Option<std::result::Result<T, E>>,
    reply: SyncSender<std::result::Result<T, E>>,
}

impl<F, T, E> Job for Pending<F, T, E>
where
    F: FnOnce(&mut dyn Writer) -> std::result::Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, session: &mut Session) {
        if let Some(work) = self.work.take() {
            self.outcome = Some(in_savepoint(session, work));
        }
    }

    fn answer(self: Box<Self>, failed: Option<StoreError>) {
        let outcome = match (self.outcome, failed) {
            (Some(Err(own)), _) => Err(own),
            (Some(Ok(done)), None) => Ok(done),
            (_, failed) => Err(E::from(failed.unwrap_or(StoreError::Stopped))),
        };
        // A caller that went away does not need the answer.
        let _ = self.reply.send(outcome);
    }
}

impl Group {
    pub(super) fn start(session: Session) -> Result<Self> {
        let (queue, jobs) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("fieldbook-writer".to_owned())
            .spawn(move || write_all(session, &jobs))
            .map_err(|error| StoreError::Database(error.to_string()))?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    pub(super) fn submit<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Writer) -> std::result::Result<T, E> + Send + 'static,
    ) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, answer) = mpsc::sync_channel(1);
        let job = Box::new(Pending {
            work: Some(work),
            outcome: None,
            reply,
        });
        let queue = self.queue.as_ref().ok_or(StoreError::Stopped)?;
        queue.send(job).map_err(|_| StoreError::Stopped)?;
        answer
            .recv()
            .unwrap_or_else(|_| Err(E::from(StoreError::Stopped)))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            // What was queued is committed and the file closed before the last owner goes on.
            let _ = thread.join();
        }
    }
}

fn write_all(mut session: Session, jobs: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        group.extend(jobs.try_iter().take(LARGEST_GROUP - 1));
        let failed = commit(&mut session, &mut group).err();
        if failed.is_some() {
            session.forget();
        }
        for job in group {
            job.answer(failed.clone());
        }
    }
}

fn commit(session: &mut Session, group: &mut [Box<dyn Job>]) -> Result<()> {
    session.bound("BEGIN IMMEDIATE")?;
    for job in group {
        job.run(session);
        // SQLite rolls everything back by itself on a full disk or a failing one.
        if session.connection.is_autocommit() {
            return Err(StoreError::Full);
        }
    }
    session.bound("COMMIT").inspect_err(|_| abandon(session))
}

/// Ends a transaction that failed, if SQLite has not done so.
fn abandon(session: &Session) {
    if !session.connection.is_autocommit() {
        let _ = session.execute("ROLLBACK");
    }
    session.forget();
}

/// Does the work so that an error or a panic undoes all of it.
fn in_savepoint<T, E: From<StoreError>>(
    session: &mut Session,
    work: impl FnOnce(&mut dyn Writer) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    session.bound("SAVEPOINT work")?;
    let result = attempt(session, work);
    if result.is_ok() {
        session.bound("RELEASE work")?;
    } else if !session.connection.is_autocommit() {
        session.forget();
        session.execute("ROLLBACK TO work; RELEASE work")?;
    }
    result
}

/// The work and the ends of the logs that it moved; a panic is an error.
fn attempt<T, E: From<StoreError>>(
    session: &mut Session,
    work: impl FnOnce(&mut dyn Writer) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let done = catch_unwind(AssertUnwindSafe(|| work(session)))
        .unwrap_or_else(|_| Err(E::from(StoreError::Panicked)))?;
    session.write_ends()?;
    Ok(done)
}

/// One write on the calling thread, committed before it returns.
pub(super) fn inline<T, E: From<StoreError>>(
    session: &mut Session,
    work: impl FnOnce(&mut dyn Writer) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    session.bound("BEGIN IMMEDIATE")?;
    match attempt(session, work) {
        Ok(done) => {
            session.bound("COMMIT").inspect_err(|_| abandon(session))?;
            Ok(done)
        }
        Err(error) => {
            abandon(session);
            Err(error)
        }
    }
}
