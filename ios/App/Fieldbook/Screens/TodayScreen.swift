import FieldbookKit
import Rooms
import SwiftUI

/// The day: where next, what is due and near, what waits.
struct TodayScreen: View {
    let session: Session
    @Environment(AppModel.self) private var app
    @State private var model: TodayModel

    init(session: Session) {
        self.session = session
        _model = State(initialValue: TodayModel(session: session))
    }

    var body: some View {
        List {
            StatusLine(session: session)
            if let today = model.today, today.planned > 0 {
                ProgressView(
                    app.strings.visitsDone(Int(today.done), Int(today.planned)), value: Double(today.done),
                    total: Double(today.planned))
            }
            ProblemText(problem: model.problem)
            if model.me?.role == .supervisor { team }
            next
            visits(app.strings.later, model.later)
            nearby
            due
            if !model.over.isEmpty {
                DisclosureGroup("\(app.strings.over)  \(model.over.count)") {
                    ForEach(model.over) { visit in row(visit) }
                }
            }
            ForEach(model.remarks, id: \.visit.id) { remark in
                Text(app.strings.planRemark(remark.visit.customerName ?? app.strings.aCustomer, remark.asked.detail == "cancelled"))
            }
        }
        .navigationTitle("\(app.strings.today)  \(app.formats.day(app.formats.today))")
        .task { await model.run(day: app.formats.today) }
        .refreshable { try? await session.sync.wake() }
    }

    @ViewBuilder private var next: some View {
        if let visit = model.next {
            Section(app.strings.next) {
                row(visit)
                NavigationLink(value: Route.visit(visit.id)) {
                    Text(visit.status == .started ? app.strings.goOnVisit(visit.customerName ?? app.strings.aCustomer) : app.strings.startVisit)
                        .bold()
                }
            }
        } else if let today = model.today {
            Text(today.visits.isEmpty ? app.strings.nothingPlanned : app.strings.allDone)
        }
    }

    @ViewBuilder private var nearby: some View {
        Section(app.strings.nearby) {
            if let nearby = model.nearby {
                if nearby.isEmpty { Text(app.strings.nobodyNear) }
                ForEach(nearby) { found in FoundRow(found: found) }
            } else {
                Button(app.strings.whoIsNear, systemImage: "location") { Task { await model.look() } }
            }
        }
    }

    @ViewBuilder private var due: some View {
        if !model.due.isEmpty {
            Section(app.strings.due) { ForEach(model.due, id: \.customer.id) { due in FoundRow(found: due.customer, due: due) } }
        }
    }

    @ViewBuilder private var team: some View {
        if let team = model.team {
            Section(app.strings.teamVisits) {
                if team.visits.isEmpty { Text(app.strings.teamHasNoVisits) }
                ForEach(team.visits) { visit in row(visit) }
            }
        }
    }

    @ViewBuilder private func visits(_ title: String, _ visits: [Visit]) -> some View {
        if !visits.isEmpty { Section(title) { ForEach(visits) { visit in row(visit) } } }
    }

    private func row(_ visit: Visit) -> some View {
        NavigationLink(value: Route.visit(visit.id)) {
            VStack(alignment: .leading, spacing: 4) {
                Text("\(app.formats.time(visit.planned))  \(visit.customerName ?? app.strings.aCustomer)").font(.headline)
                if let distance = visit.distanceM { Text(app.formats.distance(distance)).font(.subheadline).monospacedDigit() }
                Text(app.strings.visitStatus(visit.status)).font(.subheadline).foregroundStyle(.secondary)
                StateMark(state: visit.state)
            }
            .accessibilityElement(children: .combine)
        }
    }
}

/// A customer that was found or is due.
struct FoundRow: View {
    let found: FoundCustomer
    var due: DueCustomer?
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationLink(value: Route.customer(found.id)) {
            VStack(alignment: .leading, spacing: 4) {
                Text(found.name).font(.headline)
                Text(found.address).font(.subheadline).foregroundStyle(.secondary)
                Text(facts).font(.footnote).monospacedDigit()
            }
            .accessibilityElement(children: .combine)
        }
    }

    private var facts: String {
        let since = due.map { $0.since.map { app.strings.dueSince(app.formats.date(app.formats.dayOf($0))) } ?? app.strings.neverVisited }
        return [found.distanceM.map(app.formats.distance), found.grade.map(app.strings.grade), since]
            .compactMap(\.self).joined(separator: " · ")
    }
}
