//! Dana takes an expense back while Grace, offline, approves it: what arrives first stands, and the other one is told. Finance
//! sends a request back to Grace's step, and it needs both again. Where everybody of a step has to agree, it waits for all
//! of them; where they go one after the other, nobody is asked before their turn.

use fieldbook_core::document::command::{Answer, Decision};
use fieldbook_core::document::view::{ApprovalStatus, Ruled};
use fieldbook_core::model::form::{Approver, Chain, Mode, Step};
use fieldbook_core::model::{DocumentId, Role, Words};
use fieldbook_core::replica::Deciding;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, meal, minute};

/// The office replaces the chain of expenses: these steps, each with the mode of its agreement.
fn chain(team: &Team, steps: Vec<(Mode, Vec<Approver>)>) -> Outcome<()> {
    let tenant = team.tenant();
    let step = |(mode, approvers)| Step {
        label: Words::new("Step", "步骤"),
        mode,
        approvers,
        when: None,
    };
    let chain = Chain {
        name: "expense".to_owned(),
        version: 2,
        steps: steps.into_iter().map(step).collect(),
        copies: Vec::new(),
    };
    team.office(move |writer| writer.put_chain(tenant, &chain))
}

/// Who of these has it to decide.
fn asked<'a>(team: &mut Team, names: &[&'a str], at: i64) -> Outcome<Vec<&'a str>> {
    let mut asked = Vec::new();
    for name in names {
        team.sync(name, &minute(at))?;
        if !team.asked(name)?.is_empty() {
            asked.push(*name);
        }
    }
    Ok(asked)
}

fn status(team: &mut Team, name: &str, expense: DocumentId, at: i64) -> Outcome<ApprovalStatus> {
    team.sync(name, &minute(at))?;
    Ok(team.phone(name).approval(expense)?.status)
}

/// Somebody approves and their phone syncs.
fn approves(team: &mut Team, name: &str, expense: DocumentId, revision: &str, at: i64) -> Outcome<()> {
    team.phone(name)
        .decide(&minute(at), expense, revision, Decision::Approve, None)?;
    team.sync(name, &minute(at))?;
    Ok(())
}

#[test]
fn what_was_taken_back_is_not_approved() -> Outcome<()> {
    let mut team = Team::new()?;
    let (expense, revision) = team.hand_in("Dana", "128.50")?;
    assert_eq!(asked(&mut team, &["Grace"], 5)?, ["Grace"]);

    // Both without network; Dana's withdrawal arrives first.
    let (dana, grace) = (team.phone("Dana"), team.phone("Grace"));
    dana.withdraw(&minute(6), expense, Some("wrong receipt".to_owned()))?;
    let note = Some("enjoy".to_owned());
    grace.decide(&minute(7), expense, &revision, Decision::Approve, note.clone())?;
    team.sync("Dana", &minute(8))?;
    assert_eq!(
        team.sync("Grace", &minute(9))?.parked,
        0,
        "her note is not refused"
    );
    for name in ["Dana", "Grace"] {
        assert_eq!(
            status(&mut team, name, expense, 10)?,
            ApprovalStatus::Withdrawn,
            "{name}"
        );
    }
    let view = team.phone("Dana").approval(expense)?;
    let decision = view.decisions.first().ok_or("the decision is gone")?;
    assert_eq!(decision.note, note);
    let said = view.course.ruled.get(&decision.id);
    assert!(
        matches!(
            said,
            Some(Ruled::Refused {
                answer: Answer::NotOpen,
                ..
            })
        ),
        "{said:?}"
    );

    // She hands the same in again: what Grace said of the first round does not count for the second.
    let again = team.phone("Dana").submit(&minute(11), expense)?;
    assert_eq!(status(&mut team, "Dana", expense, 12)?, ApprovalStatus::Submitted);
    assert_eq!(asked(&mut team, &["Grace"], 13)?, ["Grace"]);
    approves(&mut team, "Grace", expense, &again, 14)?;
    assert_eq!(status(&mut team, "Dana", expense, 15)?, ApprovalStatus::Approved);
    Ok(())
}

#[test]
fn what_was_taken_back_is_corrected_and_handed_in_again_without_network() -> Outcome<()> {
    let mut team = Team::new()?;
    let (expense, revision) = team.hand_in("Dana", "128.50")?;
    let dana = team.phone("Dana");
    dana.withdraw(&minute(5), expense, None)?;
    assert_eq!(dana.approval(expense)?.status, ApprovalStatus::Withdrawing);
    let tea = meal(6, "12");
    dana.add_expense_line(&minute(6), expense, tea)?;
    assert_eq!(dana.approval(expense)?.status, ApprovalStatus::Draft);
    let corrected = dana.submit(&minute(7), expense)?;
    assert_ne!(corrected, revision);
    assert_eq!(team.sync("Dana", &minute(8))?.parked, 0);
    assert_eq!(asked(&mut team, &["Grace"], 9)?, ["Grace"]);
    approves(&mut team, "Grace", expense, &corrected, 10)?;
    assert_eq!(status(&mut team, "Dana", expense, 11)?, ApprovalStatus::Approved);
    Ok(())
}

