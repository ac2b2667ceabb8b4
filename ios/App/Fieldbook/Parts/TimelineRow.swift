import FieldbookKit
import Rooms
import SwiftUI

/// One thing that happened.
struct TimelineRow: View {
    let item: TimelineItem
    var names: [PersonId: String] = [:]
    @Environment(AppModel.self) private var app

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(app.strings.happened(item)).font(.headline)
            if let text = item.text, !text.isEmpty { Text(text) }
            if case .notCounted(_, let words) = item.answer { Text(words.text(in: app.language)) }
            Text(verbatim: "\(app.formats.moment(item.at)) · \(names[item.person] ?? app.strings.somebody)")
                .font(.footnote)
                .foregroundStyle(.secondary)
        }
        .accessibilityElement(children: .combine)
    }
}
