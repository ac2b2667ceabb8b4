use std::collections::BTreeSet;
use std::sync::mpsc::channel;

use fieldbook_core::model::{PersonId, Role, TenantId, UnitId};
use fieldbook_core::wire::Policy;
use uuid::Uuid;

use super::fixture::{document, fixture};
use crate::store::{PersonRow, Store, StoreError, UnitRow};

pub(crate) fn principals_see_their_subtree<S: Store>(store: &S) {
    let f = fixture(store);
    let principal = |person| store.read(|r| r.principal(f.tenant, person)).unwrap().unwrap();
    let set = |people: &[PersonId]| people.iter().copied().collect::<BTreeSet<_>>();
    let people = |person| {
        let principal = principal(person);
        let pools: BTreeSet<PersonId> = store
            .read(|r| r.units(f.tenant))
            .unwrap()
            .into_iter()
            .map(|unit| unit.id.pool())
            .collect();
        assert!(
            principal.subtree.contains(&principal.unit.pool()),
            "their own pool"
        );
        &principal.subtree - &pools
    };
    assert_eq!(people(f.reps[0]), set(&[f.reps[0]]));
    assert_eq!(people(f.lead), set(&[f.lead, f.reps[0], f.reps[1]]));
    assert_eq!(
        people(f.boss),
        set(&[f.boss, f.lead, f.reps[0], f.reps[1], f.reps[2]])
    );
    let boss = principal(f.boss);
    assert_eq!(
        (boss.role, boss.unit, boss.is_server),
        (Role::Supervisor, f.region, false)
    );
    assert!(
        store
            .read(|r| r.principal(f.tenant, PersonId(Uuid::nil())))
            .unwrap()
            .is_none()
    );
}

pub(crate) fn reference_rows_are_cut_to_the_person<S: Store>(store: &S) {
    let f = fixture(store);
    let rows = |person| store.read(|r| r.reference(f.tenant, person)).unwrap();
    let names = |person| -> Vec<(String, bool)> {
        rows(person)
            .people
            .into_iter()
            .map(|person| (person.name, person.visible))
            .collect()
    };
    let named = |list: &[(&str, bool)]| -> Vec<(String, bool)> {
        list.iter()
            .map(|(name, visible)| ((*name).to_owned(), *visible))
            .collect()
    };
    assert_eq!(
        names(f.reps[0]),
        named(&[("Boss", false), ("Lead", false), ("Rep A", true)])
    );
    assert_eq!(names(f.reps[2]), named(&[("Boss", false), ("Rep C", true)]));
    assert_eq!(
        names(f.lead),
        named(&[("Boss", false), ("Lead", true), ("Rep A", true), ("Rep B", true)])
    );
    assert_eq!(names(f.boss).iter().filter(|(_, visible)| *visible).count(), 5);
    let units = |person| -> Vec<UnitId> { rows(person).units.into_iter().map(|unit| unit.id).collect() };
    assert_eq!(units(f.reps[0]), [f.region, f.teams[0]], "parents first");
    assert_eq!(units(f.boss), [f.region, f.teams[0], f.teams[1]]);
    assert_eq!(rows(f.boss).tenant, Some(f.tenant));
    let (tenant, gone) = (f.tenant, f.reps[1]);
    store.write(move |w| w.set_left(tenant, gone, 1)).unwrap();
    let of_lead = rows(f.lead).people.into_iter();
    let left: Vec<String> = of_lead
        .filter(|it| it.left && it.visible)
        .map(|it| it.name)
        .collect();
    assert_eq!(left, ["Rep B"], "their work is still there, under their name");
    assert_eq!(rows(f.boss).policy, Policy::default());
}

pub(crate) fn every_change_raises_the_reference_version<S: Store>(store: &S) {
    let f = fixture(store);
    let version = || store.read(|r| r.reference_version(f.tenant)).unwrap();
    let (tenant, team) = (f.tenant, f.teams[1]);
    let mut last = version();
    assert!(last > 0, "a phone without rows has version 0");
    let mut must_grow = |what: &str| {
        let now = version();
        assert!(now > last, "{what}");
        last = now;
    };
    let unit = UnitRow {
        id: UnitId(Uuid::from_u128(13)),
        parent: Some(team),
        name: "Squad".to_owned(),
    };
    store.write(move |w| w.add_unit(tenant, &unit)).unwrap();
    must_grow("a unit");
    let person = PersonRow {
        id: PersonId(Uuid::from_u128(25)),
        unit: team,
        name: "Rep D".to_owned(),
        role: Role::Rep,
    };
    store.write(move |w| w.add_person(tenant, &person)).unwrap();
    must_grow("a person");
    let policy = Policy {
        fence_radius_m: 300.0,
        fence_version: 2,
        ..Policy::default()
    };
    let changed = policy.clone();
    store.write(move |w| w.set_policy(tenant, &changed)).unwrap();
    must_grow("the policy");
    assert_eq!(store.read(|r| r.policy(tenant)).unwrap(), policy);
}

