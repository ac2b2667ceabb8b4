@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.Door
import org.fieldbook.Language
import org.fieldbook.NewCustomer
import org.fieldbook.Office
import org.fieldbook.Position
import org.fieldbook.SUNRISE
import org.fieldbook.TestPhone
import org.fieldbook.ui.app.Route
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlin.test.Test
import kotlin.test.assertTrue
import kotlin.time.measureTime

/** How many customers a large territory has. */
private const val TERRITORY = 3_000

/** How far down somebody scrolls. */
private const val PAGES = 10

/** A large territory comes to a new phone, is scrolled and searched. */
class ArrivalTest {
    @Test
    fun `a territory arrives with a bar, work begins before its end, and three thousand customers are found while typing`() = Office().use { office ->
        TestPhone().use { other -> runBlocking { other.fill(office) } }
        Door(office).use { door ->
            val (asked, goOn) = AtomicInteger() to CountDownLatch(1)
            // The second answer waits, so that the moment before it can be looked at.
            door.before = { path ->
                if (path.endsWith("/sync") && asked.incrementAndGet() == 2) goOn.await(60, TimeUnit.SECONDS)
            }
            hand(PhoneInHand("Grace")) {
                see("Sign in")
                type("Code or link", office.enrol("Grace").code)
                type("Server", door.address)
                tap("Sign in")
                see("Hello, Grace")
                phone.app.toFront()
                val work = checkNotNull(phone.app.workplace)
                until("a part of the territory") { work.status.value?.arriving != null }
                see("so far")
                picture("en-arriving")
                test.runOnUiThread { phone.app.preferences.choose(Language.ZH) }
                see("已收到")
                picture("zh-arriving")
                test.runOnUiThread { phone.app.preferences.choose(Language.EN) }
                val way = checkNotNull(work.status.value?.arriving)
                assertTrue(way.read in 1uL..<way.of, "$way")

                // The first list is there while the rest comes.
                tap("Begin")
                test.runOnUiThread { work.navigator.go(Route.Customers) }
                see("Shop 0")
                test.runOnUiThread { work.navigator.go(Route.Sync) }
                see("Receiving")
                goOn.countDown()
                until("the whole territory") { work.status.value?.run { arriving == null && totals.records >= TERRITORY.toULong() } == true }

                test.runOnUiThread { work.navigator.go(Route.Customers) }
                val scrolled = measureTime { repeat(PAGES) { down() } }
                type("Name, address, contact, tag", "Shop 2")
                see("Shop 2")
                val typed = measureTime {
                    type("Name, address, contact, tag", "Shop 2999")
                    see("2999 Long Road")
                }
                val chinese = measureTime {
                    type("Name, address, contact, tag", "旭日 1500")
                    see("1500 Long Road")
                }
                println("$TERRITORY customers: $PAGES pages further down in $scrolled, found by name in $typed, by a Chinese one in $chinese")
            }
        }
    }

    private suspend fun TestPhone.fill(office: Office) = signIn(office, "Dana").use { dana ->
        dana.sync.now()
        repeat(TERRITORY) { number ->
            val name = "Shop %04d 旭日超市 %d".format(number, number)
            dana.customers.add(NewCustomer(name, "$number Long Road", Position(SUNRISE.lat + number * 1e-5, SUNRISE.lon)))
        }
        dana.sync.now()
    }
}
