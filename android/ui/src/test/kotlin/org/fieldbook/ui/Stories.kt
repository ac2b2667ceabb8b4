@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runSkikoComposeUiTest
import androidx.compose.ui.text.ExperimentalTextApi
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.platform.SystemFont
import androidx.compose.ui.unit.Density
import kotlinx.coroutines.runBlocking
import org.fieldbook.Fieldbook
import org.fieldbook.Fix
import org.fieldbook.Language
import org.fieldbook.NewLine
import org.fieldbook.Office
import org.fieldbook.Position
import org.fieldbook.TestPhone
import org.fieldbook.Vault
import org.fieldbook.reading
import java.io.File
import java.math.BigDecimal
import java.nio.file.Files
import java.time.Clock
import java.time.LocalDate
import java.time.ZoneOffset
import kotlin.time.Duration.Companion.minutes

/** A story of people with phones, on a small screen: 360 by 640 dp. */

fun hand(vararg phones: PhoneInHand, clock: Clock = CLOCK, story: Hand.() -> Unit) {
    try {
        runSkikoComposeUiTest(size = Size(720f, 1280f), density = Density(2f), testTimeout = 5.minutes) {
            val hand = Hand(this)
            setContent {
                val scope = rememberCoroutineScope()
                remember { phones.forEach { it.start(scope) } }
                CompositionLocalProvider(LocalDensity provides Density(2f, hand.textSize)) {
                    if (hand.phone in phones) {
                        key(hand.phone) { FieldbookApp(hand.phone.app, hand.dark, FONT, clock) }
                    }
                }
            }
            hand.take(phones.first())
            hand.story()
        }
    } finally {
        phones.forEach(PhoneInHand::close)
    }
}

/** Signs somebody in on a phone in the hand, by typing the code. */
fun Hand.signIn(office: Office, person: String) {
    see("Sign in")
    type("Code or link", office.enrol(person).code)
    type("Server", office.address)
    tap("Sign in")
    see("Hello, $person")
    phone.app.toFront()
    until("the first sync") { phone.app.workplace?.status?.value?.lastContact != null }
    tap("Begin")
}

/** Looks at the same screen in Chinese. */
fun Hand.inChinese(look: Hand.() -> Unit) {
    test.runOnUiThread { phone.app.preferences.choose(Language.ZH) }
    look()
    test.runOnUiThread { phone.app.preferences.choose(Language.EN) }
    test.waitForIdle()
}

/** Takes a picture of this screen in both languages. */
fun Hand.pictures(name: String) {
    picture("en-$name")
    inChinese { picture("zh-$name") }
}

/** Sends and fetches now. */
fun Hand.sync() {
    runBlocking { phone.session.sync.now() }
    test.waitForIdle()
}

/** A phone's folder; with a library that can encrypt, its records are encrypted. */
fun phoneRecords(folder: File = Files.createTempDirectory("fieldbook-phone").toFile()) =
    TestPhone(folder, keyStore = if (Fieldbook.canEncrypt) Vault() else null)

/** Dana hands in a lunch of ¥96 from this phone. */
suspend fun TestPhone.handInLunch(office: Office, title: String = "Lunch") = signIn(office, "Dana").use { dana ->
    dana.sync.now()
    val lunch = dana.approvals.draftExpense(title)
    dana.approvals.addLine(lunch, NewLine(LocalDate.now(), "meals", BigDecimal("96")))
    dana.approvals.submit(lunch)
    dana.sync.now()
    lunch
}

/** A fix so many metres north of a place. */
fun at(place: Position, north: Double = 0.0) = Fix.Found(reading(place, north))

/** One font for both languages, from Debian's fonts-noto-cjk. */
@OptIn(ExperimentalTextApi::class)
private val FONT = FontFamily(SystemFont("Noto Sans CJK SC"))

/** The machine's clock, in Shanghai. */
internal val CLOCK: Clock = Clock.system(ZoneOffset.ofHours(8))
