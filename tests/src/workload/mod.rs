//! The workload: the field day, measured at the phone, on the wire and at the server.
//!
//! The server is a process of its own; bytes are counted on the socket, processor time is user and system of the
//! process. Every workload returns its figures under the names of one contract, see [`Figure`].

mod figure;
mod history;
mod phone;
mod reps;
mod statistics;
mod w1;
mod w2;
mod w3;
mod w4;
mod w5;
mod w6;
mod w7;

use std::path::PathBuf;
use std::str::FromStr;

pub use figure::{Figure, table};
pub use phone::run as run_phone;

use crate::process::Outcome;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Workload {
    /// One operation committed durably on the phone.
    W1,
    /// One day uploaded after reconnect.
    W2,
    /// Many reps reconnect at once.
    W3,
    /// A supervisor's fresh phone receives many days.
    W4,
    /// A phone with nothing to say.
    W5,
    /// A territory at scale.
    W6,
    /// What a day costs on a server that holds many.
    W7,
}

/// How much to measure; 0 stands for what the workload says.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How many reps: W3, W4, and the most days that W7 stores.
    pub reps: usize,
    /// How many documents: W5, W6.
    pub documents: usize,
    /// How often to measure; the median counts.
    pub runs: usize,
    /// Where the databases go: a folder on the disk that is to be measured.
    pub folder: PathBuf,
}

impl Workload {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::W1,
        Self::W2,
        Self::W3,
        Self::W4,
        Self::W5,
        Self::W6,
        Self::W7,
    ];

    /// The name in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::W1 => "w1",
            Self::W2 => "w2",
            Self::W3 => "w3",
            Self::W4 => "w4",
            Self::W5 => "w5",
            Self::W6 => "w6",
            Self::W7 => "w7",
        }
    }

    /// Measures it.
    ///
    /// # Errors
    /// When something does not work; a figure that is bad is no error.
    pub fn measure(self, settings: &Settings) -> Outcome<Vec<Figure>> {
        let folder = tempfile::Builder::new()
            .prefix(self.name())
            .tempdir_in(&settings.folder)?;
        let settings = Settings {
            folder: folder.path().to_owned(),
            ..settings.clone()
        };
        match self {
            Self::W1 => w1::measure(&settings),
            Self::W2 => w2::measure(&settings),
            Self::W3 => w3::measure(&settings),
            Self::W4 => w4::measure(&settings),
            Self::W5 => w5::measure(&settings),
            Self::W6 => w6::measure(&settings),
            Self::W7 => w7::measure(&settings),
        }
    }

    fn figure(self, metric: &'static str, value: f64, unit: &'static str) -> Figure {
        Figure {
            workload: self,
            metric,
            value,
            unit,
        }
    }
}

impl FromStr for Workload {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|workload| workload.name() == name);
        found.ok_or_else(|| format!("there is no workload {name:?}; choose one of w1 to w7, or all"))
    }
}

impl Settings {
    fn reps_or(&self, standard: usize) -> usize {
        if self.reps == 0 { standard } else { self.reps }
    }

    fn documents_or(&self, standard: usize) -> usize {
        if self.documents == 0 {
            standard
        } else {
            self.documents
        }
    }

    fn runs_or(&self, standard: usize) -> usize {
        if self.runs == 0 { standard } else { self.runs }
    }
}
