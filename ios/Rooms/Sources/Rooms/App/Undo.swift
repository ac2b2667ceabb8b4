import FieldbookKit
import Observation

/// What the person decided a moment ago and may still take back: for ten seconds it is said with an *Undo* beside it, then it is done. It is
/// done at once when the next one comes, or when the app goes to the background: nothing that was decided is forgotten.
@Observable @MainActor
public final class Undo {
    /// What is about to be done, as a sentence; nil when nothing is.
    public private(set) var said: String?

    /// Whose rows a list hides meanwhile, for example a request's id.
    public private(set) var subjects: Set<String> = []

    /// Why the last one could not be done, also when its screen is long closed; nil once the person has read it.
    public var problem: FieldbookError?

    private var work: (@MainActor () async throws -> Void)?
    private var timer: Task<Void, Never>?
    private let wait: @Sendable () async throws -> Void

    /// Nothing to take back yet.
    ///
    /// - Parameter wait: how long a person may think; a test gives its own.
    public init(wait: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(10)) }) {
        self.wait = wait
    }

    /// Says what will be done, and does it unless it is taken back.
    public func offer(_ said: String, about subjects: Set<String> = [], _ work: @escaping @MainActor () async throws -> Void) async {
        let before = taken()
        (self.said, self.subjects, self.work) = (said, subjects, work)
        timer = Task { [wait] in
            do { try await wait() } catch { return }
            await self.doNow()
        }
        if let before { await finish(before) }
    }

    /// Takes it back: nothing was written.
    public func takeBack() { _ = taken() }

    /// Does it now.
    public func doNow() async {
        if let work = taken() { await finish(work) }
    }

    /// Is this about to be decided or thrown away?
    public func hides(_ subject: String) -> Bool { subjects.contains(subject) }

    /// What went wrong before stays to be read.
    private func finish(_ work: () async throws -> Void) async {
        do { try await work() } catch { problem = FieldbookError(error) }
    }

    private func taken() -> (@MainActor () async throws -> Void)? {
        timer?.cancel()
        defer { (said, subjects, work, timer) = (nil, [], nil, nil) }
        return work
    }
}
