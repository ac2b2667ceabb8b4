@file:OptIn(ExperimentalTestApi::class)

package org.fieldbook.ui

import androidx.compose.ui.test.ExperimentalTestApi
import kotlinx.coroutines.runBlocking
import org.fieldbook.ApprovalId
import org.fieldbook.ApprovalStatus
import org.fieldbook.ContactFields
import org.fieldbook.CustomerId
import org.fieldbook.Language
import org.fieldbook.NewCustomer
import org.fieldbook.NewLine
import org.fieldbook.Office
import org.fieldbook.Position
import org.fieldbook.SUNRISE
import org.fieldbook.Session
import org.fieldbook.StepValue
import org.fieldbook.TestPhone
import org.fieldbook.Verdict
import org.fieldbook.VisitId
import org.fieldbook.VisitStatus
import org.fieldbook.reading
import org.fieldbook.ui.app.Route
import org.fieldbook.ui.format.asSentence
import org.fieldbook.ui.words.Strings
import java.math.BigDecimal
import java.time.LocalDate
import java.time.OffsetDateTime
import java.time.ZoneOffset
import kotlin.properties.Delegates
import kotlin.test.Test

/** Every screen with a day's work on it, in both languages, in the dark and with text of twice the size. */
class ScreensTest {
    @Test
    fun `each screen is drawn in English`() = pictures(Language.EN)

    @Test
    fun `each screen is drawn in Chinese`() = pictures(Language.ZH)

    private fun pictures(language: Language) = Office().use { office ->
        val tag = if (language == Language.ZH) "zh" else "en"
        val (dana, grace) = PhoneInHand("Dana", tag) to PhoneInHand("Grace", tag)
        val strings = Strings.of(language)
        dana.fix = at(SUNRISE, north = 35.0)
        hand(dana, grace) {
            see(strings.signInHint)
            picture("$tag-sign-in")
            enter(office, "Dana", strings)
            picture("$tag-today-empty")
            val day = Day(language)
            runBlocking { day.ofDana(dana.session) }
            TestPhone().use { other -> runBlocking { day.parked(office, other, dana.session) } }
            rep(tag, strings, day)
            runBlocking { dana.session.sync.now() }
            take(grace)
            enter(office, "Grace", strings)
            supervisor(tag, strings, day, dana)
        }
    }

    private fun Hand.rep(tag: String, strings: Strings, day: Day) {
        val work = checkNotNull(phone.app.workplace)
        fun go(route: Route) = test.runOnUiThread { work.navigator.go(route) }
        go(Route.Me)
        tap(strings.today)
        see(day.shop)
        tap(strings.whoIsNear)
        top()
        see(if (tag == "en") "35 m S" else "35 米 南")
        picture("$tag-today")
        tap(strings.startVisit)
        see(strings.start)
        see(strings.verdict(Verdict.INSIDE))
        picture("$tag-check-in")
        tap(strings.start)
        see(strings.finishVisit)
        runBlocking { phone.session.visits.recordStep(day.next, "stock", StepValue.Count(12)) }
        type(strings.notes, day.note)
        see("12")
        top()
        picture("$tag-visit")
        dark = true
        picture("$tag-visit-dark")
        dark = false
        textSize = 2f
        picture("$tag-visit-200")
        textSize = 1f
        tapCard(strings.step("order"))
        type(strings.howMany, "6")
        picture("$tag-step")
        tap(strings.save)
        go(Route.Customers)
        see(day.shop)
        picture("$tag-customers")
        type(strings.searchHint, day.search)
        seeNoMore(day.otherShop)
        picture("$tag-search")
        type(strings.searchHint, "")
        go(Route.Customer(day.visited))
        see(strings.contacts)
        top()
        picture("$tag-customer")
        see(strings.visitsHere)
        see(strings.visitStatus(VisitStatus.FINISHED))
        picture("$tag-customer-visits")
        tap(strings.editContact)
        see(strings.contactRole)
        picture("$tag-contact")
        go(Route.Activity())
        see(day.entry)
        picture("$tag-activity")
        go(Route.Expenses)
        see(day.lunch)
        picture("$tag-expenses")
        tapCard(day.lunch)
        see("¥1,180.00")
        picture("$tag-expense")
        tap(strings.addLine)
        type(strings.amount, "96")
        picture("$tag-line")
        tap(strings.add)
        tap(strings.handIn)
        see(strings.approvalStatus(ApprovalStatus.SUBMITTED).asSentence())
        go(Route.Attention)
        see(day.late)
        picture("$tag-needs-attention")
        go(Route.Sync)
        see(strings.receipt)
        top()
        picture("$tag-sync")
        go(Route.Me)
        see(strings.about)
        picture("$tag-me-more")
        top()
        picture("$tag-me")
        textSize = 2f
        go(Route.Today)
        see(strings.visitsDone(1, 4))
        picture("$tag-today-200")
        textSize = 1f
        dark = true
        picture("$tag-today-dark")
        dark = false
    }

