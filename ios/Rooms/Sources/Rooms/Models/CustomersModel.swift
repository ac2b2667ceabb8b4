import FieldbookKit
import Observation

/// Customers, found as one types.
@Observable @MainActor
public final class CustomersModel: Room {
    /// What the person typed.
    public var text = ""

    /// Customers by name; nil before the first answer.
    public private(set) var all: [Customer]?

    /// What the search found, or who is near; nil without a search.
    public private(set) var found: [FoundCustomer]?

    /// Customers whom nobody looks after.
    public private(set) var pool: [Customer] = []

    /// How many one has and may have.
    public private(set) var holdings: Holdings?

    /// Why nobody is near: what asking for the position brought, when it brought none.
    public private(set) var noFix: Fix?

    /// Whose visit is due, and since when.
    public private(set) var due: [CustomerId: DueCustomer] = [:]

    /// The fields of a new customer.
    public let newName: Draft
    /// Where the new one is, as typed.
    public let newAddress: Draft

    public var problem: FieldbookError?

    private let workplace: Workplace
    private var session: Session { workplace.session }

    /// The customers of a person.
    public init(workplace: Workplace) {
        self.workplace = workplace
        newName = workplace.draft("new-customer/name")
        newAddress = workplace.draft("new-customer/address")
    }

    /// Shows the lists as they change.
    public func run() async {
        await together(
            { await self.follow(self.session.customers.list(limit: 3_000)) { self.all = $0 } },
            { await self.follow(self.session.customers.due(limit: 3_000)) { due in
                self.due = Dictionary(due.map { ($0.customer.id, $0) }, uniquingKeysWith: { first, _ in first })
            } },
            { await self.follow(self.session.customers.pool(limit: 200)) { self.pool = $0 } },
            { await self.follow(self.session.customers.holdings()) { self.holdings = $0 } })
    }

    /// Looks for what is typed now. A search that the next letter cancels changes nothing.
    public func search() async {
        let wanted = text
        guard !wanted.isEmpty else { return found = nil }
        await attempt {
            let hits = try await session.customers.search(wanted, near: workplace.fix?.reading?.position)
            if !Task.isCancelled, wanted == text { found = hits }
        }
    }

    /// The nearest customers first.
    public func nearMe() async {
        await attempt {
            let fix = try await workplace.locate()
            noFix = fix.reading == nil ? fix : nil
            guard let reading = fix.reading else { return }
            found = try await session.customers.nearby(reading.position, radius: 50_000)
        }
    }

    /// By name again.
    public func byName() { (found, noFix) = (nil, nil) }

    /// Adds a customer and returns it; nil when it was refused, and `problem` says why.
    public func add(isHere: Bool) async -> CustomerId? {
        var customer: CustomerId?
        await attempt {
            let place = isHere ? try await workplace.locate().reading?.position : nil
            customer = try await session.customers.add(NewCustomer(name: newName.trimmed, address: newAddress.trimmed, position: place))
            [newName, newAddress].forEach { $0.done() }
        }
        return customer
    }
}
