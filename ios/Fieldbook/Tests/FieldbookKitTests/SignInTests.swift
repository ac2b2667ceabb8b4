import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// Who a phone belongs to, and what goes wrong on the way in.
@Suite(.timeLimit(.minutes(2))) struct SignInTests {
    @Test("a code that is wrong or used says so in both languages and nobody is signed in")
    func codes() async throws {
        try await Office.open { office in
            let phone = try TestPhone()
            let fieldbook = try await phone.open()
            let wrong = await failure { _ = try await fieldbook.signIn(server: office.address, code: "0000-0000", phoneName: "phone") }
            guard case .Code(let words) = wrong else { throw Unexpected(wrong) }
            #expect(words.text(in: .en).hasPrefix("This code is not known"))
            #expect(words.text(in: Language(tag: "zh-Hans-CN")).hasPrefix("登录码无效"))
            #expect(try await fieldbook.resume() == nil)

            let code = try await office.enrol("Dana").code
            _ = try await fieldbook.signIn(server: office.address, code: code.lowercased(), phoneName: "phone")
            let other = try await TestPhone().open()
            let used = await failure { _ = try await other.signIn(server: office.address, code: code, phoneName: "phone") }
            guard case .Code(let words) = used else { throw Unexpected(used) }
            #expect(words.en.hasPrefix("This code was used already"))
            #expect(try await other.accounts().isEmpty)

            let link = await failure { _ = try await fieldbook.readLink("https://example.com") }
            guard case .Code = link else { throw Unexpected(link) }
        }
    }

    @Test("without network everything but the sign-in works and goes out later")
    func withoutNetwork() async throws {
        let phone = try TestPhone()
        let dark = try Listener().closedAddress()
        let error = await failure { _ = try await phone.open().signIn(server: dark, code: "7K3M-Q8RT", phoneName: "phone") }
        guard case .Unreachable(let words) = error else { throw Unexpected(error) }
        #expect(words.zh.contains("连不上"))

        let dana = try await Office.open { office in
            let dana = try await phone.signIn(office, "Dana")
            try await dana.sync.now()
            return dana
        }
        // The office is closed now.
        _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: ""))
        let closed = await failure { try await dana.sync.now() }
        guard case .Unreachable = closed else { throw Unexpected(closed) }
        try await dana.sync.start()
        let status = try await dana.sync.status().until { status in
            if case .waiting = status.phase { true } else { false }
        }
        guard case .Unreachable = status.trouble else { throw Unexpected(status.trouble) }
        #expect(status.totals.onPhone + status.totals.sent == 1)
        #expect(try await dana.customers.list().first().count == 1)
    }

    @Test("each person of a phone has their own records and finds them again")
    func eachTheirOwn() async throws {
        try await Office.open { office in
            let fieldbook = try await TestPhone().open()
            let dana = try await fieldbook.signIn(link: office.enrol("Dana").link, phoneName: "the shop's phone")
            try await dana.sync.now()
            _ = try await dana.customers.add(NewCustomer(name: "Dana's find", address: ""))
            let marcus = try await fieldbook.signIn(link: office.enrol("Marcus").link, phoneName: "the shop's phone")
            try await marcus.sync.now()
            #expect(try await marcus.customers.list().first().isEmpty, "nothing of Dana's")
            #expect(try await dana.account().id != marcus.account().id)
            #expect(try await fieldbook.resume()?.account().name == "Marcus")
            let accounts = try await fieldbook.accounts()
            #expect(accounts.map(\.name) == ["Marcus", "Dana"])
            #expect(accounts.map(\.signedIn) == [true, false])
            #expect(accounts[1].unsent.words.en == "Not on the server yet: 1 customer(s).")
            let out = await failure { try await dana.sync.now() }
            guard case .NotSignedIn = out else { throw Unexpected(out) }
            try await marcus.signOut()
            #expect(try await fieldbook.resume() == nil)

            // Dana's code finds Dana's records among those of the phone, with what is unsent in them.
            let again = try await fieldbook.signIn(link: office.enrol("Dana").link, phoneName: "the shop's phone")
            #expect(try await again.account().id == accounts[1].id)
            #expect(try await again.sync.now().accepted == 1)
            let grace = try await TestPhone().signIn(office, "Grace")
            try await grace.sync.now()
            #expect(try await grace.customers.list().first().map(\.name) == ["Dana's find"])
        }
    }

    @Test("a cancelled task ends the call and the connection")
    func cancelled() async throws {
        let listener = try Listener()
        let fieldbook = try await TestPhone().open()
        let signIn = Task {
            await failure { _ = try await fieldbook.signIn(server: listener.address, code: "7K3M-Q8RT", phoneName: "phone") }
        }
        let line = try await aside { try listener.accept() }
        #expect(try await aside { try line.read() }.starts(with: Data("POST".utf8)))
        signIn.cancel()
        #expect(await signIn.value == .Cancelled)
        // The end of it: nobody holds the connection any more.
        while try await !aside({ try line.read() }).isEmpty {}
        #expect(try await fieldbook.resume() == nil)
    }
}

/// Records that cannot be opened as they are.
@Suite(.timeLimit(.minutes(2))) struct RecordsTests {
    @Test("records written by a newer version stay untouched and ask for an update")
    func newer() async throws {
        try await Office.open { office in
            let phone = try TestPhone()
            _ = try await phone.signIn(office, "Dana")
            let file = try phone.records()
            // The version stands in the header of the file (sqlite.org/fileformat2.html, offset 60).
            try overwrite(file, at: 60, with: [0, 0, 0, 99])
            let bytes = try Data(contentsOf: file)
            let error = await failure { _ = try await phone.open().resume() }
            guard case .Update(let words) = error else { throw Unexpected(error) }
            #expect(words.en.contains("Update the app"))
            #expect(words.zh.contains("请更新应用"))
            #expect(try Data(contentsOf: file) == bytes, "nothing was changed")
        }
    }

    @Test("a damaged file is kept and the person goes on with what could be saved")
    func damaged() async throws {
        try await Office.open { office in
            let phone = try TestPhone()
            try await phone.signIn(office, "Dana").activities.log("ask for Ms Li")
            let file = try phone.records()
            let fieldbook = try await phone.open()
            let account = try #require(try await fieldbook.accounts().first)
            try overwrite(file, at: 0, with: [UInt8](repeating: 0x5A, count: 2048))
            let error = await failure { _ = try await fieldbook.resume() }
            guard case .FileDamaged = error else { throw Unexpected(error) }
            let recovered = try await fieldbook.recover(account.id)
            #expect(FileManager.default.fileExists(atPath: recovered.path))
            #expect(recovered.parked == 1)
            let link = try await office.enrol("Dana").link
            let resumed = try await fieldbook.resume()
            let again = if let resumed { resumed } else { try await fieldbook.signIn(link: link, phoneName: "phone") }
            #expect(try await again.account().id == account.id)
            let saved = try #require(try await again.parked.all().until { !$0.isEmpty }.first)
            #expect(saved.typed.contains(TypedField(name: "text", value: "ask for Ms Li")))
        }
    }

    private func overwrite(_ file: URL, at offset: UInt64, with bytes: [UInt8]) throws {
        let handle = try FileHandle(forUpdating: file)
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }
}
