import FieldbookBindings
import Foundation

/// How this package calls the library: what touches the disk runs on lanes of its own, never on the caller's thread and not on
/// those that all of Swift's tasks share.
final class Calls: Sendable {
    /// As many lanes as the library has connections.
    private let lanes: OperationQueue

    init() {
        lanes = OperationQueue()
        lanes.name = "org.fieldbook.disk"
        lanes.maxConcurrentOperationCount = 3
        lanes.qualityOfService = .userInitiated
    }

    /// Runs a call that touches the disk.
    func disk<Value: Sendable>(_ call: @escaping @Sendable () throws -> Value) async throws(FieldbookError) -> Value {
        let outcome = await withCheckedContinuation { continuation in
            lanes.addOperation { continuation.resume(returning: Self.outcome(call)) }
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

    /// Lets the calls under way end and holds new ones back until ``wake()``.
    func rest() async {
        lanes.isSuspended = true
        // A barrier would wait behind what is held back: only what has begun is waited for.
        await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async {
                for operation in self.lanes.operations where operation.isExecuting { operation.waitUntilFinished() }
                continuation.resume()
            }
        }
    }

    /// Lets calls go on after ``rest()``.
    func wake() { lanes.isSuspended = false }

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
