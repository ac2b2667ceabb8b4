//! People who move, change what they do, and the rules of the house: the operator's commands, by the real binary.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Output};

use fieldbook_server::store::sqlite::Options;
use fieldbook_server::store::{SqliteStore, Store};
use tempfile::TempDir;

type Outcome = Result<(), Box<dyn Error>>;

const STORES: &str =
    "external_id,name,address,lat,lon\n1,东方五金,1 Main St,31.2,121.4\n2,West Shop,2 Main St,31.3,121.5\n";

fn fieldbook(folder: &Path, arguments: &[&str]) -> Result<Output, Box<dyn Error>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    let command = command.args(arguments).args(["--data", "data"]);
    Ok(command.current_dir(folder).output()?)
}

/// Runs a command that must do its work, and answers what it said.
fn done(folder: &Path, arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = fieldbook(folder, arguments)?;
    let error = String::from_utf8(output.stderr)?;
    assert!(output.status.success(), "{arguments:?}: {error}");
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a command that must fail with this exit code, and answers why.
fn refused(folder: &Path, arguments: &[&str], code: i32) -> Result<String, Box<dyn Error>> {
    let output = fieldbook(folder, arguments)?;
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    Ok(String::from_utf8(output.stderr)?)
}

/// East with Team 1 below it, and West; Li and Wang are reps of Team 1, Boss leads East.
fn founded() -> Result<TempDir, Box<dyn Error>> {
    let folder = TempDir::new()?;
    let path = folder.path();
    done(path, &["init", "--name", "华东"])?;
    done(path, &["unit", "add", "East"])?;
    done(path, &["unit", "add", "Team 1", "--parent", "East"])?;
    done(path, &["unit", "add", "West"])?;
    for (name, role, unit) in [
        ("Li", "rep", "Team 1"),
        ("Wang", "rep", "Team 1"),
        ("Boss", "supervisor", "East"),
    ] {
        done(path, &["user", "add", name, "--role", role, "--unit", unit])?;
    }
    Ok(folder)
}

#[test]
fn a_rep_moves_and_a_colleague_gets_the_customers() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    std::fs::write(path.join("stores.csv"), STORES)?;
    done(path, &["import", "customers", "stores.csv", "--owner", "Li"])?;
    let said = done(
        path,
        &["user", "move", "Li", "--unit", "West", "--customers-to", "Wang"],
    )?;
    assert!(said.contains("Li is in \"West\" now"), "{said}");
    assert!(said.contains("2 customers went to Wang"), "{said}");
    // Each is a ruling of its own, in the log and in the document.
    let audit = done(path, &["audit", "verify"])?;
    assert!(audit.contains("all is as it was written: 2 rulings"), "{audit}");
    let said = done(path, &["user", "move", "Wang", "--unit", "East"])?;
    assert!(!said.contains("customers went"), "{said}");
    // Who leaves hands them on in the same way.
    let said = done(path, &["user", "leave", "Wang", "--customers-to", "Boss"])?;
    assert!(said.contains("2 customers went to Boss"), "{said}");
    let audit = done(path, &["audit", "verify"])?;
    assert!(audit.contains("all is as it was written: 4 rulings"), "{audit}");
    Ok(())
}

#[test]
fn a_move_that_cannot_be_changes_nothing_and_says_why() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    std::fs::write(path.join("stores.csv"), STORES)?;
    done(path, &["import", "customers", "stores.csv", "--owner", "Li"])?;
    let said = refused(path, &["user", "move", "Li", "--unit", "Team 1"], 1)?;
    assert!(
        said.contains("Li is in \"Team 1\" already; --unit names"),
        "{said}"
    );
    let said = refused(path, &["user", "move", "Li", "--unit", "North"], 1)?;
    assert!(
        said.contains("there is no unit \"North\"; there is: East, West, Team 1"),
        "{said}"
    );
    refused(path, &["user", "move", "Li"], 2)?;
    let to = ["user", "move", "Li", "--unit", "West", "--customers-to"];
    let said = refused(path, &[&to[..], &["Zhao"]].concat(), 1)?;
    assert!(said.contains("there is no person \"Zhao\""), "{said}");
    let said = refused(path, &[&to[..], &["Li"]].concat(), 1)?;
    assert!(said.contains("the customers are Li's already"), "{said}");
    let said = refused(path, &["user", "leave", "Wang", "--customers-to", "Wang"], 1)?;
    assert!(said.contains("Wang left already"), "{said}");
    done(path, &["user", "leave", "Wang"])?;
    let said = refused(path, &[&to[..], &["Wang"]].concat(), 1)?;
    assert!(said.contains("Wang left already"), "{said}");
    let said = refused(path, &["user", "move", "Wang", "--unit", "West"], 1)?;
    assert!(said.contains("Wang left already"), "{said}");
    // Nothing of all that was done by half.
    done(path, &["user", "move", "Li", "--unit", "West"])?;
    assert!(done(path, &["audit", "verify"])?.contains(": 0 rulings"));
    Ok(())
}

