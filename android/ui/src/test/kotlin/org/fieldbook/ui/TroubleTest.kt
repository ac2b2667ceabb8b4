@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.FieldbookException
import org.fieldbook.Fix
import org.fieldbook.Language
import org.fieldbook.NewCustomer
import org.fieldbook.NewLine
import org.fieldbook.Office
import org.fieldbook.SUNRISE
import org.fieldbook.StepValue
import org.fieldbook.TestPhone
import org.fieldbook.Unsent
import org.fieldbook.Words
import org.fieldbook.reading
import org.fieldbook.until
import java.io.RandomAccessFile
import java.math.BigDecimal
import java.net.InetAddress
import java.net.ServerSocket
import java.time.LocalDate
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** How the list of devices names one. */
private val DEVICE = Regex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

/** What goes wrong: each case says what happened and what to do, and nothing is lost. */
class TroubleTest {
    @Test
    fun `a wrong and a used code say so in both languages and the way in stays open`() = Office().use { office ->
        val phone = PhoneInHand("Dana")
        hand(phone) {
            see("Sign in")
            type("Code or link", "0000-0000")
            type("Server", office.address)
            tap("Sign in")
            see("This code is not known")
            pictures("wrong-code")
            test.runOnUiThread { this.phone.app.preferences.choose(Language.ZH) }
            see("登录码无效")
            test.runOnUiThread { this.phone.app.preferences.choose(Language.EN) }
            val code = office.enrol("Dana").code
            TestPhone().use { other -> runBlocking { other.open().signIn(office.address, code, "other").close() } }
            type("Code or link", code)
            tap("Sign in")
            see("used already")
            inChinese { see("登录码已") }
            // A link in the same field is read at once.
            type("Code or link", office.enrol("Dana").link)
            see("Filled in from the link")
            tap("Sign in")
            see("Hello, Dana")
        }
    }

    @Test
    fun `without network the sign-in says so and what was typed stays`() {
        val dark = ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { "http://127.0.0.1:${it.localPort}" }
        hand(PhoneInHand("Dana")) {
            see("Sign in")
            type("Code or link", "7K3M-Q8RT")
            type("Server", dark)
            tap("Sign in")
            see("cannot be reached")
            inChinese { see("暂时连不上服务器") }
            assertTrue(sees("7K3M-Q8RT") && sees(dark), screen())
        }
    }

    @Test
    fun `no permission and no positioning never stop a visit and say what to do`() = Office().use { office ->
        val phone = PhoneInHand("Dana")
        hand(phone) {
            signIn(office, "Dana")
            runBlocking { phone.session.customers.add(NewCustomer("Tunnel Kiosk", "", SUNRISE)) }
            phone.fix = Fix.NotAllowed
            tap("Customers")
            tapCard("Tunnel Kiosk")
            tap("Start visit")
            see("may not know where you are")
            inChinese { see("没有定位权限") }
            tap("Allow")
            assertEquals("ask for the place", phone.device.asked.last())
            phone.fix = Fix.Off
            tap("Look again")
            inChinese { see("手机定位已关闭") }
            tap("Switch on")
            assertEquals("open the settings of the place", phone.device.asked.last())
            phone.fix = Fix.NotFound
            tap("Look again")
            see("in a basement perhaps")
            pictures("no-position")
            tap("No signal inside")
            tap("Start")
            see("position not known")
            see("No signal inside")
        }
    }

    @Test
    fun `a network's sign-in page in place of the server is named and opened`() {
        ServerSocket(0, 8, InetAddress.getLoopbackAddress()).use { portal ->
            val page = "<html>Welcome to the café</html>"
            Thread {
                while (!portal.isClosed) runCatching {
                    portal.accept().use { line ->
                        line.getInputStream().read(ByteArray(8192))
                        line.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${page.toByteArray().size}\r\nConnection: close\r\n\r\n$page".toByteArray())
                    }
                }
            }.apply { isDaemon = true }.start()
            val phone = PhoneInHand("Dana")
            hand(phone) {
                see("Sign in")
                type("Code or link", "7K3M-Q8RT")
                type("Server", "http://127.0.0.1:${portal.localPort}")
                tap("Sign in")
                see("Something else answered")
                inChinese { see("可能需要先登录") }
                tap("Open the Wi-Fi settings")
                assertEquals("open the network's sign-in", phone.device.asked.last())
            }
        }
    }

    @Test
    fun `records of a newer version ask for an update and stay untouched`() = Office().use { office ->
        val records = TestPhone()
        runBlocking { records.signIn(office, "Dana").close() }
        val file = records.folder.listFiles()!!.single { it.extension == "db" }
        // The version stands in the header of the file (sqlite.org/fileformat2.html, offset 60).
        RandomAccessFile(file, "rw").use { it.seek(60); it.writeInt(99) }
        val bytes = file.readBytes()
        val phone = PhoneInHand("Dana", records = records)
        hand(phone) {
            see("Your records do not open")
            see("Update the app")
            inChinese { see("请更新应用") }
            tap("Update the app")
            assertEquals("open the store", phone.device.asked.last())
            assertTrue(bytes.contentEquals(file.readBytes()), "nothing was changed")
        }
    }

