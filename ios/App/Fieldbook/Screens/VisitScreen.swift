import FieldbookKit
import Rooms
import SwiftUI

/// One visit, from the door to the end.
struct VisitScreen: View {
    /// A sheet over the visit.
    enum Sheet: Identifiable {
        case door(Door)
        case step(String)
        case cancel
        case move
        var id: String {
            switch self {
            case .door(let door): "door \(door)"
            case .step(let step): "step \(step)"
            case .cancel: "cancel"
            case .move: "move"
            }
        }
    }

    @Environment(AppModel.self) private var app
    @State private var model: VisitModel
    @State private var sheet: Sheet?

    init(session: Session, visit: VisitId) { _model = State(initialValue: VisitModel(session: session, visit: visit)) }

    var body: some View {
        Group {
            if let page = model.page { content(page) } else if model.isGone { GoneText() } else { ProgressView(app.strings.waiting) }
        }
        .navigationTitle(model.page?.visit.customerName ?? app.strings.aCustomer)
        .task { await model.run() }
        .onDisappear { Task { await model.saveNotes() } }
    }

    private func content(_ page: VisitPage) -> some View {
        List {
            facts(page)
            ProblemText(problem: model.problem)
            if page.visit.status == .started {
                Section { ForEach(model.steps, id: \.self) { step in stepRow(step) } }
            }
            Section(app.strings.notes) {
                TextField(app.strings.notes, text: $model.notes, axis: .vertical).lineLimit(3...12)
            }
            if let last = page.last {
                NavigationLink(value: Route.visit(last.id)) {
                    Text([app.strings.lastTime, last.ended.map(app.formats.moment), last.outcome].compactMap(\.self).joined(separator: " · "))
                }
            }
            NavigationLink(value: Route.customer(page.visit.customer)) { Text(app.strings.openCustomer) }
            Section(app.strings.history) { ForEach(page.timeline, id: \.self) { TimelineRow(item: $0) } }
        }
        .safeAreaInset(edge: .bottom) { actions(page.visit) }
        .sheet(item: $sheet) { sheet in
            switch sheet {
            case .door(let door): DoorSheet(model: model, door: door)
            case .step(let step): StepSheet(model: model, step: step)
            case .cancel: CancelSheet(model: model)
            case .move: PlanSheet(isMove: true) { start, _ in await model.move(to: start) }
            }
        }
        .task(id: model.notes) { await model.saveNotes() }
    }

    private func facts(_ page: VisitPage) -> some View {
        Section {
            if let address = page.visit.customerAddress { Text(address) }
            ForEach(page.checkIns, id: \.id) { checkIn in
                Text([word(checkIn.moment), app.formats.moment(checkIn.at), checkIn.distanceM.map(app.formats.distance), app.strings.verdict(checkIn.verdict)]
                    .compactMap(\.self).joined(separator: " · ")).monospacedDigit()
            }
            if page.checkIns.isEmpty { Text("\(app.strings.planned) \(app.formats.moment(page.visit.planned))") }
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

    private func stepRow(_ step: String) -> some View {
        Button {
            sheet = .step(step)
        } label: {
            HStack {
                Text(app.strings.step(step))
                Spacer()
                Text(model.result(of: step)?.value.map(app.strings.stepValue) ?? app.strings.stepOpen).foregroundStyle(.secondary)
            }
        }
    }

    @ViewBuilder private func actions(_ visit: Visit) -> some View {
        switch visit.status {
        case .planned:
            VStack(spacing: 0) {
                PrimaryButton(title: app.strings.startVisit) { sheet = .door(.start) }
                HStack {
                    Button(app.strings.movePlan) { sheet = .move }
                    Spacer()
                    Button(app.strings.cancelVisitMore, role: .destructive) { sheet = .cancel }
                }
                .padding(.horizontal)
            }
        case .started:
            VStack(spacing: 0) {
                PrimaryButton(title: app.strings.finishVisit) { sheet = .door(.finish) }
                Button(app.strings.cancelVisitMore, role: .destructive) { sheet = .cancel }
            }
        case .finished, .cancelled: EmptyView()
        }
    }
}
