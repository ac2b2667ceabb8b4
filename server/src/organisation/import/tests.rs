use fieldbook_core::document::view::CustomerView;
use fieldbook_core::gate::DocumentIndex;
use fieldbook_core::model::{InstallationKey, Kind, Role, derive_actor};
use fieldbook_core::wire::operations::{self, Limits};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::organisation::{OrganisationError, add_person, add_unit, found, leave};
use crate::store::{SqliteStore, Store, TenantRow};

const NOW: u64 = 1_800_000_000_000;

const GOOD: &str = "external_id,name,address,city,state,postal_code,store_type,lat,lon,opened_on\r\n\
    1,东方五金,1 Main St,Rogers,AR,72756,Supercenter,36.342235,-94.07141,1962-07-01\r\n\
    2,\"Store 2, Harrison\",1417 HWY 62/65 N,Harrison,AR,72601,,36.236984,-93.09345,1964-08-01\r\n\
    3,Nowhere yet,,,,,,,,\r\n";

fn house() -> (SqliteStore, TenantRow) {
    let store = SqliteStore::open_in_memory().unwrap();
    let tenant = store
        .transact(|writer| {
            let mut rng = ChaCha8Rng::seed_from_u64(1);
            let tenant = found(writer, "Org", NOW, &mut rng)?.tenant;
            add_unit(writer, tenant.id, "East", None, NOW, &mut rng)?;
            add_unit(writer, tenant.id, "Team", Some("East"), NOW, &mut rng)?;
            add_unit(writer, tenant.id, "West", None, NOW, &mut rng)?;
            add_person(writer, tenant.id, "Li", Role::Rep, "Team", NOW, &mut rng)?;
            add_person(writer, tenant.id, "Wang", Role::Rep, "East", NOW, &mut rng)?;
            add_person(writer, tenant.id, "Boss", Role::Supervisor, "East", NOW, &mut rng)?;
            Ok::<_, OrganisationError>(tenant)
        })
        .unwrap();
    (store, tenant)
}

fn import(
    (store, tenant): &(SqliteStore, TenantRow),
    text: &str,
    assign: Assign,
    grade: Option<&str>,
) -> Result<Imported, ImportError> {
    let file = CustomerFile::read(text.as_bytes())?;
    let options = ImportOptions {
        assign,
        grade: grade.map(str::to_owned),
    };
    import_customers(
        store,
        tenant.id,
        file,
        &options,
        NOW,
        &mut ChaCha8Rng::seed_from_u64(2),
    )
}

fn to_li() -> Assign {
    Assign::To("Li".to_owned())
}

