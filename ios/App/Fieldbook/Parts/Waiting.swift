import Rooms
import SwiftUI

/// What is still being read: nothing for a tenth of a second, in which most of it is here, then the outline of a few lines.
struct Waiting: View {
    @State private var isLong = false
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            if isLong {
                ForEach(0..<3, id: \.self) { _ in
                    Text(verbatim: String(repeating: "–", count: 24)).redacted(reason: .placeholder).accessibilityHidden(true)
                }
                Text(app.strings.waiting).font(.footnote).foregroundStyle(Color("Quiet"))
            }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .accessibilityElement(children: .combine)
        .task {
            try? await Task.sleep(for: .milliseconds(100))
            isLong = true
        }
    }
}
