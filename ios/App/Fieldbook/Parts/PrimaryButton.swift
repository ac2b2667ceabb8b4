import Rooms
import SwiftUI

/// The one action of a screen: at the bottom, full width, in reach of a thumb.
struct PrimaryButton: View {
    let title: String
    var isBusy = false
    let action: @MainActor () async -> Void
    @State private var actions = OneAtATime()

    var body: some View {
        Button {
            Task { await actions.run(action) }
        } label: {
            // The system's own white is no contrast to the light accent of the dark theme.
            Text(title).foregroundStyle(Color(isOff ? "Quiet" : "OnAccent")).frame(maxWidth: .infinity, minHeight: 44)
        }
        .buttonStyle(.borderedProminent)
        .controlSize(.large)
        .disabled(isOff)
        .padding(.horizontal)
        .padding(.vertical, 8)
        .background(.bar)
    }

    private var isOff: Bool { isBusy || actions.isRunning }
}
