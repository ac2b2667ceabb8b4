import FieldbookKit
import Observation

/// One visit, from the door to the end.
@Observable @MainActor
public final class VisitModel: Room {
    /// The page; nil before the first answer and when the visit is not on this phone.
    public private(set) var page: VisitPage?

    /// True when the visit is not on this phone (any more).
    public private(set) var isGone = false

    /// The notes.
    public let notes: Notes

    /// What came out of it.
    public let outcome: Draft

    /// What comes next with this customer.
    public let nextStep: Draft

    /// Why it does not take place, in the person's own words.
    public let why: Draft

    public var problem: FieldbookError?

    /// Which visit it is.
    public let visit: VisitId

    private let workplace: Workplace
    private var session: Session { workplace.session }

    /// The page of a visit.
    public init(workplace: Workplace, visit: VisitId) {
        (self.workplace, self.visit) = (workplace, visit)
        notes = Notes(workplace: workplace, visit: visit)
        outcome = workplace.draft("outcome/\(visit)")
        nextStep = workplace.draft("next-step/\(visit)")
        why = workplace.draft("cancel/\(visit)")
    }

    /// Is it one's own?
    public var isMine: Bool { page?.visit.rep == workplace.account.person }

    /// Shows the page as it changes.
    public func run() async {
        await follow(session.visits.page(visit)) { page in
            self.page = page
            isGone = page == nil
            if let page { notes.show(page.visit.notes) }
        }
    }

    /// The steps of the house's template and what else was recorded, each with its current result.
    public var steps: [Step] {
        let template = workplace.house?.steps ?? []
        let results = Dictionary((page?.steps ?? []).map { ($0.detail ?? "", $0) }, uniquingKeysWith: { _, last in last })
        return (template + results.keys.filter { !template.contains($0) }.sorted()).map { Step(name: $0, result: results[$0]) }
    }

    /// The step that comes now.
    public var nextOpenStep: String? { steps.first { $0.result == nil }?.name }

    /// What is typed into a step before it is saved.
    public func field(of step: String) -> Draft { workplace.draft("step/\(visit)/\(step)") }

    /// Records the result of a step; an earlier one stays in the visit's history.
    public func record(_ step: String, _ value: StepValue, note: String? = nil) async -> Bool {
        let isSaved = await attempt { try await session.visits.recordStep(visit, step: step, value: value, note: note) }
        if isSaved { field(of: step).done() }
        return isSaved
    }

    /// Checks out.
    public func finish(at door: Door, _ strings: any Strings) async -> Bool {
        await attempt {
            try await notes.save()
            if let next = nextStep.filled { try await session.visits.setNextStep(visit, text: next) }
            try await session.visits.finish(visit, reading: door.reading, reason: door.reasonSaid(strings), outcome: outcome.filled)
            try await door.passed()
            [outcome, nextStep].forEach { $0.done() }
        }
    }

    /// The visit does not take place, or ends early.
    public func cancel(reason: Words?, at door: Door, _ strings: any Strings) async -> Bool {
        let said = [reason?.text(in: strings.language), why.filled].compactMap(\.self).joined(separator: strings.comma)
        return await attempt {
            try await notes.save()
            try await session.visits.cancel(visit, reason: said, reading: door.reading)
            why.done()
        }
    }

    /// Moves the plan.
    public func move(to start: Timestamp) async -> Bool {
        await attempt { try await session.visits.reschedule(visit, to: start) }
    }

    /// Saves the notes as they stand, when the person leaves them or the screen.
    public func saveNotes() async { await attempt { try await notes.save() } }
}

/// A step of a visit's template, and its current result.
public struct Step: Sendable, Identifiable {
    /// Its name in the template.
    public let name: String
    /// What was recorded last; nil while it is open.
    public let result: TimelineItem?
    public var id: String { name }
}
