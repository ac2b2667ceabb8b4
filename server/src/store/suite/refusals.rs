use fieldbook_core::model::Words;
use fieldbook_core::wire::{Origin, Rejection};

use super::fixture::{document, fixture};
use crate::store::{ActorRow, Store};

pub(crate) fn refusals_are_remembered_and_counted<S: Store>(store: &S) {
    let f = fixture(store);
    let tenant = f.tenant;
    let origin = |key| Origin {
        public_key: [key; 32],
        epoch: 0,
    };
    let actor = |key, rebase| ActorRow {
        document: document(100),
        origin: origin(key),
        rebase,
    };
    let why = |rule: &str| Rejection {
        rule: rule.to_owned(),
        path: String::new(),
        expected: Words::same(""),
        actual: String::new(),
        suggestion: Words::new("Look again.", "请检查。"),
    };
    for (actor, sequence, rule) in [
        (actor(1, 0), 7, "first"),
        (actor(1, 0), 3, "second"),
        (actor(1, 1), 1, "x"),
        (actor(2, 0), 1, "y"),
    ] {
        let rejection = why(rule);
        store
            .write(move |w| w.refuse(tenant, &actor, sequence, &rejection))
            .unwrap();
    }
    let first = store.read(|r| r.refusal(tenant, &actor(1, 0))).unwrap();
    assert_eq!(first, Some((7, why("first"))), "the first one stands");
    let count = |key| store.read(|r| r.refusals(tenant, &origin(key))).unwrap();
    assert_eq!([count(1), count(2), count(3)], [2, 1, 0]);
}