#[test]
fn what_was_approved_is_not_taken_back() -> Outcome<()> {
    let mut team = Team::new()?;
    let (expense, revision) = team.hand_in("Dana", "128.50")?;
    team.sync("Grace", &minute(5))?;
    team.phone("Dana").withdraw(&minute(6), expense, None)?;
    approves(&mut team, "Grace", expense, &revision, 7)?;
    assert_eq!(team.sync("Dana", &minute(8))?.parked, 1);
    assert_eq!(status(&mut team, "Dana", expense, 9)?, ApprovalStatus::Approved);
    let parked = team.phone("Dana").parked()?;
    let reason = parked[0].rejection.clone().ok_or("no reason")?;
    assert_eq!(reason.rule, "approval.closed");
    Ok(())
}

#[test]
fn finance_sends_it_back_to_the_step_before_and_both_agree_anew() -> Outcome<()> {
    let mut team = Team::new()?;
    let fang = team.hire("Fang", Role::Rep, "South")?;
    let steps = vec![
        (Mode::Any, vec![Approver::Superior]),
        (Mode::Any, vec![Approver::Person(fang)]),
    ];
    chain(&team, steps)?;
    let (expense, revision) = team.hand_in("Dana", "128.50")?;
    assert_eq!(asked(&mut team, &["Grace", "Fang"], 5)?, ["Grace"]);
    approves(&mut team, "Grace", expense, &revision, 6)?;
    assert_eq!(asked(&mut team, &["Grace", "Fang"], 7)?, ["Fang"]);

    let back = Deciding {
        revision: revision.clone(),
        decision: Decision::Return,
        step: Some(1),
        acted_for: None,
        note: Some("Who was the guest?".to_owned()),
    };
    team.phone("Fang").decide_as(&minute(8), expense, back)?;
    assert_eq!(
        asked(&mut team, &["Fang", "Grace"], 9)?,
        ["Grace"],
        "not Dana: it is Grace's again"
    );
    let view = team.phone("Grace").approval(expense)?;
    assert_eq!((view.status, view.course.step), (ApprovalStatus::Submitted, 1));
    let notes: Vec<_> = view
        .decisions
        .iter()
        .filter_map(|it| it.note.as_deref())
        .collect();
    assert_eq!(notes, ["Who was the guest?"]);

    approves(&mut team, "Grace", expense, &revision, 10)?;
    assert_eq!(asked(&mut team, &["Grace", "Fang"], 11)?, ["Fang"]);
    approves(&mut team, "Fang", expense, &revision, 12)?;
    assert_eq!(status(&mut team, "Dana", expense, 13)?, ApprovalStatus::Approved);
    Ok(())
}

#[test]
fn all_of_a_step_agree_and_a_row_goes_in_its_order() -> Outcome<()> {
    let mut team = Team::new()?;
    let wang = team.hire("Wang Lei", Role::Supervisor, "South")?;
    let fang = team.hire("Fang", Role::Rep, "South")?;
    let (grace, marcus) = (team.person("Grace"), team.person("Marcus"));
    let steps = vec![
        (Mode::All, vec![Approver::Person(grace), Approver::Person(wang)]),
        (
            Mode::Order,
            vec![Approver::Person(fang), Approver::Person(marcus)],
        ),
    ];
    chain(&team, steps)?;
    let (expense, revision) = team.hand_in("Dana", "128.50")?;
    let everybody = ["Grace", "Wang Lei", "Fang", "Marcus"];
    assert_eq!(asked(&mut team, &everybody, 5)?, ["Grace", "Wang Lei"]);
    // Offline at the same time; neither knows of the other, and both count.
    for name in ["Grace", "Wang Lei"] {
        team.phone(name)
            .decide(&minute(6), expense, &revision, Decision::Approve, None)?;
    }
    team.sync("Wang Lei", &minute(7))?;
    assert_eq!(
        asked(&mut team, &["Wang Lei", "Fang"], 8)?,
        [""; 0],
        "it waits for Grace"
    );
    assert_eq!(status(&mut team, "Grace", expense, 9)?, ApprovalStatus::Submitted);
    assert_eq!(
        asked(&mut team, &everybody, 10)?,
        ["Fang"],
        "Marcus comes after her"
    );
    approves(&mut team, "Fang", expense, &revision, 11)?;
    assert_eq!(asked(&mut team, &everybody, 12)?, ["Marcus"]);
    approves(&mut team, "Marcus", expense, &revision, 13)?;
    assert_eq!(status(&mut team, "Dana", expense, 14)?, ApprovalStatus::Approved);
    Ok(())
}
