//! Commands write documents, views read them back, and others' fields survive.

mod concurrent;
mod reading;
mod unknown;
mod writing;
