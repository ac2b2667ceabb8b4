use std::collections::BTreeSet;
use std::str::FromStr;

use fieldbook_core::model::TenantId;
use fieldbook_core::model::form::{Approver, Chain, Form, FormProblem, check};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::version::version_of;
use super::{OrganisationError, find_person, find_unit};
use crate::store::{Reader, StoreError, Writer};

/// Forms and chains as a file gives them: JSON with the lists `forms` and `chains`. Versions are the server's matter.
#[derive(Clone, Debug, Default)]
pub struct FormFile {
    forms: Vec<Value>,
    chains: Vec<Value>,
}

/// What an import put in force, as name and version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormsImported {
    /// New versions of forms and chains.
    pub added: Vec<String>,
    /// What was in force already, word for word.
    pub same: Vec<String>,
}

/// Why forms were not imported; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    /// The file is no JSON of this shape.
    #[error("the file does not read: {0}; it needs {{\"forms\": […], \"chains\": […]}}")]
    Shape(String),
    /// Rows that cannot be used, each with its field and what to do.
    #[error("{}", lines(.0))]
    Rows(Vec<FormProblem>),
    /// A person or unit that is not there, or the store.
    #[error(transparent)]
    Organisation(#[from] OrganisationError),
}

impl From<StoreError> for FormsError {
    fn from(error: StoreError) -> Self {
        Self::Organisation(error.into())
    }
}

fn lines(problems: &[FormProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

impl FromStr for FormFile {
    type Err = FormsError;

    fn from_str(text: &str) -> Result<Self, FormsError> {
        let shape = |problem: &str| FormsError::Shape(problem.to_owned());
        let value: Value = serde_json::from_str(text).map_err(|error| shape(&error.to_string()))?;
        let file = value.as_object().ok_or_else(|| shape("it is no object"))?;
        if let Some(other) = file.keys().find(|key| *key != "forms" && *key != "chains") {
            return Err(shape(&format!("unknown key {other:?}")));
        }
        let list = |key: &str| match file.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(rows)) => Ok(rows.clone()),
            Some(_) => Err(shape(&format!("{key:?} is no list"))),
        };
        Ok(Self {
            forms: list("forms")?,
            chains: list("chains")?,
        })
    }
}

/// Puts the forms and chains of a file in force as new versions; what is the same already stays. With `only`, forms that the
/// file does not name go out of force. What was started goes on as it began.
///
/// # Errors
/// Rows that cannot be used; all of them are named, and nothing is changed.
pub fn import_forms(
    writer: &mut dyn Writer,
    tenant: TenantId,
    file: &FormFile,
    only: bool,
) -> Result<FormsImported, FormsError> {
    let mut problems = Vec::new();
    let forms: Vec<Form> = rows("form", &file.forms, &mut problems);
    let named = file
        .chains
        .iter()
        .enumerate()
        .map(|(at, row)| named(writer, tenant, at, row));
    let named: Vec<Value> = named.collect::<Result<_, _>>()?;
    let chains: Vec<Chain> = rows("chain", &named, &mut problems);
    let names: BTreeSet<String> = chains.iter().map(|chain| chain.name.clone()).collect();
    let others = writer
        .chains(tenant)?
        .into_iter()
        .filter(|chain| !names.contains(&chain.name));
    let all: Vec<Chain> = chains.iter().cloned().chain(others).collect();
    let names: BTreeSet<String> = forms.iter().map(|form| form.name.clone()).collect();
    if problems.is_empty() {
        // Behind those of the file, so that a row is numbered as the file has it.
        let mut in_force = forms.clone();
        if !only {
            let others = writer.forms(tenant)?.into_iter();
            in_force.extend(others.filter(|form| !names.contains(&form.name)));
        }
        problems = check(&in_force, &all);
    }
    if !problems.is_empty() {
        return Err(FormsError::Rows(problems));
    }
    let mut imported = FormsImported::default();
    for chain in chains {
        put_chain(writer, tenant, chain, &mut imported)?;
    }
    for form in forms {
        put_form(writer, tenant, form, &mut imported)?;
    }
    if only {
        writer.keep_forms(tenant, &names)?;
    }
    Ok(imported)
}

