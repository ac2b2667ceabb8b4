//! Story 2. The supervisor calls off a planned visit, or moves it, while the rep, offline, is at the counter. The visit
//! stays done, what the supervisor asked for becomes a remark in it, and the supervisor is told. Nobody's words are lost,
//! and it makes no difference whose phone finds a network first.

use fieldbook_core::document::view::{VisitStatus, VisitView};
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::query::{self, Remark, TimelineKind};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

const SORRY: &str = "the shop is closed today";
const WISH: &str = "ask for Ms Li, bring price list";

fn visit(team: &Team, name: &str, visit: DocumentId) -> Outcome<VisitView> {
    let index = team.phone(name).document(visit)?.ok_or("the visit is gone")?;
    Ok(VisitView::read(&index)?)
}

fn told(team: &Team, name: &str) -> Outcome<Vec<Remark>> {
    let person = team.person(name);
    Ok(team
        .phone(name)
        .store()
        .read(|conn| query::remarks(conn, person, 0))?)
}

/// Dana has a visit at ten on her plan, and Grace sees it.
fn planned() -> Outcome<(Team, DocumentId)> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 60)?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(4))?;
    Ok((team, visit))
}

/// At ten, without a network, Dana goes in, and at eleven she is done.
fn dana_is_there(team: &mut Team, visit: DocumentId) -> Outcome<()> {
    let mut rng = team.rng().clone();
    let dana = team.phone("Dana");
    let why = || Some("in the basement".to_owned());
    dana.start_visit(&minute(61), &mut rng, visit, None, why())?;
    dana.record_step(&minute(70), visit, "stock", 12.into(), None)?;
    dana.finish_visit(&minute(120), &mut rng, visit, None, why(), None)?;
    Ok(())
}

#[test]
fn a_cancel_of_a_visit_that_took_place_becomes_a_remark() -> Outcome<()> {
    for grace_is_first in [true, false] {
        let (mut team, id) = planned()?;
        dana_is_there(&mut team, id)?;
        let mut rng = team.rng().clone();
        team.phone("Grace")
            .cancel_visit(&minute(75), &mut rng, id, SORRY.to_owned(), None)?;
        assert_eq!(
            visit(&team, "Grace", id)?.status,
            VisitStatus::Cancelled,
            "as far as she knows"
        );

        let order = if grace_is_first {
            ["Grace", "Dana"]
        } else {
            ["Dana", "Grace"]
        };
        for name in order {
            assert_eq!(team.sync(name, &minute(130))?.parked, 0, "nothing is refused");
        }
        team.sync("Grace", &minute(140))?;
        team.sync("Dana", &minute(140))?;

        for name in ["Grace", "Dana"] {
            let seen = visit(&team, name, id)?;
            assert_eq!((seen.status, seen.results.len()), (VisitStatus::Finished, 1));
            let page = team
                .phone(name)
                .store()
                .read(|conn| query::visit_detail(conn, id))?;
            let page = page.ok_or("the visit has no page")?;
            let remark = page
                .timeline
                .iter()
                .find(|item| item.kind == TimelineKind::Remark);
            let remark = remark.ok_or("no remark on the visit's page")?;
            assert_eq!(
                (remark.text.as_deref(), remark.detail.as_deref()),
                (Some(SORRY), Some("cancelled"))
            );
            assert_eq!(remark.person, team.person("Grace"));
        }
        // Grace sees what became of it without looking for it; Dana is not the one who asked.
        let told = (told(&team, "Grace")?, told(&team, "Dana")?);
        assert_eq!((told.0.len(), told.1.len()), (1, 0));
        assert_eq!(told.0[0].visit.customer_name.as_deref(), Some("Sunrise Market"));
        assert_eq!(told.0[0].visit.started, Some(minute(61).at));
        assert!(team.phone("Grace").parked()?.is_empty());
    }
    Ok(())
}

#[test]
fn a_move_that_the_rep_did_not_know_of_becomes_a_remark() -> Outcome<()> {
    for grace_is_first in [true, false] {
        let (mut team, id) = planned()?;
        dana_is_there(&mut team, id)?;
        let grace = team.phone("Grace");
        grace.move_visit(&minute(75), id, minute(300).at, Some(WISH.to_owned()))?;
        grace.set_next_step(&minute(76), id, "call on Friday".to_owned())?;

        let order = if grace_is_first {
            ["Grace", "Dana"]
        } else {
            ["Dana", "Grace"]
        };
        for name in order {
            assert_eq!(team.sync(name, &minute(130))?.parked, 0, "nothing is refused");
        }
        team.sync("Grace", &minute(140))?;
        team.sync("Dana", &minute(140))?;

        for name in ["Grace", "Dana"] {
            let seen = visit(&team, name, id)?;
            assert_eq!(seen.plan_start, minute(60).at, "the plan that she followed");
            assert_eq!(seen.purpose, "count the stock");
            assert_eq!(seen.next_step.as_deref(), Some("call on Friday"));
        }
        let told = told(&team, "Grace")?;
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].asked.text.as_deref(), told[0].asked.detail.as_deref()),
            (Some(WISH), Some("moved"))
        );
    }
    Ok(())
}

#[test]
fn a_move_that_the_rep_knew_of_holds() -> Outcome<()> {
    let (mut team, id) = planned()?;
    let grace = team.phone("Grace");
    grace.move_visit(&minute(5), id, minute(61).at, None)?;
    team.sync("Grace", &minute(6))?;
    team.sync("Dana", &minute(7))?;
    dana_is_there(&mut team, id)?;
    team.sync("Dana", &minute(130))?;
    team.sync("Grace", &minute(131))?;
    assert_eq!(visit(&team, "Grace", id)?.plan_start, minute(61).at);
    assert!(told(&team, "Grace")?.is_empty());
    Ok(())
}

#[test]
fn who_knows_that_it_began_is_told_at_once() -> Outcome<()> {
    let (mut team, id) = planned()?;
    dana_is_there(&mut team, id)?;
    team.sync("Dana", &minute(130))?;
    team.sync("Grace", &minute(131))?;
    let refused = team
        .phone("Grace")
        .move_visit(&minute(132), id, minute(300).at, None);
    let refused = refused.err().ok_or("she could move a visit that took place")?;
    assert!(refused.to_string().contains("begun"), "{refused}");
    Ok(())
}

#[test]
fn the_ruling_log_has_one_row_for_each_remark() -> Outcome<()> {
    use fieldbook_server::store::Store;
    let (mut team, id) = planned()?;
    dana_is_there(&mut team, id)?;
    let mut rng = team.rng().clone();
    team.phone("Grace")
        .cancel_visit(&minute(75), &mut rng, id, SORRY.to_owned(), None)?;
    for name in ["Grace", "Dana", "Grace", "Dana"] {
        team.sync(name, &minute(130))?;
    }
    let tenant = team.tenant();
    let rulings = team.store().read(|reader| reader.rulings(tenant, 0, 10))?;
    assert_eq!(rulings.len(), 1);
    assert!(rulings[0].json.contains("rule_remark") && rulings[0].document == id);
    Ok(())
}
