import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms
import Testing

/// What goes wrong: each case says what happened and what to do, in both languages, and nothing is lost.
@Suite(.timeLimit(.minutes(2))) @MainActor struct TroubleTests {
    @Test("a wrong and a used code say so in both languages, and what was typed stays")
    func codes() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana", .zh)
        await phone.app.begin()
        let model = SignInModel(app: phone.app, phoneName: "phone")
        (model.server.text, model.code.text) = (office.address, "0000-0000")
        await model.signIn()
        #expect(said(model.problem, "This code is not known", "登录码无效"))
        let code = try await office.enrol("Dana").code
        _ = try await TestPhone().open().signIn(server: office.address, code: code, phoneName: "other")
        model.code.text = code
        await model.signIn()
        #expect(said(model.problem, "This code was used already", "登录码已被使用"))
        #expect(model.code.text == code && !model.isBusy)
        // Also after the app was ended.
        await phone.restart()
        await phone.app.begin()
        #expect(SignInModel(app: phone.app, phoneName: "phone").code.text == code)
        guard case .signIn = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
    }

    @Test("without network the sign-in says so, and a person who works sees a quiet line and no alarm")
    func noNetwork() async throws {
        let phone = try PhoneInHand("Dana")
        await phone.app.begin()
        let model = SignInModel(app: phone.app, phoneName: "phone")
        (model.server.text, model.code.text) = (try nowhere(), "7K3M-Q8RT")
        await model.signIn()
        #expect(said(model.problem, "The server cannot be reached", "连不上"))
        #expect(model.code.text == "7K3M-Q8RT" && !model.server.text.isEmpty)

        let office = try await Office.opened()
        let dana = try await phone.signIn(office)
        office.close()
        #expect(await CustomersModel(workplace: dana).typing("Tea House").add(isHere: false) != nil)
        try await dana.session.sync.start()
        try await running(dana.run) {
            try await eventually { if case .waiting = dana.status?.phase { true } else { false } }
            #expect(dana.obstacle == nil)
            let line = dana.statusLine(Language.zh.strings, Formats(.zh))
            #expect(line.hasPrefix("服务器没有回应 · 本机 1 项待送达 · 上次联系 "), "\(line)")
            let zh = Language.zh.strings
            #expect(zh.state(.sent, isAnswered: dana.isAnswered) == "已尝试发送，未收到回应", "what was sent into the void is not called 已送达")
            #expect(zh.state(.sent, isAnswered: true) == zh.sent && dana.counts.map(\.count).reduce(0, +) == 1)
        }
    }

    @Test("a network's sign-in page is named wherever the person is, and the work goes out after it")
    func portal() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let way = try Passage(office)
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office, through: way)
        way.isPortal = true
        #expect(await CustomersModel(workplace: dana).typing("Tea House").add(isHere: false) != nil)
        let sync = SyncModel(workplace: dana)
        await sync.tryNow()
        #expect(said(sync.problem, "sign-in page of this network", "登录页面"))
        try await running(dana.run) {
            try await eventually { dana.obstacle != nil }
            guard case .Portal = dana.obstacle else { throw Waited(description: "\(String(describing: dana.obstacle))") }
            #expect(dana.statusLine(Language.en.strings, Formats(.en)).hasPrefix("This network asks for a sign-in · 1 item on this phone"))
            way.isPortal = false
            await sync.tryNow()
            try await eventually { dana.obstacle == nil && dana.status?.totals.onPhone == 0 }
            #expect(sync.problem == nil)
        }
    }

    @Test("a sign-in that the server ended asks for another code; the person may write on meanwhile, and all of it goes out")
    func expired() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let way = try Passage(office)
        let phone = try PhoneInHand("Dana")
        // The server comes back from a time before it knew this phone.
        let backup = try await office.backup()
        let dana = try await phone.signIn(office, through: way)
        let after = try await Office.restored(from: backup)
        defer { after.close() }
        way.lead(to: after)
        let sync = SyncModel(workplace: dana)
        await sync.tryNow()
        #expect(said(sync.problem, "sign in again; unsent work stays", "重新登录"), "\(String(describing: sync.problem))")
        try await running(dana.run) { try await eventually { if case .SignInEnded = dana.obstacle { true } else { false } } }
        #expect(dana.statusLine(Language.zh.strings, Formats(.zh)).hasPrefix("登录已失效 · "))
        await phone.app.signInAgain()
        guard case .signIn = phone.app.stage, phone.app.back === dana else { throw Waited(description: "\(phone.app.stage)") }
        phone.app.goBack()
        #expect(await CustomersModel(workplace: dana).typing("Tea House").add(isHere: false) != nil)

        await phone.app.signInAgain()
        let model = SignInModel(app: phone.app, phoneName: "phone")
        await model.begin()
        #expect(model.server.text == way.address, "the server is in the field already")
        model.code.text = try await after.enrol("Dana").code
        await model.signIn()
        guard case .arrival(let again) = phone.app.stage else { throw Waited(description: "\(phone.app.stage)") }
        #expect(again.account.id == dana.account.id && phone.app.back == nil)
        try await again.session.sync.now()
        #expect(try await again.session.unsent().records.isEmpty)
    }

    @Test("a phone whose access was ended says so, and what was not taken over can be exported")
    func revoked() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        let log = ActivityModel(workplace: dana)
        log.entry.text = "written before the end"
        await log.write()
        try await office.revoke("Dana's phone")
        await SyncModel(workplace: dana).tryNow()
        let attention = AttentionModel(workplace: dana)
        try await running(dana.run) {
            try await eventually { dana.status?.ended?.zh.contains("权限已终止") == true && dana.status?.ended?.en.contains("ended") == true }
            try await running(attention.run) { try await eventually { attention.items?.first?.ownWords.first?.value == "written before the end" } }
        }
        #expect(await attention.export()?.contains("written before the end") == true)
        log.entry.text = "written after it"
        await log.write()
        #expect(said(log.problem, "", "") && log.entry.text == "written after it", "what was typed stays in the field")
        // Another person's code lets somebody work on this phone again.
        await phone.app.signInAgain()
        let marcus = try await phone.signIn(office, as: "Marcus")
        #expect(marcus.account.name == "Marcus")
    }

    @Test("a clock that is off says by how much and what to do; what was done meanwhile goes out")
    func clock() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        phone.records.clock.move(days: -2)
        let customers = CustomersModel(workplace: dana).typing("Tea House")
        #expect(await customers.add(isHere: false) != nil)
        try await running(dana.run) {
            try await eventually { dana.status?.clock != nil }
            let clock = try #require(dana.status?.clock)
            #expect((-2_880 ... -2_879).contains(clock.minutes), "\(clock.minutes)")
            #expect(clock.words.en.contains("clock") && clock.words.zh.contains("时"), "\(clock.words)")
            try await phone.sync()
            try await eventually { dana.status?.totals.onPhone == 0 && dana.status?.totals.attention == 0 }
        }
    }

    @Test("on a full disk the words stay in the field, and the same tap works when there is room", .enabled(if: SmallDisk.isPossible))
    func fullDisk() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let disk = try SmallDisk(megabytes: 8)
        let phone = try PhoneInHand("Dana", records: TestPhone(folder: disk.folder))
        let log = ActivityModel(workplace: try await phone.signIn(office))
        try disk.fill()
        var saved: [String] = []
        while log.problem == nil {
            log.entry.text = "entry \(saved.count + 1)"
            await log.write()
            if log.problem == nil { saved.append("entry \(saved.count + 1)") }
        }
        #expect(said(log.problem, "storage is full", "存储空间已满"))
        #expect(log.entry.text == "entry \(saved.count + 1)")
        try disk.makeRoom()
        await log.write()
        #expect(log.problem == nil && log.entry.text.isEmpty)
        try await running(log.run) {
            try await eventually { log.days?.first?.entries.map(\.text) == saved + ["entry \(saved.count + 1)"] }
        }
        try await phone.sync()
        #expect(try await phone.desk.session.unsent().records.isEmpty)
    }

    /// Does a problem say this in both languages?
    private func said(_ problem: FieldbookError?, _ en: String, _ zh: String) -> Bool {
        guard let words = problem?.words else { return false }
        return !words.en.isEmpty && !words.zh.isEmpty && (en.isEmpty || words.en.contains(en)) && (zh.isEmpty || words.zh.contains(zh))
    }
}

extension CustomersModel {
    /// The name of a new customer is typed.
    func typing(_ name: String) -> CustomersModel {
        newName.text = name
        return self
    }
}
