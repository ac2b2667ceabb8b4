@file:OptIn(ExperimentalCoroutinesApi::class)

package org.fieldbook.ui

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.fieldbook.CustomerId
import org.fieldbook.FieldbookException
import org.fieldbook.Language
import org.fieldbook.Phase
import org.fieldbook.SyncStatus
import org.fieldbook.Totals
import org.fieldbook.Words
import org.fieldbook.ui.app.Actions
import org.fieldbook.ui.app.Device
import org.fieldbook.ui.app.Draft
import org.fieldbook.ui.app.FileDrafts
import org.fieldbook.ui.app.Navigator
import org.fieldbook.ui.app.Organisation
import org.fieldbook.ui.app.Preferences
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.app.Undo
import org.fieldbook.ui.app.Wrapped
import org.fieldbook.ui.format.Formats
import org.fieldbook.ui.parts.statusWords
import org.fieldbook.ui.words.En
import java.io.File
import java.nio.file.Files
import java.time.Clock
import java.time.Instant
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** The holders of state, without a screen. */
class HoldersTest {
    private val refused = FieldbookException.Refused("rule", "", Words("no", "不行"))

    @Test
    fun `what is decided is done after ten seconds and not before`() = runTest {
        val (undo, done) = Undo(backgroundScope) to mutableListOf<String>()
        undo.offer({ "Approved" }, "lunch") { done += "lunch" }
        advanceTimeBy(9.seconds)
        assertEquals("lunch" to emptyList<String>(), undo.pending.value?.subject to done.toList())
        advanceTimeBy(2.seconds)
        assertNull(undo.pending.value)
        assertEquals(listOf("lunch"), done)
    }

    @Test
    fun `what is taken back is never done`() = runTest {
        val undo = Undo(backgroundScope)
        undo.offer({ "Approved" }, "lunch") { error("it was taken back") }
        undo.takeBack()
        advanceTimeBy(20.seconds)
        assertNull(undo.pending.value)
    }

    @Test
    fun `the next decision and the end of the app do the one before at once`() = runTest {
        val (undo, done) = Undo(backgroundScope) to mutableListOf<String>()
        undo.offer({ "" }, "lunch") { done += "lunch" }
        undo.offer({ "" }, "taxi") { done += "taxi" }
        runCurrent()
        assertEquals(listOf("lunch"), done)
        undo.settle()
        assertEquals(listOf("lunch", "taxi"), done)
        advanceTimeBy(20.seconds)
        assertEquals(listOf("lunch", "taxi"), done, "once each")
    }

    @Test
    fun `why a decision could not be done stays to be read`() = runTest {
        val undo = Undo(backgroundScope)
        undo.offer({ "" }, "lunch") { throw refused }
        advanceTimeBy(11.seconds)
        assertEquals<FieldbookException?>(refused, undo.trouble.value)
        undo.read()
        assertNull(undo.trouble.value)
    }

    @Test
    fun `a second tap does nothing while the first one works, and an error stays to be read`() = runTest {
        val actions = Actions(backgroundScope)
        val (gate, times) = CompletableDeferred<Unit>() to mutableListOf<Int>()
        val first = actions.run { times += 1; gate.await() }
        assertTrue(first != null)
        assertTrue(actions.run { times += 2 } == null)
        runCurrent()
        assertTrue(actions.busy.value)
        gate.complete(Unit)
        runCurrent()
        assertFalse(actions.busy.value)
        actions.run { throw refused }
        runCurrent()
        assertEquals(listOf(1), times)
        assertEquals<FieldbookException?>(refused, actions.trouble.value)
        actions.read()
        assertNull(actions.trouble.value)
    }

    @Test
    fun `what a screen asks by itself may fail beside what the person does`() = runTest {
        val actions = Actions(backgroundScope)
        actions.aside { throw refused }
        assertEquals<FieldbookException?>(refused, actions.trouble.value)
        assertFalse(actions.busy.value)
    }

    @Test
    fun `the status line calls nothing accepted while something needs the person`() {
        fun totals(attention: Long) = Totals(3uL, 0uL, 0uL, 3uL, attention.toULong(), null)
        fun said(attention: Long) = statusWords(
            SyncStatus(Phase.UpToDate, true, null, null, null, null, Instant.EPOCH, totals(attention)),
            En,
            Formats(Language.EN, Clock.systemUTC()),
        )
        assertTrue("Everything accepted" in said(attention = 0))
        assertFalse("accepted" in said(attention = 1), said(attention = 1))
    }

