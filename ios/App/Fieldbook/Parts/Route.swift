import FieldbookKit

/// Where a person can go from a room.
enum Route: Hashable {
    case customer(CustomerId)
    case visit(VisitId)
    case expense(ApprovalId)
    case approval(ApprovalId)
    /// The daily log; a new entry is about that customer and visit.
    case activity(CustomerId?, VisitId?)
    /// One's own requests, for a person whose rooms do not have them.
    case expenses
    case attention
    case sync
}
