@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import kotlinx.coroutines.runBlocking
import org.fieldbook.ContactFields
import org.fieldbook.NewCustomer
import org.fieldbook.NewLine
import org.fieldbook.Office
import org.fieldbook.SUNRISE
import org.fieldbook.reading
import org.fieldbook.ui.app.Route
import org.junit.jupiter.api.Test
import java.math.BigDecimal
import java.time.LocalDate
import kotlin.test.assertEquals

/** Whatever can be tapped is large enough for a thumb: 48 dp each way. */
class ThumbTest {
    @Test
    fun `everything that can be tapped on the main screens is 48 dp or more`() = Office().use { office ->
        hand(PhoneInHand("Dana")) {
            signIn(office, "Dana")
            val (shop, visit, lunch) = runBlocking {
                phone.session.sync.stop()
                val shop = phone.session.customers.add(NewCustomer("Tea House", "7 Quay", SUNRISE))
                phone.session.customers.addContact(shop, ContactFields("Ms Li", "owner", "138 0013 8000", null))
                val visit = phone.session.visits.plan(shop)
                phone.session.visits.start(visit, reading(SUNRISE))
                val lunch = phone.session.approvals.draftExpense("Lunch", shop, visit)
                phone.session.approvals.addLine(lunch, NewLine(LocalDate.now(), "meals", BigDecimal("96")))
                Triple(shop, visit, lunch)
            }
            val work = checkNotNull(phone.app.workplace)
            val small = sortedSetOf<String>()
            val routes = listOf(
                Route.Today, Route.Customers, Route.Expenses, Route.Me, Route.Customer(shop), Route.Visit(visit),
                Route.Activity(shop), Route.Attention, Route.Sync, Route.Approvals, Route.Expense(lunch),
            )
            for (route in routes) {
                test.runOnUiThread { work.navigator.go(route) }
                test.waitForIdle()
                see(if (route == Route.Sync) "Last contact" else "last contact")
                for (node in test.onAllNodes(hasClickAction()).fetchSemanticsNodes(false)) {
                    val size = node.size.run { minOf(width, height) } / 2
                    if (size < 48 && !node.isChip) small += "$route: ${node.said} is $size dp"
                }
            }
            assertEquals(emptyList(), small.toList())
        }
    }

    /** A chip draws less than it takes: Material keeps 48 dp of the row for it. */
    private val SemanticsNode.isChip get() = config.getOrNull(SemanticsProperties.Role) == Role.Checkbox

    private val SemanticsNode.said
        get() = listOfNotNull(
            config.getOrNull(SemanticsProperties.Text)?.joinToString(),
            config.getOrNull(SemanticsProperties.ContentDescription)?.joinToString(),
        ).joinToString()
}
