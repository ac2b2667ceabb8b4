@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.Language
import org.fieldbook.MovedClock
import org.fieldbook.NewCustomer
import org.fieldbook.Office
import org.fieldbook.RecordState
import org.fieldbook.SUNRISE
import org.fieldbook.TestClock
import org.fieldbook.VisitStatus
import org.fieldbook.reading
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.format.Formats
import org.fieldbook.until
import java.time.Clock
import java.time.Duration
import java.time.Instant
import java.time.ZoneId
import kotlin.test.Test
import kotlin.test.assertEquals

private const val DAY_MS = 86_400_000L

/** Somebody set the phone's clock: it is said where it matters, nothing is lost, and the supervisor sees by how much. */
class ClockTest {
    @Test
    fun `a clock that was set back is said in both languages and the visit stands`() = Office().use { office ->
        val (dana, grace) = PhoneInHand("Dana") to PhoneInHand("Grace")
        dana.fix = at(SUNRISE, north = 35.0)
        hand(dana, grace) {
            signIn(office, "Dana")
            val visit = runBlocking {
                phone.session.sync.stop()
                val shop = phone.session.customers.add(NewCustomer("Tea House", "", SUNRISE))
                phone.session.visits.plan(shop).also { phone.session.visits.start(it, reading(SUNRISE)) }
            }
            tap("Go on at Tea House")
            see("In ")
            dana.clock = MovedClock(-2 * DAY_MS - 60_000)
            type("Notes", "owner back on Friday")
            tap("Finish visit")
            tap("Finish")
            see("Out ")
            see("The clock of this phone is 2 days behind")
            see("the phone’s clock was 2 days behind")
            picture("en-clock")
            dark = true
            picture("en-clock-dark")
            dark = false
            textSize = 2f
            picture("en-clock-200")
            textSize = 1f
            tap("Open date and time")
            assertEquals("open the settings of the clock", dana.device.asked.last())
            val work = checkNotNull(phone.app.workplace)
            for (route in listOf(Route.Today, Route.Sync)) {
                test.runOnUiThread { work.navigator.go(route) }
                see("The clock of this phone is 2 days behind")
            }
            test.runOnUiThread { phone.app.preferences.choose(Language.ZH) }
            see("手机时钟慢了约 2 天")
            picture("zh-clock")
            sync()
            runBlocking {
                val page = phone.session.visits.page(visit).until { it?.visit?.state == RecordState.ACCEPTED }!!
                assertEquals(VisitStatus.FINISHED to "owner back on Friday", page.visit.status to page.visit.notes)
            }

            // Right again: with the next contact nothing is said any more.
            dana.clock = TestClock
            sync()
            seeNoMore("手机时钟")

            // The supervisor reads by how much, and that is all.
            take(grace)
            signIn(office, "Grace")
            sync()
            test.runOnUiThread { checkNotNull(phone.app.workplace).navigator.go(Route.Visit(visit)) }
            see("the phone’s clock was 2 days behind")
            assertEquals(false, sees("The clock of this phone"))
        }
    }

    @Test
    fun `a day that stays open past midnight is the next day`() = Office().use { office ->
        val (phone, clock) = PhoneInHand("Dana") to LaterClock(CLOCK)
        hand(phone, clock = clock) {
            signIn(office, "Dana")
            runBlocking {
                phone.session.sync.stop()
                phone.session.visits.plan(phone.session.customers.add(NewCustomer("Tea House", "", SUNRISE)))
            }
            see("0 of 1 visits")
            phone.clock = MovedClock(DAY_MS)
            clock.later = Duration.ofDays(1)
            test.mainClock.advanceTimeBy(60_000)
            seeNoMore("0 of 1 visits")
            see(Formats(Language.EN, clock).run { day(today) })
        }
    }

    /** A clock that a test can move on. */
    private class LaterClock(private val base: Clock) : Clock() {
        @Volatile
        var later: Duration = Duration.ZERO

        override fun getZone(): ZoneId = base.zone

        override fun withZone(zone: ZoneId): Clock = base.withZone(zone)

        override fun instant(): Instant = base.instant().plus(later)
    }
}
