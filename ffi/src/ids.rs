use fieldbook_core::model;
use uuid::Uuid;

use crate::FieldbookError;

/// One identifier of the surface: a type of its own, text in the languages above.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $inner:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) $inner);

        uniffi::custom_type!($name, String, {
            try_lift: |text| {
                let id: Result<$inner, _> = text.parse();
                id.map($name).map_err(|_| FieldbookError::malformed(stringify!($name), &text).into())
            },
            lower: |id| id.0.to_string(),
        });

        impl From<$inner> for $name {
            fn from(id: $inner) -> Self {
                Self(id)
            }
        }

        impl From<$name> for $inner {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id!(
    /// A customer.
    CustomerId,
    model::DocumentId
);
id!(
    /// A visit.
    VisitId,
    model::DocumentId
);
id!(
    /// A check-in, at the start, the end or a cancel of a visit.
    CheckInId,
    model::DocumentId
);
id!(
    /// One person's log of one day.
    LogId,
    model::DocumentId
);
id!(
    /// A request that somebody has to decide.
    ApprovalId,
    model::DocumentId
);
id!(
    /// Any of these, where lists mix them.
    RecordId,
    model::DocumentId
);
id!(
    /// A person of the organisation.
    PersonId,
    model::PersonId
);
id!(
    /// A unit of the organisation.
    UnitId,
    model::UnitId
);
id!(
    /// A contact of a customer.
    ContactId,
    Uuid
);
id!(
    /// One person's replica on this phone.
    AccountId,
    Uuid
);
