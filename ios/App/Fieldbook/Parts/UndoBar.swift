import Rooms
import SwiftUI

/// What the person may still take back, for ten seconds.
struct UndoBar: View {
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(spacing: 0) {
            if let said = app.undo.said {
                HStack {
                    Text(said)
                    Spacer()
                    Button(app.strings.undo) { app.undo.takeBack() }
                        .frame(minHeight: 44)
                }
                .padding(.horizontal)
                .background(.bar)
                .accessibilityElement(children: .contain)
            }
        }
        .announced(app.undo.said)
    }
}
