import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms
import Testing

/// What a supervisor does beside yes and no, and what a rep asks for beside expenses.
@Suite(.timeLimit(.minutes(2))) @MainActor struct TeamTests {
    private let en = Language.en.strings

    @Test("a return says what to change, the difference shows, and a rejection needs one more note")
    func returned() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let (one, other) = (try PhoneInHand("Dana"), try PhoneInHand("Grace"))
        let (dana, grace) = (try await one.signIn(office), try await other.signIn(office))
        let lunch = try await dana.session.approvals.draftExpense("Lunch")
        try await dana.session.approvals.addLine(
            lunch, NewLine(date: Day(Date()), category: "meals", amount: try Decimal(exactly: "980")))
        try await dana.session.approvals.submit(lunch)
        for phone in [one, other] { try await phone.sync() }

        let model = ApprovalModel(workplace: grace, approval: lunch)
        try await running(model.run) {
            try await eventually { model.canDecide && model.item?.unlinked == true }
            #expect(en.oddities(try #require(model.item)) == ["not linked to a visit"])
            model.note(for: "return").text = "the receipt says more"
            await model.decide(.return, note: "the receipt says more", en)
            await grace.undo.doNow()
            #expect(model.note(for: "return").text.isEmpty && grace.undo.problem == nil)
        }
        for phone in [other, one] { try await phone.sync() }
        let expense = ExpenseModel(workplace: dana, expense: lunch)
        try await running(expense.run) {
            try await eventually { expense.page?.approval.status == .returned && expense.isOpen }
            let line = try #require(expense.lines.first)
            let fields = expense.fields(of: line)
            fields.amount.text = "1,180"
            #expect(await expense.save(fields, of: line, day: line.date))
            #expect(await expense.handIn())
        }
        for phone in [one, other] { try await phone.sync() }
        try await running(model.run) {
            try await eventually { model.difference != nil && model.canDecide }
            let changes = Language.zh.strings.differences(try #require(model.difference), on: try #require(model.page))
            #expect(changes == ["合计 ¥980.00 → ¥1,180.00", "餐饮 ¥980.00 → 餐饮 ¥1,180.00"])
            await model.decide(.reject, note: "private", en)
            #expect(grace.undo.said == "Rejected: Lunch")
            grace.undo.takeBack()
            #expect(model.canDecide, "taken back: nothing was written")
        }
    }

    @Test("what was taken back is corrected without network and handed in again")
    func takenBack() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        let lunch = try await dana.session.approvals.draftExpense("Lunch")
        let amount = { (text: String) in NewLine(date: Day(Date()), category: "meals", amount: try Decimal(exactly: text)) }
        try await dana.session.approvals.addLine(lunch, amount("128.50"))
        let (mine, expense) = (ExpensesModel(workplace: dana), ExpenseModel(workplace: dana, expense: lunch))
        try await running(mine.run) {
            try await running(expense.run) {
                try await eventually { expense.canHandIn }
                #expect(await expense.handIn())
                try await phone.sync()
                await expense.withdraw()
                try await eventually { expense.isWithdrawing && expense.isOpen && !expense.canHandIn }
                // The office has not heard of it, and she corrects it already.
                try await dana.session.approvals.addLine(lunch, amount("12"))
                try await eventually { expense.canHandIn && expense.lines.count == 2 }
                #expect(await expense.handIn())
                try await phone.sync()
                try await eventually { expense.page?.approval.status == .submitted && mine.waiting.count == 1 }
                // And once more, with network: what she took back is hers again, and goes in as it is.
                await expense.withdraw()
                try await phone.sync()
                try await eventually { expense.page?.approval.status == .withdrawn && expense.canHandIn && mine.toHandIn.count == 1 }
                #expect(mine.decided.isEmpty && mine.mine?.first?.awaitsDecision == true)
                #expect(await expense.handIn())
                try await phone.sync()
                try await eventually { expense.page?.approval.status == .submitted && expense.canWithdraw }
            }
        }
    }

    @Test("a substitute decides in another's stead, a request goes back a step, and a colleague is brought in")
    func steps() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        try await office.command("user", "add", "Liu", "--role", "rep", "--unit", "South", "--duty", "marketing")
        try await office.command("user", "delegate", "Grace", "--to", "Liu", "--until", "2099-01-01")
        let (one, other) = (try PhoneInHand("Dana"), try PhoneInHand("Liu"))
        let (dana, liu) = (try await one.signIn(office), try await other.signIn(office))
        let plan = try await policy(dana)
        for phone in [one, other] { try await phone.sync() }
        let model = ApprovalModel(workplace: liu, approval: plan)
        try await running(liu.run) {
            try await running(model.run) {
                try await eventually { model.canDecide && model.item?.actingFor.map { liu.name($0, en) } == "Grace" && model.earlier.isEmpty }
                #expect(!model.canHandOver, "only one's own seat is handed over")
                await model.decide(.approve, en)
                await liu.undo.doNow()
                try await other.sync()
                try await eventually { model.page?.approval.step == 2 && model.canDecide }
                #expect(model.earlier.map(\.number) == [1])
                let marcus = try #require(model.colleagues.first { $0.name == "Marcus" })
                let note = model.note(for: "hand over")
                note.text = "you know the market"
                #expect(await model.handOver(.add, to: marcus.id, note: note) && note.text.isEmpty, "\(String(describing: model.problem))")
                try await other.sync()
                try await eventually { model.page?.waitsFor.contains(marcus.id) == true }
                await model.decide(.return, note: "ask Grace again", backTo: 1, en)
                await liu.undo.doNow()
                try await other.sync()
                try await eventually { model.page?.approval.step == 1 && model.canDecide }
            }
        }
    }

    /// A request of another form than an expense: its fields filled in as controls do.
    private func policy(_ dana: Workplace) async throws -> ApprovalId {
        let expenses = ExpensesModel(workplace: dana)
        try await running(expenses.run) { try await eventually { expenses.forms.count == 6 } }
        let beginning = NewRequestModel(workplace: dana)
        beginning.title.text = "Autumn offer"
        let plan = try #require(await beginning.begin(form: "policy"))
        let model = ExpenseModel(workplace: dana, expense: plan)
        try await running(model.run) {
            try await eventually { model.page != nil && model.warnings != nil }
            let fields = try #require(model.page?.form).fields.map { FieldModel($0, of: model) }
            #expect(!model.canHandIn)
            for field in fields where field.field.required {
                if field.field.holds == .date {
                    field.day = try Day(text: field.field.name == "ends" ? "2026-12-31" : "2026-12-01").start(in: .current)
                } else {
                    // The thumb goes from the keyboard to *Hand in*: the field is never left.
                    field.typed.text = "two for one"
                }
            }
            try await eventually { model.canHandIn }
            #expect(await model.handIn())
            try await eventually { model.page?.approval.status == .submitted }
            #expect(Language.zh.strings.value(fields.first { $0.field.holds == .text }?.value) == "two for one")
        }
        return plan
    }

    @Test("a customer goes back to the pool and another rep looks after it; a grade is asked for")
    func pool() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let (one, other) = (try PhoneInHand("Dana"), try PhoneInHand("Marcus"))
        let (dana, marcus) = (try await one.signIn(office), try await other.signIn(office))
        let shop = try #require(await CustomersModel(workplace: dana).typing("Harbour Deli").add(isHere: false))
        let mine = CustomerModel(workplace: dana, customer: shop)
        try await running(dana.run) {
            try await running(mine.run) {
                try await eventually { mine.wishes == [.release, .grade] && !mine.grades.isEmpty }
                #expect(await mine.ask(.grade(try #require(mine.grades.first)), note: mine.field("ask/grade")))
                try await eventually { mine.page?.customer.asked == .grade && mine.wishes.isEmpty }
                try await one.sync()
                try await eventually { mine.page?.requests.first?.reply?.granted == true && mine.wishes.contains(.release) }
                let search = CustomersModel(workplace: dana)
                try await running(search.run) { try await eventually { search.due[shop] != nil } }
                #expect(await mine.ask(.release, note: mine.field("ask/release")))
                try await one.sync()
            }
        }
        try await other.sync()
        let customers = CustomersModel(workplace: marcus)
        try await running(marcus.run) {
            try await running(customers.run) {
                try await eventually { customers.pool.map(\.name) == ["Harbour Deli"] && customers.holdings?.held == 0 }
                let his = CustomerModel(workplace: marcus, customer: shop)
                try await running(his.run) {
                    try await eventually { his.wishes == [.claim] }
                    #expect(await his.ask(.claim, note: his.field("ask/claim")))
                    try await other.sync()
                    try await eventually { his.page?.customer.owner == marcus.account.person && customers.holdings?.held == 1 }
                }
            }
        }
    }
}
