use std::sync::Arc;

use crate::Fix;

/// What a phone gives. The app implements these once.
#[derive(Clone, uniffi::Record)]
pub struct Platform {
    /// The clocks.
    pub clock: Arc<dyn PlatformClock>,
    /// Where keys are safe. With it, replicas are encrypted; the library must be built so.
    pub key_store: Option<Arc<dyn PlatformKeyStore>>,
    /// Where the phone is.
    pub location: Option<Arc<dyn PlatformLocation>>,
    /// Whether there is a network.
    pub connectivity: Option<Arc<dyn PlatformConnectivity>>,
    /// Tells this phone from one that its files were copied to: something made once that never travels with a backup or a
    /// copy, such as Android's `ANDROID_ID` or a keychain item of this device only. A copy takes a key of its own before it
    /// writes. Without it only the server notices a copy.
    #[uniffi(default = None)]
    pub marker: Option<Vec<u8>>,
}

/// What the clocks say at one moment.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClockReading {
    /// The wall clock, in milliseconds since 1970.
    pub unix_ms: i64,
    /// Seconds that the place is ahead of UTC.
    pub utc_offset_seconds: i32,
    /// Milliseconds since the phone was switched on, sleep included.
    pub monotonic_ms: u64,
    /// Names this start of the phone: any text that is another after each restart, such as Android's boot count.
    pub boot_id: String,
}

/// The clocks of the phone.
#[uniffi::export(with_foreign)]
pub trait PlatformClock: Send + Sync {
    /// Reads them all at once.
    fn read(&self) -> Result<ClockReading, PlatformError>;
}

/// The phone's safe place for keys: Android Keystore, Apple's Keychain.
#[uniffi::export(with_foreign)]
pub trait PlatformKeyStore: Send + Sync {
    /// The secret of that name; nothing when there is none, for ever. One that is only locked now is an error: a replica
    /// whose key is gone is set aside.
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, PlatformError>;

    /// Keeps a secret under a name, on this device alone: never in a backup.
    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), PlatformError>;
}

/// Where the phone is. It is asked at check-in and check-out only.
#[uniffi::export(with_foreign)]
#[async_trait::async_trait]
pub trait PlatformLocation: Send + Sync {
    /// The best fix within `patience_ms`; not having one is an answer, not an error.
    async fn locate(&self, patience_ms: u64) -> Result<Fix, PlatformError>;
}

/// Whether there is a network.
#[uniffi::export(with_foreign)]
pub trait PlatformConnectivity: Send + Sync {
    /// Is there one now, as far as the phone knows?
    fn is_online(&self) -> Result<bool, PlatformError>;
}

/// Something that the app gave did not work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum PlatformError {
    /// It says why.
    #[error("{reason}")]
    Failed {
        /// For the log.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { reason: error.reason }
    }
}

impl std::fmt::Debug for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Platform")
    }
}
