use fieldbook_core::document::Command;
use fieldbook_core::document::command::AddCustomer;
use fieldbook_core::geo::Position;
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::{NewCustomer, Now, Replica, ReplicaError};
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// A customer on the round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// The customer.
    pub customer: DocumentId,
    /// Where it is.
    pub position: Position,
}

const AREAS: &[&str] = &[
    "华东",
    "Harbour",
    "金桥",
    "Northgate",
    "虹桥",
    "Lakeside",
    "浦江",
    "Riverside",
    "松江",
    "Westfield",
];
const TRADES: &[&str] = &[
    "轴承",
    "Bearings",
    "五金",
    "Hardware",
    "机电",
    "Tools",
    "汽配",
    "Auto Parts",
    "超市",
    "Market",
];
const ENDINGS: &[&str] = &[
    "有限公司",
    "Trading",
    "商行",
    "& Sons",
    "门店",
    "Store",
    "经营部",
    "Centre",
];
const STREETS: &[&str] = &[
    "人民路",
    "Station Road",
    "解放街",
    "Mill Lane",
    "中山东路",
    "Dock Street",
    "建国路",
    "High Street",
];
const TYPES: &[&str] = &["wholesale", "retail", "workshop"];

/// The middle of the territory, in degrees.
const CENTRE: (f64, f64) = (31.23, 121.47);

/// The customers of a territory under a seed: names and addresses in both languages, places within some 30 km.
pub fn customers(seed: u64, count: usize) -> Vec<NewCustomer> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..count).map(|number| customer(&mut rng, number)).collect()
}

/// Puts a territory's customers on a phone as the person's own, in one transaction.
///
/// # Errors
/// When the replica refuses one; none is written then.
pub fn add_customers(
    replica: &Replica,
    now: &Now,
    rng: &mut impl Rng,
    customers: Vec<NewCustomer>,
) -> Result<Vec<Stop>, ReplicaError> {
    let owner = replica.identity()?.person;
    let mut stops = Vec::with_capacity(customers.len());
    let mut commands = Vec::with_capacity(customers.len());
    for customer in customers {
        let document = DocumentId::generate(now.unix_ms(), rng);
        if let Some(position) = customer.position {
            stops.push(Stop {
                customer: document,
                position,
            });
        }
        commands.push(Command::AddCustomer(AddCustomer {
            document,
            owner,
            name: customer.name,
            address: customer.address,
            position: customer.position,
            grade: None,
            external_id: None,
            store_type: customer.store_type,
        }));
    }
    replica.execute(now, &commands)?;
    Ok(stops)
}

/// The place some metres to the north and east of `from`, in the seven digits that phones report.
pub fn shift_place(from: Position, north_m: f64, east_m: f64) -> Position {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    let lat = from.lat() + north_m / 111_320.0;
    let lon = from.lon() + east_m / (111_320.0 * from.lat().to_radians().cos());
    Position::new(round(lat), round(lon)).unwrap_or(from)
}

fn customer(rng: &mut impl Rng, number: usize) -> NewCustomer {
    let mut pick = |words: &[&'static str]| words[rng.random_range(0..words.len())];
    let (area, trade, ending) = (pick(AREAS), pick(TRADES), pick(ENDINGS));
    let (street, store_type) = (pick(STREETS), pick(TYPES).to_owned());
    let house = rng.random_range(1..900);
    let lat = CENTRE.0 + rng.random_range(-0.27..0.27);
    let lon = CENTRE.1 + rng.random_range(-0.31..0.31);
    let round = |degrees: f64| (degrees * 1e6_f64).round() / 1e6;
    NewCustomer {
        name: format!("{area}{trade}{ending} {number}"),
        address: format!("{street} {house}"),
        position: Position::new(round(lat), round(lon)).ok(),
        store_type: Some(store_type),
    }
}
