//! One behavioural suite that every store passes.

pub(super) mod equivocations;
mod fixture;
pub(super) mod future;
pub(super) mod identity;
pub(super) mod log;
pub(super) mod organisation;
pub(super) mod proofs;
pub(super) mod refusals;
pub(super) mod restore;
pub(super) mod snapshots;
pub(super) mod transactions;

pub(super) use fixture::{document, fixture, segment};

/// Makes one test of each behaviour; `$make` gives an empty store and whatever must live as long as it.
macro_rules! store_suite {
    ($make:path) => {
        store_suite!(@ $make, log: [
            sequences_and_hashes_chain,
            a_document_knows_its_ends,
            the_audience_of_documents_is_their_owners_and_who_shares_them,
            the_log_is_paged_by_bytes_in_order,
            a_lane_up_to_a_sequence_is_not_disturbed,
            a_move_is_marked_and_remembered,
            scopes_are_remembered,
            rulings_are_numbered_and_chained,
            tenants_do_not_meet,
        ]);
        store_suite!(@ $make, proofs: [
            proofs_come_back_in_order,
            stored_operations_are_counted,
        ]);
        store_suite!(@ $make, refusals: [
            refusals_are_remembered_and_counted,
        ]);
        store_suite!(@ $make, equivocations: [
            evidence_is_recorded_once,
        ]);
        store_suite!(@ $make, future: [
            of_what_is_dated_ahead_the_latest_date_stays,
        ]);
        store_suite!(@ $make, restore: [
            phones_that_may_have_worked_on_the_lost_day_are_behind,
        ]);
        store_suite!(@ $make, snapshots: [
            the_log_is_materialised_once,
            what_is_set_aside_waits_until_it_is_released,
        ]);
        store_suite!(@ $make, organisation: [
            principals_see_their_subtree,
            reference_rows_are_cut_to_the_person,
            every_change_raises_the_reference_version,
            names_are_taken_once,
            what_people_were_before_is_remembered,
            a_duty_is_given_and_taken,
            accounts_are_one_human_in_whatever_order_they_are_linked,
            receipts_have_an_order_and_are_given_back,
            imported_customers_are_remembered,
        ]);
        store_suite!(@ $make, identity: [
            devices_come_back,
            a_revoked_device_is_closed_later,
            tokens_come_back_with_their_sign_in,
        ]);
        store_suite!(@ $make, transactions: [
            an_error_undoes_its_own_work_only,
            a_panic_undoes_its_own_work_only,
            many_writers_lose_nothing,
            reads_see_what_was_written,
        ]);
    };
    (@ $make:path, $module:ident: [$($name:ident,)*]) => {
        mod $module {
            $(
                #[test]
                fn $name() {
                    let (store, _keep) = $make();
                    $crate::store::suite::$module::$name(&store);
                }
            )*
        }
    };
}
pub(super) use store_suite;
