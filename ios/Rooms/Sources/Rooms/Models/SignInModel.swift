import FieldbookKit
import Observation

/// Signing in by a code or a link.
@Observable @MainActor
public final class SignInModel: Room {
    /// The server's address, as typed or from a link.
    public let server: Draft

    /// The code; a pasted link goes here, too.
    public let code: Draft

    /// True while the server is asked.
    public private(set) var isBusy = false

    /// True when a link filled in both fields.
    public private(set) var isFromLink = false

    /// Everybody who has records on this phone.
    public private(set) var accounts: [Account] = []

    public var problem: FieldbookError?

    private let app: AppModel
    private let phoneName: String

    /// A sign-in of the app.
    ///
    /// - Parameter phoneName: what the operator sees of this phone.
    public init(app: AppModel, phoneName: String) {
        (self.app, self.phoneName) = (app, phoneName)
        server = Draft("sign-in/server", in: app.drafts)
        code = Draft("sign-in/code", in: app.drafts)
    }

    /// Can it be tried?
    public var isReady: Bool { !isBusy && code.filled != nil && server.filled != nil }

    /// Looks who was here and takes the link that opened the app.
    public func begin() async {
        accounts = await app.accounts()
        server.show(accounts.first?.server ?? "")
        if let link = app.takeLink() { await take(link) }
    }

    /// Takes server and code from a link or a QR code, to be looked at before they are used.
    public func take(_ link: String) async {
        await attempt {
            let parts = try await app.opened().readLink(link.trimmingCharacters(in: .whitespacesAndNewlines))
            (server.text, code.text) = (parts.server, parts.code)
            isFromLink = true
        }
    }

    /// A code was typed or pasted; a whole link in its place is read as one.
    public func typed() async {
        if code.text.contains("://") { await take(code.text) }
    }

    /// Signs the person in. Leaving the screen cancels it; the code is good for another try.
    public func signIn() async {
        guard isReady else { return }
        isBusy = true
        defer { isBusy = false }
        await attempt {
            let session = try await app.opened().signIn(server: server.trimmed, code: code.trimmed, phoneName: phoneName)
            code.done()
            server.done(after: server.trimmed)
            await app.signedIn(session)
        }
    }
}
