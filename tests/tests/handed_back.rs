//! After a restore one phone hands back what another one wrote, while the record is not on that one's phone: a change of units
//! lies between, which the backup does not know. It is there once, for everybody who may see it.

use fieldbook_core::document::view::CustomerView;
use fieldbook_core::model::{DocumentId, Role};
use fieldbook_server::recovery::begin_epoch;
use fieldbook_server::store::sqlite::{FILE, Options, backup};
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, meal, minute};
use tempfile::TempDir;

/// How long the server waits at most: a day.
const HOLD_MS: u64 = 24 * 3600 * 1000;
const OPTIONS: Options = Options {
    durable: false,
    inline: true,
};

/// A team whose server can go on from a backup made at its beginning, or with [`Office::back_up`] later.
struct Office {
    team: Team,
    folder: TempDir,
}

impl Office {
    fn new() -> Outcome<Self> {
        let folder = TempDir::new()?;
        std::fs::create_dir(folder.path().join("data"))?;
        std::fs::create_dir(folder.path().join("restored"))?;
        let team = Team::on(SqliteStore::create(&folder.path().join("data"), OPTIONS)?)?;
        Ok(Self { team, folder })
    }

    fn back_up(&self) -> Outcome<()> {
        let to = self.folder.path().join("restored").join(FILE);
        Ok(backup::copy(&self.folder.path().join("data"), &to)?)
    }

    /// The server goes on from the backup, and waits for what phones hand back.
    fn restore(&mut self, minutes: i64) -> Outcome<()> {
        let store = SqliteStore::open(&self.folder.path().join("restored"), OPTIONS)?;
        let at_ms = minute(minutes).unix_ms();
        store.write(move |writer| begin_epoch(writer, at_ms, HOLD_MS))?;
        self.team.go_on_from(store);
        Ok(())
    }
}

fn tags(team: &Team, name: &str, shop: DocumentId) -> Outcome<Vec<String>> {
    let seen = team.phone(name).document(shop)?.ok_or("the shop is gone")?;
    Ok(CustomerView::read(&seen)?.tags)
}

#[test]
fn what_somebody_else_handed_back_reaches_the_phone_that_wrote_it() -> Outcome<()> {
    let mut office = Office::new()?;
    office.back_up()?;
    let team = &mut office.team;

    // Dana's new shop, with a tag by Grace; then Grace leaves the North, and the shop her phone.
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(3))?;
    team.sync("Grace", &minute(4))?;
    team.phone("Grace")
        .set_tag(&minute(5), shop, "wants samples", true)?;
    team.sync("Grace", &minute(6))?;
    team.sync("Dana", &minute(7))?;
    team.move_to("Grace", "South", &minute(8))?;
    team.sync("Grace", &minute(9))?;
    assert!(team.phone("Grace").document(shop)?.is_none());

    // The backup knows neither the shop nor the move.
    office.restore(10)?;
    let team = &mut office.team;
    team.sync("Grace", &minute(11))?;
    team.sync("Dana", &minute(12))?;
    team.sync("Grace", &minute(13))?;

    for name in ["Dana", "Grace"] {
        assert_eq!(tags(team, name, shop)?, ["wants samples"], "{name}");
    }
    Ok(())
}

/// The server answers Dana's request for a grade, and she goes on writing on top of the answer. Then the shop is given to Marcus,
/// who never syncs; nobody holds the answer any more but Dana's phone, which keeps it with her own work.
#[test]
fn what_was_written_on_a_ruling_comes_back_with_it() -> Outcome<()> {
    let mut office = Office::new()?;
    let team = &mut office.team;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(3))?;
    office.back_up()?;
    let team = &mut office.team;
    team.phone("Dana").ask_grade(&minute(4), shop, "A", None)?;
    team.sync("Dana", &minute(5))?;
    team.phone("Dana")
        .set_tag(&minute(6), shop, "wants samples", true)?;
    team.sync("Dana", &minute(7))?;
    team.hand_over("Dana", "Marcus", &minute(8))?;
    team.sync("Dana", &minute(9))?;
    assert!(
        team.phone("Dana").document(shop)?.is_none(),
        "it has left her phone"
    );

    office.restore(10)?;
    let team = &mut office.team;
    team.sync("Dana", &minute(11))?;
    team.sync("Dana", &minute(12))?;
    assert_eq!(tags(team, "Dana", shop)?, ["wants samples"]);
    let seen = team.phone("Dana").document(shop)?.ok_or("the shop is gone")?;
    assert_eq!(CustomerView::read(&seen)?.grade.as_deref(), Some("A"));
    Ok(())
}

