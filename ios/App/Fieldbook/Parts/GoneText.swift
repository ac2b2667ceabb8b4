import Rooms
import SwiftUI

/// A record that is not on this phone any more.
struct GoneText: View {
    @Environment(AppModel.self) private var app

    var body: some View {
        ContentUnavailableView(app.strings.notOnThisPhone, systemImage: "tray")
    }
}
