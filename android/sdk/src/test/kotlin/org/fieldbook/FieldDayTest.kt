package org.fieldbook

import java.math.BigDecimal
import java.time.LocalDate
import java.time.OffsetDateTime
import java.time.ZoneOffset
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** The field day of the demo, driven from Kotlin: two reps and a supervisor, one phone killed on the way. */
class FieldDayTest {
    @Test
    fun `two reps and a supervisor come to the same truth though a phone is killed on the way`() = story {
        Office().use { office ->
            val phones = listOf("Dana", "Marcus", "Grace").map { TestPhone() }
            val (dana, marcus, grace) = phones.zip(listOf("Dana", "Marcus", "Grace")) { phone, who ->
                phone.signIn(office, who).also { it.sync.now() }
            }
            assertEquals(Role.SUPERVISOR, grace.people.me().until { it != null }?.role)

            // Dana, offline: a shop at the counter, a visit on the spot, a lunch.
            val shop = dana.customers.add(NewCustomer("Sunrise Market 华东轴承", "12 Harbour Road", SUNRISE))
            val visit = dana.visits.plan(shop, "count the stock")
            val judged = dana.visits.judge(shop, reading(SUNRISE, north = 35.0))
            assertEquals(Verdict.INSIDE, judged.verdict)
            assertEquals(35.0, judged.distanceM!!, 1.0)
            dana.visits.start(visit, reading(SUNRISE, north = 35.0))
            dana.visits.recordStep(visit, "stock", StepValue.Count(12))
            dana.visits.setNotes(visit, "", "owner back on Friday")
            dana.activities.log("price list asked for", shop, visit)
            dana.visits.finish(visit, reading(SUNRISE, north = 20.0), outcome = "12 cases")
            val lunch = dana.approvals.draftExpense("Lunch", shop, visit)
            dana.approvals.addLine(lunch, NewLine(LocalDate.now(), "meals", BigDecimal("128.50"), null))
            dana.approvals.submit(lunch)
            assertEquals(RecordState.ON_PHONE, dana.visits.today().until { it.visits.size == 1 }.visits[0].state)

            // Marcus, underground: no fix; his app is killed while he writes.
            val den = marcus.customers.add(NewCustomer("Tunnel Kiosk", ""))
            val below = marcus.visits.plan(den)
            assertEquals(Fix.NotFound, marcus.visits.locate(patienceMs = 100))
            assertEquals(Verdict.UNKNOWN, marcus.visits.start(below, null, "basement, no signal").verdict)
            marcus.close()
            val saved = KilledPhone.writeUntilKilled(phones[1].folder, entries = 25)
            assertTrue(saved >= 25, "it was killed after the 25th entry")
            val again = assertNotNull(phones[1].open().resume())
            val entries = again.activities.days().until { it.isNotEmpty() }[0].entries.map { it.text }
            assertEquals((1..saved).map { "entry $it" }, entries.take(saved), "what the screen called saved is there")
            assertEquals(VisitStatus.STARTED, again.visits.page(below).until { it != null }!!.visit.status)
            again.visits.finish(below, null, "basement, no signal")

            // Connections come back.
            for (session in listOf(dana, again, grace)) session.sync.now()
            val team = grace.visits.team(LocalDate.now(ZoneOffset.ofHours(8))).until { it.visits.size == 2 }
            assertEquals(2u, team.done)
            assertEquals(setOf(Verdict.INSIDE, Verdict.UNKNOWN), team.visits.map { it.verdict }.toSet())
            val inbox = grace.approvals.inbox().until { it.size == 1 }
            assertEquals(BigDecimal("128.50"), inbox[0].approval.total.amount)
            assertEquals(false, inbox[0].odd)

            // Grace decides, offline; it counts when the server confirms.
            grace.approvals.decide(lunch, inbox[0].approval.revision, Decision.APPROVE)
            assertEquals(
                ApprovalStatus.PROVISIONAL,
                grace.approvals.page(lunch).until { it != null }!!.approval.status,
            )
            for (session in listOf(grace, dana, again, grace)) session.sync.now()
            for (session in listOf(grace, dana)) {
                assertEquals(ApprovalStatus.APPROVED, session.approvals.page(lunch).until { it != null }!!.approval.status)
            }

            // Agreement, and nothing left behind.
            for (session in listOf(dana, again, grace)) {
                val totals = session.sync.status().until { it.lastContact != null }.totals
                assertEquals(listOf(0uL, 0uL, 0uL), listOf(totals.onPhone, totals.sent, totals.attention))
                assertTrue(session.unsent().records.isEmpty())
            }
            val seen = grace.customers.page(shop).until { it != null }!!
            assertTrue(seen.timeline.any { it.text == "price list asked for" })
            assertEquals(entries.size, grace.activities.days(again.account().person).until { it.isNotEmpty() }[0].entries.size)
            listOf(dana, again, grace).forEach(Session::close)
            phones.forEach(TestPhone::close)
        }
    }

    @Test
    fun `a plan with the offset of its place reads back as it was`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    val shop = dana.customers.add(NewCustomer("Sunrise Market", ""))
                    val start = OffsetDateTime.parse("2026-11-26T10:00:00+08:00")
                    val visit = dana.visits.plan(shop, "bring the price", start)
                    val page = dana.visits.page(visit).until { it != null }!!
                    assertEquals(start, page.visit.planned)
                    assertEquals(1, dana.visits.on(start.toLocalDate()).until { it.visits.isNotEmpty() }.visits.size)
                }
            }
        }
    }
}
