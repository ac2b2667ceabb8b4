use fieldbook_core::model::TenantId;

use crate::store::StoreError;

/// Why somebody is not signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// No such enrolment code.
    #[error("this enrolment code is not known")]
    UnknownCode,
    /// The code signed somebody in already.
    #[error("this enrolment code was used already")]
    UsedCode,
    /// The code is too old.
    #[error("this enrolment code has expired")]
    ExpiredCode,
    /// The public key is no Ed25519 key, or the server's own.
    #[error("the device's public key is not a usable Ed25519 key")]
    BadKey,
    /// The key is registered for somebody else.
    #[error("this device key is registered for somebody else")]
    KeyTaken,
    /// No device has this key.
    #[error("no device of this server has this key")]
    UnknownKey,
    /// What was asked for is not signed by the device's key.
    #[error("the signature is not that of the device's key over this request")]
    WrongSignature,
    /// The number of a signed request was used before: it was listened to on the way, or two phones go on with one key.
    #[error("this request was sent before, or by a copy of this phone")]
    Copied,
    /// The phone, or what it was copied from, was copied too often.
    #[error("{0}")]
    TooManyCopies(String),
    /// The device was revoked.
    #[error("this device was revoked")]
    DeviceRevoked,
    /// Not one of our tokens.
    #[error("this is not a Fieldbook token")]
    Malformed,
    /// A token of an organisation that this server does not hold.
    #[error(
        "this token is of organisation {0}, which is not on this server: the phone is signed in elsewhere"
    )]
    OtherTenant(TenantId),
    /// No such token.
    #[error("this token is not known")]
    UnknownToken,
    /// The token is too old.
    #[error("this token has expired")]
    ExpiredToken,
    /// The server was not restored, or this phone has caught up with that.
    #[error(
        "this phone has caught up, or this server was not restored in that epoch: there is no sign-in to take up again"
    )]
    NothingToResume,
    /// The sign-in was ended: by a newer one of the same device, or because one of its tokens was stolen.
    #[error("this sign-in was ended")]
    Revoked,
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}
