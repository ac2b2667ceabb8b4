//! The gate against Automerge: what Automerge makes, the index takes and shows alike; what nobody honest
//! makes, it refuses.

mod effort;
mod honest;
mod mutants;
mod refused;
mod show;
pub(crate) mod story;
mod views;
mod writes;
