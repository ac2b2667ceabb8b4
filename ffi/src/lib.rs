//! The surface of Fieldbook for Kotlin and Swift, by uniffi.
//!
//! Nothing is decided here: a method is one line over [`fieldbook_core`]. The files are the groups of the domain.
//!
//! - [`Phone`] looks after the replicas of a phone: who signed in, signing in, setting a damaged one aside;
//! - [`Session`] is one person's work: [`Visits`], [`Customers`], [`Activities`], [`Approvals`], [`Parked`], [`People`];
//! - [`Sync`] brings it together with the server, [`Live`] tells screens what changed;
//! - the traits of [`Platform`] are what a phone gives: clock, key store, place, connectivity; a [`LogSink`] takes the log.
//!
//! Three rules for whoever adds a method. It blocks on the disk at most, or it is `async`: waiting for the network takes a
//! [`Cancel`], because a cancelled Swift task does not cancel the Rust future. It returns a `Result`, or it cannot fail:
//! a panic in a function that throws nothing ends a Swift app. And what it returns is a record of this crate: no type of
//! Automerge, no text that a caller has to take apart.
//!
//! Photos have no group yet: core keeps their hashes ([`NewLine::photo`]) and has no lane that carries the pictures. They
//! will be `attachments`, a group of [`Session`] like the others.

mod account;
mod activities;
mod approvals;
mod cancel;
mod customers;
mod edge;
mod error;
mod ids;
mod live;
mod log;
mod parked;
mod people;
mod phone;
mod place;
mod platform;
mod resting;
mod session;
mod shared;
mod state;
mod sync;
mod timeline;
mod values;
mod visit_page;
mod visits;

pub use account::{Account, EnrolmentLink, Recovered, Unsent, UnsentRecords};
pub use activities::{Activities, Comment, DayLog, LogEntry, NewEntry};
pub use approvals::{
    Approval, ApprovalDifference, ApprovalPage, ApprovalStatus, ApprovalWarnings, Approvals, ChainStep,
    Deciding, Decision, DuplicateReceipt, ExpenseLine, FieldDifference, FieldType, FilledField, FormField,
    FormValue, Handing, InboxItem, LineCategory, LineChange, LineDifference, LineRule, Missing, NewExpense,
    NewLine, OverCategory, RequestForm, Spent, StepMode,
};
pub use cancel::Cancel;
pub use customers::{
    AskedFor, Conflict, Contact, ContactFields, CustomField, Customer, CustomerChange, CustomerPage,
    CustomerReply, CustomerRequest, Customers, DueCustomer, FoundCustomer, Holdings, NewCustomer,
};
pub use error::{FieldbookError, Words, defect};
pub use ids::{
    AccountId, ApprovalId, CheckInId, ContactId, CustomerId, LogId, PersonId, RecordId, UnitId, VisitId,
};
pub use live::{ChangeListener, Live, Topic, Watch};
pub use log::{LogLevel, LogSink, start_log};
pub use parked::{Parked, ParkedItem, TypedField};
pub use people::{House, OrgUnit, People, Person, ReasonFor, Role, VisitCycle, ready_reasons};
pub use phone::Phone;
pub use place::{Away, Fix, Position, Reading, Source, Verdict, away, on_chinese_map};
pub use platform::{
    ClockReading, Platform, PlatformClock, PlatformConnectivity, PlatformError, PlatformKeyStore,
    PlatformLocation,
};
pub use session::Session;
pub use state::{RecordKind, RecordState};
pub use sync::{Arriving, ClockOff, Delivery, Phase, Sync, SyncReport, SyncStatus, Totals};
pub use timeline::{ServerAnswer, StepValue, TimelineItem, TimelineKind};
pub use values::{Amount, Day, Money, Timestamp};
pub use visit_page::{CheckIn, Moment, VisitPage};
pub use visits::{Judgement, NewPlan, PlanRemark, Today, Visit, VisitStatus, Visits};

uniffi::setup_scaffolding!("fieldbook");

// A panic that cannot unwind would end the app instead of becoming an error.
#[cfg(not(panic = "unwind"))]
compile_error!("fieldbook-ffi needs panic = \"unwind\"");

/// The version of this library.
#[uniffi::export]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Can this build encrypt replicas?
#[uniffi::export]
pub fn can_encrypt() -> bool {
    fieldbook_core::replica::CAN_ENCRYPT
}