    private fun Hand.supervisor(tag: String, strings: Strings, day: Day, dana: PhoneInHand) {
        val work = checkNotNull(phone.app.workplace)
        runBlocking {
            phone.session.sync.now()
            day.requests(dana.session)
            dana.session.sync.now()
            phone.session.sync.now()
        }
        see(day.lunch)
        picture("$tag-team")
        tap(strings.openApprovals)
        see(strings.ordinary)
        picture("$tag-approvals")
        tapCard(day.lunch)
        see(strings.approve)
        top()
        picture("$tag-approval")
        tap(strings.returnMore)
        see(strings.returnHint)
        picture("$tag-return")
        type(strings.reasonInWords, day.why)
        tap(strings.returnIt)
        see(strings.undo)
        picture("$tag-undo")
        test.runOnUiThread { work.navigator.go(Route.Today) }
        runBlocking { work.undo.settle() }
        runBlocking { phone.session.sync.now() }
        runBlocking { day.again(dana.session) }
        runBlocking { phone.session.sync.now() }
        tap(strings.approvals)
        see(strings.changedSinceYouDecided)
        tapCard(day.lunch)
        see("→")
        top()
        picture("$tag-approval-changed")
        dark = true
        picture("$tag-approval-dark")
        dark = false
        tap(strings.approve)
        runBlocking { work.undo.settle() }
        see(strings.waitingForServer)
        see(strings.provisionalHint)
        picture("$tag-provisional")
    }

    private fun Hand.enter(office: Office, person: String, strings: Strings) {
        see(strings.signInHint)
        type(strings.code, office.enrol(person).code)
        type(strings.server, office.address)
        tap(strings.signIn)
        see(strings.hello(person))
        phone.app.toFront()
        until("the first sync") { phone.app.workplace?.status?.value?.lastContact != null }
        if (person == "Dana") picture("${if (strings.language == Language.ZH) "zh" else "en"}-arrival")
        tap(strings.begin)
        // What follows is written at one go, and sent when the story says so.
        runBlocking { phone.session.sync.stop() }
    }
}

/** A day's work in the words of somebody who speaks the language. */
private class Day(private val language: Language) {
    val shop = say("Sunrise Market", "旭日超市")
    val otherShop = say("Hudong Bearing", "华东轴承经营部")
    val search = say("sunr", "旭日")
    val note = say("owner back on Friday, wants two more facings", "老板周五回来，想再要两个排面")
    val entry = say("asked for the new price list", "要新的价目表")
    val lunch = say("Lunch with the owner", "与店主午餐")
    val taxi = say("Taxi to the market", "去市场的出租车")
    val tea = say("Tea for the opening", "开业茶点")
    val late = say("two facings more, promised for Friday", "答应周五再加两个排面")
    val why = say("which guests?", "请补充宾客名单")
    var next: VisitId by Delegates.notNull()
    var visited: CustomerId by Delegates.notNull()
    var dinner: ApprovalId by Delegates.notNull()
    private var done: VisitId by Delegates.notNull()

    suspend fun ofDana(dana: Session) {
        val places = listOf(
            shop to say("12 Harbour Road", "海港路12号"),
            otherShop to say("3 Canal Street", "运河街3号"),
            say("Tea House at the Old Bridge and Sons, Wholesale and Retail", "老桥头茶庄批发零售有限责任公司第三门市部") to say("1 Bridge Lane", "桥巷1号"),
            say("Riverside Corner", "江边小铺") to say("88 River Walk", "江滨路88号"),
        )
        val customers = places.mapIndexed { index, (name, address) ->
            val north = index * 0.0042
            dana.customers.add(NewCustomer(name, address, Position(SUNRISE.lat + north, SUNRISE.lon + north / 2)))
        }
        val (first, second, third, fourth) = customers
        dana.customers.addContact(second, ContactFields(say("Ms Li", "李女士"), say("owner", "店主"), "138 0013 8000", "li@hudong.example"))
        visited = second
        done = dana.visits.plan(second, say("count the stock", "盘点库存"))
        dana.visits.start(done, reading(Position(SUNRISE.lat + 0.0042, SUNRISE.lon + 0.0021), north = 20.0))
        dana.visits.recordStep(done, "stock", StepValue.Count(12))
        dana.visits.finish(done, reading(Position(SUNRISE.lat + 0.0042, SUNRISE.lon + 0.0021)), outcome = say("12 cases", "订 12 箱"))
        dana.activities.log(entry, second, done)
        val now = OffsetDateTime.now(ZoneOffset.ofHours(8))
        next = dana.visits.plan(first, say("bring the price list", "带上价目表"), now.plusMinutes(5))
        dana.visits.plan(third, "", now.plusMinutes(15))
        dana.visits.plan(fourth, "", now.plusMinutes(25))
        dinner = dana.approvals.draftExpense(lunch, second, done)
        dana.approvals.addLine(dinner, NewLine(LocalDate.now(), "meals", BigDecimal("1180"), null, "0042"))
    }

    /** On a second phone, offline, a step is recorded while the visit ends on the first one. */
    suspend fun parked(office: Office, other: TestPhone, dana: Session) {
        dana.sync.now()
        val tablet = other.signIn(office, "Dana")
        tablet.sync.now()
        val visit = tablet.visits.plan(visited, "")
        tablet.visits.start(visit, reading(SUNRISE))
        tablet.sync.now()
        dana.sync.now()
        dana.visits.recordStep(visit, "display", StepValue.Text(late))
        tablet.visits.cancel(visit, "x")
        tablet.sync.now()
        tablet.close()
        dana.sync.now()
    }

    suspend fun requests(dana: Session) {
        for ((title, amount) in listOf(taxi to "46.50", tea to "210")) {
            val request = dana.approvals.draftExpense(title, visited, done)
            dana.approvals.addLine(request, NewLine(LocalDate.now(), "travel", BigDecimal(amount)))
            dana.approvals.submit(request)
        }
    }

    suspend fun again(dana: Session) {
        dana.sync.now()
        dana.approvals.addLine(dinner, NewLine(LocalDate.now(), "gifts", BigDecimal("88")))
        dana.approvals.submit(dinner)
        dana.sync.now()
    }

    private fun say(en: String, zh: String) = if (language == Language.ZH) zh else en
}
