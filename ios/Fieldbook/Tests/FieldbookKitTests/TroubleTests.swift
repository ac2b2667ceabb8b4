import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// What goes wrong around a phone: each is said in both languages, and nothing is lost.
@Suite(.timeLimit(.minutes(2))) struct TroubleTests {
    @Test("a network that asks for its own sign-in says so and the work goes out after it")
    func portal() async throws {
        try await Office.open { office in
            let way = try Passage(office)
            let fieldbook = try await TestPhone().open()
            let code = try await office.enrol("Dana").code
            way.isPortal = true
            let shut = await failure { _ = try await fieldbook.signIn(server: way.address, code: code, phoneName: "phone") }
            guard case .Portal(let words) = shut else { throw Unexpected(shut) }
            #expect(words.en.contains("sign-in page") && words.zh.contains("登录页面"))

            way.isPortal = false
            let dana = try await fieldbook.signIn(server: way.address, code: code, phoneName: "phone")
            try await dana.sync.now()
            _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: ""))
            way.isPortal = true
            guard case .Portal = await failure({ try await dana.sync.now() }) else { throw Unexpected("no portal") }
            let status = try await dana.sync.status().until { $0.trouble != nil }
            guard case .Portal = status.trouble else { throw Unexpected(status.trouble) }
            #expect(try await dana.unsent().records.map(\.count) == [1])
            way.isPortal = false
            #expect(try await dana.sync.now().accepted == 1)
        }
    }

    @Test("a phone whose access was ended says so and keeps what was not taken over")
    func revoked() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            _ = try await dana.customers.add(NewCustomer(name: "Sunrise Market", address: ""))
            try await dana.sync.now()
            _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: ""))
            try await office.revoke("Dana's phone")
            try await dana.sync.now()
            let ended = try #require(try await dana.sync.status().until { $0.ended != nil }.ended)
            #expect(ended.zh.contains("权限已终止") && ended.en.contains("ended"), "\(ended)")
            // Everything went but what the person had not handed in; that can be exported, and nothing new is written.
            #expect(try await dana.customers.list().until { $0.isEmpty }.isEmpty)
            let kept = try #require(try await dana.parked.all().until { !$0.isEmpty }.first)
            #expect(kept.typed.contains(TypedField(name: "name", value: "Tea House")))
            #expect(try await dana.parked.export().contains("Tea House"))
            let refused = await failure { _ = try await dana.customers.add(NewCustomer(name: "Noodle Bar", address: "")) }
            guard case .Refused(let rule, _, _) = refused else { throw Unexpected(refused) }
            #expect(rule == "rights.revoked")
        }
    }

    @Test("after a restore a phone goes on by its key: nobody signs in again, and what only the lost server had goes out with the rest")
    func restored() async throws {
        try await Office.open { office in
            let way = try Passage(office)
            let fieldbook = try await TestPhone().open()
            try await fieldbook.signIn(server: way.address, code: office.enrol("Dana").code, phoneName: "phone").sync.now()
            // She signs in anew, and the server comes back from a backup of the hour before.
            let backup = try await office.backup()
            let dana = try await fieldbook.signIn(server: way.address, code: office.enrol("Dana").code, phoneName: "phone")
            _ = try await dana.customers.add(NewCustomer(name: "Sunrise Market", address: ""))
            try await dana.sync.now()
            let after = try await Office.restored(from: backup)
            defer { after.close() }
            way.lead(to: after)
            _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: ""))
            try await dana.sync.now()
            #expect(try await dana.unsent().records.isEmpty)
            let grace = try await TestPhone().signIn(after, "Grace")
            try await grace.sync.now()
            let names = try await grace.customers.list().first().map(\.name)
            #expect(names == ["Sunrise Market", "Tea House"])
        }
    }

    @Test("a phone that a restored server has never seen signs in anew and hands everything back")
    func unknownPhone() async throws {
        try await Office.open { office in
            let way = try Passage(office)
            let backup = try await office.backup()
            let fieldbook = try await TestPhone().open()
            let dana = try await fieldbook.signIn(server: way.address, code: office.enrol("Dana").code, phoneName: "phone")
            _ = try await dana.customers.add(NewCustomer(name: "Sunrise Market", address: ""))
            try await dana.sync.now()
            let after = try await Office.restored(from: backup)
            defer { after.close() }
            way.lead(to: after)
            _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: ""))
            let ended = await failure { try await dana.sync.now() }
            guard case .SignInEnded(let words) = ended else { throw Unexpected(ended) }
            #expect(!words.en.isEmpty && words.zh.contains("登录"), "\(words)")
            #expect(try await dana.customers.list().first().count == 2, "everything is still there to be read")
            _ = try await dana.customers.add(NewCustomer(name: "Noodle Bar", address: ""))
            let again = try await fieldbook.signIn(server: way.address, code: after.enrol("Dana").code, phoneName: "phone")
            #expect(try await again.account().id == dana.account().id)
            try await again.sync.now()
            #expect(try await again.unsent().records.isEmpty)
            let grace = try await TestPhone().signIn(after, "Grace")
            try await grace.sync.now()
            #expect(try await grace.customers.list().first().map(\.name) == ["Noodle Bar", "Sunrise Market", "Tea House"])
        }
    }

    @Test("a clock that was set back two days loses nothing and keeps the order")
    func clock() async throws {
        try await Office.open { office in
            let phone = try TestPhone()
            let dana = try await phone.signIn(office, "Dana")
            let shop = try await dana.customers.add(NewCustomer(name: "Tea House", address: "", position: sunrise))
            let visit = try await dana.visits.plan(shop)
            try await dana.visits.start(visit, reading: reading(sunrise))
            phone.clock.move(days: -2)
            try await dana.visits.recordStep(visit, step: "stock", value: .count(value: 12))
            try await dana.visits.finish(visit, reading: reading(sunrise))
            #expect(try await dana.sync.now().parked == 0)
            let page = try #require(try await dana.visits.page(visit).until { $0?.visit.state == .accepted })
            #expect(page.visit.status == .finished)
            #expect(page.steps.map(\.value) == [.count(value: 12)])
            #expect(page.checkIns.count == 2)
        }
    }

    @Test("on a full disk what was saved stays, and work goes on when there is room again", .enabled(if: SmallDisk.isPossible))
    func fullDisk() async throws {
        try await Office.open { office in
            let disk = try SmallDisk(megabytes: 8)
            let dana = try await TestPhone(folder: disk.folder).signIn(office, "Dana")
            try await dana.sync.now()
            try disk.fill()
            var saved: [String] = []
            var full: FieldbookError?
            while full == nil {
                let text = "entry \(saved.count + 1)"
                full = await failure { try await dana.activities.log(text) }
                if full == nil { saved.append(text) }
            }
            guard case .Storage(true, _, let words) = full else { throw Unexpected(full) }
            #expect(words.en.contains("storage is full") && words.zh.contains("存储空间已满"), "\(words)")
            try disk.makeRoom()
            try await dana.activities.log("after")
            #expect(try await dana.activities.days().first().flatMap(\.entries).map(\.text) == saved + ["after"])
            #expect(try await dana.sync.now().accepted == saved.count + 1)
        }
    }

    @Test("a copy of the records on another phone becomes a phone of its own")
    func copied() async throws {
        try await Office.open { office in
            let (first, second) = (try TestPhone(marker: Data("first".utf8)), try TestPhone(marker: Data("second".utf8)))
            let one = try await first.signIn(office, "Dana")
            try await one.sync.now()
            for file in try FileManager.default.contentsOfDirectory(at: first.folder, includingPropertiesForKeys: nil) {
                try FileManager.default.copyItem(at: file, to: second.folder.appendingPathComponent(file.lastPathComponent))
            }
            let other = try #require(try await second.open().resume())
            _ = try await one.customers.add(NewCustomer(name: "Tea House", address: ""))
            _ = try await other.customers.add(NewCustomer(name: "Noodle Bar", address: ""))
            for session in [one, other, one] { #expect(try await session.sync.now().parked == 0) }
            #expect(try await one.customers.list().until { $0.count == 2 }.map(\.name) == ["Noodle Bar", "Tea House"])
        }
    }
}
