import FieldbookKit
import Rooms
import SwiftUI

/// Ready reasons of the house, and one's own words.
struct ReasonPicker: View {
    let reasons: ReasonFor
    @Binding var reason: String
    @Environment(AppModel.self) private var app

    var body: some View {
        Section {
            ForEach(readyReasons(of: reasons).map { $0.text(in: app.language) }, id: \.self) { ready in
                Button {
                    reason = ready
                } label: {
                    Label(ready, systemImage: reason == ready ? "checkmark.circle.fill" : "circle")
                }
            }
            TextField(app.strings.reasonInWords, text: $reason, axis: .vertical).lineLimit(1...4)
        }
    }
}
