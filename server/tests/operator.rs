//! The operator's command line as an operator uses it: the real binary in a folder.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

type Outcome = Result<(), Box<dyn Error>>;

const STORES: &str =
    "external_id,name,address,lat,lon\n1,东方五金,1 Main St,31.2,121.4\n2,West Shop,2 Main St,31.3,121.5\n";

fn fieldbook(folder: &Path, arguments: &[&str]) -> Result<Output, Box<dyn Error>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    Ok(command
        .args(arguments)
        .arg("--data")
        .arg("data")
        .current_dir(folder)
        .output()?)
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

/// An organisation with a region, a team, a rep and a supervisor.
fn founded() -> Result<TempDir, Box<dyn Error>> {
    let folder = TempDir::new()?;
    done(folder.path(), &["init", "--name", "华东"])?;
    done(folder.path(), &["unit", "add", "East"])?;
    done(folder.path(), &["unit", "add", "Team 1", "--parent", "East"])?;
    done(
        folder.path(),
        &["user", "add", "Li", "--role", "rep", "--unit", "Team 1"],
    )?;
    done(
        folder.path(),
        &["user", "add", "Boss", "--role", "supervisor", "--unit", "East"],
    )?;
    Ok(folder)
}

/// A server in its own process, killed with the value.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fieldbook"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data", "data"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .ok_or(line.clone())?
            .to_owned();
        Ok(Self { child, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already in the test that stops it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_organisation_is_set_up() -> Outcome {
    let folder = founded()?;
    std::fs::write(folder.path().join("stores.csv"), STORES)?;
    let said = done(
        folder.path(),
        &[
            "import",
            "customers",
            "stores.csv",
            "--unit",
            "East",
            "--grade",
            "B",
        ],
    )?;
    assert!(
        said.contains("imported 2 customers") && said.contains("2 for Li"),
        "{said}"
    );
    let said = done(
        folder.path(),
        &["import", "customers", "stores.csv", "--owner", "Li"],
    )?;
    assert!(
        said.contains("skipped 2 that were imported before (lines 2, 3)"),
        "{said}"
    );
    let said = done(
        folder.path(),
        &["enrol", "Li", "--server", "https://sync.example.org"],
    )?;
    assert!(
        said.contains("fieldbook://enrol?server=https%3A%2F%2Fsync.example.org&code="),
        "{said}"
    );
    Ok(())
}

#[test]
fn mistakes_are_named() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    assert!(refused(path, &["init"], 1)?.contains("data already holds a server"));
    assert!(refused(path, &["unit", "add", "East"], 1)?.contains("unit \"East\" exists already"));
    assert!(
        refused(path, &["unit", "add", "X", "--parent", "Nowhere"], 1)?.contains("there is: East, Team 1")
    );
    assert!(refused(path, &["enrol", "Nobody"], 1)?.contains("there is no person \"Nobody\""));
    refused(path, &["user", "add", "Z", "--role", "king", "--unit", "East"], 2)?;
    refused(path, &["import", "customers", "stores.csv"], 2)?;
    refused(path, &["no-such-command"], 2)?;
    assert!(
        refused(path, &["import", "customers", "nothing.csv", "--unit", "East"], 1)?.contains("nothing.csv")
    );
    std::fs::write(path.join("bad.csv"), STORES.replace("31.3", "131.3"))?;
    let said = refused(path, &["import", "customers", "bad.csv", "--unit", "East"], 1)?;
    assert!(
        said.contains("nothing was imported") && said.contains("line 3, column lat: \"131.3\""),
        "{said}"
    );
    let empty = TempDir::new()?;
    assert!(refused(empty.path(), &["serve"], 1)?.contains("fieldbook init --data data"));
    std::fs::create_dir(empty.path().join("data"))?;
    std::fs::write(
        empty.path().join("data/server.db"),
        "my shopping list for the week",
    )?;
    assert!(refused(empty.path(), &["serve"], 1)?.contains("is not a Fieldbook server database"));
    Ok(())
}

#[test]
fn one_server_holds_the_folder_and_the_port() -> Outcome {
    let folder = founded()?;
    let server = Server::start(folder.path())?;
    let said = refused(folder.path(), &["serve", "--listen", "127.0.0.1:0"], 1)?;
    assert!(
        said.contains(&format!("process id {}", server.child.id())) && said.contains("data folder data"),
        "{said}"
    );
    // The operator's short commands work meanwhile.
    done(
        folder.path(),
        &["user", "add", "Wang", "--role", "rep", "--unit", "Team 1"],
    )?;
    drop(server);
    // Killed hard: the lock went with the process, and what was written is there.
    let _server = Server::start(folder.path())?;
    done(folder.path(), &["enrol", "Wang"])?;
    Ok(())
}

#[test]
fn a_port_in_use_is_named() -> Outcome {
    let folder = founded()?;
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let address = taken.local_addr()?.to_string();
    let said = refused(folder.path(), &["serve", "--listen", &address], 1)?;
    assert!(said.contains(&format!("{address} is in use")), "{said}");
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_server_stops_in_order_when_it_is_asked_to() -> Outcome {
    let folder = founded()?;
    let mut server = Server::start(folder.path())?;
    // An idle connection does not keep it.
    let _idle = std::net::TcpStream::connect(&server.address)?;
    let stopped = Command::new("kill")
        .args(["-TERM", &server.child.id().to_string()])
        .status()?;
    assert!(stopped.success());
    assert!(server.child.wait()?.success());
    assert!(
        !folder.path().join("data/server.db-wal").exists(),
        "the log was folded into the database"
    );
    Ok(())
}

#[test]
fn forms_and_chains_are_shown_changed_and_shown_again() -> Outcome {
    let folder = founded()?;
    let shown = done(folder.path(), &["forms", "show"])?;
    for form in [
        "expense",
        "policy",
        "order",
        "onboarding",
        "contract",
        "registration",
    ] {
        assert!(
            shown.contains(&format!("\"name\": \"{form}\"")),
            "{form} is there from the start"
        );
    }
    std::fs::write(folder.path().join("forms.json"), &shown)?;
    let same = done(folder.path(), &["forms", "import", "forms.json"])?;
    assert!(same.contains("as before") && !same.contains("in force"), "{same}");
    let chain = r#"{"chains": [{"name": "expense", "steps": [
        {"label": {"en": "Boss", "zh": "老板"}, "mode": "all", "approvers": ["person:Boss", "head:East"]},
        {"label": {"en": "Finance", "zh": "财务"}, "approvers": ["duty:finance"],
         "when": {"above": "500.00", "currency": "CNY", "categories": ["gifts"]}}]}]}"#;
    std::fs::write(folder.path().join("forms.json"), chain)?;
    let said = done(folder.path(), &["forms", "import", "forms.json"])?;
    assert!(said.starts_with("in force: chain expense@"), "{said}");
    assert!(done(folder.path(), &["forms", "show"])?.contains("\"above\": \"500.00\""));
    // The version follows from the content: the same content has the same one, another content never.
    let other = chain.replace("500.00", "600.00");
    std::fs::write(folder.path().join("other.json"), other)?;
    let between = done(folder.path(), &["forms", "import", "other.json"])?;
    assert_ne!(between, said);
    assert_eq!(done(folder.path(), &["forms", "import", "forms.json"])?, said);
    assert_eq!(done(folder.path(), &["forms", "waiting"])?.trim(), "none");
    Ok(())
}

