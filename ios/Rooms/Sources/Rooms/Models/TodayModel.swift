import FieldbookKit
import Observation

/// The day: where next, what is due and near, what waits.
@Observable @MainActor
public final class TodayModel: Room {
    /// The visits of today; nil before the first answer.
    public private(set) var today: Today?

    /// The team's visits, for a supervisor.
    public private(set) var team: Today?

    /// Customers whose visit is due.
    public private(set) var due: [DueCustomer] = []

    /// Customers near the last fix.
    public private(set) var nearby: [FoundCustomer]?

    /// Changes of plans that came too late.
    public private(set) var remarks: [PlanRemark] = []

    /// Who is signed in.
    public private(set) var me: Person?

    public var problem: FieldbookError?

    private let session: Session

    /// The day of a person.
    public init(session: Session) { self.session = session }

    /// The visit to open first.
    public var next: Visit? { today?.visits.first { $0.id == today?.next } }

    /// The visits after that one.
    public var later: [Visit] {
        today?.visits.filter { $0.id != today?.next && [.planned, .started].contains($0.status) } ?? []
    }

    /// The visits that are over.
    public var over: [Visit] { today?.visits.filter { [.finished, .cancelled].contains($0.status) } ?? [] }

    /// Shows the day as it changes.
    public func run(day: Day) async {
        await together(
            { await self.follow(self.session.visits.today()) { self.today = $0 } },
            { await self.follow(self.session.visits.team(on: day)) { self.team = $0 } },
            { await self.follow(self.session.customers.due(limit: 20)) { self.due = $0 } },
            { await self.follow(self.session.visits.remarks()) { self.remarks = $0 } },
            { await self.follow(self.session.people.me()) { self.me = $0 } })
    }

    /// Looks who is near.
    public func look() async {
        await attempt {
            guard case .found(let reading) = try await session.visits.locate() else {
                nearby = []
                return
            }
            nearby = try await session.customers.nearby(reading.position, radius: 50_000, limit: 10)
        }
    }

    /// Plans a visit on the spot and returns it, to be opened.
    public func visit(_ customer: CustomerId) async -> VisitId? {
        var visit: VisitId?
        await attempt { visit = try await session.visits.plan(customer) }
        return visit
    }
}
