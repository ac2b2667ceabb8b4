import FieldbookKit
import Rooms
import SwiftUI

/// Ready reasons of the house; a second tap takes the choice back.
struct ReasonPicker: View {
    let reasons: ReasonFor
    @Binding var reason: Words?
    @Environment(AppModel.self) private var app

    var body: some View {
        ForEach(readyReasons(of: reasons), id: \.en) { ready in
            let isChosen = reason == ready
            Button {
                reason = isChosen ? nil : ready
            } label: {
                Label(ready.text(in: app.language), systemImage: isChosen ? "checkmark.circle.fill" : "circle")
            }
            .accessibilityAddTraits(isChosen ? .isSelected : .isButton)
        }
    }
}