/// The form of expenses with the category hotel only.
const HOTELS: &str = r#"{"forms": [{"name": "expense", "label": {"en": "Expense", "zh": "费用"}, "fields": [], "chain": "expense",
    "lines": {"required": true, "receipt": false, "duplicates": "flag", "over_limit": "show", "categories": [
        {"name": "hotel", "label": {"en": "Hotel", "zh": "住宿"}}]}}]}"#;

#[test]
fn a_step_that_could_never_apply_is_not_imported() -> Outcome {
    let folder = founded()?;
    let path = folder.path();
    std::fs::write(path.join("form.json"), HOTELS)?;
    done(path, &["forms", "import", "form.json"])?;
    // The form is in force, not in the file; nobody would be asked about any expense.
    let typo = r#"{"chains": [{"name": "expense", "steps": [{"label": {"en": "Boss", "zh": "老板"}, "approvers": ["superior"],
        "when": {"categories": ["hotell"], "forms": ["expense", "expnse"]}}]}]}"#;
    std::fs::write(path.join("chain.json"), typo)?;
    let said = refused(path, &["forms", "import", "chain.json"], 1)?;
    for problem in [
        "chain 1 (expense): steps[1].when.forms[2]: no form \"expnse\" is on this chain; write expense, or leave it out",
        "chain 1 (expense): steps[1].when.categories[1]: no form that this step applies to has the category \"hotell\"; \
         write hotel, or leave it out",
    ] {
        assert!(said.contains(problem), "{said}");
    }
    std::fs::write(
        path.join("chain.json"),
        typo.replace("hotell", "hotel").replace("expnse", "expense"),
    )?;
    done(path, &["forms", "import", "chain.json"])?;
    // Nor does a form take the category away under a step that needs it.
    std::fs::write(path.join("form.json"), HOTELS.replace("\"hotel\"", "\"inn\""))?;
    let said = refused(path, &["forms", "import", "form.json"], 1)?;
    assert!(
        said.contains("has the category \"hotel\"; write inn, or leave it out"),
        "{said}"
    );
    Ok(())
}

