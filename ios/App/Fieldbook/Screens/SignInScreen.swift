import FieldbookKit
import Rooms
import SwiftUI

/// Signing in by a code, a link or a QR code.
struct SignInScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: SignInModel
    @State private var isScanning = false
    @State private var attempt: Task<Void, Never>?

    init(app: AppModel) { _model = State(initialValue: SignInModel(app: app, phoneName: UIDevice.current.name)) }

    var body: some View {
        NavigationStack {
            Form {
                Section {
                    Text(app.strings.signInHint)
                    if CodeScanner.isAvailable {
                        Button(app.strings.scanCode, systemImage: "qrcode.viewfinder") { isScanning = true }
                    }
                    TextField(app.strings.code, text: $model.code)
                        .textInputAutocapitalization(.characters)
                        .autocorrectionDisabled()
                    TextField(app.strings.server, text: $model.server)
                        .keyboardType(.URL)
                        .textInputAutocapitalization(.never)
                        .autocorrectionDisabled()
                } footer: {
                    Text(model.isFromLink ? app.strings.filledFromLink : app.strings.codeHint)
                }
                ProblemText(problem: model.problem)
                if !model.accounts.isEmpty { accounts }
            }
            .navigationTitle(app.strings.signInTitle)
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: model.isBusy ? app.strings.signingIn : app.strings.signIn, isBusy: !model.isReady) {
                    attempt = Task { await model.signIn() }
                }
            }
            .sheet(isPresented: $isScanning) {
                CodeScanner { link in
                    isScanning = false
                    model.code = link
                }
            }
        }
        .task(id: app.link) { await model.begin() }
        .onDisappear { attempt?.cancel() }
    }

    private var accounts: some View {
        Section {
            ForEach(model.accounts, id: \.id) { account in
                VStack(alignment: .leading, spacing: 4) {
                    Text(account.name).font(.headline)
                    Text(account.unsent.words.text(in: app.language)).font(.footnote)
                    if account.setAside != nil { Text(app.strings.setAside).font(.footnote) }
                }
                .accessibilityElement(children: .combine)
            }
        } header: {
            Text(app.strings.onThisPhoneAre)
        } footer: {
            Text(app.strings.accountsStay)
        }
    }
}

/// The records do not open: what happened, what is safe, what to do.
struct StoppedScreen: View {
    let error: FieldbookError
    let damaged: Account?
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationStack {
            List {
                Text(error.words.text(in: app.language))
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
            PrimaryButton(title: app.strings.understood) { app.signInAgain() }
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
