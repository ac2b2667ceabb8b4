import Rooms
import SwiftUI

/// A field for digits. Their keyboard has no return key, so that one above it ends the typing.
struct DigitsField: View {
    let draft: Draft
    let label: String
    var pad = UIKeyboardType.decimalPad
    @FocusState private var isWriting: Bool
    @Environment(AppModel.self) private var app

    init(_ draft: Draft, _ label: String, pad: UIKeyboardType = .decimalPad) { (self.draft, self.label, self.pad) = (draft, label, pad) }

    var body: some View {
        DraftField(draft, label)
            .keyboardType(pad)
            .focused($isWriting)
            .toolbar {
                ToolbarItemGroup(placement: .keyboard) {
                    // One for all fields of a form, each of which brings it.
                    if isWriting {
                        Spacer()
                        Button(app.strings.endTyping) { isWriting = false }
                    }
                }
            }
    }
}
