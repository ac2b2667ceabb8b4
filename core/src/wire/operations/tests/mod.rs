//! The encoding: exact both ways, and deaf to damage.

mod damage;
mod exact;
mod size;
mod vectors;
