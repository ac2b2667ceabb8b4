import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms
import Testing

/// A day in the rooms: what the screens show and do, over the real library and a server process.
@Suite @MainActor struct DayTests {
    @Test("a rep signs in by a link, visits a customer and hands an expense in; the supervisor approves it")
    func day() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try TestPhone()
        phone.place.fix = .found(reading: reading(sunrise, north: 35))
        let dana = try await signIn(phone, office, "Dana")

        // A customer at the counter, found as one types, visited on the spot.
        let customers = CustomersModel(session: dana)
        let shop = try #require(await customers.add(name: "Sunrise Market 华东轴承", address: "12 Harbour Road", isHere: true))
        customers.text = "轴承"
        await customers.search()
        #expect(customers.found?.map(\.id) == [shop])
        let visit = try await visit(dana, shop)

        let today = TodayModel(session: dana)
        try await running({ await today.run(day: Formats(.en).today) }) { try await eventually { today.today?.done == 1 } }
        #expect(today.over.map(\.id) == [visit] && today.next == nil)

        // A lunch: an amount that is none adds nothing; the form says what it asks for.
        let expenses = ExpensesModel(session: dana)
        let lunch = try #require(await expenses.begin("Lunch"))
        let expense = ExpenseModel(session: dana, expense: lunch)
        try await running(expense.run) {
            try await eventually { expense.warnings?.missing.isEmpty == false }
            #expect(await !expense.addLine("much", category: "meals", day: Day(Date()), note: "", receipt: ""))
            #expect(await expense.addLine("128.50", category: "meals", day: Day(Date()), note: "", receipt: "7"))
            try await eventually { expense.warnings?.missing.isEmpty == true && expense.page?.lines.count == 1 }
            let removed = await expense.removeLine(try #require(expense.page?.lines.first))
            await expense.putBack(try #require(removed))
            try await eventually { expense.page?.lines.count == 1 }
            #expect(await expense.handIn())
            try await eventually { expense.page?.approval.status == .submitted && !expense.isOpen }
        }
        let sync = SyncModel(session: dana)
        await sync.tryNow()
        #expect(sync.problem == nil)

        try await approve(lunch, office)
        await sync.tryNow()
        try await running(sync.run) { try await eventually { sync.receipt?.allOnServer == true && sync.status?.totals.onPhone == 0 } }
        let line = sync.line(Language.en.strings, Formats(.en))
        #expect(line.hasPrefix("Everything accepted · last contact "), "\(line)")
    }

    @Test("a code that is not known says so, keeps what was typed, and the records of the phone are named")
    func wrongCode() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try TestPhone()
        let app = AppModel(language: .zh) { _ in try await phone.open() }
        await app.begin()
        let model = SignInModel(app: app, phoneName: "phone")
        (model.server, model.code) = (office.address, "0000-0000")
        await model.signIn()
        guard case .Code(let words) = model.problem else { throw Waited(description: "\(String(describing: model.problem))") }
        #expect(words.text(in: app.language).hasPrefix("登录码无效"))
        #expect(model.code == "0000-0000" && !model.isBusy)
        guard case .signIn = app.stage else { throw Waited(description: "\(app.stage)") }
    }

    @Test("a damaged file leads to what could be saved, and a person who signs out keeps what is unsent")
    func stages() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try TestPhone()
        do {
            let app = AppModel { _ in try await phone.open() }
            try await enter(app, office, "Dana")
            try await app.session?.activities.log("ask for Ms Li")
            await app.signOut()
            guard case .signIn = app.stage else { throw Waited(description: "\(app.stage)") }
            #expect(await app.accounts().first?.unsent.words.en.contains("1") == true)
            try await enter(app, office, "Dana")
        }
        let file = try #require(
            try FileManager.default.contentsOfDirectory(at: phone.folder, includingPropertiesForKeys: nil).first { $0.pathExtension == "db" })
        let handle = try FileHandle(forUpdating: file)
        try handle.write(contentsOf: Data(repeating: 0x5A, count: 2048))
        try handle.close()

        let app = AppModel { _ in try await phone.open() }
        await app.begin()
        guard case .stopped(.FileDamaged, let damaged?) = app.stage else { throw Waited(description: "\(app.stage)") }
        await app.recover(damaged)
        guard case .recovered(let recovered) = app.stage else { throw Waited(description: "\(app.stage)") }
        #expect(FileManager.default.fileExists(atPath: recovered.path))
    }

    /// From the door to the end: six taps beside typing.
    private func visit(_ session: Session, _ shop: CustomerId) async throws -> VisitId {
        let customer = CustomerModel(session: session, customer: shop)
        let visit = try #require(await customer.visit())
        let model = VisitModel(session: session, visit: visit)
        try await running(model.run) {
            try await eventually { model.page != nil && !model.steps.isEmpty }
            await model.look()
            #expect(model.judgement?.verdict == .inside)
            #expect(await model.start(reason: nil))
            try await eventually { model.page?.visit.status == .started }
            #expect(await model.record(model.steps[0], .count(value: 12)))
            model.notes = "owner back on Friday"
            #expect(await model.finish(reason: nil, outcome: "12 cases"))
            try await eventually { model.page?.visit.status == .finished }
            #expect(model.page?.visit.notes == "owner back on Friday")
            #expect(model.result(of: model.steps[0])?.value == .count(value: 12))
        }
        return visit
    }

    /// The supervisor: an odd one first (it belongs to no visit), decided with one more tap.
    private func approve(_ lunch: ApprovalId, _ office: Office) async throws {
        let grace = try await signIn(try TestPhone(), office, "Grace")
        let inbox = ApprovalsModel(session: grace)
        try await running(inbox.run) {
            try await eventually { inbox.odd.count == 1 }
            #expect(inbox.total?.amount.exactText == "128.5")
        }
        let model = ApprovalModel(session: grace, approval: lunch)
        try await running(model.run) {
            try await eventually { model.canDecide }
            #expect(await model.decide(.approve))
            try await eventually { model.page?.approval.status == .provisional && !model.canDecide }
            try await grace.sync.now()
            try await eventually { model.page?.approval.status == .approved }
        }
    }

    private func signIn(_ phone: TestPhone, _ office: Office, _ person: String) async throws -> Session {
        let app = AppModel { _ in try await phone.open() }
        try await enter(app, office, person)
        let session = try #require(app.session)
        try await session.sync.stop()
        try await session.sync.now()
        return session
    }

    private func enter(_ app: AppModel, _ office: Office, _ person: String) async throws {
        await app.begin()
        app.link = try await office.enrol(person).link
        let model = SignInModel(app: app, phoneName: "\(person)'s phone")
        await model.begin()
        #expect(model.isFromLink && model.server == office.address)
        await model.signIn()
        #expect(model.problem == nil)
    }
}
