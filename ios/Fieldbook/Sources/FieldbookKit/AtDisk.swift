import Foundation

/// The package's door to the disk: what touches it runs on lanes of its own, and an app that is about to be suspended closes the door.
///
/// What has begun is counted here and not asked of the queue: an operation that the queue has handed to a thread and that has not begun
/// yet is neither executing nor held back there.
final class AtDisk: @unchecked Sendable {
    private let lanes = OperationQueue()
    private let lock = NSLock()
    private var isClosed = false
    private var underWay = 0
    private var held: [@Sendable () -> Void] = []
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// An open one with as many lanes as the library has connections.
    init() {
        lanes.name = "org.fieldbook.disk"
        lanes.maxConcurrentOperationCount = 3
        lanes.qualityOfService = .userInitiated
    }

    /// Runs `work` as soon as a lane is free and the door is open.
    func run(_ work: @escaping @Sendable () -> Void) {
        lanes.addOperation {
            guard self.enters(work) else { return }
            work()
            self.leave()
        }
    }

    /// Is it closed?
    var isResting: Bool { lock.withLock { isClosed } }

    /// Closes the door, then waits until what has begun is over; returns whether it is closed still.
    func rest() async -> Bool {
        await withCheckedContinuation { continuation in
            let isQuiet = lock.withLock {
                isClosed = true
                if underWay > 0 { waiting.append(continuation) }
                return underWay == 0
            }
            if isQuiet { continuation.resume() }
        }
        return isResting
    }

    /// Opens the door; what was held back goes on in its order, and nobody waits any longer for the end of the rest.
    func wake() {
        let (held, waiting) = lock.withLock {
            defer { (isClosed, self.held, self.waiting) = (false, [], []) }
            return (self.held, self.waiting)
        }
        waiting.forEach { $0.resume() }
        held.forEach(run)
    }

    private func enters(_ work: @escaping @Sendable () -> Void) -> Bool {
        lock.withLock {
            if isClosed { held.append(work) } else { underWay += 1 }
            return !isClosed
        }
    }

    private func leave() {
        let waiting = lock.withLock {
            underWay -= 1
            guard underWay == 0 else { return [] as [CheckedContinuation<Void, Never>] }
            defer { self.waiting = [] }
            return self.waiting
        }
        waiting.forEach { $0.resume() }
    }
}
