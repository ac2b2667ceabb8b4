package org.fieldbook

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** What goes wrong around a phone: each is said in both languages, and nothing is lost. */
class TroubleTest {
    @Test
    fun `a network that asks for its own sign-in says so and the work goes out after it`() = story {
        Office().use { office ->
            Door(office).use { door ->
                TestPhone().use { phone ->
                    val fieldbook = phone.open()
                    val code = office.enrol("Dana").code
                    door.isPortal = true
                    val shut = assertFailsWith<FieldbookException.Portal> { fieldbook.signIn(door.address, code, "phone") }
                    assertTrue(shut.words.en.isNotEmpty() && shut.words.zh.isNotEmpty())
                    door.isPortal = false
                    fieldbook.signIn(door.address, code, "phone").use { dana ->
                        dana.sync.now()
                        dana.customers.add(NewCustomer("Tea House", ""))
                        door.isPortal = true
                        assertFailsWith<FieldbookException.Portal> { dana.sync.now() }
                        assertTrue(dana.sync.status().until { it.trouble != null }.trouble is FieldbookException.Portal)
                        assertEquals(1uL, dana.unsent().records.single().count)
                        door.isPortal = false
                        assertEquals(1uL, dana.sync.now().accepted)
                    }
                }
            }
        }
    }

    @Test
    fun `a phone whose access was ended says so and keeps what was not taken over`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                val dana = phone.signIn(office, "Dana")
                dana.customers.add(NewCustomer("Sunrise Market", ""))
                dana.sync.now()
                dana.customers.add(NewCustomer("Tea House", ""))
                val row = office.command("device", "list").lines().single { "Dana's phone" in it }
                office.command("device", "revoke", Regex("[0-9a-f]{8}-[0-9a-f-]{27}").find(row)!!.value)
                dana.sync.now()
                val ended = assertNotNull(dana.sync.status().until { it.ended != null }.ended)
                assertTrue(ended.zh.contains("权限已终止"), ended.toString())
                // Everything went but what the person had not handed in; that can be exported, and nothing new is written.
                assertEquals(emptyList(), dana.customers.list().until { it.isEmpty() })
                val kept = dana.parked.all().until { it.isNotEmpty() }.single()
                assertTrue(kept.typed.contains(TypedField("name", "Tea House")), kept.typed.toString())
                assertTrue(dana.parked.export().contains("Tea House"))
                val refused = assertFailsWith<FieldbookException.Refused> { dana.customers.add(NewCustomer("Noodle Bar", "")) }
                assertEquals("rights.revoked", refused.rule)
                dana.close()
            }
        }
    }

    @Test
    fun `a clock that was set back two days loses nothing and keeps the order`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    val shop = dana.customers.add(NewCustomer("Tea House", "", SUNRISE))
                    val visit = dana.visits.plan(shop)
                    dana.visits.start(visit, reading(SUNRISE))
                    dana.sync.now()
                    assertEquals(null, dana.sync.status().until { true }.clock, "the clock is right")
                    phone.clock = MovedClock(-2 * 86_400_000L)
                    dana.visits.recordStep(visit, "stock", StepValue.Count(12))
                    dana.visits.finish(visit, reading(SUNRISE))
                    assertEquals(0uL, dana.sync.now().parked)
                    val page = dana.visits.page(visit).until { it?.visit?.state == RecordState.ACCEPTED }!!
                    assertEquals(VisitStatus.FINISHED, page.visit.status)
                    assertEquals(StepValue.Count(12), page.steps.single().value)
                    assertEquals(setOf(null, -2 * 24 * 60L), page.checkIns.map { it.clockMinutes?.roundToHour() }.toSet())
                    val off = assertNotNull(dana.sync.status().until { it.clock != null }.clock)
                    assertTrue(off.words.en.contains("behind") && off.words.zh.contains("慢了"), off.words.en)
                }
            }
        }
    }

    /** The machine is busy: a minute more or less. */
    private fun Long.roundToHour() = Math.round(this / 60.0) * 60

    @Test
    fun `a copy of the records on another phone becomes a phone of its own`() = story {
        Office().use { office ->
            TestPhone().use { first ->
                TestPhone().use { second ->
                    first.marker = "first".toByteArray()
                    second.marker = "second".toByteArray()
                    first.signIn(office, "Dana").use { it.sync.now() }
                    first.folder.copyRecursively(second.folder, overwrite = true)
                    val one = assertNotNull(first.open().resume())
                    val other = assertNotNull(second.open().resume())
                    one.customers.add(NewCustomer("Tea House", ""))
                    other.customers.add(NewCustomer("Noodle Bar", ""))
                    for (session in listOf(one, other, one)) assertEquals(0uL, session.sync.now().parked)
                    assertEquals(
                        listOf("Noodle Bar", "Tea House"),
                        one.customers.list().until { it.size == 2 }.map { it.name },
                    )
                    assertEquals(2, office.command("device", "list").lines().count { "Dana" in it })
                    one.close()
                    other.close()
                }
            }
        }
    }

    @Test
    fun `support gets what helps and nothing of other people`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    dana.sync.now()
                    val shop = dana.customers.add(NewCustomer("Tea House", ""))
                    val visit = dana.visits.plan(shop, "count the stock")
                    val report = dana.supportReport()
                    assertTrue(report.contains("\"on_phone\":2") && report.contains("\"sqlite\""), report)
                    assertTrue("Tea House" !in report && "count the stock" !in report, report)
                    assertTrue(dana.storageBytes() > 0)
                    assertEquals(visit, dana.visits.toCustomer(shop).until { it.isNotEmpty() }.single().id)
                    assertEquals(emptyList(), dana.approvals.spentOn(shop).until { true }.expenses)
                }
            }
        }
    }
}