    @Test
    fun `whoever is brought in on a request decides, and whoever leads does so always`() {
        assertFalse(Organisation().decides)
        assertTrue(Organisation(asked = true).run { decides && visits && !leads })
    }

    @Test
    fun `what is typed outlives the app, and what became a record is forgotten`() = inFolder { folder ->
        val first = drafts(folder)
        Draft(first, "notes/1").text = "owner back on Friday 周五"
        Draft(first, "notes/2").apply { text = "gone" }.done()
        runCurrent()
        val again = drafts(folder)
        assertEquals("owner back on Friday 周五", Draft(again, "notes/1").text)
        assertEquals("before", Draft(again, "notes/2", before = "before").text)
        assertEquals(1, folder.listFiles()!!.size)
    }

    @Test
    fun `drafts are encrypted on the disk, and what another key wrapped is kept`() = inFolder { folder ->
        val (ours, others) = Wrapped(ByteArray(32) { 7 }) to Wrapped(ByteArray(32) { 8 })
        Draft(drafts(folder, ours), "notes/1").text = "owner back on Friday"
        runCurrent()
        val kept = folder.listFiles()!!.single()
        assertFalse("Friday" in String(kept.readBytes(), Charsets.ISO_8859_1))
        assertEquals("owner back on Friday", Draft(drafts(folder, ours), "notes/1").text)
        assertEquals("", Draft(drafts(folder, others), "notes/1").text)
        assertTrue(kept.exists())
    }

    @Test
    fun `a full disk does not stop the typing`() = inFolder { folder ->
        val blocked = File(folder, "not a folder").apply { writeText("") }
        val draft = Draft(drafts(blocked), "notes/1")
        draft.text = "still here"
        runCurrent()
        assertEquals("still here", draft.text)
    }

    @Test
    fun `what a record says never replaces what somebody is typing`() = inFolder { folder ->
        val draft = Draft(drafts(folder), "notes/1")
        draft.show("from the office")
        assertEquals("from the office", draft.text)
        draft.text = "from the office, and mine"
        draft.show("from elsewhere")
        assertEquals("from the office, and mine", draft.text)
    }

    @Test
    fun `back leads the way one came, and from another room to today`() {
        val navigator = Navigator()
        navigator.go(Route.Customers)
        navigator.go(Route.Customer(CustomerId("1")))
        navigator.go(Route.Activity(CustomerId("1")))
        val seen = generateSequence { if (navigator.back()) navigator.way.value.last() else null }.toList()
        assertEquals(listOf(Route.Customer(CustomerId("1")), Route.Customers, Route.Today), seen)
    }

    @Test
    fun `the language follows the phone until somebody chooses`() = inFolder { folder ->
        val device = RecordingDevice("phone", "zh-CN")
        assertEquals(Language.ZH, Preferences(drafts(folder), device).language.value)
        Preferences(drafts(folder), device).choose(Language.EN)
        runCurrent()
        assertEquals(Language.EN, Preferences(drafts(folder), device).language.value)
    }

    @Test
    fun `another language of the phone is followed when the app comes to the front, unless somebody chose`() = inFolder { folder ->
        var tag = "en-GB"
        val device = object : Device by RecordingDevice("phone", "en") {
            override val languageTag get() = tag
        }
        val preferences = Preferences(drafts(folder), device)
        tag = "zh-CN"
        preferences.look()
        assertEquals(Language.ZH, preferences.language.value)
        preferences.choose(Language.EN)
        preferences.look()
        assertEquals(Language.EN, preferences.language.value)
    }

    private fun TestScope.drafts(folder: File, wrapped: Wrapped? = null) =
        FileDrafts(folder, backgroundScope, StandardTestDispatcher(testScheduler), wrapped)

    private fun inFolder(test: suspend TestScope.(File) -> Unit) {
        val folder = Files.createTempDirectory("fieldbook-drafts").toFile()
        try {
            runTest { test(folder) }
        } finally {
            folder.deleteRecursively()
        }
    }
}
