import FieldbookKit
import Rooms
import SwiftUI

/// The records do not open: what happened, what is safe, what to do.
struct StoppedScreen: View {
    let error: FieldbookError
    let damaged: Account?
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationStack {
            List {
                ProblemText(problem: error)
                if case .KeyLost(let path, let unsent, _) = error {
                    Text(unsent.words.text(in: app.language))
                    Text(app.strings.fileKeptAt(path)).font(.footnote).textSelection(.enabled)
                }
                if let damaged {
                    Text(app.strings.recordsOf(damaged.name))
                    Text(app.strings.recoverHint).font(.footnote)
                }
                ProblemText(problem: app.problem)
            }
            .navigationTitle(app.strings.stoppedTitle)
            .safeAreaInset(edge: .bottom) { action }
        }
    }

    @ViewBuilder private var action: some View {
        if let damaged {
            PrimaryButton(title: app.strings.recover) { await app.recover(damaged) }
        } else if case .KeyLost = error {
            PrimaryButton(title: app.strings.signInAgain) { await app.signInAgain() }
        } else {
            PrimaryButton(title: app.strings.tryAgain) { await app.begin() }
        }
    }
}

/// What was saved of a damaged file.
struct RecoveredScreen: View {
    let recovered: Recovered
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationStack {
            List {
                Text(app.strings.recoveredItems(Int(recovered.parked)))
                Text(app.strings.fileKeptAt(recovered.path)).font(.footnote).textSelection(.enabled)
                if !recovered.signedIn { Text(app.strings.signInToGoOn) }
            }
            .navigationTitle(app.strings.recoveredTitle)
            .safeAreaInset(edge: .bottom) { PrimaryButton(title: app.strings.goOn) { await app.begin() } }
        }
    }
}
