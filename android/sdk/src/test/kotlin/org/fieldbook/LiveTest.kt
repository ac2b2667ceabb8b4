package org.fieldbook

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Lists that change by themselves. */
class LiveTest {
    @Test
    fun `a supervisor's list shows the visit of a rep as it happens`() = story {
        Office().use { office ->
            TestPhone().use { one ->
                TestPhone().use { other ->
                    val dana = one.signIn(office, "Dana")
                    val grace = other.signIn(office, "Grace")
                    dana.sync.start()
                    grace.sync.start()
                    coroutineScope {
                        val seen = async { grace.customers.list().until { list -> list.any { it.name == "Tea House" } } }
                        val shop = dana.customers.add(NewCustomer("Tea House", "", SUNRISE))
                        seen.await()
                        val visit = dana.visits.plan(shop)
                        val started = async {
                            grace.visits.page(visit).until { it?.visit?.status == VisitStatus.STARTED }
                        }
                        dana.visits.start(visit, reading(SUNRISE))
                        assertEquals("Tea House", started.await()?.visit?.customerName)
                    }
                    dana.visits.today().until { it.visits.all { visit -> visit.state == RecordState.ACCEPTED } }
                    val status = dana.sync.status().until { it.phase == Phase.UpToDate }
                    assertEquals(0uL, status.totals.onPhone)
                    dana.sync.stop()
                    dana.sync.status().until { it.phase == Phase.Stopped }
                    dana.close()
                    grace.close()
                }
            }
        }
    }

    @Test
    fun `a flow answers once for each change and not for others`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    coroutineScope {
                        val begun = CompletableDeferred<Unit>()
                        val names = async(Dispatchers.IO) {
                            dana.customers.list()
                                .onEach { begun.complete(Unit) }
                                .take(2)
                                .toList()
                                .map { list -> list.map { it.name } }
                        }
                        // The answer before the change: a flow that begins after it has only one to give.
                        begun.await()
                        dana.activities.log("nothing about customers' names")
                        dana.customers.add(NewCustomer("Tea House", ""))
                        assertEquals(listOf(emptyList(), listOf("Tea House")), names.await())
                    }
                }
            }
        }
    }

    @Test
    fun `a thousand observers come and go without a leak`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    repeat(2) {
                        coroutineScope {
                            val answered = List(1_000) { CompletableDeferred<Unit>() }
                            val jobs = answered.map { first ->
                                launch(Dispatchers.IO) { dana.customers.list().collect { first.complete(Unit) } }
                            }
                            answered.forEach { it.await() }
                            assertEquals(1_000, dana.watchers)
                            dana.customers.add(NewCustomer("Shop", ""))
                            jobs.forEach { it.cancelAndJoin() }
                        }
                        assertEquals(0, dana.watchers, "every handle ended with its collector")
                    }
                    assertTrue(dana.customers.list().until { it.size == 2 }.isNotEmpty())
                }
            }
        }
    }
}
