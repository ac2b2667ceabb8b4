import FieldbookKit
import Rooms
import SwiftUI

/// At the door: the distance and the verdict at once; doubt asks why and never stops the visit.
struct DoorSections: View {
    @Bindable var door: Door
    @Environment(AppModel.self) private var app

    var body: some View {
        Section {
            if let fix = door.fix {
                if fix.reading == nil {
                    NoPlace(fix: fix)
                    Button(app.strings.lookAgain, systemImage: "arrow.clockwise") { Task { await door.look() } }
                } else {
                    Text(door.said(app.strings, app.formats)).font(.headline).monospacedDigit()
                }
            } else {
                ProgressView(app.strings.lookingForPlace)
                Text(app.strings.startAnyway).font(.footnote)
            }
            ProblemText(problem: door.problem)
        }
        if door.isInDoubt {
            Section {
                if door.asksForReason {
                    Text(app.strings.tellUsWhy)
                    ReasonPicker(reasons: .place, reason: $door.reason)
                    DraftField(door.words, app.strings.reasonInWords)
                }
                if door.reading != nil { Toggle(app.strings.proposeThisPlace, isOn: $door.proposes) }
            }
        }
    }
}

/// Checking in.
struct CheckInSheet: View {
    @State private var model: CheckInModel
    let started: @MainActor (VisitId) -> Void
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: CheckInModel, started: @escaping @MainActor (VisitId) -> Void) {
        _model = State(initialValue: model)
        self.started = started
    }

    var body: some View {
        NavigationStack {
            Form {
                DoorSections(door: model.door)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(model.name ?? app.strings.aCustomer)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.start) {
                    guard let visit = await model.start(app.strings) else { return }
                    dismiss()
                    started(visit)
                }
            }
        }
        .presentationDetents([.medium, .large])
        .task { await model.door.look() }
    }
}

/// Checking out.
struct FinishSheet: View {
    let model: VisitModel
    @State private var door: Door
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: VisitModel, door: Door) {
        self.model = model
        _door = State(initialValue: door)
    }

    var body: some View {
        NavigationStack {
            Form {
                Section {
                    DraftField(model.outcome, app.strings.outcome)
                    DraftField(model.nextStep, app.strings.nextStep)
                }
                DoorSections(door: door)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.finishVisit)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.finish) { if await model.finish(at: door, app.strings) { dismiss() } }
            }
        }
        .presentationDetents([.medium, .large])
        .task { await door.look() }
    }
}

/// A visit that does not take place, or ends early.
struct CancelSheet: View {
    let model: VisitModel
    @State private var door: Door
    @State private var reason: Words?
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: VisitModel, door: Door) {
        self.model = model
        _door = State(initialValue: door)
    }

    var body: some View {
        NavigationStack {
            Form {
                Text(app.strings.cancelHint)
                Section {
                    ReasonPicker(reasons: .cancel, reason: $reason)
                    DraftField(model.why, app.strings.reasonInWords)
                }
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.cancelVisitTitle)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.cancelVisit, isBusy: reason == nil && model.why.filled == nil) {
                    if await model.cancel(reason: reason, at: door, app.strings) { dismiss() }
                }
            }
        }
        .task { await door.look() }
    }
}
