//! Who decides for whom: a delegate may decide for others and never on their own request; an approver beyond the units sees
//! the request that they are asked about; whoever leaves is replaced by whoever leads them.

use fieldbook_core::document::Command;
use fieldbook_core::document::command::{Decide, Decision, Handing};
use fieldbook_core::document::view::ApprovalStatus;
use fieldbook_core::model::form::{Approver, Chain, Mode, Step};
use fieldbook_core::model::{Delegation, Role, Words};
use fieldbook_core::replica::ReplicaError;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

#[test]
fn a_delegate_decides_for_others_and_never_on_their_own() -> Outcome<()> {
    let mut team = Team::new()?;
    let (tenant, grace, marcus) = (team.tenant(), team.person("Grace"), team.person("Marcus"));
    team.office(move |writer| {
        let week = Delegation {
            from: grace,
            to: marcus,
            since_ms: 0,
            until_ms: u64::MAX >> 2,
        };
        writer.add_delegation(tenant, &week)
    })?;
    let (danas, revision) = team.hand_in("Dana", "40")?;
    let (own, own_revision) = team.hand_in("Marcus", "40")?;
    team.sync("Marcus", &minute(5))?;
    assert_eq!(
        team.asked("Marcus")?,
        [danas],
        "Dana's, in Grace's stead; not his own"
    );
    team.phone("Marcus")
        .decide(&minute(6), danas, &revision, Decision::Approve, None)?;
    let refused = team
        .phone("Marcus")
        .decide(&minute(7), own, &own_revision, Decision::Approve, None);
    assert!(
        matches!(&refused, Err(ReplicaError::Refused(rejection)) if rejection.rule == "self_approval"),
        "{refused:?}"
    );
    team.sync("Marcus", &minute(8))?;
    let view = team.phone("Marcus").approval(danas)?;
    assert_eq!(view.status, ApprovalStatus::Approved);
    assert_eq!(
        (view.decisions[0].by, view.decisions[0].acted_for),
        (marcus, Some(grace)),
        "he says in whose stead"
    );
    Ok(())
}

#[test]
fn finance_sees_what_it_is_asked_about_and_nothing_else() -> Outcome<()> {
    let mut team = Team::new()?;
    let tenant = team.tenant();
    let fang = team.hire("Fang", Role::Rep, "South")?;
    team.office(move |writer| {
        writer.add_duty(tenant, fang, "finance")?;
        let step = |approver| Step {
            label: Words::new("Step", "步骤"),
            mode: Mode::Any,
            approvers: vec![approver],
            when: None,
        };
        writer.put_chain(
            tenant,
            &Chain {
                name: "expense".to_owned(),
                version: 2,
                steps: vec![
                    step(Approver::Superior),
                    step(Approver::Duty("finance".to_owned())),
                ],
                copies: Vec::new(),
            },
        )
    })?;
    let (expense, revision) = team.hand_in("Dana", "40")?;
    team.sync("Fang", &minute(5))?;
    assert!(
        team.phone("Fang").document(expense)?.is_none(),
        "not before it is her turn"
    );
    team.sync("Grace", &minute(6))?;
    team.phone("Grace")
        .decide(&minute(7), expense, &revision, Decision::Approve, None)?;
    team.sync("Grace", &minute(8))?;
    team.sync("Fang", &minute(9))?;
    assert_eq!(team.asked("Fang")?, [expense]);
    let view = team.phone("Fang").approval(expense)?;
    assert_eq!((view.course.step, view.course.chain.as_str()), (2, "expense@2"));
    let names = team.phone("Fang").reference().ok_or("no reference rows")?.people;
    assert!(
        names
            .iter()
            .any(|person| person.name == "Dana" && !person.visible)
    );
    team.phone("Fang")
        .decide(&minute(10), expense, &revision, Decision::Approve, None)?;
    team.sync("Fang", &minute(11))?;
    team.sync("Dana", &minute(12))?;
    assert_eq!(
        team.phone("Dana").approval(expense)?.status,
        ApprovalStatus::Approved
    );
    Ok(())
}

