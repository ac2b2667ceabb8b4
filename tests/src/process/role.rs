use std::ffi::OsString;
use std::iter::once;

use fieldbook_server::materialise::WORKER;

/// The first argument of a process that is the server.
pub(super) const SERVER: &str = "as-server";
/// The first argument of a process that is a phone.
pub(super) const PHONE: &str = "as-phone";

/// Which part this process plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The operator's program: its arguments, the program's name first.
    Server(Vec<OsString>),
    /// A phone: its arguments.
    Phone(Vec<OsString>),
    /// The program that was started by a person.
    Main,
}

impl Role {
    /// Reads the role from the arguments of the process.
    pub fn of_arguments(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let mut arguments = arguments.into_iter();
        let program = arguments.next().unwrap_or_default();
        match arguments.next() {
            Some(role) if role == SERVER => Self::Server(once(program).chain(arguments).collect()),
            // The server starts its own program again.
            Some(worker) if worker == WORKER => Self::Server(vec![program, worker]),
            Some(role) if role == PHONE => Self::Phone(arguments.collect()),
            _ => Self::Main,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(arguments: &[&str]) -> Role {
        Role::of_arguments(arguments.iter().map(OsString::from))
    }

    #[test]
    fn the_first_argument_tells_the_part() {
        assert_eq!(role(&["kill", "--cycles", "3"]), Role::Main);
        assert_eq!(
            role(&["kill", "as-server", "serve"]),
            Role::Server(vec!["kill".into(), "serve".into()])
        );
        assert_eq!(
            role(&["kill", "as-phone", "run", "x"]),
            Role::Phone(vec!["run".into(), "x".into()])
        );
        assert_eq!(
            role(&["kill", WORKER]),
            Role::Server(vec!["kill".into(), WORKER.into()])
        );
        assert_eq!(role(&[]), Role::Main);
    }
}
