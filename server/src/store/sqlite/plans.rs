//! How SQLite goes about the questions of every exchange. A plan is a matter of luck until it is looked at: with one more
//! column asked of `segment`, the index no longer covered the question, and a first sync took 22 s instead of one.

use super::log::{
    AUDIENCE, BELONGED, COUNT_OWNED, DOCUMENTS_OF, LOG_AFTER, LOG_SEEN, MOVED_AWAY, segment, segments,
};
use super::open;
use super::session::Session;

/// Tables that grow with the years: a walk through one of them is a walk through all that was ever written.
const GROWING: [&str; 6] = [
    "segment",
    "document",
    "document_move",
    "moved",
    "document_share",
    "share",
];

/// The steps of SQLite's plan for a question.
fn plan(session: &Session, sql: &str) -> Vec<String> {
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let asked = session.connection.prepare(&sql).unwrap().parameter_count();
    let nothing = vec![rusqlite::types::Null; asked];
    session
        .all(&sql, rusqlite::params_from_iter(nothing), |row| row.get(3))
        .unwrap()
}

/// Checks that the plan has these steps and walks through nothing that grows.
fn holds_to(sql: &str, steps: &[&str]) {
    let plan = plan(&open::in_memory().unwrap(), sql);
    for step in steps {
        assert!(
            plan.iter().any(|planned| planned.starts_with(step)),
            "no {step} in {plan:#?}"
        );
    }
    for table in GROWING {
        let walk = format!("SCAN {table}");
        let walks = |step: &String| step.split(" USING ").next() == Some(walk.as_str());
        assert!(!plan.iter().any(walks), "{plan:#?}");
    }
}

#[test]
fn news_are_found_by_owner_and_placed_by_an_index_alone() {
    let owned = "SEARCH document USING COVERING INDEX document_by_owner (tenant=? AND owner=? AND last>?)";
    let placed =
        "SEARCH segment USING COVERING INDEX segment_by_document (tenant=? AND document=? AND sequence>?";
    for sql in [LOG_AFTER, LOG_SEEN] {
        // The kind and the last move are read from the document itself, one for each that has news.
        holds_to(sql, &[&owned.replace("COVERING ", ""), placed]);
    }
    holds_to(
        LOG_SEEN,
        &["SEARCH share USING COVERING INDEX document_share_by_person (tenant=? AND person=? AND last>?)"],
    );
}

#[test]
fn a_column_more_is_noticed() {
    let more = LOG_SEEN.replace("segment.number,", "segment.number, segment.device,");
    let plan = plan(&open::in_memory().unwrap(), &more);
    let covered = |step: &String| step.starts_with("SEARCH segment USING COVERING INDEX");
    assert!(!plan.iter().any(covered), "{plan:#?}");
}

#[test]
fn a_document_is_read_by_its_own_segments() {
    holds_to(
        &segments(),
        &["SEARCH segment USING INDEX segment_by_document (tenant=? AND document=? AND sequence>?)"],
    );
    holds_to(
        &segment(),
        &["SEARCH segment USING INTEGER PRIMARY KEY (rowid=?)"],
    );
}

#[test]
fn moves_and_owners_are_looked_up() {
    holds_to(
        MOVED_AWAY,
        &["SEARCH moved USING PRIMARY KEY (tenant=? AND old_owner=? AND sequence>?)"],
    );
    holds_to(
        BELONGED,
        &["SEARCH moved USING PRIMARY KEY (tenant=? AND old_owner=?)"],
    );
    let owned = "SEARCH document USING COVERING INDEX document_by_owner (tenant=? AND owner=?)";
    holds_to(DOCUMENTS_OF, &[owned]);
    holds_to(COUNT_OWNED, &[&owned.replace("COVERING ", "")]);
}

#[test]
fn an_audience_is_looked_up_document_by_document() {
    let shared = "SEARCH share USING PRIMARY KEY (tenant=? AND document=?)";
    holds_to(
        AUDIENCE,
        &["SEARCH document USING PRIMARY KEY (tenant=? AND id=?)", shared],
    );
}
