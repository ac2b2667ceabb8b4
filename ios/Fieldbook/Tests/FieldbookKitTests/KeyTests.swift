import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// Encrypted records, and a key that is locked or gone. `tests/all encrypted` runs it over a library that can encrypt.
@Suite(.timeLimit(.minutes(2))) struct KeyTests {
    @Test("without a cipher a key store is refused and no plain file is written", .enabled(if: !Fieldbook.canEncrypt))
    func noCipher() async throws {
        let phone = try TestPhone(keyStore: Vault())
        let refused = await failure { _ = try await phone.open() }
        guard case .Storage(_, _, let words) = refused else { throw Unexpected(refused) }
        #expect(words.zh.contains("请从应用商店重新安装"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: phone.folder.path).isEmpty)
    }

    @Test("a locked key store changes nothing and a lost key names what was unsent", .enabled(if: Fieldbook.canEncrypt))
    func lostKey() async throws {
        try await Office.open { office in
            let vault = Vault()
            let phone = try TestPhone(keyStore: vault)
            try await work(phone, office)
            for file in try FileManager.default.contentsOfDirectory(at: phone.folder, includingPropertiesForKeys: nil) {
                let bytes = try Data(contentsOf: file)
                #expect(bytes.range(of: Data("Tea House".utf8)) == nil && bytes.range(of: Data("SQLite format 3".utf8)) == nil)
            }
            vault.isLocked = true
            let locked = await failure { _ = try await phone.open().resume() }
            guard case .Platform(_, let words) = locked else { throw Unexpected(locked) }
            #expect(words.en.hasPrefix("The phone's key store does not answer"))
            vault.isLocked = false
            #expect(try await phone.open().resume()?.customers.list().first().map(\.name) == ["Tea House"])

            let names = vault.names
            vault.lose()
            let fieldbook = try await phone.open()
            let lost = await failure { _ = try await fieldbook.resume() }
            guard case .KeyLost(let path, let unsent, let words) = lost else { throw Unexpected(lost) }
            #expect(Set(unsent.records.map(\.kind)) == [.customer, .activity])
            #expect(words.en.contains("Dana") && words.en.contains("1 customer(s)") && words.zh.contains("1 个客户"), "\(words)")
            #expect(FileManager.default.fileExists(atPath: path), "it was set aside, not deleted")
            #expect(try await fieldbook.resume() == nil, "nobody is signed in")
            #expect(try await fieldbook.accounts().first?.setAside == path)

            // Dana goes on with a fresh file and a fresh key.
            let again = try await fieldbook.signIn(link: office.enrol("Dana").link, phoneName: "phone")
            try await again.sync.now()
            #expect(try await again.customers.list().first().isEmpty)
            _ = try await again.customers.add(NewCustomer(name: "Sunrise Market", address: ""))
            #expect(vault.names.isDisjoint(with: names), "another key")
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }

    /// One customer and one entry that the server does not have; then the app ends.
    private func work(_ phone: TestPhone, _ office: Office) async throws {
        let dana = try await phone.signIn(office, "Dana")
        try await dana.sync.now()
        _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: "12 Harbour Road"))
        try await dana.activities.log("ask for Ms Li")
    }
}
