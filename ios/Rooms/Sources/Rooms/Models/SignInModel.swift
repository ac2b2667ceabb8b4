import FieldbookKit
import Observation

/// Signing in by a code or a link.
@Observable @MainActor
public final class SignInModel: Room {
    /// The server's address, as typed or from a link.
    public var server = ""

    /// The code; a pasted link goes here, too.
    public var code = "" { didSet { if code != oldValue { Task { await readLink() } } } }

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
        self.app = app
        self.phoneName = phoneName
    }

    /// Can it be tried?
    public var isReady: Bool { !isBusy && !code.isEmpty && !server.isEmpty }

    /// Looks who was here and takes the link that opened the app.
    public func begin() async {
        accounts = await app.accounts()
        if server.isEmpty { server = accounts.first?.server ?? "" }
        if let link = app.link {
            app.link = nil
            code = link
            await readLink()
        }
    }

    /// Takes server and code from a link in the code's field; a code stays what it is.
    public func readLink() async {
        guard code.contains("://"), let parts = try? await app.opened().readLink(code) else { return }
        server = parts.server
        isFromLink = true
        code = parts.code
    }

    /// Signs the person in. Leaving the screen cancels it; the code is good for another try.
    public func signIn() async {
        guard isReady else { return }
        isBusy = true
        defer { isBusy = false }
        await attempt {
            let session = try await app.opened().signIn(server: server, code: code, phoneName: phoneName)
            await app.signedIn(session)
        }
    }
}
