import FieldbookKit
import Rooms
import SwiftUI

/// A visit of a list: whom, when, how far, what came of it.
struct VisitRow: View {
    let visit: Visit
    let workplace: Workplace
    var due: DueCustomer?
    /// Does it say whose it is?
    var isNamed = false
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationLink(value: Route.visit(visit.id)) {
            VStack(alignment: .leading, spacing: 4) {
                Text(visit.customerName ?? app.strings.aCustomer).font(.headline)
                Text(facts).font(.subheadline).monospacedDigit()
                if visit.status == .planned, !visit.purpose.isEmpty { Text(visit.purpose).font(.subheadline) }
                if let outcome = visit.outcome { Text(outcome).font(.subheadline) }
                if let last = visit.lastValidVisit, visit.status == .planned {
                    Text(app.strings.lastVisit(app.formats.date(app.formats.dayOf(last)))).font(.footnote).foregroundStyle(Color("Quiet"))
                }
                if let verdict = visit.verdict { VerdictText(verdict: verdict, distance: visit.distanceM) }
                StateMark(state: visit.state)
            }
            .accessibilityElement(children: .combine)
        }
    }

    private var facts: String {
        let away = workplace.whereIs(visit.position).map { "\(app.formats.distance($0.distanceM)) \(app.formats.direction($0.bearingDeg))" }
        return [
            isNamed ? workplace.name(visit.rep, app.strings) : nil,
            visit.status == .planned ? nil : app.strings.visitStatus(visit.status),
            app.formats.moment(visit.ended ?? visit.started ?? visit.planned), away,
            due?.since.map { app.strings.dueSince(app.formats.date(app.formats.dayOf($0))) },
        ].compactMap(\.self).joined(separator: " · ")
    }
}

/// A verdict at a door: neutral where it is in doubt, never colour alone.
struct VerdictText: View {
    let verdict: Verdict
    let distance: Double?
    @Environment(AppModel.self) private var app

    var body: some View {
        let words = [distance.map(app.formats.distance), app.strings.verdict(verdict)].compactMap(\.self).joined(separator: " · ")
        Label(words, systemImage: verdict == .inside ? "mappin.and.ellipse" : "mappin.slash").font(.footnote).monospacedDigit()
    }
}

/// A customer that was found or is due.
struct FoundRow: View {
    let found: FoundCustomer
    var due: DueCustomer?
    let workplace: Workplace
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationLink(value: Route.customer(found.id)) {
            VStack(alignment: .leading, spacing: 4) {
                Text(found.name).font(.headline)
                if !found.address.isEmpty { Text(found.address).font(.subheadline).foregroundStyle(Color("Quiet")) }
                if !facts.isEmpty { Text(facts).font(.footnote).monospacedDigit() }
                if found.state != .accepted { StateMark(state: found.state) }
            }
            .accessibilityElement(children: .combine)
        }
    }

    private var facts: String {
        let since = due.map { $0.since.map { app.strings.dueSince(app.formats.date(app.formats.dayOf($0))) } ?? app.strings.neverVisited }
        let distance = found.distanceM ?? workplace.whereIs(found.position)?.distanceM
        return [distance.map(app.formats.distance), found.grade.map(app.strings.grade), since].compactMap(\.self).joined(separator: " · ")
    }
}
