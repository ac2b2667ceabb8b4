//! Search and nearby.

use crate::document::Command;
use crate::document::command::{ContactFields, CustomerField, EditCustomer, PutContact, SetTag};
use crate::geo::Position;
use crate::replica::query::{self, FoundCustomer};
use crate::replica::store::testing::{Bench, add_customer, document};

fn bench() -> Bench {
    let mut bench = Bench::new();
    for (number, name, place) in [
        (1, "华东轴承", Some((31.2304, 121.4737))),
        (2, "东华轴瓦承包", Some((31.2314, 121.4737))),
        (3, "Sunrise Market", Some((31.2404, 121.4737))),
        (4, "Café Sunset", Some((31.2309, 121.4737))),
        (5, "Old Sunrise", None),
    ] {
        bench.run(&add_customer(number, name, None, place));
    }
    bench
}

fn names(found: Vec<FoundCustomer>) -> Vec<String> {
    found.into_iter().map(|customer| customer.name).collect()
}

fn search(bench: &Bench, text: &str) -> Vec<String> {
    names(bench.read(|conn| query::search_customers(conn, text, 10, None)))
}

#[test]
fn chinese_is_found_by_any_run_of_characters() {
    let bench = bench();
    assert_eq!(search(&bench, "轴承"), ["华东轴承"]);
    assert_eq!(search(&bench, "东轴"), ["华东轴承"]);
    assert_eq!(search(&bench, "轴"), ["东华轴瓦承包", "华东轴承"]);
    assert!(search(&bench, "承轴").is_empty());
}

#[test]
fn words_are_found_by_their_beginning_whatever_their_case_and_accents() {
    let bench = bench();
    assert_eq!(
        search(&bench, "SUNR"),
        ["Sunrise Market", "Old Sunrise"],
        "the one that begins with it comes first"
    );
    assert_eq!(search(&bench, "cafe sun"), ["Café Sunset"]);
    assert_eq!(search(&bench, "mar sun"), ["Sunrise Market"]);
    assert!(search(&bench, "rise").is_empty());
    assert!(search(&bench, " *\"(").is_empty());
}

#[test]
fn contacts_tags_and_addresses_are_found_after_names() {
    let mut bench = bench();
    let id = document(5);
    let fields = ContactFields {
        name: Some("王轴".to_owned()),
        phone: Some("13812345678".to_owned()),
        ..ContactFields::default()
    };
    bench.run(&Command::PutContact(PutContact {
        document: id,
        contact: uuid::Uuid::from_u128(1),
        fields,
    }));
    bench.run(&Command::SetTag(SetTag {
        document: id,
        tag: "VIP".to_owned(),
        set: true,
    }));
    let address = CustomerField::Address("南京西路1266号".to_owned());
    bench.run(&Command::EditCustomer(EditCustomer {
        document: id,
        fields: vec![address],
    }));
    assert_eq!(search(&bench, "1381"), ["Old Sunrise"]);
    assert_eq!(search(&bench, "vip"), ["Old Sunrise"]);
    assert_eq!(search(&bench, "南京西路"), ["Old Sunrise"]);
    assert_eq!(search(&bench, "sunrise vip"), ["Old Sunrise"]);
    assert_eq!(search(&bench, "轴"), ["东华轴瓦承包", "华东轴承", "Old Sunrise"]);
    assert!(
        search(&bench, "号王").is_empty(),
        "no phrase reaches from one field into the next"
    );
    bench.run(&Command::SetTag(SetTag {
        document: id,
        tag: "VIP".to_owned(),
        set: false,
    }));
    assert!(search(&bench, "vip").is_empty());
    let renamed = CustomerField::Name("Dawn".to_owned());
    bench.run(&Command::EditCustomer(EditCustomer {
        document: id,
        fields: vec![renamed],
    }));
    assert_eq!(search(&bench, "sunrise"), ["Sunrise Market"]);
    assert_eq!(search(&bench, "dawn"), ["Dawn"]);
}

#[test]
fn a_position_orders_equals_by_distance() {
    let bench = bench();
    let near = Position::new(31.2304, 121.4737).unwrap();
    let found = bench.read(|conn| query::search_customers(conn, "轴", 1, Some(near)));
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].name.as_str(), found[0].distance_m),
        ("华东轴承", Some(0.0))
    );
}

#[test]
fn nearby_is_a_circle_and_sorted() {
    let mut bench = bench();
    let here = Position::new(31.2304, 121.4737).unwrap();
    let within = |bench: &Bench, radius| names(bench.read(|conn| query::nearby(conn, here, radius, 10)));
    assert_eq!(within(&bench, 60.0), ["华东轴承", "Café Sunset"]);
    assert_eq!(
        within(&bench, 1_200.0),
        ["华东轴承", "Café Sunset", "东华轴瓦承包", "Sunrise Market"]
    );
    // In the corner of the box, but outside the circle.
    let corner = CustomerField::Position(Position::new(31.2384, 121.4830).unwrap());
    bench.run(&Command::EditCustomer(EditCustomer {
        document: document(3),
        fields: vec![corner],
    }));
    assert_eq!(
        within(&bench, 1_000.0),
        ["华东轴承", "Café Sunset", "东华轴瓦承包"]
    );
    assert_eq!(bench.read(|conn| query::nearby(conn, here, 1_000.0, 2)).len(), 2);
}

#[test]
fn nearby_reaches_over_the_date_line() {
    let mut bench = Bench::new();
    bench.run(&add_customer(1, "east", None, Some((0.0, 179.999))));
    bench.run(&add_customer(2, "west", None, Some((0.0, -179.999))));
    let found = bench.read(|conn| query::nearby(conn, Position::new(0.0, 179.9985).unwrap(), 1_000.0, 10));
    assert_eq!(names(found), ["east", "west"]);
}
