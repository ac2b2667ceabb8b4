//! Kills: a real server and real phones, either ended by SIGKILL in the middle of its work, again and again.
//!
//! A phone tells what it has saved once its command has returned, and what the server has acknowledged once a sync
//! has confirmed it; the run keeps a ledger of both. After each kill the file of whoever was killed is read
//! with plain SQL, and at the end phones and server must hold everything of the ledger, once.
//!
//! The moments of the kills come from the seed; what happens between two moments is the machine's own.

mod check;
mod ledger;
mod moment;
mod phone;
mod run;
mod summary;
mod work;
mod yard;

pub use phone::run as run_phone;
pub use run::run;
pub use summary::Summary;

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many times something is killed.
    pub cycles: u32,
    /// The seed of the moments.
    pub seed: u64,
}
