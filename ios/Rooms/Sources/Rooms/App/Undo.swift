import Observation

/// What the person decided a moment ago and may still take back: for ten seconds it is said with an *Undo* beside it, then it is done. It is
/// done at once when the next one comes, or when the app goes to the background: nothing that was decided is forgotten.
@Observable @MainActor
public final class Undo {
    /// What is about to be done, as a sentence; nil when nothing is.
    public private(set) var said: String?

    private var work: (@MainActor () async -> Void)?
    private var timer: Task<Void, Never>?
    private let wait: @Sendable () async throws -> Void

    /// Nothing to take back yet.
    ///
    /// - Parameter wait: how long a person may think; a test gives its own.
    public init(wait: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(10)) }) {
        self.wait = wait
    }

    /// Says what will be done, and does it unless it is taken back.
    public func offer(_ said: String, _ work: @escaping @MainActor () async -> Void) async {
        await doNow()
        self.said = said
        self.work = work
        timer = Task { [wait] in
            do { try await wait() } catch { return }
            await self.doNow()
        }
    }

    /// Takes it back: nothing was written.
    public func takeBack() { _ = taken() }

    /// Does it now.
    public func doNow() async { await taken()?() }

    private func taken() -> (@MainActor () async -> Void)? {
        timer?.cancel()
        defer { (said, work, timer) = (nil, nil, nil) }
        return work
    }
}
