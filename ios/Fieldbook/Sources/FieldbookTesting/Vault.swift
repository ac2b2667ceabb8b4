import FieldbookKit
import Foundation

/// A phone's safe place for keys, in memory: it can be locked, and lose what it holds.
public final class Vault: PlatformKeyStore, @unchecked Sendable {
    private let lock = NSLock()
    private var secrets: [String: Data] = [:]
    private var locked = false

    /// An empty one.
    public init() {}

    /// Is the phone locked?
    public var isLocked: Bool {
        get { lock.withLock { locked } }
        set { lock.withLock { locked = newValue } }
    }

    /// The names of its keys.
    public var names: Set<String> { lock.withLock { Set(secrets.keys) } }

    /// All keys are gone, as after the phone's lock was reset.
    public func lose() { lock.withLock { secrets = [:] } }

    public func load(name: String) throws -> Data? { try open { secrets[name] } }

    public func store(name: String, secret: Data) throws { try open { secrets[name] = secret } }

    private func open<Value>(_ use: () -> Value) throws -> Value {
        try lock.withLock {
            if locked { throw PlatformError.Failed(reason: "the phone is locked") }
            return use()
        }
    }
}
