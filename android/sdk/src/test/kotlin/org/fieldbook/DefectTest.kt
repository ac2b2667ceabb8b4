package org.fieldbook

import kotlinx.coroutines.Dispatchers
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** What goes wrong in the app's own parts or inside the library becomes an error that a screen can show. */
class DefectTest {
    @Test
    fun `a clock that throws is an error and writes nothing`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                val dana = phone.signIn(office, "Dana")
                phone.clock = object : PlatformClock {
                    override fun read(): ClockReading = error("the battery of the clock is empty")
                }
                val failed = assertFailsWith<FieldbookException.Platform> {
                    dana.customers.add(NewCustomer("Tea House", ""))
                }
                assertTrue(failed.detail.contains("battery"), failed.detail)
                phone.clock = object : PlatformClock {
                    override fun read() = TestClock.read().copy(utcOffsetSeconds = 99 * 3600)
                }
                assertFailsWith<FieldbookException.Platform> { dana.customers.add(NewCustomer("Tea House", "")) }
                phone.clock = TestClock
                assertEquals(emptyList(), dana.customers.list().until { true })
                dana.close()
            }
        }
    }

    @Test
    fun `a place or a network that throws is an answer like any other`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.location = object : PlatformLocation {
                    override suspend fun locate(patienceMs: ULong): Fix = error("no such sensor")
                }
                phone.connectivity = object : PlatformConnectivity {
                    override fun isOnline(): Boolean = error("no radio")
                }
                phone.signIn(office, "Dana").use { dana ->
                    assertFailsWith<FieldbookException.Platform> { dana.visits.locate() }
                    assertEquals(null, dana.sync.status().until { true }.online)
                }
            }
        }
    }

    @Test
    fun `a listener that throws disturbs nobody`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                val session = phone.signInNative(office, "Dana")
                val live = session.live()
                var heard = 0
                live.watch(
                    listOf(Topic.CUSTOMERS),
                    object : ChangeListener {
                        override fun changed() {
                            heard += 1
                            error("a listener of an app")
                        }
                    },
                ).use {
                    session.customers().use { customers -> customers.add(NewCustomer("Tea House", "")) }
                    assertEquals(1, heard)
                    assertEquals(1uL, live.watchers())
                }
                assertEquals(0uL, live.watchers(), "dropping the handle ends it")
                live.close()
                session.close()
            }
        }
    }

    @Test
    fun `a panic of the library is an error that says what is safe`() = story {
        val failed = assertFailsWith<FieldbookException.Defect> {
            Calls(Dispatchers.IO).disk { throw InternalException("index out of bounds") }
        }
        assertEquals("index out of bounds", failed.detail)
        assertTrue(failed.words.en.contains("What was saved before is safe"))
        assertTrue(failed.words.zh.contains("不受影响"))
    }

    @Test
    fun `a panic of a call that answers later is such an error too`() = story {
        val failed = assertFailsWith<FieldbookException.Defect> {
            Calls(Dispatchers.IO).answered { throw InternalException("no reactor running") }
        }
        assertEquals("no reactor running", failed.detail)
    }

    @Test
    fun `a call that comes after the records were let go says that it was stopped`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                val dana = phone.signIn(office, "Dana")
                dana.close()
                assertFailsWith<FieldbookException.Cancelled> { dana.storageBytes() }
                assertFailsWith<FieldbookException.Cancelled> { dana.sync.start() }
                assertFailsWith<FieldbookException.Cancelled> { dana.visits.today().until { true } }
            }
        }
    }
}
