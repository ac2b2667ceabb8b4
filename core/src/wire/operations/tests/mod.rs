//! The encoding: exact both ways, and deaf to damage; the vectors that let a stranger check a client.

mod actors;
mod damage;
mod document;
mod envelope;
mod exact;
mod operations;
mod signatures;
mod size;
mod vectors;
