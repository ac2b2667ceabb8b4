import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms
import Testing

/// Records that do not open, and those of other people.
@Suite(.timeLimit(.minutes(2))) @MainActor struct StoppedTests {
    @Test("a damaged file leads to what could be saved, and to work")
    func damaged() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let log = ActivityModel(workplace: try await phone.signIn(office))
        log.entry.text = "ask for Ms Li"
        await log.write()
        await phone.restart()
        try overwrite(try phone.records.records(), at: 0, with: [UInt8](repeating: 0x5A, count: 2048))
        await phone.app.begin()
        guard case .stopped(.FileDamaged(let words), let damaged?) = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
        #expect(!words.en.isEmpty && !words.zh.isEmpty && damaged.name == "Dana")
        await phone.app.recover(damaged)
        guard case .recovered(let recovered) = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
        #expect(FileManager.default.fileExists(atPath: recovered.path) && recovered.parked == 1)
        let attention = AttentionModel(workplace: try await phone.signIn(office))
        try await running(attention.run) { try await eventually { attention.items?.first?.ownWords.first?.value == "ask for Ms Li" } }
    }

    @Test("records of a newer version ask for an update and stay untouched")
    func newer() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        try await phone.signIn(office)
        await phone.restart()
        let file = try phone.records.records()
        // The version stands in the header of the file (sqlite.org/fileformat2.html, offset 60).
        try overwrite(file, at: 60, with: [0, 0, 0, 99])
        let bytes = try Data(contentsOf: file)
        await phone.app.begin()
        guard case .stopped(.Update(let words), nil) = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
        #expect(words.en.contains("Update the app") && words.zh.contains("请更新应用"))
        #expect(try Data(contentsOf: file) == bytes, "nothing was changed")
    }

    @Test("a locked phone, a full disk and a lost key each say what is safe and lead on")
    func inTheWay() async throws {
        let nothing = Unsent(records: [], parked: 0, latest: nil, words: Words(en: "Not on the server yet: 1 customer(s).", zh: "1 个客户未送达。"))
        let phone = try PhoneInHand("Dana")
        phone.inTheWay = [
            .Storage(full: true, detail: "", words: Words(en: "The phone is full.", zh: "手机空间已满。")),
            .Platform(detail: "", words: Words(en: "Unlock the phone.", zh: "请解锁手机。")),
            .KeyLost(path: "/kept/replica", unsent: nothing, words: Words(en: "The key is lost.", zh: "密钥已丢失。")),
        ]
        for _ in 0..<2 {
            await phone.app.begin()
            guard case .stopped(_, nil) = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
        }
        await phone.app.begin()
        guard case .stopped(.KeyLost(let path, let unsent, _), nil) = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
        #expect(path == "/kept/replica" && unsent == nothing)
        await phone.app.signInAgain()
        guard case .signIn = phone.app.stage, phone.app.back == nil else { throw Waited(description: "\(phone.app.stage)") }
    }

    @Test("a lost key names what was unsent, keeps the file and leads to the sign-in", .enabled(if: Fieldbook.canEncrypt))
    func lostKey() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let vault = Vault()
        let phone = try PhoneInHand("Dana", records: TestPhone(keyStore: vault))
        #expect(await CustomersModel(workplace: try await phone.signIn(office)).typing("Tea House").add(isHere: false) != nil)
        vault.lose()
        await phone.restart()
        await phone.app.begin()
        guard case .stopped(.KeyLost(let path, let unsent, let words), nil) = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
        #expect(unsent.words.zh.contains("1 个客户") && words.en.contains("Dana") && FileManager.default.fileExists(atPath: path))
        await phone.app.signInAgain()
        let again = try await phone.signIn(office)
        #expect(again.account.name == "Dana" && FileManager.default.fileExists(atPath: path))
    }

    @Test("another person gets records of their own, and whoever was there keeps what is unsent")
    func another() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        #expect(await CustomersModel(workplace: dana).typing("Dana's find").add(isHere: false) != nil)
        let settings = SettingsModel(workplace: dana)
        await settings.look()
        #expect(settings.unsent?.words.en == "Not on the server yet: 1 customer(s).", "named before she signs out")
        await phone.app.signOut()
        let model = SignInModel(app: phone.app, phoneName: "phone")
        await model.begin()
        #expect(model.accounts.first?.unsent.words.zh.contains("1 个客户") == true && model.server.text == office.address)
        let marcus = CustomersModel(workplace: try await phone.signIn(office, as: "Marcus"))
        try await running(marcus.run) { try await eventually { marcus.all?.isEmpty == true } }
        await phone.app.signOut()
        let again = CustomersModel(workplace: try await phone.signIn(office, as: "Dana"))
        try await running(again.run) { try await eventually { again.all?.map(\.name) == ["Dana's find"] } }
    }

    @Test("a link opens the sign-in wherever the person is, and they can go back to their work")
    func link() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        await phone.app.openLink(try await office.enrol("Marcus").link)
        guard case .signIn = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
        let model = SignInModel(app: phone.app, phoneName: "phone")
        await model.begin()
        #expect(model.isFromLink && model.isReady && phone.app.link == nil)
        phone.app.goBack()
        guard case .working(let back) = phone.app.stage, back === dana else { throw Waited(description: "\(phone.app.stage)") }
        model.code.text = "https://example.com/no-enrolment"
        await model.typed()
        guard case .Code = model.problem else { throw Waited(description: "\(String(describing: model.problem))") }
    }

    private func overwrite(_ file: URL, at offset: UInt64, with bytes: [UInt8]) throws {
        let handle = try FileHandle(forUpdating: file)
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }
}
