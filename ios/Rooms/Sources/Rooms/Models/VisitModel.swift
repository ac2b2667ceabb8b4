import FieldbookKit
import Observation

/// One visit, from the door to the end.
@Observable @MainActor
public final class VisitModel: Room {
    /// The page; nil before the first answer and when the visit is not on this phone.
    public private(set) var page: VisitPage?

    /// True when the visit is not on this phone (any more).
    public private(set) var isGone = false

    /// The steps of the house, in their order.
    public private(set) var steps: [String] = []

    /// What asking for the position brought; nil while it is looked for.
    public private(set) var fix: Fix?

    /// What a check-in here would say.
    public private(set) var judgement: Judgement?

    /// The notes as they stand in the field; saved as the person types.
    public var notes = ""

    public var problem: FieldbookError?

    /// Which visit it is.
    public let visit: VisitId

    private let session: Session
    private var seen = ""

    /// The page of a visit.
    public init(session: Session, visit: VisitId) {
        self.session = session
        self.visit = visit
    }

    /// Shows the page as it changes. What others write into the notes shows unless the person is just typing.
    public func run() async {
        await attempt { steps = try await session.people.house().steps }
        await follow(session.visits.page(visit)) { page in
            self.page = page
            isGone = page == nil
            guard let page, page.visit.notes != seen else { return }
            if notes == seen { notes = page.visit.notes }
            seen = page.visit.notes
        }
    }

    /// Looks where the phone is and what a check-in would say. The person need not wait for it.
    public func look() async {
        fix = nil
        judgement = nil
        await attempt {
            let found = try await session.visits.locate()
            fix = found
            guard let customer = page?.visit.customer else { return }
            judgement = try await session.visits.judge(customer, reading: found.reading)
        }
    }

    /// Checks in.
    public func start(reason: String?) async -> Bool {
        await attempt { try await session.visits.start(visit, reading: fix?.reading, reason: reason) }
    }

    /// Records the result of a step.
    public func record(_ step: String, _ value: StepValue, note: String? = nil) async -> Bool {
        await attempt { try await session.visits.recordStep(visit, step: step, value: value, note: note) }
    }

    /// Saves the notes as they stand, against what the person saw of them.
    public func saveNotes() async {
        let (text, before) = (notes, seen)
        guard text != before else { return }
        seen = text
        if await !attempt({ try await session.visits.setNotes(visit, seen: before, text: text) }) { seen = before }
    }

    /// Says what comes next.
    public func setNextStep(_ text: String) async -> Bool {
        await attempt { try await session.visits.setNextStep(visit, text: text) }
    }

    /// Checks out.
    public func finish(reason: String?, outcome: String?) async -> Bool {
        await saveNotes()
        return await attempt {
            try await session.visits.finish(visit, reading: fix?.reading, reason: reason, outcome: outcome)
        }
    }

    /// The visit does not take place, or ends early.
    public func cancel(reason: String) async -> Bool {
        await attempt { try await session.visits.cancel(visit, reason: reason, reading: fix?.reading) }
    }

    /// Moves the plan.
    public func move(to start: Timestamp) async -> Bool {
        await attempt { try await session.visits.reschedule(visit, to: start) }
    }

    /// Proposes this place as the customer's: the address on file is wrong.
    public func proposePlace() async {
        guard let customer = page?.visit.customer, let position = fix?.reading?.position else { return }
        await attempt { try await session.customers.edit(customer, .place(position: position)) }
    }

    /// The current result of a step; nil while it is open.
    public func result(of step: String) -> TimelineItem? { page?.steps.last { $0.detail == step } }
}

extension Fix {
    /// The reading, when there is one.
    public var reading: Reading? {
        if case .found(let reading) = self { reading } else { nil }
    }
}
