import Foundation

/// A process that a test started. One starts after the other: one that starts while another's pipe is open would inherit it, and
/// whoever reads that pipe to its end would wait for both.
///
/// Not Process.waitUntilExit: off the main thread it spins on Linux.
public final class Spawned: @unchecked Sendable {
    private static let lock = NSLock()

    /// What it says.
    public let output: FileHandle

    private let process: Process
    private let ended = DispatchSemaphore(value: 0)

    /// Starts it.
    ///
    /// - Parameter errors: does ``output`` include what it says of errors?
    public init(_ binary: URL, _ arguments: [String], errors: Bool) throws {
        let (process, ended) = (Process(), ended)
        process.executableURL = binary
        process.arguments = arguments
        process.terminationHandler = { _ in ended.signal() }
        output = try Self.lock.withLock {
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = errors ? pipe : FileHandle.nullDevice
            try process.run()
            return pipe.fileHandleForReading
        }
        self.process = process
    }

    /// Does what waits for it; a process that is still silent after `seconds` is killed, which ends the wait. Only a failing test waits so
    /// long.
    public func within<Value>(_ seconds: Int = 60, _ wait: () throws -> Value) rethrows -> Value {
        let watchdog = DispatchWorkItem { self.signal(SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds), execute: watchdog)
        defer { watchdog.cancel() }
        return try wait()
    }

    /// Sends it a signal.
    public func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for its end and says how it ended; only a failing test waits so long that it is killed.
    public func end() -> (status: Int32, byItself: Bool) {
        if ended.wait(timeout: .now() + 30) == .timedOut {
            signal(SIGKILL)
            ended.wait()
        }
        return (process.terminationStatus, process.terminationReason == .exit)
    }
}