    @Test
    fun `a full disk, a locked phone and a lost key each say what is safe and lead on`() {
        val nothing = Unsent(emptyList(), 0uL, null, Words("Not on the server yet: 1 customer(s).", "1 个客户未送达。"))
        val phone = PhoneInHand("Dana")
        phone.inTheWay += listOf(
            FieldbookException.Storage(full = true, "", Words("The phone is full. Free some space.", "手机空间已满。")),
            FieldbookException.Platform("", Words("Unlock the phone, then try again.", "请解锁手机后重试。")),
            FieldbookException.KeyLost("/kept/replica", nothing, Words("The key is lost. Not on the server yet: 1 customer(s).", "密钥已丢失。")),
        )
        hand(phone) {
            see("The phone is full")
            pictures("disk-full")
            tap("Try again")
            see("Unlock the phone")
            tap("Try again")
            see("1 customer(s)")
            see("/kept/replica")
            test.runOnUiThread { this.phone.app.preferences.choose(Language.ZH) }
            see("密钥已丢失")
            tap("重新登录")
            see("扫描二维码")
        }
    }

    @Test
    fun `damaged records are kept and what was unsent waits for the person`() = Office().use { office ->
        val records = TestPhone()
        runBlocking { records.signIn(office, "Dana").use { it.activities.log("ask for Ms Li") } }
        val file = records.folder.listFiles()!!.single { it.extension == "db" }
        RandomAccessFile(file, "rw").use { it.write(ByteArray(2048) { 0x5a }) }
        hand(PhoneInHand("Dana", records = records)) {
            see("Your records do not open")
            see("Records of Dana")
            tap("Save what still reads")
            see("1 of your items wait")
            tap("Go on")
            see("Sign in")
            type("Code or link", office.enrol("Dana").code)
            tap("Sign in")
            tap("Begin")
            tap("1 needs attention")
            see("ask for Ms Li")
        }
    }

    @Test
    fun `a phone whose access was ended says so and keeps what was not accepted to be exported`() = Office().use { office ->
        val phone = PhoneInHand("Dana")
        hand(phone) {
            signIn(office, "Dana")
            runBlocking { phone.session.sync.stop() }
            office.command("device", "revoke", DEVICE.find(office.command("device", "list"))!!.value)
            runBlocking { phone.session.activities.log("written after the end") }
            runBlocking { phone.session.sync.start() }
            see("The access of this phone was ended")
            pictures("ended")
            inChinese { see("需要处理") }
            tap("Needs attention")
            see("written after the end")
            tap("Export all")
            until("the export") { phone.device.shared.values.any { "written after the end" in it } }
            // Another code lets somebody work on this phone again.
            tap("Sign in again")
            type("Code or link", office.enrol("Marcus").code)
            tap("Sign in")
            see("Hello, Marcus")
        }
    }

    @Test
    fun `another person on the phone gets records of their own and leaves the others' alone`() = Office().use { office ->
        val phone = PhoneInHand("Dana")
        hand(phone) {
            signIn(office, "Dana")
            runBlocking { phone.session.sync.stop() }
            runBlocking { phone.session.customers.add(NewCustomer("Dana's find", "")) }
            tap("Me")
            tap("Sign out")
            see("What you wrote stays on this phone")
            see("Not on the server yet")
            tap("Sign out")
            see("Records on this phone")
            see("Not on the server yet: 1 customer")
            type("Code or link", office.enrol("Marcus").code)
            tap("Sign in")
            see("Hello, Marcus")
            tap("Begin")
            tap("Customers")
            see("No customers yet")
        }
    }

    @Test
    fun `what came too late is kept as a note, and a line is corrected and sent again`() = Office().use { office ->
        val phone = PhoneInHand("Dana")
        hand(phone) {
            signIn(office, "Dana")
            runBlocking {
                phone.session.sync.stop()
                val shop = phone.session.customers.add(NewCustomer("Tea House", "", SUNRISE))
                val visit = phone.session.visits.plan(shop)
                phone.session.visits.start(visit, reading(SUNRISE))
                phone.session.sync.now()
                TestPhone().use { tablet ->
                    tablet.signIn(office, "Dana").use { other ->
                        other.sync.now()
                        other.visits.finish(visit, reading(SUNRISE))
                        other.sync.now()
                    }
                }
                phone.session.visits.recordStep(visit, "display", StepValue.Text("two facings more"))
                phone.session.sync.now()
            }
            tap("1 needs attention")
            see("two facings more")
            see("Not accepted")
            tap("Export all")
            until("the export") { phone.device.shared.values.any { "two facings more" in it } }
            tap("Discard these 16 characters")
            see("16 characters discarded")
            tap("Undo")
            see("two facings more")
            tap("Keep it as a note of the visit")
            see("Nothing needs your attention")
            sync()
            runBlocking {
                val day = phone.session.visits.today().until { it.visits.isNotEmpty() }
                assertTrue("two facings more" in day.visits.single().notes, day.visits.single().notes)
            }
        }
    }

    @Test
    fun `a decision without network is provisional until the server confirms`() = Office().use { office ->
        val phone = PhoneInHand("Grace", "zh")
        hand(phone) {
            see("登录")
            type("登录码或链接", office.enrol("Grace").code)
            type("服务器地址", office.address)
            tap("登录")
            tap("开始")
            TestPhone().use { other ->
                runBlocking {
                    other.signIn(office, "Dana").use { dana ->
                        dana.sync.now()
                        val lunch = dana.approvals.draftExpense("午餐")
                        dana.approvals.addLine(lunch, NewLine(LocalDate.now(), "meals", BigDecimal("96")))
                        dana.approvals.submit(lunch)
                        dana.sync.now()
                    }
                    phone.session.sync.now()
                    phone.session.sync.stop()
                }
            }
            tapCard("午餐")
            tap("驳回…")
            see("请说明理由")
            tap("与业务无关")
            tap("驳回")
            see("已驳回：午餐")
            tap("撤销")
            see("午餐")
            tapCard("午餐")
            tap("通过")
            test.mainClock.advanceTimeBy(10_000)
            tap("审批")
            see("等待服务器确认")
            see("服务器确认后生效")
            sync()
            seeNoMore("等待服务器确认")
        }
    }
}
