import FieldbookKit
import Rooms
import SwiftUI

/// The quiet line under every title, and the way to sync and to what needs attention.
struct StatusLine: View {
    let workplace: Workplace
    @Environment(AppModel.self) private var app

    var body: some View {
        Section {
            NavigationLink(value: Route.sync) {
                Text(workplace.statusLine(app.strings, app.formats)).font(.footnote).foregroundStyle(Color("Quiet"))
            }
            if let attention = workplace.status?.totals.attention, attention > 0 {
                NavigationLink(value: Route.attention) {
                    Label(app.strings.needAttention(Int(attention)), systemImage: "exclamationmark.circle.fill")
                        .foregroundStyle(Color("Attention"))
                }
            }
        }
    }
}
