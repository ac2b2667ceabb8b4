import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms
import Testing

/// The other rooms: the log, contacts, parked work, the team's day.
@Suite(.timeLimit(.minutes(2))) @MainActor struct RoomsTests {
    private let en = Language.en.strings

    @Test("entries are changed and remarked on")
    func log() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let (one, other) = (try PhoneInHand("Dana"), try PhoneInHand("Grace"))
        let (dana, grace) = (try await one.signIn(office), try await other.signIn(office))
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: ""))
        let log = ActivityModel(workplace: dana, customer: shop)
        try await running(log.run) {
            try await eventually { log.about == "Tea House" }
            log.entry.text = "price list asked for"
            await log.write()
            try await eventually { log.days?.first?.entries.count == 1 && log.customers[shop] == "Tea House" }
            let day = try #require(log.days?.first)
            let edit = log.edit(of: day.entries[0], in: day)
            #expect(edit.text == "price list asked for" && log.isMine(day))
            edit.text = "price list asked for, in Chinese"
            #expect(await log.save(edit, of: day.entries[0], in: day))
            try await eventually { log.days?.first?.entries.first?.text == "price list asked for, in Chinese" }
            for phone in [one, other] { try await phone.sync() }
            try await grace.session.activities.comment(day.id, text: "bring both", entry: day.entries[0].id)
            for phone in [other, one] { try await phone.sync() }
            try await eventually { log.days?.first?.comments.first?.text == "bring both" }
            let remark = log.remark(on: day.entries[0], in: day)
            remark.text = "I will"
            #expect(await log.say(remark, on: day.entries[0], in: day) && !remark.isKept)
            try await eventually { log.days?.first?.comments.count == 2 }
        }
    }

    @Test("contacts are added, changed, and removed after ten seconds; two names at once are settled by a person")
    func contacts() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: "12 Harbour Road"))
        let model = CustomerModel(workplace: dana, customer: shop)
        try await running(model.run) {
            try await eventually { model.page != nil }
            let new = model.fields()
            (new.name.text, new.role.text, new.phone.text) = ("Ms Li", "owner", "138 0000 0000")
            #expect(await model.save(new))
            try await eventually { model.contacts.first?.phone == "138 0000 0000" }
            let contact = try #require(model.contacts.first)
            let fields = model.fields(of: contact)
            (fields.email.text, fields.role.text) = ("li@example.com", "")
            #expect(await model.save(fields, of: contact))
            try await eventually { model.contacts.first?.email == "li@example.com" }
            #expect(model.contacts.first?.name == "Ms Li" && model.contacts.first?.phone == "138 0000 0000")
            await model.remove(contact, en)
            #expect(model.contacts.isEmpty && dana.undo.said == "Removed: Ms Li")
            dana.undo.takeBack()
            #expect(model.contacts.count == 1)
            await model.remove(contact, en)
            await dana.undo.doNow()
            try await eventually { model.page?.contacts.isEmpty == true }

            let (name, address) = (model.field("name", before: "Tea House"), model.field("address", before: "12 Harbour Road"))
            name.text = "Tea House 茶馆"
            #expect(await model.save(name: name, address: address))
            try await eventually { model.page?.customer.name == "Tea House 茶馆" && model.page?.customer.address == "12 Harbour Road" }
            await model.keep("name", "茶馆")
            try await eventually { model.page?.customer.name == "茶馆" }
        }
    }

    @Test("of two places that were entered at once both are shown, and one is chosen")
    func places() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let (one, tablet) = (try PhoneInHand("Dana"), try PhoneInHand("Dana"))
        let (dana, other) = (try await one.signIn(office), try await tablet.signIn(office))
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: "", position: sunrise))
        for phone in [one, tablet] { try await phone.sync() }
        let (door, gate) = (Position(lat: 31.2310, lon: 121.4737), Position(lat: 31.2320, lon: 121.4737))
        try await other.session.customers.edit(shop, [.place(position: door)])
        try await dana.session.customers.edit(shop, [.place(position: gate)])
        for phone in [tablet, one] { try await phone.sync() }

        let model = CustomerModel(workplace: dana, customer: shop)
        try await running(model.run) {
            try await eventually { model.page?.customer.conflicts.isEmpty == false }
            let conflict = try #require(model.page?.customer.conflicts.first)
            let choices = model.choices(conflict, Language.zh.strings, Formats(.zh))
            #expect(Set(choices.map(\.value)) == ["31.231,121.4737", "31.232,121.4737"])
            #expect(choices[0].said == "地图上显示的位置")
            #expect(["另一处，相距 110 米 南", "另一处，相距 110 米 北"].contains(choices[1].said), "\(choices)")
            await model.keep("owner", "somebody")
            #expect(model.page?.customer.address == "", "a field that cannot be chosen is not written elsewhere")
            await model.keep(conflict.field, "31.231,121.4737")
            try await eventually { model.page?.customer.conflicts.isEmpty == true && model.page?.customer.position == door }
        }
    }

    @Test("what was not accepted is corrected and sent, kept as a note, or thrown away after ten seconds")
    func parked() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let (one, tablet) = (try PhoneInHand("Dana"), try PhoneInHand("Dana"))
        let (dana, other) = (try await one.signIn(office), try await tablet.signIn(office))
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: "", position: sunrise))
        let visit = try await dana.session.visits.plan(shop)
        try await dana.session.visits.start(visit, reading: reading(sunrise))
        for phone in [one, tablet] { try await phone.sync() }
        try await other.session.visits.recordStep(visit, step: "display", value: .text(value: "two facings more"))
        try await other.session.visits.recordStep(visit, step: "competitor", value: .text(value: "new poster"))
        try await dana.session.visits.finish(visit, reading: reading(sunrise))
        for phone in [one, tablet] { try await phone.sync() }
        try await running(other.run) {
            try await eventually { (other.status?.totals.attention ?? 0) > 0 }
            let line = other.statusLine(en, Formats(.en))
            #expect(line.hasPrefix("last contact "), "not everything is accepted: \(line)")
        }
        let model = AttentionModel(workplace: other)
        try await running(model.run) {
            try await eventually { model.items?.count == 2 && model.about.count == 2 }
            let items = try #require(model.items)
            #expect(model.about[items[0].id] == "Tea House" && items[0].step == "display" && items[0].fitsNotes)
            #expect(items[0].ownWords.map(\.value) == ["two facings more"])
            #expect(await model.characters(with: items[0]) == 16)
            await model.discard(items[0], characters: 16, en)
            #expect(other.undo.said == "16 characters discarded" && model.items?.count == 1)
            other.undo.takeBack()
            #expect(model.items?.count == 2)
            // Sent again as it was it is still too late; the text stays where it was typed.
            let field = items[0].ownWords[0]
            let draft = model.field(field, of: items[0])
            draft.text = "three facings more"
            #expect(await !model.correct(items[0], [(field, draft)]))
            #expect(model.problem != nil && model.field(field, of: items[0]).text == "three facings more")
            await model.keepAsNote(items[0])
            await model.discard(items[1], characters: 10, en)
            await other.undo.doNow()
            try await eventually { model.items?.isEmpty == true }
        }
        for phone in [tablet, one] { try await phone.sync() }
        #expect(try await dana.session.visits.page(visit).first()?.visit.notes.contains("two facings more") == true)
    }

    @Test("a supervisor's day shows what waits and where the team is; ordinary requests are approved together")
    func team() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let (one, other) = (try PhoneInHand("Dana"), try PhoneInHand("Grace"))
        let (dana, grace) = (try await one.signIn(office), try await other.signIn(office))
        one.records.place.fix = .found(reading: reading(sunrise))
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: "", position: sunrise))
        let visit = try await dana.session.visits.plan(shop)
        try await dana.session.visits.start(visit, reading: reading(sunrise))
        for title in ["Lunch", "Taxi"] {
            let expense = try await dana.session.approvals.draftExpense(title, customer: shop, visit: visit)
            try await dana.session.approvals.addLine(
                expense, NewLine(date: Day(Date()), category: "meals", amount: title == "Lunch" ? 96 : 40))
            try await dana.session.approvals.submit(expense)
        }
        for phone in [one, other] { try await phone.sync() }
        let (today, inbox) = (TodayModel(workplace: grace), ApprovalsModel(workplace: grace))
        try await running(grace.run) {
            try await running({ await today.run(day: Formats(.en).today) }) {
                try await running(inbox.run) {
                    try await eventually { grace.decides && grace.unit == "South" && today.team?.visits.count == 1 && inbox.ordinary.count == 2 }
                    #expect(today.team?.visits.first.map { grace.name($0.rep, en) } == "Dana")
                    await inbox.approve(inbox.ordinary, en)
                    #expect(grace.undo.said == "2 approved" && inbox.undecided.isEmpty)
                    await grace.undo.doNow()
                    try await eventually { inbox.provisional.count == 2 }
                    try await other.sync()
                    try await eventually { inbox.inbox?.isEmpty == true }
                    #expect(grace.undo.problem == nil)
                }
            }
        }
    }

    @Test("a supervisor plans a visit for whoever looks after the customer; the page shows visits and what was spent")
    func allAround() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let (one, other) = (try PhoneInHand("Dana"), try PhoneInHand("Grace"))
        let (dana, grace) = (try await one.signIn(office), try await other.signIn(office))
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: ""))
        let lunch = try await dana.session.approvals.draftExpense("Lunch", customer: shop)
        try await dana.session.approvals.addLine(lunch, NewLine(date: Day(Date()), category: "meals", amount: 96))
        try await dana.session.approvals.submit(lunch)
        for phone in [one, other] { try await phone.sync() }
        let page = CustomerModel(workplace: grace, customer: shop)
        try await running(grace.run) {
            try await running(page.run) {
                try await eventually { grace.decides && page.page?.customer.owner == dana.account.person && page.spent?.waiting.count == 1 }
                #expect(page.spent?.waiting.first?.amount.exactText == "96" && page.spent?.approved.isEmpty == true)
                page.purpose.text = "bring the price list"
                #expect(await page.plan(Timestamp(Date(timeIntervalSinceNow: 60))) && page.purpose.text.isEmpty)
                try await eventually { page.visits.first?.purpose == "bring the price list" }
            }
        }
        for phone in [other, one] { try await phone.sync() }
        #expect(try await dana.session.visits.toCustomer(shop).first().map(\.rep) == [dana.account.person])
    }

    @Test("the day asks who is near, and a plan that came too late is told as a remark")
    func near() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        _ = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: "", position: sunrise))
        let today = TodayModel(workplace: dana)
        await today.look()
        #expect(today.near == nil && dana.fix == .notFound, "no position is an answer")
        phone.records.place.fix = .found(reading: reading(sunrise, north: -420))
        await today.look()
        #expect(today.near?.map(\.name) == ["Tea House"])
        let away = try #require(dana.whereIs(sunrise))
        #expect(Formats(.zh).distance(away.distanceM) == "420 米" && Formats(.zh).direction(away.bearingDeg) == "北")
    }

    @Test("iOS may wake the app without a screen: the person's work is opened once")
    func woken() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        try await phone.signIn(office)
        await phone.restart()
        async let screen: Void = phone.app.begin()
        let session = await phone.app.woken()
        await screen
        #expect(session != nil && session === phone.app.workplace?.session)
        let nobody = try PhoneInHand("Grace")
        #expect(await nobody.app.woken() == nil)
    }

    @Test("a link that starts the app opens the sign-in over the work, as one that comes while it runs")
    func linkedStart() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let account = try await phone.signIn(office).account
        await phone.restart()
        let link = try await office.enrol("Marcus").link
        async let opened: Void = phone.app.openLink(link)
        await phone.app.begin()
        await opened
        guard case .signIn = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
        let model = SignInModel(app: phone.app, phoneName: "phone")
        await model.begin()
        #expect(model.isFromLink && model.isReady)
        phone.app.goBack()
        #expect(try phone.desk.account == account)
    }
}
