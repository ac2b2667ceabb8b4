import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// What was not accepted, in the hands of the person.
@Suite(.timeLimit(.minutes(2))) struct ParkedTests {
    @Test("a step recorded too late is kept as a note of the visit")
    func tooLate() async throws {
        try await Office.open { office in
            let phone = try await TestPhone().signIn(office, "Dana")
            let shop = try await phone.customers.add(NewCustomer(name: "Sunrise Market", address: "", position: sunrise))
            let visit = try await phone.visits.plan(shop)
            try await phone.visits.start(visit, reading: reading(sunrise))
            try await phone.sync.now()
            let tablet = try await TestPhone().signIn(office, "Dana")
            try await tablet.sync.now()
            // On the tablet, offline, while the visit ends on the phone.
            try await tablet.visits.recordStep(visit, step: "display", value: .text(value: "two facings more"))
            try await phone.visits.finish(visit, reading: reading(sunrise))
            try await phone.sync.now()
            #expect(try await tablet.sync.now().parked == 1)

            let item = try #require(try await tablet.parked.all().until { !$0.isEmpty }.first)
            #expect(item.work == "record_step")
            #expect(item.typed.contains(TypedField(name: "value", value: "two facings more")))
            #expect(!item.words.zh.isEmpty && !item.words.en.isEmpty)
            #expect(try await tablet.visits.page(visit).first()?.visit.state == .needsAttention)
            #expect(try await tablet.parked.export().contains("two facings more"))
            try await tablet.parked.keepAsNote(item.id)
            try await tablet.parked.all().until { $0.isEmpty }
            let gone = await failure { try await tablet.parked.keepAsNote(item.id) }
            guard case .Missing = gone else { throw Unexpected(gone) }
            try await tablet.sync.now()
            try await phone.sync.now()
            #expect(try await phone.visits.page(visit).first()?.visit.notes.contains("two facings more") == true)
        }
    }

    @Test("what follows a refused line is parked with it and goes only when the person says so")
    func followers() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            let grace = try await TestPhone().signIn(office, "Grace")
            let lunch = try await dana.approvals.draftExpense("Lunch")
            try await dana.approvals.addLine(lunch, line("128.50"))
            let revision = try await dana.approvals.submit(lunch)
            try await dana.sync.now()
            try await grace.sync.now()
            try await grace.approvals.decide(lunch, revision: revision, .approve)
            try await dana.approvals.addLine(lunch, line("40"))
            try await dana.approvals.submit(lunch)
            try await grace.sync.now()
            #expect(try await dana.sync.now().parked == 2)
            let parked = try await dana.parked.all().until { $0.count == 2 }
            let (refused, follower) = (parked[0], parked[1])
            #expect(refused.rule == "approval.closed")
            #expect(follower.dependsOn == refused.id)
            // Sent again in other words it is still not allowed; everything stays.
            let again = await failure { try await dana.parked.resend(refused.id, TypedField(name: "amount", value: "39")) }
            guard case .Refused = again else { throw Unexpected(again) }
            #expect(try await dana.parked.all().first().count == 2)
            #expect(try await dana.parked.discard(follower.id))
            #expect(try await dana.parked.discard(refused.id))
            #expect(try await !dana.parked.discard(refused.id))
        }
    }

    @Test("what was not accepted is corrected, sent again and accepted")
    func corrected() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            let marcus = try await TestPhone().signIn(office, "Marcus")
            let shop = try await dana.customers.add(NewCustomer(name: "Harbour Deli", address: ""))
            try await dana.customers.release(shop)
            for session in [dana, marcus] { try await session.sync.now() }
            // Both claim it; Marcus is first. Later he gives it back, and Dana asks again in other words.
            try await dana.customers.claim(shop, note: "near my rout")
            try await marcus.customers.claim(shop)
            for session in [marcus, dana] { try await session.sync.now() }
            let item = try #require(try await dana.parked.all().until { !$0.isEmpty }.first)
            #expect(item.typed == [TypedField(name: "note", value: "near my rout")])
            try await marcus.sync.now()
            try await marcus.customers.release(shop)
            for session in [marcus, dana] { try await session.sync.now() }
            #expect(try await dana.parked.resend(item.id, TypedField(name: "note", value: "near my route")) == 1)
            #expect(try await dana.parked.all().until { $0.isEmpty }.isEmpty)
            #expect(try await dana.sync.now().accepted == 1)
            let mine = try #require(try await dana.customers.page(shop).until { $0?.customer.owner != nil })
            #expect(try await mine.customer.owner == dana.account().person)
            #expect(mine.requests.first?.note == "near my route")
        }
    }

    @Test("a refusal on the phone says the rule and writes nothing")
    func refusal() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            let refused = await failure { _ = try await dana.customers.add(NewCustomer(name: "", address: "")) }
            guard case .Refused(let rule, _, let words) = refused else { throw Unexpected(refused) }
            #expect(!rule.isEmpty && !words.zh.isEmpty)
            #expect(try await dana.customers.list().first().isEmpty)
            let malformed = await failure { _ = try await dana.visits.plan(CustomerId("not an id")) }
            guard case .Platform(let detail, _) = malformed else { throw Unexpected(malformed) }
            #expect(detail.contains("CustomerId"))
        }
    }
}
