import Foundation

/// How many calls are under way that nobody can hold back, and whoever waits for their end.
final class UnderWay: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// One begins.
    func begin() { lock.withLock { count += 1 } }

    /// One is over.
    func end() {
        let isLast = lock.withLock {
            count -= 1
            return count == 0
        }
        if isLast { giveUp() }
    }

    /// Waits until none is under way.
    func settled() async {
        await withCheckedContinuation { continuation in
            let isQuiet = lock.withLock {
                if count > 0 { waiting.append(continuation) }
                return count == 0
            }
            if isQuiet { continuation.resume() }
        }
    }

    /// Nobody waits any longer.
    func giveUp() {
        let waiting = lock.withLock {
            defer { self.waiting = [] }
            return self.waiting
        }
        waiting.forEach { $0.resume() }
    }
}
