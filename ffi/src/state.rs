use fieldbook_core::model::Kind;
use fieldbook_core::replica::query::DocumentState;

/// Which truth a record is; a list shows it beside each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RecordState {
    /// The server has it all.
    Accepted,
    /// On its way.
    Sent,
    /// Something of it is only on this phone.
    OnPhone,
    /// Something of it was not accepted and waits for the person.
    NeedsAttention,
}

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum RecordKind {
    /// A customer.
    Customer,
    /// A visit.
    Visit,
    /// A check-in.
    CheckIn,
    /// A day's log.
    Activity,
    /// A request that somebody has to decide.
    Approval,
}

impl From<DocumentState> for RecordState {
    fn from(state: DocumentState) -> Self {
        match state {
            DocumentState::Accepted => Self::Accepted,
            DocumentState::Sent => Self::Sent,
            DocumentState::OnPhone => Self::OnPhone,
            DocumentState::Attention => Self::NeedsAttention,
        }
    }
}

impl From<Kind> for RecordKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Customer => Self::Customer,
            Kind::Visit => Self::Visit,
            Kind::CheckIn => Self::CheckIn,
            Kind::Activity => Self::Activity,
            Kind::Approval => Self::Approval,
        }
    }
}
