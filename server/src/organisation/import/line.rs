use fieldbook_core::geo::Position;
use fieldbook_core::model::Kind;
use fieldbook_core::model::schema::{self, Type};

use super::BadRow;

/// One customer as a row of the file gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerLine {
    /// The line in the file, from 1.
    pub line: u64,
    /// Its number in the other system.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// Street, city, state and postal code in one line.
    pub address: String,
    /// What sort of shop it is.
    pub store_type: Option<String>,
    /// Where it is, when known.
    pub position: Option<Position>,
    /// Its grade, when the file says so.
    pub grade: Option<String>,
    /// The name of who looks after it, when the file says so.
    pub owner: Option<String>,
}

/// The cells of one row by column, blanks around them removed.
pub(super) struct Cells<'a> {
    pub(super) line: u64,
    pub(super) cell: &'a dyn Fn(&'static str) -> &'a str,
}

impl Cells<'_> {
    /// Checks every cell; what is wrong is added to `bad`.
    pub(super) fn read(&self, bad: &mut Vec<BadRow>) -> Option<CustomerLine> {
        let before = bad.len();
        let parts = ["address", "city", "state", "postal_code"].map(|column| (self.cell)(column));
        let address = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        self.check_text("external_id", (self.cell)("external_id"), "external_id", bad);
        self.check_text("name", (self.cell)("name"), "name", bad);
        self.check_text("address", &address, "address", bad);
        self.check_text("store_type", (self.cell)("store_type"), "store_type", bad);
        let grade = self.optional("grade");
        if let Some(grade) = &grade {
            self.check_text("grade", grade, "grade", bad);
        }
        let position = self.position(bad);
        (bad.len() == before).then(|| CustomerLine {
            line: self.line,
            external_id: (self.cell)("external_id").to_owned(),
            name: (self.cell)("name").to_owned(),
            address,
            store_type: self.optional("store_type"),
            position,
            grade,
            owner: self.optional("owner"),
        })
    }

    pub(super) fn bad(&self, column: &'static str, value: &str, fix: impl Into<String>) -> BadRow {
        BadRow {
            line: self.line,
            column,
            value: value.to_owned(),
            fix: fix.into(),
        }
    }

    fn optional(&self, column: &'static str) -> Option<String> {
        Some((self.cell)(column))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }

    /// The limits are those of the schema table, so that an imported customer can be edited like any other.
    fn check_text(&self, column: &'static str, text: &str, path: &str, bad: &mut Vec<BadRow>) {
        let Some(&Type::Str(shortest, longest)) = schema::find(Kind::Customer, path).map(|row| &row.holds)
        else {
            return;
        };
        let length = text.chars().count();
        if length < shortest {
            bad.push(self.bad(column, text, "it must not be empty"));
        } else if length > longest {
            bad.push(self.bad(
                column,
                text,
                format!("at most {longest} characters, this has {length}"),
            ));
        }
    }

    fn position(&self, bad: &mut Vec<BadRow>) -> Option<Position> {
        let (lat, lon) = ((self.cell)("lat"), (self.cell)("lon"));
        if lat.is_empty() && lon.is_empty() {
            return None;
        }
        let lat_value = self.degrees("lat", lat, 90.0, bad)?;
        let lon_value = self.degrees("lon", lon, 180.0, bad)?;
        if lat_value == 0.0 && lon_value == 0.0 {
            bad.push(self.bad(
                "lat",
                lat,
                "0, 0 lies in the ocean; leave lat and lon empty when the place is not known",
            ));
            return None;
        }
        Position::new(lat_value, lon_value).ok()
    }

    fn degrees(&self, column: &'static str, text: &str, limit: f64, bad: &mut Vec<BadRow>) -> Option<f64> {
        let value = text.parse::<f64>().ok().filter(|value| value.abs() <= limit);
        if value.is_none() {
            let fix = format!(
                "give WGS-84 degrees between -{limit} and {limit} with a decimal point, or leave lat and lon both empty"
            );
            bad.push(self.bad(column, text, fix));
        }
        value
    }
}
