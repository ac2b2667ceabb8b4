//! Whole topologies in one process: simulated stories, kills and the workload.
//!
//! - [`simulate`] runs phones and a server under a seed, with a network that loses, repeats and reorders, and checks
//!   what must hold at the end.

pub mod simulate;
