@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.Language
import org.fieldbook.NewCustomer
import org.fieldbook.Office
import org.fieldbook.TestPhone
import org.fieldbook.until
import java.nio.file.Files
import kotlin.test.Test
import kotlin.test.assertEquals

/** A sign-in that is over: what was written stays on the phone, and another code brings it to the server. */
class AccessTest {
    @Test
    fun `a sign-in that was ended asks for another code, and what was written meanwhile goes out with it`() = Office().use { office ->
        val records = TestPhone()
        val copy = Files.createTempDirectory("fieldbook-copy").toFile()
        hand(PhoneInHand("Dana", records = records)) {
            signIn(office, "Dana")
            runBlocking { phone.session.sync.stop() }
            // The newer sign-in of one device ends the one before.
            records.folder.copyRecursively(copy, overwrite = true)
            TestPhone(copy).use { newer ->
                runBlocking { newer.open().signIn(office.address, office.enrol("Dana").code, "phone").close() }
            }
            runBlocking {
                phone.session.activities.log("written after the end")
                phone.session.customers.add(NewCustomer("Tea House", ""))
                phone.session.sync.start()
            }
            see("Sign in again")
            see("Sign-in ended · 2 items on this phone")
            picture("en-sign-in-ended")
            test.runOnUiThread { phone.app.preferences.choose(Language.ZH) }
            see("重新登录")
            picture("zh-sign-in-ended")
            test.runOnUiThread { phone.app.preferences.choose(Language.EN) }

            // Writing goes on; the person decides when to ask for a code.
            runBlocking { phone.session.activities.log("and one more") }
            tap("Sign in again")
            see("Not on the server yet")
            tap("Back")
            see("No visits planned")
            tap("Sign in again")
            type("Code or link", office.enrol("Dana").code)
            tap("Sign in")
            see("Hello, Dana")
            tap("Begin")
            sync()
            runBlocking {
                val totals = phone.session.sync.status().until { it.totals.onPhone == 0uL && it.totals.sent == 0uL }.totals
                assertEquals(0uL, totals.attention)
                val texts = phone.session.activities.days().until { it.isNotEmpty() }.first().entries.map { it.text }
                assertEquals(listOf("written after the end", "and one more"), texts)
            }
        }
    }
}
