import FieldbookKit
import Observation

/// What was not accepted, in the hands of the person.
@Observable @MainActor
public final class AttentionModel: Room {
    /// All of it, oldest first, without what was just thrown away and can be taken back; nil before the first answer.
    public var items: [ParkedItem]? { all?.filter { !workplace.undo.hides("\($0.id)") } }

    /// What the records are called that the items are about.
    public private(set) var about: [Int64: String] = [:]

    public var problem: FieldbookError?

    private var all: [ParkedItem]?
    private let workplace: Workplace
    private var session: Session { workplace.session }

    /// A person's parked work.
    public init(workplace: Workplace) { self.workplace = workplace }

    /// Shows it as it changes.
    public func run() async {
        await follow(session.parked.all()) { items in
            all = items
            Task { await self.name(items) }
        }
    }

    /// The field in which a part of an item is put in other words.
    public func field(_ field: TypedField, of item: ParkedItem) -> Draft {
        workplace.draft("parked/\(item.id)/\(field.name)", before: field.value)
    }

    /// Sends an item again as it was.
    public func resend(_ item: ParkedItem) async { await attempt { try await session.parked.resend(item.id) } }

    /// Sends an item again in other words.
    public func correct(_ item: ParkedItem, _ fields: [(TypedField, Draft)]) async -> Bool {
        let typed = fields.map { TypedField(name: $0.name, value: $1.trimmed) }
        let isSent = await attempt { try await session.parked.resend(item.id, typed) }
        if isSent { fields.forEach { $1.done() } }
        return isSent
    }

    /// Sends a plan again for another time.
    public func move(_ item: ParkedItem, to start: Timestamp) async -> Bool {
        await attempt { try await session.parked.resend(item.id, TypedField(name: "start", value: start.text)) }
    }

    /// Keeps the text as a note of the visit.
    public func keepAsNote(_ item: ParkedItem) async { await attempt { try await session.parked.keepAsNote(item.id) } }

    /// How many characters would go with an item and what follows it: named before it is thrown away.
    public func characters(with item: ParkedItem) async -> Int {
        let followers = (try? await session.parked.followers(item.id)) ?? []
        return ([item] + followers).reduce(0) { $0 + $1.characters }
    }

    /// Throws an item away with what follows it; can be taken back for ten seconds.
    public func discard(_ item: ParkedItem, characters: Int, _ strings: any Strings) async {
        await workplace.undo.offer(strings.discarded(characters), about: ["\(item.id)"]) { [session] in
            try await session.parked.discardWithFollowers(item.id)
        }
    }

    /// All of it as a file's text, for a colleague or for support.
    public func export() async -> String? {
        var text: String?
        await attempt { text = try await session.parked.export() }
        return text
    }

    private func name(_ items: [ParkedItem]) async {
        for item in items where about[item.id] == nil {
            switch item.kind {
            case .customer: about[item.id] = await now(session.customers.page(item.record.asCustomer))?.customer.name
            case .visit: about[item.id] = await now(session.visits.page(item.record.asVisit))?.visit.customerName
            case .approval: about[item.id] = await now(session.approvals.page(item.record.asApproval))?.approval.title
            case .activity, .checkIn: continue
            }
        }
    }
}

extension ParkedItem {
    /// The person's own words: what was chosen and not typed shows by its name instead.
    public var ownWords: [TypedField] {
        typed.filter { !$0.value.allSatisfy(\.isWhitespace) && !["step", "start", "date", "category", "owner", "to", "currency"].contains($0.name) }
    }

    /// The step that it is about.
    public var step: String? { typed.first { $0.name == "step" }?.value }

    /// When the visit was to be, for a plan: the person chooses another time instead of other words.
    public var start: Timestamp? { typed.first { $0.name == "start" }.flatMap { try? Timestamp(text: $0.value) } }

    /// Can it become a line of the visit's notes?
    public var fitsNotes: Bool { kind == .visit && !ownWords.isEmpty }

    /// How many characters the person typed: named before they go.
    public var characters: Int { ownWords.reduce(0) { $0 + $1.value.count } }
}
