import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms
import Testing

/// The door: no position, or one in doubt, says what to do and never stops a visit.
@Suite(.timeLimit(.minutes(2))) @MainActor struct DoorTests {
    @Test("no permission, positioning switched off and a basement are each told apart, in both languages, and none stops a visit", arguments: [
        (Fix.notAllowed, "may not know where you are", "没有定位权限"), (.off, "switched off on this phone", "定位已关闭"),
        (.notFound, "in a basement perhaps", "暂时定位不到"),
    ])
    func noPosition(fix: Fix, en: String, zh: String) async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        phone.records.place.fix = fix
        let dana = try await phone.signIn(office)
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tunnel Kiosk", address: "", position: sunrise))
        let checkIn = CheckInModel(workplace: dana, customer: try #require(try await dana.session.customers.page(shop).first()).customer)
        #expect(checkIn.door.said(Language.en.strings, Formats(.en)) == "Looking for your position…", "nobody has to wait for it")
        await checkIn.door.look()
        #expect(checkIn.door.said(Language.en.strings, Formats(.en)).contains(en))
        #expect(checkIn.door.said(Language.zh.strings, Formats(.zh)).contains(zh))
        #expect(checkIn.door.isInDoubt && checkIn.door.asksForReason && checkIn.door.reading == nil)
        checkIn.door.reason = readyReasons(of: .place)[0]
        checkIn.door.words.text = "third floor below"
        let visit = try #require(await checkIn.start(Language.zh.strings))
        let page = try #require(try await dana.session.visits.page(visit).first())
        #expect(page.checkIns.map(\.verdict) == [.unknown])
        #expect(page.checkIns[0].reason == readyReasons(of: .place)[0].zh + "，third floor below")
        try await phone.sync()
        #expect(try await dana.session.unsent().records.isEmpty)
    }

    @Test("away from the address it asks why, and the place can be proposed as the right one")
    func away() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: "", position: sunrise))
        let visit = try await dana.session.visits.plan(shop)
        phone.records.place.fix = .found(reading: reading(sunrise, north: 1_234))
        let planned = try #require(try await dana.session.visits.page(visit).first()).visit
        let checkIn = CheckInModel(workplace: dana, visit: planned)
        await checkIn.door.look()
        #expect(checkIn.door.said(Language.en.strings, Formats(.en)) == "1.2 km from the address on file (±12 m) · away from the address")
        #expect(checkIn.door.asksForReason)
        checkIn.door.proposes = true
        #expect(await checkIn.start(Language.en.strings) == visit)
        let moved = try #require(try await dana.session.customers.page(shop).first()?.customer.position)
        #expect(abs(moved.lat - sunrise.lat) > 0.01)
    }

    @Test("a customer without a place asks for no reason: the reading may become the place")
    func noPlaceOnFile() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: ""))
        phone.records.place.fix = .found(reading: reading(sunrise))
        let door = Door(workplace: dana, customer: shop)
        await door.look()
        #expect(door.said(Language.zh.strings, Formats(.zh)) == "该客户还没有登记位置。" && !door.asksForReason)
        // Cancelling names why, in the person's words.
        let visit = try await dana.session.visits.plan(shop)
        let model = VisitModel(workplace: dana, visit: visit)
        model.why.text = "closed today"
        #expect(await model.cancel(reason: nil, at: door, Language.en.strings))
        let page = try #require(try await dana.session.visits.page(visit).first())
        #expect(page.visit.status == .cancelled && page.visit.cancelReason == "closed today")
    }
}
