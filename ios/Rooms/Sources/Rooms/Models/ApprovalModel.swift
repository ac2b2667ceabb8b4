import FieldbookKit
import Observation

/// One request in front of its approver.
@Observable @MainActor
public final class ApprovalModel: Room {
    /// The page; nil before the first answer and when it is not on this phone.
    public private(set) var page: ApprovalPage?

    /// True when it is not on this phone (any more).
    public private(set) var isGone = false

    /// What changed since the approver last decided on it.
    public private(set) var difference: ApprovalDifference?

    /// People by their id.
    public private(set) var names: [PersonId: String] = [:]

    public var problem: FieldbookError?

    private let session: Session
    private let approval: ApprovalId

    /// A request.
    public init(session: Session, approval: ApprovalId) {
        self.session = session
        self.approval = approval
    }

    /// Is it this person's turn?
    public var canDecide: Bool { page.map { !$0.seats.isEmpty && $0.approval.status != .provisional } ?? false }

    /// Shows it as it changes.
    public func run() async {
        await attempt { names = try await session.people.names() }
        await follow(session.approvals.page(approval)) { page in
            self.page = page
            isGone = page == nil
            if let saw = page?.saw { Task { await self.compare(with: saw) } } else { difference = nil }
        }
    }

    /// Decides on the revision that was on the screen when the person decided; the one that is there now without one.
    public func decide(_ decision: Decision, seen: String? = nil, note: String? = nil) async -> Bool {
        guard let revision = seen ?? page?.approval.revision else { return false }
        return await attempt { try await session.approvals.decide(approval, revision: revision, decision, note: note) }
    }

    private func compare(with saw: String) async {
        await attempt { difference = try await session.approvals.difference(approval, since: saw) }
    }
}
