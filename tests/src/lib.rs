//! Whole topologies: simulated stories, real processes that are killed, and the workload.
//!
//! - [`simulate`] runs phones and a server in one process under a seed, with a network that loses, repeats and
//!   reorders, and checks what must hold at the end.
//! - [`day`] is what a rep does in a day, the same for the same seed.
//! - [`workload`] measures that day; its figures have their names and targets in one table.
//! - [`siege`] sends bodies that cost as much as their sender can make them, and measures what the server spends.
//! - [`kill`] kills real servers and phones in the middle of their work and looks for what is gone.
//! - [`stories`] is a small team for acceptance stories, told in the words of a sales manager.
//! - [`audited`] is a small day whose database somebody changes before it is audited.
//! - [`fixture`] is about files of earlier versions.
//! - [`process`] starts those processes, counts their bytes and what they use.

pub mod audited;
pub mod day;
pub mod fixture;
pub mod kill;
pub mod process;
pub mod siege;
pub mod simulate;
pub mod stories;
pub mod workload;
