import FieldbookKit

/// What was waited for did not come.
public struct Waited: Error, CustomStringConvertible {
    public let description: String

    /// What it was.
    public init(description: String) { self.description = description }
}

extension LiveValues {
    /// The first value that fits. A wait that only a failing test uses up.
    @discardableResult
    public func until(
        _ fits: @escaping @Sendable (Value) -> Bool, within limit: Duration = .seconds(60)
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                for try await value in self where fits(value) { return value }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() ?? nil else { throw Waited(description: "no value that fits") }
            return value
        }
    }

    /// The value now.
    public func first() async throws -> Value { try await until { _ in true } }
}