/// A shop of Dana's that Grace tags. Grace was in the South when the backup was made, where it is not hers to write.
fn tagged_after_the_backup() -> Outcome<(Office, DocumentId)> {
    tagged_after_a_backup_of(Office::new()?)
}

fn tagged_after_a_backup_of(mut office: Office) -> Outcome<(Office, DocumentId)> {
    let team = &mut office.team;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(3))?;
    team.move_to("Grace", "South", &minute(4))?;
    office.back_up()?;
    let team = &mut office.team;
    team.move_to("Grace", "North", &minute(5))?;
    team.sync("Grace", &minute(6))?;
    team.phone("Grace")
        .set_tag(&minute(7), shop, "wants samples", true)?;
    Ok((office, shop))
}

#[test]
fn what_may_still_be_handed_back_is_not_refused_meanwhile() -> Outcome<()> {
    let (mut office, shop) = tagged_after_the_backup()?;
    // The server stores it and Dana has it; the answer to Grace is lost.
    let (_, body) = office.team.request("Grace")?;
    office.team.deliver("Grace", &body, &minute(8))?;
    office.team.sync("Dana", &minute(9))?;

    office.restore(10)?;
    let team = &mut office.team;
    assert_eq!(team.sync("Grace", &minute(11))?.parked, 0, "it waits");
    team.sync("Dana", &minute(12))?;
    let report = team.sync("Grace", &minute(13))?;
    assert_eq!((report.duplicate, report.parked), (1, 0), "it is there already");
    assert_eq!(tags(team, "Dana", shop)?, ["wants samples"]);
    assert!(team.phone("Grace").parked()?.is_empty());
    Ok(())
}

#[test]
fn when_everybody_was_there_it_is_refused() -> Outcome<()> {
    let (mut office, _) = tagged_after_the_backup()?;
    // This time it never left her phone.
    office.restore(10)?;
    let team = &mut office.team;
    assert_eq!(team.sync("Grace", &minute(11))?.parked, 0, "it waits");
    // They come until they have nothing to hand back any more.
    for minutes in 12..15 {
        for name in ["Dana", "Marcus", "Grace"] {
            team.sync(name, &minute(minutes))?;
        }
    }
    assert_eq!(team.phone("Grace").parked()?.len(), 1);
    Ok(())
}

#[test]
fn a_phone_that_was_only_signed_in_when_the_backup_was_made_is_waited_for() -> Outcome<()> {
    let mut office = Office::new()?;
    let team = &mut office.team;
    team.hire("Wang Lei", Role::Supervisor, "North")?;
    let (tenant, signed_in) = (team.tenant(), team.device("Wang Lei")?.id);
    team.office(move |writer| writer.touch_device(tenant, signed_in, 0, 0, 0))?;
    let (mut office, shop) = tagged_after_a_backup_of(office)?;
    // The server stores it, Wang Lei's first sync brings it, and the answer to Grace is lost.
    let team = &mut office.team;
    let (_, body) = team.request("Grace")?;
    team.deliver("Grace", &body, &minute(8))?;
    team.sync("Wang Lei", &minute(9))?;

    // Everybody is here of whom the backup had heard, and Wang Lei's phone is not.
    office.restore(10)?;
    let team = &mut office.team;
    for minutes in 11..15 {
        for name in ["Dana", "Marcus", "Grace"] {
            assert_eq!(team.sync(name, &minute(minutes))?.parked, 0, "it waits");
        }
    }
    team.sync("Wang Lei", &minute(16))?;
    let report = team.sync("Grace", &minute(17))?;
    assert_eq!((report.duplicate, report.parked), (1, 0), "it is there already");
    assert_eq!(tags(team, "Wang Lei", shop)?, ["wants samples"]);
    Ok(())
}

#[test]
fn a_lost_phone_is_not_waited_for() -> Outcome<()> {
    let (mut office, shop) = tagged_after_the_backup()?;
    office.restore(10)?;
    let team = &mut office.team;
    team.revoke("Grace", &minute(11))?;
    for minutes in 12..15 {
        if team.device("Grace")?.closed_ms.is_none() {
            team.sync("Grace", &minute(minutes))?;
        }
    }
    assert!(team.device("Grace")?.closed_ms.is_some(), "it is locked");
    assert!(team.phone("Grace").document(shop)?.is_none());
    assert_eq!(team.phone("Grace").parked()?.len(), 1);
    Ok(())
}

