import FieldbookKit
import Rooms
import SwiftUI

/// Which truth a record is: a mark with its word, never colour alone.
struct StateMark: View {
    let state: RecordState
    @Environment(AppModel.self) private var app

    var body: some View {
        Mark(word: app.strings.state(state, isAnswered: app.workplace?.isAnswered ?? true), symbol: symbol, isTwice: state == .accepted)
            .foregroundStyle(Color(state == .needsAttention ? "Attention" : "Quiet"))
    }

    private var symbol: String {
        switch state {
        case .onPhone: "iphone"
        case .sent, .accepted: "checkmark"
        case .needsAttention: "exclamationmark.circle.fill"
        }
    }
}

/// The truth of a request: a decision that the server has not confirmed is provisional, whatever else it is.
struct ApprovalMark: View {
    let approval: Approval
    @Environment(AppModel.self) private var app

    var body: some View {
        if approval.waitsForServer {
            Mark(word: app.strings.waitingForServer, symbol: "hourglass").foregroundStyle(Color("Quiet"))
        } else if !approval.awaitsDecision {
            StateMark(state: approval.state)
        }
    }
}

/// A symbol, once or twice, and its word.
private struct Mark: View {
    let word: String
    let symbol: String
    var isTwice = false

    var body: some View {
        Label {
            Text(word)
        } icon: {
            HStack(spacing: 0) { ForEach(0..<(isTwice ? 2 : 1), id: \.self) { _ in Image(systemName: symbol) } }
        }
        .font(.footnote)
    }
}
