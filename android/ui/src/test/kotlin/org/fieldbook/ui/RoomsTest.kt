package org.fieldbook.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import org.fieldbook.ApprovalStatus
import org.fieldbook.Contact
import org.fieldbook.CustomerChange
import org.fieldbook.Decision
import org.fieldbook.FieldbookException
import org.fieldbook.NewCustomer
import org.fieldbook.NewLine
import org.fieldbook.Office
import org.fieldbook.Position
import org.fieldbook.SUNRISE
import org.fieldbook.ServerAnswer
import org.fieldbook.StepValue
import org.fieldbook.TestPhone
import org.fieldbook.Verdict
import org.fieldbook.VisitStatus
import org.fieldbook.ui.app.FileDrafts
import org.fieldbook.ui.app.Preferences
import org.fieldbook.ui.app.Shown
import org.fieldbook.ui.app.Workplace
import org.fieldbook.ui.app.orNull
import org.fieldbook.ui.approval.ApprovalModel
import org.fieldbook.ui.approval.InboxParts
import org.fieldbook.ui.attention.AttentionModel
import org.fieldbook.ui.customer.CustomerModel
import org.fieldbook.ui.customer.CustomersModel
import org.fieldbook.ui.customer.placeOf
import org.fieldbook.ui.sync.SyncModel
import org.fieldbook.ui.today.TodayModel
import org.fieldbook.ui.visit.AtDoor
import org.fieldbook.ui.visit.CheckIn
import org.fieldbook.ui.visit.CheckInSubject
import org.fieldbook.ui.visit.VisitModel
import org.fieldbook.ui.words.En
import org.fieldbook.ui.words.Zh
import org.fieldbook.until
import java.io.File
import java.math.BigDecimal
import java.time.LocalDate
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertTrue

/** The holders of the rooms over the real SDK, without a screen. */
class RoomsTest {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    @Test
    fun `the door answers, the visit runs, and notes of two devices both stay`() = day { office, phone ->
        phone.fix = at(SUNRISE, north = 1_200.0)
        val work = workplace(office, phone, "Dana")
        val shop = work.session.customers.add(NewCustomer("Tea House", "", SUNRISE))
        val checkIn = CheckIn(work, CheckInSubject(shop, "Tea House", visit = null), scope)
        val said = assertIs<AtDoor.Answered>(checkIn.door.atDoor.until { it is AtDoor.Answered })
        assertEquals(Verdict.OUTSIDE, said.judgement.verdict)
        checkIn.door.choose(checkIn.door.readyReasons.first())
        checkIn.door.words.text = "behind the mill"
        val visit = awaited { done -> checkIn.start(En) { done(it) } }
        val model = VisitModel(work, visit, scope)
        val page = checkNotNull(model.page.until { it.orNull() != null }.orNull())
        assertEquals(VisitStatus.STARTED, page.visit.status)
        assertEquals("The entrance has moved, behind the mill", page.checkIns.single().reason)
        awaited { done -> model.record("stock", StepValue.Count(12)) { done(Unit) } }

        // On the tablet the notes grow while the phone's field is open.
        work.session.sync.now()
        model.notes.show("")
        model.notes.type("from the phone")
        TestPhone().use { other ->
            other.signIn(office, "Dana").use { tablet ->
                tablet.sync.now()
                tablet.visits.setNotes(visit, "", "from the tablet ")
                tablet.sync.now()
            }
        }
        work.session.sync.now()
        model.notes.save()
        val notes = work.session.visits.page(visit).until { it != null }!!.visit.notes
        assertTrue("from the phone" in notes && "from the tablet" in notes, notes)
    }

