use fieldbook_core::model::{Role, TenantId, UnitId};

use super::super::change::present;
use super::super::members::{find_person, find_unit};
use super::super::spread::spread;
use super::{BadRow, CustomerLine, ImportError};
use crate::store::{PersonRow, Reader, ServerRow, StoreError};

/// Who looks after the imported customers; a row's own `owner` goes before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assign {
    /// One person, by name or id.
    To(String),
    /// The reps of a unit (by name or id) and of the units below it, a compact territory each.
    Spread(String),
}

/// How customers are imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOptions {
    /// Who looks after them.
    pub assign: Assign,
    /// The grade of rows that have none.
    pub grade: Option<String>,
}

/// What an import will do, decided on one snapshot.
pub(super) struct Plan {
    pub(super) server: ServerRow,
    /// New customers with who looks after them.
    pub(super) new: Vec<(CustomerLine, PersonRow)>,
    /// Lines that were imported before.
    pub(super) skipped: Vec<u64>,
}

pub(super) fn plan(
    reader: &dyn Reader,
    tenant: TenantId,
    lines: Vec<CustomerLine>,
    options: &ImportOptions,
) -> Result<Plan, ImportError> {
    check_names(reader, tenant, &lines, options)?;
    let mut skipped = Vec::new();
    let mut new = Vec::new();
    for line in lines {
        match reader.external_customer(tenant, &line.external_id)? {
            Some(_) => skipped.push(line.line),
            None => new.push(line),
        }
    }
    let owners = owners(reader, tenant, &new, &options.assign)?;
    Ok(Plan {
        server: reader.server()?,
        new: new.into_iter().zip(owners).collect(),
        skipped,
    })
}

/// Grades and owners that a row names must exist.
fn check_names(
    reader: &dyn Reader,
    tenant: TenantId,
    lines: &[CustomerLine],
    options: &ImportOptions,
) -> Result<(), ImportError> {
    let grades: Vec<String> = reader
        .policy(tenant)?
        .cycles
        .into_iter()
        .map(|cycle| cycle.grade)
        .collect();
    let mut bad = Vec::new();
    for line in lines {
        if let Some(grade) = line.grade.as_ref().filter(|grade| !grades.contains(grade)) {
            bad.push(bad_cell(
                line,
                "grade",
                grade,
                format!("use one of {}", grades.join(", ")),
            ));
        }
        if let Some(owner) = &line.owner {
            let fix = match reader.person_named(tenant, owner)? {
                None => "nobody has this name; see `fieldbook user add`",
                Some(person) if reader.left_ms(tenant, person.id)?.is_some() => {
                    "this person has left; name somebody who is there"
                }
                Some(_) => continue,
            };
            bad.push(bad_cell(line, "owner", owner, fix));
        }
    }
    if !bad.is_empty() {
        return Err(ImportError::Rows(bad));
    }
    match options.grade.as_ref().filter(|grade| !grades.contains(grade)) {
        Some(grade) => Err(ImportError::File(format!(
            "grade {grade:?} has no visit cycle; use one of {}",
            grades.join(", ")
        ))),
        None => Ok(()),
    }
}

fn bad_cell(line: &CustomerLine, column: &'static str, value: &str, fix: impl Into<String>) -> BadRow {
    BadRow {
        line: line.line,
        column,
        value: value.to_owned(),
        fix: fix.into(),
    }
}

fn owners(
    reader: &dyn Reader,
    tenant: TenantId,
    lines: &[CustomerLine],
    assign: &Assign,
) -> Result<Vec<PersonRow>, ImportError> {
    let mut owners: Vec<PersonRow> = match assign {
        Assign::To(name) => vec![present(reader, tenant, name)?; lines.len()],
        Assign::Spread(name) => {
            let unit = find_unit(reader, tenant, name)?;
            let reps = reps_below(reader, tenant, unit.id)?;
            if reps.is_empty() {
                return Err(ImportError::NoReps(unit.name));
            }
            let places: Vec<_> = lines.iter().map(|line| line.position).collect();
            spread(&places, reps.len())
                .into_iter()
                .map(|part| reps[part].clone())
                .collect()
        }
    };
    for (owner, line) in owners.iter_mut().zip(lines) {
        if let Some(name) = &line.owner {
            *owner = find_person(reader, tenant, name)?;
        }
    }
    Ok(owners)
}

/// The reps of a unit and of the units below it who have not left, by name.
fn reps_below(reader: &dyn Reader, tenant: TenantId, unit: UnitId) -> Result<Vec<PersonRow>, StoreError> {
    let mut below = vec![unit];
    // Parents come before their children.
    for child in reader.units(tenant)? {
        if child.parent.is_some_and(|parent| below.contains(&parent)) {
            below.push(child.id);
        }
    }
    let mut reps = Vec::new();
    for person in reader.people(tenant)? {
        let is_rep = person.role == Role::Rep && below.contains(&person.unit);
        if is_rep && reader.left_ms(tenant, person.id)?.is_none() {
            reps.push(person);
        }
    }
    Ok(reps)
}
