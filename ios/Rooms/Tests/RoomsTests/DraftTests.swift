import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms
import Testing

/// What was typed and is no record yet.
@Suite(.timeLimit(.minutes(2))) @MainActor struct DraftTests {
    @Test("what was typed is there again after the app was ended, and gone once it is a record")
    func ended() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        var dana = try await phone.signIn(office)
        let shop = try await dana.session.customers.add(NewCustomer(name: "Tea House", address: ""))
        let visit = try await dana.session.visits.plan(shop)
        try await dana.session.visits.start(visit, reading: nil)
        ActivityModel(workplace: dana).entry.text = "ask for Ms Li"
        CustomersModel(workplace: dana).newName.text = "Noodle Bar / 面馆"
        VisitModel(workplace: dana, visit: visit).notes.text = "owner back on Friday"
        await phone.restart()
        await phone.app.begin()
        dana = try phone.desk

        let log = ActivityModel(workplace: dana)
        #expect(log.entry.text == "ask for Ms Li")
        await log.write()
        #expect(log.entry.text.isEmpty && ActivityModel(workplace: dana).entry.text.isEmpty)
        #expect(CustomersModel(workplace: dana).newName.text == "Noodle Bar / 面馆")
        let model = VisitModel(workplace: dana, visit: visit)
        try await running(model.run) {
            try await eventually { model.page != nil }
            #expect(model.notes.text == "owner back on Friday", "the record says nothing yet and does not take it away")
            await model.saveNotes()
            try await eventually { model.page?.visit.notes == "owner back on Friday" }
            // Emptied notes are a change, too.
            model.notes.text = ""
            await model.saveNotes()
            try await eventually { model.page?.visit.notes == "" }
            #expect(model.problem == nil)
        }
    }

    @Test("drafts of two people on one phone are apart")
    func apart() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        CustomersModel(workplace: try await phone.signIn(office)).newName.text = "Dana's find"
        await phone.app.signOut()
        let marcus = try await phone.signIn(office, as: "Marcus")
        #expect(CustomersModel(workplace: marcus).newName.text.isEmpty)
    }

    @Test("a full disk does not stop the typing", .enabled(if: SmallDisk.isPossible))
    func fullDisk() async throws {
        let disk = try SmallDisk(megabytes: 1)
        try disk.fill()
        let drafts = FileDrafts(folder: disk.folder)
        let draft = Draft("entry", in: drafts)
        draft.text = "ask for Ms Li"
        #expect(draft.text == "ask for Ms Li" && draft.isKept)
        await drafts.close()
        try disk.makeRoom()
        let later = FileDrafts(folder: disk.folder)
        later.keep("ask for Ms Li, bring the price", as: "entry")
        await later.close()
        #expect(FileDrafts(folder: disk.folder).text(of: "entry") == "ask for Ms Li, bring the price")
    }
}
