import FieldbookKit
import Foundation
import Security

/// Keys in the Keychain: on this device alone, in no backup, readable once the phone was unlocked after a restart, so that sync in the
/// background works.
public final class KeychainKeys: PlatformKeyStore {
    private let service: String

    /// The keys of an app.
    ///
    /// - Parameter service: names them among the app's own items.
    public init(service: String = "org.fieldbook.records") { self.service = service }

    /// The secret of that name; nil when the Keychain has none.
    ///
    /// - Throws: `PlatformError` when the Keychain does not answer, for example before the first unlock after a restart.
    public func load(name: String) throws -> Data? {
        var query = item(name)
        query[kSecReturnData as String] = true
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        // Only this says that the key is gone; a locked phone is another error.
        if status == errSecItemNotFound { return nil }
        guard status == errSecSuccess, let secret = found as? Data else { throw failed("read", status) }
        return secret
    }

    /// Keeps a secret under a name, in place of what was there.
    ///
    /// - Throws: `PlatformError` when the Keychain does not take it.
    public func store(name: String, secret: Data) throws {
        var new = item(name)
        new[kSecValueData as String] = secret
        new[kSecAttrAccessible as String] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
        var status = SecItemAdd(new as CFDictionary, nil)
        if status == errSecDuplicateItem {
            status = SecItemUpdate(item(name) as CFDictionary, [kSecValueData as String: secret] as CFDictionary)
        }
        guard status == errSecSuccess else { throw failed("write", status) }
    }

    /// Tells this phone from one that its files were copied to: made once, and in no backup. Nil while the Keychain does not answer;
    /// then only the server notices a copy.
    public func marker() -> Data? {
        do {
            if let marker = try load(name: "marker") { return marker }
            let fresh = withUnsafeBytes(of: UUID().uuid) { Data($0) }
            try store(name: "marker", secret: fresh)
            return fresh
        } catch {
            return nil
        }
    }

    private func item(_ name: String) -> [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword, kSecAttrService as String: service,
            kSecAttrAccount as String: name,
        ]
    }

    private func failed(_ what: String, _ status: OSStatus) -> PlatformError {
        .Failed(reason: "the Keychain did not \(what): \(status)")
    }
}
