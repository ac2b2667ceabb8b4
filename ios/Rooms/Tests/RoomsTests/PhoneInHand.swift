import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms

/// A phone in somebody's hand: its records, its drafts and the app on it, which can end and start again.
@MainActor
final class PhoneInHand {
    let records: TestPhone
    let person: String

    /// What goes wrong when the records are opened next, once each.
    var inTheWay: [FieldbookError] = []

    private(set) var app: AppModel
    private(set) var drafts: FileDrafts
    private let language: Language

    init(_ person: String, _ language: Language = .en, records: TestPhone? = nil) throws {
        self.records = try records ?? TestPhone()
        (self.person, self.language) = (person, language)
        drafts = FileDrafts(folder: self.records.folder.appendingPathComponent("Drafts"))
        app = AppModel { _ in throw CancellationError() }
        start()
    }

    /// The app starts, with nothing in memory of the time before.
    func start() {
        drafts = FileDrafts(folder: records.folder.appendingPathComponent("Drafts"))
        app = AppModel(language: language, drafts: drafts, undo: Undo { try await Task.sleep(for: .seconds(600)) }) { _ in
            if !self.inTheWay.isEmpty { throw self.inTheWay.removeFirst() }
            return try await self.records.open()
        }
    }

    /// The app ends as iOS ends it: nothing is said to it; what was typed is on the disk.
    func restart() async {
        await drafts.close()
        start()
    }

    /// The workplace of whoever works.
    var desk: Workplace {
        get throws {
            guard let workplace = app.workplace else { throw Waited(description: "nobody works: \(app.stage)") }
            return workplace
        }
    }

    /// Signs the person in by a link, as after a scan, and lets sync go by hand.
    @discardableResult
    func signIn(_ office: Office, as other: String? = nil, through way: Passage? = nil) async throws -> Workplace {
        await app.begin()
        let model = SignInModel(app: app, phoneName: "\(person)'s phone")
        let enrolment = try await office.enrol(other ?? person)
        if let way {
            (model.server.text, model.code.text) = (way.address, enrolment.code)
        } else {
            await app.openLink(enrolment.link)
            await model.begin()
        }
        await model.signIn()
        if let problem = model.problem { throw problem }
        app.goOn()
        let desk = try desk
        try await desk.session.sync.stop()
        try await desk.session.sync.now()
        return desk
    }

    /// Brings phone and server to the same.
    func sync() async throws { try await desk.session.sync.now() }
}

/// Counts what a thumb does beside typing.
@MainActor
final class Thumb {
    private(set) var taps = 0

    func tap<Value>(_ what: @MainActor () async throws -> Value) async rethrows -> Value {
        taps += 1
        return try await what()
    }
}

/// A place with no network behind it.
func nowhere() throws -> String { try Listener().closedAddress() }
