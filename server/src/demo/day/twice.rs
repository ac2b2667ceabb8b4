use fieldbook_core::document::command::{Answer, Decision, Handing};
use fieldbook_core::document::view::Ruled;
use fieldbook_core::model::DocumentId;
use fieldbook_core::replica::query::inbox;

use super::Day;
use super::decisions::approval_on;
use super::money::LUNCH;
use crate::demo::cast::{DANA, GRACE, Member, WANG};
use crate::demo::error::DemoError;
use crate::demo::line::Signal;
use crate::demo::moment::Moment;
use crate::demo::{phrases, words};

impl Day<'_> {
    /// Grace asks Wang Lei to decide one expense in her stead; then both decide it without network, each another way. The
    /// one that arrives first counts, the other is told.
    pub(super) async fn decide_one_twice(&mut self) -> Result<(), DemoError> {
        self.narrator.heading(Moment::at(17, 56), words::DECIDING_TWICE);
        let (lunch, revision) = self.lunch()?;
        let stand_in = self.with(&WANG)?.0.person;
        let (phone, _) = self.with(&GRACE)?;
        phone.pass_to(Moment::at(17, 56));
        phone
            .replica
            .hand_over(&phone.now(), lunch, Handing::Delegate, stand_in, None)?;
        phone.sync().await?;
        let (phone, narrator) = self.with(&WANG)?;
        phone.pass_to(Moment::at(17, 57));
        phone.sync().await?;
        narrator.line(&words::stands_in(&GRACE, &WANG, &DANA, LUNCH));
        let no = Some(phrases::DISSENT.to_owned());
        for (who, decision, note) in [(&GRACE, Decision::Approve, None), (&WANG, Decision::Reject, no)] {
            let (phone, _) = self.with(who)?;
            phone.line.set(Signal::None);
            phone.pass_minutes(1);
            phone
                .replica
                .decide(&phone.now(), lunch, &revision, decision, note)?;
        }
        for who in [&GRACE, &WANG] {
            let (phone, _) = self.with(who)?;
            phone.line.set(Signal::Good);
            phone.pass_minutes(1);
            phone.sync().await?;
        }
        self.told(&WANG, &GRACE, lunch).await
    }

    /// The expense that both will decide, as Grace sees it.
    fn lunch(&mut self) -> Result<(DocumentId, String), DemoError> {
        let (phone, _) = self.with(&GRACE)?;
        let policy = phone.replica.policy();
        let waiting = phone
            .replica
            .store()
            .read(|conn| inbox(conn, phone.person, &policy))?;
        let item = waiting.into_iter().find(|item| item.approval.title == LUNCH);
        let item = item.ok_or_else(|| DemoError::Story(format!("{LUNCH:?} does not wait")))?;
        Ok((item.approval.document, item.approval.revision))
    }

    /// Whoever came second reads what became of their decision.
    async fn told(&mut self, second: &Member, first: &Member, expense: DocumentId) -> Result<(), DemoError> {
        let leader = self.with(first)?.0.person;
        let (phone, narrator) = self.with(second)?;
        phone.sync().await?;
        let view = approval_on(phone, expense)?;
        let mine = view.decisions.iter().find(|decision| decision.by == phone.person);
        let became = mine.and_then(|mine| view.course.ruled.get(&mine.id));
        let dissent = Ruled::Refused {
            answer: Answer::Dissent,
            by: Some(leader),
        };
        if became != Some(&dissent) {
            return Err(DemoError::Story(format!("the second decision became {became:?}")));
        }
        let note = mine.and_then(|mine| mine.note.as_deref()).unwrap_or_default();
        narrator.line(&words::came_second(second, first, note));
        Ok(())
    }
}
