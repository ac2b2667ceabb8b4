import FieldbookKit
import Rooms
import SwiftUI

/// Why there is no position, and what to do about it. None of it stops a visit.
struct NoPlace: View {
    let fix: Fix
    @Environment(AppModel.self) private var app

    var body: some View {
        switch fix {
        case .found: EmptyView()
        case .notFound: Text(app.strings.noPlace)
        case .notAllowed:
            Text(app.strings.placeNotAllowed)
            SettingsButton(title: app.strings.allow)
        case .off:
            Text(app.strings.placeOff)
            SettingsButton(title: app.strings.switchPlaceOn)
        }
    }
}

/// The way to what the phone lets this app do.
struct SettingsButton: View {
    let title: String
    @Environment(\.openURL) private var openURL

    var body: some View {
        Button(title, systemImage: "gear") { if let url = URL(string: UIApplication.openSettingsURLString) { openURL(url) } }
    }
}
