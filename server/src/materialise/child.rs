use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::{Child as Process, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::frame;
use super::job::{Job, Made};
use super::worker::WORKER;

/// How often a waiting server looks whether it is asked to stop.
const LOOK: Duration = Duration::from_millis(100);

/// What to run as a worker, and how long it may take for one document.
#[derive(Clone, Debug)]
pub struct Program {
    /// The program; it is started with the one argument [`WORKER`].
    pub path: PathBuf,
    /// Added to its environment.
    pub environment: Vec<(String, String)>,
    /// How long one document may take.
    pub patience: Duration,
}

impl Program {
    /// This very program.
    ///
    /// # Errors
    /// When the system does not say which one it is.
    pub fn this() -> io::Result<Self> {
        Ok(Self {
            path: std::env::current_exe()?,
            environment: Vec::new(),
            patience: Duration::from_secs(20),
        })
    }
}

/// How a worker ended before it had answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Death {
    /// It ended by itself or was killed.
    Ended(ExitStatus),
    /// It took too long and was killed.
    TooSlow(Duration),
    /// It said something that is no answer.
    Garbled(String),
}

impl fmt::Display for Death {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended(status) => write!(f, "the worker died of it ({status})"),
            Self::TooSlow(patience) => write!(f, "the worker took more than {} ms", patience.as_millis()),
            Self::Garbled(problem) => write!(f, "the worker's answer does not read ({problem})"),
        }
    }
}

/// A worker that runs.
pub(super) struct Child {
    process: Process,
    jobs: ChildStdin,
    answers: Receiver<io::Result<Option<Made>>>,
    patience: Duration,
}

/// What became of a job.
pub(super) enum Outcome {
    Made(Made),
    Died(Death),
    /// The server stops; nothing is known of the document.
    Stopped,
}

impl Child {
    pub(super) fn start(program: &Program) -> io::Result<Self> {
        let mut process = Command::new(&program.path)
            .arg(WORKER)
            .envs(program.environment.iter().cloned())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(jobs), Some(mut said)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::Error::other("a worker without pipes"));
        };
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            loop {
                let answer = frame::read(&mut said);
                let is_last = !matches!(answer, Ok(Some(_)));
                if sender.send(answer).is_err() || is_last {
                    break;
                }
            }
        });
        Ok(Self {
            process,
            jobs,
            answers,
            patience: program.patience,
        })
    }

    /// Hands a job over and waits for the answer. After anything but [`Outcome::Made`] the worker is gone.
    pub(super) fn run(&mut self, job: &Job, is_stopping: &dyn Fn() -> bool) -> Outcome {
        // A worker that died does not read; what it died of is known below.
        let _ = frame::write(&mut self.jobs, job);
        let deadline = Instant::now() + self.patience;
        loop {
            match self.answers.recv_timeout(LOOK) {
                Ok(Ok(Some(made))) => return Outcome::Made(made),
                Ok(Err(error)) => {
                    self.kill();
                    return Outcome::Died(Death::Garbled(error.to_string()));
                }
                Ok(Ok(None)) | Err(RecvTimeoutError::Disconnected) => return Outcome::Died(self.end()),
                Err(RecvTimeoutError::Timeout) if is_stopping() => {
                    self.kill();
                    return Outcome::Stopped;
                }
                Err(RecvTimeoutError::Timeout) if Instant::now() >= deadline => {
                    self.kill();
                    return Outcome::Died(Death::TooSlow(self.patience));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn end(&mut self) -> Death {
        match self.process.wait() {
            Ok(status) => Death::Ended(status),
            Err(error) => Death::Garbled(error.to_string()),
        }
    }

    fn kill(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
    }
}
