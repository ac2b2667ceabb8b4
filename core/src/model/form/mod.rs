//! Forms and chains: what a request of each form asks for, and who has to agree to it. Reference data, owned by the
//! server; phones read them.

mod approver;
mod builtin;
mod chain;
mod fields;
mod problem;
mod row;

pub use approver::{Approver, ApproverError};
pub use builtin::built_in;
pub use chain::{Asked, Chain, Condition, Mode, Step};
pub use fields::{Category, Duplicates, Field, FieldType, Form, LineRule, OverLimit};
pub use problem::{FormProblem, check};
