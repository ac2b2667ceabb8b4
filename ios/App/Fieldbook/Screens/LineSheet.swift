import FieldbookKit
import Foundation
import Rooms
import SwiftUI

/// One line of an expense.
struct LineRow: View {
    let line: ExpenseLine
    let form: RequestForm?
    var isDuplicate = false
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(verbatim: "\(line.name(in: form, app.language))  \(app.formats.money(line.amount))").monospacedDigit()
            Text([app.formats.date(line.date), line.receipt.map(app.strings.receiptNumber), line.note].compactMap(\.self).joined(separator: " · "))
                .font(.footnote)
                .foregroundStyle(Color("Quiet"))
            if isDuplicate { Label(app.strings.receiptSeenBefore(1), systemImage: "exclamationmark.triangle").font(.footnote) }
        }
        .accessibilityElement(children: .combine)
    }
}

/// A line, new or changed.
struct LineSheet: View {
    let model: ExpenseModel
    let line: ExpenseLine?
    @State private var fields: LineDrafts
    @State private var day: Date
    @Environment(AppModel.self) private var app
    @Environment(\.dismiss) private var dismiss

    init(model: ExpenseModel, line: ExpenseLine?) {
        (self.model, self.line) = (model, line)
        _fields = State(initialValue: model.fields(of: line))
        _day = State(initialValue: line?.date.start(in: .current) ?? Date())
    }

    var body: some View {
        @Bindable var category = fields.category
        NavigationStack {
            Form {
                Section {
                    DigitsField(fields.amount, app.strings.amount)
                } footer: {
                    Text(app.strings.amountHint)
                }
                if categories.isEmpty {
                    DraftField(fields.category, app.strings.categoryField)
                } else {
                    Picker(app.strings.categoryField, selection: $category.text) {
                        ForEach(categories, id: \.name) { Text($0.label.text(in: app.language)).tag($0.name) }
                    }
                }
                DatePicker(app.strings.dayOfReceipt, selection: $day, displayedComponents: .date)
                DraftField(fields.receipt, app.strings.receiptNumberField)
                DraftField(fields.note, app.strings.noteField, lines: 2)
                ProblemText(problem: model.problem)
            }
            .navigationTitle(line == nil ? app.strings.addLine : app.strings.editLine)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: line == nil ? app.strings.add : app.strings.save, isBusy: fields.value == nil || fields.category.filled == nil) {
                    if await save() { dismiss() }
                }
            }
        }
    }

    private func save() async -> Bool {
        guard let line else { return await model.add(fields, day: Day(day)) }
        return await model.save(fields, of: line, day: Day(day))
    }

    private var categories: [LineCategory] { model.page?.form?.lines?.categories ?? [] }
}
