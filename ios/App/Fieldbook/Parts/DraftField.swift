import Rooms
import SwiftUI

/// A field whose text is a draft from the first letter on: it is there again when the sheet or the app was closed.
struct DraftField: View {
    @Bindable var draft: Draft
    let label: String
    var lines = 1

    init(_ draft: Draft, _ label: String, lines: Int = 1) {
        _draft = Bindable(wrappedValue: draft)
        (self.label, self.lines) = (label, lines)
    }

    var body: some View {
        if lines > 1 {
            TextField(label, text: $draft.text, axis: .vertical).lineLimit(lines...12).accessibilityLabel(label)
        } else {
            TextField(label, text: $draft.text).accessibilityLabel(label)
        }
    }
}
