//! The heart of Fieldbook: the model, the rules, the wire and, with the feature `replica`, the phone.
//!
//! Without features the crate is pure: time, randomness and I/O are arguments. The phone and the server
//! build on the same code, so a rule that a phone checks before writing is the rule the server checks
//! before accepting.
//!
//! The way of one operation reads as a walk through the rooms: a person's [`document::Command`] becomes one
//! Automerge change; [`gate`] lists what it writes and checks every reference; [`rules`] judge the list;
//! [`wire`] carries it; the server walks the same gate and rules and answers with a
//! [`wire::Verdict`] per operation.

#![forbid(unsafe_code)]

pub mod document;
pub mod gate;
pub mod geo;
pub mod model;
#[cfg(feature = "replica")]
pub mod replica;
pub mod rules;
pub mod rulings;
pub mod time;
pub mod trust;
pub mod wire;
