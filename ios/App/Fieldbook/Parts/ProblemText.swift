import FieldbookKit
import Rooms
import SwiftUI

/// What did not work: what happened, what is safe, what to do. What the person typed stays where it is.
struct ProblemText: View {
    let problem: FieldbookError?
    @Environment(AppModel.self) private var app
    @Environment(\.openURL) private var openURL

    var body: some View {
        if let problem {
            VStack(alignment: .leading, spacing: 8) {
                Label(problem.words.text(in: app.language), systemImage: "exclamationmark.circle")
                if case .Portal = problem, let page = URL(string: "http://captive.apple.com") {
                    Button(app.strings.openNetworkSignIn) { openURL(page) }
                }
                if case .SignInEnded = problem {
                    Button(app.strings.signInAgain) { app.signInAgain() }
                }
            }
            .accessibilityElement(children: .contain)
        }
    }
}
