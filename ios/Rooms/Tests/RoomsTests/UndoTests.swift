import FieldbookKit
import Rooms
import Testing

/// What a person may take back.
@Suite(.timeLimit(.minutes(2))) @MainActor struct UndoTests {
    @Test("what is taken back is never done")
    func takenBack() async {
        var isDone = false
        let undo = Undo { try await Task.sleep(for: .seconds(600)) }
        await undo.offer("Approved: Lunch") { isDone = true }
        #expect(undo.said == "Approved: Lunch")
        undo.takeBack()
        await undo.doNow()
        #expect(!isDone && undo.said == nil)
    }

    @Test("when the time is over it is done, once")
    func timeIsOver() async throws {
        var done = 0
        let (over, end) = AsyncStream.makeStream(of: Void.self)
        let undo = Undo { for await _ in over { return } }
        await undo.offer("Discarded") { done += 1 }
        #expect(done == 0)
        end.yield()
        try await eventually { undo.said == nil }
        await undo.doNow()
        #expect(done == 1)
    }

    @Test("the next decision and leaving the app do the one before at once")
    func next() async {
        var done: [String] = []
        let undo = Undo { try await Task.sleep(for: .seconds(600)) }
        await undo.offer("one") { done.append("one") }
        await undo.offer("two") { done.append("two") }
        #expect(done == ["one"] && undo.said == "two")
        await undo.doNow()
        #expect(done == ["one", "two"] && undo.said == nil)
    }

    @Test("what could not be done is said, also when its screen is long closed, until it was read")
    func failed() async {
        let undo = Undo { try await Task.sleep(for: .seconds(600)) }
        await undo.offer("Approved: Lunch", about: ["lunch"]) { throw FieldbookError.Unreachable(words: Words(en: "no network", zh: "没有网络")) }
        #expect(undo.hides("lunch") && undo.problem == nil)
        await undo.doNow()
        #expect(undo.problem?.words.zh == "没有网络" && !undo.hides("lunch"))
        await undo.offer("Discarded") {}
        await undo.doNow()
        #expect(undo.problem != nil, "another decision does not hide it")
    }
}