/// The forms and chains in force, in the shape of a file.
///
/// # Errors
/// When the store does not read.
pub fn show_forms(reader: &dyn Reader, tenant: TenantId) -> Result<String, FormsError> {
    let file = serde_json::json!({ "forms": reader.forms(tenant)?, "chains": reader.chains(tenant)? });
    serde_json::to_string_pretty(&file).map_err(|error| FormsError::Shape(error.to_string()))
}

fn put_form(
    writer: &mut dyn Writer,
    tenant: TenantId,
    form: Form,
    imported: &mut FormsImported,
) -> Result<(), StoreError> {
    let now = writer.form(tenant, &form.name, None)?;
    let is_same = |now: &Form| {
        Form {
            version: now.version,
            ..form.clone()
        } == *now
    };
    if let Some(now) = now.filter(is_same) {
        imported.same.push(now.id());
        return Ok(());
    }
    let version = version_of("form", &form)?;
    let form = Form { version, ..form };
    writer.put_form(tenant, &form)?;
    imported.added.push(format!("form {}", form.id()));
    Ok(())
}

fn put_chain(
    writer: &mut dyn Writer,
    tenant: TenantId,
    chain: Chain,
    imported: &mut FormsImported,
) -> Result<(), StoreError> {
    let now = writer.chain(tenant, &chain.name, None)?;
    let is_same = |now: &Chain| {
        Chain {
            version: now.version,
            ..chain.clone()
        } == *now
    };
    if let Some(now) = now.filter(is_same) {
        imported.same.push(now.id());
        return Ok(());
    }
    let version = version_of("chain", &chain)?;
    let chain = Chain { version, ..chain };
    writer.put_chain(tenant, &chain)?;
    imported.added.push(format!("chain {}", chain.id()));
    Ok(())
}

/// The rows that read; what is wrong with the others.
fn rows<T: DeserializeOwned>(what: &str, rows: &[Value], problems: &mut Vec<FormProblem>) -> Vec<T> {
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        let name = row
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or("no name")
            .to_owned();
        if let Value::Object(fields) = &mut row {
            fields.insert("version".to_owned(), Value::from(1));
        }
        match serde_json::from_value(row) {
            Ok(row) => found.push(row),
            Err(error) => problems.push(FormProblem {
                row: format!("{what} {} ({name})", at + 1),
                field: "shape".to_owned(),
                problem: error.to_string(),
                fix: "compare it with `fieldbook forms show`".to_owned(),
            }),
        }
    }
    found
}

/// The chain with the names of people and units replaced by their ids.
fn named(reader: &dyn Reader, tenant: TenantId, at: usize, row: &Value) -> Result<Value, FormsError> {
    let mut row = row.clone();
    let name = row
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or("no name")
        .to_owned();
    let wrong = |field: String, problem: String| {
        FormsError::Rows(vec![FormProblem {
            row: format!("chain {} ({name})", at + 1),
            field,
            problem,
            fix: "write superior, head, head:UNIT, duty:NAME or person:PERSON".to_owned(),
        }])
    };
    let resolve = |list: &mut Value, field: &str| -> Result<(), FormsError> {
        for (at, approver) in list.as_array_mut().into_iter().flatten().enumerate() {
            let Some(text) = approver.as_str() else { continue };
            let field = format!("{field}[{}]", at + 1);
            let resolved = resolve(reader, tenant, text).map_err(|problem| wrong(field, problem))?;
            *approver = Value::from(resolved);
        }
        Ok(())
    };
    if let Some(copies) = row.get_mut("copies") {
        resolve(copies, "copies")?;
    }
    let steps = row.get_mut("steps").and_then(Value::as_array_mut);
    for (at, step) in steps.into_iter().flatten().enumerate() {
        if let Some(approvers) = step.get_mut("approvers") {
            resolve(approvers, &format!("steps[{}].approvers", at + 1))?;
        }
    }
    Ok(row)
}

fn resolve(reader: &dyn Reader, tenant: TenantId, text: &str) -> Result<String, String> {
    let approver = match text.split_once(':') {
        Some(("person", name)) => Approver::Person(
            find_person(reader, tenant, name)
                .map_err(|error| error.to_string())?
                .id,
        ),
        Some(("head", name)) => Approver::Head(Some(
            find_unit(reader, tenant, name)
                .map_err(|error| error.to_string())?
                .id,
        )),
        _ => text.parse().map_err(|error| format!("{error}"))?,
    };
    Ok(approver.to_string())
}
