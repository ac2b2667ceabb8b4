//! What the server decides: a table of ruled fields, each with a pure function of the document, what the server knows
//! beyond it, and the clock.
//!
//! After every append the server asks the rows of that kind, in their order, until none answers: [`next`]. What they
//! answer is written by the server's own actor. A phone never writes a ruled field; it writes the request.

mod approval;
mod customer;
mod office;
mod ruling;
mod scene;
mod table;
#[cfg(test)]
mod testing;
mod visit;
mod words;

pub use approval::{Complaint, Limits, complaints, limits, over_house, receipt_keys};
pub use office::Office;
pub use ruling::{Ruling, Unruled};
pub use scene::Scene;
pub use table::{RULED, Ruled, is_asked, next};
