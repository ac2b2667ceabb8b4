use std::fmt::{self, Display, Write as _};

use super::{Class, Row, State, Type, Writer, rows};
use crate::model::Kind;

const HEAD: &str = "\
# The schema table

Printed from `core/src/model/schema`; `UPDATE_DOCS=1 cargo test -p fieldbook-core schema` writes it anew. The phone
checks with this table before it writes and the server before it accepts.

- **Path**: keys from the root; `<name>` stands for any key, `[]` for any element of a list.
- **Class**: *fact* is written once and never changed; *merge* is edited together; *ruling* is the server's alone.
- **By**: *owner* is the person whose document it is, *supervisor* somebody who leads the owner, *approver* whoever the
  server asked to decide or to stand in, *viewer* anybody who sees the document.
- **must**: the map around it cannot do without it. **kept**: a value that lost against a concurrent one stays visible.
  **refers**: names another document; what names one that the server does not have waits for it.

A path that is not in the table is taken as a field that merges when it comes from a newer version of the app, and
refused otherwise.
";

/// The table as `docs/schema.md` shows it.
pub fn markdown() -> String {
    let mut page = HEAD.to_owned();
    for kind in Kind::ALL {
        page.push_str(&section(kind));
    }
    page
}

fn section(kind: Kind) -> String {
    let mut text = format!("\n## {kind}\n\n| path | class | holds | by | when | | meaning |\n");
    text.push_str("|---|---|---|---|---|---|---|\n");
    for row in rows(kind) {
        text.push_str(&line(row));
    }
    text
}

fn line(row: &Row) -> String {
    let writers: Vec<String> = row.writers.iter().map(Writer::to_string).collect();
    let mut marks = Vec::new();
    if row.required {
        marks.push("must");
    }
    if row.important {
        marks.push("kept");
    }
    if row.refers {
        marks.push("refers");
    }
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = writeln!(
        text,
        "| `{}` | {} | {} | {} | {} | {} | {} |",
        row.path,
        row.class,
        row.holds,
        writers.join(", "),
        row.when,
        marks.join(", "),
        row.doc
    );
    text
}

impl Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Class::Fact => "fact",
            Class::Merge => "merge",
            Class::Ruling => "ruling",
        })
    }
}

impl Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Writer::Owner => "owner",
            Writer::Supervisor => "supervisor",
            Writer::Approver => "approver",
            Writer::AnyViewer => "viewer",
            Writer::Server => "server",
        })
    }
}

impl Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            State::Always => "always",
            State::Creation => "at creation",
            State::Started => "while started",
            State::Event => "as the visit's life allows",
            State::Fresh => "for 24 hours",
            State::Open => "until decided",
            State::Submitted => "once handed in",
        })
    }
}

impl Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Text(most) => write!(f, "text of at most {most} characters"),
            Type::Str(least, most) => write!(f, "string of {least} to {most} characters"),
            Type::Uuid => f.write_str("UUID"),
            Type::Author => f.write_str("UUID of the writer"),
            Type::Timestamp => f.write_str("time such as 2026-11-24T14:05:00.000+08:00"),
            Type::Date => f.write_str("day such as 2026-11-24"),
            Type::Amount => f.write_str("decimal above zero, at most four places"),
            Type::Currency => f.write_str("currency code of three capitals"),
            Type::Hex(digits) => write!(f, "{digits} hexadecimal digits"),
            Type::Element => f.write_str("element id such as 12@0af3…"),
            Type::Float(least, most) => write!(f, "number from {least} to {most}"),
            Type::Uint(u64::MAX) => f.write_str("whole number"),
            Type::Uint(most) => write!(f, "whole number from 0 to {most}"),
            Type::Bool => f.write_str("true or false"),
            Type::True => f.write_str("true"),
            Type::Scalar(most) => {
                write!(
                    f,
                    "number, string of at most {most} characters, true, false or null"
                )
            }
            Type::OneOf(names) => f.write_str(&names.join(" / ")),
            Type::Map => f.write_str("map"),
            Type::List => f.write_str("list"),
            Type::Record => f.write_str("map, written as a whole"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schema.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, markdown()).unwrap();
        }
        let page = std::fs::read_to_string(path).unwrap();
        assert_eq!(
            page,
            markdown(),
            "run UPDATE_DOCS=1 cargo test -p fieldbook-core schema"
        );
    }
}
