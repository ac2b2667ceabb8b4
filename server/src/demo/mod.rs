//! The field day: one command that shows reps and supervisors working offline on real stores, and coming back.
//!
//! Nothing in it is pretended: [`play`] makes an organisation from a file of real stores, serves it over HTTP on a
//! loopback port, and lets eight replicas in files do a day's work over connections that come, go and break. The time
//! is the story's and every draw comes from the seed, so a seed replays the day to the same state.
//!
//! `cast` says who plays, `day` what happens, `words` how it is told, `agree` whether everybody holds the same in
//! the end.

mod agree;
mod cast;
mod chance;
mod clock;
mod day;
mod error;
mod figures;
mod line;
mod moment;
mod narrator;
mod office;
mod organisation;
mod phone;
mod phrases;
mod place;
mod play;
mod stores;
mod table;
mod verdict;
mod visitors;
mod words;

use std::io::Write;
use std::process::ExitCode;

pub use error::DemoError;
pub use figures::Figures;
pub use narrator::Narrator;
pub use play::play;

use crate::http::stop_signal;
use play::Played;

/// How the day is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Replays a day; another seed is another day.
    pub seed: u64,
    /// Prints one object at the end instead of the story.
    pub json: bool,
    /// Keeps the server up afterwards.
    pub serve: bool,
}

/// Plays the day. Succeeds only if every replica and the server agree in the end.
pub fn run(options: Options) -> ExitCode {
    match shown(options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{}: {error}", words::FAILED);
            ExitCode::FAILURE
        }
    }
}

fn shown(options: Options) -> Result<bool, DemoError> {
    // The phones' own work runs on this thread; the server and the connections have theirs.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let mut narrator = if options.json {
        Narrator::silent()
    } else {
        Narrator::aloud()
    };
    runtime.block_on(async {
        // Whoever stops it early gets the folder tidied up all the same.
        let played = tokio::select! {
            played = Played::new(options.seed, &mut narrator) => played?,
            () = stop_signal()? => {
                let _ = writeln!(std::io::stderr(), "\n{}", words::STOPPED);
                return Ok(false);
            }
        };
        let figures = played.figures.clone();
        if options.json {
            let object = serde_json::to_string(&figures).map_err(std::io::Error::from)?;
            let _ = writeln!(std::io::stdout(), "{object}");
        }
        if options.serve {
            // With --json standard output holds the object alone.
            let mut aside = if options.json {
                Narrator::to(std::io::stderr())
            } else {
                narrator
            };
            visitors::receive(&played, &mut aside).await?;
        }
        played.end().await?;
        Ok(figures.agree)
    })
}
