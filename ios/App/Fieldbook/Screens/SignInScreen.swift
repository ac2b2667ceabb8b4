import FieldbookKit
import Rooms
import SwiftUI

/// Signing in by a code, a link or a QR code.
struct SignInScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: SignInModel
    @State private var isScanning = false
    @State private var isRefused = false
    @State private var attempt: Task<Void, Never>?

    init(app: AppModel) { _model = State(initialValue: SignInModel(app: app, phoneName: UIDevice.current.name)) }

    var body: some View {
        NavigationStack {
            Form {
                Section {
                    Text(app.strings.signInHint)
                    if CodeScanner.isPossible {
                        Button(app.strings.scanCode, systemImage: "qrcode.viewfinder") { Task { await scan() } }
                        if isRefused {
                            Text(app.strings.cameraNotAllowed)
                            SettingsButton(title: app.strings.allow)
                        }
                    }
                    DraftField(model.code, app.strings.code)
                        .textInputAutocapitalization(.characters)
                        .autocorrectionDisabled()
                    DraftField(model.server, app.strings.server)
                        .keyboardType(.URL)
                        .textInputAutocapitalization(.never)
                        .autocorrectionDisabled()
                } footer: {
                    Text(model.isFromLink ? app.strings.filledFromLink : "\(app.strings.codeHint)\n\(app.strings.serverHint)")
                }
                ProblemText(problem: model.problem ?? app.problem)
                if !model.accounts.isEmpty { accounts }
            }
            .navigationTitle(app.strings.signInTitle)
            .toolbar {
                ToolbarItem(placement: .cancellationAction) {
                    if app.back != nil { Button(app.strings.back) { app.goBack() } }
                }
            }
            .safeAreaInset(edge: .bottom) {
                PrimaryButton(title: model.isBusy ? app.strings.signingIn : app.strings.signIn, isBusy: !model.isReady) {
                    attempt = Task { await model.signIn() }
                }
            }
            .sheet(isPresented: $isScanning) {
                CodeScanner { link in
                    isScanning = false
                    Task { await model.take(link) }
                }
            }
        }
        .task(id: app.link) { await model.begin() }
        .task(id: model.code.text) { await model.typed() }
        .onDisappear { attempt?.cancel() }
    }

    private func scan() async {
        isScanning = await CodeScanner.mayLook()
        isRefused = !isScanning
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

/// Who one is, as the server sees it, while the customers arrive. The first list is there before the rest.
struct ArrivalScreen: View {
    let workplace: Workplace
    @Environment(AppModel.self) private var app

    var body: some View {
        NavigationStack {
            List {
                VStack(alignment: .leading, spacing: 4) {
                    Text(workplace.account.name).font(.title2)
                    if let me = workplace.me {
                        Text([app.strings.role(me.role), workplace.unit].compactMap(\.self).joined(separator: " · ")).foregroundStyle(Color("Quiet"))
                    }
                }
                .accessibilityElement(children: .combine)
                if workplace.hasArrived {
                    Label(workplace.arrival(app.strings, app.formats), systemImage: "checkmark.circle")
                } else if let arrived = workplace.arrived {
                    ProgressView(workplace.arrival(app.strings, app.formats), value: arrived)
                } else {
                    ProgressView(workplace.arrival(app.strings, app.formats))
                }
                ProblemText(problem: workplace.status?.trouble)
                Text(app.strings.beginHint).font(.footnote).foregroundStyle(Color("Quiet"))
            }
            .navigationTitle(app.strings.hello(workplace.account.name))
            .safeAreaInset(edge: .bottom) { PrimaryButton(title: app.strings.begin) { app.goOn() } }
        }
        .task { await workplace.run() }
    }
}
