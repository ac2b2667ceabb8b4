use chrono::{DateTime, FixedOffset};

use super::ViewError;
use super::fields::Fields;
use crate::document::command::{Reply, Want};
use crate::model::PersonId;

/// Something a person asked the server to decide about a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestView {
    /// The request's element in the document.
    pub id: String,
    /// What for, with what the person saw.
    pub want: Want,
    /// Who.
    pub by: PersonId,
    /// When, by the phone.
    pub at: DateTime<FixedOffset>,
    /// Why.
    pub note: Option<String>,
    /// What the server ruled; until then the request is provisional.
    pub reply: Option<ReplyView>,
}

/// The server's reply.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyView {
    /// What.
    pub reply: Reply,
    /// Whose the customer was then; a unit's id stands for its pool.
    pub holder: PersonId,
    /// When, by the server.
    pub at: DateTime<FixedOffset>,
    /// Its number in the ruling log.
    pub ruling: u64,
}

/// The requests of a customer, in the order of the document; one that this version does not know is left out.
pub(super) fn requests(root: Fields<'_>) -> Result<Vec<RequestView>, ViewError> {
    let Some(list) = root.map.list("requests") else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for (id, map) in list.iter() {
        let (id, fields) = (id.to_string(), Fields::below(map, "requests/[]/"));
        let Some(want) = want(fields)? else {
            continue;
        };
        found.push(RequestView {
            want,
            by: fields.parse("by")?,
            at: fields.timestamp("at")?,
            note: fields.optional("note"),
            reply: reply(root, &id)?,
            id,
        });
    }
    Ok(found)
}

fn want(fields: Fields<'_>) -> Result<Option<Want>, ViewError> {
    Ok(Some(match fields.str("want")? {
        "claim" => Want::Claim,
        "release" => Want::Release {
            saw: fields.parse("saw")?,
        },
        "owner" => Want::Owner {
            to: fields.parse("to")?,
            saw: fields.parse("saw")?,
        },
        "grade" => Want::Grade {
            to: fields.string("to")?,
            saw: fields.optional("saw"),
        },
        _ => return Ok(None),
    }))
}

fn reply(root: Fields<'_>, request: &str) -> Result<Option<ReplyView>, ViewError> {
    let replies = root.optional_map("replies", "replies/");
    let Some(ruled) = replies.and_then(|replies| replies.optional_map(request, "replies/<request>/")) else {
        return Ok(None);
    };
    Ok(Some(ReplyView {
        reply: ruled.named("reply", Reply::from_name)?,
        holder: ruled.parse("holder")?,
        at: ruled.timestamp("at")?,
        ruling: ruled.uint("ruling")?,
    }))
}
