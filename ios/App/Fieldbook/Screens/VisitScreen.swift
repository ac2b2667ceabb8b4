import FieldbookKit
import Rooms
import SwiftUI

/// One visit: its steps in order, its notes, its end.
struct VisitScreen: View {
    /// What is open over the visit.
    enum Over: Hashable, Identifiable {
        case start, finish, cancel, move, expense
        case step(String)
        var id: Self { self }
    }

    let workplace: Workplace
    @Binding var path: [Route]
    @Environment(AppModel.self) private var app
    @State private var model: VisitModel
    @State private var over: Over?
    @FocusState private var isWriting: Bool

    init(workplace: Workplace, visit: VisitId, path: Binding<[Route]>) {
        self.workplace = workplace
        _path = path
        _model = State(initialValue: VisitModel(workplace: workplace, visit: visit))
    }

    var body: some View {
        Group {
            if let page = model.page { content(page) } else if model.isGone { GoneText() } else { Waiting() }
        }
        .navigationTitle(model.page?.visit.customerName ?? app.strings.aCustomer)
        .task { await model.run() }
        .onChange(of: isWriting) { _, isWriting in if !isWriting { Task { await model.saveNotes() } } }
        .onDisappear { Task { await model.saveNotes() } }
    }

    private func content(_ page: VisitPage) -> some View {
        @Bindable var notes = model.notes
        return List {
            StatusLine(workplace: workplace)
            VisitFacts(page: page)
            ProblemText(problem: model.problem)
            steps(page)
            Section(app.strings.notes) {
                TextField(app.strings.notes, text: $notes.text, axis: .vertical)
                    .lineLimit(3...12)
                    .focused($isWriting)
                    .accessibilityLabel(app.strings.notes)
            }
            if let next = page.visit.nextStep { Section(app.strings.nextStep) { Text(next) } }
            links(page)
            Section(app.strings.history) {
                ForEach(page.timeline, id: \.self) { TimelineRow(item: $0, workplace: workplace, here: RecordId(model.visit.value)) }
            }
        }
        .safeAreaInset(edge: .bottom) { actions(page.visit) }
        .sheet(item: $over) { over in sheet(over, page.visit) }
    }

    @ViewBuilder private func sheet(_ over: Over, _ visit: Visit) -> some View {
        let door = Door(workplace: workplace, customer: visit.customer)
        switch over {
        case .start: CheckInSheet(model: CheckInModel(workplace: workplace, visit: visit)) { _ in }
        case .finish: FinishSheet(model: model, door: door)
        case .cancel: CancelSheet(model: model, door: door)
        case .move: PlanSheet(title: app.strings.movePlanTitle, purpose: nil, problem: model.problem) { await model.move(to: $0) }
        case .expense:
            NewRequestSheet(model: NewRequestModel(workplace: workplace, customer: visit.customer, visit: visit.id), forms: []) { path.append(.expense($0)) }
        case .step(let step): StepSheet(model: model, step: step)
        }
    }

    @ViewBuilder private func steps(_ page: VisitPage) -> some View {
        let isOpen = page.visit.status == .started
        if isOpen || !page.steps.isEmpty {
            Section {
                ForEach(model.steps.filter { isOpen || $0.result != nil }) { step in
                    Button {
                        over = .step(step.name)
                    } label: {
                        StepRow(step: step, isNext: isOpen && step.name == model.nextOpenStep)
                    }
                    .disabled(!isOpen)
                }
            }
        }
    }

    private func links(_ page: VisitPage) -> some View {
        Section {
            if let last = page.last {
                NavigationLink(value: Route.visit(last.id)) {
                    Text([app.strings.lastTime, last.ended.map(app.formats.moment), last.outcome].compactMap(\.self).joined(separator: " · "))
                }
            }
            NavigationLink(value: Route.customer(page.visit.customer)) { Text(app.strings.openCustomer) }
            if model.isMine {
                NavigationLink(value: Route.activity(page.visit.customer, page.visit.id)) { Text(app.strings.writeActivity) }
                Button(app.strings.newExpense, systemImage: "plus") { over = .expense }
            }
        }
    }

    @ViewBuilder private func actions(_ visit: Visit) -> some View {
        switch visit.status {
        case .planned:
            VStack(spacing: 0) {
                PrimaryButton(title: app.strings.startVisit) { over = .start }
                SideBySide {
                    Button(app.strings.movePlan) { over = .move }.frame(minHeight: 44)
                    Button(app.strings.cancelVisitMore, role: .destructive) { over = .cancel }.frame(minHeight: 44)
                }
            }
        case .started:
            VStack(spacing: 0) {
                PrimaryButton(title: app.strings.finishVisit) { over = .finish }
                Button(app.strings.cancelVisitMore, role: .destructive) { over = .cancel }.frame(minHeight: 44)
            }
        case .finished, .cancelled: EmptyView()
        }
    }
}

/// When, where, and which truth.
struct VisitFacts: View {
    let page: VisitPage
    @Environment(AppModel.self) private var app

    var body: some View {
        Section {
            if page.checkIns.isEmpty { Text(verbatim: "\(app.strings.planned) \(app.formats.moment(page.visit.planned))") }
            if page.visit.status == .planned, !page.visit.purpose.isEmpty { Text(page.visit.purpose) }
            ForEach(page.checkIns, id: \.id) { checkIn in
                VStack(alignment: .leading, spacing: 4) {
                    Text(verbatim: "\(word(checkIn.moment)) \(app.formats.moment(checkIn.at))").monospacedDigit()
                    VerdictText(verdict: checkIn.verdict, distance: checkIn.distanceM)
                    if checkIn.mock { Label(app.strings.placeSimulated, systemImage: "mappin.slash").font(.footnote) }
                    if let minutes = checkIn.clockMinutes { Label(app.strings.clockWasOff(minutes), systemImage: "clock.badge.exclamationmark").font(.footnote) }
                    if let reason = checkIn.reason { Text(verbatim: "“\(reason)”").font(.footnote) }
                }
                .accessibilityElement(children: .combine)
            }
            if let outcome = page.visit.outcome { Text(outcome).font(.headline) }
            if let reason = page.visit.cancelReason { Text(verbatim: "\(app.strings.visitStatus(page.visit.status)): \(reason)") }
            if let address = page.visit.customerAddress, !address.isEmpty { Text(address).foregroundStyle(Color("Quiet")) }
            StateMark(state: page.visit.state)
        }
    }

    private func word(_ moment: Moment) -> String {
        switch moment {
        case .in: app.strings.checkedIn
        case .out: app.strings.checkedOut
        case .cancel: app.strings.cancelledAt
        }
    }
}

/// A step: its result, and a mark on the one that comes now.
struct StepRow: View {
    let step: Step
    let isNext: Bool
    @Environment(AppModel.self) private var app

    var body: some View {
        Label {
            VStack(alignment: .leading, spacing: 4) {
                Text(app.strings.step(step.name)).font(isNext ? .headline : .body)
                Text(result).font(.footnote).foregroundStyle(Color("Quiet")).monospacedDigit()
            }
        } icon: {
            Image(systemName: step.result == nil ? isNext ? "arrow.right.circle" : "circle" : "checkmark.circle.fill")
        }
        .accessibilityElement(children: .combine)
    }

    private var result: String {
        guard let done = step.result else { return isNext ? app.strings.comesNow : app.strings.stepOpen }
        return [done.value.map(app.strings.stepValue), done.text, app.formats.moment(done.at)].compactMap(\.self).joined(separator: " · ")
    }
}
