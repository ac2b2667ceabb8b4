use std::collections::BTreeSet;

use super::row::{Row, is_amount};
use super::{Chain, Condition, Field, FieldType, Form, LineRule};

/// What is wrong with a row of forms or chains, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{row}: {field}: {problem}; {fix}")]
pub struct FormProblem {
    /// Which row, for example `form 2 (expense)`.
    pub row: String,
    /// Which field of it, for example `fields[3].most`.
    pub field: String,
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub fix: String,
}

/// Everything that is wrong with these forms and chains; empty when they can be used together.
pub fn check(forms: &[Form], chains: &[Chain]) -> Vec<FormProblem> {
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    let chain_names: BTreeSet<&str> = chains.iter().map(|chain| chain.name.as_str()).collect();
    for (at, form) in forms.iter().enumerate() {
        let mut row = Row::new("form", at, &form.name, &mut found);
        row.name("name", &form.name);
        row.expect(
            names.insert(&form.name),
            "name",
            "is there twice",
            "keep one of them",
        );
        let known = chain_names.contains(form.chain.as_str());
        row.expect(
            known,
            "chain",
            format!("no chain {:?}", form.chain),
            "name one of the chains",
        );
        row.words("label", &form.label.en, &form.label.zh);
        fields(&mut row, form);
        lines(&mut row, form);
    }
    let mut names = BTreeSet::new();
    for (at, chain) in chains.iter().enumerate() {
        let mut row = Row::new("chain", at, &chain.name, &mut found);
        row.name("name", &chain.name);
        row.expect(
            names.insert(&chain.name),
            "name",
            "is there twice",
            "keep one of them",
        );
        row.expect(
            (1..=20).contains(&chain.steps.len()),
            "steps",
            "must be 1 to 20",
            "add or remove steps",
        );
        let on_chain: Vec<&Form> = forms.iter().filter(|form| form.chain == chain.name).collect();
        steps(&mut row, chain, &on_chain);
    }
    found
}

fn fields(row: &mut Row<'_>, form: &Form) {
    let mut names = BTreeSet::new();
    row.expect(
        form.fields.len() <= 50,
        "fields",
        "are more than 50",
        "ask for less",
    );
    for (at, field) in form.fields.iter().enumerate() {
        let at = |name: &str| format!("fields[{}].{name}", at + 1);
        row.name(&at("name"), &field.name);
        row.expect(
            names.insert(&field.name),
            &at("name"),
            "is there twice",
            "rename one of them",
        );
        row.words(&at("label"), &field.label.en, &field.label.zh);
        row.expect(
            most_fits(field),
            &at("most"),
            "does not fit the type",
            "write a number such as 500, or leave it out",
        );
        let needs = field.holds == FieldType::Choice;
        row.expect(
            needs != field.choices.is_empty(),
            &at("choices"),
            "belong to a choice and only there",
            "list them, or leave them out",
        );
    }
}

fn most_fits(field: &Field) -> bool {
    match (&field.most, field.holds) {
        (None, _) => true,
        (Some(most), FieldType::Text | FieldType::Number) => most.parse::<u32>().is_ok(),
        (Some(most), FieldType::Amount) => is_amount(most),
        (Some(_), FieldType::Date | FieldType::Choice | FieldType::YesNo) => false,
    }
}

fn lines(row: &mut Row<'_>, form: &Form) {
    let mut names = BTreeSet::new();
    for (at, category) in form.lines.iter().flat_map(|lines| &lines.categories).enumerate() {
        let at = |name: &str| format!("lines.categories[{}].{name}", at + 1);
        row.name(&at("name"), &category.name);
        row.expect(
            names.insert(&category.name),
            &at("name"),
            "is there twice",
            "keep one of them",
        );
        row.words(&at("label"), &category.label.en, &category.label.zh);
        row.amount(&at("limit"), category.limit.as_deref());
        row.currency(&at("currency"), category.currency.as_deref());
    }
}

fn steps(row: &mut Row<'_>, chain: &Chain, forms: &[&Form]) {
    for (at, step) in chain.steps.iter().enumerate() {
        let at = |name: &str| format!("steps[{}].{name}", at + 1);
        row.words(&at("label"), &step.label.en, &step.label.zh);
        let some = (1..=20).contains(&step.approvers.len());
        row.expect(
            some,
            &at("approvers"),
            "must be 1 to 20",
            "write for example [\"superior\"]",
        );
        if let Some(when) = &step.when {
            row.amount(&at("when.above"), when.above.as_deref());
            row.currency(&at("when.currency"), when.currency.as_deref());
            condition(row, &at("when"), when, forms);
        }
    }
}

