import FieldbookKit
import Observation

/// The day: where next, what is due and near, what waits.
@Observable @MainActor
public final class TodayModel: Room {
    /// The visits of today; nil before the first answer.
    public private(set) var today: Today?

    /// The team's visits, for a supervisor.
    public private(set) var team: Today?

    /// Customers near the last fix; nil until somebody asked.
    public private(set) var nearby: [FoundCustomer]?

    /// Changes of plans that came too late.
    public private(set) var remarks: [PlanRemark] = []

    public var problem: FieldbookError?

    private var due: [DueCustomer] = []
    private let workplace: Workplace
    private var session: Session { workplace.session }

    /// The day of a person.
    public init(workplace: Workplace) { self.workplace = workplace }

    /// The visit to open first.
    public var next: Visit? { today?.visits.first { $0.id == today?.next } }

    /// The visits after that one.
    public var later: [Visit] {
        today?.visits.filter { $0.id != today?.next && [.planned, .started].contains($0.status) } ?? []
    }

    /// The visits that are over.
    public var over: [Visit] { today?.visits.filter { [.finished, .cancelled].contains($0.status) } ?? [] }

    /// Customers whose visit is due and who are not in the plan.
    public var unplanned: [DueCustomer] { due.filter { !planned.contains($0.customer.id) } }

    /// Who is near and not in the plan; nil until somebody asked.
    public var near: [FoundCustomer]? { nearby?.filter { !planned.contains($0.id) } }

    /// Since when a customer is due, when they are.
    public func due(_ customer: CustomerId) -> DueCustomer? { due.first { $0.customer.id == customer } }

    /// Shows the day as it changes.
    public func run(day: Day) async {
        await together(
            { await self.follow(self.session.visits.today()) { self.today = $0 } },
            { await self.follow(self.session.visits.team(on: day)) { self.team = $0 } },
            { await self.follow(self.session.customers.due(limit: 20)) { self.due = $0 } },
            { await self.follow(self.session.visits.remarks()) { self.remarks = $0 } })
    }

    /// Looks who is near.
    public func look() async {
        await attempt {
            guard let reading = try await workplace.locate().reading else { return nearby = nil }
            nearby = try await session.customers.nearby(reading.position, radius: 50_000, limit: 10)
        }
    }

    private var planned: Set<CustomerId> { Set(today?.visits.map(\.customer) ?? []) }
}