    @Test
    fun `a decision is the office's after it was settled, and a second one says why it came too late`() = day { office, phone ->
        val work = workplace(office, phone, "Grace")
        val lunch = TestPhone().use { other ->
            other.signIn(office, "Dana").use { dana ->
                dana.sync.now()
                val lunch = dana.approvals.draftExpense("Lunch")
                dana.approvals.addLine(lunch, NewLine(LocalDate.now(), "meals", BigDecimal("1280")))
                dana.approvals.submit(lunch)
                dana.sync.now()
                lunch
            }
        }
        work.session.sync.now()
        val inbox = work.session.approvals.inbox().until { it.isNotEmpty() }
        val parts = InboxParts(inbox, taken = null)
        assertEquals(listOf(1, 0, 0), listOf(parts.odd.size, parts.ordinary.size, parts.provisional.size))
        assertEquals(BigDecimal("1280"), parts.total?.amount)
        assertTrue(InboxParts(inbox, taken = lunch).open.isEmpty())

        val model = ApprovalModel(work, lunch, scope)
        val case = checkNotNull(model.case.until { it.orNull() != null }.orNull())
        assertTrue(case.waits && case.item!!.odd)
        // Her tablet knows that she is asked, and hears of nothing else before it has decided, too.
        TestPhone().use { other ->
            other.signIn(office, "Grace").use { tablet ->
                tablet.sync.now()
                model.decide(case.page.approval, Decision.APPROVE, null)
                assertEquals(lunch, work.undo.pending.value?.subject)
                work.undo.settle()
                work.session.sync.now()
                val decided = model.case.until { it.orNull()?.page?.approval?.status == ApprovalStatus.APPROVED }
                assertIs<Shown.Ready<*>>(decided)
                tablet.approvals.decide(lunch, case.page.approval.revision, Decision.REJECT, "too late")
                tablet.sync.now()
            }
        }
        work.session.sync.now()
        val late = model.case.until { it.orNull()?.page?.timeline.orEmpty().any { item -> item.text == "too late" && item.answer != null } }
        val page = checkNotNull(late.orNull()).page
        assertEquals(ApprovalStatus.APPROVED, page.approval.status)
        val answer = assertIs<ServerAnswer.NotCounted>(page.timeline.single { it.text == "too late" }.answer)
        assertTrue(answer.words.en.isNotEmpty() && answer.words.zh.isNotEmpty())
    }

    @Test
    fun `the search answers what was typed last, in both languages, and long lists come in pages`() = day { office, phone ->
        val work = workplace(office, phone, "Dana")
        val model = CustomersModel(work, scope)
        work.session.customers.add(NewCustomer("Hudong Bearing 华东轴承", "3 Canal Street"))
        repeat(60) { work.session.customers.add(NewCustomer("Shop $it", "$it Long Road")) }
        assertEquals(60, model.found.until { it.orNull()?.size == 60 }.orNull()?.size, "a page")
        model.more()
        assertEquals(61, model.found.until { it.orNull()?.size == 61 }.orNull()?.size)
        for (text in listOf("c", "ca", "canal", "轴承")) model.type(text)
        val found = model.found.until { it.orNull()?.size == 1 }.orNull()!!.single()
        assertEquals("Hudong Bearing 华东轴承", found.name)
        model.type("nobody is called that")
        assertEquals(emptyList(), model.found.until { it.orNull()?.isEmpty() == true }.orNull())
    }

    @Test
    fun `a contact is changed and removed, and a customer's visits are on its page`() = day { office, phone ->
        val work = workplace(office, phone, "Dana")
        val shop = work.session.customers.add(NewCustomer("Tea House", "", SUNRISE))
        val visit = work.session.visits.plan(shop, "count the stock")
        val model = CustomerModel(work, shop, scope)
        model.fieldsOf(null).run {
            name.text = "Ms Li"
            this.phone.text = "138"
            awaited { done -> model.save(this, null) { done(Unit) } }
            assertEquals("", name.text, "the next new contact begins empty")
        }
        suspend fun contact(fits: (Contact) -> Boolean) =
            model.page.until { page -> page.orNull()?.contacts?.singleOrNull()?.let(fits) == true }.orNull()!!.contacts.single()
        val li = contact { it.name == "Ms Li" }
        model.fieldsOf(li).run {
            role.text = "owner"
            this.phone.text = ""
            awaited { done -> model.save(this, li) { done(Unit) } }
        }
        val changed = contact { it.role == "owner" }
        assertEquals("Ms Li" to true, changed.name to changed.phone.isNullOrEmpty())
        model.remove(changed)
        assertEquals(1, model.page.value.orNull()?.contacts?.size, "not before the time to take it back is over")
        work.undo.settle()
        model.page.until { it.orNull()?.contacts?.isEmpty() == true }
        assertEquals(listOf(visit), model.visits.until { it.orNull()?.isNotEmpty() == true }.orNull()?.map { it.id })
    }

