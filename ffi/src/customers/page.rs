use std::time::SystemTime;

use fieldbook_core::document::view::CustomerView;
use fieldbook_core::replica::query;

use super::{Contact, Customer, CustomerRequest};
use crate::TimelineItem;
use crate::values::signed_instant;

/// Everything on a customer's page.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CustomerPage {
    /// The customer.
    pub customer: Customer,
    /// When the next visit is due; nothing without a cycle or a visit.
    pub due: Option<SystemTime>,
    /// Its contacts.
    pub contacts: Vec<Contact>,
    /// The organisation's own fields, sorted by key.
    pub custom: Vec<CustomField>,
    /// What people asked the server to decide about it, the latest first.
    pub requests: Vec<CustomerRequest>,
    /// What happened with it, the latest thing first.
    pub timeline: Vec<TimelineItem>,
}

/// A field of the organisation's own.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CustomField {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

impl CustomerPage {
    pub(super) fn of(detail: query::CustomerDetail, view: CustomerView) -> Self {
        let custom = view.custom.into_iter();
        Self {
            customer: detail.customer.into(),
            due: detail.due_ms.map(signed_instant),
            contacts: detail.contacts.into_iter().map(Into::into).collect(),
            custom: custom.map(|(key, value)| CustomField { key, value }).collect(),
            requests: view.requests.into_iter().rev().map(Into::into).collect(),
            timeline: detail.timeline.into_iter().map(Into::into).collect(),
        }
    }
}
