import FieldbookKit
import FieldbookTesting
import Testing

/// An app that iOS suspends.
@Suite struct RestTests {
    @Test("while the app rests nothing begins at the disk, and everything goes on when it wakes")
    func rest() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            try await dana.sync.start()
            try await dana.sync.status().until { $0.phase == .upToDate }
            try await dana.rest()
            let course = Course()
            let adding = Task {
                _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: ""))
                await course.add("added")
            }
            let exchanging = Task {
                try await dana.sync.now()
                await course.add("synced")
            }
            // Whatever could run would have run.
            for _ in 0..<1_000 { await Task.yield() }
            await course.add("woken")
            try await dana.wake()
            try await adding.value
            try await exchanging.value
            #expect(await course.steps.first == "woken")
            #expect(await course.steps.count == 3)
            try await dana.customers.list().until { $0.first?.state == .accepted }
        }
    }
}

/// What happened, in its order.
private actor Course {
    private(set) var steps: [String] = []
    func add(_ step: String) { steps.append(step) }
}
