import FieldbookKit
import Rooms
import SwiftUI

/// The fields of a form beside its lines.
struct FormSection: View {
    let model: ExpenseModel
    let fields: [FormField]

    var body: some View {
        Section { ForEach(fields, id: \.name) { FormRow(field: FieldModel($0, of: model)) } }
    }
}

/// One field of a form: typed, chosen, switched or a day.
struct FormRow: View {
    @State private var model: FieldModel
    @FocusState private var isWriting: Bool
    @Environment(AppModel.self) private var app

    init(field: FieldModel) { _model = State(initialValue: field) }

    var body: some View {
        if model.isOpen { input } else { LabeledContent(label, value: app.strings.value(model.value)) }
    }

    @ViewBuilder private var input: some View {
        switch model.field.holds {
        case .yesNo: Toggle(label, isOn: $model.isYes)
        case .choice:
            Picker(label, selection: $model.choice) {
                Text(app.strings.notFilledIn).tag("")
                ForEach(model.field.choices, id: \.self) { Text($0).tag($0) }
            }
        case .date:
            DatePicker(label, selection: $model.day, displayedComponents: .date)
            if model.value == nil { Text(app.strings.notFilledIn).font(.footnote) }
        case .text: written(DraftField(model.typed, label))
        case .amount, .number: written(DigitsField(model.typed, label))
        }
    }

    private func written(_ field: some View) -> some View {
        field
            .focused($isWriting)
            .onChange(of: isWriting) { _, isWriting in if !isWriting { Task { await model.save() } } }
    }

    private var label: String { model.field.label.text(in: app.language) }
}
