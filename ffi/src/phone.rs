use std::path::Path;
use std::sync::Arc;

use fieldbook_core::replica::phone;

use crate::cancel::or_cancelled;
use crate::edge::{PlatformEdge, PlatformVault};
use crate::shared::Shared;
use crate::{Account, AccountId, Cancel, EnrolmentLink, FieldbookError, Platform, Recovered, Session};

/// The replicas of one phone: each person who signs in has their own.
#[derive(uniffi::Object)]
pub struct Phone {
    phone: Arc<phone::Phone>,
    platform: Platform,
    edge: Arc<PlatformEdge>,
}

#[uniffi::export(async_runtime = "tokio")]
impl Phone {
    /// Looks after the replicas in `folder`, a private folder of the app that is in no backup. One of these in a process,
    /// one process for a folder.
    #[uniffi::constructor]
    pub fn open(folder: &str, platform: Platform) -> Result<Arc<Self>, FieldbookError> {
        let edge = Arc::new(PlatformEdge::new(Arc::clone(&platform.clock))?);
        let vault = platform
            .key_store
            .clone()
            .map(|store| Arc::new(PlatformVault(store)) as _);
        let phone = phone::Phone::open(Path::new(folder), Arc::clone(&edge) as _, vault)?;
        let phone = match platform.marker.clone() {
            Some(marker) => phone.marked(marker),
            None => phone,
        };
        Ok(Arc::new(Self {
            phone: Arc::new(phone),
            platform,
            edge,
        }))
    }

    /// Everybody who has records on this phone, the latest sign-in first.
    pub fn accounts(&self) -> Result<Vec<Account>, FieldbookError> {
        Ok(self.phone.accounts()?.into_iter().map(Into::into).collect())
    }

    /// The session of the person who is signed in; nothing when nobody is. Works without network.
    pub fn resume(&self) -> Result<Option<Arc<Session>>, FieldbookError> {
        Ok(self.phone.resume()?.map(|opened| self.session(opened)))
    }

    /// What a link or a QR code says, to be shown before it is used.
    pub fn read_link(&self, link: &str) -> Result<EnrolmentLink, FieldbookError> {
        Ok(phone::EnrolmentLink::parse(link)?.into())
    }

    /// Signs a person in with a one-time code. Somebody who was here before gets their own replica back with everything
    /// unsent in it, somebody new a new one; whoever was signed in is signed out and keeps theirs.
    pub async fn sign_in(
        &self,
        server: String,
        code: String,
        phone_name: String,
        cancel: Option<Arc<Cancel>>,
    ) -> Result<Arc<Session>, FieldbookError> {
        let request = phone::SignIn {
            server,
            code,
            phone_name,
        };
        let opened = or_cancelled(cancel, self.phone.sign_in(&request)).await?;
        Ok(self.session(opened))
    }

    /// Begins anew beside the damaged replica of an account: the file is kept, and what still reads of the unsent work waits
    /// under "needs attention". Sign in again unless the sign-in was saved, too.
    pub fn recover(&self, account: AccountId) -> Result<Recovered, FieldbookError> {
        Ok(self.phone.recover(account.into())?.into())
    }
}

impl Phone {
    fn session(&self, opened: Arc<phone::Opened>) -> Arc<Session> {
        let (phone, platform, edge) = (
            Arc::clone(&self.phone),
            self.platform.clone(),
            Arc::clone(&self.edge),
        );
        Session::new(Shared::new(phone, opened, platform, edge))
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Phone").field(&self.phone).finish()
    }
}
