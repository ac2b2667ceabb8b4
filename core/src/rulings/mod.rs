//! What the server decides: pure functions of a document, who asks, and the clock.

mod expense;

pub use expense::rule;
