package org.fieldbook

import java.math.BigDecimal
import java.time.LocalDate
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** What was not accepted, in the hands of the person. */
class ParkedTest {
    @Test
    fun `a step recorded too late is kept as a note of the visit`() = story {
        Office().use { office ->
            TestPhone().use { pocket ->
                TestPhone().use { tablet ->
                    val phone = pocket.signIn(office, "Dana")
                    val shop = phone.customers.add(NewCustomer("Sunrise Market", "", SUNRISE))
                    val visit = phone.visits.plan(shop)
                    phone.visits.start(visit, reading(SUNRISE))
                    phone.sync.now()
                    val second = tablet.signIn(office, "Dana")
                    second.sync.now()
                    // On the tablet, offline, while the visit ends on the phone.
                    second.visits.recordStep(visit, "display", StepValue.Text("two facings more"))
                    phone.visits.finish(visit, reading(SUNRISE))
                    phone.sync.now()
                    assertEquals(1uL, second.sync.now().parked)

                    val item = second.parked.all().until { it.isNotEmpty() }.single()
                    assertEquals("record_step", item.work)
                    assertTrue(item.typed.contains(TypedField("value", "two facings more")), item.typed.toString())
                    assertTrue(item.words.zh.isNotEmpty() && item.words.en.isNotEmpty())
                    assertEquals(
                        RecordState.NEEDS_ATTENTION,
                        second.visits.page(visit).until { it != null }!!.visit.state,
                    )
                    assertTrue(second.parked.export().contains("two facings more"))
                    second.parked.keepAsNote(item.id)
                    assertEquals(emptyList(), second.parked.all().until { it.isEmpty() })
                    assertFailsWith<FieldbookException.Missing> { second.parked.keepAsNote(item.id) }
                    second.sync.now()
                    phone.sync.now()
                    val notes = phone.visits.page(visit).until { it != null }!!.visit.notes
                    assertTrue(notes.contains("two facings more"), notes)
                    phone.close()
                    second.close()
                }
            }
        }
    }

    @Test
    fun `what follows a refused line is parked with it and goes only when the person says so`() = story {
        Office().use { office ->
            TestPhone().use { one ->
                TestPhone().use { other ->
                    val dana = one.signIn(office, "Dana")
                    val grace = other.signIn(office, "Grace")
                    val lunch = dana.approvals.draftExpense("Lunch")
                    dana.approvals.addLine(lunch, line("128.50"))
                    val revision = dana.approvals.submit(lunch)
                    dana.sync.now()
                    grace.sync.now()
                    grace.approvals.decide(lunch, revision, Decision.APPROVE)
                    dana.approvals.addLine(lunch, line("40"))
                    dana.approvals.submit(lunch)
                    grace.sync.now()
                    assertEquals(2uL, dana.sync.now().parked)
                    val (refused, follower) = dana.parked.all().until { it.size == 2 }
                    assertEquals("approval.closed", refused.rule)
                    assertEquals(refused.id, follower.dependsOn)
                    // Sent again in other words it is still not allowed; everything stays.
                    assertFailsWith<FieldbookException.Refused> {
                        dana.parked.resend(refused.id, TypedField("amount", "39"))
                    }
                    assertEquals(2, dana.parked.all().until { true }.size)
                    assertTrue(dana.parked.discard(follower.id) && dana.parked.discard(refused.id))
                    assertEquals(false, dana.parked.discard(refused.id))
                    dana.close()
                    grace.close()
                }
            }
        }
    }

    @Test
    fun `a refusal on the phone says the rule and writes nothing`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    val refused = assertFailsWith<FieldbookException.Refused> {
                        dana.customers.add(NewCustomer("", ""))
                    }
                    assertTrue(refused.rule.isNotEmpty() && refused.words.zh.isNotEmpty(), refused.toString())
                    assertEquals(emptyList(), dana.customers.list().until { true })
                    val malformed = assertFailsWith<FieldbookException.Platform> {
                        dana.visits.plan(CustomerId("not an id"))
                    }
                    assertTrue(malformed.detail.contains("CustomerId"), malformed.detail)
                }
            }
        }
    }

    private fun line(amount: String) = NewLine(LocalDate.now(), "meals", BigDecimal(amount), null)
}
