use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use super::Outcome;

/// A process of ours that talks in lines.
#[derive(Debug)]
pub struct Child {
    process: std::process::Child,
    lines: Receiver<String>,
    input: Option<ChildStdin>,
}

/// What was heard of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A whole line, without its end.
    Line(String),
    /// Nothing within the time.
    Nothing,
    /// It closed its output: it has ended or is about to.
    End,
}

impl Child {
    /// Starts this very program again in another part.
    ///
    /// # Errors
    /// When the system cannot start it.
    pub fn start(role: &str, arguments: &[&OsStr]) -> Outcome<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(role)
            .args(arguments)
            .env("RUST_LOG", "error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().ok_or("the process has no output")?;
        let input = process.stdin.take();
        let (sender, lines) = mpsc::channel();
        std::thread::Builder::new()
            .name("lines".to_owned())
            .spawn(move || {
                let mut output = BufReader::new(output);
                let mut line = Vec::new();
                // A line without its end was cut by a kill: it does not count as said.
                while output.read_until(b'\n', &mut line).is_ok() && line.pop() == Some(b'\n') {
                    if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                        return;
                    }
                    line.clear();
                }
            })?;
        Ok(Self {
            process,
            lines,
            input,
        })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The next line, waiting at most this long for it.
    pub fn hear(&self, wait: Duration) -> Heard {
        match self.lines.recv_timeout(wait) {
            Ok(line) => Heard::Line(line),
            Err(RecvTimeoutError::Timeout) => Heard::Nothing,
            Err(RecvTimeoutError::Disconnected) => Heard::End,
        }
    }

    /// The rest of the first line that begins with `start`; others before it are dropped.
    ///
    /// # Errors
    /// When the process ends, or says nothing for ten minutes, before that.
    pub fn wait_for(&self, start: &str) -> Outcome<String> {
        loop {
            match self.hear(Duration::from_secs(600)) {
                Heard::Line(line) => {
                    if let Some(rest) = line.strip_prefix(start) {
                        return Ok(rest.trim_start().to_owned());
                    }
                }
                Heard::Nothing => return Err(format!("no line {start:?} within ten minutes").into()),
                Heard::End => return Err(format!("the process ended before it said {start:?}").into()),
            }
        }
    }

    /// Writes a line into its input.
    ///
    /// # Errors
    /// When it does not listen any more.
    pub fn tell(&mut self, line: &str) -> Outcome<()> {
        let input = self.input.as_mut().ok_or("the process does not listen")?;
        input.write_all(format!("{line}\n").as_bytes())?;
        Ok(input.flush()?)
    }

    /// Kills it with SIGKILL and waits until it is gone. What it had said before can still be heard.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn kill(&mut self) -> Outcome<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Waits until it ends by itself.
    ///
    /// # Errors
    /// When it ended badly.
    pub fn finish(&mut self) -> Outcome<()> {
        self.input = None;
        let status = self.process.wait()?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("a process ended with {status}").into())
        }
    }
}

impl Drop for Child {
    /// No process outlives the run that started it.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
