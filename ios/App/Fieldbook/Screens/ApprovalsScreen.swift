import FieldbookKit
import Rooms
import SwiftUI

/// What waits for a decision: the odd ones first.
struct ApprovalsScreen: View {
    let workplace: Workplace
    @Environment(AppModel.self) private var app
    @State private var model: ApprovalsModel

    init(workplace: Workplace) {
        self.workplace = workplace
        _model = State(initialValue: ApprovalsModel(workplace: workplace))
    }

    var body: some View {
        List {
            StatusLine(workplace: workplace)
            if let total = model.total { Text(verbatim: "\(model.undecided.count) · \(app.formats.moneyWithCode(total))").monospacedDigit() }
            ProblemText(problem: model.problem)
            if model.inbox == nil {
                Waiting()
            } else if model.undecided.isEmpty {
                Text(app.strings.nothingWaits)
            }
            section(app.strings.lookFirst, model.odd)
            section(app.strings.ordinary, model.ordinary)
            if !model.provisional.isEmpty {
                Section {
                    ForEach(model.provisional, id: \.approval.id) { InboxRow(item: $0, workplace: workplace) }
                } header: {
                    Text(app.strings.waitingForServer)
                } footer: {
                    Text(app.strings.provisionalHint)
                }
            }
        }
        .navigationTitle(app.strings.approvals)
        .safeAreaInset(edge: .bottom) {
            if model.ordinary.count > 1 {
                PrimaryButton(title: app.strings.approveOrdinary(model.ordinary.count)) {
                    await model.approve(model.ordinary, app.strings)
                }
            }
        }
        .task { await model.run() }
    }

    @ViewBuilder private func section(_ title: String, _ items: [InboxItem]) -> some View {
        if !items.isEmpty {
            Section(app.formats.counted(title, items.count)) {
                ForEach(items, id: \.approval.id) { item in
                    InboxRow(item: item, workplace: workplace)
                        .swipeActions(edge: .leading, allowsFullSwipe: false) {
                            Button(app.strings.approve, systemImage: "checkmark") { Task { await model.approve([item], app.strings) } }
                        }
                }
            }
        }
    }
}

/// A request in the inbox: who, how much, and what is odd about it.
struct InboxRow: View {
    let item: InboxItem
    let workplace: Workplace
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationLink(value: Route.approval(item.approval.id)) {
            VStack(alignment: .leading, spacing: 4) {
                Text(verbatim: "\(workplace.name(item.approval.applicant, app.strings))  \(app.formats.money(item.approval.total))").font(.headline).monospacedDigit()
                Text([item.approval.title, item.approval.customerName].compactMap(\.self).joined(separator: " · "))
                OddityLabels(item: item, workplace: workplace)
                ApprovalMark(approval: item.approval)
            }
            .accessibilityElement(children: .combine)
        }
    }
}

/// What is odd about a request, in words.
struct OddityLabels: View {
    let item: InboxItem
    let workplace: Workplace
    @Environment(AppModel.self) private var app

    var body: some View {
        ForEach(app.strings.oddities(item), id: \.self) { Label($0, systemImage: "exclamationmark.triangle").font(.footnote) }
        if let seat = item.actingFor { Text(app.strings.inPlaceOf(workplace.name(seat, app.strings))).font(.footnote) }
    }
}
