//! The operator's side of an organisation: founding it, its units and people, and customers from a file.

mod change;
mod delegate;
mod devices;
mod error;
mod forms;
mod found;
mod handover;
mod import;
mod leave;
mod members;
mod spread;
mod version;
mod waiting;

pub use change::{change_duties, move_person, set_role, set_same};
pub use delegate::delegate;
pub use devices::{devices, find_device};
pub use error::OrganisationError;
pub use forms::{FormFile, FormsError, FormsImported, import_forms, show_forms};
pub use found::{Founded, found, the_tenant};
pub use handover::{HandedOver, hand_over_customers};
pub use import::{
    Assign, BadRow, CustomerFile, CustomerLine, ImportError, ImportOptions, Imported, import_customers,
};
pub use leave::leave;
pub use members::{add_person, add_unit, find_person, find_unit};
pub use waiting::{WaitingForChain, waiting_for_chains};
