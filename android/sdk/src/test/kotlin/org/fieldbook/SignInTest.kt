package org.fieldbook

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.withContext
import java.io.File
import java.io.RandomAccessFile
import java.net.InetAddress
import java.net.ServerSocket
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** Who a phone belongs to, and what goes wrong on the way in. */
class SignInTest {
    @Test
    fun `a code that is wrong or used says so in both languages and nobody is signed in`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                val fieldbook = phone.open()
                val wrong = assertFailsWith<FieldbookException.Code> {
                    fieldbook.signIn(office.address, "0000-0000", "phone")
                }
                assertTrue(wrong.words.text(Language.EN).startsWith("This code is not known"), wrong.words.en)
                assertTrue(wrong.words.text(Language.of("zh-CN")).startsWith("登录码无效"), wrong.words.zh)
                assertNull(fieldbook.resume())

                val code = office.enrol("Dana").code
                fieldbook.signIn(office.address, code.lowercase(), "phone").close()
                TestPhone().use { other ->
                    val used = assertFailsWith<FieldbookException.Code> {
                        other.open().signIn(office.address, code, "phone")
                    }
                    assertTrue(used.words.en.startsWith("This code was used already"), used.words.en)
                    assertEquals(emptyList(), other.open().accounts())
                }
                assertFailsWith<FieldbookException.Code> { fieldbook.readLink("https://example.com") }
            }
        }
    }

    @Test
    fun `without network everything but the sign-in works and goes out later`() = story {
        TestPhone().use { phone ->
            val dark = ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { "http://127.0.0.1:${it.localPort}" }
            val error = assertFailsWith<FieldbookException.Unreachable> {
                phone.open().signIn(dark, "7K3M-Q8RT", "phone")
            }
            assertTrue(error.words.zh.contains("连不上"), error.words.zh)
            val dana: Session
            Office().use { office ->
                dana = phone.signIn(office, "Dana")
                dana.sync.now()
            }
            // The office is closed now.
            dana.customers.add(NewCustomer("Tea House", ""))
            assertFailsWith<FieldbookException.Unreachable> { dana.sync.now() }
            dana.sync.start()
            val status = dana.sync.status().until { it.phase is Phase.Waiting }
            assertTrue(status.trouble is FieldbookException.Unreachable)
            assertEquals(1uL, status.totals.onPhone + status.totals.sent)
            assertEquals(1, dana.customers.list().until { it.isNotEmpty() }.size)
            dana.close()
        }
    }

    @Test
    fun `each person of a phone has their own records and finds them again`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                val fieldbook = phone.open()
                val dana = fieldbook.signIn(office.enrol("Dana").link, "the shop's phone")
                dana.sync.now()
                dana.customers.add(NewCustomer("Dana's find", ""))
                val marcus = fieldbook.signIn(office.enrol("Marcus").link, "the shop's phone")
                marcus.sync.now()
                assertEquals(emptyList(), marcus.customers.list().until { true }, "nothing of Dana's")
                assertNotEquals(dana.account().id, marcus.account().id)
                assertEquals("Marcus", assertNotNull(fieldbook.resume()).account().name)
                val accounts = fieldbook.accounts()
                assertEquals(listOf("Marcus" to true, "Dana" to false), accounts.map { it.name to it.signedIn })
                assertEquals("Not on the server yet: 1 customer(s).", accounts[1].unsent.words.en)
                assertFailsWith<FieldbookException.NotSignedIn> { dana.sync.now() }
                marcus.signOut()
                assertNull(fieldbook.resume())
                dana.close()

                // Dana's code finds Dana's records among those of the phone, with what is unsent in them.
                val again = fieldbook.signIn(office.enrol("Dana").link, "the shop's phone")
                assertEquals(accounts[1].id, again.account().id)
                assertEquals(1uL, again.sync.now().accepted)
                TestPhone().use { desk ->
                    val grace = desk.signIn(office, "Grace")
                    grace.sync.now()
                    assertEquals("Dana's find", grace.customers.list().until { it.isNotEmpty() }[0].name)
                    grace.close()
                }
                again.close()
            }
        }
    }

    @Test
    fun `records written by a newer version stay untouched and ask for an update`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").close()
                val file = phone.folder.listFiles()!!.single { it.extension == "db" }
                // The version stands in the header of the file (sqlite.org/fileformat2.html, offset 60).
                RandomAccessFile(file, "rw").use {
                    it.seek(60)
                    it.writeInt(99)
                }
                val bytes = file.readBytes()
                val error = assertFailsWith<FieldbookException.Update> { phone.open().resume() }
                assertTrue(error.words.en.contains("Update the app"), error.words.en)
                assertTrue(error.words.zh.contains("请更新应用"), error.words.zh)
                assertTrue(bytes.contentEquals(file.readBytes()), "nothing was changed")
            }
        }
    }

    @Test
    fun `a damaged file is kept and the person goes on with what could be saved`() = story {
        Office().use { office ->
            TestPhone().use { phone ->
                phone.signIn(office, "Dana").use { it.activities.log("ask for Ms Li") }
                val file = phone.folder.listFiles()!!.single { it.extension == "db" }
                val fieldbook = phone.open()
                val account = fieldbook.accounts().single()
                RandomAccessFile(file, "rw").use { it.write(ByteArray(2048) { 0x5a }) }
                assertFailsWith<FieldbookException.FileDamaged> { fieldbook.resume() }
                val recovered = fieldbook.recover(account.id)
                assertTrue(File(recovered.path).exists())
                assertEquals(1uL, recovered.parked)
                val again = fieldbook.resume() ?: fieldbook.signIn(office.enrol("Dana").link, "phone")
                assertEquals(account.id, again.account().id)
                val saved = again.parked.all().until { it.isNotEmpty() }.single()
                assertTrue(saved.typed.contains(TypedField("text", "ask for Ms Li")), saved.toString())
                again.close()
            }
        }
    }

    @Test
    fun `a cancelled coroutine ends the call and the connection`() = story {
        TestPhone().use { phone ->
            ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { deaf ->
                coroutineScope {
                    val fieldbook = phone.open()
                    val signIn = async(Dispatchers.IO) {
                        fieldbook.signIn("http://127.0.0.1:${deaf.localPort}", "7K3M-Q8RT", "phone")
                    }
                    val line = withContext(Dispatchers.IO) { deaf.accept() }
                    signIn.cancelAndJoin()
                    line.soTimeout = 20_000
                    // The request, then the end of it: nobody holds the connection any more.
                    withContext(Dispatchers.IO) { line.getInputStream().readAllBytes() }
                    assertNull(fieldbook.resume())
                }
            }
        }
    }
}