fn bad_rows(text: &str) -> Vec<String> {
    match CustomerFile::read(text.as_bytes()) {
        Err(ImportError::Rows(rows)) => rows.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn customers_become_documents_of_the_server() {
    let house = house();
    let imported = import(&house, GOOD, to_li(), Some("B")).unwrap();
    assert_eq!(
        (imported.added, imported.skipped.len(), imported.by_owner["Li"]),
        (3, 0, 3)
    );
    let (store, tenant) = &house;
    let server = store.read(|r| r.server()).unwrap();
    let document = store
        .read(|r| r.external_customer(tenant.id, "1"))
        .unwrap()
        .unwrap();
    let row = store.read(|r| r.document(tenant.id, document)).unwrap().unwrap();
    let li = store.read(|r| r.person_named(tenant.id, "Li")).unwrap().unwrap();
    assert_eq!((row.kind, row.owner), (Kind::Customer, li.id));
    let segments = store.read(|r| r.segments(tenant.id, document, 0)).unwrap();
    let [segment] = segments.as_slice() else {
        panic!("{segments:?}")
    };
    assert_eq!(
        (
            segment.device,
            segment.origin.public_key,
            segment.base,
            segment.count
        ),
        (None, server.public_key, 0, 1)
    );

    // A phone reads it as any other operation.
    let installation = InstallationKey {
        public_key: server.public_key,
        epoch: server.epoch,
    };
    let actor = derive_actor(&installation, document, 0);
    let mut index = DocumentIndex::new();
    let mut reader = operations::Reader::new(&segment.operations, actor, 0, 1, &Limits::default()).unwrap();
    let change = reader.next(&index).unwrap().unwrap();
    index.admit(&change).unwrap();
    reader.finish().unwrap();
    let customer = CustomerView::read(&index).unwrap();
    assert_eq!(
        (customer.name.as_str(), customer.address.as_str()),
        ("东方五金", "1 Main St, Rogers, AR, 72756")
    );
    assert_eq!((customer.owner, customer.grade.as_deref()), (li.id, Some("B")));
    assert_eq!(
        (customer.external_id.as_deref(), customer.store_type.as_deref()),
        (Some("1"), Some("Supercenter"))
    );
    assert_eq!(
        customer.position.map(|p| (p.lat(), p.lon())),
        Some((36.342235, -94.07141))
    );
}

#[test]
fn a_second_import_skips_what_is_there() {
    let house = house();
    import(&house, GOOD, to_li(), None).unwrap();
    let more = format!("{GOOD}4,Another,,,,,,31.2,121.4,\r\n");
    let imported = import(&house, &more, to_li(), None).unwrap();
    assert_eq!((imported.added, imported.skipped), (1, vec![2, 3, 4]));
}

#[test]
fn a_unit_shares_the_customers() {
    let house = house();
    let rows: String = (0..10)
        .map(|at| format!("{at},Store {at},30.0,{}\n", 100 + at))
        .collect();
    let text = format!("external_id,name,lat,lon\n{rows}");
    let imported = import(&house, &text, Assign::Spread("East".to_owned()), None).unwrap();
    assert_eq!(
        imported.by_owner.into_iter().collect::<Vec<_>>(),
        [("Li".to_owned(), 5), ("Wang".to_owned(), 5)]
    );
    let none = import(&house, GOOD, Assign::Spread("West".to_owned()), None);
    assert_eq!(none, Err(ImportError::NoReps("West".to_owned())));
    let text = "external_id,name,lat,lon,grade,owner\n90,A,,,A,Boss\n91,B,,,,\n";
    let imported = import(&house, text, to_li(), None).unwrap();
    assert_eq!(
        imported.by_owner.into_iter().collect::<Vec<_>>(),
        [("Boss".to_owned(), 1), ("Li".to_owned(), 1)]
    );
}

#[test]
fn every_bad_row_is_named_and_nothing_is_written() {
    let text = "external_id,name,lat,lon\n\
        1,Good,36.3,-94.0\n\
        2,Too far north,136.3,-94.0\n\
        3,,36.3,abc\n\
        ,No number,36.3,-94.0\n\
        1,Twice,36.3,-94.0\n\
        6,Half a place,36.3,\n\
        7,Comma, in name,36.3,-94.0\n\
        8,Null island,0,0.0\n\
        9,NaN,NaN,-94.0\n";
    insta::assert_snapshot!(bad_rows(text).join("\n"));
    let house = house();
    assert!(import(&house, text, to_li(), None).is_err());
    let (store, tenant) = &house;
    assert_eq!(store.read(|r| r.head(tenant.id)).unwrap().sequence, 0);
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    let rows = bad_rows("external_id,name,lat,lon\r\n1,\"two\r\nlines\",,\r\n2,Bad,91,0\r\n");
    assert!(rows[0].starts_with("line 4, column lat: \"91\""), "{rows:?}");
}

#[test]
fn unknown_grades_and_owners_are_named() {
    let house = house();
    let text = "external_id,name,lat,lon,grade,owner\n1,A,,,Z,Li\n2,B,,,A,Nobody\n";
    let Err(ImportError::Rows(rows)) = import(&house, text, to_li(), None) else {
        panic!()
    };
    let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
    assert_eq!(
        rows,
        [
            "line 2, column grade: \"Z\": use one of A, B, C, D",
            "line 3, column owner: \"Nobody\": nobody has this name; see `fieldbook user add`",
        ]
    );
    let error = import(&house, GOOD, to_li(), Some("Q")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "grade \"Q\" has no visit cycle; use one of A, B, C, D"
    );
    let error = import(&house, GOOD, Assign::To("Zhao".to_owned()), None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no person \"Zhao\"; there is: Boss, Li, Wang"
    );
}

#[test]
fn customers_go_to_nobody_who_left() {
    let house = house();
    let tenant = house.1.id;
    let leave = |who: &'static str| {
        let left = house
            .0
            .transact(move |writer| leave(writer, tenant, who, NOW, NOW));
        left.unwrap();
    };
    leave("Li");
    let to = import(&house, GOOD, to_li(), None).unwrap_err();
    assert!(
        matches!(to, ImportError::Organisation(OrganisationError::Left { .. })),
        "{to}"
    );
    let by_row = "external_id,name,lat,lon,owner\n1,Shop,31.2,121.4,Li\n";
    let by_row = import(&house, by_row, Assign::To("Wang".to_owned()), None).unwrap_err();
    assert!(by_row.to_string().contains("this person has left"), "{by_row}");
    // Whoever is left of the unit shares them; nobody is, once Wang has gone as well.
    let east = || Assign::Spread("East".to_owned());
    import(&house, GOOD, east(), None).unwrap();
    let wang = house
        .0
        .read(|reader| reader.person_named(tenant, "Wang"))
        .unwrap()
        .unwrap();
    let owned = house
        .0
        .read(|reader| reader.documents_of(tenant, &[wang.id]))
        .unwrap();
    assert_eq!(owned.len(), 3);
    leave("Wang");
    let none = import(&house, GOOD, east(), None).unwrap_err();
    assert!(matches!(none, ImportError::NoReps(_)), "{none}");
}

#[test]
fn a_file_of_something_else_says_so() {
    let header = CustomerFile::read(&b"name,lat,lon\nA,1,2\n"[..]).unwrap_err();
    assert_eq!(
        header.to_string(),
        "the file has no column \"external_id\"; its header must name external_id, name, lat and lon"
    );
    let rows = CustomerFile::read(&b"external_id,name,lat,lon\n1,\xff\xfe,1,2\n"[..]).unwrap_err();
    assert!(rows.to_string().contains("line 2: this is not UTF-8"), "{rows}");
    let file = CustomerFile::read("\u{feff}external_id,name,lat,lon\n1,A,1,2\n".as_bytes()).unwrap();
    assert_eq!(
        file.lines.len(),
        1,
        "a mark of the byte order is no part of the name"
    );
    let long = "x".repeat(201);
    let rows = bad_rows(&format!("external_id,name,lat,lon\n1,{long},1,2\n"));
    assert!(
        rows[0].contains("at most 200 characters, this has 201"),
        "{rows:?}"
    );
}

#[test]
fn a_column_that_stands_twice_is_named_unless_it_means_nothing() {
    let read = |header: &str| CustomerFile::read(format!("{header}\n1,A,1,2,3\n").as_bytes());
    for header in ["external_id,name,lat,lon,name", "external_id,name,lat,lon, lat "] {
        let refused = read(header).unwrap_err();
        let column = header.rsplit(',').next().unwrap().trim();
        assert_eq!(refused, ImportError::Twice(column.to_owned()));
        assert!(refused.to_string().contains("remove or rename one"), "{refused}");
    }
    let file = CustomerFile::read("external_id,name,lat,lon,x,x\n1,A,1,2,3,4\n".as_bytes()).unwrap();
    assert_eq!(file.lines.len(), 1);
}