#[test]
fn roles_duties_and_second_accounts_are_changed_later() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    let said = done(path, &["user", "role", "Li", "supervisor"])?;
    assert!(said.contains("Li is a supervisor now"), "{said}");
    let said = refused(path, &["user", "role", "Li", "supervisor"], 1)?;
    assert!(said.contains("Li is a supervisor already"), "{said}");
    let said = refused(path, &["user", "role", "Li", "king"], 2)?;
    assert!(said.contains("rep") && said.contains("supervisor"), "{said}");

    let said = done(path, &["user", "duty", "Wang", "--add", "finance", "--add", "hr"])?;
    assert_eq!(said.trim(), "Wang has the duties finance, hr");
    let said = done(path, &["user", "duty", "Wang", "--remove", "hr"])?;
    assert_eq!(said.trim(), "Wang has the duties finance");
    assert_eq!(done(path, &["user", "duty", "Wang"])?, said);
    let said = refused(path, &["user", "duty", "Wang", "--remove", "hr"], 1)?;
    assert!(said.contains("\"hr\"; there is: finance"), "{said}");
    let said = refused(path, &["user", "duty", "Wang", "--add", "  "], 1)?;
    assert!(said.contains("duty") && said.contains("it is empty"), "{said}");
    assert_eq!(
        done(path, &["user", "duty", "Boss"])?.trim(),
        "Boss has no duties"
    );

    let said = done(path, &["user", "same-as", "Wang", "Boss"])?;
    assert!(said.contains("neither decides on the other's requests"), "{said}");
    let said = refused(path, &["user", "same-as", "Wang", "Wang"], 1)?;
    assert!(said.contains("name the other account"), "{said}");
    assert!(refused(path, &["user", "same-as", "Wang", "Zhao"], 1)?.contains("\"Zhao\""));
    Ok(())
}

#[test]
fn three_accounts_of_one_human_stay_one_however_they_are_named() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    let third = ["user", "add", "Li 2", "--role", "supervisor", "--unit", "West"];
    done(path, &[&third[..], &["--same-as", "Li"]].concat())?;
    done(path, &["user", "same-as", "Li 2", "Wang"])?;
    let store = SqliteStore::open(&path.join("data"), Options::default())?;
    let one = store.read(|reader| {
        let tenant = reader.tenants()?[0].id;
        let roster = reader.roster(tenant)?;
        let named = |name: &str| reader.person_named(tenant, name);
        let people = [named("Li")?, named("Li 2")?, named("Wang")?];
        let humans = people.into_iter().flatten().map(|row| roster.human(row.id));
        Ok(humans.collect::<BTreeSet<_>>())
    })?;
    assert_eq!(one.len(), 1);
    Ok(())
}

#[test]
fn nobody_leaves_before_their_time() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    let leaves = ["user", "leave", "Li", "--at"];
    let said = refused(path, &[&leaves[..], &["2999-11-27T18:00:00+08:00"]].concat(), 1)?;
    assert!(
        said.contains("--at: 2999-11-27T10:00:00Z is still to come")
            && said.contains("run this again at that time"),
        "{said}"
    );
    // Nothing was locked: they move, and leave as of a moment that has come.
    done(path, &["user", "move", "Li", "--unit", "West"])?;
    let said = done(path, &[&leaves[..], &["2025-11-24T12:00:00+08:00"]].concat())?;
    assert!(said.contains("Li left on 2025-11-24 04:00 UTC"), "{said}");
    Ok(())
}

