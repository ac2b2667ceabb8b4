//! A phone that was away for ninety days, and one that keeps what it may have to hand back.

use fieldbook_core::document::command::CustomerField;
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::Replica;
use fieldbook_core::replica::store::{outbox, parked, pending};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

fn parked_texts(phone: &Replica) -> Outcome<Vec<String>> {
    let rows = phone.store().read(parked::all)?;
    Ok(rows.into_iter().map(|row| row.command).collect())
}

fn pending(phone: &Replica) -> Outcome<u64> {
    Ok(phone.store().read(pending::count)?)
}

fn accepted(phone: &Replica, document: DocumentId) -> Outcome<usize> {
    let rows = phone
        .store()
        .read(|conn| outbox::from_sequence(conn, document, 0, 1))?;
    Ok(rows.len())
}

#[test]
fn nothing_that_waited_ninety_days_is_lost() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let visit = team.plan("Dana", shop, 60)?;
    team.sync("Dana", &minute(5))?;
    team.sync("Grace", &minute(6))?;

    // Dana goes where there is no network, and works.
    let dana = team.phone("Dana");
    dana.set_tag(&minute(10), shop, "重点", true)?;
    dana.edit_note(&minute(11), visit, 0, 0, "they want the red shelf")?;
    let found = team.customer("Dana", "华东轴承")?;
    // Meanwhile the team goes on for a quarter of a year.
    for day in 1..=89 {
        let rename = vec![CustomerField::Name(format!("Sunrise Market {day}"))];
        let at = minute(day * DAY);
        team.phone("Grace").edit_customer(&at, shop, rename)?;
        team.sync("Grace", &at)?;
    }

    let back = minute(90 * DAY);
    let report = team.sync("Dana", &back)?;
    assert!(
        report.accepted == 3 && report.parked == 0 && !report.rewound,
        "{report:?}"
    );
    team.sync("Grace", &back)?;
    let (dana, grace) = (team.phone("Dana"), team.phone("Grace"));
    assert_eq!((pending(dana)?, parked_texts(dana)?.len()), (0, 0));
    for document in [shop, visit, found] {
        let heads = |phone: &Replica| -> Outcome<_> {
            Ok(phone.document(document)?.ok_or("it is not there")?.heads())
        };
        assert_eq!(heads(dana)?, heads(grace)?);
    }
    Ok(())
}

#[test]
fn what_no_longer_fits_after_ninety_days_waits_with_its_words() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Marcus", "Corner Shop")?;
    let visit = team.plan("Marcus", shop, 60)?;
    team.sync("Marcus", &minute(5))?;
    team.sync("Grace", &minute(6))?;
    // Grace is without a network; Marcus goes to a region that she does not lead, and then she writes.
    let grace = team.phone("Grace");
    grace.edit_note(&minute(10), visit, 0, 0, "promised two cases")?;
    let own = team.customer("Grace", "Harbour Tools")?;
    team.move_to("Marcus", "South", &minute(8))?;

    let report = team.sync("Grace", &minute(90 * DAY))?;
    assert!((report.accepted, report.parked) == (1, 1), "{report:?}");
    let grace = team.phone("Grace");
    assert_eq!(pending(grace)?, 0);
    assert!(grace.document(own)?.is_some());
    let kept = parked_texts(grace)?;
    assert!(
        kept.len() == 1 && kept[0].contains("promised two cases"),
        "{kept:?}"
    );
    Ok(())
}

#[test]
fn accepted_work_can_be_handed_back_for_thirty_five_days_by_the_servers_clock() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(5))?;
    team.sync("Dana", &minute(34 * DAY))?;
    assert_eq!(accepted(team.phone("Dana"), shop)?, 1);
    team.sync("Dana", &minute(36 * DAY))?;
    assert_eq!(accepted(team.phone("Dana"), shop)?, 0, "its command is forgotten");
    assert!(team.phone("Dana").document(shop)?.is_some(), "its history is not");
    Ok(())
}
