//! After a restore one phone hands back what another one wrote, while the record is not on that one's phone: it had gone with
//! a change of units that the backup does not know. When the record comes back it is whole, its own part included.

use fieldbook_core::document::view::CustomerView;
use fieldbook_server::recovery::begin_epoch;
use fieldbook_server::store::sqlite::{FILE, Options, backup};
use fieldbook_server::store::{SqliteStore, Store};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute};
use tempfile::TempDir;

const OPTIONS: Options = Options {
    durable: false,
    inline: true,
};

#[test]
fn what_somebody_else_handed_back_reaches_the_phone_that_wrote_it() -> Outcome<()> {
    let folder = TempDir::new()?;
    let (data, restored) = (folder.path().join("data"), folder.path().join("restored"));
    std::fs::create_dir(&data)?;
    std::fs::create_dir(&restored)?;
    let mut team = Team::on(SqliteStore::create(&data, OPTIONS)?)?;
    backup::copy(&data, &restored.join(FILE))?;

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
    let store = SqliteStore::open(&restored, OPTIONS)?;
    let at_ms = minute(10).unix_ms();
    store.write(move |writer| begin_epoch(writer, at_ms, 0))?;
    team.go_on_from(store);
    team.sync("Grace", &minute(11))?;
    team.sync("Dana", &minute(12))?;
    team.sync("Grace", &minute(13))?;

    for name in ["Dana", "Grace"] {
        let seen = team.phone(name).document(shop)?.ok_or("the shop is gone")?;
        assert_eq!(CustomerView::read(&seen)?.tags, ["wants samples"], "{name}");
    }
    Ok(())
}
