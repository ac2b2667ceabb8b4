//! Everything the demo says, in one place, so that it can be read as a whole and improved.
//!
//! Who reads it sells things. A record is *on the phone*, *sent*, *accepted*, or *needs attention*; nothing is ever
//! "synced" that is only saved, and nobody is accused of anything.

mod ending;
mod evening;
mod field;
mod morning;
mod numbers;

pub(in crate::demo) use ending::{agrees, closing, differs, fingerprint, invitation, open_house, receipts};
pub(in crate::demo) use evening::{
    answer_lost, became_a_remark, both_names, both_numbers, broke_in_the_middle, came_back, came_second,
    corrected, had_it_already, inbox, learns, needs_attention, sees_moved_plan, stands_in,
};
pub(in crate::demo) use field::{
    all_on_phones, called_off, city, from_the_contract, handed_in, logged, moved_plan, moves_what_is_off,
    name_in_the_contract, name_on_the_sign, new_customer, new_sign, not_reached, tries_to_move, visited,
};
pub(in crate::demo) use morning::{
    company, no_network, planned, round, server_at, signed_in, territories, title,
};
pub(in crate::demo) use numbers::{bytes, thousands};

pub(in crate::demo) const OPENING: &str = "The office opens";
pub(in crate::demo) const SIGNING_IN: &str = "Eight people sign in, each with a code that works once";
pub(in crate::demo) const PLANNING: &str = "The supervisors plan the day";
pub(in crate::demo) const LEAVING: &str = "Everybody drives off. No network from here on";
pub(in crate::demo) const FIRST_STOP: &str = "First stores";
pub(in crate::demo) const SECOND_STOP: &str = "Second stores";
pub(in crate::demo) const ON_THE_TRAIN: &str = "Grace works on a train, without network too";
pub(in crate::demo) const THIRD_STOP: &str = "After lunch";
pub(in crate::demo) const FOURTH_STOP: &str = "Last stores";
pub(in crate::demo) const PAPERWORK: &str = "In the car: logs and expenses";
pub(in crate::demo) const COMING_BACK: &str = "Connections come back, one by one";
pub(in crate::demo) const WHAT_BECAME: &str = "Everybody has heard from everybody. What became of it";
pub(in crate::demo) const DECIDING_TWICE: &str = "Two supervisors decide one expense, both without network";
pub(in crate::demo) const DECIDING: &str = "The supervisors decide";
pub(in crate::demo) const CHECKING: &str = "Does everybody hold the same?";
pub(in crate::demo) const OPEN_HOUSE: &str = "The office stays open";

pub(in crate::demo) const SIGNED_IN: &str = "phones are ready";
pub(in crate::demo) const FETCHING: &str = "phones have their plan";
pub(in crate::demo) const COMPARED: &str = "phones compared";
pub(in crate::demo) const PLANS_FETCHED: &str =
    "Every phone has the day's plan, and its own stores to work with.";
pub(in crate::demo) const DECIDED: &str =
    "Each decision was shown as waiting for the server until the server had ruled.";
pub(in crate::demo) const FAILED: &str = "The demo stopped";
pub(in crate::demo) const STOPPED: &str = "The demo was stopped early";
