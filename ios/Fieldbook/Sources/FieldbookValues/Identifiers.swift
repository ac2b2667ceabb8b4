/// The name of one record, person or thing: a type of its own, so that none is taken for another.
public protocol Identifier: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The name as text.
    var value: String { get }

    /// The identifier of that name; whether there is such a record shows when it is asked for.
    init(_ value: String)
}

extension Identifier {
    /// The name as text.
    public var description: String { value }
}

/// A customer.
public struct CustomerId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }
}

/// A visit.
public struct VisitId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }
}

/// A check-in, at the start, the end or a cancel of a visit.
public struct CheckInId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }
}

/// One person's log of one day.
public struct LogId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }
}

/// A request that somebody has to decide.
public struct ApprovalId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }
}

/// A person of the organisation.
public struct PersonId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }
}

/// A unit of the organisation.
public struct UnitId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }
}

/// A contact of a customer.
public struct ContactId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }
}

/// One person's replica on this phone.
public struct AccountId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }
}

/// Any record, where lists mix them; ``asVisit`` and its like say which it is once its kind is known.
public struct RecordId: Identifier {
    /// The name as text.
    public let value: String

    /// The identifier of that name.
    public init(_ value: String) { self.value = value }

    /// This record as a customer.
    public var asCustomer: CustomerId { CustomerId(value) }

    /// This record as a visit.
    public var asVisit: VisitId { VisitId(value) }

    /// This record as a day's log.
    public var asLog: LogId { LogId(value) }

    /// This record as a request.
    public var asApproval: ApprovalId { ApprovalId(value) }
}
