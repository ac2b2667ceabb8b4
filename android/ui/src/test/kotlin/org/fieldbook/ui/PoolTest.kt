@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.Language
import org.fieldbook.NewCustomer
import org.fieldbook.Office
import org.fieldbook.SUNRISE
import org.fieldbook.TestPhone
import org.fieldbook.until
import kotlin.test.Test
import kotlin.test.assertEquals

/** Whose customer it is, and what its grade is: asked for on the phone, decided by the server. */
class PoolTest {
    @Test
    fun `a customer goes into the pool, another rep asks for it, and the answer is read on both phones`() = Office().use { office ->
        val (dana, marcus) = PhoneInHand("Dana") to PhoneInHand("Marcus")
        hand(dana, marcus) {
            signIn(office, "Dana")
            runBlocking {
                phone.session.sync.stop()
                phone.session.customers.add(NewCustomer("Harbour Deli", "7 Quay", SUNRISE))
            }
            tap("Customers")
            tapCard("Harbour Deli")
            tap("Ask for…")
            tap("Put back into the pool")
            see("A colleague can look after it then")
            type("Why", "too far away")
            tap("Ask")
            see("To put it back into the pool")
            see("Waiting for the server")
            sync()
            see("Granted")

            take(marcus)
            signIn(office, "Marcus")
            runBlocking { phone.session.sync.stop() }
            sync()
            tap("Customers")
            tap("Pool")
            see("You look after 0 of at most")
            see("Harbour Deli")
            picture("en-pool")
            type("Name, address, contact, tag", "bakery")
            see("Nobody in the pool is called “bakery”")
            inChinese { see("公海里没有“bakery”") }
            tap("Show the whole pool")
            tapCard("Harbour Deli")
            see("nobody looks after it")
            tap("Ask for this customer")
            see("reaches the server first")
            pictures("claim")
            tap("Ask for this customer")
            see("To look after it")
            see("Waiting for the server")
            picture("en-claimed")
            test.runOnUiThread { phone.app.preferences.choose(Language.ZH) }
            see("领取客户")
            picture("zh-claimed")
            tap("返回")
            tap("公海")
            see("您负责")
            picture("zh-pool")
            test.runOnUiThread { phone.app.preferences.choose(Language.EN) }
            tapCard("Harbour Deli")
            sync()
            see("Granted")
            see("Start visit")
        }
    }

    @Test
    fun `a supervisor hands a customer over and a rep asks for another grade`() = Office().use { office ->
        val grace = PhoneInHand("Grace")
        hand(grace) {
            signIn(office, "Grace")
            val shop = TestPhone().use { other ->
                runBlocking {
                    other.signIn(office, "Dana").use { dana ->
                        dana.sync.now()
                        val shop = dana.customers.add(NewCustomer("Harbour Deli", "7 Quay", SUNRISE))
                        dana.sync.now()
                        shop
                    }
                }
            }
            runBlocking { phone.session.sync.stop() }
            sync()
            tap("Customers")
            tapCard("Harbour Deli")
            tap("Ask for…")
            tap("grade A")
            tap("Ask")
            see("Grade A")
            tap("Ask for…")
            tap("Hand to a colleague")
            tap("Marcus")
            pictures("ask")
            tap("Ask")
            see("To hand it to Marcus")
            sync()
            see("Granted")
            runBlocking {
                val marcus = phone.session.people.all().first { it.name == "Marcus" }.id
                val customer = phone.session.customers.page(shop).until { it?.customer?.owner == marcus }!!.customer
                assertEquals("A", customer.grade)
            }
        }
    }
}
