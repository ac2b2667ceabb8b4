//! From when on the server believes a date: what a phone brings was written after the last contact at which nothing waited on it.
//! Work that was put off still waits; and a contact that took place stays one.

use automerge::ActorId;
use automerge::legacy::{Key, ObjectId, Op, OpType};
use fieldbook_core::document::view::VisitView;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::wire::{Request, Verdict};
use fieldbook_server::store::Store;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, craft, minute, request};

#[test]
fn work_that_was_put_off_is_judged_by_the_date_it_was_written() -> Outcome<()> {
    let mut team = Team::new()?;
    // Marcus' shop is on no server yet when Dana plans a visit there. At noon she leaves.
    let shop = team.customer("Marcus", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 30)?;
    team.leave("Dana", &minute(180))?;

    let report = team.sync("Dana", &minute(240))?;
    assert_eq!((report.accepted, report.parked), (0, 0), "it waits for the shop");
    assert_eq!(team.device("Dana")?.waiting, 1);
    team.sync("Marcus", &minute(241))?;
    let report = team.sync("Dana", &minute(300))?;
    assert_eq!((report.accepted, report.parked), (1, 0), "it was written in time");
    assert_eq!(team.quarantined()?.len(), 0);
    team.sync("Grace", &minute(301))?;
    let seen = team.phone("Grace").document(visit)?.ok_or("no visit")?;
    assert_eq!(VisitView::read(&seen)?.rep, team.person("Dana"));
    // Nothing is left, so the phone is done.
    team.sync("Dana", &minute(302)).ok();
    assert!(team.device("Dana")?.closed_ms.is_some());
    Ok(())
}

/// Another name for the shop, dated in the morning.
fn renamed(_: u64, _: &ActorId, index: &DocumentIndex) -> Vec<Op> {
    vec![Op {
        action: OpType::Put("mine".into()),
        obj: ObjectId::Root,
        key: Key::Map("name".into()),
        pred: index.values_at(&ObjectId::Root, "name").into(),
        insert: false,
    }]
}

#[test]
fn a_contact_with_nothing_left_is_not_unsaid_by_a_later_one() -> Outcome<()> {
    let mut team = Team::new()?;
    let shops = [
        team.customer("Dana", "Sunrise Market")?,
        team.customer("Dana", "Harbour Store")?,
    ];
    team.sync("Dana", &minute(3))?;
    let edits = [
        craft(&team, "Dana", shops[0], 0, renamed)?,
        craft(&team, "Dana", shops[1], 0, renamed)?,
    ];
    team.hand_over("Dana", "Marcus", &minute(100))?;
    // She hears of it: what her phone brings from now on was written later, whatever date it has.
    team.sync("Dana", &minute(200))?;
    let says_more_waits = |upload| Request {
        waiting: 1,
        ..request(upload)
    };
    for (at, edit) in [210, 220].into_iter().zip(edits) {
        team.ask("Dana", says_more_waits(Vec::new()), &minute(at))?;
        let answer = team.ask("Dana", says_more_waits(vec![edit]), &minute(at + 1))?;
        let verdict = &answer.verdicts[0];
        assert_eq!(verdict.stored, 0, "{verdict:?}");
        assert!(matches!(verdict.rest[..], [Verdict::Rejected(_)]), "{verdict:?}");
    }
    let tenant = team.tenant();
    for shop in shops {
        let rows = team.store().read(|reader| reader.segments(tenant, shop, 0))?;
        assert_eq!(rows.len(), 2, "the shop, and the ruling that gave it to Marcus");
    }
    Ok(())
}
