import FieldbookTesting
import Observation

/// Runs what a screen's `.task` runs, for as long as `body` does.
@MainActor
func running(_ screen: @escaping @MainActor () async -> Void, _ body: @MainActor () async throws -> Void) async throws {
    let task = Task { await screen() }
    defer { task.cancel() }
    try await body()
}

/// Waits until what models say makes it true: looks again after each of their changes. Only a failing test waits long.
@MainActor
func eventually(line: Int = #line, _ isTrue: @escaping @MainActor () -> Bool) async throws {
    let limit = Task { try await Task.sleep(for: .seconds(60)) }
    defer { limit.cancel() }
    while true {
        let (changes, change) = AsyncStream.makeStream(of: Bool.self)
        let timer = Task {
            _ = await limit.result
            change.yield(false)
        }
        defer { timer.cancel() }
        if withObservationTracking(isTrue, onChange: { change.yield(true) }) { return }
        var answers = changes.makeAsyncIterator()
        guard await answers.next() == true else { throw Waited(description: "line \(line): it never became true") }
        // The change itself comes right after its announcement.
        await Task.yield()
    }
}
