use super::cast::{DANA, GRACE};
use super::error::DemoError;
use super::moment::Moment;
use super::narrator::Narrator;
use super::play::Played;
use super::words;
use crate::clock::{Clock, unix_ms};
use crate::http::stop_signal;
use crate::identity::enrolment_link;
use crate::random;

/// Keeps the server up for whoever wants to look around, until the process is asked to stop.
pub(super) async fn receive(played: &Played, narrator: &mut Narrator) -> Result<(), DemoError> {
    played.clock.set(Moment::at(18, 30));
    played.clock.run_on();
    let stop = stop_signal()?;
    narrator.heading(Moment::at(18, 30), words::OPEN_HOUSE);
    let address = played.office.address.to_string();
    narrator.line(&words::open_house(&address));
    // These codes are for people, so nobody should be able to work them out.
    let mut rng = random::from_machine()?;
    for who in [&DANA, &GRACE] {
        let person = played.organisation.person(who)?;
        let code = played
            .organisation
            .code(person, unix_ms(played.clock.now()), &mut rng)?;
        let link = enrolment_link(&format!("http://{address}"), &code);
        narrator.line(&words::invitation(who, &code.to_string(), &link));
    }
    stop.await;
    Ok(())
}
