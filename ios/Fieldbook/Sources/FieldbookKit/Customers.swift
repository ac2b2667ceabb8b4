import FieldbookBindings

/// Customers: find, read, edit. All of it works without network.
public struct Customers: Sendable {
    let customers: NativeCustomers
    let live: NativeLive
    let calls: Calls

    /// Customers by name, `limit` of them after the first `skip`, as they change.
    public func list(skip: Int = 0, limit: Int = 100) -> LiveValues<[Customer]> {
        calls.live(live, [.customers]) { [customers] in
            try customers.list(skip: UInt32(clamping: skip), limit: UInt32(clamping: limit))
        }
    }

    /// Customers whose next visit is due, the longest overdue first, as they change.
    public func due(limit: Int = 50) -> LiveValues<[DueCustomer]> {
        calls.live(live, [.customers]) { [customers] in try customers.due(limit: UInt32(clamping: limit)) }
    }

    /// A customer's page as it changes; nil when it is not on this phone (any more).
    public func page(_ customer: CustomerId) -> LiveValues<CustomerPage?> {
        calls.live(live, [.customers]) { [customers] in try customers.page(customer: customer) }
    }

    /// Customers whose name, address, contacts or tags hold all the words, the best hits first; for typing.
    public func search(
        _ text: String, near position: Position? = nil, limit: Int = 50
    ) async throws(FieldbookError) -> [FoundCustomer] {
        try await calls.disk { [customers] in
            try customers.search(text: text, near: position, limit: UInt32(clamping: limit))
        }
    }

    /// Customers at most `radius` metres away, the nearest first.
    public func nearby(
        _ position: Position, radius: Double, limit: Int = 50
    ) async throws(FieldbookError) -> [FoundCustomer] {
        try await calls.disk { [customers] in
            try customers.nearby(position: position, radiusM: radius, limit: UInt32(clamping: limit))
        }
    }

    /// The customers of the pool, whom nobody looks after, by name, as they change.
    public func pool(skip: Int = 0, limit: Int = 100) -> LiveValues<[Customer]> {
        calls.live(live, [.customers]) { [customers] in
            try customers.pool(skip: UInt32(clamping: skip), limit: UInt32(clamping: limit))
        }
    }

    /// How many customers one has and may have, as it changes.
    public func holdings() -> LiveValues<Holdings> {
        calls.live(live, [.customers]) { [customers] in try customers.holdings() }
    }

    /// Asks to look after a customer of the pool. Whoever asks first gets it; the page says what the server replied.
    public func claim(_ customer: CustomerId, note: String? = nil) async throws(FieldbookError) {
        try await calls.disk { [customers] in try customers.claim(customer: customer, note: note) }
    }

    /// Asks to put a customer back into the pool.
    public func release(_ customer: CustomerId, note: String? = nil) async throws(FieldbookError) {
        try await calls.disk { [customers] in try customers.release(customer: customer, note: note) }
    }

    /// Asks, as a supervisor, that somebody else looks after a customer.
    public func askOwner(_ customer: CustomerId, to person: PersonId, note: String? = nil) async throws(FieldbookError) {
        try await calls.disk { [customers] in try customers.askOwner(customer: customer, to: person, note: note) }
    }

    /// Asks for another grade, one of those with a visit cycle.
    public func askGrade(_ customer: CustomerId, grade: String, note: String? = nil) async throws(FieldbookError) {
        try await calls.disk { [customers] in try customers.askGrade(customer: customer, grade: grade, note: note) }
    }

    /// Adds a customer of one's own; it can be visited at once.
    public func add(_ customer: NewCustomer) async throws(FieldbookError) -> CustomerId {
        try await calls.disk { [customers] in try customers.add(customer: customer) }
    }

    /// Changes fields of a customer in one operation. Where two people set one field at once both values are kept.
    public func edit(_ customer: CustomerId, _ changes: CustomerChange...) async throws(FieldbookError) {
        try await edit(customer, changes)
    }

    /// The same with the changes as a list.
    public func edit(_ customer: CustomerId, _ changes: [CustomerChange]) async throws(FieldbookError) {
        try await calls.disk { [customers] in try customers.edit(customer: customer, changes: changes) }
    }

    /// Adds a contact.
    @discardableResult
    public func addContact(_ customer: CustomerId, _ fields: ContactFields) async throws(FieldbookError) -> ContactId {
        try await calls.disk { [customers] in try customers.addContact(customer: customer, fields: fields) }
    }

    /// Changes fields of a contact; what is nil stays as it is.
    public func editContact(
        _ customer: CustomerId, _ contact: ContactId, _ fields: ContactFields
    ) async throws(FieldbookError) {
        try await calls.disk { [customers] in
            try customers.editContact(customer: customer, contact: contact, fields: fields)
        }
    }

    /// Removes a contact.
    public func removeContact(_ customer: CustomerId, _ contact: ContactId) async throws(FieldbookError) {
        try await calls.disk { [customers] in try customers.removeContact(customer: customer, contact: contact) }
    }

    /// Sets or clears a tag.
    public func setTag(_ customer: CustomerId, _ tag: String, isSet: Bool) async throws(FieldbookError) {
        try await calls.disk { [customers] in try customers.setTag(customer: customer, tag: tag, set: isSet) }
    }
}
