import FieldbookKit
import FieldbookTesting
import Rooms
import Testing

/// A thumb that taps twice.
@Suite(.timeLimit(.minutes(2))) @MainActor struct OneAtATimeTests {
    @Test("the second of two taps does nothing; a later one does")
    func twice() async {
        let (actions, (held, hold)) = (OneAtATime(), AsyncStream.makeStream(of: Void.self))
        var done = 0
        let first = Task {
            await actions.run {
                done += 1
                for await _ in held { return }
            }
        }
        while !actions.isRunning { await Task.yield() }
        await actions.run { done += 1 }
        hold.yield()
        await first.value
        #expect(done == 1 && !actions.isRunning)
        await actions.run { done += 1 }
        #expect(done == 2)
    }

    @Test("two taps on Start plan one visit")
    func start() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let dana = try await PhoneInHand("Dana").signIn(office)
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: ""))
        let page = try #require(try await dana.session.customers.page(shop).first())
        let (actions, model) = (OneAtATime(), CheckInModel(workplace: dana, customer: page.customer))
        let taps = (1...2).map { _ in Task { await actions.run { _ = await model.start(Language.en.strings) } } }
        for tap in taps { await tap.value }
        #expect(try await dana.session.visits.toCustomer(shop).first().count == 1 && model.problem == nil)
    }
}
