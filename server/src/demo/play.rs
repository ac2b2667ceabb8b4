use fieldbook_core::model::Role;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;

use super::cast::{self, GRACE, WANG};
use super::clock::StoryClock;
use super::day::Day;
use super::error::DemoError;
use super::figures::Figures;
use super::moment::Moment;
use super::narrator::Narrator;
use super::office::Office;
use super::organisation::Organisation;
use super::phone::Phone;
use super::{verdict, words};
use crate::random;

/// Plays the day of this seed and says what it came to.
///
/// # Errors
/// When the machine does not let it work, or the story does not go as written. That the phones and the server do
/// not agree is no error but [`Figures::agree`].
pub async fn play(seed: u64, narrator: &mut Narrator) -> Result<Figures, DemoError> {
    let played = Played::new(seed, narrator).await?;
    let figures = played.figures.clone();
    played.end().await?;
    Ok(figures)
}

/// A day that was played; its server is still up.
pub(super) struct Played {
    pub(super) figures: Figures,
    pub(super) organisation: Organisation,
    pub(super) office: Office,
    pub(super) clock: StoryClock,
    /// Goes with the value, and everything in it.
    folder: TempDir,
}

impl Played {
    pub(super) async fn new(seed: u64, narrator: &mut Narrator) -> Result<Self, DemoError> {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        narrator.plain(&words::title(seed));
        let folder = tempfile::Builder::new().prefix("fieldbook-demo-").tempdir()?;
        let opening = Moment::at(7, 0);
        let clock = StoryClock::new(opening);
        let organisation = Organisation::make(&folder.path().join("server"), opening, &mut rng)?;
        let office = Office::open(
            organisation.store.clone(),
            clock.clone(),
            random::branch(&mut rng),
        )
        .await?;
        tell_opening(narrator, &organisation, &office);
        let phones = sign_in(&folder, &organisation, &office, &clock, narrator, &mut rng).await?;
        let mut day = Day::new(narrator, &organisation, phones, random::branch(&mut rng));
        day.play().await?;
        let phones = day.phones;
        let figures = verdict::reach(seed, &organisation, &phones, narrator)?;
        Ok(Self {
            figures,
            organisation,
            office,
            clock,
            folder,
        })
    }

    /// Stops the server and removes the folder.
    pub(super) async fn end(self) -> Result<(), DemoError> {
        self.office.close().await?;
        drop(self.organisation);
        Ok(self.folder.close()?)
    }
}

fn tell_opening(narrator: &mut Narrator, organisation: &Organisation, office: &Office) {
    narrator.heading(Moment::at(7, 0), words::OPENING);
    let teams = [(cast::NORTH, GRACE.name), (cast::SOUTH, WANG.name)];
    narrator.line(&words::company(cast::COMPANY, cast::REGION, &teams));
    narrator.line(&words::territories(
        organisation.stores.len(),
        cast::reps().count(),
    ));
    narrator.line(&words::server_at(&office.address.to_string()));
}

/// Everybody signs in with a one-time code, and the territory arrives.
async fn sign_in(
    folder: &TempDir,
    organisation: &Organisation,
    office: &Office,
    clock: &StoryClock,
    narrator: &mut Narrator,
    rng: &mut ChaCha20Rng,
) -> Result<Vec<Phone>, DemoError> {
    let start = Moment::at(7, 30);
    narrator.heading(start, words::SIGNING_IN);
    let mut phones = Vec::with_capacity(cast::ALL.len());
    for who in cast::ALL {
        narrator.count(phones.len(), cast::ALL.len(), words::SIGNED_IN);
        let person = organisation.person(who)?;
        let code = organisation.code(person, start.unix_ms(), rng)?;
        let mut phone = Phone::new(who, person, folder.path(), office.address, clock.clone(), rng).await?;
        phone.pass_to(start);
        phone.enrol(code.to_string()).await?;
        phone.sync().await?;
        let documents = phone.totals()?.documents;
        let role = phone.replica.principal()?.role;
        if role != who.role || (who.role == Role::Rep && documents == 0) {
            return Err(DemoError::Story(format!(
                "{} signed in as somebody else",
                who.short
            )));
        }
        narrator.line(&words::signed_in(who, documents));
        phones.push(phone);
    }
    Ok(phones)
}
