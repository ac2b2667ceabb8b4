import SwiftUI

/// The one action of a screen: at the bottom, full width, in reach of a thumb.
struct PrimaryButton: View {
    let title: String
    var isBusy = false
    let action: @MainActor () async -> Void

    var body: some View {
        Button {
            Task { await action() }
        } label: {
            Text(title).frame(maxWidth: .infinity, minHeight: 44)
        }
        .buttonStyle(.borderedProminent)
        .controlSize(.large)
        .disabled(isBusy)
        .padding(.horizontal)
        .padding(.vertical, 8)
        .background(.bar)
    }
}