pub(crate) fn names_are_taken_once<S: Store>(store: &S) {
    let f = fixture(store);
    let (tenant, team) = (f.tenant, f.teams[0]);
    let unit = UnitRow {
        id: UnitId(Uuid::from_u128(13)),
        parent: None,
        name: "Team 1".to_owned(),
    };
    let taken = store.write(move |w| w.add_unit(tenant, &unit));
    assert_eq!(
        taken,
        Err(StoreError::Taken {
            what: "unit",
            name: "Team 1".to_owned()
        })
    );
    let person = PersonRow {
        id: PersonId(Uuid::from_u128(25)),
        unit: team,
        name: "Rep A".to_owned(),
        role: Role::Rep,
    };
    let taken = store.write(move |w| w.add_person(tenant, &person));
    assert_eq!(
        taken,
        Err(StoreError::Taken {
            what: "person",
            name: "Rep A".to_owned()
        })
    );
    assert_eq!(
        store
            .read(|r| r.person_named(tenant, "Rep A"))
            .unwrap()
            .unwrap()
            .id,
        f.reps[0]
    );
    assert_eq!(
        store
            .read(|r| r.unit_named(tenant, "Team 2"))
            .unwrap()
            .unwrap()
            .id,
        f.teams[1]
    );
    assert!(store.read(|r| r.unit_named(tenant, "Team 3")).unwrap().is_none());
}

pub(crate) fn imported_customers_are_remembered<S: Store>(store: &S) {
    let f = fixture(store);
    let tenant = f.tenant;
    assert_eq!(store.read(|r| r.external_customer(tenant, "17")).unwrap(), None);
    store
        .write(move |w| w.remember_external(tenant, "17", document(100)))
        .unwrap();
    assert_eq!(
        store.read(|r| r.external_customer(tenant, "17")).unwrap(),
        Some(document(100))
    );
    let again = store.write(move |w| w.remember_external(tenant, "17", document(101)));
    assert!(matches!(again, Err(StoreError::Taken { .. })));
}

pub(crate) fn what_people_were_before_is_remembered<S: Store>(store: &S) {
    let f = fixture(store);
    let (tenant, lead, teams) = (f.tenant, f.lead, f.teams);
    store
        .write(move |w| {
            w.set_role(tenant, lead, Role::Rep, 100)?;
            w.move_person(tenant, lead, teams[1], 200)
        })
        .unwrap();
    let then = |at_ms| {
        let then = store.read(move |r| r.principal_at(tenant, lead, at_ms));
        then.unwrap().unwrap()
    };
    let (before, between, after) = (then(99), then(150), then(200));
    assert_eq!((before.role, before.unit), (Role::Supervisor, teams[0]));
    assert!(before.sees(f.reps[0]) && before.sees(lead));
    assert_eq!((between.role, between.unit), (Role::Rep, teams[0]));
    assert!(!between.sees(f.reps[0]) && between.sees(lead));
    assert_eq!((after.role, after.unit), (Role::Rep, teams[1]));
    let now = store.read(move |r| r.principal(tenant, lead)).unwrap().unwrap();
    assert_eq!((now.role, now.unit), (Role::Rep, teams[1]));
    // The boss saw her all the time.
    let boss = store.read(move |r| r.principal_at(tenant, f.boss, 150)).unwrap();
    assert!(boss.unwrap().sees(lead));
}

pub(crate) fn a_duty_is_given_and_taken<S: Store>(store: &S) {
    let f = fixture(store);
    let (tenant, rep) = (f.tenant, f.reps[0]);
    let duties = || {
        let roster = store.read(move |r| r.roster(tenant)).unwrap();
        let member = roster.member(rep).unwrap();
        member.duties.iter().cloned().collect::<Vec<_>>()
    };
    let version = || store.read(move |r| r.reference_version(tenant)).unwrap();
    store
        .write(move |w| {
            w.add_duty(tenant, rep, "finance")?;
            w.add_duty(tenant, rep, "hr")
        })
        .unwrap();
    assert_eq!(duties(), ["finance", "hr"]);
    let before = version();
    store.write(move |w| w.remove_duty(tenant, rep, "hr")).unwrap();
    assert_eq!(duties(), ["finance"]);
    assert!(version() > before, "open approvals are ruled on again");
    store.write(move |w| w.remove_duty(tenant, rep, "hr")).unwrap();
    assert_eq!(duties(), ["finance"]);
}

pub(crate) fn accounts_are_one_human_in_whatever_order_they_are_linked<S: Store>(store: &S) {
    let f = fixture(store);
    for accounts in [&f.reps[..], &[f.lead, f.reps[0], f.reps[1], f.reps[2]]] {
        for links in every_order(accounts) {
            if accounts.len() > 3 && linked(accounts, &links).len() > 1 {
                continue;
            }
            let humans = humans_after(store, f.tenant, accounts, &links);
            assert_eq!(humans, linked(accounts, &links), "{links:?}");
        }
    }
}

