//! A server is restored from a backup that is older than the chain on which a request was handed in. Nobody's yes ends the request
//! while the second step is unknown; the operator sees it, imports the file again, and it goes on where it stood.

use fieldbook_core::document::command::Decision;
use fieldbook_core::document::view::ApprovalStatus;
use fieldbook_server::organisation::{FormFile, import_forms, waiting_for_chains};
use fieldbook_server::recovery::begin_epoch;
use fieldbook_server::store::sqlite::{FILE, Options, backup};
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};
use tempfile::TempDir;

const OPTIONS: Options = Options {
    durable: false,
    inline: true,
};

/// First the superior, then somebody by name.
fn chain(then: &str) -> String {
    format!(
        r#"{{"chains": [{{"name": "expense", "steps": [
        {{"label": {{"en": "Superior", "zh": "上级"}}, "approvers": ["superior"]}},
        {{"label": {{"en": "Finance", "zh": "财务"}}, "approvers": ["person:{then}"]}}]}}]}}"#
    )
}

/// What the operator's import says is in force.
fn import(team: &Team, text: &str) -> Outcome<String> {
    let (file, tenant): (FormFile, _) = (text.parse()?, team.tenant());
    let imported = team
        .store()
        .transact(move |writer| import_forms(writer, tenant, &file, false))?;
    let added = imported.added.first().ok_or("nothing new")?;
    Ok(added.trim_start_matches("chain ").to_owned())
}

#[test]
fn a_request_waits_for_its_chain_and_nobody_is_passed_over() -> Outcome<()> {
    let folder = TempDir::new()?;
    let (data, restored) = (folder.path().join("data"), folder.path().join("restored"));
    for folder in [&data, &restored] {
        std::fs::create_dir(folder)?;
    }
    let mut team = Team::on(SqliteStore::create(&data, OPTIONS)?)?;
    backup::copy(&data, &restored.join(FILE))?;

    // After the backup: a new chain, and a request on it.
    let version = import(&team, &chain("Marcus"))?;
    let (expense, revision) = team.hand_in("Dana", "128.50")?;
    team.sync("Grace", &minute(5))?;
    assert_eq!(team.phone("Grace").approval(expense)?.course.chain, version);

    let store = SqliteStore::open(&restored, OPTIONS)?;
    let at_ms = minute(10).unix_ms();
    store.write(move |writer| begin_epoch(writer, at_ms, 0))?;
    team.go_on_from(store);
    for (at, name) in (11..).zip(["Dana", "Grace", "Dana", "Grace", "Marcus"]) {
        team.sync(name, &minute(at))?;
    }

    // Another content never gets the version that documents name.
    assert_ne!(import(&team, &chain("Grace"))?, version);
    team.phone("Grace")
        .decide(&minute(20), expense, &revision, Decision::Approve, None)?;
    for (at, name) in (21..).zip(["Grace", "Dana", "Grace"]) {
        team.sync(name, &minute(at))?;
    }
    assert_eq!(
        team.phone("Dana").approval(expense)?.status,
        ApprovalStatus::Provisional,
        "her yes waits; Marcus has not been asked"
    );
    let tenant = team.tenant();
    let waiting = team.store().read(|reader| waiting_for_chains(reader, tenant))?;
    let [waiting] = waiting.as_slice() else {
        return Err(format!("{waiting:?}").into());
    };
    assert_eq!(
        (waiting.document, waiting.title.as_str(), &waiting.chain),
        (expense, "Lunch", &version)
    );

    // The same file again is the same version: the request goes on by itself, with Marcus.
    assert_eq!(import(&team, &chain("Marcus"))?, version);
    for (at, name) in (30..).zip(["Grace", "Marcus"]) {
        team.sync(name, &minute(at))?;
    }
    let none = team.store().read(|reader| waiting_for_chains(reader, tenant))?;
    assert_eq!(none, []);
    assert_eq!(team.phone("Marcus").approval(expense)?.course.step, 2);
    team.phone("Marcus")
        .decide(&minute(33), expense, &revision, Decision::Approve, None)?;
    for (at, name) in (34..).zip(["Marcus", "Dana"]) {
        team.sync(name, &minute(at))?;
    }
    assert_eq!(
        team.phone("Dana").approval(expense)?.status,
        ApprovalStatus::Approved
    );
    Ok(())
}
