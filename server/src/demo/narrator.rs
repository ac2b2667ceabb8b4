use std::fmt;
use std::io::{IsTerminal, Write};

use super::moment::Moment;

/// The widest line below a heading, in columns.
const WIDTH: usize = 92;

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
        Self {
            out: Some(Box::new(out)),
            is_terminal,
            counting: false,
        }
    }

    /// Keeps silent.
    pub fn silent() -> Self {
        Self {
            out: None,
            is_terminal: false,
            counting: false,
        }
    }

    /// Tells it to a file, a buffer or the like, without a counter.
    pub fn to(out: impl Write + Send + 'static) -> Self {
        Self {
            out: Some(Box::new(out)),
            is_terminal: false,
            counting: false,
        }
    }

    /// Begins a part of the story.
    pub(super) fn heading(&mut self, moment: Moment, text: &str) {
        let time = moment.clock_face();
        let heading = if self.is_terminal {
            format!("\n\x1b[1m{time}  {text}\x1b[0m\n")
        } else {
            format!("\n{time}  {text}\n")
        };
        self.write(&heading);
    }

    /// A line or more below the heading; long ones are broken.
    pub(super) fn line(&mut self, text: &str) {
        for line in text.lines().flat_map(|line| broken(line, WIDTH)) {
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
        let clear = if std::mem::take(&mut self.counting) {
            "\r\x1b[2K"
        } else {
            ""
        };
        let _ = write!(out, "{clear}{text}").and_then(|()| out.flush());
    }
}

impl fmt::Debug for Narrator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Narrator")
            .field("is_terminal", &self.is_terminal)
            .finish_non_exhaustive()
    }
}

/// Breaks a line at blanks so that each part is at most `width` columns wide, if it has blanks to break at. The parts
/// after the first stand below the text: below its second column when it has columns.
fn broken(line: &str, width: usize) -> Vec<String> {
    let indent = hanging(line);
    let mut parts = Vec::new();
    let mut rest = line.to_owned();
    while columns(&rest) > width {
        let fits = |at: &usize| *at > indent && columns(&rest[..*at]) <= width;
        let Some(at) = rest.rmatch_indices(' ').map(|(at, _)| at).find(fits) else {
            break;
        };
        let after = format!("{}{}", " ".repeat(indent), rest[at..].trim_start());
        rest.truncate(at);
        parts.push(std::mem::replace(&mut rest, after));
    }
    parts.push(rest);
    parts
}

/// Where the parts after the first begin.
fn hanging(line: &str) -> usize {
    let blanks = line.len() - line.trim_start().len();
    let second = line
        .trim_start()
        .split_once("  ")
        .map(|(first, rest)| (first, rest.trim_start()));
    match second {
        Some((first, rest)) if blanks == 0 && columns(first) < 12 => columns(line) - columns(rest),
        _ if blanks > 2 => blanks,
        _ => blanks + 2,
    }
}

/// How wide a text is on a terminal: Chinese characters take two columns.
fn columns(text: &str) -> usize {
    let is_wide = |letter: char| matches!(letter, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}');
    text.chars()
        .map(|letter| if is_wide(letter) { 2 } else { 1 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_at_blanks() {
        assert_eq!(broken("short", 10), ["short"]);
        assert_eq!(broken("one two three four", 10), ["one two", "  three", "  four"]);
        assert_eq!(broken("  indented and long", 12), ["  indented", "    and long"]);
        assert_eq!(
            broken("Li Na   sends all of it", 16),
            ["Li Na   sends", "        all of", "        it"]
        );
        assert_eq!(broken("unbreakablyunbroken", 10), ["unbreakablyunbroken"]);
        assert_eq!(broken("门店经理 周五 回来", 10), ["门店经理", "  周五", "  回来"]);
    }
}
