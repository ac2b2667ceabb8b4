package org.fieldbook

import org.junit.jupiter.api.Assumptions.assumeFalse
import org.junit.jupiter.api.Assumptions.assumeTrue
import java.io.File
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** Encrypted records, and a key that is locked or gone. `tests/all encrypted` runs it over a library that can encrypt. */
class KeyTest {
    @Test
    fun `without a cipher a key store is refused and no plain file is written`() = story {
        assumeFalse(Fieldbook.canEncrypt)
        TestPhone(keyStore = Vault()).use { phone ->
            val refused = assertFailsWith<FieldbookException.Storage> { phone.open() }
            assertTrue(refused.words.zh.contains("请从应用商店重新安装"), refused.words.zh)
            assertEquals(emptyList(), phone.folder.list()!!.toList())
        }
    }

    @Test
    fun `a locked key store changes nothing and a lost key names what was unsent`() = story {
        assumeTrue(Fieldbook.canEncrypt)
        val vault = Vault()
        Office().use { office ->
            TestPhone(keyStore = vault).use { phone ->
                phone.signIn(office, "Dana").use { dana ->
                    dana.sync.now()
                    dana.customers.add(NewCustomer("Tea House", "12 Harbour Road"))
                    dana.activities.log("ask for Ms Li")
                }
                val bytes = phone.folder.walk().filter(File::isFile).fold(ByteArray(0)) { all, file -> all + file.readBytes() }
                val text = String(bytes, Charsets.ISO_8859_1)
                assertFalse(text.contains("Tea House") || text.contains("SQLite format 3"), "it is encrypted")

                vault.locked = true
                val locked = assertFailsWith<FieldbookException.Platform> { phone.open().resume() }
                assertTrue(locked.words.en.startsWith("The phone's key store does not answer"), locked.words.en)
                vault.locked = false
                assertNotNull(phone.open().resume()).use { dana ->
                    assertEquals("Tea House", dana.customers.list().until { it.isNotEmpty() }.single().name)
                }

                // As after a reset of the phone's lock.
                val kept = HashMap(vault.secrets)
                vault.secrets.clear()
                val fieldbook = phone.open()
                val lost = assertFailsWith<FieldbookException.KeyLost> { fieldbook.resume() }
                assertEquals(
                    setOf(RecordKind.CUSTOMER to 1uL, RecordKind.ACTIVITY to 1uL),
                    lost.unsent.records.map { it.kind to it.count }.toSet(),
                )
                assertTrue(lost.words.en.contains("Dana") && lost.words.en.contains("1 customer(s)"), lost.words.en)
                assertTrue(lost.words.zh.contains("1 个客户"), lost.words.zh)
                assertTrue(File(lost.path).length() > 0, "it was set aside, not deleted")
                assertNull(fieldbook.resume(), "nobody is signed in")
                assertEquals(lost.path, fieldbook.accounts().single().setAside)

                // Dana goes on with a fresh file and a fresh key.
                fieldbook.signIn(office.enrol("Dana").link, "phone").use { again ->
                    again.sync.now()
                    assertEquals(emptyList(), again.customers.list().until { true })
                    again.customers.add(NewCustomer("Sunrise Market", ""))
                }
                assertTrue(vault.secrets.keys.none { it in kept }, "another key")
                assertTrue(File(lost.path).exists())
            }
        }
    }
}
