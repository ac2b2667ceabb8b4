use super::{Office, Ruling, Scene, Unruled};
use crate::document::Command;
use crate::document::command::{Change, Reply, RuleCustomer, Want};
use crate::document::view::{CustomerView, RequestView};
use crate::model::{PersonId, Principal};

/// The time that counts as a day for claims, in milliseconds: whatever the clock on the wall says, so that midnight is no door.
const DAY_MS: u64 = 24 * 3600 * 1000;

/// Who looks after a customer: the reply to the first request for it that has none.
pub(super) fn owner(scene: &Scene<'_>) -> Result<Option<Ruling>, Unruled> {
    reply(
        scene,
        |want| matches!(want, Want::Owner { .. }),
        |customer, request, asker, office| {
            let Want::Owner { to, saw } = &request.want else {
                return Ok((Reply::Refused, None));
            };
            if *saw != customer.owner {
                return Ok((Reply::Stale, None));
            }
            // Somebody of the team who is there: a pool is not made this way, and whoever left looks after nobody.
            let may = asker.supervises(customer.owner) && asker.sees(*to) && office.roster()?.is_active(*to);
            Ok(if may {
                (Reply::Granted, Some(Change::Owner(*to)))
            } else {
                (Reply::Refused, None)
            })
        },
    )
}

/// Into the pool and out of it. One owner by arrival: the first claim gets the customer, the next ones hear who has it.
pub(super) fn pool(scene: &Scene<'_>) -> Result<Option<Ruling>, Unruled> {
    reply(
        scene,
        |want| matches!(want, Want::Claim | Want::Release { .. }),
        |customer, request, asker, office| match &request.want {
            Want::Claim if !customer.pool => Ok((Reply::Taken, None)),
            Want::Claim => {
                // A claim may arrive after whoever made it left.
                if !asker.sees(customer.owner) || !office.roster()?.is_active(asker.person) {
                    return Ok((Reply::Refused, None));
                }
                Ok(if is_full(asker.person, office, scene)? {
                    (Reply::Quota, None)
                } else {
                    (Reply::Granted, Some(Change::Owner(asker.person)))
                })
            }
            Want::Release { saw } if customer.pool || *saw != customer.owner => Ok((Reply::Stale, None)),
            Want::Release { .. } if is_in_charge(asker, customer.owner) => {
                Ok((Reply::Granted, Some(Change::Pool)))
            }
            _ => Ok((Reply::Refused, None)),
        },
    )
}

/// How often it is visited follows from the grade; it has to be one of the house's.
pub(super) fn grade(scene: &Scene<'_>) -> Result<Option<Ruling>, Unruled> {
    reply(
        scene,
        |want| matches!(want, Want::Grade { .. }),
        |customer, request, asker, office| {
            let Want::Grade { to, saw } = &request.want else {
                return Ok((Reply::Refused, None));
            };
            if *saw != customer.grade {
                return Ok((Reply::Stale, None));
            }
            let known = office.policy()?.cycles.iter().any(|cycle| cycle.grade == *to);
            Ok(if known && is_in_charge(asker, customer.owner) {
                (Reply::Granted, Some(Change::Grade(to.clone())))
            } else {
                (Reply::Refused, None)
            })
        },
    )
}

/// Has the person as many customers as the house allows, or as many new ones within the last day?
fn is_full(person: PersonId, office: &dyn Office, scene: &Scene<'_>) -> Result<bool, Unruled> {
    let policy = office.policy()?;
    if office.held(person)? >= u64::from(policy.holding_limit) {
        return Ok(true);
    }
    let now_ms = u64::try_from(scene.now.timestamp_millis()).unwrap_or(0);
    let since_ms = (now_ms + 1).saturating_sub(DAY_MS);
    Ok(office.claimed(person, since_ms)? >= u64::from(policy.claims_a_day))
}

fn is_in_charge(asker: &Principal, owner: PersonId) -> bool {
    asker.person == owner || asker.supervises(owner)
}

type Decided = Result<(Reply, Option<Change>), Unruled>;

/// Replies to the first request of this sort that has no reply, as `decide` says.
fn reply(
    scene: &Scene<'_>,
    concerns: impl Fn(&Want) -> bool,
    decide: impl Fn(&CustomerView, &RequestView, &Principal, &dyn Office) -> Decided,
) -> Result<Option<Ruling>, Unruled> {
    let customer = CustomerView::read(scene.index)?;
    let open = |request: &&RequestView| request.reply.is_none() && concerns(&request.want);
    let Some(request) = customer.requests.iter().find(open) else {
        return Ok(None);
    };
    // Judged on the person as they are now, not as they were when they asked.
    let (reply, change) = match scene.office.principal(request.by)? {
        Some(asker) => decide(&customer, request, &asker, scene.office)?,
        None => (Reply::Refused, None),
    };
    let holder = match &change {
        Some(Change::Owner(person)) => *person,
        Some(Change::Pool) => pool_of(&customer, scene.office)?,
        Some(Change::Grade(_)) | None => customer.owner,
    };
    Ok(Some(Ruling::new(Command::RuleCustomer(RuleCustomer {
        document: scene.document,
        request: request.id.clone(),
        want: request.want.name().to_owned(),
        by: request.by,
        reply,
        holder,
        change,
        at: scene.now,
        ruling: scene.number,
    }))))
}

