import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// What people ask the server to decide about customers.
@Suite(.timeLimit(.minutes(2))) struct PoolTests {
    @Test("two claim one customer of the pool and the second is told")
    func claim() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            let marcus = try await TestPhone().signIn(office, "Marcus")
            let shop = try await dana.customers.add(NewCustomer(name: "Harbour Deli", address: ""))
            try await dana.customers.release(shop, note: "too far away")
            #expect(try await dana.customers.page(shop).first()?.customer.asked == .release)
            for session in [dana, marcus] { try await session.sync.now() }
            let pooled = try #require(try await marcus.customers.pool().until { !$0.isEmpty }.first)
            #expect(pooled.owner == nil && pooled.pool != nil)

            try await dana.customers.claim(shop, note: "I changed my mind")
            try await marcus.customers.claim(shop)
            #expect(try await marcus.customers.holdings().until { $0.asked == 1 }.held == 0)
            for session in [marcus, dana, marcus] { try await session.sync.now() }
            let won = try #require(try await marcus.customers.page(shop).until { $0?.customer.owner != nil })
            let person = try await marcus.account().person
            #expect(won.customer.owner == person)
            #expect(won.requests.first { $0.by == person }?.reply?.granted == true)
            // It has left Dana's phone; her claim waits with the reason, and she may claim another one.
            #expect(try await dana.customers.page(shop).until { $0 == nil } == nil)
            let lost = try #require(try await dana.parked.all().until { !$0.isEmpty }.first)
            #expect(lost.rule == "customer.taken" && lost.words.en.contains("Marcus") && lost.words.zh.contains("Marcus"))
            #expect(try await dana.customers.holdings().first().asked == 0)
        }
    }

    @Test("a supervisor hands a customer over and a grade is asked for")
    func handedOver() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            let grace = try await TestPhone().signIn(office, "Grace")
            let shop = try await dana.customers.add(NewCustomer(name: "Harbour Deli", address: ""))
            try await dana.customers.askGrade(shop, grade: "B", note: "orders every week")
            for session in [dana, grace] { try await session.sync.now() }
            let marcus = try #require(try await grace.people.all().first { $0.name == "Marcus" }).id
            let asked = try #require(try await grace.customers.page(shop).until { $0 != nil })
            #expect(asked.customer.grade == "B" && asked.requests.map(\.newGrade) == ["B"])
            try await grace.customers.askOwner(shop, to: marcus)
            try await grace.sync.now()
            #expect(try await grace.customers.page(shop).until { $0?.customer.owner == marcus } != nil)
        }
    }
}