/// An account, and another one that it is said to be the same human as.
type Link = (PersonId, PersonId);

/// Every list of as many links as it takes to make one human of these accounts, also those that do not.
fn every_order(accounts: &[PersonId]) -> Vec<Vec<Link>> {
    let pairs: Vec<Link> = accounts
        .iter()
        .flat_map(|one| accounts.iter().map(move |other| (*one, *other)))
        .filter(|(one, other)| one != other)
        .collect();
    let mut orders = vec![Vec::new()];
    for _ in 1..accounts.len() {
        let longer = orders.iter().flat_map(|links| {
            pairs
                .iter()
                .map(move |pair| [links.as_slice(), &[*pair]].concat())
        });
        orders = longer.collect();
    }
    orders
}

/// The accounts of each human by what the links say.
fn linked(accounts: &[PersonId], links: &[Link]) -> BTreeSet<BTreeSet<PersonId>> {
    let mut humans: Vec<BTreeSet<PersonId>> = accounts.iter().map(|it| BTreeSet::from([*it])).collect();
    for (one, other) in links {
        let (mut touched, rest): (Vec<_>, Vec<_>) = humans
            .into_iter()
            .partition(|human| human.contains(one) || human.contains(other));
        let mut joined = touched.pop().unwrap_or_default();
        joined.extend(touched.into_iter().flatten());
        humans = rest;
        humans.push(joined);
    }
    humans.into_iter().collect()
}

/// The accounts of each human once the store was told of these links; nothing of it stays.
fn humans_after<S: Store>(
    store: &S,
    tenant: TenantId,
    accounts: &[PersonId],
    links: &[Link],
) -> BTreeSet<BTreeSet<PersonId>> {
    let (links, (tell, told)) = (links.to_vec(), channel());
    let undone = store.write(move |writer| -> Result<(), StoreError> {
        for (one, other) in links {
            writer.set_same(tenant, one, other)?;
        }
        tell.send(writer.roster(tenant)?).unwrap();
        Err(StoreError::Unknown {
            what: "undone",
            id: String::new(),
        })
    });
    assert!(undone.is_err());
    let roster = told.recv().unwrap();
    let human = |one: &PersonId| {
        let same = accounts.iter().filter(|other| roster.same_human(*one, **other));
        same.copied().collect()
    };
    accounts.iter().map(human).collect()
}

pub(crate) fn receipts_have_an_order_and_are_given_back<S: Store>(store: &S) {
    let f = fixture(store);
    let tenant = f.tenant;
    let keys = |keys: &[&str]| -> Vec<String> { keys.iter().map(|key| (*key).to_owned()).collect() };
    let put = |number: u128, list: &[&str], place: Option<u64>| {
        let list = keys(list);
        store
            .write(move |w| w.put_receipts(tenant, document(number), &list, place))
            .unwrap();
    };
    let keep = |number: u128, list: &[&str]| {
        let list = keys(list);
        store
            .write(move |w| w.keep_receipts(tenant, document(number), &list))
            .unwrap();
    };
    let before = |number: u128, key: &str| {
        let asked = keys(&[key]);
        let mut found = store
            .read(|r| r.receipts(tenant, document(number), &asked))
            .unwrap();
        found.remove(key)
    };
    // The first one has the highest id, and stays the first when it comes again.
    put(9, &["n:1", "n:2"], None);
    put(5, &["n:1"], None);
    put(7, &["n:1"], None);
    put(9, &["n:1"], None);
    assert_eq!(before(9, "n:1"), None);
    assert_eq!(before(5, "n:1"), Some(document(9)));
    assert_eq!(before(7, "n:1"), Some(document(9)), "the very first");
    assert_eq!(before(8, "n:2"), Some(document(9)), "of all, before it has one");
    // What phones hand back gets its place between the others.
    put(6, &["n:1"], Some(40));
    put(4, &["n:1"], Some(30));
    put(3, &["n:1"], None);
    keep(9, &["n:2"]);
    keep(5, &[]);
    keep(7, &[]);
    assert_eq!(before(4, "n:1"), None, "the others gave it back");
    assert_eq!(before(8, "n:2"), Some(document(9)), "and nothing else");
    assert_eq!(before(6, "n:1"), Some(document(4)));
    keep(4, &[]);
    assert_eq!(before(3, "n:1"), Some(document(6)), "behind all that there were");
    put(9, &["n:1"], None);
    assert_eq!(
        before(9, "n:1"),
        Some(document(6)),
        "who gave it back is behind them, too"
    );
    assert_eq!(before(3, "n:1"), Some(document(6)));
}
