import FieldbookKit
import Rooms
import SwiftUI

/// One's own expenses and other requests.
struct ExpensesScreen: View {
    let workplace: Workplace
    @Binding var path: [Route]
    @Environment(AppModel.self) private var app
    @State private var model: ExpensesModel
    @State private var isBeginning = false

    init(workplace: Workplace, path: Binding<[Route]>) {
        self.workplace = workplace
        _path = path
        _model = State(initialValue: ExpensesModel(workplace: workplace))
    }

    var body: some View {
        List {
            StatusLine(workplace: workplace)
            ProblemText(problem: model.problem)
            if let mine = model.mine {
                if mine.isEmpty { Text(app.strings.noExpenses) }
            } else {
                Waiting()
            }
            section(app.strings.toHandIn, model.toHandIn)
            section(app.strings.waitsForDecision, model.waiting)
            section(app.strings.decided, model.decided)
        }
        .navigationTitle(app.strings.expenses)
        .safeAreaInset(edge: .bottom) { PrimaryButton(title: app.strings.newExpense) { isBeginning = true } }
        .sheet(isPresented: $isBeginning) {
            NewRequestSheet(model: NewRequestModel(workplace: workplace), forms: model.forms) { path.append(.expense($0)) }
        }
        .task { await model.run() }
    }

    @ViewBuilder private func section(_ title: String, _ expenses: [Approval]) -> some View {
        if !expenses.isEmpty {
            Section(app.formats.counted(title, expenses.count)) { ForEach(expenses) { ExpenseRow(expense: $0) } }
        }
    }
}

/// A request of a list: what for, how much, where it is in its life.
struct ExpenseRow: View {
    let expense: Approval
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationLink(value: Route.expense(expense.id)) {
            VStack(alignment: .leading, spacing: 4) {
                Text(expense.title).font(.headline)
                Text(verbatim: "\(app.formats.moneyWithCode(expense.total)) · \(app.strings.approvalStatus(expense.status))").monospacedDigit()
                if let customer = expense.customerName { Text(customer).font(.footnote).foregroundStyle(Color("Quiet")) }
                ApprovalMark(approval: expense)
            }
            .accessibilityElement(children: .combine)
        }
    }
}

/// What a request is for, and of which form.
struct NewRequestSheet: View {
    @State private var model: NewRequestModel
    let forms: [RequestForm]
    let begun: @MainActor (ApprovalId) -> Void
    @State private var form = "expense"
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: NewRequestModel, forms: [RequestForm], begun: @escaping @MainActor (ApprovalId) -> Void) {
        _model = State(initialValue: model)
        (self.forms, self.begun) = (forms, begun)
    }

    var body: some View {
        NavigationStack {
            Form {
                DraftField(model.title, app.strings.whatFor, lines: 2)
                if forms.count > 1 {
                    Picker(app.strings.whatKind, selection: $form) {
                        ForEach(forms, id: \.name) { Text($0.label.text(in: app.language)).tag($0.name) }
                    }
                }
                ProblemText(problem: model.problem)
            }
            .navigationTitle(form == "expense" ? app.strings.newExpense : app.strings.newRequest)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: app.strings.begin, isBusy: model.title.filled == nil) {
                    guard let request = await model.begin(form: form) else { return }
                    dismiss()
                    begun(request)
                }
            }
        }
        .presentationDetents([.medium, .large])
    }
}
