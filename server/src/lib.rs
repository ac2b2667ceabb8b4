//! The sync server of Fieldbook.
//!
//! One exchange walks through the rooms in this order: [`http`] takes the request, [`identity`] says who asks,
//! [`exchange`] decodes, checks and stores, [`rulings`] decide what only the server may decide, [`store`] keeps it.
//! [`materialise`] makes documents of what was stored, where a crash harms nobody. [`organisation`] and [`cli`] are the
//! operator's side, [`recovery`] is for the day after a restore, [`demo`] shows a field day.

pub mod audit;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod exchange;
pub mod http;
pub mod identity;
pub mod materialise;
pub mod organisation;
pub mod random;
pub mod recovery;
pub mod rulings;
pub mod store;

pub use cli::run;
