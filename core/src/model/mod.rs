//! The words of the domain: identifiers, kinds, people, money, languages, and the schema table.

mod actor;
pub mod form;
mod ids;
mod kind;
mod language;
mod money;
mod person;
mod reason;
mod roster;
pub mod schema;

pub use actor::{InstallationKey, derive_actor};
pub use ids::{BootId, DeviceId, DocumentId, PersonId, ServerId, TenantId, UnitId, uuid_v7};
pub use kind::Kind;
pub use language::{Language, Words};
pub use money::{Currency, Money, MoneyError, parse_amount};
pub use person::{Principal, Role};
pub use reason::{ReasonFor, ready_reasons};
pub use roster::{Delegation, Member, Roster};
