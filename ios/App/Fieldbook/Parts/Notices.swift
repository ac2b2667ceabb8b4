import FieldbookKit
import Rooms
import SwiftUI

/// What a person has to know wherever they are: over every room, and only when there is something.
struct Notices: View {
    let workplace: Workplace
    @Environment(AppModel.self) private var app

    var body: some View {
        if isNeeded {
            VStack(alignment: .leading, spacing: 8) {
                ProblemText(problem: workplace.undo.problem) { workplace.undo.problem = nil }
                ProblemText(problem: workplace.obstacle)
                if let ended = workplace.status?.ended {
                    Label(ended.text(in: app.language), systemImage: "exclamationmark.circle")
                    Button(app.strings.signInAgain) { Task { await app.signInAgain() } }.frame(minHeight: 44)
                }
                if let clock = workplace.status?.clock { Label(clock.words.text(in: app.language), systemImage: "clock.badge.exclamationmark") }
            }
            .font(.footnote)
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding()
            .background(.bar)
            .accessibilityElement(children: .contain)
        }
    }

    private var isNeeded: Bool {
        workplace.undo.problem != nil || workplace.obstacle != nil || workplace.status?.ended != nil || workplace.status?.clock != nil
    }
}
