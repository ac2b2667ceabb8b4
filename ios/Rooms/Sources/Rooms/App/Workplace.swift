import FieldbookKit
import Observation

/// What all screens of the person who is signed in share.
@Observable @MainActor
public final class Workplace: Room {
    /// The person's work.
    public let session: Session

    /// Whose it is.
    public let account: Account

    /// What can still be taken back.
    public let undo: Undo

    /// The room that the person is in.
    public var room = RoomName.today

    /// Who is signed in, as the organisation knows them; nil before the first sync.
    public private(set) var me: Person?

    /// The unit they belong to.
    public private(set) var unit: String?

    /// People by their id.
    public private(set) var names: [PersonId: String] = [:]

    /// Everybody this person may know of.
    public private(set) var people: [Person] = []

    /// The rules of the house; nil before they were read.
    public private(set) var house: House?

    /// How sync goes; nil before the first answer.
    public private(set) var status: SyncStatus?

    /// What asking for the position brought last; nil when nobody asked. Nothing of it is kept when the app ends.
    public private(set) var fix: Fix?

    public var problem: FieldbookError?

    @ObservationIgnored private let drafts: any Drafts

    /// The workplace of a person.
    public init(session: Session, account: Account, drafts: any Drafts, undo: Undo = Undo()) {
        (self.session, self.account, self.drafts, self.undo) = (session, account, drafts, undo)
    }

    /// Does this person decide?
    public var decides: Bool { me?.role == .supervisor }

    /// Does this person visit customers?
    public var visits: Bool { !decides }

    /// What stands in the way of sync until the person does something about it. A missing network is nobody's fault and goes by itself.
    public var obstacle: FieldbookError? {
        switch status?.trouble {
        case nil, .Unreachable, .Busy, .Cancelled: nil
        case .some(let trouble): trouble
        }
    }

    /// Follows the organisation and sync for as long as the person works.
    public func run() async {
        await together(
            { await self.follow(self.session.people.everybody()) { people in Task { await self.learn(people) } } },
            { await self.follow(self.session.sync.status()) { self.status = $0 } })
    }

    /// A field's draft of this person.
    public func draft(_ name: String, before: String = "") -> Draft {
        Draft("\(account.id)/\(name)", in: drafts, before: before)
    }

    /// Asks the phone where it is; not knowing is an answer.
    public func locate() async throws(FieldbookError) -> Fix {
        let found = try await session.visits.locate()
        fix = found
        return found
    }

    /// How far something is from where the phone was, and in which direction; nil when either is not known.
    public func whereIs(_ place: Position?) -> Away? {
        guard let here = fix?.reading?.position, let place else { return nil }
        return try? away(from: here, to: place)
    }

    /// What somebody is called on a screen.
    public func name(_ person: PersonId, _ strings: any Strings) -> String {
        person == account.person ? strings.you : names[person] ?? strings.somebody
    }

    private func learn(_ everybody: [Person]) async {
        people = everybody
        names = Dictionary(everybody.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        me = everybody.first { $0.id == account.person }
        await attempt {
            let units = try await session.people.units()
            unit = units.first { $0.id == me?.unit }?.name
            house = try await session.people.house()
        }
    }
}

/// The rooms at the bottom, where a thumb is.
public enum RoomName: Hashable, Sendable { case today, approvals, customers, expenses, me }

extension Fix {
    /// The reading, when there is one.
    public var reading: Reading? {
        if case .found(let reading) = self { reading } else { nil }
    }
}