/// A step whose condition no request can meet is passed over, and if there is no other, nobody is asked: what it names has to
/// be there. A chain that no form is on yet has nothing to compare with.
fn condition(row: &mut Row<'_>, field: &str, when: &Condition, forms: &[&Form]) {
    if forms.is_empty() {
        return;
    }
    let names: Vec<&str> = forms.iter().map(|form| form.name.as_str()).collect();
    for (at, name) in when.forms.iter().enumerate() {
        row.expect(
            names.contains(&name.as_str()),
            &format!("{field}.forms[{}]", at + 1),
            format!("no form {name:?} is on this chain"),
            &format!("write {}, or leave it out", names.join(", ")),
        );
    }
    let meant = |form: &&Form| when.forms.is_empty() || when.forms.contains(&form.name);
    let lines = forms
        .iter()
        .copied()
        .filter(meant)
        .filter_map(|form| form.lines.as_ref());
    let lines: Vec<&LineRule> = lines.collect();
    if lines.iter().any(|lines| lines.categories.is_empty()) {
        return;
    }
    let known: BTreeSet<&str> = lines
        .iter()
        .flat_map(|lines| &lines.categories)
        .map(|category| category.name.as_str())
        .collect();
    let fix = match known.iter().copied().collect::<Vec<_>>().as_slice() {
        [] => "leave it out, they have none".to_owned(),
        known => format!("write {}, or leave it out", known.join(", ")),
    };
    for (at, name) in when.categories.iter().enumerate() {
        row.expect(
            known.contains(name.as_str()),
            &format!("{field}.categories[{}]", at + 1),
            format!("no form that this step applies to has the category {name:?}"),
            &fix,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Words;
    use crate::model::form::{Category, Condition, built_in};

    /// What is wrong when the second step of expenses applies under this condition, and hotels and meals are claimed.
    fn problems(forms: &[&str], categories: &[&str]) -> Vec<(String, String)> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let (mut all, mut chains) = built_in();
        let category = |name: &str| Category {
            name: name.to_owned(),
            label: Words::new(name, name),
            limit: None,
            currency: None,
        };
        let lines = all[0].lines.as_mut().unwrap();
        lines.categories = ["hotel", "meal"].map(category).to_vec();
        // Another form goes the same way, without lines.
        all[1].chain = "expense".to_owned();
        let mut step = chains[0].steps[0].clone();
        step.when = Some(Condition {
            forms: owned(forms),
            categories: owned(categories),
            ..Condition::default()
        });
        chains[0].steps.push(step);
        let found = check(&all, &chains).into_iter();
        found
            .map(|it| {
                assert_eq!(it.row, "chain 1 (expense)");
                (it.field, format!("{}; {}", it.problem, it.fix))
            })
            .collect()
    }

    #[test]
    fn a_condition_that_can_hold_is_no_problem() {
        for (forms, categories) in [
            (&[][..], &[][..]),
            (&["expense"], &["hotel", "meal"]),
            (&["expense", "policy"], &["meal"]),
            (&["policy"], &[]),
            (&[], &["hotel"]),
        ] {
            assert_eq!(problems(forms, categories), [], "{forms:?} {categories:?}");
        }
    }

    #[test]
    fn a_condition_that_no_request_can_meet_is_named_with_what_there_is() {
        let said = |field: &str, text: &str| vec![(format!("steps[2].when.{field}"), text.to_owned())];
        let no_form = |name: &str| {
            said(
                "forms[1]",
                &format!("no form {name:?} is on this chain; write expense, policy, or leave it out"),
            )
        };
        let no_category = |at: &str, name: &str, known: &str| {
            said(
                &format!("categories[{at}]"),
                &format!("no form that this step applies to has the category {name:?}; {known}"),
            )
        };
        assert_eq!(problems(&["expnse"], &[]), no_form("expnse"));
        assert_eq!(problems(&["order"], &[]), no_form("order"), "it goes another way");
        let hotels = "write hotel, meal, or leave it out";
        assert_eq!(
            problems(&[], &["hotel", "hotell"]),
            no_category("2", "hotell", hotels)
        );
        assert_eq!(
            problems(&["policy"], &["hotel"]),
            no_category("1", "hotel", "leave it out, they have none")
        );
    }

    #[test]
    fn a_form_that_takes_any_category_and_a_chain_without_forms_say_nothing() {
        let (mut forms, mut chains) = built_in();
        chains[0].steps[0].when = Some(Condition {
            categories: vec!["whatever".to_owned()],
            ..Condition::default()
        });
        forms[0].lines.as_mut().unwrap().categories.clear();
        assert_eq!(check(&forms, &chains), [], "an expense has any category");
        forms.retain(|form| form.chain != "expense");
        assert_eq!(check(&forms, &chains), [], "a chain that is not in use yet");
    }
}
