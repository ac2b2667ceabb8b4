import FieldbookKit
import Rooms
import SwiftUI

/// The quiet line under every title, and the way to sync and to what needs attention.
struct StatusLine: View {
    @Environment(AppModel.self) private var app
    @State private var model: SyncModel

    init(session: Session) { _model = State(initialValue: SyncModel(session: session)) }

    var body: some View {
        Section {
            NavigationLink(value: Route.sync) {
                Text(model.line(app.strings, app.formats)).font(.footnote).foregroundStyle(.secondary)
            }
            if let attention = model.status?.totals.attention, attention > 0 {
                NavigationLink(value: Route.attention) {
                    Label(app.strings.needAttention(Int(attention)), systemImage: "exclamationmark.circle.fill")
                        .foregroundStyle(.orange)
                }
            }
        }
        .task { await model.run() }
    }
}
