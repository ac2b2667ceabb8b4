@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.Door
import org.fieldbook.Office
import org.fieldbook.RecordState
import org.fieldbook.ui.app.Route
import org.fieldbook.until
import kotlin.test.Test
import kotlin.test.assertEquals

/** Work without network, and in a café whose network answers for itself: nothing is lost, and each is said. */
class NetworkTest {
    @Test
    fun `work goes on without network and in a café, and goes out after both`() = Office().use { office ->
        Door(office).use { door ->
            hand(PhoneInHand("Dana")) {
                see("Sign in")
                type("Code or link", office.enrol("Dana").code)
                type("Server", door.address)
                tap("Sign in")
                see("Hello, Dana")
                phone.app.toFront()
                until("the first sync") { phone.app.workplace?.status?.value?.lastContact != null }
                tap("Begin")

                door.before = { error("the line is cut") }
                write("written in the lift")
                val work = checkNotNull(phone.app.workplace)
                test.runOnUiThread { work.navigator.go(Route.Sync) }
                see("The server cannot be reached")
                inChinese { see("暂时连不上服务器") }
                pictures("offline")
                // The wait is counted down.
                val first = countdown()
                until("the next second") { countdown() != first }

                door.isPortal = true
                door.before = {}
                write("written in the café")
                test.runOnUiThread { work.navigator.go(Route.Sync) }
                tap("Try now")
                see("Something else answered")
                inChinese { see("可能需要先登录") }
                pictures("portal")
                tap("Open the Wi-Fi settings")
                assertEquals("open the network's sign-in", phone.device.asked.last())

                test.runOnUiThread { work.navigator.go(Route.Today) }
                see("This network asks for a sign-in · 2 items on this phone")
                test.runOnUiThread { work.navigator.go(Route.Sync) }

                door.isPortal = false
                tap("Try now")
                until("all of it is there") { work.status.value?.totals?.run { onPhone == 0uL && sent == 0uL } == true }
                runBlocking {
                    val day = phone.session.activities.days().until { it.isNotEmpty() && it[0].state == RecordState.ACCEPTED }[0]
                    assertEquals(listOf("written in the lift", "written in the café"), day.entries.map { it.text })
                }
            }
        }
    }

    private fun Hand.write(text: String) {
        test.runOnUiThread { checkNotNull(phone.app.workplace).navigator.go(Route.Activity()) }
        type("What happened?", text)
        tap("Write")
        see(text)
    }

    private fun Hand.countdown(): String? = Regex("Tries again in \\d+ s").find(screen())?.value
}
