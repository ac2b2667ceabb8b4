//! Story 8: during a week offline a rep's leader goes from region North to South. What she wrote about the people of the North
//! before counts; what she wrote later is not taken over and waits for somebody to look at it; the North leaves her phone at
//! the first contact. Unsent work is never lost on the way.

use fieldbook_core::document::view::CustomerView;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};

#[test]
fn what_was_written_before_the_move_counts_and_the_region_leaves_the_phone() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let second = team.customer("Dana", "Harbour Store")?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(4))?;

    let grace = team.phone("Grace");
    grace.set_tag(&minute(100), shop, "before", true)?;
    grace.set_tag(&minute(300), shop, "after", true)?;
    grace.set_tag(&minute(310), second, "after, too", true)?;
    team.move_to("Grace", "South", &minute(200))?;

    let report = team.sync("Grace", &minute(400))?;
    assert_eq!((report.accepted, report.parked), (1, 2));
    team.sync("Dana", &minute(401))?;
    let tags = |team: &Team, id| -> Outcome<Vec<String>> {
        let seen = team.phone("Dana").document(id)?.ok_or("the shop is gone")?;
        Ok(CustomerView::read(&seen)?.tags)
    };
    assert_eq!(tags(&team, shop)?, ["before"]);
    assert_eq!(tags(&team, second)?, Vec::<String>::new());

    let grace = team.phone("Grace");
    assert!(grace.document(shop)?.is_none() && grace.document(second)?.is_none());
    assert!(
        grace.export_parked()?.to_string().contains("after, too"),
        "her own words stay"
    );
    let kept = serde_json::to_string(&team.quarantined()?)?;
    assert!(kept.contains("after, too") && kept.contains("Grace"));

    // She knows now. A clock that is set back does not bring the rights back.
    assert_eq!(team.sync("Grace", &minute(410))?.parked, 0);
    Ok(())
}
