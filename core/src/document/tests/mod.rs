//! Commands write documents, views read them back, and others' fields survive.

mod concurrent;
mod unknown;
mod writing;
mod reading;
