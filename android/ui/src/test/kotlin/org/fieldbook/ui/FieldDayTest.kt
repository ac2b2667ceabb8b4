@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.ApprovalStatus
import org.fieldbook.NewCustomer
import org.fieldbook.Office
import org.fieldbook.RecordState
import org.fieldbook.SUNRISE
import org.fieldbook.VisitStatus
import org.fieldbook.reading
import org.fieldbook.ui.app.Route
import org.fieldbook.until
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** The field day of the demo, driven through the screens: a rep visits and hands in, a supervisor decides. */
class FieldDayTest {
    @Test
    fun `a rep and a supervisor tap their way through the day and agree`() = Office().use { office ->
        val (dana, grace) = PhoneInHand("Dana") to PhoneInHand("Grace")
        dana.fix = at(SUNRISE, north = 35.0)
        hand(dana, grace) {
            signIn(office, "Dana")

            // A shop at the counter.
            tap("Customers")
            tap("New customer")
            type("Name of the customer", "Sunrise Market 华东轴承")
            type("Address", "12 Harbour Road")
            tap("Add")
            see("Nothing happened here yet")

            // From the door to the end of the visit.
            val before = taps
            tap("Start visit")
            see("on site")
            tap("Start")
            see("In ")
            tapCard("Stock")
            type("How many", "12")
            tap("Save")
            type("Notes", "owner back on Friday")
            tap("Finish visit")
            type("Outcome", "12 cases")
            tap("Finish")
            see("Out ")
            assertTrue(taps - before <= 6, "check-in to check-out took ${taps - before} taps")

            // A lunch, linked to the visit.
            tapCard("New expense")
            type("What for", "Lunch")
            tap("Begin")
            tap("Add a line")
            type("Amount", "128.50")
            tap("Add")
            tap("Hand in")
            see("Waits for Grace")
            sync()
            see("Everything accepted")

            // The supervisor opens the app and decides.
            take(grace)
            signIn(office, "Grace")
            sync()
            see("Waits for you")
            see("¥128.50")
            val opened = taps
            tapCard("Lunch")
            tap("Approve")
            assertTrue(taps - opened <= 2, "a decision took ${taps - opened} taps")
            see("Approved: Lunch")
            test.mainClock.advanceTimeBy(10_000)
            seeNoMore("Approved: Lunch")
            sync()

            // Both know the same.
            take(dana)
            sync()
            see("Approved")
            // On the customer's page with its sum, which leads back here.
            test.runOnUiThread { checkNotNull(phone.app.workplace).navigator.go(Route.Customers) }
            tapCard("Sunrise Market")
            see("¥128.50 approved")
            tapCard("Lunch")
            see("Confirmed by the server: approved")
            for (phone in listOf(dana, grace)) runBlocking {
                phone.session.sync.now()
                val totals = phone.session.sync.status().until { it.lastContact != null }.totals
                assertEquals(listOf(0uL, 0uL, 0uL), listOf(totals.onPhone, totals.sent, totals.attention))
            }
            runBlocking {
                val mine = dana.session.approvals.mine().until { it.isNotEmpty() }.single()
                assertEquals(ApprovalStatus.APPROVED, mine.status)
                val visit = dana.session.visits.today().until { it.visits.isNotEmpty() }.visits.single()
                assertEquals(VisitStatus.FINISHED to "owner back on Friday", visit.status to visit.notes)
            }
        }
    }

    @Test
    fun `what was typed in a visit is there after the app was killed, and goes out`() = Office().use { office ->
        val records = phoneRecords()
        val note = "owner back on Friday"
        hand(PhoneInHand("Dana", records = records, keeps = true)) {
            signIn(office, "Dana")
            runBlocking {
                phone.session.sync.stop()
                val shop = phone.session.customers.add(NewCustomer("Tea House", "", SUNRISE))
                phone.session.visits.start(phone.session.visits.plan(shop), reading(SUNRISE))
            }
            tap("Go on at Tea House")
            type("Notes", note)
            tapCard("Stock")
            type("How many", "17")
            until("what is typed is on the disk") { "17" in phone.draftsOnDisk }
            // Killed: nobody says goodbye to the screens.
            phone.session.close()
        }
        hand(PhoneInHand("Dana", records = records)) {
            tap("Go on at Tea House")
            see(note)
            tapCard("Stock")
            see("17")
            tap("Save")
            tap("Finish visit")
            tap("Finish")
            see("Out ")
            sync()
            runBlocking {
                val visit = phone.session.visits.today().until { it.visits.isNotEmpty() }.visits.single()
                assertEquals(note to RecordState.ACCEPTED, visit.notes to visit.state)
            }
        }
    }

    @Test
    fun `a link that starts the app fills in the sign-in, and one that comes later leads back to the work`() = Office().use { office ->
        hand(PhoneInHand("Dana")) {
            phone.app.openLink(office.enrol("Dana").link)
            see("Filled in from the link")
            tap("Sign in")
            tap("Begin")
            phone.app.openLink(office.enrol("Marcus").link)
            see("Filled in from the link")
            see("Dana")
            tap("Back")
            see("No visits planned")
        }
    }

    @Test
    fun `what happened leads to where it happened`() = Office().use { office ->
        hand(PhoneInHand("Dana")) {
            signIn(office, "Dana")
            runBlocking {
                val shop = phone.session.customers.add(NewCustomer("Tea House", "", SUNRISE))
                val visit = phone.session.visits.plan(shop)
                phone.session.visits.start(visit, reading(SUNRISE))
                phone.session.visits.finish(visit, reading(SUNRISE), outcome = "12 cases")
            }
            tap("Customers")
            tapCard("Tea House")
            tapCard("Visit finished")
            see("Out ")
            tap("Back")
            see("Contacts")
        }
    }

    @Test
    fun `the language changes at once and everywhere`() = Office().use { office ->
        hand(PhoneInHand("Dana")) {
            signIn(office, "Dana")
            tap("Me")
            tap("简体中文")
            see("我的")
            tap("今天")
            see("今天没有安排拜访")
            tap("我的")
            tap("English")
            tap("Today")
            see("No visits planned")
        }
    }
}
