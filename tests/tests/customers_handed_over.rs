//! Customers that change hands come whole, and still in answers of the size that was asked for: a phone refuses a larger one, and
//! would ask for the same again for ever.

use std::collections::BTreeMap;

use fieldbook_core::document::command::CustomerField;
use fieldbook_core::model::DocumentId;
use fieldbook_core::wire::{Cursor, Request};
use fieldbook_server::exchange::read_index;
use fieldbook_server::store::Store;
use fieldbook_tests::process::Outcome;
use fieldbook_tests::stories::{Team, minute, request};

/// The least that a phone may ask for.
const BUDGET: u32 = 16 << 10;
const CUSTOMERS: usize = 80;

/// Dana's customers, each written in three exchanges: in the log their histories lie in each other.
fn written() -> Outcome<(Team, Vec<DocumentId>)> {
    let mut team = Team::new()?;
    let names = (0..CUSTOMERS).map(|number| format!("Shop {number}"));
    let shops = names
        .map(|name| team.customer("Dana", &name))
        .collect::<Outcome<Vec<_>>>()?;
    for round in 0..2 {
        team.sync("Dana", &minute(2 + round))?;
        for shop in &shops {
            let fields = (0..5).map(|key| CustomerField::Custom(format!("{round}-{key}"), "x".repeat(900)));
            team.phone("Dana")
                .edit_customer(&minute(3 + round), *shop, fields.collect())?;
        }
    }
    team.sync("Dana", &minute(5))?;
    Ok((team, shops))
}

/// What each document weighs on the server, in bytes of operations.
fn weights(team: &Team, shops: &[DocumentId]) -> Outcome<BTreeMap<DocumentId, usize>> {
    let tenant = team.tenant();
    let weigh = |shop: &DocumentId| {
        let rows = team.store().read(|reader| reader.segments(tenant, *shop, 0))?;
        Ok((*shop, rows.iter().map(|row| row.operations.len()).sum()))
    };
    shops.iter().map(weigh).collect()
}

/// Reads everything behind the cursor; what each answer brings of each document.
fn read(team: &Team, name: &str, mut cursor: Option<Cursor>) -> Outcome<Vec<BTreeMap<DocumentId, usize>>> {
    let mut answers = Vec::new();
    loop {
        let asked = Request {
            cursor: cursor.clone(),
            budget: BUDGET,
            ..request(Vec::new())
        };
        let answer = team.ask(name, asked, &minute(20))?;
        let news = answer.news.iter().map(|news| {
            let bytes = news.segments.iter().map(|segment| segment.operations.len()).sum();
            (news.document, bytes)
        });
        answers.push(news.collect());
        if !answer.more {
            return Ok(answers);
        }
        assert_ne!(cursor.as_ref(), Some(&answer.cursor), "it goes on");
        cursor = Some(answer.cursor);
    }
}

#[test]
fn whole_customers_come_in_answers_of_the_size_asked_for_and_once() -> Outcome<()> {
    let (mut team, shops) = written()?;
    let before = team.ask("Marcus", request(Vec::new()), &minute(6))?.cursor;
    assert_eq!(team.hand_over("Dana", "Marcus", &minute(10))?, CUSTOMERS);
    let weights = weights(&team, &shops)?;
    let largest = weights.values().max().copied().unwrap_or_default();
    assert!(largest > 9_000, "{largest}");
    // Whoever has read up to the hand-over, and whoever reads from the start.
    for cursor in [Some(before), None] {
        let answers = read(&team, "Marcus", cursor)?;
        let mut brought: BTreeMap<DocumentId, usize> = BTreeMap::new();
        for answer in &answers {
            let bytes: usize = answer.values().sum();
            assert!(bytes <= BUDGET as usize + largest, "{bytes} bytes in one answer");
            for (document, bytes) in answer {
                *brought.entry(*document).or_default() += bytes;
            }
        }
        assert_eq!(brought, weights, "each whole, and no byte twice");
    }
    Ok(())
}

#[test]
fn phones_that_get_them_end_equal_to_the_server() -> Outcome<()> {
    let (mut team, shops) = written()?;
    // Grace has read some of it, the others the rest.
    team.sync("Grace", &minute(6))?;
    team.hand_over("Dana", "Marcus", &minute(10))?;
    team.phone("Grace")
        .set_tag(&minute(11), shops[0], "offline", true)?;
    for name in ["Marcus", "Grace", "Dana", "Marcus"] {
        team.sync(name, &minute(12))?;
    }
    let tenant = team.tenant();
    for shop in shops {
        let server = team.store().read(|reader| read_index(reader, tenant, shop))?;
        for name in ["Marcus", "Grace"] {
            let phone = team.phone(name).document(shop)?.ok_or("not on the phone")?;
            assert_eq!(phone.heads(), server.heads(), "{name}");
        }
        assert!(team.phone("Dana").document(shop)?.is_none());
    }
    Ok(())
}
