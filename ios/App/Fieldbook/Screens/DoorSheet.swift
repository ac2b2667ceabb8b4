import FieldbookKit
import Rooms
import SwiftUI

/// In or out of the door.
enum Door { case start, finish }

/// Checking in or out: the distance and the verdict at once; doubt asks why and never stops the visit.
struct DoorSheet: View {
    let model: VisitModel
    let door: Door
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @Environment(\.openURL) private var openURL
    @State private var reason = ""
    @State private var outcome = ""
    @State private var isHere = false

    var body: some View {
        NavigationStack {
            Form {
                Section { place }
                if isInDoubt {
                    Text(app.strings.tellUsWhy)
                    ReasonPicker(reasons: .place, reason: $reason)
                    if model.fix?.reading != nil { Toggle(app.strings.proposeThisPlace, isOn: $isHere) }
                }
                if door == .finish { TextField(app.strings.outcome, text: $outcome, axis: .vertical).lineLimit(1...4) }
                ProblemText(problem: model.problem)
            }
            .navigationTitle(model.page?.visit.customerName ?? app.strings.aCustomer)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: door == .start ? app.strings.start : app.strings.finish) { await go() }
            }
        }
        .presentationDetents([.medium, .large])
        .task { await model.look() }
    }

    @ViewBuilder private var place: some View {
        switch model.fix {
        case nil:
            ProgressView(app.strings.lookingForPlace)
            Text(app.strings.startAnyway).font(.footnote)
        case .found(let reading):
            Text(sentence(reading)).font(.headline).monospacedDigit()
        case .notFound:
            Text(app.strings.noPlace)
            Button(app.strings.lookAgain) { Task { await model.look() } }
        case .notAllowed:
            Text(app.strings.placeNotAllowed)
            settings(app.strings.allowPlace)
        case .off:
            Text(app.strings.placeOff)
            settings(app.strings.switchPlaceOn)
        }
    }

    private func settings(_ title: String) -> some View {
        Button(title) { if let url = URL(string: UIApplication.openSettingsURLString) { openURL(url) } }
    }

    private func sentence(_ reading: Reading) -> String {
        guard let judgement = model.judgement else { return app.strings.lookingForPlace }
        guard let distance = judgement.distanceM else { return app.strings.noAddressPlace }
        let metres = app.formats.distance(distance)
        let far = judgement.verdict == .outside ? app.strings.fromTheAddress(metres) : app.strings.fromTheDoor(metres)
        return "\(far) (±\(app.formats.distance(reading.accuracyM))) · \(app.strings.verdict(judgement.verdict))"
    }

    private var isInDoubt: Bool {
        switch model.fix {
        case nil: false
        case .found: model.judgement.map { [.outside, .uncertain].contains($0.verdict) } ?? false
        default: true
        }
    }

    private func go() async {
        let why = reason.isEmpty ? nil : reason
        let isDone =
            switch door {
            case .start: await model.start(reason: why)
            case .finish: await model.finish(reason: why, outcome: outcome.isEmpty ? nil : outcome)
            }
        if isDone, isHere { await model.proposePlace() }
        if isDone { dismiss() }
    }
}

/// A visit that does not take place, or ends early.
struct CancelSheet: View {
    let model: VisitModel
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var reason = ""

    var body: some View {
        NavigationStack {
            Form {
                Text(app.strings.cancelHint)
                ReasonPicker(reasons: .cancel, reason: $reason)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.cancelVisitTitle)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.cancelVisit, isBusy: reason.isEmpty) {
                    if await model.cancel(reason: reason) { dismiss() }
                }
            }
        }
    }
}

/// The result of a step.
struct StepSheet: View {
    let model: VisitModel
    let step: String
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var count = ""
    @State private var text = ""

    var body: some View {
        NavigationStack {
            Form {
                Button(app.strings.inOrder(true), systemImage: "checkmark") { save(.truth(value: true)) }
                Button(app.strings.inOrder(false), systemImage: "xmark") { save(.truth(value: false)) }
                TextField(app.strings.howMany, text: $count).keyboardType(.numberPad)
                TextField(app.strings.whatIsThere, text: $text, axis: .vertical).lineLimit(2...6)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.step(step))
            .safeAreaInset(edge: .bottom) { PrimaryButton(title: app.strings.save) { save(typed) } }
        }
        .presentationDetents([.medium, .large])
    }

    private var typed: StepValue {
        if let number = Int64(count) { return .count(value: number) }
        return text.isEmpty ? .done : .text(value: text)
    }

    private func save(_ value: StepValue) {
        var note: String?
        if case .text = value {} else if !text.isEmpty { note = text }
        Task { if await model.record(step, value, note: note) { dismiss() } }
    }
}
