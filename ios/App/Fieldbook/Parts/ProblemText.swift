import FieldbookKit
import Rooms
import SwiftUI

/// What did not work: what happened, what is safe, what to do. What the person typed stays where it is.
struct ProblemText: View {
    let problem: FieldbookError?
    var understood: (@MainActor () -> Void)?
    @Environment(AppModel.self) private var app
    @Environment(\.openURL) private var openURL

    var body: some View {
        if let problem {
            VStack(alignment: .leading, spacing: 8) {
                Label(problem.words.text(in: app.language), systemImage: "exclamationmark.circle")
                if let title = action(problem) { Button(title) { act(problem) }.frame(minHeight: 44) }
                if let understood { Button(app.strings.understood) { understood() }.frame(minHeight: 44) }
            }
            .accessibilityElement(children: .contain)
            .announced(problem.words.text(in: app.language))
        }
    }

    private func action(_ problem: FieldbookError) -> String? {
        switch problem {
        case .Portal: app.strings.openNetworkSignIn
        case .Update: app.strings.updateApp
        case .SignInEnded where app.workplace != nil: app.strings.signInAgain
        default: nil
        }
    }

    private func act(_ problem: FieldbookError) {
        switch problem {
        case .Portal: open("http://captive.apple.com")
        case .Update: open("itms-apps://apps.apple.com")
        default: Task { await app.signInAgain() }
        }
    }

    private func open(_ page: String) {
        if let url = URL(string: page) { openURL(url) }
    }
}
