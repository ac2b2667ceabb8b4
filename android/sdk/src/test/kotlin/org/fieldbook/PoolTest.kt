package org.fieldbook

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** What people ask the server to decide about customers. */
class PoolTest {
    @Test
    fun `two claim one customer of the pool and the second is told`() = story {
        Office().use { office ->
            TestPhone().use { one ->
                TestPhone().use { other ->
                    val dana = one.signIn(office, "Dana")
                    val marcus = other.signIn(office, "Marcus")
                    val shop = dana.customers.add(NewCustomer("Harbour Deli", ""))
                    dana.customers.release(shop, "too far away")
                    assertEquals(AskedFor.RELEASE, dana.customers.page(shop).until { it != null }!!.customer.asked)
                    dana.sync.now()
                    marcus.sync.now()
                    val pooled = marcus.customers.pool().until { it.isNotEmpty() }.single()
                    assertEquals(null, pooled.owner)
                    assertNotNull(pooled.pool)

                    dana.customers.claim(shop, "I changed my mind")
                    marcus.customers.claim(shop)
                    assertEquals(1uL, marcus.customers.holdings().until { it.asked == 1uL }.asked)
                    for (session in listOf(marcus, dana, marcus)) session.sync.now()
                    val won = marcus.customers.page(shop).until { it?.customer?.owner != null }!!
                    assertEquals(marcus.account().person, won.customer.owner)
                    assertTrue(won.requests.first { it.by == marcus.account().person }.reply!!.granted)
                    // It has left Dana's phone; her claim waits with the reason, and she may claim another one.
                    assertEquals(null, dana.customers.page(shop).until { it == null })
                    val lost = dana.parked.all().until { it.isNotEmpty() }.single()
                    assertEquals("customer.taken", lost.rule)
                    assertTrue(lost.words.en.contains("Marcus") && lost.words.zh.contains("Marcus"), lost.words.en)
                    assertEquals(0uL, dana.customers.holdings().until { true }.asked)
                    dana.close()
                    marcus.close()
                }
            }
        }
    }

    @Test
    fun `a supervisor hands a customer over and a grade is asked for`() = story {
        Office().use { office ->
            TestPhone().use { one ->
                TestPhone().use { other ->
                    val dana = one.signIn(office, "Dana")
                    val grace = other.signIn(office, "Grace")
                    val shop = dana.customers.add(NewCustomer("Harbour Deli", ""))
                    dana.customers.askGrade(shop, "B", "orders every week")
                    dana.sync.now()
                    grace.sync.now()
                    val marcus = grace.people.all().first { it.name == "Marcus" }.id
                    val asked = grace.customers.page(shop).until { it != null }!!
                    assertEquals("B", asked.customer.grade)
                    assertEquals("B", asked.requests.single().newGrade)
                    grace.customers.askOwner(shop, marcus)
                    grace.sync.now()
                    assertEquals(marcus, grace.customers.page(shop).until { it?.customer?.owner == marcus }!!.customer.owner)
                    dana.close()
                    grace.close()
                }
            }
        }
    }
}
