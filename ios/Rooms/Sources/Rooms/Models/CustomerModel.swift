import FieldbookKit
import Observation

/// One customer, all around: contacts, what happened, visits.
@Observable @MainActor
public final class CustomerModel: Room {
    /// The page; nil before the first answer and when the customer is not on this phone.
    public private(set) var page: CustomerPage?

    /// True when the customer is not on this phone (any more).
    public private(set) var isGone = false

    /// People by their id, for the timeline.
    public private(set) var names: [PersonId: String] = [:]

    public var problem: FieldbookError?

    /// Whose page it is.
    public let customer: CustomerId

    private let session: Session

    /// The page of a customer.
    public init(session: Session, customer: CustomerId) {
        self.session = session
        self.customer = customer
    }

    /// Shows the page as it changes.
    public func run() async {
        await attempt { names = try await session.people.names() }
        await follow(session.customers.page(customer)) { page in
            self.page = page
            isGone = page == nil
        }
    }

    /// Starts a visit on the spot: plans it and returns it, to be opened.
    public func visit() async -> VisitId? {
        var visit: VisitId?
        await attempt { visit = try await session.visits.plan(customer) }
        return visit
    }

    /// Plans a visit.
    public func plan(_ start: Timestamp, purpose: String) async -> Bool {
        await attempt { _ = try await session.visits.plan(customer, purpose: purpose, start: start) }
    }

    /// Changes name and address in one operation; what is the same is not written.
    public func edit(name: String, address: String) async -> Bool {
        await attempt {
            if let old = page?.customer, old.name != name { try await session.customers.edit(customer, .name(name: name)) }
            if let old = page?.customer, old.address != address {
                try await session.customers.edit(customer, .address(address: address))
            }
        }
    }

    /// Keeps one of two values that were entered at the same time.
    public func keep(_ field: String, _ value: String) async {
        await attempt {
            let change: CustomerChange = field == "name" ? .name(name: value) : .address(address: value)
            try await session.customers.edit(customer, change)
        }
    }

    /// Adds a contact.
    public func addContact(_ fields: ContactFields) async -> Bool {
        await attempt { try await session.customers.addContact(customer, fields) }
    }

    /// Writes into today's log.
    public func log(_ text: String) async -> Bool {
        await attempt { try await session.activities.log(text, customer: customer) }
    }
}

extension People {
    /// Everybody's name.
    func names() async throws(FieldbookError) -> [PersonId: String] {
        Dictionary(try await all().map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
}
