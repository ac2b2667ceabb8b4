import FieldbookKit
import Observation

/// Starting a visit at a customer's door. A visit on the spot is planned in the same moment.
@Observable @MainActor
public final class CheckInModel: Room {
    /// What the phone says at the door.
    public let door: Door

    /// Whom.
    public let name: String?

    public var problem: FieldbookError?

    private let workplace: Workplace
    private let customer: CustomerId
    private var visit: VisitId?

    /// A check-in at a customer, for a visit that is planned already.
    public init(workplace: Workplace, visit: Visit) {
        (self.workplace, customer, self.visit, name) = (workplace, visit.customer, visit.id, visit.customerName)
        door = Door(workplace: workplace, customer: visit.customer)
    }

    /// A check-in at a customer, on the spot.
    public init(workplace: Workplace, customer: Customer) {
        (self.workplace, self.customer, name) = (workplace, customer.id, customer.name)
        door = Door(workplace: workplace, customer: customer.id)
    }

    /// Starts the visit and returns it, to be opened; the reason is kept in the language of the person.
    public func start(_ strings: any Strings) async -> VisitId? {
        var started: VisitId?
        await attempt {
            let visits = workplace.session.visits
            let planned = if let visit { visit } else { try await visits.plan(customer) }
            visit = planned
            try await visits.start(planned, reading: door.reading, reason: door.reasonSaid(strings))
            try await door.passed()
            started = planned
        }
        return started
    }
}
