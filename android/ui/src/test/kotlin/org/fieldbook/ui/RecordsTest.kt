@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.Fieldbook
import org.fieldbook.FieldbookException
import org.fieldbook.KilledPhone
import org.fieldbook.Language
import org.fieldbook.NewCustomer
import org.fieldbook.Office
import org.fieldbook.TestPhone
import org.fieldbook.Vault
import org.fieldbook.until
import org.junit.jupiter.api.Assumptions.assumeFalse
import org.junit.jupiter.api.Assumptions.assumeTrue
import java.io.File
import java.io.IOException
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** What happens to the records themselves: a full disk, a kill in the middle of a save, a key that is gone. */
class RecordsTest {
    @Test
    fun `a full disk is said where it happens, and the same tap works when there is room`() {
        val folder = Files.createTempDirectory("fieldbook-small-disk").toFile()
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder.path), "only root can make a small disk")
        try {
            Office().use { office -> hand(PhoneInHand("Dana", records = phoneRecords(folder))) { fill(office, folder) } }
        } finally {
            run("umount", "-l", folder.path)
        }
    }

    @Test
    fun `on a full disk somebody who signs out stays at work, reads why, and leaves when there is room`() {
        val folder = Files.createTempDirectory("fieldbook-small-disk").toFile()
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder.path), "only root can make a small disk")
        try {
            Office().use { office -> hand(PhoneInHand("Dana", records = phoneRecords(folder))) { leave(office, folder) } }
        } finally {
            run("umount", "-l", folder.path)
        }
    }

    private fun Hand.leave(office: Office, folder: File) {
        signIn(office, "Dana")
        runBlocking {
            phone.session.sync.stop()
            File(folder, "filler").fillUp()
            untilFull { phone.session.activities.log("x".repeat(900)) }
            untilFull { phone.session.activities.log("ask for Ms Li") }
        }
        tap("Me")
        repeat(2) { tap("Sign out") }
        see("Free some space")
        tap("Got it")
        File(folder, "filler").delete()
        tap("Me")
        repeat(2) { tap("Sign out") }
        see("Records on this phone")
    }

    private fun Hand.fill(office: Office, folder: File) {
        signIn(office, "Dana")
        val saved = runBlocking {
            phone.session.sync.stop()
            File(folder, "filler").fillUp()
            // First by large pieces, then by such as the person will write.
            listOf("x".repeat(900), "ask for Ms Li").sumOf { text -> untilFull { phone.session.activities.log(text) } }
        }
        tap("Me")
        tap("Activity")
        type("What happened?", "ask for Ms Li")
        tap("Write")
        see("storage is full")
        pictures("disk-full-at-work")
        test.runOnUiThread { phone.app.preferences.choose(Language.ZH) }
        see("手机存储空间已满")
        test.runOnUiThread { phone.app.preferences.choose(Language.EN) }
        assertTrue(sees("ask for Ms Li"), "what was typed stays: ${screen()}")
        File(folder, "filler").delete()
        tap("Write")
        runBlocking {
            val texts = phone.session.activities.days().until { it.isNotEmpty() && it[0].entries.size > saved }[0].entries.map { it.text }
            assertEquals(saved + 1, texts.size)
            assertEquals("ask for Ms Li", texts.last())
        }
    }

    @Test
    fun `an app that was killed while it saved shows all that it had called saved`() {
        // The other process has no key to encrypted records.
        assumeFalse(Fieldbook.canEncrypt)
        Office().use { office ->
            val records = TestPhone()
            runBlocking { records.signIn(office, "Dana").use { it.sync.now() } }
            val saved = KilledPhone.writeUntilKilled(records.folder, entries = 25)
            hand(PhoneInHand("Dana", records = records)) {
                see("items on this phone")
                tap("Me")
                tap("Activity")
                see("entry $saved")
                see("entry 1")
                type("What happened?", "and after it")
                tap("Write")
                sync()
                runBlocking {
                    val texts = phone.session.activities.days().until { it.isNotEmpty() }[0].entries.map { it.text }
                    assertEquals((1..saved).map { "entry $it" } + "and after it", texts.filterNot { it == "entry ${saved + 1}" })
                    assertEquals(0uL, phone.session.sync.status().until { it.totals.onPhone == 0uL }.totals.attention)
                }
            }
        }
    }

    @Test
    fun `a key that is gone names what was unsent, keeps the file and leads to the sign-in`() {
        assumeTrue(Fieldbook.canEncrypt)
        Office().use { office ->
            val vault = Vault()
            val records = TestPhone(keyStore = vault)
            runBlocking {
                records.signIn(office, "Dana").use { dana ->
                    dana.sync.now()
                    dana.customers.add(NewCustomer("Tea House", ""))
                }
            }
            val plain = records.folder.walk().filter(File::isFile).any { "Tea House" in it.readText(Charsets.ISO_8859_1) }
            assertFalse(plain, "the records are encrypted")
            // As after a reset of the phone's lock.
            vault.secrets.clear()
            hand(PhoneInHand("Dana", records = records)) {
                see("Your records do not open")
                see("1 customer(s)")
                see("The file is kept")
                pictures("key-lost")
                test.runOnUiThread { phone.app.preferences.choose(Language.ZH) }
                see("1 个客户")
                test.runOnUiThread { phone.app.preferences.choose(Language.EN) }
                tap("Sign in again")
                see("The key to these records was lost")
                type("Code or link", office.enrol("Dana").code)
                tap("Sign in")
                see("Hello, Dana")
                tap("Begin")
                see("No visits planned")
                val kept = runBlocking { phone.session.account().id to records.folder.walk().count(File::isFile) }
                assertTrue(kept.second >= 2, "the old file beside the new one")
            }
        }
    }

    private fun File.fillUp() = outputStream().use { out ->
        val block = ByteArray(4096)
        try {
            while (true) out.write(block)
        } catch (_: IOException) {
            return@use
        }
    }

    /** Writes until the disk is full; answers how many were saved. */
    private suspend fun untilFull(write: suspend () -> Unit): Int {
        repeat(10_000) { number ->
            try {
                write()
            } catch (full: FieldbookException.Storage) {
                assertTrue(full.full, full.detail)
                return number
            }
        }
        error("the disk is never full")
    }

    private fun run(vararg words: String): Boolean = try {
        ProcessBuilder(*words).redirectErrorStream(true).start().run { waitFor(20, TimeUnit.SECONDS) && exitValue() == 0 }
    } catch (_: IOException) {
        false
    }
}
