import FieldbookKit
import Foundation
import Rooms
import SwiftUI

/// One's own expenses.
struct ExpensesScreen: View {
    let session: Session
    @Environment(AppModel.self) private var app
    @State private var model: ExpensesModel
    @State private var isBeginning = false

    init(session: Session) {
        self.session = session
        _model = State(initialValue: ExpensesModel(session: session))
    }

    var body: some View {
        List {
            StatusLine(session: session)
            ProblemText(problem: model.problem)
            if let mine = model.mine, mine.isEmpty { Text(app.strings.noExpenses) }
            section(app.strings.toHandIn, model.toHandIn)
            section(app.strings.waitsForDecision, model.waiting)
            section(app.strings.decided, model.decided)
        }
        .navigationTitle(app.strings.expenses)
        .safeAreaInset(edge: .bottom) { PrimaryButton(title: app.strings.newExpense) { isBeginning = true } }
        .sheet(isPresented: $isBeginning) { NewExpenseSheet(model: model) }
        .task { await model.run() }
    }

    @ViewBuilder private func section(_ title: String, _ expenses: [Approval]) -> some View {
        if !expenses.isEmpty {
            Section(title) {
                ForEach(expenses) { expense in
                    NavigationLink(value: Route.expense(expense.id)) {
                        VStack(alignment: .leading, spacing: 4) {
                            Text(expense.title).font(.headline)
                            Text("\(app.formats.moneyWithCode(expense.total)) · \(app.strings.approvalStatus(expense.status))").monospacedDigit()
                            StateMark(state: expense.state)
                        }
                        .accessibilityElement(children: .combine)
                    }
                }
            }
        }
    }
}

/// What an expense is for.
struct NewExpenseSheet: View {
    let model: ExpensesModel
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var title = ""

    var body: some View {
        NavigationStack {
            Form {
                TextField(app.strings.whatFor, text: $title, axis: .vertical)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.newExpense)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.begin, isBusy: title.isEmpty) { if await model.begin(title) != nil { dismiss() } }
            }
        }
        .presentationDetents([.medium])
    }
}

/// One expense: its lines, handing it in, following it.
struct ExpenseScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: ExpenseModel
    @State private var isAdding = false
    @State private var removed: NewLine?

    init(session: Session, expense: ApprovalId) { _model = State(initialValue: ExpenseModel(session: session, expense: expense)) }

    var body: some View {
        Group {
            if let page = model.page { content(page) } else if model.isGone { GoneText() } else { ProgressView(app.strings.waiting) }
        }
        .navigationTitle(model.page?.approval.title ?? app.strings.anExpense)
        .task { await model.run() }
    }

    private func content(_ page: ApprovalPage) -> some View {
        List {
            Section {
                Text(app.formats.moneyWithCode(page.approval.total)).font(.title2).monospacedDigit()
                Text(app.strings.approvalStatus(page.approval.status))
                if !page.waitsFor.isEmpty { Text(app.strings.waitsFor(page.waitsFor.compactMap { model.names[$0] }.joined(separator: app.strings.comma))) }
                StateMark(state: page.approval.state)
                ProblemText(problem: model.problem)
            }
            lines(page)
            if model.isOpen { warnings }
            Section(app.strings.history) { ForEach(page.timeline, id: \.self) { TimelineRow(item: $0, names: model.names) } }
        }
        .sheet(isPresented: $isAdding) { LineSheet(model: model) }
        .safeAreaInset(edge: .bottom) {
            if model.isOpen {
                PrimaryButton(title: app.strings.handIn, isBusy: !(model.warnings?.missing.isEmpty ?? false)) { _ = await model.handIn() }
            } else if page.approval.status == .submitted {
                PrimaryButton(title: app.strings.withdraw) { _ = await model.withdraw() }
            }
        }
    }

    private func lines(_ page: ApprovalPage) -> some View {
        Section(app.strings.lines) {
            ForEach(page.lines) { line in
                LineRow(line: line)
                    .swipeActions(edge: .trailing) {
                        if model.isOpen {
                            Button(app.strings.removeLine(line.category), systemImage: "trash", role: .destructive) {
                                Task { removed = await model.removeLine(line) }
                            }
                        }
                    }
            }
            if let line = removed {
                Button(app.strings.undo, systemImage: "arrow.uturn.backward") {
                    removed = nil
                    Task { await model.putBack(line) }
                }
            }
            if model.isOpen { Button(app.strings.addLine, systemImage: "plus") { isAdding = true } }
        }
    }

    private var warnings: some View {
        Section {
            ForEach(model.warnings?.missing ?? [], id: \.path) { Text($0.words.text(in: app.language)) }
            if let over = model.warnings?.overLimitBy { Text(app.strings.overLimitBy(app.formats.money(over))) }
            if let duplicates = model.warnings?.duplicates, !duplicates.isEmpty { Text(app.strings.receiptSeenBefore(duplicates.count)) }
            if model.warnings?.unlinked == true { Text(app.strings.noVisit) }
        }
    }
}

/// One line of an expense.
struct LineRow: View {
    let line: ExpenseLine
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text("\(app.strings.category(line.category))  \(app.formats.money(line.amount))").monospacedDigit()
            Text([app.formats.date(line.date), line.receipt.map(app.strings.receiptNumber), line.note].compactMap(\.self).joined(separator: " · "))
                .font(.footnote)
                .foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
    }
}

/// A new line.
struct LineSheet: View {
    let model: ExpenseModel
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss
    @State private var amount = ""
    @State private var category = "meals"
    @State private var day = Date()
    @State private var receipt = ""
    @State private var note = ""

    var body: some View {
        NavigationStack {
            Form {
                Section {
                    TextField(app.strings.amount, text: $amount).keyboardType(.decimalPad)
                } footer: {
                    Text(app.strings.amountHint)
                }
                Picker(app.strings.lines, selection: $category) {
                    ForEach(categories, id: \.name) { Text($0.label.text(in: app.language)).tag($0.name) }
                }
                DatePicker(app.strings.dayOfReceipt, selection: $day, displayedComponents: .date)
                TextField(app.strings.receiptNumberField, text: $receipt)
                TextField(app.strings.noteField, text: $note, axis: .vertical)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(app.strings.addLine)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.add) {
                    if await model.addLine(amount, category: category, day: Day(day), note: note, receipt: receipt) { dismiss() }
                }
            }
        }
    }

    private var categories: [LineCategory] { model.page?.form?.lines?.categories ?? [] }
}
