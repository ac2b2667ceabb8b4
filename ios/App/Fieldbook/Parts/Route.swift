import FieldbookKit

/// Where a person can go from a room.
enum Route: Hashable {
    case customer(CustomerId)
    case visit(VisitId)
    case expense(ApprovalId)
    case approval(ApprovalId)
    case activity
    case attention
    case sync
}
