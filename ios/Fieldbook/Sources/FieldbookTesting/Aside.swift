import Foundation

/// Runs blocking work where it holds up no task.
public func aside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
    }
}

/// The same for work that cannot fail.
public func aside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
}

/// Folders of this process, thrown away with it.
enum Scratch {
    private static let all: URL = {
        let all = FileManager.default.temporaryDirectory.appendingPathComponent("fieldbook-\(UUID().uuidString)")
        atexit { try? FileManager.default.removeItem(at: Scratch.all) }
        return all
    }()

    static func folder(_ name: String) throws -> URL {
        let folder = all.appendingPathComponent("\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
