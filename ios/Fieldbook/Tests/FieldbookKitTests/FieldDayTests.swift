import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// The field day of the demo, driven from Swift: two reps and a supervisor, one phone killed on the way.
@Suite(.timeLimit(.minutes(2))) struct FieldDayTests {
    @Test("two reps and a supervisor come to the same truth though a phone is killed on the way")
    func day() async throws {
        try await Office.open { office in
            let phones = try (0..<3).map { _ in try TestPhone() }
            let dana = try await phones[0].signIn(office, "Dana")
            let grace = try await phones[2].signIn(office, "Grace")
            try await dana.sync.now()
            try await grace.sync.now()
            #expect(try await grace.people.me().until { $0 != nil }?.role == .supervisor)

            let (shop, lunch) = try await atTheCounter(dana)
            let (below, saved) = try await underground(phones[1], office)
            let marcus = try #require(try await phones[1].open().resume())
            let entries = try await marcus.activities.days().until { !$0.isEmpty }[0].entries.map(\.text)
            #expect(Array(entries.prefix(saved)) == (1...saved).map { "entry \($0)" }, "what the screen called saved is there")
            #expect(try await marcus.visits.page(below).first()?.visit.status == .started)
            try await marcus.visits.finish(below, reading: nil, reason: "basement, no signal")

            // Connections come back.
            for session in [dana, marcus, grace] { try await session.sync.now() }
            let today = Timestamp(Date(), in: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt).day
            let team = try await grace.visits.team(on: today).until { $0.visits.count == 2 }
            #expect(team.done == 2)
            #expect(Set(team.visits.map(\.verdict)) == [.inside, .unknown])

            try await decide(lunch, grace)
            for session in [grace, dana, marcus, grace] { try await session.sync.now() }
            for session in [grace, dana] {
                #expect(try await session.approvals.page(lunch).first()?.approval.status == .approved)
            }

            // Agreement, and nothing left behind.
            for session in [dana, marcus, grace] {
                let totals = try await session.sync.status().until { $0.lastContact != nil }.totals
                #expect([totals.onPhone, totals.sent, totals.attention] == [0, 0, 0])
                #expect(try await session.unsent().records.isEmpty)
            }
            let seen = try #require(try await grace.customers.page(shop).first())
            #expect(seen.timeline.contains { $0.text == "price list asked for" })
            let person = try await marcus.account().person
            #expect(try await grace.activities.days(of: person).until { !$0.isEmpty }[0].entries.count == entries.count)
        }
    }

    /// Dana, offline: a shop at the counter, a visit on the spot, a lunch.
    private func atTheCounter(_ dana: Session) async throws -> (CustomerId, ApprovalId) {
        let shop = try await dana.customers.add(
            NewCustomer(name: "Sunrise Market 华东轴承", address: "12 Harbour Road", position: sunrise))
        let visit = try await dana.visits.plan(shop, purpose: "count the stock")
        let judged = try await dana.visits.judge(shop, reading: reading(sunrise, north: 35))
        #expect(judged.verdict == .inside)
        #expect(abs((judged.distanceM ?? 0) - 35) < 1)
        try await dana.visits.start(visit, reading: reading(sunrise, north: 35))
        try await dana.visits.recordStep(visit, step: "stock", value: .count(value: 12))
        try await dana.visits.setNotes(visit, seen: "", text: "owner back on Friday")
        try await dana.activities.log("price list asked for", customer: shop, visit: visit)
        try await dana.visits.finish(visit, reading: reading(sunrise, north: 20), outcome: "12 cases")
        let lunch = try await dana.approvals.draftExpense("Lunch", customer: shop, visit: visit)
        try await dana.approvals.addLine(lunch, line("128.50"))
        try await dana.approvals.submit(lunch)
        #expect(try await dana.visits.today().until { $0.visits.count == 1 }.visits[0].state == .onPhone)
        return (shop, lunch)
    }

    /// Marcus, underground: no fix; his app is killed while he writes.
    private func underground(_ phone: TestPhone, _ office: Office) async throws -> (VisitId, saved: Int) {
        let marcus = try await phone.signIn(office, "Marcus")
        try await marcus.sync.now()
        let den = try await marcus.customers.add(NewCustomer(name: "Tunnel Kiosk", address: ""))
        let below = try await marcus.visits.plan(den)
        #expect(try await marcus.visits.locate(patienceMs: 100) == .notFound)
        #expect(try await marcus.visits.start(below, reading: nil, reason: "basement, no signal").verdict == .unknown)
        let folder = phone.folder
        let saved = try await aside { try KilledApp.writeUntilKilled(folder, entries: 25) }
        #expect(saved >= 25, "it was killed after the 25th entry")
        return (below, saved)
    }

    /// Grace decides, offline; it counts when the server confirms.
    private func decide(_ lunch: ApprovalId, _ grace: Session) async throws {
        let inbox = try await grace.approvals.inbox().until { $0.count == 1 }
        #expect(inbox[0].approval.total.amount.exactText == "128.5")
        #expect(!inbox[0].odd)
        try await grace.approvals.decide(lunch, revision: inbox[0].approval.revision, .approve)
        #expect(try await grace.approvals.page(lunch).first()?.approval.status == .provisional)
    }

    @Test("a plan with the offset of its place reads back as it was")
    func offsets() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            let shop = try await dana.customers.add(NewCustomer(name: "Sunrise Market", address: ""))
            let start = try Timestamp(text: "2026-11-26T10:00:00+08:00")
            let visit = try await dana.visits.plan(shop, purpose: "bring the price", start: start)
            #expect(try await dana.visits.page(visit).first()?.visit.planned == start)
            #expect(try await dana.visits.on(start.day).first().visits.count == 1)
        }
    }
}

/// A line of an expense.
func line(_ amount: String) throws -> NewLine {
    NewLine(date: Day(Date()), category: "meals", amount: try Decimal(exactly: amount))
}
