import FieldbookKit
import Rooms
import SwiftUI

/// Why a request is rejected or goes back, and where to.
struct DecisionSheet: View {
    let model: ApprovalModel
    let decision: Decision
    let decided: @MainActor () -> Void
    @State private var note: Draft
    @State private var reason: Words?
    @State private var backTo: UInt32?
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: ApprovalModel, decision: Decision, decided: @escaping @MainActor () -> Void) {
        (self.model, self.decision, self.decided) = (model, decision, decided)
        _note = State(initialValue: model.note(for: "\(decision)"))
    }

    var body: some View {
        NavigationStack {
            Form {
                Text(decision == .reject ? app.strings.rejectHint : app.strings.returnHint)
                Section {
                    ReasonPicker(reasons: decision == .reject ? .reject : .return, reason: $reason)
                    DraftField(note, app.strings.reasonInWords, lines: 2)
                }
                if decision == .return, !model.earlier.isEmpty {
                    Picker(app.strings.backTo, selection: $backTo) {
                        Text(app.strings.whoAsks).tag(UInt32?.none)
                        ForEach(model.earlier, id: \.number) { Text($0.label.text(in: app.language)).tag(UInt32?.some($0.number)) }
                    }
                }
                ProblemText(problem: model.problem)
            }
            .navigationTitle(title)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: title, isBusy: said.isEmpty) {
                    dismiss()
                    await model.decide(decision, note: said, backTo: backTo, app.strings)
                    decided()
                }
            }
        }
        .presentationDetents([.medium, .large])
    }

    private var said: String { [reason?.text(in: app.language), note.filled].compactMap(\.self).joined(separator: app.strings.comma) }

    private var title: String { decision == .reject ? app.strings.reject : app.strings.returnIt }
}

/// Brings somebody in: beside oneself, or in one's stead.
struct HandOverSheet: View {
    let model: ApprovalModel
    @State private var note: Draft
    @State private var handing = Handing.add
    @State private var person: PersonId?
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: ApprovalModel) {
        self.model = model
        _note = State(initialValue: model.note(for: "hand over"))
    }

    var body: some View {
        NavigationStack {
            Form {
                Picker(app.strings.handOver, selection: $handing) {
                    Text(app.strings.beside).tag(Handing.add)
                    Text(app.strings.inMyStead).tag(Handing.delegate)
                }
                Text(app.strings.handingHint(handing)).font(.footnote)
                Picker(app.strings.whom, selection: $person) {
                    Text(verbatim: "–").tag(PersonId?.none)
                    ForEach(model.colleagues, id: \.id) { Text($0.name).tag(PersonId?.some($0.id)) }
                }
                DraftField(note, app.strings.noteForThem, lines: 2)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.handOver)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.handOver, isBusy: person == nil) {
                    if let person, await model.handOver(handing, to: person, note: note) { dismiss() }
                }
            }
        }
        .presentationDetents([.medium, .large])
    }
}
