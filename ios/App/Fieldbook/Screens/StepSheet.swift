import FieldbookKit
import Rooms
import SwiftUI

/// The result of a step: in order or not, a number, or words.
struct StepSheet: View {
    let model: VisitModel
    let step: String
    @State private var typed: Draft
    @State private var actions = OneAtATime()
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: VisitModel, step: String) {
        (self.model, self.step) = (model, step)
        _typed = State(initialValue: model.field(of: step))
    }

    var body: some View {
        NavigationStack {
            Form {
                Section {
                    DraftField(typed, "\(app.strings.howMany) / \(app.strings.whatIsThere)", lines: 2)
                }
                Section {
                    Button(app.strings.inOrder(true), systemImage: "checkmark") { Task { await save(.truth(value: true), note: typed.filled) } }
                    Button(app.strings.inOrder(false), systemImage: "xmark") { Task { await save(.truth(value: false), note: typed.filled) } }
                }
                ProblemText(problem: model.problem)
            }
            .disabled(actions.isRunning)
            .navigationTitle(app.strings.step(step))
            .safeAreaInset(edge: .bottom) { PrimaryButton(title: app.strings.save, isBusy: typed.filled == nil) { await save(value) } }
        }
        .presentationDetents([.medium, .large])
    }

    private var value: StepValue {
        Int64(typed.trimmed).map { .count(value: $0) } ?? .text(value: typed.trimmed)
    }

    private func save(_ value: StepValue, note: String? = nil) async {
        await actions.run { if await model.record(step, value, note: note) { dismiss() } }
    }
}
