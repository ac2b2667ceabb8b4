import FieldbookKit
import Observation

/// Customers, found as one types.
@Observable @MainActor
public final class CustomersModel: Room {
    /// What the person typed.
    public var text = ""

    /// Customers by name; nil before the first answer.
    public private(set) var all: [Customer]?

    /// What the search found; nil without a search.
    public private(set) var found: [FoundCustomer]?

    /// Where the phone is, when it was asked.
    public private(set) var position: Position?

    public var problem: FieldbookError?

    private let session: Session

    /// The customers of a person.
    public init(session: Session) { self.session = session }

    /// Shows the list as it changes.
    public func run() async { await follow(session.customers.list(limit: 3_000)) { all = $0 } }

    /// Looks for what is typed now. A search that the next letter cancels changes nothing.
    public func search() async {
        let wanted = text
        guard !wanted.isEmpty else {
            found = nil
            return
        }
        await attempt {
            let hits = try await session.customers.search(wanted, near: position)
            if !Task.isCancelled, wanted == text { found = hits }
        }
    }

    /// The nearest customers first.
    public func nearMe() async {
        await attempt {
            guard case .found(let reading) = try await session.visits.locate() else { return }
            position = reading.position
            found = try await session.customers.nearby(reading.position, radius: 50_000)
        }
    }

    /// Adds a customer and returns it; nil when it was refused, and `problem` says why.
    public func add(name: String, address: String, isHere: Bool) async -> CustomerId? {
        var customer: CustomerId?
        await attempt {
            var place: Position?
            if isHere, case .found(let reading) = try await session.visits.locate() { place = reading.position }
            customer = try await session.customers.add(NewCustomer(name: name, address: address, position: place))
        }
        return customer
    }
}
