import FieldbookKit
import Rooms
import SwiftUI

/// Which truth a record is: a mark with its word, never colour alone.
struct StateMark: View {
    let state: RecordState
    @Environment(AppModel.self) private var app

    var body: some View {
        Label(word, systemImage: symbol)
            .font(.footnote)
            .foregroundStyle(state == .needsAttention ? Color("Attention") : Color.secondary)
    }

    private var word: String {
        switch state {
        case .onPhone: app.strings.onThisPhone
        case .sent: app.strings.sent
        case .accepted: app.strings.accepted
        case .needsAttention: app.strings.needsAttention
        }
    }

    private var symbol: String {
        switch state {
        case .onPhone: "iphone"
        case .sent: "checkmark"
        case .accepted: "checkmark.circle"
        case .needsAttention: "exclamationmark.circle.fill"
        }
    }
}
