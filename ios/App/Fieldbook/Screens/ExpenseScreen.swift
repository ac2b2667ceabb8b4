import FieldbookKit
import Foundation
import Rooms
import SwiftUI

/// One expense or other request of one's own: its fields and lines, handing it in, following it.
struct ExpenseScreen: View {
    let workplace: Workplace
    @Environment(AppModel.self) private var app
    @State private var model: ExpenseModel
    @State private var isAdding = false
    @State private var editing: ExpenseLine?

    init(workplace: Workplace, expense: ApprovalId) {
        self.workplace = workplace
        _model = State(initialValue: ExpenseModel(workplace: workplace, expense: expense))
    }

    var body: some View {
        Group {
            if let page = model.page { content(page) } else if model.isGone { GoneText() } else { Waiting() }
        }
        .navigationTitle(model.page?.approval.title ?? app.strings.anExpense)
        .task { await model.run() }
    }

    private func content(_ page: ApprovalPage) -> some View {
        List {
            StatusLine(workplace: workplace)
            Section {
                Text(app.formats.moneyWithCode(page.approval.total)).font(.title2).monospacedDigit()
                Text(status(page))
                if let customer = page.approval.customerName { Text(customer).foregroundStyle(Color("Quiet")) }
                if let reason = page.reason { Text(reason.text(in: app.language)) }
                ApprovalMark(approval: page.approval)
                ProblemText(problem: model.problem)
            }
            if model.isOpen { warnings(page) }
            if let fields = page.form?.fields, !fields.isEmpty { FormSection(model: model, fields: fields) }
            if page.form?.lines != nil { lines(page) }
            Section(app.strings.history) {
                ForEach(page.timeline, id: \.self) { TimelineRow(item: $0, workplace: workplace, here: RecordId(page.approval.id.value)) }
            }
        }
        .sheet(isPresented: $isAdding) { LineSheet(model: model, line: nil) }
        .sheet(item: $editing) { LineSheet(model: model, line: $0) }
        .safeAreaInset(edge: .bottom) { action }
    }

    @ViewBuilder private var action: some View {
        if model.asksForLine {
            PrimaryButton(title: app.strings.addLine) { isAdding = true }
        } else if model.isOpen, !model.isWithdrawing {
            PrimaryButton(title: app.strings.handIn, isBusy: !model.canHandIn) { _ = await model.handIn() }
        } else if model.canWithdraw {
            PrimaryButton(title: app.strings.withdraw) { await model.withdraw() }
        }
    }

    private func status(_ page: ApprovalPage) -> String {
        let waits = page.waitsFor.map { workplace.name($0, app.strings) }
        if model.canWithdraw, !waits.isEmpty { return app.strings.waitsFor(waits.joined(separator: app.strings.comma)) }
        return app.strings.approvalStatus(page.approval.status)
    }

    private func lines(_ page: ApprovalPage) -> some View {
        Section(app.formats.counted(app.strings.lines, model.lines.count)) {
            ForEach(model.lines) { line in
                LineRow(line: line, form: page.form, isDuplicate: page.duplicateLines.contains(line.id))
                    .swipeActions(edge: .trailing) {
                        if model.isOpen {
                            let name = "\(line.name(in: page.form, app.language)) \(app.formats.money(line.amount))"
                            Button(app.strings.removeLine(name), systemImage: "trash", role: .destructive) {
                                Task { await model.remove(line, called: name, app.strings) }
                            }
                            Button(app.strings.editLine, systemImage: "pencil") { editing = line }
                        }
                    }
            }
            if model.isOpen { Button(app.strings.addLine, systemImage: "plus") { isAdding = true } }
        }
    }

    private func warnings(_ page: ApprovalPage) -> some View {
        Section {
            ForEach(model.warnings?.missing ?? [], id: \.path) { Text($0.words.text(in: app.language)) }
            if let over = model.warnings?.overLimitBy { Text(app.strings.overLimitBy(app.formats.money(over))) }
            ForEach(model.warnings?.overCategories ?? [], id: \.category) { over in
                Text(verbatim: "\(page.form?.categoryName(over.category, app.language) ?? over.category): \(app.strings.overLimitBy(app.formats.money(over.excess)))")
            }
            if let duplicates = model.warnings?.duplicates, !duplicates.isEmpty { Text(app.strings.receiptSeenBefore(duplicates.count)) }
            if model.warnings?.unlinked == true { Text(app.strings.noVisit) }
        }
    }
}
