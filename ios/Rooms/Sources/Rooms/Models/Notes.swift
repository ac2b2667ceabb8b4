import FieldbookKit
import Observation

/// The notes of a visit: a draft from the first letter on, a change of the record when the person leaves them. What others write meanwhile
/// shows unless the person is just typing, and is merged with theirs.
@Observable @MainActor
public final class Notes {
    /// What is in the field.
    public var text: String {
        get { draft.text }
        set { type(newValue) }
    }

    private let draft: Draft
    private let seen: Draft
    private var recorded = ""
    private let workplace: Workplace
    private let visit: VisitId

    /// The notes of that visit.
    init(workplace: Workplace, visit: VisitId) {
        (self.workplace, self.visit) = (workplace, visit)
        draft = workplace.draft("notes/\(visit)")
        seen = workplace.draft("notes-seen/\(visit)")
    }

    /// Makes what was typed a change of the record, against what the person saw of it.
    func save() async throws {
        guard draft.isKept || seen.isKept else { return }
        let (text, before) = (draft.text, seen.text)
        if text != before { try await workplace.session.visits.setNotes(visit, seen: before, text: text) }
        recorded = text
        // Another letter may have come meanwhile; it is a change of what is recorded now.
        if draft.text == text { draft.done(after: text) }
        if draft.isKept { seen.text = text } else { seen.done() }
    }

    /// Shows what the record says now.
    func show(_ text: String) {
        recorded = text
        if !seen.isKept { draft.show(text) }
    }

    private func type(_ text: String) {
        if !draft.isKept, !seen.isKept { seen.text = recorded }
        draft.text = text
    }
}