#[test]
fn a_delegation_that_cannot_be_names_the_argument_and_what_to_do() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    let delegate =
        |from: &'static str, more: &[&'static str]| [&["user", "delegate", from, "--to"], more].concat();
    done(path, &["user", "add", "Gone", "--role", "rep", "--unit", "West"])?;
    done(path, &["user", "leave", "Gone"])?;
    for (from, more, says) in [
        (
            "Boss",
            &["Boss", "--until", "2999-01-01"][..],
            "--to: Boss decides for themselves anyway; name another person",
        ),
        (
            "Boss",
            &["Gone", "--until", "2999-01-01"],
            "--to: Gone left and decides nothing any more; name somebody",
        ),
        (
            "Gone",
            &["Boss", "--until", "2999-01-01"],
            "FROM: Gone left, and whoever leads them is asked instead",
        ),
        (
            "Boss",
            &["Li", "--until", "2020-01-01"],
            "--until: 2020-01-01T00:00:00Z is over; write when",
        ),
        (
            "Boss",
            &["Li", "--until", "2999-01-01", "--since", "2999-01-01"],
            "--until: 2999-01-01T00:00:00Z is not after --since 2999-01-01T00:00:00Z; write a later end",
        ),
        (
            "Boss",
            &["Li", "--until", "Friday"],
            "--until \"Friday\" is no moment",
        ),
    ] {
        let said = refused(path, &delegate(from, more), 1)?;
        assert!(said.contains(says), "{said}");
    }
    assert_eq!(
        done(path, &["user", "recall", "Boss"])?.trim(),
        "ended 0 delegations"
    );
    let said = done(path, &delegate("Boss", &["Li", "--until", "2999-01-01"]))?;
    assert!(said.contains("\"Li\" decides in the stead of \"Boss\""), "{said}");
    assert_eq!(
        done(path, &["user", "recall", "Boss"])?.trim(),
        "ended 1 delegations"
    );
    Ok(())
}

#[test]
fn the_rules_of_the_house_are_shown_and_set() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    let shown = |key: &str| -> Result<String, Box<dyn Error>> {
        let all = done(path, &["policy", "show"])?;
        let line = all.lines().find(|line| line.starts_with(key));
        let value = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(value.ok_or(format!("no {key} in {all}"))?.to_owned())
    };
    for (key, before, after) in [
        ("expense-limit", "1000", "128.50"),
        ("currency", "CNY", "EUR"),
        ("holding-limit", "500", "80"),
        ("claims-a-day", "20", "0"),
        ("fence-radius", "500", "200"),
        ("cycle-A", "7", "5"),
    ] {
        assert_eq!(shown(key)?, before);
        let said = done(path, &["policy", "set", key, after])?;
        assert_eq!(said.trim(), format!("{key} is {after} from now on"));
        assert_eq!(shown(key)?, after);
        assert!(done(path, &["policy", "set", key, after])?.contains("already"));
    }
    done(path, &["policy", "set", "cycle-VIP", "3"])?;
    assert_eq!(shown("cycle-VIP")?, "3");
    Ok(())
}

#[test]
fn a_rule_that_cannot_be_so_names_the_key_and_what_can_be() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    let before = done(path, &["policy", "show"])?;
    for (key, value, says) in [
        ("expense-limit", "0", "an amount above zero"),
        ("expense-limit", "1.00001", "an amount above zero"),
        ("expense-limit", "ten", "an amount above zero"),
        ("currency", "yuan", "three capitals such as CNY"),
        ("holding-limit", "0", "a whole number from 1"),
        ("holding-limit", "many", "a whole number from 1"),
        ("claims-a-day", "1.5", "a whole number from 0"),
        ("fence-radius", "5", "a whole number from 10"),
        ("cycle-A", "0", "a whole number from 1"),
    ] {
        let said = refused(path, &["policy", "set", key, value], 1)?;
        assert!(
            said.contains(&format!("{key}: {value:?} cannot be; write {says}")),
            "{said}"
        );
    }
    for key in ["limit", "cycle-", "cycle-GRADE", "template"] {
        let said = refused(path, &["policy", "set", key, "7"], 1)?;
        assert!(
            said.contains("there is no rule") && said.contains("holding-limit, claims-a-day"),
            "{said}"
        );
    }
    refused(path, &["policy", "set", "currency"], 2)?;
    assert_eq!(done(path, &["policy", "show"])?, before, "nothing was changed");
    Ok(())
}