/// The pool of the unit that the owner is in.
fn pool_of(customer: &CustomerView, office: &dyn Office) -> Result<PersonId, Unruled> {
    let owner = office.principal(customer.owner)?;
    Ok(owner.map_or(customer.owner, |owner| owner.unit.pool()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::command::AskCustomer;
    use crate::document::fixture::*;
    use crate::model::{Kind, Member, Role, Roster};
    use crate::rulings::next;
    use crate::rulings::testing::{Desktop, member, scene};

    fn ask(who: u128, want: Want) -> Command {
        Command::AskCustomer(AskCustomer {
            document: document(1),
            by: person(who),
            at: at(10),
            want,
            note: None,
        })
    }

    fn release(saw: u128) -> Want {
        Want::Release { saw: person(saw) }
    }

    fn office() -> Desktop {
        Desktop::with([REP, COLLEAGUE, SUPERVISOR].map(|who| {
            let mut principal = principal(who);
            principal.subtree.insert(principal.unit.pool());
            principal
        }))
    }

    fn customer() -> Desk {
        Desk::with(&[Command::AddCustomer(add_customer())])
    }

    /// Asks, and writes what the server answers.
    fn asked(desk: &mut Desk, office: &Desktop, who: u128, want: Want) -> Reply {
        desk.run(u8::try_from(who).unwrap(), &ask(who, want)).unwrap();
        let mut replies = Vec::new();
        while let Some(ruling) = next(Kind::Customer, &scene(desk, document(1), office)).unwrap() {
            desk.run(9, &ruling.command).unwrap();
            let Command::RuleCustomer(ruled) = ruling.command else {
                panic!("another ruling")
            };
            replies.push(ruled.reply);
        }
        assert_eq!(replies.len(), 1, "one request, one reply");
        replies[0]
    }

    fn view(desk: &Desk) -> CustomerView {
        CustomerView::read(&desk.index).unwrap()
    }

    #[test]
    fn a_released_customer_is_claimed_once() {
        let (mut desk, office) = (customer(), office());
        assert_eq!(asked(&mut desk, &office, REP, release(REP)), Reply::Granted);
        let pool = principal(REP).unit.pool();
        assert_eq!((view(&desk).owner, view(&desk).pool), (pool, true));
        assert_eq!(asked(&mut desk, &office, REP, release(REP)), Reply::Stale);
        assert_eq!(asked(&mut desk, &office, COLLEAGUE, Want::Claim), Reply::Granted);
        assert_eq!((view(&desk).owner, view(&desk).pool), (person(COLLEAGUE), false));
        assert_eq!(asked(&mut desk, &office, REP, Want::Claim), Reply::Taken);
        let reply = view(&desk).requests.last().unwrap().reply.clone().unwrap();
        assert_eq!(reply.holder, person(COLLEAGUE), "who has it");
    }

    #[test]
    fn nobody_holds_more_than_the_house_allows() {
        let (mut desk, mut office) = (customer(), office());
        asked(&mut desk, &office, REP, release(REP));
        office.policy.holding_limit = 7;
        office.held = 7;
        assert_eq!(asked(&mut desk, &office, COLLEAGUE, Want::Claim), Reply::Quota);
        assert!(view(&desk).pool, "it stays in the pool");
        office.held = 6;
        assert_eq!(asked(&mut desk, &office, COLLEAGUE, Want::Claim), Reply::Granted);
    }

    #[test]
    fn nobody_is_given_more_within_a_day_than_the_house_allows() {
        let (mut desk, mut office) = (customer(), office());
        asked(&mut desk, &office, REP, release(REP));
        office.policy.claims_a_day = 2;
        let now_ms = u64::try_from(scene(&desk, document(1), &office).now.timestamp_millis()).unwrap();
        let day_ms = 86_400_000;
        office.claims = vec![now_ms - day_ms + 1, now_ms];
        assert_eq!(asked(&mut desk, &office, COLLEAGUE, Want::Claim), Reply::Quota);
        office.claims = vec![now_ms - day_ms, now_ms];
        assert_eq!(asked(&mut desk, &office, COLLEAGUE, Want::Claim), Reply::Granted);
    }

    #[test]
    fn the_owner_is_the_supervisors_to_change_on_what_they_saw() {
        let (mut desk, office) = (customer(), office());
        let to = |to: u128, saw: u128| Want::Owner {
            to: person(to),
            saw: person(saw),
        };
        assert_eq!(asked(&mut desk, &office, REP, to(COLLEAGUE, REP)), Reply::Refused);
        assert_eq!(asked(&mut desk, &office, SUPERVISOR, to(77, REP)), Reply::Refused);
        assert_eq!(
            asked(&mut desk, &office, SUPERVISOR, to(COLLEAGUE, REP)),
            Reply::Granted
        );
        assert_eq!(asked(&mut desk, &office, SUPERVISOR, to(REP, REP)), Reply::Stale);
        assert_eq!(view(&desk).owner, person(COLLEAGUE));
    }

    #[test]
    fn a_release_rests_on_the_owner_who_was_seen() {
        let (mut desk, office) = (customer(), office());
        let to_the_colleague = Want::Owner {
            to: person(COLLEAGUE),
            saw: person(REP),
        };
        asked(&mut desk, &office, SUPERVISOR, to_the_colleague);
        // The supervisor, who had not heard of it, still means the rep's customer.
        assert_eq!(asked(&mut desk, &office, SUPERVISOR, release(REP)), Reply::Stale);
        assert_eq!(view(&desk).owner, person(COLLEAGUE), "they keep it");
        let reply = view(&desk).requests.last().unwrap().reply.clone().unwrap();
        assert_eq!(reply.holder, person(COLLEAGUE), "who has it");
        assert_eq!(
            asked(&mut desk, &office, SUPERVISOR, release(COLLEAGUE)),
            Reply::Granted
        );
        let pool = view(&desk).owner.0.as_u128();
        assert_eq!(asked(&mut desk, &office, SUPERVISOR, release(pool)), Reply::Stale);
    }

    #[test]
    fn nobody_who_left_gets_a_customer() {
        let mut office = office();
        let accounts = [(REP, true), (COLLEAGUE, false), (SUPERVISOR, true)].map(|(who, active)| Member {
            active,
            ..member(person(who), principal(who).unit, principal(who).role)
        });
        office.roster = Roster::new(accounts, [], Vec::new());
        let mut desk = customer();
        let to = Want::Owner {
            to: person(COLLEAGUE),
            saw: person(REP),
        };
        assert_eq!(asked(&mut desk, &office, SUPERVISOR, to), Reply::Refused);
        assert_eq!(view(&desk).owner, person(REP));
        assert_eq!(asked(&mut desk, &office, REP, release(REP)), Reply::Granted);
        assert_eq!(asked(&mut desk, &office, COLLEAGUE, Want::Claim), Reply::Refused);
        assert_eq!(asked(&mut desk, &office, REP, Want::Claim), Reply::Granted);
    }

    /// An office in which the supervisor is what this makes of them by now.
    fn office_where(change: impl Fn(&mut Principal)) -> Desktop {
        let mut supervisor = principal(SUPERVISOR);
        change(&mut supervisor);
        Desktop::with([principal(REP), principal(COLLEAGUE), supervisor])
    }

    #[test]
    fn who_asked_is_judged_by_what_they_are_when_it_is_ruled() {
        let to = |to: PersonId| Want::Owner { to, saw: person(REP) };
        let colleague = person(COLLEAGUE);
        let (leads, no_more) = (office_where(|_| {}), office_where(|it| it.role = Role::Rep));
        let another_team = office_where(|it| {
            it.subtree.remove(&person(COLLEAGUE));
        });
        let pool = principal(REP).unit.pool();
        let with_pool = office_where(|it| {
            it.subtree.insert(pool);
        });
        for (office, to, expected) in [
            (&leads, to(colleague), Reply::Granted),
            (&no_more, to(colleague), Reply::Refused),
            (&another_team, to(colleague), Reply::Refused),
            (&with_pool, to(pool), Reply::Refused),
        ] {
            assert_eq!(asked(&mut customer(), office, SUPERVISOR, to), expected);
        }
        for (office, who, expected) in [
            (&leads, SUPERVISOR, Reply::Granted),
            (&no_more, SUPERVISOR, Reply::Refused),
            (&leads, COLLEAGUE, Reply::Refused),
            (&leads, 77, Reply::Refused),
        ] {
            assert_eq!(
                asked(&mut customer(), office, who, release(REP)),
                expected,
                "{who}"
            );
        }
    }

    #[test]
    fn a_grade_is_one_of_the_houses_and_rests_on_the_one_seen() {
        let (mut desk, office) = (customer(), office());
        let to = |to: &str, saw: Option<&str>| Want::Grade {
            to: to.to_owned(),
            saw: saw.map(str::to_owned),
        };
        assert_eq!(asked(&mut desk, &office, REP, to("Z", None)), Reply::Refused);
        assert_eq!(
            asked(&mut desk, &office, COLLEAGUE, to("A", None)),
            Reply::Refused
        );
        assert_eq!(asked(&mut desk, &office, REP, to("A", None)), Reply::Granted);
        assert_eq!(asked(&mut desk, &office, SUPERVISOR, to("B", None)), Reply::Stale);
        assert_eq!(
            asked(&mut desk, &office, SUPERVISOR, to("B", Some("A"))),
            Reply::Granted
        );
        assert_eq!(view(&desk).grade.as_deref(), Some("B"));
    }
}
