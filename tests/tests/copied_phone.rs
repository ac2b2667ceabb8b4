//! A phone that was copied: both write under one name, the server keeps the first, and nobody loses a word.

use automerge::legacy::{Key, ObjectId, Op, OpType};
use automerge::{ActorId, ObjType};
use fieldbook_core::document::view::CustomerView;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::DocumentId;
use fieldbook_core::wire::{Rejection, Request, SectionVerdict, Verdict};
use fieldbook_server::store::{EquivocationRow, Store};
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, craft, minute, request};

/// The copy tags the shop, under the name of Dana's next operation.
fn tag(start: u64, actor: &ActorId, index: &DocumentIndex) -> Vec<Op> {
    let _ = (start, actor);
    let tags = index.object_at(&ObjectId::Root, "tags");
    let Some((tags, ObjType::Map)) = tags else {
        return Vec::new();
    };
    vec![Op {
        action: OpType::Put(true.into()),
        obj: tags,
        key: Key::Map("from the copy".into()),
        pred: Vec::new().into(),
        insert: false,
    }]
}

fn evidence(team: &Team) -> Outcome<Vec<EquivocationRow>> {
    let tenant = team.tenant();
    Ok(team.store().read(|reader| reader.equivocations(tenant, 10))?)
}

fn tags(team: &Team, name: &str, shop: DocumentId) -> Outcome<Vec<String>> {
    let index = team.phone(name).document(shop)?.ok_or("no shop")?;
    Ok(CustomerView::read(&index)?.tags)
}

fn rejection(verdict: &SectionVerdict) -> Outcome<&Rejection> {
    match verdict.rest.first() {
        Some(Verdict::Rejected(rejection)) => Ok(rejection),
        other => Err(format!("not rejected: {other:?}").into()),
    }
}

/// Dana's shop is on the server, and a copy of her phone has tagged it.
fn scene() -> Outcome<(Team, DocumentId)> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    team.sync("Dana", &minute(2))?;
    let copied = craft(&team, "Dana", shop, 0, tag)?;
    let answer = team.ask("Dana", request(vec![copied]), &minute(3))?;
    assert_eq!(answer.verdicts[0].stored, 1, "{:?}", answer.verdicts);
    Ok((team, shop))
}

#[test]
fn what_a_copy_wrote_first_stands_and_the_phone_writes_its_own_under_another_name() -> Outcome<()> {
    for later in [["vip"].as_slice(), &["vip", "regular"]] {
        let (mut team, shop) = scene()?;
        for tag in later {
            team.phone("Dana").set_tag(&minute(4), shop, tag, true)?;
        }
        let told = team.sync("Dana", &minute(5))?;
        assert_eq!(
            (told.parked, told.accepted),
            (0, 0),
            "nothing needs her, nothing is taken yet"
        );
        team.register_copy("Dana", &minute(6))?;
        let report = team.sync("Dana", &minute(6))?;
        assert_eq!((report.parked, report.accepted), (0, later.len() as u64));
        team.sync("Grace", &minute(7))?;
        let mut expected: Vec<&str> = later.iter().copied().chain(["from the copy"]).collect();
        expected.sort_unstable();
        assert_eq!(tags(&team, "Grace", shop)?, expected);
        let evidence = evidence(&team)?;
        assert_eq!(evidence.len(), 1);
        assert_eq!((evidence[0].actor.document, evidence[0].sequence), (shop, 2));
        assert_ne!(evidence[0].stored, evidence[0].claimed);
        assert!(!evidence[0].operations.is_empty());
    }
    Ok(())
}

#[test]
fn a_repeated_message_on_another_story_is_not_decoded_as_new() -> Outcome<()> {
    let (team, shop) = scene()?;
    for tag in ["vip", "regular"] {
        team.phone("Dana").set_tag(&minute(4), shop, tag, true)?;
    }
    let (_, body) = team.request("Dana")?;
    let mut sent: Request = minicbor::decode(&fieldbook_core::wire::inflate(&body, 1 << 20)?)?;
    // The check at the end would tell; without an end it is not reached.
    sent.upload[0].count += 1;
    let answer = team.ask("Dana", request(sent.upload), &minute(5))?;
    let verdict = &answer.verdicts[0];
    assert_eq!((verdict.stored, verdict.duplicate), (0, 0));
    let why = rejection(verdict)?;
    assert!(why.is_of_a_copy(), "{why}");
    assert!(!why.suggestion.zh.is_empty());
    let tenant = team.tenant();
    let stored = team.store().read(|reader| reader.segments(tenant, shop, 0))?;
    assert_eq!(
        stored.iter().map(|row| row.count).sum::<u32>(),
        2,
        "the shop and the copy's tag"
    );
    Ok(())
}

#[test]
fn a_wrong_check_on_what_is_stored_is_no_evidence() -> Outcome<()> {
    let mut team = Team::new()?;
    let shop = team.customer("Dana", "Sunrise Market")?;
    let (_, body) = team.request("Dana")?;
    team.sync("Dana", &minute(2))?;
    let mut sent: Request = minicbor::decode(&fieldbook_core::wire::inflate(&body, 1 << 20)?)?;
    sent.upload[0].check[0] ^= 1;
    let answer = team.ask("Dana", request(sent.upload), &minute(3))?;
    assert_eq!(rejection(&answer.verdicts[0])?.rule, "gate.head_check");
    assert!(evidence(&team)?.is_empty());
    assert!(team.phone("Dana").document(shop)?.is_some());
    Ok(())
}
