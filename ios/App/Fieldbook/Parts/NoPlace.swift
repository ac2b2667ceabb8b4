import FieldbookKit
import Rooms
import SwiftUI

/// Why there is no position, and what to do about it. None of it stops a visit.
struct NoPlace: View {
    let fix: Fix
    @Environment(AppModel.self) private var app
    @Environment(\.openURL) private var openURL

    var body: some View {
        switch fix {
        case .found: EmptyView()
        case .notFound: Text(app.strings.noPlace)
        case .notAllowed:
            Text(app.strings.placeNotAllowed)
            settings(app.strings.allowPlace)
        case .off:
            Text(app.strings.placeOff)
            settings(app.strings.switchPlaceOn)
        }
    }

    private func settings(_ title: String) -> some View {
        Button(title, systemImage: "gear") { if let url = URL(string: UIApplication.openSettingsURLString) { openURL(url) } }
    }
}
