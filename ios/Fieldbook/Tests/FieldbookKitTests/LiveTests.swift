import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// Lists that change by themselves.
@Suite(.timeLimit(.minutes(2))) struct LiveTests {
    @Test("a supervisor's list shows the visit of a rep as it happens")
    func asItHappens() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            let grace = try await TestPhone().signIn(office, "Grace")
            try await dana.sync.start()
            try await grace.sync.start()
            async let seen = grace.customers.list().until { $0.contains { $0.name == "Tea House" } }
            let shop = try await dana.customers.add(NewCustomer(name: "Tea House", address: "", position: sunrise))
            _ = try await seen
            let visit = try await dana.visits.plan(shop)
            async let started = grace.visits.page(visit).until { $0?.visit.status == .started }
            try await dana.visits.start(visit, reading: reading(sunrise))
            #expect(try await started?.visit.customerName == "Tea House")
            try await dana.visits.today().until { $0.visits.allSatisfy { $0.state == .accepted } }
            let status = try await dana.sync.status().until { $0.phase == .upToDate }
            #expect(status.totals.onPhone == 0)
            try await dana.sync.stop()
            try await dana.sync.status().until { $0.phase == .stopped }
        }
    }

    @Test("a list answers for each change of its own and not for others")
    func eachChange() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            var names = dana.customers.list().makeAsyncIterator()
            #expect(try await names.next()?.isEmpty == true)
            try await dana.activities.log("nothing about customers' names")
            _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: ""))
            #expect(try await names.next()?.map(\.name) == ["Tea House"])
        }
    }

    @Test("a thousand observers come and go without a leak")
    func observers() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            for round in 1...2 {
                let (answers, answered) = AsyncStream.makeStream(of: Void.self)
                let observers = (0..<1_000).map { _ in
                    Task {
                        var isFirst = true
                        defer { if isFirst { answered.yield() } }
                        for try await _ in dana.customers.list() where isFirst {
                            isFirst = false
                            answered.yield()
                        }
                    }
                }
                for await _ in answers.prefix(1_000) {}
                #expect(dana.watchers == 1_000)
                _ = try await dana.customers.add(NewCustomer(name: "Shop \(round)", address: ""))
                for observer in observers { observer.cancel() }
                for observer in observers { _ = await observer.result }
                #expect(dana.watchers == 0, "every handle ended with its reader")
            }
            #expect(try await dana.customers.list().first().count == 2)
        }
    }

    @Test("a reader that stops listening without being cancelled leaves no handle")
    func broken() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            for try await list in dana.customers.list() {
                #expect(dana.watchers == 1)
                if list.isEmpty { break }
            }
            #expect(dana.watchers == 0)
        }
    }
}