#[test]
fn whoever_is_added_and_leaves_is_replaced_by_whoever_leads_them() -> Outcome<()> {
    let mut team = Team::new()?;
    let tenant = team.tenant();
    team.hire("Sun", Role::Supervisor, "South")?;
    let fang = team.hire("Fang", Role::Rep, "South")?;
    let (expense, revision) = team.hand_in("Dana", "40")?;
    team.sync("Grace", &minute(5))?;
    team.phone("Grace").hand_over(
        &minute(6),
        expense,
        Handing::Add,
        fang,
        Some("look at the tax".to_owned()),
    )?;
    team.phone("Grace")
        .decide(&minute(7), expense, &revision, Decision::Approve, None)?;
    team.sync("Grace", &minute(8))?;
    team.sync("Fang", &minute(9))?;
    assert_eq!(team.asked("Fang")?, [expense]);

    team.office(move |writer| writer.set_left(tenant, fang, 1))?;
    team.sync("Sun", &minute(10))?;
    team.sync("Sun", &minute(11))?;
    assert_eq!(team.asked("Sun")?, [expense], "the superior steps in");
    team.sync("Fang", &minute(12))?;
    assert!(
        team.phone("Fang").document(expense)?.is_none(),
        "and Fang sees it no longer"
    );
    team.phone("Sun")
        .decide(&minute(13), expense, &revision, Decision::Approve, None)?;
    team.sync("Sun", &minute(14))?;
    team.sync("Dana", &minute(15))?;
    assert_eq!(
        team.phone("Dana").approval(expense)?.status,
        ApprovalStatus::Approved
    );
    Ok(())
}

/// What a phone says to a decision that it does not take, in both languages.
fn refused(said: Result<(), ReplicaError>) -> Outcome<String> {
    match said {
        Err(ReplicaError::Refused(rejection)) => {
            assert!(rejection.suggestion.en.contains("not your turn"), "{rejection:?}");
            for words in [&rejection.expected, &rejection.suggestion] {
                assert!(words.zh.contains("审批"), "{words:?}");
            }
            Ok(format!("{} {}", rejection.rule, rejection.path))
        }
        other => Err(format!("{other:?}").into()),
    }
}

#[test]
fn who_gets_a_copy_or_was_asked_before_decides_nothing() -> Outcome<()> {
    let mut team = Team::new()?;
    let (tenant, marcus) = (team.tenant(), team.person("Marcus"));
    let fang = team.hire("Fang", Role::Rep, "South")?;
    team.office(move |writer| {
        let step = |approver| Step {
            label: Words::new("Step", "步骤"),
            mode: Mode::Any,
            approvers: vec![approver],
            when: None,
        };
        let steps = vec![step(Approver::Superior), step(Approver::Person(fang))];
        let chain = Chain {
            name: "expense".to_owned(),
            version: 2,
            steps,
            copies: vec![Approver::Person(marcus)],
        };
        writer.put_chain(tenant, &chain)
    })?;
    let (expense, revision) = team.hand_in("Dana", "40")?;
    for name in ["Grace", "Marcus"] {
        team.sync(name, &minute(5))?;
    }
    let approve = |team: &Team, name: &str, at: i64| {
        team.phone(name)
            .decide(&minute(at), expense, &revision, Decision::Approve, None)
    };
    // Marcus sees it, for he gets a copy; he is not asked, and nothing of his waits for a ruling.
    assert_eq!(
        refused(approve(&team, "Marcus", 6))?,
        "approval.not_asked decisions/[]"
    );
    let handed = team
        .phone("Marcus")
        .hand_over(&minute(6), expense, Handing::Add, fang, None);
    assert_eq!(refused(handed)?, "approval.not_asked handovers/[]");
    assert!(team.phone("Marcus").totals()?.all_accepted());
    // The rules that phone and server share say the same where nobody asks whose turn it is.
    let past = Command::Decide(Decide {
        document: expense,
        revision: revision.clone(),
        by: marcus,
        acted_for: None,
        at: minute(7).at,
        decision: Decision::Approve,
        step: None,
        note: None,
    });
    let said = team.phone("Marcus").execute(&minute(7), &[past]);
    assert_eq!(refused(said)?, "approval.not_asked decisions/[]");

    // Grace agrees; once her phone has heard that Fang is asked now, it is not her turn any more.
    approve(&team, "Grace", 8)?;
    team.sync("Grace", &minute(9))?;
    assert_eq!(team.phone("Grace").approval(expense)?.course.step, 2);
    assert_eq!(
        refused(approve(&team, "Grace", 10))?,
        "approval.not_asked decisions/[]"
    );
    team.sync("Fang", &minute(11))?;
    approve(&team, "Fang", 12)?;
    team.sync("Fang", &minute(13))?;
    assert_eq!(
        team.phone("Fang").approval(expense)?.status,
        ApprovalStatus::Approved
    );
    Ok(())
}
