//! Stories written by hand, about documents that leave a phone and come back: each once broke something.

use fieldbook_tests::simulate::{Action, Cast, Deed, Outcome, Seat, Story, Template, Way, play};

/// Shen leads the team of Li.
const SHEN: usize = 0;
const LI: usize = 1;
/// Li's place among the people of the organisation.
const LI_PERSON: usize = 2;
const AWAY: Action = Action::Transfer {
    person: LI_PERSON,
    unit: 2,
};
const BACK: Action = Action::Transfer {
    person: LI_PERSON,
    unit: 1,
};

fn cast(in_pages: bool) -> Cast {
    let seat = |person| Seat { person, phone: 0 };
    Cast {
        phones: vec![seat(1), seat(LI_PERSON)],
        restless: LI_PERSON,
        theme: None,
        in_pages,
        acquainted: true,
    }
}

fn doing(phone: usize, deed: Deed) -> Action {
    Action::Do { phone, deed }
}

/// Enough text for more than one small answer.
fn long_logs() -> impl Iterator<Item = Action> {
    std::iter::repeat_n(doing(LI, Deed::Log), 40)
}

/// Plays the story under some seeds and returns the traces.
fn told(template: &Template, cast: &Cast, actions: &[Action]) -> Vec<Outcome> {
    (1..=5)
        .map(|seed| {
            let story = Story::written(seed, cast.clone(), actions.iter().copied());
            let outcome = play(template, &story, None, true);
            let trace = outcome.trace.lines().join("\n");
            assert_eq!(outcome.failure, None, "{trace}");
            outcome
        })
        .collect()
}

fn some_trace_has(outcomes: &[Outcome], words: &str) -> bool {
    outcomes
        .iter()
        .any(|outcome| outcome.trace.lines().iter().any(|line| line.contains(words)))
}

/// The phone removed a document in the exchange that stored its last operation on it; the same exchange began to
/// bring the document back, in pages. The operation itself must come too.
#[test]
fn own_work_comes_back_with_a_document_that_left_for_a_moment() {
    let template = Template::build().unwrap();
    let mut actions: Vec<Action> = long_logs().collect();
    actions.extend([
        Action::Exchange(LI),
        doing(LI, Deed::Plan),
        Action::Exchange(LI),
        Action::Exchange(SHEN),
        // Shen writes while an answer is under way that takes the visit from her.
        Action::Begin(SHEN),
        doing(SHEN, Deed::Note),
        AWAY,
        Action::Deliver(Way::Up),
        Action::Deliver(Way::Down),
        BACK,
        Action::Exchange(SHEN),
    ]);
    let outcomes = told(&template, &cast(true), &actions);
    assert!(
        some_trace_has(&outcomes, "there is more"),
        "the news did not come in pages"
    );
}

/// A document comes back in pages and the person writes into its first page. The operation must not take the place of
/// one that the same phone wrote before and that comes with a later page.
#[test]
fn writing_into_the_first_page_does_not_hide_the_next() {
    let template = Template::build().unwrap();
    let mut actions = vec![
        doing(LI, Deed::Plan),
        Action::Exchange(LI),
        Action::Exchange(SHEN),
    ];
    actions.extend(long_logs());
    actions.extend([
        Action::Exchange(LI),
        Action::Exchange(SHEN),
        doing(SHEN, Deed::Note),
        Action::Exchange(SHEN),
        AWAY,
        Action::Exchange(SHEN),
        BACK,
    ]);
    actions.extend([
        Action::Begin(SHEN),
        Action::Deliver(Way::Up),
        Action::Deliver(Way::Down),
    ]);
    actions.extend([
        Action::Begin(SHEN),
        doing(SHEN, Deed::Note),
        Action::Deliver(Way::Up),
        Action::Deliver(Way::Down),
        Action::Exchange(SHEN),
    ]);
    let outcomes = told(&template, &cast(true), &actions);
    for outcome in &outcomes {
        assert_eq!(
            outcome.counts.rejected, 0,
            "nothing is wrong with what Shen wrote"
        );
        let lines = outcome.trace.lines();
        let notes: Vec<usize> = (0..lines.len())
            .filter(|at| lines[*at].contains("Shen notes something in visit"))
            .collect();
        assert_eq!(notes.len(), 2, "{}", lines.join("\n"));
        let more = lines[notes[1]..]
            .iter()
            .any(|line| line.contains("there is more"));
        assert!(
            more,
            "the second note came after the last page\n{}",
            lines.join("\n")
        );
    }
}

/// A request with what was written too late is held up; meanwhile the same operation, sent again, is refused and parked. When the held up one arrives
/// and nothing stands against the operation any more, it is refused all the same: the person has it.
#[test]
fn what_was_refused_once_is_not_accepted_late() {
    let template = Template::build().unwrap();
    let actions = [
        doing(LI, Deed::Plan),
        Action::Exchange(LI),
        Action::Exchange(SHEN),
        AWAY,
        doing(SHEN, Deed::Note),
        Action::Begin(SHEN),
        Action::TimeOut(SHEN),
        Action::Exchange(SHEN),
        BACK,
        Action::Deliver(Way::Up),
    ];
    let outcomes = told(&template, &cast(false), &actions);
    assert!(some_trace_has(&outcomes, "1 parked"), "nothing was refused");
}

/// An operation is stored, the answer is lost, and before the phone asks again the document has left its scope. The
/// phone hears that the operation is stored: a person who saw it as refused would do it twice.
#[test]
fn what_is_stored_is_not_called_refused_because_the_document_left() {
    let template = Template::build().unwrap();
    let actions = [
        doing(LI, Deed::Plan),
        Action::Exchange(LI),
        Action::Exchange(SHEN),
        doing(SHEN, Deed::Note),
        Action::Begin(SHEN),
        Action::Deliver(Way::Up),
        Action::Lose(Way::Down),
        AWAY,
        Action::TimeOut(SHEN),
        Action::Exchange(SHEN),
    ];
    let outcomes = told(&template, &cast(false), &actions);
    assert!(
        some_trace_has(&outcomes, "0 accepted, 1 known, 0 parked"),
        "the answer was not lost"
    );
    assert!(outcomes.iter().all(|outcome| outcome.counts.rejected == 0));
}

/// Li gives a customer back to the pool of the North and goes to the South; before the phone hears of either, Wang has
/// claimed the customer. It was in sight as the pool's, and the pool has it no more: it has to leave the phone all the same.
#[test]
fn what_changed_hands_while_its_former_owner_went_out_of_sight_leaves_the_phone() {
    const WANG_PERSON: usize = 3;
    let template = Template::build().unwrap();
    let mut cast = cast(false);
    cast.phones[SHEN].person = WANG_PERSON;
    let (wang, li) = (SHEN, LI);
    let actions = [
        doing(li, Deed::Release),
        Action::Exchange(li),
        Action::Exchange(wang),
        doing(wang, Deed::Claim),
        AWAY,
        Action::Exchange(wang),
        Action::Exchange(li),
    ];
    let outcomes = told(&template, &cast, &actions);
    assert!(
        some_trace_has(&outcomes, "Wang claims customer"),
        "nobody claimed"
    );
    assert!(some_trace_has(&outcomes, "1 gone"), "nothing left a phone");
}
