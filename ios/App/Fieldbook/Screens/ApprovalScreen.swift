import FieldbookKit
import Rooms
import SwiftUI

/// One request in front of its approver: is it odd, yes or no.
struct ApprovalScreen: View {
    /// What is open over the request.
    enum Over: Hashable, Identifiable {
        case reject, `return`, handOver
        var id: Self { self }
    }

    let workplace: Workplace
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var model: ApprovalModel
    @State private var over: Over?

    init(workplace: Workplace, approval: ApprovalId) {
        self.workplace = workplace
        _model = State(initialValue: ApprovalModel(workplace: workplace, approval: approval))
    }

    var body: some View {
        Group {
            if let page = model.page { content(page) } else if model.isGone { GoneText() } else { Waiting() }
        }
        .navigationTitle(model.page?.approval.title ?? app.strings.aRequest)
        .task { await model.run() }
    }

    private func content(_ page: ApprovalPage) -> some View {
        List {
            StatusLine(workplace: workplace)
            CaseHead(page: page, model: model, workplace: workplace)
            if let difference = model.difference {
                Section(app.strings.changedSinceYouDecided) {
                    ForEach(app.strings.differences(difference, on: page), id: \.self) { Text($0).monospacedDigit() }
                }
            }
            if let form = page.form, !page.fields.isEmpty {
                Section {
                    ForEach(form.fields, id: \.name) { field in
                        LabeledContent(field.label.text(in: app.language), value: app.strings.value(page.fields.first { $0.name == field.name }?.value))
                    }
                }
            }
            if !page.lines.isEmpty {
                Section(app.formats.counted(app.strings.lines, page.lines.count)) {
                    ForEach(page.lines) { LineRow(line: $0, form: page.form, isDuplicate: page.duplicateLines.contains($0.id)) }
                }
            }
            if let visit = page.approval.visit {
                NavigationLink(value: Route.visit(visit)) {
                    VStack(alignment: .leading, spacing: 4) {
                        Text(app.strings.visitOfRequest(page.approval.customerName ?? ""))
                        if let verdict = page.approval.verdict { VerdictText(verdict: verdict, distance: nil) }
                    }
                    .accessibilityElement(children: .combine)
                }
            }
            Section(app.strings.history) {
                ForEach(page.timeline, id: \.self) { TimelineRow(item: $0, workplace: workplace, here: RecordId(page.approval.id.value)) }
            }
        }
        .safeAreaInset(edge: .bottom) { if model.canDecide { actions } }
        .sheet(item: $over) { over in
            switch over {
            case .reject: DecisionSheet(model: model, decision: .reject) { dismiss() }
            case .return: DecisionSheet(model: model, decision: .return) { dismiss() }
            case .handOver: HandOverSheet(model: model)
            }
        }
    }

    private var actions: some View {
        VStack(spacing: 0) {
            PrimaryButton(title: app.strings.approve) {
                await model.decide(.approve, app.strings)
                dismiss()
            }
            SideBySide {
                Button(app.strings.returnMore) { over = .return }.frame(minHeight: 44)
                Button(app.strings.rejectMore, role: .destructive) { over = .reject }.frame(minHeight: 44)
                if model.canHandOver { Button(app.strings.handOverMore) { over = .handOver }.frame(minHeight: 44) }
            }
        }
    }
}

/// Who asks, how much, what is odd.
struct CaseHead: View {
    let page: ApprovalPage
    @Bindable var model: ApprovalModel
    let workplace: Workplace
    @Environment(AppModel.self) private var app

    var body: some View {
        Section {
            Text(workplace.name(page.approval.applicant, app.strings)).font(.headline)
            Text(app.formats.moneyWithCode(page.approval.total)).font(.title2).monospacedDigit()
            if let at = page.approval.submitted { Text(app.strings.handedInAt(app.formats.moment(at))) }
            if !model.canDecide { Text(app.strings.approvalStatus(page.approval.status)) }
            if page.approval.status == .provisional { Text(app.strings.provisionalHint).font(.footnote) }
            if let reason = page.reason { Text(reason.text(in: app.language)) }
            if let item = model.item { OddityLabels(item: item, workplace: workplace) }
            if model.canDecide, !model.seats.isEmpty {
                Picker(app.strings.decideFor, selection: $model.seat) {
                    Text(app.strings.myself).tag(PersonId?.none)
                    ForEach(model.seats.filter { $0 != workplace.account.person }, id: \.self) {
                        Text(workplace.name($0, app.strings)).tag(PersonId?.some($0))
                    }
                }
            }
            ApprovalMark(approval: page.approval)
            ProblemText(problem: model.problem)
        }
    }
}
