import FieldbookBindings

/// How this package calls the library: what touches the disk runs on lanes of its own, never on the caller's thread and not on
/// those that all of Swift's tasks share.
final class Calls: Sendable {
    private let atDisk = AtDisk()

    /// Runs a call that touches the disk.
    func disk<Value: Sendable>(_ call: @escaping @Sendable () throws -> Value) async throws(FieldbookError) -> Value {
        let outcome = await withCheckedContinuation { continuation in
            atDisk.run { continuation.resume(returning: Self.outcome(call)) }
        }
        return try outcome.get()
    }

    /// Runs a call that waits for the network or the platform. A cancelled task ends it: a Swift task does not cancel the future of
    /// Rust by itself, so its ``NativeCancel`` does.
    func network<Value: Sendable>(
        _ call: @escaping @Sendable (NativeCancel) async throws -> Value
    ) async throws(FieldbookError) -> Value {
        let cancel = NativeCancel()
        let outcome: Result<Value, FieldbookError> = await withTaskCancellationHandler {
            do {
                return .success(try await call(cancel))
            } catch {
                return .failure(FieldbookError(error))
            }
        } onCancel: {
            cancel.cancel()
        }
        return try outcome.get()
    }

    /// Asks `query` now and after every change of `topics`, as long as somebody iterates.
    func live<Value: Sendable & Equatable>(
        _ live: NativeLive, _ topics: [Topic], _ query: @escaping @Sendable () throws -> Value
    ) -> LiveValues<Value> {
        LiveValues(calls: self, live: live, topics: topics, query: query)
    }

    /// Lets the calls under way end and holds new ones back until ``wake()``; returns whether it still rests then.
    func rest() async -> Bool { await atDisk.rest() }

    /// Lets calls go on after ``rest()``.
    func wake() { atDisk.wake() }

    /// Are calls held back?
    var isResting: Bool { atDisk.isResting }

    private static func outcome<Value>(_ call: () throws -> Value) -> Result<Value, FieldbookError> {
        do {
            return .success(try call())
        } catch {
            return .failure(FieldbookError(error))
        }
    }
}

extension FieldbookError {
    /// Any error as one of the library's: a panic behind a call is a defect, and so is what else is thrown on the way.
    public init(_ error: any Error) {
        if let error = error as? FieldbookError {
            self = error
        } else {
            self = error is CancellationError ? .Cancelled : defect(detail: String(describing: error))
        }
    }
}
