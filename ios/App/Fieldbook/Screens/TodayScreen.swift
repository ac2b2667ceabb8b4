import FieldbookKit
import Rooms
import SwiftUI

/// The first screen of the day: a rep's plan, or what a supervisor has to know and decide.
struct TodayScreen: View {
    let workplace: Workplace
    @Binding var path: [Route]
    @Environment(AppModel.self) private var app
    @State private var model: TodayModel
    @State private var inbox: ApprovalsModel
    @State private var starting: Visit?

    init(workplace: Workplace, path: Binding<[Route]>) {
        self.workplace = workplace
        _path = path
        _model = State(initialValue: TodayModel(workplace: workplace))
        _inbox = State(initialValue: ApprovalsModel(workplace: workplace))
    }

    var body: some View {
        List {
            StatusLine(workplace: workplace)
            ProblemText(problem: model.problem ?? inbox.problem)
            if workplace.decides { TeamSections(workplace: workplace, team: model.team, inbox: inbox) } else { plan }
        }
        .navigationTitle(title)
        .safeAreaInset(edge: .bottom) { action }
        .sheet(item: $starting) { visit in
            CheckInSheet(model: CheckInModel(workplace: workplace, visit: visit)) { path.append(.visit($0)) }
        }
        .task { await model.run(day: app.formats.today) }
        .task { await inbox.run() }
        .refreshable { try? await workplace.session.sync.wake() }
    }

    private var title: String {
        [workplace.decides ? app.strings.team : app.strings.today, app.formats.day(app.formats.today)].joined(separator: "  ")
    }

    /// The one thing to do first.
    @ViewBuilder private var action: some View {
        if workplace.decides {
            PrimaryButton(title: app.strings.openApprovals) { workplace.room = .approvals }
        } else if let next = model.next {
            if next.status == .started {
                PrimaryButton(title: app.strings.goOnVisit(next.customerName ?? app.strings.aCustomer)) { path.append(.visit(next.id)) }
            } else {
                PrimaryButton(title: app.strings.startVisit) { starting = next }
            }
        } else {
            PrimaryButton(title: app.strings.findCustomer) { workplace.room = .customers }
        }
    }

    @ViewBuilder private var plan: some View {
        if let today = model.today, today.planned > 0 {
            ProgressView(
                app.strings.visitsDone(Int(today.done), Int(today.planned)), value: Double(today.done), total: Double(today.planned))
        }
        ForEach(model.remarks, id: \.visit.id) { remark in
            Text(app.strings.planRemark(remark.visit.customerName ?? app.strings.aCustomer, remark.asked.detail == "cancelled"))
        }
        if let visit = model.next {
            Section(visit.status == .started ? app.strings.open : app.strings.next) {
                VisitRow(visit: visit, workplace: workplace, due: model.due(visit.customer))
            }
        } else if let today = model.today {
            Text(today.visits.isEmpty ? app.strings.nothingPlanned : app.strings.allDone)
        }
        visits(app.strings.later, model.later)
        if !model.unplanned.isEmpty {
            Section(app.strings.due) {
                ForEach(model.unplanned, id: \.customer.id) { due in FoundRow(found: due.customer, due: due, workplace: workplace) }
            }
        }
        nearby
        if !model.over.isEmpty {
            DisclosureGroup(app.formats.counted(app.strings.over, model.over.count)) {
                ForEach(model.over) { visit in VisitRow(visit: visit, workplace: workplace) }
            }
        }
    }

    private var nearby: some View {
        Section(app.strings.nearby) {
            if let fix = workplace.fix, fix.reading == nil { NoPlace(fix: fix) }
            if let near = model.near {
                if near.isEmpty { Text(app.strings.nobodyNear) }
                ForEach(near) { found in FoundRow(found: found, workplace: workplace) }
            } else {
                Button(app.strings.whoIsNear, systemImage: "location") { Task { await model.look() } }
            }
        }
    }

    @ViewBuilder private func visits(_ title: String, _ visits: [Visit]) -> some View {
        if !visits.isEmpty { Section(title) { ForEach(visits) { visit in VisitRow(visit: visit, workplace: workplace) } } }
    }
}

/// What needs the supervisor, then where the team is.
struct TeamSections: View {
    let workplace: Workplace
    let team: Today?
    let inbox: ApprovalsModel
    @Environment(AppModel.self) private var app

    /// How many requests the first screen shows; the rest is one tap away.
    private let shown = 3

    var body: some View {
        Section(app.formats.counted(app.strings.waitsForYou, inbox.undecided.count)) {
            if inbox.inbox != nil, inbox.undecided.isEmpty { Text(app.strings.nothingWaits) }
            ForEach(Array((inbox.odd + inbox.ordinary).prefix(shown)), id: \.approval.id) { InboxRow(item: $0, workplace: workplace) }
            if inbox.undecided.count > shown {
                Button(app.strings.allRequests(inbox.undecided.count)) { workplace.room = .approvals }
            }
        }
        if let team {
            Section(app.strings.teamVisits) {
                if team.planned > 0 {
                    ProgressView(
                        app.strings.visitsDone(Int(team.done), Int(team.planned)), value: Double(team.done), total: Double(team.planned))
                }
                if team.visits.isEmpty { Text(app.strings.teamHasNoVisits) }
                ForEach(team.visits) { visit in VisitRow(visit: visit, workplace: workplace, isNamed: true) }
            }
        }
    }
}
