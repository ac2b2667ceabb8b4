@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.ApprovalStatus
import org.fieldbook.FormValue
import org.fieldbook.Handing
import org.fieldbook.Language
import org.fieldbook.Office
import org.fieldbook.TestPhone
import org.fieldbook.until
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** Requests of other forms than the expense, and who decides on them. */
class RequestsTest {
    @Test
    fun `a request of another form is filled in, handed in and read by whoever decides`() = Office().use { office ->
        office.command("user", "add", "Liu", "--role", "rep", "--unit", "South", "--duty", "marketing")
        val (dana, grace) = PhoneInHand("Dana") to PhoneInHand("Grace")
        hand(dana, grace) {
            signIn(office, "Dana")
            runBlocking { phone.session.sync.stop() }
            tap("Expenses")
            tap("Another request…")
            tap("Sales policy")
            type("What for", "Autumn offer")
            pictures("new-request")
            tap("Begin")
            // What the form asks for is said before it is handed in.
            type("Terms", "two for one")
            tapCard("From: Choose a day")
            tap("Save")
            see("From: today")
            tapCard("Until: Choose a day")
            tap("Save")
            see("Until: today")
            top()
            picture("en-form")
            textSize = 2f
            picture("en-form-200")
            textSize = 1f
            dark = true
            picture("en-form-dark")
            dark = false
            test.runOnUiThread { phone.app.preferences.choose(Language.ZH) }
            top()
            picture("zh-form")
            textSize = 2f
            picture("zh-form-200")
            textSize = 1f
            dark = true
            picture("zh-form-dark")
            dark = false
            test.runOnUiThread { phone.app.preferences.choose(Language.EN) }
            tap("Hand in")
            see("Handed in")
            see("two for one")
            sync()
            see("Everything accepted")

            take(grace)
            signIn(office, "Grace")
            runBlocking { phone.session.sync.stop() }
            sync()
            tapCard("Autumn offer")
            see("two for one")
            pictures("form-approval")
            tap("Approve")
            see("Approved: Autumn offer")
            runBlocking { checkNotNull(phone.app.workplace).undo.settle() }
            sync()
            runBlocking {
                dana.session.sync.now()
                val policy = dana.session.approvals.mine().until { it.isNotEmpty() }.single()
                // Marketing decides after the supervisor.
                assertEquals(ApprovalStatus.SUBMITTED to 2u, policy.status to policy.step)
                val terms = dana.session.approvals.page(policy.id).until { it != null }!!.fields.single { it.name == "terms" }
                assertEquals<FormValue>(FormValue.Text("two for one"), terms.value)
            }
        }
    }

    @Test
    fun `an approver brings somebody in, who decides in their place`() = Office().use { office ->
        office.command("user", "add", "Liu", "--role", "supervisor", "--unit", "South")
        val (grace, liu) = PhoneInHand("Grace") to PhoneInHand("Liu")
        hand(grace, liu) {
            signIn(office, "Grace")
            runBlocking { phone.session.sync.stop() }
            TestPhone().use { other -> runBlocking { other.handInLunch(office) } }
            sync()
            tapCard("Lunch")
            tap("Bring in…")
            see("instead of you")
            tap("Liu")
            type("Remark", "I am away tomorrow")
            pictures("hand-over")
            tap("Bring in")
            see("Handed over")
            see("→ Liu")
            picture("en-handed-over")
            test.runOnUiThread { phone.app.preferences.choose(Language.ZH) }
            see("委办")
            picture("zh-handed-over")
            sync()

            take(liu)
            signIn(office, "Liu")
            runBlocking { phone.session.sync.stop() }
            sync()
            // A supervisor herself, she holds two seats, and one card.
            tapCard("Lunch")
            see("You decide for")
            tap("Grace")
            pictures("seats")
            tap("Approve")
            runBlocking { checkNotNull(phone.app.workplace).undo.settle() }
            sync()
            runBlocking {
                val lunch = grace.session.approvals
                grace.session.sync.now()
                val decided = lunch.inbox().until { it.isEmpty() }
                assertTrue(decided.isEmpty())
            }
        }
    }

    @Test
    fun `a rep who is brought in on a request has a room to decide in`() = Office().use { office ->
        val (grace, marcus) = PhoneInHand("Grace") to PhoneInHand("Marcus")
        hand(grace, marcus) {
            signIn(office, "Grace")
            take(marcus)
            signIn(office, "Marcus")
            runBlocking { phone.session.sync.stop() }
            assertFalse(sees("Approvals"), screen())
            runBlocking {
                TestPhone().use { other ->
                    val lunch = other.handInLunch(office)
                    grace.session.sync.now()
                    val brought = grace.session.people.all().first { it.name == "Marcus" }.id
                    grace.session.approvals.handOver(lunch, Handing.DELEGATE, brought)
                    grace.session.sync.now()
                }
            }
            sync()
            tap("Approvals")
            tapCard("Lunch")
            tap("Approve")
            see("Approved: Lunch")
            tap("Today")
            see("No visits planned")
        }
    }

    @Test
    fun `what was taken back is corrected without network and handed in again`() = Office().use { office ->
        val (dana, grace) = PhoneInHand("Dana") to PhoneInHand("Grace")
        hand(dana, grace) {
            signIn(office, "Dana")
            runBlocking { phone.session.sync.stop() }
            tap("Expenses")
            tap("New expense")
            type("What for", "Lunch")
            tap("Begin")
            addLine("128.50")
            tap("Hand in")
            sync()
            see("Waits for Grace")
            tap("Take it back")
            see("Taken back, not confirmed yet")
            assertFalse(sees("Hand in"), screen())
            // The office has not heard of it, and she corrects it already.
            addLine("12")
            see("¥140.50")
            tap("Hand in")
            sync()
            see("Everything accepted")
            see("Waits for Grace")

            // And once more, with network: what she took back is hers again, and goes in as it is.
            tap("Take it back")
            sync()
            see("Taken back")
            picture("en-taken-back")
            inChinese { picture("zh-taken-back") }
            tap("Back")
            see("To hand in")
            assertFalse(sees("Decided"), screen())
            tapCard("Lunch")
            tap("Hand in")
            sync()

            take(grace)
            signIn(office, "Grace")
            runBlocking { phone.session.sync.stop() }
            sync()
            tapCard("Lunch")
            see("¥140.50")
            tap("Approve")
            runBlocking { checkNotNull(phone.app.workplace).undo.settle() }
            sync()
            take(dana)
            sync()
            see("Approved")
        }
    }

    private fun Hand.addLine(amount: String) {
        tap("Add a line")
        type("Amount", amount)
        tap("Add")
    }
}