#[test]
fn a_bad_form_names_its_row_its_field_and_what_to_do() -> Outcome {
    let folder = founded()?;
    for (file, parts) in [
        ("[", &["does not read", "\"forms\""][..]),
        (r#"{"form": []}"#, &["unknown key \"form\""]),
        (
            r#"{"chains": [{"name": "expense", "steps": [{"label": {"en": "A", "zh": "甲"}, "approvers": ["person:Nobody"]}]}]}"#,
            &[
                "chain 1 (expense)",
                "steps[1].approvers[1]",
                "Nobody",
                "there is: Boss, Li",
            ],
        ),
        (
            r#"{"forms": [{"name": "Gift", "label": {"en": "Gift", "zh": ""}, "chain": "none",
                "lines": {"categories": [{"name": "gifts", "label": {"en": "G", "zh": "礼"}, "limit": "ten"}]}}]}"#,
            &[
                "form 1 (Gift): name",
                "use 1 to 40 of a-z",
                "no chain \"none\"",
                "label: lacks a language",
                "lines.categories[1].limit",
                "write a decimal",
            ],
        ),
        (
            r#"{"forms": [{"name": "gift", "labels": {}}]}"#,
            &["form 1 (gift)", "unknown field `labels`", "fieldbook forms show"],
        ),
    ] {
        std::fs::write(folder.path().join("forms.json"), file)?;
        let said = refused(folder.path(), &["forms", "import", "forms.json"], 1)?;
        for part in parts {
            assert!(said.contains(part), "{part:?} is not in {said}");
        }
    }
    Ok(())
}

#[test]
fn duties_second_accounts_and_delegations_are_the_operators_to_give() -> Outcome {
    let folder = founded()?;
    let add = ["user", "add", "Li (office)", "--role", "rep", "--unit", "East"];
    done(
        folder.path(),
        &[
            &add[..],
            &["--same-as", "Li", "--duty", "finance", "--duty", "hr"],
        ]
        .concat(),
    )?;
    let said = done(
        folder.path(),
        &[
            "user",
            "delegate",
            "Boss",
            "--to",
            "Li",
            "--since",
            "2026-11-24",
            "--until",
            "2026-12-01",
        ],
    )?;
    assert!(said.contains("\"Li\" decides in the stead of \"Boss\""), "{said}");
    let wrong = ["user", "delegate", "Boss", "--to", "Li", "--until", "tomorrow"];
    let said = refused(folder.path(), &wrong, 1)?;
    assert!(said.contains("--until \"tomorrow\" is no moment"), "{said}");
    assert!(done(folder.path(), &["user", "recall", "Boss"])?.contains("ended 1"));
    assert!(done(folder.path(), &["user", "leave", "Boss"])?.contains("left"));
    Ok(())
}
