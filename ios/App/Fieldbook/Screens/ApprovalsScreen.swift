import FieldbookKit
import Rooms
import SwiftUI

/// What waits for a decision: the odd ones first.
struct ApprovalsScreen: View {
    let session: Session
    @Environment(AppModel.self) private var app
    @State private var model: ApprovalsModel

    init(session: Session) {
        self.session = session
        _model = State(initialValue: ApprovalsModel(session: session))
    }

    var body: some View {
        List {
            StatusLine(session: session)
            if let total = model.total { Text(app.formats.moneyWithCode(total)).monospacedDigit() }
            ProblemText(problem: model.problem)
            if let inbox = model.inbox, inbox.isEmpty { Text(app.strings.nothingWaits) }
            section(app.strings.lookFirst, model.odd)
            section(app.strings.ordinary, model.ordinary)
            if !model.provisional.isEmpty {
                Section {
                    ForEach(model.provisional, id: \.approval.id) { InboxRow(item: $0, names: model.names) }
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
                PrimaryButton(title: app.strings.approveOrdinary(model.ordinary.count), isBusy: app.undo.said != nil) {
                    let items = model.ordinary
                    await app.undo.offer(app.strings.approvedMany(items.count)) { _ = await model.approve(items) }
                }
            }
        }
        .task { await model.run() }
    }

    private func approve(_ item: InboxItem) async {
        await app.undo.offer(app.strings.decisionSaid(.approve, item.approval.title)) { _ = await model.decide(item, .approve) }
    }

    @ViewBuilder private func section(_ title: String, _ items: [InboxItem]) -> some View {
        if !items.isEmpty {
            Section("\(title)  \(items.count)") {
                ForEach(items, id: \.approval.id) { item in
                    InboxRow(item: item, names: model.names)
                        .swipeActions(edge: .leading, allowsFullSwipe: false) {
                            Button(app.strings.approve, systemImage: "checkmark") { Task { await approve(item) } }
                        }
                }
            }
        }
    }
}

/// A request in the inbox, and what is odd about it.
struct InboxRow: View {
    let item: InboxItem
    let names: [PersonId: String]
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationLink(value: Route.approval(item.approval.id)) {
            VStack(alignment: .leading, spacing: 4) {
                Text("\(names[item.approval.applicant] ?? app.strings.somebody)  \(app.formats.money(item.approval.total))").font(.headline).monospacedDigit()
                Text(item.approval.title)
                ForEach(oddities, id: \.self) { Label($0, systemImage: "exclamationmark.triangle").font(.footnote) }
            }
            .accessibilityElement(children: .combine)
        }
    }

    private var oddities: [String] {
        [
            item.overLimitBy.map { app.strings.overLimitBy(app.formats.money($0)) },
            item.approval.duplicates > 0 ? app.strings.receiptSeenBefore(Int(item.approval.duplicates)) : nil,
            item.unlinked ? app.strings.noVisit : nil,
            item.doubtfulPlace ? app.strings.placeInDoubt : nil,
            item.saw != nil ? app.strings.changedSinceYouDecided : nil,
            item.actingFor.flatMap { names[$0] }.map(app.strings.inPlaceOf),
        ].compactMap(\.self)
    }
}

/// One request in front of its approver.
struct ApprovalScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: ApprovalModel
    @State private var isRejecting = false
    @State private var isReturning = false

    init(session: Session, approval: ApprovalId) { _model = State(initialValue: ApprovalModel(session: session, approval: approval)) }

    var body: some View {
        Group {
            if let page = model.page { content(page) } else if model.isGone { GoneText() } else { ProgressView(app.strings.waiting) }
        }
        .navigationTitle(model.page?.approval.title ?? app.strings.aRequest)
        .task { await model.run() }
    }

    private func content(_ page: ApprovalPage) -> some View {
        List {
            Section {
                Text(model.names[page.approval.applicant] ?? app.strings.somebody).font(.headline)
                Text(app.formats.moneyWithCode(page.approval.total)).font(.title2).monospacedDigit()
                if let at = page.approval.submitted { Text(app.strings.handedInAt(app.formats.moment(at))) }
                if let customer = page.approval.customerName { Text(app.strings.visitOfRequest(customer)) }
                ProblemText(problem: model.problem)
            }
            if let difference = model.difference { DifferenceSection(difference: difference) }
            Section(app.strings.lines) { ForEach(page.lines) { LineRow(line: $0) } }
            Section(app.strings.history) { ForEach(page.timeline, id: \.self) { TimelineRow(item: $0, names: model.names) } }
        }
        .safeAreaInset(edge: .bottom) { if model.canDecide, app.undo.said == nil { actions } }
        .sheet(isPresented: $isRejecting) { DecisionSheet(model: model, decision: .reject) }
        .sheet(isPresented: $isReturning) { DecisionSheet(model: model, decision: .return) }
    }

    private var actions: some View {
        VStack(spacing: 0) {
            PrimaryButton(title: app.strings.approve) {
                let approval = model.page?.approval
                await app.undo.offer(app.strings.decisionSaid(.approve, approval?.title ?? app.strings.aRequest)) {
                    _ = await model.decide(.approve, seen: approval?.revision)
                }
            }
            HStack {
                Button(app.strings.returnMore) { isReturning = true }
                Spacer()
                Button(app.strings.rejectMore, role: .destructive) { isRejecting = true }
            }
            .padding(.horizontal)
        }
    }
}

/// What changed since the approver last decided.
struct DifferenceSection: View {
    let difference: ApprovalDifference
    @Environment(AppModel.self) private var app

    var body: some View {
        Section(app.strings.changedSinceYouDecided) {
            if let before = difference.totalBefore { Text("\(app.formats.money(before)) →").monospacedDigit() }
            ForEach(difference.changed, id: \.after.id) { line in
                Text("\(app.strings.category(line.after.category))  \(app.formats.money(line.before.amount)) → \(app.formats.money(line.after.amount))").monospacedDigit()
            }
            ForEach(difference.added) { line in Label("\(app.strings.category(line.category))  \(app.formats.money(line.amount))", systemImage: "plus") }
            ForEach(difference.removed) { line in Label("\(app.strings.category(line.category))  \(app.formats.money(line.amount))", systemImage: "minus") }
        }
    }
}

/// Why a request is rejected or goes back.
struct DecisionSheet: View {
    let model: ApprovalModel
    let decision: Decision
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var note = ""

    var body: some View {
        NavigationStack {
            Form {
                Text(decision == .reject ? app.strings.rejectHint : app.strings.returnHint)
                ReasonPicker(reasons: decision == .reject ? .reject : .return, reason: $note)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(title)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: title, isBusy: note.isEmpty) { await decide() }
            }
        }
        .presentationDetents([.medium, .large])
    }

    private func decide() async {
        let approval = model.page?.approval
        dismiss()
        await app.undo.offer(app.strings.decisionSaid(decision, approval?.title ?? app.strings.aRequest)) { [decision, note] in
            _ = await model.decide(decision, seen: approval?.revision, note: note)
        }
    }

    private var title: String { decision == .reject ? app.strings.reject : app.strings.returnIt }
}
