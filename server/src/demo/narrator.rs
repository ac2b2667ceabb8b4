use std::fmt;
use std::io::{IsTerminal, Write};

use super::moment::Moment;

/// Tells the story: headings with the time, short lines below them, and a counter where something takes longer.
///
/// What it says is written in `words`; a reader who has gone away stops nothing.
pub struct Narrator {
    out: Option<Box<dyn Write + Send>>,
    is_terminal: bool,
    counting: bool,
}

impl Narrator {
    /// Tells it on standard output.
    pub fn aloud() -> Self {
        let out = std::io::stdout();
        let is_terminal = out.is_terminal();
        Self { out: Some(Box::new(out)), is_terminal, counting: false }
    }

    /// Keeps silent.
    pub fn silent() -> Self {
        Self { out: None, is_terminal: false, counting: false }
    }

    /// Tells it to a file, a buffer or the like, without a counter.
    pub fn to(out: impl Write + Send + 'static) -> Self {
        Self { out: Some(Box::new(out)), is_terminal: false, counting: false }
    }

    /// Begins a part of the story.
    pub(super) fn heading(&mut self, moment: Moment, text: &str) {
        let time = moment.clock_face();
        let heading =
            if self.is_terminal { format!("\n\x1b[1m{time}  {text}\x1b[0m\n") } else { format!("\n{time}  {text}\n") };
        self.write(&heading);
    }

    /// One line below the heading.
    pub(super) fn line(&mut self, text: &str) {
        for line in text.lines() {
            self.write(&format!("       {line}\n"));
        }
    }

    /// Text that stands for itself.
    pub(super) fn plain(&mut self, text: &str) {
        self.write(&format!("{text}\n"));
    }

    /// Counts on one line; shown on a terminal only, and gone with the next word.
    pub(super) fn count(&mut self, done: usize, of: usize, what: &str) {
        if self.is_terminal {
            self.write(&format!("       {done} of {of} {what}"));
            self.counting = true;
        }
    }

    fn write(&mut self, text: &str) {
        let Some(out) = &mut self.out else { return };
        let clear = if std::mem::take(&mut self.counting) { "\r\x1b[2K" } else { "" };
        let _ = write!(out, "{clear}{text}").and_then(|()| out.flush());
    }
}

impl fmt::Debug for Narrator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Narrator").field("is_terminal", &self.is_terminal).finish_non_exhaustive()
    }
}