#[test]
fn who_was_asked_keeps_what_was_out_of_sight_when_it_was_handed_back() -> Outcome<()> {
    let mut office = Office::new()?;
    let team = &mut office.team;
    team.move_to("Dana", "South", &minute(1))?;
    team.sync("Dana", &minute(2))?;
    team.sync("Grace", &minute(2))?;
    office.back_up()?;

    // In the North, Dana hands in an expense. Grace is asked, and has it.
    let team = &mut office.team;
    team.move_to("Dana", "North", &minute(3))?;
    team.sync("Dana", &minute(4))?;
    let mut rng = team.rng().clone();
    let dana = team.phone("Dana");
    let expense = dana.draft_expense(&minute(5), &mut rng, "Lunch", "CNY".parse()?, None, None)?;
    let line = meal(5, "86.50");
    dana.add_expense_line(&minute(5), expense, line)?;
    dana.submit(&minute(6), expense)?;
    team.sync("Dana", &minute(7))?;
    team.sync("Grace", &minute(8))?;
    assert!(team.phone("Grace").document(expense)?.is_some());

    // For the backup Dana is in the South. What Grace hands back is out of her sight until the last of it says that she was
    // asked.
    office.restore(10)?;
    let team = &mut office.team;
    team.sync("Grace", &minute(11))?;
    assert!(team.phone("Grace").document(expense)?.is_some());
    Ok(())
}

/// One exchange of somebody's phone, and no more.
fn exchange_once(team: &mut Team, name: &str, minutes: i64) -> Outcome<()> {
    let (in_flight, body) = team.request(name)?;
    let answer = team.deliver(name, &body, &minute(minutes))?;
    let mut rng = team.rng().clone();
    let next = in_flight.answered(team.phone(name), &answer, &minute(minutes), &mut rng);
    next.map_err(|(_, error)| error)?;
    Ok(())
}

#[test]
fn not_all_is_on_the_server_while_it_lacks_work_on_records_that_left_the_phone() -> Outcome<()> {
    let mut office = Office::new()?;
    let team = &mut office.team;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(3))?;
    office.back_up()?;
    // Three operations more; then Marcus has the shop, and Dana's phone has not.
    let team = &mut office.team;
    for tag in ["one", "two", "three"] {
        team.phone("Dana").set_tag(&minute(4), shop, tag, true)?;
    }
    team.sync("Dana", &minute(5))?;
    let delivery = team.phone("Dana").receipt()?;
    assert!(delivery.all_on_server(), "{delivery:?}");
    team.hand_over("Dana", "Marcus", &minute(6))?;
    team.sync("Dana", &minute(7))?;
    assert!(team.phone("Dana").document(shop)?.is_none());
    let delivery = team.phone("Dana").receipt()?;
    assert_eq!(delivery.delivered, 4, "what left the phone is delivered, too");
    assert!(delivery.all_on_server(), "{delivery:?}");

    // The backup has one of the four. Its first receipt does not cover the others.
    office.restore(10)?;
    let team = &mut office.team;
    exchange_once(team, "Dana", 11)?;
    let delivery = team.phone("Dana").receipt()?;
    let receipt = delivery.receipt.ok_or("no receipt")?;
    assert_eq!((receipt.stored, delivery.delivered), (1, 4));
    assert!(!delivery.all_on_server(), "{delivery:?}");

    // Handed back, they are there; the shop is hers again until Marcus brings the hand-over.
    for minutes in 12..15 {
        for name in ["Dana", "Marcus", "Grace"] {
            team.sync(name, &minute(minutes))?;
        }
    }
    let delivery = team.phone("Dana").receipt()?;
    assert!(delivery.all_on_server(), "{delivery:?}");
    assert_eq!(delivery.delivered, 4, "nothing is counted twice");
    Ok(())
}

#[test]
fn who_left_is_not_waited_for() -> Outcome<()> {
    for comes_again in [true, false] {
        let mut office = Office::new()?;
        let team = &mut office.team;
        team.leave("Grace", &minute(3))?;
        if comes_again {
            // Her phone removes what it held, and is locked.
            team.sync("Grace", &minute(4))?;
            assert!(team.device("Grace")?.closed_ms.is_some());
        }
        office.back_up()?;
        office.restore(10)?;
        let team = &mut office.team;
        for minutes in 11..13 {
            for name in ["Dana", "Marcus"] {
                team.sync(name, &minute(minutes))?;
            }
        }
        let restored = team
            .store()
            .read(|reader| reader.restored())?
            .ok_or("not restored")?;
        assert!(
            restored.hold_until_ms <= minute(13).unix_ms(),
            "rulings wait for somebody who left"
        );
    }
    Ok(())
}