    @Test
    fun `of two places that were entered at once both are shown, and one is chosen`() = day { office, phone ->
        val work = workplace(office, phone, "Dana")
        val shop = work.session.customers.add(NewCustomer("Tea House", "", SUNRISE))
        work.session.sync.now()
        val (door, gate) = Position(31.2310, 121.4737) to Position(31.2320, 121.4737)
        TestPhone().use { other ->
            other.signIn(office, "Dana").use { tablet ->
                tablet.sync.now()
                tablet.customers.edit(shop, CustomerChange.Place(door))
                work.session.customers.edit(shop, CustomerChange.Place(gate))
                tablet.sync.now()
            }
        }
        work.session.sync.now()
        val model = CustomerModel(work, shop, scope)
        val customer = model.page.until { it.orNull()?.customer?.conflicts?.isNotEmpty() == true }.orNull()!!.customer
        val conflict = customer.conflicts.single()
        assertEquals("position" to setOf(door, gate), conflict.field to setOf(customer.position, placeOf(conflict.others.single())))
        model.settle("position", "${door.lat},${door.lon}")
        val settled = model.page.until { it.orNull()?.customer?.conflicts?.isEmpty() == true }.orNull()!!.customer
        assertEquals(door, settled.position)
    }

    @Test
    fun `what follows a refused item is named with it before both are discarded`() = day { office, phone ->
        val work = workplace(office, phone, "Dana")
        val lunch = work.session.approvals.draftExpense("Lunch")
        fun line(note: String) = NewLine(LocalDate.now(), "meals", BigDecimal("40"), note)
        work.session.approvals.addLine(lunch, line("noodles"))
        val revision = work.session.approvals.submit(lunch)
        work.session.sync.now()
        TestPhone().use { other ->
            other.signIn(office, "Grace").use { grace ->
                grace.sync.now()
                grace.approvals.decide(lunch, revision, Decision.APPROVE)
                work.session.approvals.addLine(lunch, line("and tea"))
                work.session.approvals.submit(lunch)
                grace.sync.now()
            }
        }
        work.session.sync.now()
        val model = AttentionModel(work, scope)
        val (first, follower) = checkNotNull(model.all.until { it.orNull()?.size == 2 }.orNull())
        assertEquals(listOf(follower.item.id), first.followers.map { it.id })
        assertEquals(first.ownWords.sumOf { it.value.length } + follower.characters, first.characters)
        model.discard(first)
        val said = checkNotNull(work.undo.pending.value).what
        assertTrue("with 1 item that follows" in said(En), said(En))
        assertTrue("连同后续 1 项" in said(Zh), said(Zh))
        work.undo.settle()
        assertEquals(emptyList(), model.all.until { it.orNull()?.isEmpty() == true }.orNull())
    }

    @Test
    fun `the search of the pool finds whom the first page does not show`() = day { office, phone ->
        val work = workplace(office, phone, "Dana")
        val shops = (10..75).map { work.session.customers.add(NewCustomer("Shop $it", "")) }
        val last = work.session.customers.add(NewCustomer("Zhang Bakery", ""))
        (shops + last).forEach { work.session.customers.release(it) }
        work.session.sync.now()
        val model = CustomersModel(work, scope)
        model.ofPool()
        model.found.until { it.orNull()?.size == 60 }
        model.type("zhang")
        assertEquals("Zhang Bakery", model.found.until { it.orNull()?.size == 1 }.orNull()!!.single().name)
    }

    @Test
    fun `a screen that asks while the person signs out says so and ends nothing`() = day { office, phone ->
        val work = workplace(office, phone, "Dana")
        val (sync, today) = SyncModel(work, scope) to TodayModel(work, LocalDate.now(), scope)
        phone.fix = at(SUNRISE)
        work.whereabouts.ask()
        work.session.close()
        sync.measure()
        today.refreshNearby()
        assertIs<FieldbookException.Cancelled>(sync.actions.trouble.value)
        assertIs<FieldbookException.Cancelled>(today.actions.trouble.value)
    }

    private fun day(story: suspend (Office, TestPhone) -> Unit) = Office().use { office ->
        TestPhone().use { phone ->
            try {
                runBlocking { story(office, phone) }
            } finally {
                scope.cancel()
            }
        }
    }

    private suspend fun workplace(office: Office, phone: TestPhone, person: String): Workplace {
        val session = phone.signIn(office, person)
        session.sync.now()
        val drafts = FileDrafts(File(phone.folder, "drafts"), scope)
        val device = RecordingDevice("phone", "en")
        return Workplace(session, session.account(), device, Preferences(drafts, device), drafts, scope)
    }

    /** What a holder hands on when it is done. */
    private fun <T> awaited(start: ((T) -> Unit) -> Unit): T {
        val answer = CompletableFuture<T>()
        start(answer::complete)
        return answer.get(60, TimeUnit.SECONDS)
    }
}
