import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms
import Testing

/// A day in the rooms: what the screens show and do, over the real library and a server process.
@Suite(.timeLimit(.minutes(2))) @MainActor struct DayTests {
    private let en = Language.en.strings

    @Test("a rep signs in by a link, visits a customer in six taps and hands an expense in; the supervisor approves it in two")
    func day() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        phone.records.place.fix = .found(reading: reading(sunrise))
        let dana = try await phone.signIn(office)
        let shop = try await counter(dana)
        phone.records.place.fix = .found(reading: reading(sunrise, north: 35))
        let visit = try await visit(dana, shop)

        let today = TodayModel(workplace: dana)
        try await running({ await today.run(day: Formats(.en).today) }) { try await eventually { today.today?.done == 1 } }
        #expect(today.over.map(\.id) == [visit] && today.next == nil)

        let lunch = try await handIn(dana, shop, visit)
        try await phone.sync()
        try await approve(lunch, office)
        try await phone.sync()
        let sync = SyncModel(workplace: dana)
        try await running(dana.run) {
            try await running(sync.run) {
                try await eventually { sync.receipt?.allOnServer == true && dana.status?.totals.onPhone == 0 }
            }
            let line = dana.statusLine(en, Formats(.en))
            #expect(line.hasPrefix("Everything accepted · last contact "), "\(line)")
            #expect(sync.phase(at: Date(), en) == en.syncStopped)
        }
    }

    /// A customer at the counter, found as one types.
    private func counter(_ dana: Workplace) async throws -> CustomerId {
        let customers = CustomersModel(workplace: dana)
        (customers.newName.text, customers.newAddress.text) = ("Sunrise Market 华东轴承", "12 Harbour Road")
        let shop = try #require(await customers.add(isHere: true))
        #expect(customers.newName.text.isEmpty, "the form is ready for the next one")
        customers.text = "轴承"
        await customers.search()
        #expect(customers.found?.map(\.id) == [shop])
        return shop
    }

    /// From the door to the end: six taps beside typing.
    private func visit(_ dana: Workplace, _ shop: CustomerId) async throws -> VisitId {
        let thumb = Thumb()
        let customer = CustomerModel(workplace: dana, customer: shop)
        var page: CustomerPage?
        try await running(customer.run) {
            try await eventually { customer.page != nil }
            page = customer.page
        }
        let door = CheckInModel(workplace: dana, customer: try #require(page).customer)
        await thumb.tap { await door.door.look() } // Start visit: the sheet at the door
        #expect(door.door.said(en, Formats(.en)) == "35 m from the door (±12 m) · on site")
        #expect(!door.door.isInDoubt)
        #expect(dana.whereIs(sunrise).map { Formats(.en).direction($0.bearingDeg) } == "S")
        let visit = try #require(await thumb.tap { await door.start(en) }) // Start
        let model = VisitModel(workplace: dana, visit: visit)
        try await running(dana.run) {
            try await running(model.run) {
                try await eventually { model.page?.visit.status == .started && model.steps.count > 1 }
                let step = try #require(model.nextOpenStep)
                let typed = await thumb.tap { model.field(of: step) } // the step: its sheet
                typed.text = "12"
                #expect(await thumb.tap { await model.record(step, .count(value: 12)) }) // Save
                try await eventually { model.nextOpenStep != step }
                model.notes.text = "owner back on Friday"
                model.outcome.text = "12 cases"
                let out = Door(workplace: dana, customer: shop)
                await thumb.tap { await out.look() } // Finish visit: the sheet at the door
                #expect(await thumb.tap { await model.finish(at: out, en) }) // Finish
                try await eventually { model.page?.visit.status == .finished }
                #expect(model.page?.visit.notes == "owner back on Friday" && model.page?.visit.outcome == "12 cases")
                #expect(model.steps.first { $0.name == step }?.result?.value == .count(value: 12))
            }
        }
        #expect(thumb.taps == 6)
        return visit
    }

    /// A lunch: an amount that is none adds nothing; a line can be changed, removed and taken back.
    private func handIn(_ dana: Workplace, _ shop: CustomerId, _ visit: VisitId) async throws -> ApprovalId {
        let beginning = NewRequestModel(workplace: dana, customer: shop, visit: visit)
        beginning.title.text = "Lunch"
        let lunch = try #require(await beginning.begin())
        let expense = ExpenseModel(workplace: dana, expense: lunch)
        try await running(expense.run) {
            try await eventually { expense.asksForLine && expense.warnings?.missing.isEmpty == false }
            let line = expense.fields()
            #expect(line.category.text == "meals", "the first of the form")
            (line.amount.text, line.receipt.text, line.category.text) = ("much", "7", "travel")
            #expect(expense.fields().category.text == "travel", "chosen is not lost either")
            line.category.text = "meals"
            #expect(await !expense.add(line, day: Day(Date())))
            line.amount.text = "¥1,128.50"
            #expect(await expense.add(line, day: Day(Date())))
            #expect(expense.fields().amount.text.isEmpty, "the next line begins empty")
            try await eventually { expense.page?.lines.count == 1 }
            let added = try #require(expense.lines.first)
            let other = expense.fields(of: added)
            (other.amount.text, other.receipt.text) = ("128.50", "")
            #expect(await expense.save(other, of: added, day: added.date))
            try await eventually { expense.lines.first?.amount.amount.exactText == "128.5" && expense.lines.first?.receipt == nil }
            await expense.remove(expense.lines[0], called: "Meals ¥128.50", en)
            #expect(expense.lines.isEmpty && dana.undo.said == "Removed: Meals ¥128.50")
            dana.undo.takeBack()
            #expect(expense.lines.count == 1)
            #expect(await expense.handIn())
            try await eventually { expense.page?.approval.status == .submitted && !expense.isOpen && expense.canWithdraw }
        }
        return lunch
    }

    /// The supervisor: opens the request and approves it, two taps; it counts when the server confirms.
    private func approve(_ lunch: ApprovalId, _ office: Office) async throws {
        let phone = try PhoneInHand("Grace")
        let grace = try await phone.signIn(office)
        let inbox = ApprovalsModel(workplace: grace)
        try await running(inbox.run) {
            try await eventually { inbox.undecided.count == 1 }
            #expect(inbox.total?.amount.exactText == "128.5" && inbox.odd.isEmpty)
            let thumb = Thumb()
            let model = await thumb.tap { ApprovalModel(workplace: grace, approval: lunch) } // the row
            try await running(model.run) {
                try await eventually { model.canDecide }
                await thumb.tap { await model.decide(.approve, en) } // Approve
                #expect(grace.undo.said == "Approved: Lunch" && !model.canDecide && inbox.undecided.isEmpty)
                await grace.undo.doNow()
                try await eventually { model.page?.approval.status == .provisional && !inbox.provisional.isEmpty }
                try await phone.sync()
                try await eventually { model.page?.approval.status == .approved }
            }
            #expect(thumb.taps == 2)
        }
    }
}
