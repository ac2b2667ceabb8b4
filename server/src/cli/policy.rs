use clap::{Args, Subcommand};
use fieldbook_core::model::{Currency, parse_amount};
use fieldbook_core::wire::{Policy as Rules, VisitCycle};

use super::CliError;
use super::context::Data;
use super::device::aligned;
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub(super) enum Policy {
    /// Shows the rules of the house, one a line
    Show(Show),
    /// Changes one of them; phones hear of it at their next sync
    Set(Set),
}

#[derive(Debug, Args)]
pub(super) struct Show {
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(super) struct Set {
    /// Which rule, as `fieldbook policy show` names it
    key: String,
    /// What it is to be
    value: String,
    #[command(flatten)]
    data: Data,
}

/// The rules that an operator changes, what each says, and what it can be.
const KEYS: [(&str, &str, &str); 6] = [
    (
        "expense-limit",
        "the largest expense that raises no question",
        "an amount above zero such as 1000 or 128.50",
    ),
    (
        "currency",
        "the currency of the house",
        "three capitals such as CNY",
    ),
    (
        "holding-limit",
        "customers that one person may look after",
        "a whole number from 1 to 100000",
    ),
    (
        "claims-a-day",
        "customers of the pool that one person is given within 24 hours",
        "a whole number from 0 to 100000",
    ),
    (
        "fence-radius",
        "metres around a customer in which a check-in is inside",
        "a whole number from 10 to 50000",
    ),
    (
        "cycle-GRADE",
        "days between two visits of a customer of that grade",
        "a whole number from 1 to 3650",
    ),
];

impl Policy {
    pub(super) fn run(self) -> Result<String, CliError> {
        match self {
            Policy::Show(Show { data }) => {
                let context = data.open()?;
                let tenant = context.tenant.id;
                Ok(shown(&context.store.read(|reader| reader.policy(tenant))?))
            }
            Policy::Set(set) => set.run(),
        }
    }
}

impl Set {
    fn run(self) -> Result<String, CliError> {
        let context = self.data.open()?;
        let (tenant, key, value) = (context.tenant.id, self.key, self.value);
        context.store.transact(move |writer| -> Result<_, CliError> {
            let mut policy = writer.policy(tenant)?;
            let before = policy.clone();
            change(&mut policy, &key, value.trim())?;
            if policy == before {
                return Ok(format!("{key} is {value} already"));
            }
            writer.set_policy(tenant, &policy)?;
            Ok(format!("{key} is {value} from now on"))
        })
    }
}

fn shown(policy: &Rules) -> String {
    let value = |key: &str| match key {
        "expense-limit" => policy.expense_limit.clone(),
        "currency" => policy.currency.clone(),
        "holding-limit" => policy.holding_limit.to_string(),
        "claims-a-day" => policy.claims_a_day.to_string(),
        _ => policy.fence_radius_m.to_string(),
    };
    let mut table = Vec::new();
    for (key, says, _) in KEYS {
        if key == "cycle-GRADE" {
            let cycles = policy.cycles.iter();
            table.extend(cycles.map(|cycle| {
                [
                    format!("cycle-{}", cycle.grade),
                    cycle.days.to_string(),
                    says.to_owned(),
                ]
            }));
        } else {
            table.push([key.to_owned(), value(key), says.to_owned()]);
        }
    }
    aligned(&table)
}

/// Changes one rule; another value than it can have is an error that says what it can.
fn change(policy: &mut Rules, key: &str, value: &str) -> Result<(), CliError> {
    let grade = key
        .strip_prefix("cycle-")
        .filter(|grade| (1..=10).contains(&grade.chars().count()));
    let kind = if grade.is_some() { "cycle-GRADE" } else { key };
    let Some((_, _, expected)) = KEYS
        .iter()
        .find(|(known, _, _)| *known == kind && key != "cycle-GRADE")
    else {
        let known: Vec<&str> = KEYS.iter().map(|(known, _, _)| *known).collect();
        return Err(CliError::PolicyKey {
            key: key.to_owned(),
            known: known.join(", "),
        });
    };
    let wrong = || CliError::PolicyValue {
        key: key.to_owned(),
        value: value.to_owned(),
        expected,
    };
    let whole = |least: u32, most: u32| {
        let number = value.parse::<u32>().ok();
        number.filter(|it| (least..=most).contains(it)).ok_or_else(wrong)
    };
    match kind {
        "expense-limit" => {
            let amount = parse_amount(value).map_err(|_| wrong())?;
            if amount <= 0.into() {
                return Err(wrong());
            }
            policy.expense_limit = value.to_owned();
        }
        "currency" => policy.currency = value.parse::<Currency>().map_err(|_| wrong())?.code().to_owned(),
        "holding-limit" => policy.holding_limit = whole(1, 100_000)?,
        "claims-a-day" => policy.claims_a_day = whole(0, 100_000)?,
        "fence-radius" => {
            let radius_m = f64::from(whole(10, 50_000)?);
            if policy.fence_radius_m.to_bits() != radius_m.to_bits() {
                policy.fence_radius_m = radius_m;
                policy.fence_version += 1;
            }
        }
        _ => {
            let (days, grade) = (whole(1, 3650)?, grade.unwrap_or_default());
            match policy.cycles.iter_mut().find(|cycle| cycle.grade == grade) {
                Some(cycle) => cycle.days = days,
                None => policy.cycles.push(VisitCycle {
                    grade: grade.to_owned(),
                    days,
                }),
            }
        }
    }
    Ok(())
}
