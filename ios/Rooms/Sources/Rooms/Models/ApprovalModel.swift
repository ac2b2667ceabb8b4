import FieldbookKit
import Observation

/// One request in front of its approver.
@Observable @MainActor
public final class ApprovalModel: Room {
    /// The page; nil before the first answer and when it is not on this phone.
    public private(set) var page: ApprovalPage?

    /// True when it is not on this phone (any more).
    public private(set) var isGone = false

    /// What is odd about it, when it waits for this person.
    public private(set) var item: InboxItem?

    /// What changed since the approver last decided on it.
    public private(set) var difference: ApprovalDifference?

    /// In whose place the person decides, when they could for several; nil for themselves.
    public var seat: PersonId?

    public var problem: FieldbookError?

    private let workplace: Workplace
    private let approval: ApprovalId
    private var session: Session { workplace.session }

    /// A request.
    public init(workplace: Workplace, approval: ApprovalId) { (self.workplace, self.approval) = (workplace, approval) }

    /// Is it this person's turn?
    public var canDecide: Bool {
        page.map { !$0.seats.isEmpty && $0.approval.status != .provisional } == true && !workplace.undo.hides("\(approval)")
    }

    /// For whom they could decide, when there is a choice.
    public var seats: [PersonId] { page.map { $0.seats.count > 1 ? $0.seats : [] } ?? [] }

    /// The steps before this one: where a return may go beside the applicant.
    public var earlier: [ChainStep] { page.map { page in page.plan.filter { $0.number < page.approval.step } } ?? [] }

    /// May they bring somebody in? Only whoever has a seat of their own.
    public var canHandOver: Bool { canDecide && page?.seats.contains(workplace.account.person) == true }

    /// Who can be brought in: everybody who is there but oneself and whoever asks.
    public var colleagues: [Person] {
        workplace.people.filter { !$0.left && $0.id != workplace.account.person && $0.id != page?.approval.applicant }
    }

    /// Shows it as it changes.
    public func run() async {
        await together(
            { await self.follow(self.session.approvals.page(self.approval)) { self.show($0) } },
            { await self.follow(self.session.approvals.inbox()) { inbox in
                self.item = inbox.first { $0.approval.id == self.approval }
            } })
    }

    /// The note of a return or a rejection, or for whoever is brought in.
    public func note(for purpose: String) -> Draft { workplace.draft("decision/\(approval)/\(purpose)") }

    /// Decides on the revision that is on the screen; can be taken back for ten seconds.
    ///
    /// - Parameter backTo: with a return, the number of the step it goes back to; nil for the applicant.
    public func decide(_ decision: Decision, note: String? = nil, backTo: UInt32? = nil, _ strings: any Strings) async {
        guard let seen = page?.approval else { return }
        let draft = self.note(for: "\(decision)")
        await workplace.undo.offer(strings.decisionSaid(decision, seen.title), about: ["\(approval)"]) { [session, approval, seat] in
            try await session.approvals.decide(approval, revision: seen.revision, decision, note: note, actingFor: seat, backTo: backTo)
            draft.done()
        }
    }

    /// Brings somebody in, beside oneself or in one's stead.
    public func handOver(_ handing: Handing, to person: PersonId, note: Draft) async -> Bool {
        let isDone = await attempt { try await session.approvals.handOver(approval, handing, to: person, note: note.filled) }
        if isDone { note.done() }
        return isDone
    }

    private func show(_ page: ApprovalPage?) {
        self.page = page
        isGone = page == nil
        guard let saw = page?.saw else { return difference = nil }
        Task { await attempt { difference = try await session.approvals.difference(approval, since: saw) } }
    }
}
