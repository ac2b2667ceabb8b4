import FieldbookKit
import Observation

/// What was not accepted, in the hands of the person.
@Observable @MainActor
public final class AttentionModel: Room {
    /// All of it, oldest first; nil before the first answer.
    public private(set) var items: [ParkedItem]?

    public var problem: FieldbookError?

    private let session: Session

    /// A person's parked work.
    public init(session: Session) { self.session = session }

    /// Shows it as it changes.
    public func run() async { await follow(session.parked.all()) { items = $0 } }

    /// Sends an item again, with what the person put in other words.
    public func resend(_ item: ParkedItem, _ fields: [TypedField] = []) async -> Bool {
        await attempt { try await session.parked.resend(item.id, fields) }
    }

    /// Keeps the text as a note of the visit.
    public func keepAsNote(_ item: ParkedItem) async -> Bool {
        await attempt { try await session.parked.keepAsNote(item.id) }
    }

    /// What would go with an item: named before it is thrown away.
    public func followers(of item: ParkedItem) async -> [ParkedItem] {
        (try? await session.parked.followers(item.id)) ?? []
    }

    /// Throws an item away with what follows it.
    public func discard(_ item: ParkedItem) async -> Bool {
        await attempt { try await session.parked.discardWithFollowers(item.id) }
    }

    /// All of it as a file's text, for a colleague or for support.
    public func export() async -> String? {
        var text: String?
        await attempt { text = try await session.parked.export() }
        return text
    }
}

extension ParkedItem {
    /// How many characters the person typed: named before they go.
    public var characters: Int { typed.reduce(0) { $0 + $1.value.count } }
}
